"""Choosing a password: after a one-time link without the old one, else only with it."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.views import PasswordChangeView, PasswordSetView
from allauth.decorators import rate_limit
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from primacy.faces.web.sign_in.second_factor import proved_here
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.second_factor import has_second_factor

FRESH_FOR = 15 * 60
"""Seconds after entering by a link in which a password can be chosen without the old one."""


def came_by_fresh_link(request: HttpRequest, account: Account) -> bool:
    """True where this session was just opened by a one-time link and chose no password since.

    Where the account has a second factor, this session must have shown it too: a link alone
    replaces nothing.
    """
    records = get_authentication_records(request, account)
    ways = [entry for entry in records if entry.get("method") in ("link", "password")]
    if not ways or ways[-1]["method"] != "link":
        return False
    if time.time() - float(ways[-1]["at"]) > FRESH_FOR:
        return False
    return proved_here(request, account) or not has_second_factor(account)


def after_entering(account: Account) -> str:
    """Where a one-time link leads: to choosing a password, for whoever may have one."""
    if account.exercise or account.emergency:
        return reverse("home")
    return reverse("account_set_password")


class NewPassword(PasswordSetView):  # type: ignore[misc]
    """allauth's page for a first password; also for a forgotten one, by a fresh link."""

    def dispatch(self, request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        """The page; to the one that asks for the old password where there is no fresh link."""
        account = request.user
        if isinstance(account, Account) and came_by_fresh_link(request, account):
            return self._without_the_old_one(request, *args, **more)
        answer: HttpResponse = super().dispatch(request, *args, **more)
        return answer

    @method_decorator(sensitive_post_parameters())
    @method_decorator(rate_limit(action="change_password"))
    def _without_the_old_one(
        self, request: HttpRequest, *args: object, **more: object
    ) -> HttpResponse:
        # allauth's own rule stands in the dispatch of the class between: it is passed over here.
        answer: HttpResponse = super(PasswordSetView, self).dispatch(request, *args, **more)
        return answer

    def form_valid(self, form: Form) -> HttpResponse:
        """Keeps the password; who has just typed it need not type it again for a factor."""
        answer: HttpResponse = super().form_valid(form)
        reauthenticate_by_password(self.request)
        return answer


class OwnPassword(PasswordChangeView):  # type: ignore[misc]
    """allauth's page for a new password by the old one; who came by a fresh link needs no old."""

    def dispatch(self, request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        """The page, or the way to the one that asks for no old password."""
        account = request.user
        if isinstance(account, Account) and came_by_fresh_link(request, account):
            return redirect("account_set_password")
        answer: HttpResponse = super().dispatch(request, *args, **more)
        return answer
