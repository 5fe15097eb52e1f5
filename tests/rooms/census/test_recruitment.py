"""Recruitment: funnels for the team, safe figures for others, objections before confirmation."""

import datetime as dt
from dataclasses import dataclass

import pytest

from primacy.kernels.recruitment import ALL
from primacy.platform import clock
from primacy.platform.policy import Denied, Marking
from primacy.rooms.census.actions import (
    Group,
    cancel_cohort,
    confirm_cohort,
    decide_objection,
    open_objection_window,
    receive_objection,
    record_population,
    record_stage,
    start_cohort,
)
from primacy.rooms.census.errors import BadCohort
from primacy.rooms.census.exports import FUNNEL_COLUMNS, funnel_rows
from primacy.rooms.census.models import Objection, PublicObjection, RecruitmentCohort
from primacy.rooms.census.queries import cohorts, objections
from primacy.rooms.census.recruitment import SEX, cohort_representation, funnel_of
from tests.conftest import Board

COUNTS = {
    "applied": {("women", "North"): 120, ("men", "North"): 300, ("women", "South"): 60,
                ("men", "South"): 200},
    "tests": {("women", "North"): 80, ("men", "North"): 200, ("women", "South"): 14,
              ("men", "South"): 120},
    "vetting": {("women", "North"): 60, ("men", "North"): 150, ("women", "South"): 4,
                ("men", "South"): 90},
    "confirmed": {("women", "North"): 40, ("men", "North"): 100, ("women", "South"): 3,
                  ("men", "South"): 60},
}  # fmt: skip


def groups(counts: dict[tuple[str, str], int]) -> dict[Group, int]:
    return {Group(*key): count for key, count in counts.items()}


@dataclass
class Class:
    board: Board
    cohort: RecruitmentCohort
    today: dt.date

    def window(self, opened: int = 30, closed: int = 2) -> PublicObjection:
        return open_objection_window(
            actor=self.board["planner"],
            cohort=self.cohort,
            opens_on=self.today - dt.timedelta(days=opened),
            closes_on=self.today - dt.timedelta(days=closed),
            channel="Any police post, or the ombuds office",
        )


@pytest.fixture
def recruits(board: Board) -> Class:
    """A counted class with a population beside it."""
    cohort = start_cohort(
        actor=board["planner"],
        mission=board.mission,
        name="Class 14",
        force="National police",
        advertised_on=dt.date(2026, 1, 10),
        source_title="Gazette 3",
        marking=Marking.PUBLIC,
    )
    for stage, counts in COUNTS.items():
        record_stage(actor=board["planner"], cohort=cohort, stage=stage, counts=groups(counts))
    people = {("women", "North"): 5000, ("men", "North"): 5000, ("women", "South"): 4000,
              ("men", "South"): 4000}  # fmt: skip
    record_population(
        actor=board["planner"],
        mission=board.mission,
        year=2024,
        counts=groups(people),
        source_title="Population census",
    )
    return Class(board, cohort, clock.today())


def test_the_team_sees_every_count_and_where_groups_drop_out(recruits: Class) -> None:
    reading = funnel_of(recruits.board["planner"], recruits.cohort)
    assert reading is not None
    assert reading.by_sex is not None
    assert not reading.held_back
    assert reading.shown.reached["vetting", ("women", "South")] == 4
    women = next(
        one for one in reading.by_sex.steps if (one.group, one.next_stage) == ("women", "tests")
    )
    assert (women.came, women.went_on) == (180, 94)


def test_others_see_no_small_group_and_cannot_subtract_it(recruits: Class) -> None:
    reading = funnel_of(recruits.board["donor"], recruits.cohort)
    assert reading is not None
    assert reading.by_sex is None
    assert reading.held_back
    reached = reading.shown.reached
    for stage in ("vetting", "confirmed"):
        assert reached[stage, ("women", "South")] is None
        # Neither its row nor its column gives it away.
        assert None in (reached[stage, ("women", "North")], reached[stage, ("women", ALL)])
        assert None in (reached[stage, ("men", "South")], reached[stage, (ALL, "South")])
    assert reached["applied", (ALL, ALL)] == 680
    rows = [dict(zip(FUNNEL_COLUMNS, row, strict=True)) for row in funnel_rows(reading)]
    small = [r for r in rows if (r["sex"], r["region"]) == ("women", "South")]
    assert {r["reached"] for r in small if r["stage"] in ("vetting", "confirmed")} == {"held back"}


