"""The command of a register of 10,000 units and 40,000 claims, asked through the site itself.

The site is the embedded one as it is shipped (SQLite in WAL mode), in a folder that is thrown
away. The claims are those of `benchmarks.command`, less their postings, with a name for each unit;
one unit and one claim in forty is confidential. "First" is what the first reader waits after an
act that may have changed anything, "after a claim" what he waits after an act on one claim, and
"again" is the same question once more. A unit's page is read from the database each time.
"""

import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from primacy.kernels.command import Lineage, Posting, Range, Relation
    from primacy.rooms.forces.facade import Unit

ROOT = Path(__file__).resolve().parents[1]
CLOSED = 40
PAGES = 12


def on_the_site(
    names: Sequence[str],
    relations: "Sequence[Relation]",
    lineage: "Sequence[Lineage]",
    postings: "Sequence[Posting]",
) -> dict[str, object]:
    """Seconds of the tree, of units' pages and of commanders, ready for JSON."""
    with tempfile.TemporaryDirectory(prefix="primacy-bench-") as folder:
        set_up(Path(folder))
        made = _units(names)
        _claims(made, relations, lineage)
        _postings(made, postings)
        return _measure(made)


def set_up(home: Path) -> None:
    os.environ["PRIMACY_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "primacy.settings.embedded"
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _units(names: Sequence[str]) -> "dict[str, Unit]":
    """A mission with units of these names."""
    from primacy.platform.policy import Marking, operator
    from primacy.platform.sources.actions import ensure_source
    from primacy.rooms.forces.models import NameClaim, Unit
    from primacy.rooms.places.facade import create_mission

    me = operator("benchmark")
    mission = create_mission(
        actor=me, code="bench", name="Bench", short_name="Bench", country="Carana"
    )
    source = ensure_source(actor=me, mission_id=mission.pk, title="Made up")
    made = {
        name: Unit(
            mission=mission, code=name, name=f"Unit {name}", force="Army", side="local",
            source=source, marking=Marking.CONFIDENTIAL if n % CLOSED == 7 else Marking.INTERNAL,
        )
        for n, name in enumerate(names)
    }  # fmt: skip
    Unit.objects.bulk_create(made.values(), batch_size=500)
    NameClaim.objects.bulk_create(
        [
            NameClaim(
                mission=mission, unit=unit, name=unit.name, status="accepted", marking=unit.marking,
                first_precise=dt.date(1980, 1, 1), last_precise=dt.date(2030, 1, 1),
            )
            for unit in made.values()
        ],
        batch_size=500,
    )  # fmt: skip
    return made


def _claims(
    made: "dict[str, Unit]", relations: "Sequence[Relation]", lineage: "Sequence[Lineage]"
) -> None:
    from primacy.platform.policy import Marking
    from primacy.rooms.forces.models import LineageClaim, LineagePart, RelationClaim

    mission = next(iter(made.values())).mission
    RelationClaim.objects.bulk_create(
        [
            RelationClaim(
                mission=mission, unit=made[one.unit], superior=made[one.superior],
                kind="command", status=one.status.value,
                marking=Marking.CONFIDENTIAL if n % CLOSED == 11 else Marking.INTERNAL,
                **_dates(one.range),
            )
            for n, one in enumerate(relations)
            if one.unit != one.superior
        ],
        batch_size=500,
    )  # fmt: skip
    for one in lineage:
        if not set((*one.froms, *one.tos)) <= made.keys():
            continue
        row = LineageClaim.objects.create(
            mission=mission, kind=one.kind.value, status=one.status.value,
            first_precise=one.on.earliest, last_precise=one.on.latest,
        )  # fmt: skip
        sides = [(made[name], "from") for name in one.froms]
        sides += [(made[name], "to") for name in one.tos]
        for unit, side in sides:
            LineagePart.objects.create(lineage=row, unit=unit, side=side)


def _postings(made: "dict[str, Unit]", postings: "Sequence[Posting]") -> None:
    from primacy.rooms.persons.models import Person, PostingClaim

    some = next(iter(made.values()))
    people = {
        name: Person(mission=some.mission, code=name, name=f"Person {name}", source=some.source)
        for name in dict.fromkeys(one.person for one in postings)
    }
    Person.objects.bulk_create(people.values(), batch_size=500)
    PostingClaim.objects.bulk_create(
        [
            PostingClaim(
                mission=some.mission, person=people[one.person], unit=made[one.unit],
                role=one.role, rank=one.rank, commanding=one.commanding, acting=one.acting,
                status=one.status.value, **_dates(one.range),
            )
            for one in postings
        ],
        batch_size=500,
    )  # fmt: skip


def _dates(span: "Range") -> dict[str, object]:
    return {
        "first_precise": span.first_precise,
        "last_precise": span.last_precise,
        "first_imprecise": span.first_imprecise,
        "last_imprecise": span.last_imprecise,
        "starting": span.starting,
        "ending": span.ending,
    }


def _measure(made: "dict[str, Unit]") -> dict[str, object]:
    from primacy.platform.policy import operator
    from primacy.platform.policy.reads import Collection
    from primacy.rooms.forces.actions import withdraw_claim
    from primacy.rooms.forces.kept_register import forget_registers
    from primacy.rooms.forces.models import RelationClaim
    from primacy.rooms.forces.register import tree_in_parts, unit_at
    from primacy.rooms.persons.command import commander

    me = operator("benchmark")
    mission = next(iter(made.values())).mission
    day = dt.date(2015, 5, 5)

    def drawn() -> object:
        with Collection("benchmark").open():
            reading = tree_in_parts(me, mission, day)
            return reading.shown(reading.places[:100]), reading.conflicts, reading.cycles

    def page(unit: "Unit") -> object:
        with Collection("benchmark").open():
            return unit_at(me, unit, day)

    def first() -> object:
        forget_registers()
        return drawn()

    def after_a_claim() -> dict[str, float]:
        gone = RelationClaim.objects.filter(withdrawn=True).values("claim")
        row = RelationClaim.objects.filter(mission=mission).exclude(claim__in=gone).last()
        withdraw_claim(actor=me, claim=row, reason="wrong")
        return timed(drawn, 1)

    asked = list(made.values())[1 :: max(1, len(made) // PAGES)][:PAGES]
    led = [timed(lambda unit=unit: commander(me, unit, day), 1) for unit in asked]
    units = [timed(lambda unit=unit: page(unit), 1) for unit in asked]
    return {
        "tree_first": timed(first, 3),
        "tree_after_a_claim": middle([after_a_claim() for _ in range(3)]),
        "tree_again": timed(drawn, 3),
        "unit": middle(units),
        "commander": middle(led),
        "unit_slowest": max(units, key=lambda one: one["processor_seconds"]),
    }


def timed(work: Callable[[], object], times: int = 5) -> dict[str, float]:
    """The medians of the seconds and of the processor seconds that some work takes."""
    taken = []
    for _ in range(times):
        start, started = time.perf_counter(), time.process_time()
        work()
        spent = {"seconds": time.perf_counter() - start}
        taken.append({**spent, "processor_seconds": time.process_time() - started})
    return middle(taken)


def middle(taken: Sequence[dict[str, float]]) -> dict[str, float]:
    """The median of each figure."""
    return {key: round(statistics.median(one[key] for one in taken), 4) for key in taken[0]}
