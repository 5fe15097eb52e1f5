"""Any sequence of claims, corrections and withdrawals gives one tree a day, and keeps the past."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from primacy.platform import clock
from primacy.platform.claims.actions import Cite
from primacy.platform.claims.errors import BadClaim
from primacy.platform.claims.models import Claim
from primacy.platform.claims.rules import Dates
from primacy.platform.policy import Viewer
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import (
    Terms,
    add_unit,
    claim_relation,
    correct_claim,
    record_lineage,
    rename_unit,
    withdraw_claim,
)
from primacy.rooms.forces.claim_queries import claim_by_id
from primacy.rooms.forces.facade import Unit
from primacy.rooms.forces.register import TreeReading, tree
from tests.conftest import STEWARD, Board

UNITS = 5
FIRST = dt.date(2020, 1, 1)
DAYS = [FIRST + dt.timedelta(days=60 * step) for step in range(-1, 8)]
ASKED = DAYS[1::4]
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

spans = st.tuples(st.integers(0, 400), st.integers(0, 200), st.booleans(), st.booleans())
numbers = st.integers(0, UNITS - 1)
steps = st.one_of(
    st.tuples(st.just("relation"), numbers, numbers, spans, st.sampled_from(
        ["accepted", "accepted", "conflict", "work_needed"])),
    st.tuples(st.just("lineage"), numbers, numbers, spans, st.sampled_from(
        ["attached", "disbanded", "merged", "split", "renamed"])),
    st.tuples(st.just("correct"), numbers, numbers, spans, st.just("")),
    st.tuples(st.just("withdraw"), numbers, numbers, spans, st.just("")),
)  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    """Inside, all that is written is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def shown(reading: TreeReading) -> list[tuple[object, ...]]:
    return [
        (line.unit.code, line.name, line.depth, line.link and (line.link.unit.code,
         line.link.certain, line.link.reasons))
        for line in reading.lines
    ]  # fmt: skip


def act(actor: Viewer, units: list[Unit], made: list[Claim], step: tuple[object, ...]) -> None:
    """One act of a sequence; what the rules refuse is left out."""
    what, one, other, (begin, length, starting, ending), kind = step  # type: ignore[misc]
    first = FIRST + dt.timedelta(days=begin)
    dates = Dates(first, first + dt.timedelta(days=length), starting=starting, ending=ending)
    source = ensure_source(actor=STEWARD, mission_id=units[0].mission_id, title="Gazette")
    terms = Terms(dates, [Cite(source)])
    try:
        if what == "relation":
            terms = Terms(dates, [Cite(source)], status=kind)
            made.append(claim_relation(actor=actor, unit=units[one], superior=units[other],
                                       terms=terms))  # fmt: skip
        elif what == "lineage" and kind == "renamed" and one == other:
            made.append(rename_unit(actor=actor, unit=units[one], name="New", terms=terms))
        elif what == "lineage":
            made.append(record_lineage(
                actor=actor, kind=kind, froms=[units[one]],
                tos=[] if kind == "disbanded" else [units[other]], terms=terms,
            ))  # fmt: skip
        elif made:
            row = claim_by_id(actor, units[0].mission, made[one % len(made)].claim)
            if what == "correct":
                correct_claim(actor=actor, claim=row, reason="new", terms=terms)
            else:
                withdraw_claim(actor=actor, claim=row, reason="wrong")
    except BadClaim:
        pass
    except Exception as problem:
        if "withdrawn" not in str(problem):
            raise


@pytest.mark.django_db
@settings(
    max_examples=6, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(sequence=st.lists(steps, min_size=3, max_size=7))
def test_any_claims_make_one_tree_a_day_and_never_change_what_was_known(
    board: Board, sequence: list[tuple[object, ...]]
) -> None:
    planner = board["planner"]
    with undone(), clock.standing(START) as now:
        source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Register")
        units = [
            add_unit(actor=planner, mission=board.mission, code=f"u{n}", name=f"Unit {n}",
                     force="Police", side="local", source=source)
            for n in range(UNITS)
        ]  # fmt: skip
        made: list[Claim] = []
        kept: list[tuple[dt.datetime, list[list[tuple[object, ...]]]]] = []
        for number, step in enumerate(sequence):
            now.move_to(START + dt.timedelta(days=1 + number))
            act(planner, units, made, step)
            readings = [tree(planner, board.mission, day) for day in ASKED]
            kept.append((now.ask(), [shown(one) for one in readings]))
        for day in DAYS:
            check_is_tree(tree(planner, board.mission, day))
        for moment, before in kept:
            again = [tree(planner, board.mission, day, known_at=moment) for day in ASKED]
            assert [shown(one) for one in again] == before
        check_columns(units)


def check_is_tree(reading: TreeReading) -> None:
    """Each unit stands once at most, below its superior, and under nobody who is under it."""
    codes = [line.unit.code for line in reading.lines]
    assert len(codes) == len(set(codes))
    path: list[str] = []
    for line in reading.lines:
        del path[line.depth :]
        assert len(path) == line.depth
        assert line.unit.code not in path
        assert (line.link is None) == (not path)
        if line.link is not None:
            assert line.link.unit.code == path[-1]
        path.append(line.unit.code)
    standing = {line.unit.pk for line in reading.lines}
    for unit in reading.units.values():
        gone = {one.pk for one, _why in reading.gone}
        assert unit.pk in standing | gone or reading.tree.current(str(unit.pk)) != str(unit.pk)


def check_columns(units: list[Unit]) -> None:
    """Superiors in columns make no ring, so that every list by superior ends."""
    above = dict(Unit.objects.filter(pk__in=[u.pk for u in units]).values_list("pk", "parent_id"))
    for unit in above:
        seen = set()
        at = above[unit]
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = above.get(at)
