"""Ending one of one's own sessions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.faces.web.sign_in.viewing import account_viewer, own_account
from primacy.platform.accounts.actions import end_session


@require_POST
def end(request: HttpRequest, key: int) -> HttpResponse:
    """Ends a session of the person's own; others' numbers do nothing."""
    viewer = account_viewer(request)
    if end_session(actor=viewer, account=own_account(request), key=key):
        messages.success(request, _("That session has ended."))
    return redirect("usersessions_list")
