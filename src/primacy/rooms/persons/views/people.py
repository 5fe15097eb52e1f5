"""Persons: search, list, one person, a new one, a mistaken one, the list as a file."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.platform.as_of import end_of, parse_as_of
from primacy.platform.exports import table_response
from primacy.platform.policy import Marking, require
from primacy.rooms.forces.facade import unit_by_code
from primacy.rooms.persons.actions import add_person, withdraw_person
from primacy.rooms.persons.command import chain
from primacy.rooms.persons.errors import BadPerson
from primacy.rooms.persons.exports import PERSON_COLUMNS, person_rows
from primacy.rooms.persons.forms import PersonForm, SearchForm, WhyForm
from primacy.rooms.persons.models import USUAL_MARKING
from primacy.rooms.persons.queries import find_persons, person_by_code, persons
from primacy.rooms.persons.reading import claims_about, evidence_words, is_more_hidden
from primacy.rooms.persons.review import open_merges, standing_merges, waiting
from primacy.rooms.persons.rights import JUDGE, KEEP, VIEW
from primacy.rooms.places.facade import Page, open_page

A_PAGE = 50
PLACE = "persons"


def people(request: HttpRequest, mission: str) -> HttpResponse:
    """The persons open to the viewer, or those who may be meant by a search."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    # Sent in the body: a name in an address would stand in histories and in the logs of proxies.
    typed = request.POST
    asked = any(typed.get(name) for name in ("name", "born", "number", "place", "unit"))
    form = SearchForm(page.viewer, page.mission, typed if asked else None)
    found = None
    if asked and form.is_valid():
        found = [
            (one, evidence_words(one.reasons))
            for one in find_persons(page.viewer, page.mission, form.asked())
        ]
    rows = persons(page.viewer, page.mission).order_by("-pk")
    leaf = None if found is not None else Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    may_judge = page.viewer.has(JUDGE, page.mission.pk)
    context = page.context(
        place=PLACE,
        title=_("Persons"),
        purpose=_("Who is on the register of the forces, as far as you need to know."),
        marking=USUAL_MARKING,
        form=form,
        found=found,
        leaf=leaf,
        may_keep=page.viewer.has(KEEP, page.mission.pk),
        may_judge=may_judge,
        waiting=waiting(page.viewer, page.mission).count() if may_judge else 0,
    )
    return render(request, "persons/people.html", context)


def person(request: HttpRequest, mission: str, code: str) -> HttpResponse:
    """One person: what sources say, on the day, with the records read as one with theirs."""
    page = open_page(request, mission)
    row = person_by_code(page.viewer, page.mission, code)
    known_on = _known_on(request, page)
    group = standing_merges(page.mission.pk).group(row.pk) - {row.pk}
    others = list(persons(page.viewer, page.mission).filter(pk__in=group)) if group else []
    known_at = end_of(known_on) if known_on else None
    claims = claims_about(page.viewer, [row, *others], page.as_of, known_at)
    merges = [
        one
        for one in open_merges(page.viewer, page.mission.pk)
        if {one.kept_id, one.joined_id} <= {row.pk, *group}
    ]
    may_keep = page.viewer.has(KEEP, page.mission.pk) and not row.withdrawn
    context = page.context(
        place=PLACE,
        title=row.name,
        purpose=_("What sources say of one person, and how it stands on the day."),
        crumbs=[(_("Persons"), reverse("persons", args=[mission]))],
        marking=Marking(row.marking),
        row=row,
        others=others,
        merges=merges,
        claims=claims,
        dated=[*claims["posting"], *claims["leaving"]],
        known_on=known_on,
        more_hidden=is_more_hidden(page.viewer, row),
        may_keep=may_keep,
        may_judge=page.viewer.has(JUDGE, page.mission.pk),
        why=WhyForm(),
    )
    return render(request, "persons/person.html", context)


def new_person(request: HttpRequest, mission: str) -> HttpResponse:
    """Enters a person, as one source describes them."""
    page = open_page(request, mission)
    require(page.viewer, KEEP, page.mission.pk)
    form = PersonForm(page.viewer, page.mission, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                new = form.new(page.viewer, page.mission)
                made = add_person(actor=page.viewer, mission=page.mission, new=new)
        except BadPerson as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The person was entered."))
            return redirect("register-person", mission=mission, code=made.code)
    context = page.context(
        place=PLACE,
        title=_("Enter a person"),
        purpose=_("As one source describes them. Look first whether they are on record."),
        crumbs=[(_("Persons"), reverse("persons", args=[mission]))],
        marking=USUAL_MARKING,
        form=form,
        back=reverse("persons", args=[mission]),
    )
    return render(request, "persons/form.html", context)


@require_POST
def withdraw(request: HttpRequest, mission: str, code: str) -> HttpResponse:
    """Withdraws the record of a person who was entered by mistake."""
    page = open_page(request, mission)
    require(page.viewer, KEEP, page.mission.pk)
    row = person_by_code(page.viewer, page.mission, code)
    form = WhyForm(request.POST)
    if form.is_valid():
        withdraw_person(actor=page.viewer, person=row, reason=form.cleaned_data["reason"])
        messages.success(request, _("The record was withdrawn. It is kept, and asked of no more."))
    else:
        messages.error(request, _("Say why the record is withdrawn. Nothing was changed."))
    return redirect("register-person", mission=mission, code=code)


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """The persons open to the viewer with their present postings, as CSV or XLSX."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    return table_response(
        form,
        name=f"persons-{page.mission.code}-{page.as_of.isoformat()}",
        columns=PERSON_COLUMNS,
        rows=person_rows(page.viewer, page.mission, page.as_of),
    )


def chain_page(request: HttpRequest, mission: str, unit: str) -> HttpResponse:
    """The chain of command above a unit on the day, level by level."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    found = unit_by_code(page.viewer, page.mission, unit)
    known_on = _known_on(request, page)
    context = page.context(
        place="forces",
        marking=USUAL_MARKING,
        title=_("Chain of command above %(unit)s") % {"unit": found.name},
        purpose=_("Who commanded, level by level: what is certain, and what is only possible."),
        crumbs=_unit_crumbs(page, found.name, found.code),
        unit=found,
        levels=chain(
            page.viewer, found, page.as_of, known_at=end_of(known_on) if known_on else None
        ),
        known_on=known_on,
    )
    return render(request, "persons/chain.html", context)


def _known_on(request: HttpRequest, page: Page) -> dt.date | None:
    """The day of `?known_on=`: only what was recorded by then is shown."""
    asked = request.GET.get("known_on", "").strip()
    return parse_as_of(asked, page.today) if asked else None


def _unit_crumbs(page: Page, name: str, code: str) -> list[tuple[str, str]]:
    mission = page.mission.code
    return [
        (_("Forces"), reverse("forces", args=[mission])),
        (name, reverse("unit", args=[mission, code])),
    ]
