"""Compartments: one's own key, the compartments open to a viewer, reporting into them."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from primacy.faces.web.compartment_forms import (
    CompartmentForm,
    KeyForm,
    ReportForm,
    UnlockForm,
)
from primacy.faces.web.vault_cookie import drop_cookie, key_in, session_key_of, set_cookie
from primacy.platform.accounts.models import Account
from primacy.platform.policy import Viewer, require
from primacy.platform.vault.actions import (
    HolderChoice,
    NewIdentity,
    begin_sitting,
    change_passphrase,
    create_compartment,
    lock,
    make_key,
    report_identity,
)
from primacy.platform.vault.errors import VaultError
from primacy.platform.vault.queries import (
    candidates,
    has_key,
    is_member,
    may_report,
    reads,
    rotation_due,
    vault_by_code,
    vaults,
)
from primacy.platform.vault.rights import mission_where_held, require_person
from primacy.rooms.places.facade import Mission, missions

BACK = "compartments"


def viewer_in(request: HttpRequest) -> Viewer:
    """Who asks."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def crumbs(title: str, *between: tuple[str, str]) -> list[dict[str, str]]:
    """The way here: the list of compartments, what lies between, and this page."""
    way = [(_("Compartments"), reverse("compartments")), *between, (title, "")]
    return [{"label": label, "url": url} for label, url in way]


def form_page(
    request: HttpRequest,
    form: object,
    title: str,
    purpose: str,
    button: str,
    between: Sequence[tuple[str, str]] = (),
    **more: object,
) -> HttpResponse:
    """A page with one form; 400 where it was sent and is not right yet."""
    context = {
        "form": form,
        "title": title,
        "purpose": purpose,
        "button": button,
        "crumbs": crumbs(title, *between),
        "section": "compartments",
        **more,
    }
    wrong = bool(getattr(form, "is_bound", False) and getattr(form, "errors", None))
    return render(request, "web/compartment_form.html", context, status=400 if wrong else 200)


@never_cache
def compartments(request: HttpRequest) -> HttpResponse:
    """The state of one's key, and the compartments one belongs to, holds or reports into."""
    viewer = viewer_in(request)
    require(viewer, "vault.view", mission_where_held(viewer, "vault.view"))
    require_person(viewer)
    lines = [
        {
            "vault": row,
            "member": is_member(viewer, row),
            "reads": reads(viewer, row),
            "due": rotation_due(row) if is_member(viewer, row) else [],
        }
        for row in vaults(viewer)
    ]
    everywhere, by_mission, _clearance = viewer.missions_with("compartments.own")
    context = {
        "title": _("Compartments"),
        "purpose": _("Names of sources and witnesses, under keys that only their readers hold."),
        "crumbs": [],
        "section": "compartments",
        "lines": lines,
        "key": key_in(request),
        "has_key": has_key(viewer),
        "may_create": everywhere or bool(by_mission),
        "may_report": may_report(viewer),
        "unlock_form": UnlockForm(),
    }
    return render(request, "web/compartments.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def key_page(request: HttpRequest) -> HttpResponse:
    """Makes a first key, or a new one in place of a lost one, or changes the passphrase."""
    viewer = viewer_in(request)
    require_person(viewer)
    lost = request.GET.get("lost") == "1"
    keep = has_key(viewer) and not lost
    form = KeyForm(request.POST or None, keep=keep)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            if keep:
                change_passphrase(actor=viewer, old=values["old"], new=values["passphrase"])
                messages.success(request, _("Your key has a new passphrase."))
            else:
                key = make_key(actor=viewer, passphrase=values["passphrase"])
                messages.success(
                    request,
                    _("Your key is made. Its fingerprint is %(print)s: read it out by voice.")
                    % {"print": key.fingerprint},
                )
            return redirect(BACK)
        except VaultError as problem:
            form.add_error(None, str(problem))
    return form_page(
        request,
        form,
        _("Change the key passphrase") if keep else _("Make a key"),
        _("Nobody can give you this passphrase again: not the operator, not the administrator."),
        _("Keep it"),
        lost_link=keep,
        warning=lost and has_key(viewer),
    )


@never_cache
@sensitive_post_parameters()
@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """Unlocks one's key for a sitting."""
    form = UnlockForm(request.POST)
    if form.is_valid():
        try:
            value, _key = begin_sitting(
                actor=viewer_in(request),
                passphrase=form.cleaned_data["passphrase"],
                session_key=session_key_of(request),
            )
        except VaultError as problem:
            messages.error(request, str(problem))
        else:
            response = redirect(BACK)
            set_cookie(response, value)
            return response
    return redirect(BACK)


@never_cache
@require_POST
def lock_page(request: HttpRequest) -> HttpResponse:
    """Locks one's key on every device."""
    lock(actor=viewer_in(request))
    messages.success(request, _("Your key is locked."))
    response = redirect(BACK)
    drop_cookie(response)
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def new_compartment(request: HttpRequest) -> HttpResponse:
    """Creates a compartment of one's own organisation."""
    viewer = viewer_in(request)
    require(viewer, "compartments.own", mission_where_held(viewer, "compartments.own"))
    require_person(viewer)
    people = candidates(viewer)
    form = CompartmentForm(people, request.POST or None)
    form.order_fields(["code", "name", "takes_reports"])
    if request.method == "POST" and form.is_valid():
        known = {str(row.pk): row for row in people}
        try:
            create_compartment(
                actor=viewer,
                key=key_in(request),
                code=form.cleaned_data["code"],
                name=form.cleaned_data["name"],
                takes_reports=form.cleaned_data["takes_reports"],
                holders=chosen_holders(form.chosen(), known),
            )
        except VaultError as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("compartment", code=form.cleaned_data["code"])
    return form_page(
        request,
        form,
        _("New compartment"),
        _("Its key is given to you and, in pairs, to the recovery holders; to nobody else."),
        _("Create it"),
    )


def chosen_holders(pairs: list[tuple[str, str]], known: dict[str, Account]) -> list[HolderChoice]:
    """The holders chosen in a form."""
    return [HolderChoice(known[key], typed) for key, typed in pairs]


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Seals an identity into a compartment; whoever reports need not be able to read it."""
    viewer = viewer_in(request)
    vault = vault_by_code(viewer, code)
    open_to = _missions_to_report_on(viewer)
    form = ReportForm(open_to, request.POST or None, initial=_links(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        mission = next(row for row in open_to if str(row.pk) == values["mission"])
        try:
            row = report_identity(
                actor=viewer,
                vault=vault,
                mission_id=mission.pk,
                given=NewIdentity(
                    kind=values["kind"],
                    name=values["name"],
                    contact=values["contact"],
                    note=values["note"],
                    source_id=values["source_id"],
                    about_type=values["about_type"] if values["about_id"] else "",
                    about_id=values["about_id"],
                ),
            )
        except VaultError as problem:
            form.add_error(None, str(problem))
        else:
            said = _("Sealed. Outside the compartment this person is known as %(name)s.")
            messages.success(request, said % {"name": row.pseudonym})
            return redirect(BACK)
    return form_page(
        request,
        form,
        _("Report a source or witness"),
        _("What you type is sealed at once. You cannot read it back unless you are a reader."),
        _("Seal it"),
        [(vault.compartment.name, reverse("compartment", args=[code]))],
    )


def _missions_to_report_on(viewer: Viewer) -> list[Mission]:
    return [row for row in missions(viewer) if viewer.has("vault.report", row.pk)]


def _links(request: HttpRequest) -> dict[str, str]:
    names = ("source_id", "about_type", "about_id")
    return {name: request.GET[name] for name in names if name in request.GET}
