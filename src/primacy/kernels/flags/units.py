"""Rules about whole units: more paid than posts or rations, head counts that never move."""

import datetime as dt
import math
import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise

from primacy.kernels.flags.reading import Reading
from primacy.kernels.flags.records import HeadCount
from primacy.kernels.flags.rule import Flag, Peers, Record, Severity
from primacy.kernels.flags.wording import day_words, month_words, months_after
from primacy.kernels.readiness.sentence import Sentence
from primacy.kernels.strength import ACCOUNTED

LEAST_SLACK = 2
LEAST_SHEETS = 3
SUSPECT = 0.01
"""Two sheets that are more alike than that belong to a run."""

OPEN = {"paid": "…", "posts": "…", "month": "…"}
ABOVE_POSTS = Sentence(
    "%(paid)s persons were paid for %(posts)s posts in %(month)s, the month furthest above", **OPEN
)
ABOVE_RATIONS = Sentence(
    "%(paid)s persons were paid and not on record as away, and rations were drawn for %(posts)s, "
    "in %(month)s, the month furthest above",
    **OPEN,
)


def establishment_on(reading: Reading, unit: str, day: dt.date) -> int | None:
    """The posts of a unit on a day; None where no table is on record by then."""
    tables = [
        table for table in reading.force.establishments if table.unit == unit and table.first <= day
    ]
    return max(tables, key=lambda table: table.first).posts if tables else None


def paid_above_establishment(reading: Reading) -> Iterator[Flag]:
    """One flag a unit and run of months with more persons paid than posts."""
    over: dict[str, list[tuple[dt.date, int, int]]] = {}
    units = {table.unit for table in reading.force.establishments}
    for unit in sorted(units & reading.paid_in_unit.keys()):
        for month, persons in sorted(reading.paid_in_unit[unit].items()):
            posts = establishment_on(reading, unit, months_after(month, 1) - dt.timedelta(days=1))
            if posts is not None and len(persons) > posts:
                over.setdefault(unit, []).append((month, len(persons), posts))
    yield from _above(reading, "paid_above_establishment", ABOVE_POSTS, over, len(units))


def paid_above_rations(reading: Reading) -> Iterator[Flag]:
    """One flag a unit and run of months with more persons paid and there than rations drawn."""
    over: dict[str, list[tuple[dt.date, int, int]]] = {}
    units = {row.unit for row in reading.force.rations}
    for row in sorted(reading.force.rations, key=lambda row: (row.unit, row.month)):
        paid = reading.paid_in_unit.get(row.unit, {}).get(row.month, set())
        there = sum(not reading.away_in(person, row.month, ACCOUNTED) for person in paid)
        slack = max(LEAST_SLACK, reading.limits.ration_slack * row.strength)
        if there > row.strength + slack:
            over.setdefault(row.unit, []).append((row.month, there, row.strength))
    yield from _above(reading, "paid_above_rations", ABOVE_RATIONS, over, len(units))


def _above(
    reading: Reading,
    rule: str,
    said: Sentence,
    over: dict[str, list[tuple[dt.date, int, int]]],
    units: int,
) -> Iterator[Flag]:
    for unit, months in over.items():
        worst = max(months, key=lambda row: row[1] - row[2])
        lines = [
            line.record
            for person in sorted(reading.paid_in_unit[unit][worst[0]])
            for line in reading.paid_in(person, worst[0])
        ]
        yield Flag(
            rule=rule,
            unit=unit,
            subjects=(unit,),
            records=tuple(Record("pay", row) for row in lines),
            peers=Peers(Sentence("units with such a figure on record"), units, len(over)),
            reasons=(
                Sentence(
                    said.template,
                    paid=str(worst[1]),
                    posts=str(worst[2]),
                    month=month_words(worst[0]),
                ),
                Sentence(
                    "months in which it was so: %(figure)s, first %(first)s",
                    figure=str(len(months)),
                    first=month_words(months[0][0]),
                ),
            ),
            severity=Severity.SOON,
            since=months[0][0].isoformat(),
        )


