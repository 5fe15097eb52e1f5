"""Search over places, units, sites and case facts of one mission."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.policy import held_aside
from primacy.rooms.cases.facade import facts
from primacy.rooms.forces.facade import Unit, units
from primacy.rooms.places.facade import Area, Page, areas, fold, open_page, sites

T = TypeVar("T")
M = TypeVar("M", bound=Model)
N = TypeVar("N", Area, Unit)
SHOWN = 25
"""Hits shown of each kind; the page says how many there are in all."""


@dataclass(frozen=True)
class Hit:
    """One thing found: its words, its address, what stands beside it."""

    text: str
    url: str
    beside: str


@dataclass(frozen=True)
class Group:
    """The hits of one kind."""

    name: str
    count: int
    hits: list[Hit]


def search(request: HttpRequest, mission: str) -> HttpResponse:
    """What a few letters find: each list is filtered by the viewer's rights."""
    page = open_page(request, mission)
    words = " ".join(request.GET.get("q", "").split())[:100]
    context = page.context(
        place="search",
        title=_("Search: %(words)s") % {"words": words} if words else _("Search"),
        purpose=_("Places, units, sites and facts of this mission."),
        groups=found(page, words) if words else [],
        search_words=words,
    )
    return render(request, "web/search.html", context)


def found(page: Page, words: str) -> list[Group]:
    """The groups that have hits."""
    viewer, mission, code = page.viewer, page.mission, page.mission.code
    groups = [
        _group(
            _("Places"),
            _named(areas(viewer, mission), words),
            lambda area: Hit(area.name, reverse("area", args=[code, area.code]), area.code),
        ),
        _group(
            _("Units"),
            _named(units(viewer, mission), words),
            lambda unit: Hit(unit.name, reverse("unit", args=[code, unit.code]), unit.force),
        ),
        _group(
            _("Sites"),
            _matching(sites(viewer, mission, page.as_of), Q(name__icontains=words)),
            lambda site: Hit(
                site.name,
                reverse("area", args=[code, site.area.code]) if site.area else "",
                site.get_kind_display(),
            ),
        ),
        _group(
            _("Facts"),
            _matching(
                facts(viewer, mission, until=page.as_of),
                Q(statement__icontains=words) | Q(reference__iexact=words),
            ),
            lambda fact: Hit(
                fact.statement, reverse("case", args=[code]) + f"#{fact.reference}", fact.date_text
            ),
        ),
    ]
    return [group for group in groups if group.count]


def _named(rows: QuerySet[N], words: str) -> tuple[int, list[N]]:
    """How many of the rows bear the words in a name, and the first of them.

    All names are looked through aside; only what is shown is read in full and counts as read.
    """
    with held_aside():
        names = list(rows.values_list("pk", "name", "aliases"))
    wanted = fold(words)
    keys = [pk for pk, name, aliases in names if _is_named(wanted, name, *aliases)]
    read = rows.in_bulk(keys[:SHOWN])
    return len(keys), [read[key] for key in keys[:SHOWN] if key in read]


def _is_named(wanted: str, *names: str) -> bool:
    """True where the folded words stand in one of the names, accents and case aside."""
    return bool(wanted) and any(wanted in _folded(name) for name in names)


@lru_cache(maxsize=16_384)
def _folded(name: str) -> str:
    """The name as it is compared; kept, since each search compares all of them."""
    return fold(name)


def _matching(rows: QuerySet[M], condition: Q) -> tuple[int, list[M]]:
    found = rows.filter(condition)
    first = list(found[:SHOWN])
    return (found.count() if len(first) == SHOWN else len(first)), first


def _group(name: str, found: tuple[int, list[T]], hit: Callable[[T], Hit]) -> Group:
    count, rows = found
    return Group(name=name, count=count, hits=[hit(row) for row in rows])
