"""The joint operations sheet of a case."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.language.dates import long_day
from primacy.platform.policy import Marking, restricted
from primacy.rooms.places.facade import Page, open_page
from primacy.rooms.support.joint import (
    JointLine,
    attached_days,
    has_closed_units,
    joint_sheet,
)
from primacy.rooms.support.models import SupportCase
from primacy.rooms.support.queries import case_by_id
from primacy.rooms.support.reading import COLOUR_WORDS
from primacy.rooms.support.sheets import Cell, Grid
from primacy.rooms.support.views.sheet import sheet_page


def joint(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Each unit with commander and deputy, last result, and incidents only while attached."""
    page = open_page(request, mission)
    case = case_by_id(page.viewer, page.mission, pk)
    predecessors = request.GET.get("predecessors") == "1"
    lines = joint_sheet(page.viewer, case, page.as_of, predecessors)
    here = reverse("support-joint", args=[mission, pk])
    toggle = (_("With renamed predecessors"), f"{here}?predecessors=1")
    if predecessors:
        toggle = (_("Without renamed predecessors"), here)
    return sheet_page(
        request,
        page,
        title=_("Joint operation: %(title)s") % {"title": case.title},
        purpose=_("Who takes part on %(day)s, under whom, checked when.")
        % {"day": long_day(page.as_of)},
        grids=[_units(page, case, lines), *(_incidents(page, case, line) for line in lines)],
        cards={},
        shown=[],
        marking=Marking(case.marking),
        words=[str(restricted())] if has_closed_units(page.viewer, case) else [],
        links=[(_("The case"), reverse("support-case", args=[mission, pk])), toggle],
    )


def _units(page: Page, case: SupportCase, lines: list[JointLine]) -> Grid:
    rows = []
    for one in lines:
        first, last = attached_days(case, one.recipient)
        said = one.recommendation
        rows.append([
            Cell(one.unit.name, href=reverse("unit", args=[page.mission.code, one.unit.code]),
                 sign=_("left out") if one.recipient.excluded else ""),
            Cell(f"{long_day(first)} – {long_day(last)}",
                 late="" if one.attached else _("not on this day")),
            Cell(_commanders(one)),
            Cell("\n".join(f"{d.name}{'' if d.certain else ' ?'}" for d in one.deputies)
                 or _("none on record")),
            Cell(COLOUR_WORDS[said.colour] if said is not None else _("none yet")),
            Cell(long_day(one.screened_on) if one.screened_on else "–",
                 sign=_("fresh") if one.fresh else "",
                 late="" if one.fresh else _("too old or missing")),
        ])  # fmt: skip
    heads = [_("Unit"), _("Attached"), _("Commander"), _("Deputy"), _("Last recommendation"),
             _("Screened on")]  # fmt: skip
    return Grid(_("Units"), heads, rows, _("No unit of the register takes part."))


def _commanders(one: JointLine) -> str:
    if one.command is None:
        return str(restricted())
    names = [
        f"{c.rank} {c.name}".strip() + ("" if c.certain else f" ({_('possible')})")
        for c in one.command.commanders
    ]
    if one.command.restricted:
        names.append(str(restricted()))
    return "\n".join(names) or _("nobody on record")


def _incidents(page: Page, case: SupportCase, one: JointLine) -> Grid:
    first, last = attached_days(case, one.recipient)
    rows = [
        [
            Cell(said.row.incident.headline or said.row.incident.get_type_display(),
                 href=reverse("incident", args=[page.mission.code, said.row.incident_id])),
            Cell(long_day(said.row.incident.date_start)),
            Cell(said.name_then),
            Cell(said.row.get_part_display()),
            Cell(said.row.get_status_display()),
        ]
        for said in one.incidents
    ]  # fmt: skip
    heads = [_("Incident"), _("Day"), _("Unit, as it was called"), _("What is said"),
             _("How far it may be relied on")]  # fmt: skip
    return Grid(
        _("Said of %(unit)s while attached") % {"unit": one.unit.name},
        heads,
        rows,
        _("No claim open to you speaks of these days. That is no statement that nothing happened."),
        _("Only incidents from %(first)s to %(last)s. Claims, no findings.")
        % {"first": long_day(first), "last": long_day(last)},
    )
