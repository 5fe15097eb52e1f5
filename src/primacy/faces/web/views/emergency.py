"""The page of emergency orders: ask, release, withdraw, open the emergency account, review."""

import uuid
from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from primacy.faces.web.order_words import order_words
from primacy.faces.web.sign_in.viewing import account_viewer
from primacy.platform import clock
from primacy.platform.orders import actions
from primacy.platform.orders.errors import BadOrder
from primacy.platform.orders.kinds import KINDS, PERMISSION
from primacy.platform.orders.models import EmergencyOpening, Order
from primacy.platform.orders.queries import opening_by_id, openings, order_by_id, orders
from primacy.platform.orders.rules import Stage, against_release, stage_of, stage_words
from primacy.platform.policy import Viewer, require
from primacy.platform.policy.roles import ROLES
from primacy.rooms.places.facade import Mission, missions

ALL = "all"
"""The choice of all missions: one must take it, an empty choice never means it."""
SHOWN = 50
ASKED_HERE = [(code, kind.title) for code, kind in KINDS.items() if not kind.names_account]
"""What is ordered about an account is asked for on the page of that account."""


class OrderForm(forms.Form):
    """What an order needs: its kind, the reason, for the emergency account a role and mission."""

    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=ASKED_HERE)
    subject = forms.ChoiceField(
        label=gettext_lazy("Role of the emergency account"),
        required=False,
        choices=[("", "–"), *[(code, entry[0]) for code, entry in ROLES.items()]],
    )
    mission = forms.ChoiceField(label=gettext_lazy("Needed on"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: object, known: Iterable[Mission]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        rows = [("", "–"), *[(str(m.pk), m.name) for m in known], (ALL, _("all missions"))]
        self.fields["mission"].choices = rows  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    """The orders, and the form that asks for one."""
    viewer = account_viewer(request)
    require(viewer, PERMISSION)
    form = OrderForm(request.POST or None, missions(viewer))
    if request.method == "POST" and form.is_valid():
        try:
            _ask(viewer, form.cleaned_data)
        except BadOrder as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Asked for. Now another person must release it."))
            return redirect("emergency")
    return _page(request, viewer, form)


@require_POST
def release(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Releases an order of somebody else."""
    viewer = account_viewer(request)
    actions.release(actor=viewer, order=order_by_id(viewer, key))
    messages.success(request, _("Released. It can be carried out now, once."))
    return redirect("emergency")


@require_POST
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Withdraws an order."""
    viewer = account_viewer(request)
    actions.withdraw(actor=viewer, order=order_by_id(viewer, key))
    messages.success(request, _("Withdrawn. Nothing was done."))
    return redirect("emergency")


@require_POST
def open_account(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Opens the emergency account by its order; the link is on this one page only."""
    viewer = account_viewer(request)
    order = order_by_id(viewer, key)
    opened = actions.open_emergency_account(
        actor=viewer, role=order.subject, mission_id=order.mission_id
    )
    link = request.build_absolute_uri(f"/enter/{opened.token}/")
    return _page(request, viewer, OrderForm(None, missions(viewer)), link)


@require_POST
def close(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Closes the emergency account before its time."""
    viewer = account_viewer(request)
    actions.close_emergency_account(actor=viewer, opening=opening_by_id(viewer, key))
    messages.success(request, _("The emergency account is closed."))
    return redirect("emergency")


@require_POST
def review(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Signs the review of an opening."""
    viewer = account_viewer(request)
    opening = opening_by_id(viewer, key)
    actions.review_opening(actor=viewer, opening=opening, note=request.POST.get("note", ""))
    messages.success(request, _("Reviewed. The note is in the audit log."))
    return redirect("emergency")


def _ask(viewer: Viewer, values: dict[str, str]) -> None:
    """Asks for what the form says; role and mission only where the kind names them."""
    kind, reason = values["kind"], values["reason"]
    if not KINDS[kind].names_role:
        actions.ask(actor=viewer, kind=kind, reason=reason)
        return
    where = values["mission"]
    actions.ask(
        actor=viewer,
        kind=kind,
        reason=reason,
        subject=values["subject"],
        mission_id=uuid.UUID(where) if where not in ("", ALL) else None,
        all_missions=where == ALL,
    )


def _page(request: HttpRequest, viewer: Viewer, form: forms.Form, link: str = "") -> HttpResponse:
    context = {
        "title": _("Emergency"),
        "purpose": _("Acts so grave that one person asks for them and another releases them."),
        "crumbs": [],
        "section": "emergency",
        "form": form,
        "link": link,
        "orders": [_order_row(viewer, row) for row in orders(viewer)[:SHOWN]],
        "unreviewed": [
            _opening_row(viewer, row) for row in openings(viewer).filter(reviewed_at__isnull=True)
        ],
        "may_review": viewer.has("audit.read"),
    }
    return render(request, "emergency/emergency.html", context)


def _order_row(viewer: Viewer, order: Order) -> dict[str, object]:
    now = clock.now()
    stage = stage_of(order, now)
    own = viewer.account_id
    return {
        "order": order,
        "title": KINDS[order.kind].title if order.kind in KINDS else order.kind,
        "on": order_words(viewer, order),
        "words": stage_words(stage),
        "live": stage in (Stage.ASKED, Stage.RELEASED),
        "may_release": own is not None and not against_release(order, own, now),
        "may_open": stage is Stage.RELEASED and order.kind == "break_glass",
    }


def _opening_row(viewer: Viewer, opening: EmergencyOpening) -> dict[str, object]:
    order = opening.order
    return {
        "pk": opening.pk,
        "opened_at": opening.opened_at,
        "order": order,
        "on": order_words(viewer, order),
        "running": opening.closed_at is None and opening.closes_at > clock.now(),
        "mine": viewer.account_id in (order.asked_by_id, order.released_by_id),
    }
