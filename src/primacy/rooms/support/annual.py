"""The report on a year, or any other period, of support: tables, overrides, open questions.

Everything is counted anew from raw history, as far as it is open to who asks; what is closed to
them is left out and said to be. What is not known is shown as not known.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.platform.language.dates import long_day
from primacy.platform.language.figures import grouped
from primacy.platform.policy import Viewer, held_aside, note_read, require, restricted
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.annual_history import History, history_of, middle
from primacy.rooms.support.annual_tables import (
    Cell,
    ReportTable,
    is_late,
    is_waiting,
    office_names,
    period_of,
    tables_of,
)
from primacy.rooms.support.models import Standing, SupportCase
from primacy.rooms.support.overrides import Overrides, compared

VIEW = "support.view"


@dataclass(frozen=True)
class AnnualReport:
    """The report on a period, as one viewer may read it."""

    said: str
    made_on: dt.date
    tables: tuple[ReportTable, ...]
    overrides: Overrides
    open_questions: tuple[str, ...]


def annual_report(viewer: Viewer, mission: Mission, first: dt.date, last: dt.date) -> AnnualReport:
    """All that was asked, decided, handed over, found and raised from one day to another."""
    require(viewer, VIEW, mission.pk)
    if last < first:
        raise ValueError(_("The period ends before it begins."))
    # Cases are counted and not shown; those that the table of waivers names are noted after it.
    with held_aside():
        history = history_of(viewer, mission, first, last)
        tables = tables_of(history)
        overruled = compared(viewer, mission, first, last)
        questions = open_questions(history)
    waived = {
        str(one.condition.case_id): mission.pk
        for one in history.waivers
        if history.within(one.recorded_at)
    }
    note_read(viewer, SupportCase._meta.label_lower, waived)
    return AnnualReport(
        period_of(history), history.today, tuple(tables), overruled, tuple(questions)
    )


def shown(cell: Cell) -> str:
    """A cell as it is written: figures grouped, what is not known in words."""
    if cell is None:
        return _("not known")
    if isinstance(cell, Decimal):
        cell = int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell if isinstance(cell, str) else grouped(cell)


def report_cells(table: ReportTable) -> list[list[str]]:
    """The rows of a table as they are written."""
    return [[shown(cell) for cell in row] for row in table.rows]


def open_questions(history: History) -> list[str]:
    """What the figures leave open, in words a reader can ask about."""
    return [
        *_closed(history),
        *_waiting(history),
        *_around_the_gate(history),
        *_not_looked_at(history),
        *_slow_offices(history),
    ]


def _closed(history: History) -> list[str]:
    if not history.hidden():
        return []
    words = _("Some records are closed to you and are not counted in this report: %(ask)s.")
    return [words % {"ask": restricted()}]


def _waiting(history: History) -> list[str]:
    """What is past its day today."""
    said = []
    on = {"day": long_day(history.today)}
    late = len(history.overdue_cases())
    if late:
        said.append(
            ngettext(
                "On %(day)s %(n)s case was past the time its state may last.",
                "On %(day)s %(n)s cases were past the time their state may last.",
                late,
            )
            % {**on, "n": grouped(late)}
        )
    broken = len(history.overdue_conditions())
    if broken:
        said.append(
            ngettext(
                "On %(day)s %(n)s condition was past its day, neither met nor waived.",
                "On %(day)s %(n)s conditions were past their day, neither met nor waived.",
                broken,
            )
            % {**on, "n": grouped(broken)}
        )
    silent = sum(is_waiting(one, history) for one in history.intercessions)
    if silent:
        said.append(
            ngettext(
                "On %(day)s the authorities owed %(n)s response.",
                "On %(day)s the authorities owed %(n)s responses.",
                silent,
            )
            % {**on, "n": grouped(silent)}
        )
    return said


def _around_the_gate(history: History) -> list[str]:
    """Deliveries without a decision that nobody has settled, and money that is not known."""
    said = []
    settled = {one.delivery_id for one in history.tasks if one.done_at is not None}
    kept = history.kept_deliveries
    left = sum(one.standing == Standing.UNASSESSED and one.pk not in settled for one in kept)
    if left:
        said.append(
            ngettext(
                "%(n)s delivery went around the gate and is not settled.",
                "%(n)s deliveries went around the gate and are not settled.",
                left,
            )
            % {"n": grouped(left)}
        )
    bare = sum(one.value is None for one in kept)
    if bare:
        said.append(
            ngettext(
                "The value of %(n)s delivery is not known; the sums of money leave it out.",
                "The value of %(n)s deliveries is not known; the sums of money leave them out.",
                bare,
            )
            % {"n": grouped(bare)}
        )
    return said


def _not_looked_at(history: History) -> list[str]:
    """Units that received support under cases of which no visit was made in the period."""
    visited = {
        one.case_id
        for one in history.visits
        if history.within(one.done_on) and one.access != "refused"
    }
    under = [one for one in history.kept_deliveries if one.case is not None and one.unit]
    seen = {one.unit for one in under if one.case in visited}
    unseen = {one.unit for one in under} - seen
    if not unseen:
        return []
    words = ngettext(
        "%(n)s unit received support and none of its cases was visited in the period.",
        "%(n)s units received support and none of their cases was visited in the period.",
        len(unseen),
    )
    return [words % {"n": grouped(len(unseen))}]


def _slow_offices(history: History) -> list[str]:
    """Offices whose middle answer, those still owed counted in, took longer than it may."""
    said = []
    for code, name in sorted(office_names(history).items()):
        some = [one for one in (*history.answers, *history.unanswered) if one.code == code]
        late = sum(is_late(one) for one in some)
        if 2 * late > len(some):
            words = _("%(office)s took longer than its time on %(late)s of %(all)s recipients; "
                      "half were answered, or still wait, within %(days)s days.")  # fmt: skip
            said.append(
                words
                % {
                    "office": name,
                    "late": grouped(late),
                    "all": grouped(len(some)),
                    "days": grouped(middle([float(one.days) for one in some]) or 0.0),
                }
            )
    return said
