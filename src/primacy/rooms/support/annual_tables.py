"""The tables of the annual report. Rows count cases, entries and acts; nobody is named in them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from primacy.platform.language.dates import long_day
from primacy.platform.policy import restricted
from primacy.rooms.support.annual_history import (
    Answered,
    Entry,
    History,
    middle,
    nine_in_ten,
    start_of,
)
from primacy.rooms.support.models import (
    CaseState,
    ConditionKind,
    ConditionState,
    FindingTest,
    HostNotice,
    Intercession,
    RiskLevel,
    Ruling,
    Standing,
    SupportKind,
    TaskKind,
)

Cell = str | int | float | Decimal | None
"""A figure or a word; None: not known, which is never zero."""


@dataclass(frozen=True)
class ReportTable:
    """A table of the report; `said` tells the days its figures are of."""

    title: str
    said: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables_of(history: History) -> list[ReportTable]:
    """Every table, in the order of the report."""
    made: tuple[Callable[[History], ReportTable], ...] = (
        requests, states, offices, decisions, conditions, waivers, deliveries, values, units,
        findings, suspensions, intercessions, visits, tasks, notices,
    )  # fmt: skip
    return [one(history) for one in made]


def period_of(history: History) -> str:
    """The days of the report in words."""
    return _("from %(first)s to %(last)s") % {
        "first": long_day(history.first), "last": long_day(history.last),
    }  # fmt: skip


def requests(history: History) -> ReportTable:
    """Requests first submitted within the period, by kind and where they stood at its end."""
    count: Counter[tuple[str, str]] = Counter()
    for pk, moves in history.moves.items():
        sent = next((one.moment for one in moves if one.act == "submit"), None)
        if history.within(sent):
            count[history.cases[pk].kind, moves[-1].after] += 1
    rows = [
        (_label(SupportKind, kind), _label(CaseState, state), count[kind, state])
        for kind in SupportKind.values
        for state in CaseState.values
        if count[kind, state]
    ]
    columns = (
        _("Support"),
        _("Where the case stood on %(day)s") % {"day": long_day(history.end)},
        _("Requests"),
    )
    return _table(history, _("Requests submitted, by kind and outcome"), columns, rows)


def states(history: History) -> ReportTable:
    """How long cases stayed in each state, where they stand, which wait too long."""
    left: dict[str, list[float | None]] = defaultdict(list)
    there: Counter[str] = Counter()
    for stay in history.stays:
        if stay.until is None:
            there[stay.state] += 1
        elif history.within(stay.until):
            left[stay.state].append(stay.days)
    late = Counter(case.state for case in history.overdue_cases())
    rows = [
        (_label(CaseState, state), len(left[state]), middle(left[state]), nine_in_ten(left[state]),
         there[state], late[state])
        for state in CaseState.values
        if left[state] or there[state] or late[state]
    ]  # fmt: skip
    columns = (
        _("State"),
        _("Cases that left it"),
        _("Half within days"),
        _("Nine in ten within days"),
        _("Stood there on %(day)s") % {"day": long_day(history.end)},
        _("Past its time on %(day)s") % {"day": long_day(history.today)},
    )
    return _table(history, _("Time in each state"), columns, rows)


def offices(history: History) -> ReportTable:
    """How long screening offices took for their first answer on a recipient."""
    given, open_ = _by_office(history.answers), _by_office(history.unanswered)
    rows = [
        (name, len(given[code]), middle(_days(given[code])), nine_in_ten(_days(given[code])),
         sum(is_late(one) for one in given[code]), len(open_[code]),
         sum(is_late(one) for one in open_[code]))
        for code, name in sorted(office_names(history).items())
    ]  # fmt: skip
    today = {"day": long_day(history.today)}
    columns = (
        _("Office"),
        _("First answers on a recipient"),
        _("Half within days"),
        _("Nine in ten within days"),
        _("After their time"),
        _("Not answered on %(day)s") % today,
        _("Of them past their time"),
    )
    return _table(history, _("Answers of screening offices"), columns, rows)


def decisions(history: History) -> ReportTable:
    """Decisions by ruling and by the risk level left after the measures."""
    count = Counter(history.decisions)
    rows = [
        (_label(Ruling, ruling), _label(RiskLevel, level), count[ruling, level])
        for ruling in Ruling.values
        for level in (*RiskLevel.values, "")
        if count[ruling, level]
    ]
    columns = (_("Decision"), _("Risk after the measures"), _("Decisions"))
    return _table(history, _("Decisions by ruling and risk"), columns, rows)


def conditions(history: History) -> ReportTable:
    """Conditions drafted, met, waived and overdue."""
    late = Counter(one.kind for one in history.overdue_conditions())
    drafted = Counter(o.kind for o in history.conditions if history.within(o.recorded_at))
    met = Counter(
        o.kind
        for o in history.conditions
        if o.state == ConditionState.MET and history.within(o.met_on)
    )
    waived = Counter(o.condition.kind for o in history.waivers if history.within(o.recorded_at))
    rows = [
        (_label(ConditionKind, kind), drafted[kind], met[kind], waived[kind], late[kind])
        for kind in ConditionKind.values
        if drafted[kind] or met[kind] or waived[kind] or late[kind]
    ]
    columns = (
        _("Condition"),
        _("Drafted"),
        _("Met"),
        _("Waivers given"),
        _("Overdue on %(day)s") % {"day": long_day(history.today)},
    )
    return _table(history, _("Conditions"), columns, rows)


def waivers(history: History) -> ReportTable:
    """Each waiver of the period with its authority and its end; the cases are named in it."""
    rows: list[tuple[Cell, ...]] = []
    for one in history.waivers:
        if not history.within(one.recorded_at):
            continue
        case = history.cases[one.condition.case_id]
        rows.append(
            (case.number, one.authority, long_day(one.recorded_at.date()),
             long_day(one.expires_on), _("no") if one.expires_on < history.today else _("yes"))
        )  # fmt: skip
    columns = (
        _("Case"), _("Authority"), _("Given on"), _("Until"),
        _("Holds on %(day)s") % {"day": long_day(history.today)},
    )  # fmt: skip
    return _table(history, _("Waivers of conditions"), columns, rows)


def deliveries(history: History) -> ReportTable:
    """What was handed over, by kind and unit of count; wrong entries taken back."""
    gone = history.taken_back
    groups: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    written: dict[str, str] = {}
    for one in history.deliveries:
        by = one.quantity_unit.casefold()
        written.setdefault(by, one.quantity_unit)
        groups[one.kind, one.standing, by].append(one)
    rows = []
    for (kind, standing, by), some in sorted(groups.items()):
        kept = [one for one in some if one.corrects is None and one.pk not in gone]
        rows.append(
            (_label(SupportKind, kind), _label(Standing, standing), written[by], len(kept),
             sum((one.quantity for one in some), Decimal(0)), sum(one.outside for one in kept),
             sum(one.corrects is not None for one in some))
        )  # fmt: skip
    columns = (
        _("Support"), _("How"), _("Counted in"), _("Entries"), _("Quantity"),
        _("Entries beyond the approval"), _("Entries taken back"),
    )  # fmt: skip
    return _table(history, _("What was handed over"), columns, rows)


def values(history: History) -> ReportTable:
    """The value of what was handed over, by currency; currencies are never added together."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for one in history.kept_deliveries:
        groups[one.currency if one.value is not None else "", one.standing].append(one)
    rows: list[tuple[Cell, ...]] = []
    for (currency, standing), some in sorted(groups.items()):
        known = [one.value for one in some if one.value is not None]
        total = sum(known, Decimal(0)) if known else None
        rows.append((currency or None, _label(Standing, standing), len(some), total))
    columns = (_("Currency"), _("How"), _("Entries"), _("Value"))
    return _table(history, _("Value of what was handed over"), columns, rows)


