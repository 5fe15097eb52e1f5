"""The ledger: what was handed over, under a case or around the gate, and what it adds up to."""

import datetime as dt
import decimal
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.exports import table_response
from primacy.platform.language.dates import long_day
from primacy.platform.language.later import later
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.places.facade import Mission, Page, open_page
from primacy.rooms.support.actions.deliveries import correct_delivery, deliver, report_unassessed
from primacy.rooms.support.delivered import counted
from primacy.rooms.support.errors import BadRequest
from primacy.rooms.support.forms_more import (
    CorrectForm,
    DeliverForm,
    LedgerFilter,
    UnassessedForm,
)
from primacy.rooms.support.models import Delivery
from primacy.rooms.support.named import named_in
from primacy.rooms.support.queries import VIEW, deliveries
from primacy.rooms.support.sheets import Card, Cell, Grid
from primacy.rooms.support.views.sheet import cards_for, done, sheet_page

DELIVER = ("support.deliver",)
SHOWN = 200
"""Entries on the page, the newest; the file holds all."""


def _deliver(viewer: Viewer, mission: Mission, form: DeliverForm) -> str:
    row = form.cleaned_data["row"]
    if row is None:
        raise BadRequest(_("Name one recipient of this case by its code."))
    made = deliver(actor=viewer, recipient=row, handed=form.handed())
    said = _("Delivery %(number)d is in the ledger.") % {"number": made.number}
    return " ".join([said, *made.outside])


def _unassessed(viewer: Viewer, mission: Mission, form: UnassessedForm) -> str:
    values = form.cleaned_data
    made = report_unassessed(
        actor=viewer, mission=mission, kind=values["kind"], named=values["named"],
        unit=values["unit"], handed=form.handed(),
    )  # fmt: skip
    return _("Delivery %(number)d is in the ledger as unassessed.") % {"number": made.number}


def _correct(viewer: Viewer, mission: Mission, form: CorrectForm) -> str:
    values = form.cleaned_data
    made = correct_delivery(actor=viewer, delivery=values["delivery"], reason=values["reason"])
    return _("Entry %(number)d takes it back.") % {"number": made.number}


CARDS = {
    "deliver": Card(later("Enter a delivery under a case"), later("Enter"), DeliverForm, DELIVER,
                    _deliver, no_draft=True),
    "unassessed": Card(later("Report what reached a force around the gate"), later("Report"),
                       UnassessedForm, DELIVER, _unassessed, no_draft=True),
    "correct": Card(later("Take a wrong entry back"), later("Take back"), CorrectForm, DELIVER,
                    _correct),
}  # fmt: skip


def ledger(request: HttpRequest, mission: str) -> HttpResponse:
    """The newest entries, what they add up to, and forms to enter, report and take back."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    shown, said = cards_for(request, page, CARDS)
    if said:
        return done(request, "support-deliveries", said, mission)
    filters, rows = _asked(page, request)
    newest = list(rows[:SHOWN])
    query = request.GET.urlencode()
    return sheet_page(
        request,
        page,
        title=_("Deliveries"),
        purpose=_("Everything handed over to a force, each with its case or listed unassessed."),
        grids=[_entries(page, newest), _sums(page, rows)],
        cards=CARDS,
        shown=shown,
        marking=Marking.CONFIDENTIAL if newest else page.default_marking,
        filters=filters,
        csv=f"{reverse('support-deliveries-export', args=[mission, 'csv'])}?{query}",
        xlsx=f"{reverse('support-deliveries-export', args=[mission, 'xlsx'])}?{query}",
        links=[(_("Rosters"), reverse("support-rosters", args=[mission]))],
    )


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """The entries asked for as CSV or XLSX."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    _filters, rows = _asked(page, request)
    columns = [
        _("Number"), _("Day"), _("Kind of support"), _("Standing"), _("Case"), _("Recipient"),
        _("What"), _("Quantity"), _("Counted in"), _("Value"), _("Currency"), _("Place"),
        _("Paper"), _("Takes back"), _("Beyond the approval"),
    ]  # fmt: skip
    return table_response(
        form,
        name=f"deliveries-{page.mission.code}",
        columns=columns,
        rows=_file_lines(page, list(rows.select_related("corrects"))),
    )


