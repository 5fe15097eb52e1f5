"""Tree and commanders of a day: 10,000 units, 40,000 relations, 60,000 postings.

The peer is plain recursion over all claims, as it is written first: for each unit look through its
claims for the day, take the newest, and walk up. It has the claims of each unit in a dictionary, so
it does not search 40,000 rows for every unit. It knows ranges and statuses, and leaves out what the
kernel is for: open ends closed by others, attachments, renames, conflicts, cycles (it gives up a
walk after 50 steps), deaths and moves. Its answers are counted beside the kernel's.

The same register is asked once more through the site, from its database: `_register_site`.

The claims are synthetic, from a seed: a force in levels whose units change their superior,
persons who move from command to command, one in fifty relations that turns the
last one round, and a quarter of postings that repeat another source.

    python -m benchmarks command      writes benchmarks/results/command.json
"""

import datetime as dt
import gc
import platform
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable

from benchmarks._register_site import on_the_site
from primacy.kernels.command import (
    Departure,
    EndOfService,
    Holding,
    Lineage,
    LineageKind,
    Posting,
    Range,
    Register,
    Relation,
    Status,
)
from primacy.kernels.time import DateRange

UNITS, RELATIONS, POSTINGS, PERSONS, SEED = 10_000, 40_000, 60_000, 25_000, 1999
FIRST, SPAN = dt.date(1990, 1, 1), 12_000
DAYS = [dt.date(1995, 5, 5), dt.date(2005, 5, 5), dt.date(2015, 5, 5), dt.date(2022, 5, 5)]
SITE_RELATIONS = 29_700
"""Relations on the site: with a name for each unit and the ends of units, 40,000 claims."""
STATUSES = [Status.ACCEPTED] * 17 + [Status.CONFLICT, Status.WORK_NEEDED, Status.ISSUE]


def a_range(draw: random.Random, length: int) -> Range:
    """Precise days, with an imprecise beginning in one of five, ends open in half."""
    first = FIRST + dt.timedelta(draw.randrange(SPAN))
    last = first + dt.timedelta(draw.randrange(length))
    starting, ending = draw.random() < 0.5, draw.random() < 0.5
    if draw.random() < 0.2:
        day = dt.timedelta(1)
        return Range(first, last, first - 30 * day, first - day, starting=starting, ending=ending)
    return Range(first, last, starting=starting, ending=ending)


