"""What has to be looked at: raised by triggers and clocks, settled here."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.language.dates import long_day
from primacy.platform.language.later import later
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.places.facade import Mission, open_page
from primacy.rooms.support.actions.moves import move_case
from primacy.rooms.support.actions.tasks import raise_tasks, settle_task
from primacy.rooms.support.clearance import BLOCKING
from primacy.rooms.support.errors import BadRequest
from primacy.rooms.support.forms_more import SettleForm
from primacy.rooms.support.queries import VIEW, tasks
from primacy.rooms.support.sheets import Card, Cell, Grid, SheetForm
from primacy.rooms.support.views.sheet import cards_for, done, sheet_page

MONITOR = ("support.monitor",)
SHOWN = 300


def _settle(viewer: Viewer, mission: Mission, form: SettleForm) -> str:
    task, outcome = form.cleaned_data["task"], form.cleaned_data["outcome"]
    words = form.cleaned_data["words"]
    if outcome == "reopened":
        if task.case is None:
            raise BadRequest(_("This task belongs to no case: nothing can be reopened."))
        case = move_case(actor=viewer, case=task.case, act="reopen", reason=words)
        return _("Case %(number)d is reopened, round %(round)d.") % {
            "number": case.number, "round": case.round,
        }  # fmt: skip
    settle_task(actor=viewer, task=task, outcome=outcome, words=words)
    return _("It is settled, on record.")


def _look(viewer: Viewer, mission: Mission, form: SheetForm) -> str:
    made = raise_tasks(actor=viewer, mission=mission)
    return _("%(n)d new tasks.") % {"n": len(made)}


CARDS = {
    "settle": Card(later("Settle a task, or reopen its case"), later("Put on record"), SettleForm,
                   MONITOR, _settle),
    "look": Card(later("Look for changes now"), later("Look"), SheetForm, MONITOR, _look),
}  # fmt: skip


def inbox(request: HttpRequest, mission: str) -> HttpResponse:
    """Open tasks, due first, with the reason each was raised for."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    shown, said = cards_for(request, page, CARDS)
    if said:
        return done(request, "support-inbox", said, mission)
    today = clock.today()
    rows = list(tasks(page.viewer, page.mission)[:SHOWN])
    lines = [
        [
            Cell(row.get_kind_display(), sign=_("passed on to those who decide")
                 if row.level > 1 else ""),
            Cell(row.reason),
            Cell(row.case, href=reverse("support-case", args=[mission, row.case_id]))
            if row.case is not None else Cell("–"),
            Cell(long_day(row.raised_on)),
            Cell(long_day(row.due_on), late=_("overdue") if row.due_on < today else ""),
            Cell(_("closed for the recipient") if row.kind in BLOCKING else "–"),
        ]
        for row in rows
    ]  # fmt: skip
    heads = [_("What raised it"), _("Look at this"), _("Case"), _("Raised"), _("Due"), _("Gate")]
    return sheet_page(
        request,
        page,
        title=_("To be looked at"),
        purpose=_("What changed since a decision. The gate stays closed until somebody looks."),
        grids=[
            Grid(_("Open tasks, due first"), heads, lines,
                 _("Nothing open to you waits. A worker looks each night and after entries."))
        ],
        cards=CARDS,
        shown=shown,
        marking=Marking.CONFIDENTIAL if rows else page.default_marking,
    )  # fmt: skip
