"""What the calendar does to units without any act: brought up to date each day, once, on record."""

import datetime as dt
from collections.abc import Callable

import pytest

from primacy.platform import clock
from primacy.platform.audit.models import AuditEntry
from primacy.platform.jobs.models import Job
from primacy.platform.jobs.worker import ask_today, run_next
from primacy.platform.policy import Denied
from primacy.rooms.forces.actions import (
    Terms,
    claim_name,
    claim_relation,
    keep_units_present,
    record_lineage,
)
from primacy.rooms.forces.calendar_work import PRESENT
from primacy.rooms.forces.facade import Unit, unit_at
from tests.conftest import Board

MakeUnit = Callable[..., Unit]
MakeTerms = Callable[..., Terms]
START = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)


def work_through_the_day() -> list[str]:
    """A worker that is started, does what waits, and is stopped."""
    ask_today()
    while run_next():
        pass
    jobs = Job.objects.filter(kind=PRESENT).order_by("recorded_at")
    return list(jobs.values_list("message", flat=True))


def brought_up_to_date() -> int:
    return AuditEntry.objects.filter(action="forces.unit.present").count()


@pytest.fixture
def lent(board: Board, make_unit: MakeUnit, terms: MakeTerms) -> Unit:
    """A company of North that is lent to the task force for March 2027."""
    north, force, company = make_unit("North"), make_unit("Task force"), make_unit("Company")
    planner = board["planner"]
    with clock.standing(START):
        claim_relation(actor=planner, unit=company, superior=north,
                       terms=terms("2026-01-01", "2027-12-31"))  # fmt: skip
        record_lineage(
            actor=planner, kind="attached", froms=[company], tos=[force],
            terms=terms("2027-03-01", "2027-03-31", starting=True, ending=True),
        )  # fmt: skip
    return company


def superior(unit: Unit) -> str | None:
    unit.refresh_from_db()
    return unit.parent.code if unit.parent else None


def test_an_attachment_that_ends_by_the_calendar_gives_the_unit_back(
    board: Board, lent: Unit
) -> None:
    with clock.standing(START) as now:
        work_through_the_day()
        assert superior(lent) == "task-force"
        now.move_to(START + dt.timedelta(days=30))
        work_through_the_day()
        assert superior(lent) == "task-force", "the last day still counts"
        now.move_to(START + dt.timedelta(days=31))
        assert superior(lent) == "task-force", "nobody acted yet"
        said = work_through_the_day()
        assert superior(lent) == "north"
        assert said[-1] == "Units that changed by the calendar alone: 1."
        line = unit_at(board["planner"], lent, clock.today()).line
        assert line is not None
        assert line.link is not None
        assert line.link.unit.code == "north"


def test_it_is_done_once_a_day_and_changes_nothing_twice(board: Board, lent: Unit) -> None:
    with clock.standing(START + dt.timedelta(days=31)):
        work_through_the_day()
        work_through_the_day()
        assert Job.objects.filter(kind=PRESENT).count() == 1
        assert brought_up_to_date() == 1
        assert keep_units_present(actor=board["planner"], mission=board.mission, since=None) == 0
        assert brought_up_to_date() == 1


def test_days_on_which_no_worker_ran_are_made_up_for(
    board: Board, lent: Unit, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    other = make_unit("Second")
    with clock.standing(START) as now:
        claim_name(actor=board["planner"], unit=other, name="Third",
                   terms=terms("2027-04-10", "2027-04-20"))  # fmt: skip
        work_through_the_day()
        now.move_to(START + dt.timedelta(days=60))
        work_through_the_day()
        assert superior(lent) == "north"
        other.refresh_from_db()
        assert other.name == "Third"


def test_two_units_that_change_places_on_one_day_are_both_brought_up_to_date(
    board: Board, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    one, other = make_unit("One"), make_unit("Other")
    planner, ends = board["planner"], {"starting": True, "ending": True}
    with clock.standing(START) as now:
        for unit, above, days in (
            (one, other, ("2027-01-01", "2027-03-31")), (other, one, ("2027-04-01", "2027-12-31")),
        ):  # fmt: skip
            claim_relation(actor=planner, unit=unit, superior=above, terms=terms(*days, **ends))
        assert (superior(one), superior(other)) == ("other", None)
        now.move_to(START + dt.timedelta(days=31))
        keep_units_present(actor=planner, mission=board.mission, since=dt.date(2027, 3, 31))
        assert (superior(one), superior(other)) == (None, "one")


def test_units_without_a_turn_of_the_calendar_are_not_looked_at(
    board: Board, lent: Unit, django_assert_max_num_queries: Callable[..., object]
) -> None:
    with clock.standing(START + dt.timedelta(days=200)):
        since = (START + dt.timedelta(days=199)).date()
        with django_assert_max_num_queries(4):
            assert keep_units_present(actor=board["planner"], mission=board.mission,
                                      since=since) == 0  # fmt: skip


def test_it_needs_the_right_to_keep_the_register(board: Board, lent: Unit) -> None:
    with pytest.raises(Denied):
        keep_units_present(actor=board["donor"], mission=board.mission, since=None)
