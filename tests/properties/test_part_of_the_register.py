"""What is read for one unit's page says of the unit and those below it what the whole tree says."""

import datetime as dt
import random
import uuid
from typing import NamedTuple

import pytest

from primacy.platform.policy import Marking, Viewer, held_aside
from primacy.rooms.forces.models import (
    LineageClaim,
    LineageKind,
    LineagePart,
    NameClaim,
    RelationClaim,
    Unit,
)
from primacy.rooms.forces.register import around, tree_in_parts
from primacy.rooms.forces.units_around import units_around
from primacy.rooms.persons import command
from primacy.rooms.persons.command import commander, commanders
from primacy.rooms.persons.models import LeavingClaim, Person, PostingClaim
from primacy.rooms.places.facade import Mission
from tests.conftest import STEWARD, Board

UNITS, RELATIONS, EVENTS = 16, 34, 8
FIRST = dt.date(2020, 1, 1)
DAYS = [FIRST + dt.timedelta(days=n) for n in (40, 150, 260)]
STATUSES = ["accepted"] * 5 + ["conflict", "work_needed", "issue"]
KINDS = [*LineageKind, LineageKind.RENAMED, LineageKind.ATTACHED]


def dates(draw: random.Random) -> dict[str, object]:
    """A precise or imprecise span, its ends open or not."""
    first = FIRST + dt.timedelta(days=draw.randrange(300))
    last = first + dt.timedelta(days=draw.randrange(200))
    span = draw.choice(["precise", "precise", "imprecise"])
    return {
        f"first_{span}": first, f"last_{span}": last,
        "starting": draw.random() < 0.6, "ending": draw.random() < 0.6,
        "status": draw.choice(STATUSES),
        "marking": draw.choice([Marking.INTERNAL] * 7 + [Marking.CONFIDENTIAL]),
    }  # fmt: skip


def a_register(mission: Mission, seed: int) -> list[Unit]:
    """Units in three groups with claims that contradict each other and run in circles."""
    from primacy.platform.sources.actions import ensure_source

    draw = random.Random(seed)
    source = ensure_source(actor=STEWARD, mission_id=mission.pk, title="Made up")
    units = Unit.objects.bulk_create(
        Unit(mission=mission, code=f"u{n}", name=f"Unit {n}", force="Police", side="local",
             source=source, marking=Marking.CONFIDENTIAL if n % 9 == 5 else Marking.INTERNAL)
        for n in range(UNITS)
    )  # fmt: skip

    def two() -> tuple[Unit, Unit]:
        one = draw.randrange(UNITS)
        near = [n for n in range(UNITS) if n != one and (n % 3 == one % 3 or draw.random() < 0.05)]
        return units[one], units[draw.choice(near)]

    pairs = [two() for _ in range(RELATIONS)]
    RelationClaim.objects.bulk_create(
        RelationClaim(mission=mission, unit=one, superior=other, kind="command", **dates(draw))
        for one, other in pairs
    )
    NameClaim.objects.bulk_create(
        NameClaim(mission=mission, unit=draw.choice(units), name=f"Name {n}", **dates(draw))
        for n in range(UNITS)
    )
    for _ in range(EVENTS):
        kind, (one, other) = draw.choice(KINDS), two()
        event = LineageClaim.objects.create(mission=mission, kind=kind, **dates(draw))
        LineagePart.objects.create(lineage=event, unit=one, side="from")
        if kind != LineageKind.DISBANDED:
            LineagePart.objects.create(lineage=event, unit=other, side="to")
    return units


def compare(viewer: Viewer, units: list[Unit], day: dt.date) -> None:
    """The part read for each unit against the whole, in all that a page shows."""
    whole = tree_in_parts(viewer, units[0].mission, day)
    for unit in units:
        part = around(viewer, unit, day)
        assert part.line(unit) == whole.line(unit)
        assert part.below(unit) == whole.below(unit)
        assert part.names(unit) == whole.names(unit)
        assert part.why_gone(unit) == whole.why_gone(unit)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_the_part_read_for_a_unit_says_what_the_whole_tree_says(board: Board, seed: int) -> None:
    units = a_register(board.mission, seed)
    sizes = [len(units_around(unit) or ()) for unit in units]
    assert min(sizes) < UNITS, "nothing was left out in any of them"
    with held_aside():
        for day in DAYS[:2]:
            compare(board["planner"], units, day)
        some = [unit for unit in units if unit.marking == Marking.INTERNAL]
        compare(board["commander"], some[::2], DAYS[2])


@pytest.mark.django_db
def test_where_too_many_units_bear_on_one_the_whole_is_read(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = a_register(board.mission, 3)
    monkeypatch.setattr("primacy.rooms.forces.units_around.MOST", 2)
    assert units_around(units[0]) is None
    with held_aside():
        part = around(board["planner"], units[0], DAYS[0])
    assert len(part.units) == UNITS


class Pair(NamedTuple):
    """Two records that are read as one person."""

    kept_id: uuid.UUID
    joined_id: uuid.UUID


def postings(units: list[Unit], seed: int) -> list[Person]:
    """Persons who go from post to post, some dead, some twice on record."""
    draw, mission = random.Random(seed), units[0].mission
    people = Person.objects.bulk_create(
        Person(mission=mission, code=f"p{n}", name=f"Person {n}", source=units[0].source)
        for n in range(8)
    )
    PostingClaim.objects.bulk_create(
        PostingClaim(
            mission=mission, person=draw.choice(people), unit=draw.choice(units),
            role=draw.choice(["Commander", "Commander", "Clerk", ""]), rank="Colonel",
            commanding=draw.choice([True, True, True, False, None]),
            acting=draw.random() < 0.1, **dates(draw),
        )
        for _ in range(60)
    )  # fmt: skip
    for person in people[:3]:
        day = FIRST + dt.timedelta(days=draw.randrange(300))
        LeavingClaim.objects.create(mission=mission, person=person, kind="died", earliest=day,
                                    latest=day, status="accepted")  # fmt: skip
    return people


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_who_commanded_one_unit_is_told_as_from_all_postings(
    board: Board, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = a_register(board.mission, seed)
    people = postings(units, seed)
    pairs = [Pair(people[0].pk, people[4].pk), Pair(people[5].pk, people[1].pk)]
    monkeypatch.setattr(command, "open_merges", lambda viewer, mission_id: pairs)
    told = 0
    with held_aside():
        for day in DAYS[:2]:
            whole = commanders(board["planner"], board.mission, units, day)
            for unit in units:
                assert commander(board["planner"], unit, day) == whole[unit.pk]
                told += len(whole[unit.pk].commanders)
    assert told > UNITS / 2
