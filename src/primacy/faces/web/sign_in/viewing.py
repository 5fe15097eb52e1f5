"""Who is looking at a page that needs an account."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from primacy.platform.accounts.models import Account
from primacy.platform.policy import Denied, Viewer


def account_viewer(request: HttpRequest) -> Viewer:
    """The viewer of the request, where somebody is signed in; a guest is sent to sign in."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if viewer.is_guest:
        raise Denied(_("Sign in first."))
    return viewer


def own_account(request: HttpRequest) -> Account:
    """The account signed in."""
    if not isinstance(request.user, Account):
        raise Denied(_("Sign in first."))
    return request.user
