"""Cells of the board: `{% load primacy_board %}`.

A page of the board holds hundreds of cells that repeat a few looks. Each look is written once and
kept, and a cell says in one title what its three signs show: a page stays light on a thin link.
"""

from functools import lru_cache

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from primacy.faces.web import svg
from primacy.faces.web.templatetags.primacy_ui import (
    READINESS_WORDS,
    age_bar,
    lead_badge,
    query,
    readiness_mark,
)
from primacy.rooms.readiness.facade import Cell, Row

register = template.Library()

LOOKS_KEPT = 8192
FULL_BAR_DAYS = 365
AGE_WIDTH = 40
"""Pixels of a full bar, as the stylesheet draws it."""


@register.simple_tag(takes_context=True)
def board_cells(context: Context, row: Row, wide: bool = False) -> SafeString:
    """The `<td>`s of a row, each a link to the area's or unit's page."""
    mission = context["mission"]
    if row.kind == "area":
        address = reverse("area", args=[mission.code, row.code_key])
    else:
        address = reverse("unit", args=[mission.code, row.code])
    asked = query(context, page=None, sort=None, within=None, text=None)
    address = conditional_escape(address + ("" if asked == "?" else asked))
    if wide:
        shared = {"mission": mission, "row": row, "wide": wide, "request": context.get("request")}
        drawn: list[str] = [
            render_to_string("readiness/_cell.html", {**shared, "cell": cell}) for cell in row.cells
        ]
    else:
        drawn = [_narrow(cell, address) for cell in row.cells]
    return mark_safe("".join(f"<td>{one}</td>" for one in drawn))  # noqa: S308 - escaped parts


@register.simple_tag
def board_signs() -> SafeString:
    """The signs of readiness that the narrow cells of a page show by reference."""
    drawn = "".join(
        f'<symbol id="{_sign(code)}" viewBox="0 0 16 16">{svg.readiness_sign(code)}</symbol>'
        for code in READINESS_WORDS
    )
    return mark_safe(f'<svg hidden aria-hidden="true">{drawn}</svg>')  # noqa: S308 - constants


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
    return f'<a class="cell{changed}" href="{address}" {look}</a>'


@lru_cache(maxsize=LOOKS_KEPT)
def _look(
    language: str, lead: str | None, readiness: str | None, trial: bool, age: int | None
) -> str:
    """A cell's link after its address, in one language: title and signs."""
    badge = lead_badge(lead)
    said = [badge["meaning"]]
    signs = [f'<b class="lead lead-{badge["code"]}">{badge["letter"]}</b>']
    if readiness:
        mark = readiness_mark(readiness)
        said.append(mark["meaning"])
        signs.append(f'<svg class="mark"><use href="#{_sign(readiness)}"/></svg>')
    if trial:
        said.append(_("trial"))
        signs.append(format_html('<span class="small">{}</span>', _("trial")))
    if age is not None:
        said.append(age_bar(age, FULL_BAR_DAYS)["meaning"])
        share = svg.age_share(age, FULL_BAR_DAYS)
        filled = max(round(AGE_WIDTH * share), 1)
        state = svg.age_state(share)
        signs.append(f'<svg class="age age-{state}"><path d="M0 2h{filled}"/></svg>')
    title = conditional_escape("; ".join(str(one) for one in said))
    return f'title="{title}"><span aria-hidden="true">{"".join(signs)}</span>'


def _sign(readiness: str) -> str:
    return f"r-{readiness}"
