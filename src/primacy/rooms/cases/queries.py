"""Reads of case studies."""

import datetime as dt

from django.db.models import Count, QuerySet

from primacy.platform.policy import Viewer, visible
from primacy.rooms.cases.models import Fact
from primacy.rooms.places.facade import Mission


def facts(
    viewer: Viewer,
    mission: Mission,
    *,
    until: dt.date | None = None,
    theme: str = "",
    place: str = "",
    text: str = "",
) -> QuerySet[Fact]:
    """The case's facts in order of time; with `until`, those that began by the day."""
    rows = visible(viewer, mission.facts.select_related("source", "area"), "cases.view")
    if until is not None:
        rows = rows.filter(date_from__lte=until)
    if theme:
        rows = rows.filter(theme=theme)
    if place:
        rows = rows.filter(place=place)
    if text:
        rows = rows.filter(statement__icontains=text)
    return rows


def themes(viewer: Viewer, mission: Mission) -> list[tuple[str, int]]:
    """The themes of a case with the number of facts each."""
    counted = facts(viewer, mission).order_by().values("theme").annotate(n=Count("pk"))
    return sorted((row["theme"], row["n"]) for row in counted)


def conflicts(viewer: Viewer, mission: Mission) -> dict[str, list[Fact]]:
    """Facts that contradict each other, side by side, by group."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts(viewer, mission).exclude(conflict_group=""):
        groups.setdefault(fact.conflict_group, []).append(fact)
    return groups
