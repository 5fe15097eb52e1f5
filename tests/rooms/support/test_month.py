"""A month told by chance: tasks on the day of each change, and a report that a recount confirms."""

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from primacy.platform import clock
from primacy.platform.audit.models import AuditEntry
from primacy.rooms.support.annual import AnnualReport, annual_report, shown
from primacy.rooms.support.overrides import overrides
from tests.conftest import Board
from tests.rooms.support.conftest import make_desk
from tests.rooms.support.month import Month
from tests.rooms.support.recount import Recount

FIRST = dt.datetime(2026, 3, 2, 6, tzinfo=dt.UTC)
FULL = os.environ.get("SUPPORT_MONTH") == "full"
"""The whole month: 200 requests, 12 offices, 30 changes of command, 5 findings."""

MOST_QUERIES = 25

TABLES = (
    "requests", "states", "offices", "decisions", "conditions", "waivers", "deliveries", "values",
    "units", "findings", "suspensions", "intercessions", "visits", "tasks", "notices",
)  # fmt: skip
"""The tables of the report in their order, by the names the recount has for them."""


@dataclass
class Told:
    """A month that was lived, and the moment after it."""

    month: Month
    first: dt.date
    last: dt.date


@pytest.fixture
def told(board: Board) -> Iterator[Told]:
    """The month; the clock stands at its end."""
    with clock.standing(FIRST) as standing:
        month = Month(make_desk(board), requests=200)
        if not FULL:
            month = Month(month.desk, requests=14, days=12, changes=5, findings=2, allegations=2)
        month.live(standing)
        yield Told(month, FIRST.date(), clock.today())


def test_a_month_of_support(told: Told) -> None:
    """One test, for the month takes longer to live than to look at."""
    _each_change_raised_its_tasks_on_its_day(told.month)
    _nothing_is_raised_twice_for_a_change(told.month)
    desk = told.month.desk
    whole = annual_report(desk["human_rights"], desk.mission, told.first, told.last)
    _as_counted_again(whole, Recount(told.first, told.last, clock.today()))
    _as_the_audit_log_has_it(whole)
    _nobody_is_named(whole, told.month)
    within = (told.first + dt.timedelta(days=4), told.last - dt.timedelta(days=3))
    with CaptureQueriesContext(connection) as asked:
        part = annual_report(desk["human_rights"], desk.mission, *within)
    read = [query for query in asked if query["sql"].startswith("SELECT")]
    assert len(read) <= MOST_QUERIES
    _as_counted_again(part, Recount(*within, clock.today()))
    lines = overrides(desk["human_rights"], desk.mission, *within)
    assert tuple(lines) == part.overrides.offices
    _what_is_closed_is_said_to_be(told)


def _each_change_raised_its_tasks_on_its_day(month: Month) -> None:
    assert len(month.happened) == month.changes + month.findings + month.allegations
    for one in month.happened:
        assert {task.recipient_id for task in one.raised} == one.concerned, one.kind
        assert all(task.raised_on == one.day for task in one.raised)
    # A month in which nothing bore on anybody would show nothing.
    for kind in ("commander", "finding", "allegation"):
        assert any(one.concerned for one in month.happened if one.kind == kind), kind


def _nothing_is_raised_twice_for_a_change(month: Month) -> None:
    before = {task.pk for one in month.happened for task in one.raised}
    assert not month.look()
    assert len(before) == sum(len(one.raised) for one in month.happened)


def _as_counted_again(report: AnnualReport, recount: Recount) -> None:
    assert len(report.tables) == len(TABLES)
    for name, table in zip(TABLES, report.tables, strict=True):
        expected = getattr(recount, name)()
        found = {row[:2] if name == "waivers" else row for row in table.rows}
        assert found == expected, name
        assert all(len(row) == len(table.columns) for row in table.rows), name
    offices, rulings = recount.overrides()
    assert {tuple(vars(one).values()) for one in report.overrides.offices} == offices
    assert {tuple(vars(one).values()) for one in report.overrides.rulings} == rulings


def _as_the_audit_log_has_it(report: AnnualReport) -> None:
    """Sums of the whole month beside the number of acts in the log."""
    acts = list(AuditEntry.objects.values_list("action", flat=True))
    by_name = dict(zip(TABLES, report.tables, strict=True))

    def total(name: str, column: int) -> int:
        return sum(int(row[column]) for row in by_name[name].rows)

    assert total("decisions", 2) == acts.count("support.case.decide") > 0
    assert total("conditions", 1) == acts.count("support.condition.draft") > 0
    assert total("conditions", 2) == acts.count("support.condition.meet") > 0
    assert total("conditions", 3) == acts.count("support.condition.waive")
    assert total("findings", 1) == acts.count("support.finding.record") > 0
    handed = acts.count("support.delivery.accept") + acts.count("support.delivery.report")
    assert total("deliveries", 3) == handed - acts.count("support.delivery.correct") > 0
    assert total("deliveries", 6) == acts.count("support.delivery.correct")
    assert total("visits", 1) > 0
    assert total("intercessions", 1) == acts.count("support.case.intercede")
    assert total("notices", 1) == acts.count("support.notice.send")
    assert total("tasks", 2) == acts.count("support.task.settle") > 0


def _nobody_is_named(report: AnnualReport, month: Month) -> None:
    words = " ".join(shown(cell) for t in report.tables for row in t.rows for cell in row)
    words += " ".join(report.open_questions)
    names = [person.name for person in month.desk.persons.values()]
    assert not [name for name in (*names, "Officer", "A platoon") if name in words]
    # Currencies stand apart, and a value that was not given is not known, not zero.
    values = report.tables[TABLES.index("values")].rows
    assert {"USD", "EUR", None} >= {row[0] for row in values}
    assert all(row[3] is None and shown(row[3]) == "not known" for row in values if row[0] is None)


def _what_is_closed_is_said_to_be(told: Told) -> None:
    """Who may not read cases gets no figure of them, and is told that there is something."""
    desk = told.month.desk
    outside = annual_report(desk["commander"], desk.mission, told.first, told.last)
    assert not outside.tables[TABLES.index("requests")].rows
    assert "restricted" in outside.open_questions[0].lower()
    open_to_all = annual_report(desk["human_rights"], desk.mission, told.first, told.last)
    assert not [one for one in open_to_all.open_questions if "restricted" in one.lower()]