def units(history: History) -> ReportTable:
    """Entries of the ledger by force and unit; of persons by the unit they serve in."""
    count: Counter[tuple[str | None, str | None, str]] = Counter()
    for one in history.kept_deliveries:
        force: str | None = None
        name: str | None = None
        if one.unit is not None:
            closed = str(restricted())
            force, name = history.unit_names.get(one.unit, (closed, closed))
        count[force, name, one.standing] += 1
    keys = sorted({key[:2] for key in count}, key=lambda key: (key[0] or "", key[1] or ""))
    rows = [
        (force, name, count[force, name, Standing.ACCEPTED.value],
         count[force, name, Standing.UNASSESSED.value])
        for force, name in keys
    ]  # fmt: skip
    columns = (_("Force"), _("Unit"), _("Entries under a case"), _("Entries around the gate"))
    return _table(history, _("Support by force and unit"), columns, rows)


def findings(history: History) -> ReportTable:
    """Findings of grave violations recorded, lifted and standing, by the test that is met."""
    new = Counter(one.test for one in history.findings if history.within(one.recorded_at))
    lifted = Counter(one.test for one in history.findings if history.within(one.lifted_on))
    stands = Counter(
        one.test
        for one in history.findings
        if one.lifted_on is None or one.lifted_on > history.last
    )
    rows = [
        (_label(FindingTest, test), new[test], lifted[test], stands[test])
        for test in FindingTest.values
        if new[test] or lifted[test] or stands[test]
    ]
    columns = (
        _("Test of the policy"), _("Recorded"), _("Lifted"),
        _("Standing on %(day)s") % {"day": long_day(history.end)},
    )  # fmt: skip
    return _table(history, _("Findings of grave violations"), columns, rows)


