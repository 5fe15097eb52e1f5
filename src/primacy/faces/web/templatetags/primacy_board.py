"""Cells of the board: `{% load primacy_board %}`.

A page of the board holds hundreds of cells that repeat a few looks. Each look is drawn by the
components of every page, once, and kept; a template for each cell took most of the page's time.
"""

from collections.abc import Mapping
from functools import lru_cache

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from primacy.faces.web.templatetags.primacy_ui import age_bar, lead_badge, query, readiness_mark
from primacy.rooms.readiness.facade import Cell, Row

register = template.Library()

LOOKS_KEPT = 8192
FULL_BAR_DAYS = 365


@register.simple_tag(takes_context=True)
def board_cells(context: Context, row: Row, wide: bool = False) -> SafeString:
    """The `<td>`s of a row, each a link to the area's or unit's page."""
    mission = context["mission"]
    if row.kind == "area":
        address = reverse("area", args=[mission.code, row.code_key])
    else:
        address = reverse("unit", args=[mission.code, row.code])
    address = conditional_escape(
        address + query(context, page=None, sort=None, within=None, text=None)
    )
    if wide:
        shared = {"mission": mission, "row": row, "wide": wide, "request": context.get("request")}
        drawn: list[str] = [
            render_to_string("readiness/_cell.html", {**shared, "cell": cell}) for cell in row.cells
        ]
    else:
        drawn = [_narrow(cell, address) for cell in row.cells]
    return mark_safe("".join(f"<td>{one}</td>" for one in drawn))  # noqa: S308 - escaped parts


def _narrow(cell: Cell, address: str) -> str:
    shows_mark = bool(cell.readiness and (cell.next_lead or not cell.lead))
    look = _look(
        get_language() or "",
        cell.lead.value if cell.lead else None,
        cell.readiness.value if cell.readiness and shows_mark else None,
        bool(cell.reading.at.on_trial),
        cell.evidence_age[1] if cell.evidence_age else None,
    )
    changed = " cell-changed" if cell.changed else ""
    return f'<a class="cell{changed}" href="{address}">{look}</a>'


@lru_cache(maxsize=LOOKS_KEPT)
def _look(
    language: str, lead: str | None, readiness: str | None, trial: bool, age: int | None
) -> SafeString:
    """What stands inside a cell's link, in one language."""
    parts = [_component("lead_badge", lead_badge(lead))]
    if readiness:
        parts.append(_component("readiness_mark", readiness_mark(readiness)))
    if trial:
        parts.append(format_html('<span class="small">{}</span>', _("trial")))
    if age is not None:
        parts.append(_component("age_bar", age_bar(age, FULL_BAR_DAYS)))
    return mark_safe("".join(parts))  # noqa: S308 - rendered by templates that escape


def _component(name: str, values: Mapping[str, object]) -> SafeString:
    return render_to_string(f"components/{name}.html", dict(values))
