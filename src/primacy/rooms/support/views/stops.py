"""The stop list, the orders and findings behind it, and what the host state is told."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.language.dates import long_day
from primacy.platform.language.later import later
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.places.facade import Mission, Page, open_page
from primacy.rooms.support.actions.stops import lift_finding, record_finding, reinstate, suspend
from primacy.rooms.support.actions.watching import record_reply, tell_host
from primacy.rooms.support.case_list import reads_cases
from primacy.rooms.support.forms_more import (
    FindingForm,
    LiftForm,
    NoticeForm,
    ReinstateForm,
    ReplyForm,
    StopForm,
)
from primacy.rooms.support.named import named_in
from primacy.rooms.support.queries import (
    VIEW,
    case_by_number,
    findings,
    notices,
    stop_list,
    suspensions,
)
from primacy.rooms.support.sheets import Card, Cell, Grid
from primacy.rooms.support.views.sheet import cards_for, done, sheet_page


def _suspend(viewer: Viewer, mission: Mission, form: StopForm) -> str:
    order = suspend(actor=viewer, mission=mission, **form.cleaned_data)
    return _("%(n)d lines stand on the stop list from now on.") % {"n": order.entries.count()}


def _reinstate(viewer: Viewer, mission: Mission, form: ReinstateForm) -> str:
    ended = reinstate(actor=viewer, **form.cleaned_data)
    said = [_("The suspension is lifted.")]
    said += [
        _("Case %(number)d is in force again.") % {"number": case.number} for case in ended.in_force
    ]
    said += [
        _("Case %(number)d stays suspended: %(why)s")
        % {"number": case.number, "why": " ".join(reasons)}
        for case, reasons in ended.held
    ]
    return " ".join(said)


def _find(viewer: Viewer, mission: Mission, form: FindingForm) -> str:
    record_finding(actor=viewer, mission=mission, **form.cleaned_data)
    return _("The finding stands. Nothing goes to whom it reaches from now on.")


def _lift(viewer: Viewer, mission: Mission, form: LiftForm) -> str:
    lift_finding(actor=viewer, **form.cleaned_data)
    return _("The finding is lifted.")


def _tell(viewer: Viewer, mission: Mission, form: NoticeForm) -> str:
    values = dict(form.cleaned_data)
    number = values.pop("case")
    case = case_by_number(viewer, mission, number) if number else None
    tell_host(actor=viewer, mission=mission, case=case, **values)
    return _("The notice is on record; the host state reads it.")


def _reply(viewer: Viewer, mission: Mission, form: ReplyForm) -> str:
    record_reply(actor=viewer, **form.cleaned_data)
    return _("The reply is on record.")


FIND = ("support.find",)
STOP_CARDS = {
    "suspend": Card(later("Suspend support"), later("Suspend at once"), StopForm,
                    ("support.suspend",), _suspend, no_draft=True),
    "reinstate": Card(later("Lift a suspension"), later("Lift"), ReinstateForm,
                      ("support.suspend",), _reinstate),
    "find": Card(later("Record a grave-violation finding"), later("Record"), FindingForm, FIND,
                 _find, no_draft=True),
    "lift": Card(later("Lift a finding"), later("Lift"), LiftForm, FIND, _lift),
}  # fmt: skip
NOTICE_CARDS = {
    "tell": Card(later("Tell the host state"), later("Put the notice on record"), NoticeForm,
                 ("support.suspend", "support.monitor"), _tell),
    "reply": Card(later("Record the reply"), later("Record"), ReplyForm, ("support.monitor",),
                  _reply),
}  # fmt: skip


def stops(request: HttpRequest, mission: str) -> HttpResponse:
    """Who stands on the stop list; for those cleared also the orders and findings behind it."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    shown, said = cards_for(request, page, STOP_CARDS)
    if said:
        return done(request, "support-stops", said, mission)
    grids = [_stop_list(page)]
    marking = Marking.INTERNAL
    if reads_cases(page.viewer, page.mission):
        grids += [_orders(page), _findings(page)]
        marking = Marking.CONFIDENTIAL
    return sheet_page(
        request,
        page,
        title=_("Stop list"),
        purpose=_("Units and persons to whom nothing may be handed over, by any room."),
        grids=grids,
        cards=STOP_CARDS,
        shown=shown,
        marking=marking,
        links=[(_("Notices to the host state"), reverse("support-notices", args=[mission]))],
    )


