"""Who commanded, and what sources say, on pages of rooms below: `{% load primacy_command %}`.

The room of forces knows no persons and no incidents; here the face puts them on its pages.
"""

from django import template
from django.template import Context

from primacy.platform.as_of import end_of
from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import Unit
from primacy.rooms.incidents.facade import said_of_person as incidents_of_person
from primacy.rooms.incidents.facade import said_of_unit as incidents_of_unit
from primacy.rooms.persons.facade import Person, commander
from primacy.rooms.places.facade import Page

register = template.Library()


@register.inclusion_tag("persons/commander_card.html", takes_context=True)
def commander_card(context: Context, unit: Unit) -> dict[str, object]:
    """Who commanded the unit on the page's day; nothing for those who may not know."""
    page = _page(context)
    if not page.viewer.has("persons.view", page.mission.pk):
        return {"reading": None}
    known_on = context.get("known_on")
    reading = commander(page.viewer, unit, page.as_of, end_of(known_on) if known_on else None)
    return {**_frame(context, page), "reading": reading, "unit": unit}


@register.inclusion_tag("persons/said_of.html", takes_context=True)
def said_of_unit(context: Context, unit: Unit) -> dict[str, object]:
    """The incidents for which sources name the unit, up to the page's day."""
    page = _page(context)
    return {**_frame(context, page), "rows": incidents_of_unit(page.viewer, unit, page.as_of)}


@register.inclusion_tag("persons/said_of.html", takes_context=True)
def said_of_person(context: Context, person: Person) -> dict[str, object]:
    """The incidents for which sources name the person."""
    page = _page(context)
    return {**_frame(context, page), "rows": incidents_of_person(page.viewer, person)}


def _page(context: Context) -> Page:
    page = context["page"]
    if not isinstance(page, Page) or not isinstance(page.viewer, Viewer):
        raise TypeError("this tag is for pages of a mission")
    return page


def _frame(context: Context, page: Page) -> dict[str, object]:
    """What the links of a small template need."""
    return {"mission": page.mission, "request": context.get("request"), "page": page}
