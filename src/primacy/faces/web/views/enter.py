"""Entering by a one-time link: the link shows a button, and only the button uses it up."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from primacy.faces.web.sign_in.client import client_ip
from primacy.faces.web.sign_in.limits import seconds_to_wait
from primacy.faces.web.sign_in.passwords import after_entering
from primacy.platform.accounts.actions import redeem_sign_in_link
from primacy.platform.accounts.errors import LinkRefused
from primacy.platform.policy import Viewer


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button (mail scanners follow links); POST signs in and uses the link up."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context: dict[str, object] = {
        "title": _("Enter"),
        "purpose": _("A one-time link signs you in once."),
        "token": token,
        "crumbs": [],
    }
    if request.method == "POST":
        wait = seconds_to_wait("link", client_ip(request), settings.PRIMACY_LINKS_PER_MINUTE)
        if wait:
            context["problem"] = _("Too many links were tried from here. Wait a minute.")
            response = render(request, "web/enter.html", context, status=429)
            response.headers["Retry-After"] = str(wait)
            return response
        try:
            account = redeem_sign_in_link(actor=viewer, token=token)
        except LinkRefused as problem:
            context["problem"] = str(problem)
            return render(request, "web/enter.html", context, status=410)
        if not viewer.is_guest:
            logout(request)
        # A link is one factor: whoever has a second one is asked for it on the next page.
        record_authentication(request, account, method="link")
        answer: HttpResponse = perform_login(
            request, Login(user=account, redirect_url=after_entering(account))
        )
        return answer
    return render(request, "web/enter.html", context)


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """What to do about a forgotten password: no mail is sent, an administrator makes a link."""
    context = {
        "title": _("Forgotten password"),
        "purpose": _("A one-time link from your administrator lets you in again."),
        "crumbs": [],
    }
    return render(request, "account/password_reset.html", context)
