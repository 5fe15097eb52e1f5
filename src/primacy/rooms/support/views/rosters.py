"""Rosters and hand-over notes held against approvals, before and after the event."""

import tempfile
import uuid
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.exports import safe_name
from primacy.platform.language.dates import long_day
from primacy.platform.language.later import later
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.places.facade import Mission, open_page
from primacy.rooms.support.actions.rosters import judge_line, reconcile, undo_reconciliation
from primacy.rooms.support.forms_case import pick_field, words_field
from primacy.rooms.support.forms_more import RosterForm, UndoForm
from primacy.rooms.support.models import LineStanding, ReconciledLine, Reconciliation
from primacy.rooms.support.queries import VIEW, lines_of, reconciliation_by_id, reconciliations
from primacy.rooms.support.roster_reading import reconcile_preview
from primacy.rooms.support.sheets import Card, Cell, Grid, SheetForm
from primacy.rooms.support.views.sheet import cards_for, done, sheet_page

DELIVER = ("support.deliver",)
GOOD = (LineStanding.APPROVED,)


def _hold(viewer: Viewer, mission: Mission, form: RosterForm) -> str:
    values = form.cleaned_data
    with tempfile.TemporaryDirectory() as folder:
        # The name that was sent is shown and never used as a path.
        path = Path(folder) / safe_name(values["file"].name)
        with path.open("wb") as kept:
            for chunk in values["file"].chunks():
                kept.write(chunk)
        asked = {"case": values["case"], "when": values["when"], "day": values["day"],
                 "path": path}  # fmt: skip
        reading = reconcile_preview(viewer, **asked)
        said = _("; ").join(
            f"{LineStanding(standing).label}: {n}" for standing, n in reading.tally.items() if n
        )
        if not values["keep"]:
            return _("Nothing was kept. %(said)s. Bad rows: %(bad)d.") % {
                "said": said, "bad": reading.rows_bad,
            }  # fmt: skip
        reconcile(actor=viewer, file_name=values["file"].name, **asked)
        return _("It is on record. %(said)s. Bad rows: %(bad)d.") % {
            "said": said, "bad": reading.rows_bad,
        }  # fmt: skip


CARDS = {
    "hold": Card(later("Hold a list against the approvals of a case"), later("Hold against it"),
                 RosterForm, DELIVER, _hold, no_draft=True),
}  # fmt: skip


