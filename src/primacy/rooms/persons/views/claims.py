"""Pages of claims about persons: making one, reading it with its versions, changing it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.platform.claims.errors import BadClaim, ClaimMoved
from primacy.platform.claims.forms import TermsForm
from primacy.platform.claims.models import Claim
from primacy.platform.claims.rules import Dates
from primacy.platform.claims.terms import Terms
from primacy.platform.policy import Marking, require
from primacy.rooms.persons.actions import (
    claim_birth,
    claim_leaving,
    claim_number,
    claim_person_name,
    claim_posting,
    correct_person_claim,
    withdraw_person_claim,
)
from primacy.rooms.persons.actions.claims import CHANGEABLE
from primacy.rooms.persons.forms import (
    BirthForm,
    LeavingForm,
    NameForm,
    NumberForm,
    PostingForm,
    WhyForm,
)
from primacy.rooms.persons.models import Person, PostingClaim
from primacy.rooms.persons.queries import (
    claim_of_person,
    history_of,
    kind_of,
    person_by_code,
)
from primacy.rooms.persons.reading import worded
from primacy.rooms.persons.rights import KEEP
from primacy.rooms.places.facade import Page, open_page

TITLES = {
    "name": lambda: _("Claim a name"),
    "birth": lambda: _("Claim a birth"),
    "number": lambda: _("Claim a number"),
    "posting": lambda: _("Claim a posting"),
    "leaving": lambda: _("Claim that the person died or left"),
}
UNDATED = ("name", "birth", "number", "leaving")
"""Kinds of which a source seldom states days: they hold since the beginning unless it does."""


def new_claim(request: HttpRequest, mission: str, code: str, kind: str) -> HttpResponse:
    """Makes a claim about a person."""
    page = open_page(request, mission)
    require(page.viewer, KEEP, page.mission.pk)
    person = person_by_code(page.viewer, page.mission, code)
    if kind not in TITLES:
        raise Http404
    initial: dict[str, object] = {"marking": person.marking, "since_beginning": kind in UNDATED}
    form = _form(kind, page, request.POST or None, initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _make(kind, page, person, form)
        except BadClaim as problem:
            _tell(form, problem)
        else:
            messages.success(request, _("The claim was recorded."))
            return redirect("register-person", mission=mission, code=person.code)
    return _show(request, page, person, TITLES[kind](), form)


def claim(request: HttpRequest, mission: str, claim: uuid.UUID) -> HttpResponse:
    """One claim: what it says, on what it rests, and every version it had."""
    page = open_page(request, mission)
    row = claim_of_person(page.viewer, page.mission, claim)
    rows = worded(page.viewer, history_of(page.viewer, row), page.as_of)
    reading = rows[-1]
    person: Person = row.person  # type: ignore[attr-defined]
    context = page.context(
        place="persons",
        title=f"{reading.label}: {reading.text}" if reading.text else reading.label,
        purpose=_("A claim with its source, its status and every version it had."),
        crumbs=_crumbs(page, person),
        marking=Marking(row.marking),
        reading=reading,
        person=person,
        versions=rows[::-1],
        may_keep=page.viewer.has(KEEP, page.mission.pk) and not row.withdrawn,
        why=WhyForm(),
    )
    return render(request, "persons/claim.html", context)


def correct(request: HttpRequest, mission: str, claim: uuid.UUID) -> HttpResponse:
    """Replaces the newest version of a claim; the one before stays on record."""
    page = open_page(request, mission)
    require(page.viewer, KEEP, page.mission.pk)
    row = claim_of_person(page.viewer, page.mission, claim)
    form = _form(kind_of(row), page, request.POST or None, _initial(row))
    form.fields.update(WhyForm().fields)
    form.order_fields(["reason", *form.fields])
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("version") != str(row.version):
                raise ClaimMoved(_("Somebody else changed this claim since you opened it."))
            with transaction.atomic():
                correct_person_claim(
                    actor=page.viewer,
                    claim=row,
                    reason=form.cleaned_data["reason"],
                    terms=form.terms(page.viewer, page.mission.pk),
                    changes=_content(row, form),
                )
        except BadClaim as problem:
            _tell(form, problem)
        except ClaimMoved as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The claim was corrected. What was known before stays."))
            return redirect("person-claim", mission=mission, claim=claim)
    person: Person = row.person  # type: ignore[attr-defined]
    return _show(request, page, person, _("Correct a claim"), form, row)


@require_POST
def withdraw(request: HttpRequest, mission: str, claim: uuid.UUID) -> HttpResponse:
    """Withdraws a claim, with a reason."""
    page = open_page(request, mission)
    require(page.viewer, KEEP, page.mission.pk)
    row = claim_of_person(page.viewer, page.mission, claim)
    form = WhyForm(request.POST)
    if form.is_valid():
        withdraw_person_claim(actor=page.viewer, claim=row, reason=form.cleaned_data["reason"])
        messages.success(request, _("The claim was withdrawn. What was known before stays."))
    else:
        messages.error(request, _("Say why the claim is withdrawn. Nothing was changed."))
    return redirect("person-claim", mission=mission, claim=claim)


def _show(
    request: HttpRequest,
    page: Page,
    person: Person,
    title: str,
    form: TermsForm,
    row: Claim | None = None,
) -> HttpResponse:
    mission = page.mission.code
    back = (
        reverse("person-claim", args=[mission, row.claim])
        if row is not None
        else reverse("register-person", args=[mission, person.code])
    )
    context = page.context(
        place="persons",
        title=title,
        purpose=_("%(person)s: what a source says, over which days, and how far it is relied on.")
        % {"person": person.name},
        crumbs=_crumbs(page, person),
        marking=Marking(person.marking),
        form=form,
        version=row.version if row is not None else 0,
        back=back,
    )
    return render(request, "persons/form.html", context)


def _form(kind: str, page: Page, data: object, initial: dict[str, object]) -> TermsForm:
    given = {"data": data, "initial": initial}
    made: dict[str, Callable[[], TermsForm]] = {
        "name": lambda: NameForm(**given),  # type: ignore[arg-type]
        "birth": lambda: BirthForm(**given),  # type: ignore[arg-type]
        "number": lambda: NumberForm(**given),  # type: ignore[arg-type]
        "posting": lambda: PostingForm(page.viewer, page.mission, **given),
        "leaving": lambda: LeavingForm(**given),  # type: ignore[arg-type]
    }
    return made[kind]()


def _make(kind: str, page: Page, person: Person, form: TermsForm) -> None:
    """Records the claim that a valid form describes."""
    actor, terms = page.viewer, form.terms(page.viewer, page.mission.pk)
    values = form.cleaned_data
    if kind == "name":
        claim_person_name(
            actor=actor, person=person, name=values["name"], kind=values["kind"], terms=terms
        )
    elif kind == "birth":
        claim_birth(
            actor=actor, person=person, terms=terms, earliest=values["earliest"],
            latest=values["latest"], place=values["place"],
        )  # fmt: skip
    elif kind == "number":
        claim_number(
            actor=actor, person=person, kind=values["kind"], number=values["number"], terms=terms
        )
    elif kind == "leaving":
        claim_leaving(
            actor=actor, person=person, kind=values["kind"], earliest=values["earliest"],
            latest=values["latest"], terms=terms,
        )  # fmt: skip
    else:
        _make_posting(page, person, form, terms)


def _make_posting(page: Page, person: Person, form: TermsForm, terms: Terms) -> None:
    values = form.cleaned_data
    claim_posting(
        actor=page.viewer, person=person, unit=values["unit"], terms=terms, role=values["role"],
        title=values["title"], rank=values["rank"], commanding=values["commanding"],
        acting=values["acting"],
    )  # fmt: skip


def _content(row: Claim, form: TermsForm) -> dict[str, object]:
    """What the form says beside the terms."""
    values = {name: form.cleaned_data[name] for name in CHANGEABLE[type(row)]}
    if "earliest" in values:
        earliest, latest = values["earliest"], values["latest"]
        values |= {"earliest": earliest or latest, "latest": latest or earliest}
    return values


def _initial(row: Claim) -> dict[str, object]:
    """The present version as a form shows it."""
    values: dict[str, object] = {name: getattr(row, name) for name in Dates.__dataclass_fields__}
    for name in ("status", "marking", "public_note", "internal_note", *CHANGEABLE[type(row)]):
        values[name] = getattr(row, name)
    if isinstance(row, PostingClaim):
        said = {True: "yes", False: "no", None: ""}[row.commanding]
        values |= {"unit": row.unit.code, "commanding": said}
    return values


def _crumbs(page: Page, person: Person) -> list[tuple[str, str]]:
    mission = page.mission.code
    return [
        (_("Persons"), reverse("persons", args=[mission])),
        (person.name, reverse("register-person", args=[mission, person.code])),
    ]


def _tell(form: TermsForm, problem: BadClaim) -> None:
    for reason in problem.reasons:
        form.add_error(None, reason)