def count_equals_establishment(reading: Reading) -> Iterator[Flag]:
    """One flag a unit whose head count was its establishment exactly, count after count."""
    equal: dict[str, list[HeadCount]] = {}
    for unit, counts in sorted(reading.counts.items()):
        run: list[HeadCount] = []
        for count in counts:
            if count.counted and count.counted == establishment_on(reading, unit, count.day):
                run.append(count)
            elif len(run) >= reading.limits.equal_counts:
                break
            else:
                run = []
        if len(run) >= reading.limits.equal_counts:
            equal[unit] = run
    for run in equal.values():
        yield _about_counts(
            reading,
            "count_equals_establishment",
            run,
            len(equal),
            Sentence(
                "%(figure)s head counts that follow each other, %(first)s to %(last)s, are the "
                "establishment exactly: %(posts)s",
                figure=str(len(run)),
                first=day_words(run[0].day),
                last=day_words(run[-1].day),
                posts=str(run[0].counted),
            ),
        )


def same_sheet(reading: Reading) -> Iterator[Flag]:
    """One flag a unit whose lists of those present repeat each other more than chance lets them."""
    share = _usual_change(reading)
    if not share:
        return
    repeated = [
        sheets
        for _, counts in sorted(reading.counts.items())
        if (sheets := _repeated(counts, share, reading.limits.chance))
    ]
    for run, changes in repeated:
        yield _about_counts(
            reading,
            "same_sheet",
            run,
            len(repeated),
            Sentence(
                "from one sheet to the next %(figure)s persons changed, over %(counts)s sheets "
                "that follow each other, %(first)s to %(last)s",
                figure=str(changes),
                counts=str(len(run)),
                first=day_words(run[0].day),
                last=day_words(run[-1].day),
            ),
            Sentence(
                "elsewhere in the force %(share)s of the persons change, present to absent or "
                "back, from one count to the next",
                share=f"{100 * share:.1f} %",
            ),
        )


def _usual_change(reading: Reading) -> float:
    """The share of persons who change from one count to the next, in the middle pair of counts."""
    shares = [
        len((one.present ^ other.present) & both) / len(both)
        for counts in reading.counts.values()
        for one, other in pairwise(counts)
        if (both := one.expected & other.expected)
    ]
    return statistics.median(shares) if shares else 0.0


def _repeated(
    counts: Sequence[HeadCount], share: float, chance: float
) -> tuple[list[HeadCount], int] | None:
    """The least likely run of sheets that repeat each other, and how many persons changed in it.

    The number of persons who change from one count to the next is taken as binomial, with the
    usual share of the force. None where chance would do.
    """
    best: tuple[float, list[HeadCount], int] = (1.0, [], 0)
    run: list[HeadCount] = []
    likely, changes = 1.0, 0
    for count in counts:
        both = run[-1].expected & count.expected if run else frozenset()
        changed = len((run[-1].present ^ count.present) & both) if run else 0
        so_few = _at_most(changed, len(both), share)
        if both and so_few < SUSPECT:
            run.append(count)
            likely, changes = likely * so_few, changes + changed
        else:
            run, likely, changes = [count], 1.0, 0
        if likely < best[0]:
            best = (likely, list(run), changes)
    likely, run, changes = best
    return (run, changes) if likely < chance and len(run) >= LEAST_SHEETS else None


def _at_most(changes: int, persons: int, probability: float) -> float:
    """The probability of so few changes or fewer."""
    return sum(
        math.comb(persons, k) * probability**k * (1 - probability) ** (persons - k)
        for k in range(min(changes, persons) + 1)
    )


def _about_counts(
    reading: Reading, rule: str, run: list[HeadCount], alike: int, *reasons: Sentence
) -> Flag:
    return Flag(
        rule=rule,
        unit=run[0].unit,
        subjects=(run[0].unit,),
        records=tuple(Record("head_count", count.record) for count in run),
        peers=Peers(Sentence("units with head counts"), len(reading.counts), alike),
        reasons=reasons,
        severity=Severity.SOON,
        since=run[0].day.isoformat(),
    )
