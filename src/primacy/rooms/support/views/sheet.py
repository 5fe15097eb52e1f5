"""Showing a page of tables and forms, and doing what one of its forms asks for."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.policy import Marking, require
from primacy.platform.sources.actions import SourceMissing
from primacy.rooms.places.facade import Page
from primacy.rooms.support.errors import MoveRefused, NotCleared, SupportError
from primacy.rooms.support.sheets import Card, Grid, Shown

Links = Sequence[tuple[str, str]]


def sheet_page(
    request: HttpRequest,
    page: Page,
    *,
    title: str,
    purpose: str,
    grids: Sequence[Grid],
    cards: Mapping[str, Card],
    shown: Sequence[Shown],
    marking: Marking,
    links: Links = (),
    filters: object = None,
    csv: str = "",
    xlsx: str = "",
    words: Sequence[str] = (),
) -> HttpResponse:
    """The page; with status 400 where one of its forms was tried and refused."""
    tried = any(one.tried for one in shown)
    context = page.context(
        place="support",
        title=title,
        purpose=purpose,
        crumbs=[(_("Support"), reverse("support", args=[page.mission.code]))],
        marking=marking,
        grids=grids,
        cards=shown,
        links=links,
        filters=filters,
        csv=csv,
        xlsx=xlsx,
        words=words,
    )
    return render(request, "support/sheet.html", context, status=400 if tried else 200)


def cards_for(
    request: HttpRequest, page: Page, cards: Mapping[str, Card]
) -> tuple[list[Shown], str]:
    """The cards that the viewer may use, and what was done where one was sent and went through.

    A refused one stands among them with what was typed and why.
    """
    sent = str(request.POST.get("do", "")) if request.method == "POST" else ""
    found = []
    for code, card in cards.items():
        mine = any(page.viewer.has(right, page.mission.pk) for right in card.rights)
        if code == sent and not mine:
            require(page.viewer, card.rights[0], page.mission.pk)
        if not mine:
            continue
        if code != sent:
            form = card.form(page.viewer, page.mission, prefix=code)
            if form.usable:
                found.append(Shown(code, card, form))
            continue
        form = card.form(page.viewer, page.mission, request.POST, request.FILES, prefix=code)
        if form.is_valid():
            try:
                return [], card.run(page.viewer, page.mission, form)
            except (SupportError, SourceMissing) as problem:
                for text in reasons_of(problem):
                    form.add_error(None, text)
        found.append(Shown(code, card, form, tried=True))
    return found, ""


def reasons_of(problem: Exception) -> Sequence[str]:
    """The reasons of a refusal, one by one where it has several."""
    return problem.reasons if isinstance(problem, MoveRefused | NotCleared) else [str(problem)]


def done(request: HttpRequest, name: str, said: str, *arguments: object) -> HttpResponse:
    """Back to the page, with what was done said on it."""
    messages.success(request, said)
    return redirect(name, *arguments)