def host_notices(request: HttpRequest, mission: str) -> HttpResponse:
    """What the host state was told, with its replies; the host state reads this page too."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    shown, said = cards_for(request, page, NOTICE_CARDS)
    if said:
        return done(request, "support-notices", said, mission)
    lines = [
        [
            Cell(row.get_kind_display(),
                 href=reverse("support-notice-paper", args=[mission, row.pk])),
            Cell(long_day(row.sent_on)),
            Cell(row.addressee),
            Cell(row.text),
            Cell(row.what_would_change or "–"),
            Cell(f"{row.reply} ({long_day(row.replied_on)})" if row.replied_on else _("none yet")),
        ]
        for row in notices(page.viewer, page.mission)
    ]  # fmt: skip
    heads = [_("About"), _("Sent"), _("To whom"), _("What was told"), _("What would change it"),
             _("Reply")]  # fmt: skip
    return sheet_page(
        request,
        page,
        title=_("Notices to the host state"),
        purpose=_("What was decided, why, and what would change it; no sources."),
        grids=[Grid(_("Notices"), heads, lines, _("No notice is on record."))],
        cards=NOTICE_CARDS,
        shown=shown,
        marking=Marking.INTERNAL,
        links=[(_("Stop list"), reverse("support-stops", args=[mission]))],
    )


def _stop_list(page: Page) -> Grid:
    code = page.mission.code
    rows = list(stop_list(page.viewer, page.mission))
    names = named_in(page.viewer, page.mission, rows)
    lines = []
    for row in rows:
        unit = names.unit_code(row)
        address = reverse("unit", args=[code, unit]) if unit is not None else ""
        above = _("a unit above it") if row.inherited else _("itself")
        lines.append([Cell(names.who(row), href=address), Cell(long_day(row.since)), Cell(above)])
    return Grid(
        _("Nothing may go to these"),
        [_("Who"), _("Since"), _("Stopped is")],
        lines,
        _("Nobody open to you stands on the list. That clears nobody: ask the gate."),
        _("Why somebody stands here is told by the human rights component."),
    )


def _orders(page: Page) -> Grid:
    code = page.mission.code
    rows = list(suspensions(page.viewer, page.mission))
    names = named_in(page.viewer, page.mission, rows)
    lines = []
    for row in rows:
        ended = ""
        if row.ended_on is not None:
            ended = f"{row.get_ended_as_display()}, {long_day(row.ended_on)}: {row.end_reason}"
        case = Cell("–")
        if row.case is not None:
            case = Cell(row.case, href=reverse("support-case", args=[code, row.case_id]))
        lines.append([
            Cell(names.who(row)), Cell(long_day(row.recorded_at.date())), Cell(row.reason),
            Cell(row.told_host), case, Cell(ended, late="" if ended else _("in force")),
        ])  # fmt: skip
    heads = [_("Who"), _("Ordered"), _("Reason"), _("What the host state is told"), _("Case"),
             _("State")]  # fmt: skip
    return Grid(_("Suspensions"), heads, lines, _("No suspension is on record."),
                anchor="suspensions")  # fmt: skip


def _findings(page: Page) -> Grid:
    rows = list(findings(page.viewer, page.mission))
    names = named_in(page.viewer, page.mission, rows)
    lines = []
    for row in rows:
        lifted = ""
        if row.lifted_on is not None:
            lifted = f"{_('lifted')}, {long_day(row.lifted_on)}: {row.lifted_reason}"
        lines.append([
            Cell(names.who(row)), Cell(row.get_test_display()), Cell(row.basis),
            Cell(f"{row.source}, {long_day(row.found_on)}"),
            Cell(lifted, late="" if lifted else _("stands, no override")),
        ])  # fmt: skip
    heads = [_("Who"), _("Test of the policy"), _("What was found"), _("Source"), _("State")]
    return Grid(
        _("Findings of grave violations"), heads, lines,
        _("No finding is on record. That is no statement that nothing happened."),
        _("A finding is verified. An allegation stands in the register of incidents."),
        anchor="findings",
    )  # fmt: skip