def rosters(request: HttpRequest, mission: str) -> HttpResponse:
    """The lists that were held against approvals, and a form for another."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    shown, said = cards_for(request, page, CARDS)
    if said:
        return done(request, "support-rosters", said, mission)
    rows = list(reconciliations(page.viewer, page.mission)[:200])
    lines = [
        [
            Cell(row.file, href=reverse("support-roster", args=[mission, row.pk]),
                 sign=_("taken back") if row.undone_at else ""),
            Cell(row.get_when_display()),
            Cell(long_day(row.day)),
            Cell(row.case, href=reverse("support-case", args=[mission, row.case_id])),
            Cell(row.rows_read, figure=True),
            Cell(row.rows_bad, figure=True),
        ]
        for row in rows
    ]  # fmt: skip
    heads = [_("List"), _("Says"), _("Day of the event"), _("Case"), _("Rows"), _("Bad rows")]
    return sheet_page(
        request,
        page,
        title=_("Rosters and hand-over notes"),
        purpose=_("Who will come, or came, against who was approved. Nobody is approved on a name "
                  "alone."),
        grids=[Grid(_("Held against approvals"), heads, lines, _("No list is on record yet."))],
        cards=CARDS,
        shown=shown,
        marking=Marking.CONFIDENTIAL if rows else page.default_marking,
        links=[(_("Deliveries"), reverse("support-deliveries", args=[mission]))],
    )  # fmt: skip


def roster(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """One list: how its lines stand, what somebody must look at, and what was judged."""
    page = open_page(request, mission)
    row = reconciliation_by_id(page.viewer, page.mission, pk)
    lines = lines_of(page.viewer, row)
    near = [one for one in lines if one.standing == LineStanding.NEAR and not one.judged]
    shown, said = cards_for(request, page, _cards(row, near))
    if said:
        return done(request, "support-roster", said, mission, pk)
    words = []
    if row.undone_at is not None:
        words.append(_("Taken back: %(reason)s") % {"reason": row.undo_reason})
    return sheet_page(
        request,
        page,
        title=row.file,
        purpose=_("%(when)s, %(day)s, held against case %(case)s.") % {
            "when": row.get_when_display(), "day": long_day(row.day), "case": row.case,
        },
        grids=[_counts(lines), _lines(lines), _problems(row)],
        cards={},
        shown=shown,
        marking=Marking(row.marking),
        links=[(_("Rosters"), reverse("support-rosters", args=[mission]))],
        words=words,
    )  # fmt: skip


def _cards(row: Reconciliation, near: list[ReconciledLine]) -> dict[str, Card]:
    """What can be done to one list: judge a near match, take the list back."""

    class JudgeForm(SheetForm):
        """Whether a near match is the one approved."""

        same = forms.ChoiceField(
            label=later("It is"),
            choices=[("same", later("the one approved")), ("different", later("somebody else"))],
            widget=forms.RadioSelect,
        )
        reason = words_field(later("How you know"), 2)

        def fill(self) -> None:
            """Nothing; puts the near matches in."""
            self.usable = bool(near)
            self.fields["line"] = pick_field(_("Line"), near)
            self.order_fields(["line"])

    def judge(viewer: Viewer, mission: Mission, form: JudgeForm) -> str:
        values = form.cleaned_data
        judge_line(
            actor=viewer, line=values["line"], same=values["same"] == "same",
            reason=values["reason"],
        )  # fmt: skip
        return _("It is judged, on record.")

    def undo(viewer: Viewer, mission: Mission, form: UndoForm) -> str:
        undo_reconciliation(actor=viewer, reconciliation=row, reason=form.cleaned_data["reason"])
        return _("The list is taken back; it stays on record.")

    if row.undone_at is not None:
        return {}
    return {
        "judge": Card(later("Judge a near match"), later("Judge"), JudgeForm, ("support.screen",),
                      judge, no_draft=True),
        "undo": Card(later("Take the list back"), later("Take back"), UndoForm, DELIVER, undo),
    }  # fmt: skip


def _counts(lines: Iterable[ReconciledLine]) -> Grid:
    count = Counter(one.standing for one in lines)
    rows = [
        [Cell(standing.label, sign="✓" if standing in GOOD else "!"),
         Cell(count[standing.value], figure=True)]
        for standing in LineStanding if count[standing.value]
    ]  # fmt: skip
    return Grid(_("How the lines stand"), [_("Standing"), _("Lines")], rows, _("No line."))


def _lines(lines: Iterable[ReconciledLine]) -> Grid:
    order = [LineStanding.APPROVED.value]
    ranked = sorted(lines, key=lambda one: (one.standing in order, one.row))
    rows = [
        [
            Cell(one.name),
            Cell(one.row or _("not on the list"), figure=True),
            Cell(one.unit_named or "–"),
            Cell(one.get_standing_display(), sign=one.get_judged_display() if one.judged else ""),
            Cell("\n".join(map(str, one.reasons)) or "–"),
        ]
        for one in ranked
    ]
    heads = [_("Name"), _("Row"), _("Unit on the list"), _("Standing"), _("Why")]
    return Grid(_("Lines, what needs a look first"), heads, rows, _("No line."))


def _problems(row: Reconciliation) -> Grid:
    rows = [
        [Cell(one.get("row", "–"), figure=True), Cell(one.get("column", "–")),
         Cell(one.get("value", "–")), Cell(one.get("expected", "–"))]
        for one in row.problems
    ]  # fmt: skip
    heads = [_("Row"), _("Column"), _("Value"), _("Expected")]
    return Grid(_("What could not be read"), heads, rows, _("Every row was read."))