def test_the_index_stands_beside_the_population_with_its_interval(recruits: Class) -> None:
    readings = cohort_representation(recruits.board["planner"], recruits.cohort, SEX)
    found = {one.group: one for one in readings}
    women, men = found["women"], found["men"]
    assert women.in_force == 43
    assert women.figure is not None
    assert women.figure.index is not None
    assert women.figure.index.value == pytest.approx(43 / 203 / 0.5)
    assert women.figure.below
    assert men.figure is not None
    assert men.figure.above


def test_counts_of_a_stage_are_added_and_the_last_holds(recruits: Class) -> None:
    planner = recruits.board["planner"]
    with pytest.raises(BadCohort, match="More of 'women, South'"):
        record_stage(
            actor=planner,
            cohort=recruits.cohort,
            stage="confirmed",
            counts={Group("women", "South"): 5},
        )
    record_stage(
        actor=planner,
        cohort=recruits.cohort,
        stage="confirmed",
        counts={Group("women", "South"): 4},
    )
    reading = funnel_of(planner, recruits.cohort)
    assert reading is not None
    assert reading.shown.reached["confirmed", ("women", "South")] == 4
    assert recruits.cohort.counts.filter(stage="confirmed").count() == 5


def test_a_class_is_not_confirmed_with_an_open_objection(recruits: Class) -> None:
    board, cohort = recruits.board, recruits.cohort
    with pytest.raises(BadCohort, match="no window for public objections"):
        confirm_cohort(actor=board["planner"], cohort=cohort)
    window = recruits.window()
    made = receive_objection(
        actor=board["planner"],
        window=window,
        about="Number 17",
        grounds="Led a checkpoint in 2019.",
        received_on=recruits.today - dt.timedelta(days=5),
    )
    with pytest.raises(BadCohort, match="objections without an outcome: 1"):
        confirm_cohort(actor=board["planner"], cohort=cohort)
    with pytest.raises(BadCohort, match="does not decide"):
        decide_objection(actor=board["planner"], objection=made, outcome="unfounded", reason="No")
    with pytest.raises(BadCohort, match="the reason for it"):
        decide_objection(actor=board["adviser"], objection=made, outcome="unfounded", reason=" ")
    decide_objection(
        actor=board["adviser"], objection=made, outcome="removed", reason="Two witnesses."
    )
    assert confirm_cohort(actor=board["planner"], cohort=cohort).state == "confirmed"
    with pytest.raises(BadCohort, match="already"):
        cancel_cohort(actor=board["planner"], cohort=cohort, reason="late")


def test_a_class_is_not_confirmed_while_the_window_is_open(recruits: Class) -> None:
    recruits.window(opened=10, closed=-10)
    with pytest.raises(BadCohort, match="is open until"):
        confirm_cohort(actor=recruits.board["planner"], cohort=recruits.cohort)


def test_a_short_window_and_a_second_one_are_refused(recruits: Class) -> None:
    with pytest.raises(BadCohort, match="14 days"):
        recruits.window(opened=10, closed=2)
    recruits.window()
    with pytest.raises(BadCohort, match="has its window already"):
        recruits.window()


def test_objections_are_for_the_team_and_never_say_who_objects(recruits: Class) -> None:
    made = receive_objection(
        actor=recruits.board["planner"],
        window=recruits.window(),
        about="17",
        grounds="Seen at a checkpoint.",
        received_on=recruits.today,
    )
    assert len(made.receipt) == 12
    assert objections(recruits.board["planner"], recruits.cohort).count() == 1
    for label in ("donor", "commander", "official"):
        assert objections(recruits.board[label], recruits.cohort).count() == 0
    names = {field.name for field in Objection._meta.get_fields()}
    assert not names & {"objector", "sender", "name", "phone"}


def test_others_may_see_the_class_and_change_nothing(recruits: Class) -> None:
    board = recruits.board
    assert cohorts(board["donor"], board.mission).count() == 1
    for label in ("donor", "commander", "operations", "overseer"):
        with pytest.raises(Denied):
            confirm_cohort(actor=board[label], cohort=recruits.cohort)