def claims(scale: float = 1.0) -> tuple[list[Relation], list[Posting], list[Lineage],
                                        list[EndOfService]]:  # fmt: skip
    """A synthetic register of any size."""
    draw = random.Random(SEED)
    units, people = int(UNITS * scale), int(PERSONS * scale)
    relations: list[Relation] = []
    for n in range(int(RELATIONS * scale)):
        number = draw.randrange(1, units)
        # The superior of a unit is one of the few above it, so that levels form.
        superior = max(0, number // 4 - draw.randrange(4))
        when = a_range(draw, 3000)
        if relations and draw.random() < 0.02:
            # The last relation the other way round, at the same time.
            last = relations[-1]
            number, superior = int(last.superior[1:]), int(last.unit[1:])
            when = last.range
        relations.append(
            Relation(
                f"r{n}", f"u{number}", f"u{superior}", when,
                status=draw.choice(STATUSES), attached=draw.random() < 0.03,
            )
        )  # fmt: skip
    postings: list[Posting] = []
    for n in range(int(POSTINGS * scale)):
        person, unit = f"x{draw.randrange(people)}", f"u{draw.randrange(units)}"
        if postings and draw.random() < 0.25:
            # Another source that saw the same person in the same place.
            again = draw.choice(postings[-50:])
            person, unit = again.person, again.unit
        postings.append(
            Posting(
                f"p{n}", person, unit, a_range(draw, 900), "Commander", rank="Colonel",
                commanding=draw.choice([True] * 7 + [False, None]),
                acting=draw.random() < 0.08, status=draw.choice(STATUSES),
            )
        )  # fmt: skip
    lineage = []
    for n in range(int(300 * scale)):
        on = FIRST + dt.timedelta(draw.randrange(SPAN))
        body = f"u{draw.randrange(units // 2, units)}"
        kind = draw.choice([LineageKind.DISBANDED, LineageKind.RENAMED])
        tos = () if kind is LineageKind.DISBANDED else (f"{body} renamed",)
        lineage.append(Lineage(f"l{n}", kind, (body,), tos, DateRange(on, on)))
    ends = []
    for n in range(int(2000 * scale)):
        on = FIRST + dt.timedelta(draw.randrange(SPAN))
        person = f"x{draw.randrange(people)}"
        ends.append(EndOfService(f"e{n}", person, Departure.DIED, DateRange(on, on)))
    return relations, postings, lineage, ends


class PlainRecursion:
    """The peer: claims by unit, read anew for each question."""

    def __init__(self, relations: list[Relation], postings: list[Posting]) -> None:
        self.relations: dict[str, list[Relation]] = defaultdict(list)
        self.postings: dict[str, list[Posting]] = defaultdict(list)
        for relation in relations:
            self.relations[relation.unit].append(relation)
        for posting in postings:
            self.postings[posting.unit].append(posting)

    def superior(self, unit: str, day: dt.date) -> str | None:
        """The superior of the newest claim that holds or may hold on the day."""
        best = None
        for claim in self.relations.get(unit, ()):
            held = claim.range.holds(day)
            start = claim.range.first or dt.date.min
            if held is not Holding.NO and (best is None or (held, start) > best[:2]):
                best = (held, start, claim.superior)
        return None if best is None else best[2]

    def top(self, unit: str, day: dt.date, steps: int = 0) -> str | None:
        """The unit at the top of the chain; None where it runs in a circle."""
        if steps > 50:
            return None
        above = self.superior(unit, day)
        return unit if above is None else self.top(above, day, steps + 1)

    def commanders(self, unit: str, day: dt.date) -> list[str]:
        """The persons of all commanding claims that hold or may hold on the day."""
        return [
            claim.person
            for claim in self.postings.get(unit, ())
            if claim.commanding and claim.range.holds(day) is not Holding.NO
        ]


def timed(work: Callable[[], object], times: int = 5) -> dict[str, float]:
    """The medians of the seconds and of the processor seconds that some work takes."""
    taken, busy = [], []
    for _ in range(times):
        start, started = time.perf_counter(), time.process_time()
        work()
        taken.append(time.perf_counter() - start)
        busy.append(time.process_time() - started)
    return {
        "seconds": round(statistics.median(taken), 4),
        "processor_seconds": round(statistics.median(busy), 4),
    }


def run() -> dict[str, object]:
    """Seconds of each question, and what each way of asking answers, ready for JSON."""
    relations, postings, lineage, ends = claims()
    start, started = time.perf_counter(), time.process_time()
    register = Register(relations, postings, lineage, ends=ends)
    built = round(time.perf_counter() - start, 3)
    busy = round(time.process_time() - started, 3)
    peer = PlainRecursion(relations, postings)
    units = [f"u{n}" for n in range(UNITS)]
    # As a server does once its index stands: what stays is not gone through again and again by the
    # collector of garbage, for the kernel and the peer alike.
    gc.collect()
    gc.freeze()
    kernel: dict[str, object] = {}
    plain: dict[str, object] = {}
    for day in DAYS:
        kernel[str(day)] = of_the_kernel(register, day)
        plain[str(day)] = of_the_peer(peer, units, day)
    return {
        "benchmark": "command",
        "python": platform.python_version(),
        "seed": SEED,
        "units": UNITS,
        "relations": RELATIONS,
        "postings": POSTINGS,
        "kernel": {"build": {"seconds": built, "processor_seconds": busy}, **kernel},
        "plain_recursion_over_all_claims": plain,
        "site": on_the_site(units, relations[:SITE_RELATIONS], lineage, postings),
    }


def of_the_kernel(register: Register, day: dt.date) -> dict[str, object]:
    """The kernel's times and answers for a day."""
    tree = register._structure.tree_at(day)
    found = register.commanders_at(day)
    return {
        "tree": timed(lambda: register._structure.tree_at(day)),
        "commanders": timed(lambda: register.commanders_at(day)),
        "chain": timed(lambda: register.chain_of_command("u9000", day), 5),
        "certain_edges": len(tree.certain),
        "possible_edges": len(tree.possible),
        "conflicts": len(tree.conflicts),
        "cycles": len(tree.cycles),
        "certain_commanders": sum(len(c.certain) for c in found.values()),
        "possible_commanders": sum(len(c.possible) for c in found.values()),
        "units_without": sum(c.vacancy is not None for c in found.values()),
    }


def of_the_peer(peer: PlainRecursion, units: list[str], day: dt.date) -> dict[str, object]:
    """The peer's times and answers for a day."""
    shown = [peer.commanders(unit, day) for unit in units]
    return {
        "superiors": timed(lambda: [peer.superior(unit, day) for unit in units]),
        "superiors_and_tops": timed(lambda: [peer.top(unit, day) for unit in units]),
        "commanders": timed(lambda: [peer.commanders(unit, day) for unit in units]),
        "units_in_circles": sum(peer.top(unit, day) is None for unit in units),
        "commanders_shown": sum(map(len, shown)),
        "persons_shown_twice_in_a_unit": sum(len(one) - len(set(one)) for one in shown),
    }