def _asked(page: Page, request: HttpRequest):  # type: ignore[no-untyped-def]
    """The filter, and the entries it asks for; what cannot be read asks for everything."""
    form = LedgerFilter(request.GET or None)
    rows = deliveries(page.viewer, page.mission)
    if not form.is_valid():
        return form, rows
    asked = form.cleaned_data
    for name, field in {"standing": "standing", "kind": "kind", "case": "case__number",
                        "first": "happens_on__gte", "last": "happens_on__lte"}.items():  # fmt: skip
        if asked[name]:
            rows = rows.filter(**{field: asked[name]})
    if asked["unit"].strip():
        rows = rows.filter(unit__code__iexact=asked["unit"].strip())
    return form, rows


def _entries(page: Page, rows: Sequence[Delivery]) -> Grid:
    names = named_in(page.viewer, page.mission, rows)
    lines = [
        [
            Cell(f"{row.number}: {row.what}", sign=_("takes back an entry") if row.corrects_id
                 else row.get_standing_display() if row.standing == "unassessed" else ""),
            Cell(long_day(row.happens_on)),
            Cell(names.who(row, row.named)),
            Cell(f"{counted(row.quantity)} {row.quantity_unit}", figure=True),
            Cell(row.get_kind_display()),
            Cell(row.case, href=reverse("support-case", args=[page.mission.code, row.case_id]))
            if row.case is not None else Cell("–"),
            Cell("\n".join(map(str, row.outside)) or "–"),
        ]
        for row in rows
    ]  # fmt: skip
    heads = [_("What"), _("Day"), _("Recipient"), _("Quantity"), _("Kind of support"), _("Case"),
             _("Beyond the approval")]  # fmt: skip
    return Grid(_("The newest entries"), heads, lines, _("No delivery fits."))


def _sums(page: Page, rows: Iterable[Delivery]) -> Grid:
    """Support per unit over the days asked for; each measure by itself, corrections taken off."""
    sums: dict[tuple[str, str, str, str], decimal.Decimal] = {}
    first: dt.date | None = None
    last: dt.date | None = None
    entries = list(rows)
    names = named_in(page.viewer, page.mission, entries)
    for row in entries:
        standing = row.get_standing_display()
        if row.corrects is not None:
            standing = row.corrects.get_standing_display()
        who = names.who(row) if row.unit_id else _("persons and unnamed units")
        key = (who, row.get_kind_display(), row.quantity_unit, standing)
        sums[key] = sums.get(key, decimal.Decimal(0)) + row.quantity
        first = min(first or row.happens_on, row.happens_on)
        last = max(last or row.happens_on, row.happens_on)
    lines = [
        [Cell(who), Cell(kind), Cell(f"{counted(total)} {measure}", figure=True),
         Cell(standing)]
        for (who, kind, measure, standing), total in sorted(sums.items())
    ]  # fmt: skip
    note = ""
    if first is not None and last is not None:
        note = _("From %(first)s to %(last)s. Measures are never added together.") % {
            "first": long_day(first), "last": long_day(last),
        }  # fmt: skip
    heads = [_("Unit"), _("Kind of support"), _("Quantity"), _("Standing")]
    return Grid(_("What it adds up to"), heads, lines, _("Nothing to add up."), note)


def _file_lines(page: Page, rows: Sequence[Delivery]) -> Iterable[Sequence[object]]:
    names = named_in(page.viewer, page.mission, rows)
    return (_line(row, names.who(row, row.named)) for row in rows)


def _line(row: Delivery, who: str) -> Sequence[object]:
    return (
        row.number, row.happens_on, row.get_kind_display(), row.get_standing_display(),
        row.case.number if row.case else "", who, row.what, row.quantity, row.quantity_unit,
        row.value if row.value is not None else "", row.currency, row.place, row.paper,
        row.corrects.number if row.corrects else "", " ".join(map(str, row.outside)),
    )  # fmt: skip
