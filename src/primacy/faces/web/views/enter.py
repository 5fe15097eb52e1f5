"""Entering by a one-time link: the link shows a button, and only the button uses it up."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from primacy.platform.accounts.actions import redeem_sign_in_link
from primacy.platform.accounts.errors import LinkRefused
from primacy.platform.policy import Viewer


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button (mail scanners follow links); POST signs in and uses the link up."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context: dict[str, object] = {
        "title": "Enter",
        "purpose": "A one-time link signs you in once.",
        "token": token,
        "crumbs": [],
    }
    if request.method == "POST":
        try:
            account = redeem_sign_in_link(actor=viewer, token=token)
        except LinkRefused as problem:
            context["problem"] = str(problem)
            return render(request, "web/enter.html", context, status=410)
        login(request, account, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("home")
    return render(request, "web/enter.html", context)


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """What to do about a forgotten password: no mail is sent, an administrator makes a link."""
    context = {
        "title": "Forgotten password",
        "purpose": "A one-time link from your administrator lets you in again.",
        "crumbs": [],
    }
    return render(request, "account/password_reset.html", context)
