"""Pages for administrators: who there is, inviting, granting, closing."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from primacy.faces.web.sign_in.viewing import account_viewer
from primacy.platform import clock
from primacy.platform.accounts import actions
from primacy.platform.accounts.errors import AccountError, NoSuchAccount
from primacy.platform.accounts.models import Account, Party, RoleGrant
from primacy.platform.accounts.queries import account_by_id, listed_viewers
from primacy.platform.accounts.second_factor import (
    has_second_factor,
    needs_second_factor,
    with_second_factor,
)
from primacy.platform.orders.actions import ask, reset_second_factor
from primacy.platform.orders.queries import standing_order
from primacy.platform.orders.rules import Stage, stage_of
from primacy.platform.policy import Viewer, require
from primacy.platform.policy.roles import ROLES
from primacy.rooms.places.facade import Mission, missions


class InviteForm(forms.Form):
    """Who is invited, and for which organisation."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=200)
    party = forms.ChoiceField(
        label=gettext_lazy("Side it signs for (a new organisation)"),
        required=False,
        choices=[("", "–"), *Party.choices],
    )
    exercise = forms.BooleanField(
        label=gettext_lazy("For training only: no second factor, exercise missions only"),
        required=False,
    )


class GrantForm(forms.Form):
    """Which role, for which mission."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[(code, entry[0]) for code, entry in ROLES.items()]
    )
    mission = forms.ChoiceField(label=gettext_lazy("For"), required=False)

    def __init__(self, data: object, known: list[Mission]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        rows = [("", _("all missions")), *[(str(m.pk), m.name) for m in known]]
        self.fields["mission"].choices = rows  # type: ignore[attr-defined]


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in."""
    viewer = account_viewer(request)
    rows = []
    guarded = set(with_second_factor())
    for account, acts_as in listed_viewers(viewer):
        rows.append(
            {
                "account": account,
                "roles": sorted({str(ROLES[g.role][0]) for g in account.grants.all()}),
                "has_factor": account.pk in guarded,
                "needs_factor": needs_second_factor(account, acts_as),
            }
        )
    context = {
        "title": _("People"),
        "purpose": _("Who may sign in, by invitation only."),
        "crumbs": [],
        "section": "people",
        "people": rows,
    }
    return render(request, "people/people.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """The form, and the new person with a one-time link when it is sent."""
    viewer = account_viewer(request)
    require(viewer, "accounts.manage")
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            place = actions.ensure_organisation(
                actor=viewer, name=values["organisation"], party=values["party"]
            )
            account = actions.create_account(
                actor=viewer,
                email=values["email"],
                name=values["name"],
                organisation=place,
                exercise=values["exercise"],
            )
        except AccountError as problem:
            form.add_error("email", str(problem))
        else:
            return _with_link(request, viewer, account)
    context = {
        "title": _("Invite a person"),
        "purpose": _("One account for one person, never shared."),
        "crumbs": [{"label": _("People"), "url": reverse("people")}, {"label": _("Invite")}],
        "section": "people",
        "form": form,
    }
    return render(request, "people/invite.html", context)


@require_safe
def person(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One person: roles and doors."""
    viewer = account_viewer(request)
    return _page(request, viewer, account_by_id(viewer, key))


@require_POST
def grant(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Gives a role."""
    viewer = account_viewer(request)
    account = account_by_id(viewer, key)
    known = list(missions(viewer))
    form = GrantForm(request.POST, known)
    if form.is_valid():
        chosen = form.cleaned_data["mission"]
        found = [m for m in known if str(m.pk) == chosen]
        actions.grant_role(
            actor=viewer,
            account=account,
            role=form.cleaned_data["role"],
            mission_id=found[0].pk if found else None,
            exercise_mission=bool(found and found[0].exercise),
        )
        messages.success(request, _("Granted. It holds from the person's next page."))
    return redirect("person", key=key)


@require_POST
def revoke(request: HttpRequest, key: uuid.UUID, grant_key: uuid.UUID) -> HttpResponse:
    """Takes a role away."""
    viewer = account_viewer(request)
    account = account_by_id(viewer, key)
    row = RoleGrant.objects.filter(account=account, pk=grant_key).first()
    if row is None:
        raise NoSuchAccount(_("This role was taken away already."))
    actions.revoke_role(actor=viewer, grant=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("Taken away. It no longer holds from the person's next page."))
    return redirect("person", key=key)


@require_POST
def act(request: HttpRequest, key: uuid.UUID, what: str) -> HttpResponse:
    """A new link, an end to a lock, closing, opening, or taking a lost second factor off."""
    viewer = account_viewer(request)
    account = account_by_id(viewer, key)
    reason = request.POST.get("reason", "")
    if what == "link":
        return _with_link(request, viewer, account)
    if what == "unlock":
        actions.unlock_account(actor=viewer, account=account)
        messages.success(request, _("The lock is lifted."))
    elif what == "close":
        actions.close_account(actor=viewer, account=account, reason=reason)
        messages.success(request, _("Closed. Every session of the account has ended."))
    elif what == "open":
        actions.open_account(actor=viewer, account=account, reason=reason)
        messages.success(request, _("Open again."))
    elif what == "ask-reset":
        ask(actor=viewer, kind="second_factor", subject=account.email, reason=reason)
        messages.success(request, _("Asked for. Now another person must release it."))
    elif what == "reset":
        reset_second_factor(actor=viewer, account=account)
        messages.success(request, _("Taken off. The person is told at the next sign-in."))
    return redirect("person", key=key)


def _with_link(request: HttpRequest, viewer: Viewer, account: Account) -> HttpResponse:
    """The person's page with a new link: shown on this one answer only, never kept."""
    token = actions.issue_sign_in_link(actor=viewer, account=account)
    link = request.build_absolute_uri(reverse("enter", args=[token]))
    return _page(request, viewer, account, link)


def _page(request: HttpRequest, viewer: Viewer, account: Account, link: str = "") -> HttpResponse:
    known = list(missions(viewer))
    names = {m.pk: m.name for m in known}
    context = {
        "title": account.name or account.email,
        "purpose": _("What this person may do here, and how the person gets in."),
        "crumbs": [{"label": _("People"), "url": reverse("people")}, {"label": account.email}],
        "section": "people",
        "person": account,
        "link": link,
        "is_self": viewer.account_id == account.pk,
        "has_factor": has_second_factor(account),
        "grant_form": GrantForm(None, known),
        "grants": [
            {
                "grant": row,
                "title": ROLES[row.role][0] if row.role in ROLES else row.role,
                "mission": names.get(row.mission_id, _("one mission"))
                if row.mission_id
                else _("all missions"),
            }
            for row in account.grants.all()
        ],
        "acts": _acts(viewer, account),
    }
    return render(request, "people/person.html", context)


def _acts(viewer: Viewer, account: Account) -> list[dict[str, object]]:
    """The acts on an account that need a reason, and the one that two persons order."""
    reset = _reset(viewer, account)
    if not account.is_active:
        what = _("The roles it had hold again.")
        return [{"code": "open", "title": _("Open the account"), "what": what}, reset]
    what = _("No sign-in, no link, and every session ends at once. What it entered is kept.")
    return [{"code": "close", "title": _("Close the account"), "what": what}, reset]


def _reset(viewer: Viewer, account: Account) -> dict[str, object]:
    """Where the order to take the second factor off stands, and what can be done next."""
    order = standing_order(viewer, "second_factor", account.email)
    if order is None:
        return {
            "code": "ask-reset",
            "title": _("Ask to take the second factor off"),
            "what": _(
                "For a lost device. Another person must release it; the person concerned has no "
                "part in it, and reads who did it and why."
            ),
        }
    title = _("Take the second factor off")
    names = {"asked": order.asked_by, "released": order.released_by, "reason": order.reason}
    if stage_of(order, clock.now()) is Stage.ASKED:
        what = _(
            "%(asked)s asked for it: %(reason)s Another person must release it first, on the page "
            "Emergency."
        )
        return {"title": title, "what": what % names, "waits": True}
    what = _("%(asked)s asked for it and %(released)s released it: %(reason)s Sessions end.")
    return {"code": "reset", "title": title, "what": what % names, "no_reason": True}