def suspensions(history: History) -> ReportTable:
    """Suspensions that stood on a day of the period, and how long, by how they ended."""
    words = {
        "reinstated": _("Reinstated"), "withdrawn": _("Withdrawn"), "": _("Still in force"),
    }  # fmt: skip
    groups: dict[str, list[float | None]] = defaultdict(list)
    ordered: Counter[str] = Counter()
    for one in history.suspensions:
        ended = one.ended_on if history.within(one.ended_on) else None
        fate = one.ended_as if ended is not None else ""
        until = ended or history.end
        groups[fate].append(float((until - one.recorded_at.date()).days))
        ordered[fate] += history.within(one.recorded_at)
    rows = [
        (words[fate], len(groups[fate]), ordered[fate], middle(groups[fate]),
         max((day for day in groups[fate] if day is not None), default=None))
        for fate in words
        if groups[fate]
    ]  # fmt: skip
    columns = (
        _("How it ended"), _("Suspensions"), _("Of them ordered in the period"),
        _("Half within days"), _("Longest, in days"),
    )  # fmt: skip
    return _table(history, _("Suspensions"), columns, rows)


def intercessions(history: History) -> ReportTable:
    """What was raised with the authorities, and whether they answered in time."""
    groups: dict[str, list[Intercession]] = defaultdict(list)
    for one in history.intercessions:
        groups[one.get_way_display()].append(one)
    rows = [
        (way, len(some), sum(in_time(one) for one in some),
         sum(one.responded_on is not None and not in_time(one) for one in some),
         sum(one.responded_on is None and one.response_due >= history.today for one in some),
         sum(is_waiting(one, history) for one in some), sum(one.enough is True for one in some))
        for way, some in sorted(groups.items())
    ]  # fmt: skip
    columns = (
        _("Raised in a"), _("Times"), _("Answered in time"), _("Answered late"),
        _("Not due yet"), _("Overdue"), _("Response judged enough"),
    )  # fmt: skip
    return _table(history, _("Intercessions and responses"), columns, rows)


def in_time(one: Intercession) -> bool:
    """True where the authorities answered by the day set."""
    return one.responded_on is not None and one.responded_on <= one.response_due


def is_waiting(one: Intercession, history: History) -> bool:
    """True where the day set has passed without an answer."""
    return one.responded_on is None and one.response_due < history.today


def visits(history: History) -> ReportTable:
    """Monitoring visits planned and made, and where access was refused."""
    made = [one for one in history.visits if history.within(one.done_on)]
    planned = [one for one in history.visits if history.within(one.planned_on)]
    rows = [
        (_("Planned"), len(planned)),
        (_("Made"), len(made)),
        (_("Full access"), sum(one.access == "full" for one in made)),
        (_("Partial access"), sum(one.access == "partial" for one in made)),
        (_("Access refused"), sum(one.access == "refused" for one in made)),
        (_("With early-warning signs"), sum(bool(one.signs) for one in made)),
        (_("Past their day and not made"),
         sum(one.done_on is None and one.planned_on < history.today for one in planned)),
    ]  # fmt: skip
    return _table(history, _("Monitoring visits"), (_("Visits"), _("Number")), rows)


def tasks(history: History) -> ReportTable:
    """Tasks raised, and how many days they took to be settled."""
    raised = [one for one in history.tasks if history.within(one.raised_on)]
    rows: list[tuple[Cell, ...]] = []
    for kind in TaskKind.values:
        some = [one for one in raised if one.kind == kind]
        days = [
            (one.done_at - start_of(one.raised_on)).days for one in some if one.done_at is not None
        ]
        if some:
            rows.append(
                (_label(TaskKind, kind), len(some), len(days), middle(days), nine_in_ten(days))
            )
    columns = (
        _("What raised it"), _("Raised"), _("Settled"), _("Half within days"),
        _("Nine in ten within days"),
    )  # fmt: skip
    return _table(history, _("Tasks"), columns, rows)


def notices(history: History) -> ReportTable:
    """What the host state was told, and what it replied."""
    groups: dict[str, list[HostNotice]] = defaultdict(list)
    for one in history.notices:
        groups[one.get_kind_display()].append(one)
    rows: list[tuple[Cell, ...]] = []
    for kind, some in sorted(groups.items()):
        days = [(o.replied_on - o.sent_on).days for o in some if o.replied_on is not None]
        rows.append((kind, len(some), len(days), middle(days)))
    columns = (_("Notice"), _("Sent"), _("Replied to"), _("Half replied to within days"))
    return _table(history, _("Notices to the host state"), columns, rows)


def office_names(history: History) -> dict[str, str]:
    """The offices that answered or are asked, by code."""
    return {one.code: one.office for one in (*history.answers, *history.unanswered)}


def is_late(one: Answered) -> bool:
    """True where an office took longer than screening may last."""
    return one.clock is not None and one.days > one.clock


def _by_office(some: Iterable[Answered]) -> dict[str, list[Answered]]:
    found: dict[str, list[Answered]] = defaultdict(list)
    for one in some:
        found[one.code].append(one)
    return found


def _days(some: Iterable[Answered]) -> list[float | None]:
    return [float(one.days) for one in some]


def _label(choices: type, value: str) -> str | None:
    """What a choice is called; None where nothing was chosen."""
    return str(choices(value).label) if value else None


def _table(
    history: History, title: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> ReportTable:
    return ReportTable(title, period_of(history), tuple(columns), tuple(tuple(r) for r in rows))
