"""What follows from a sign-in or a changed second factor: notices, marks, audit entries."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from primacy.faces.web.sign_in.known_browsers import remember_browser
from primacy.platform.accounts.actions import note_second_factor, take_notice
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.accounts.second_factor import FACTORS


@receiver(user_logged_in, dispatch_uid="primacy.notice")
def show_notice(sender: object, request: HttpRequest, user: object, **more: object) -> None:
    """Shows a person what was done to the account since the last sign-in."""
    if isinstance(user, Account):
        notice = take_notice(account=user, actor=viewer_of(user))
        if notice:
            messages.error(request, notice)


@receiver(user_logged_in, dispatch_uid="primacy.browser")
def note_browser(
    sender: object,
    request: HttpRequest,
    user: object,
    response: HttpResponse | None = None,
    **more: object,
) -> None:
    """Remembers the browser of a whole sign-in, for those who sign in with a password."""
    if isinstance(user, Account) and response is not None and user.has_usable_password():
        remember_browser(request, response, user.email)


@receiver(authenticator_added, dispatch_uid="primacy.factor.added")
def note_added(
    sender: object, request: HttpRequest, user: object, authenticator: object, **more: object
) -> None:
    """Notes a new factor; the session that set it up has proved it."""
    if isinstance(user, Account):
        factor = str(getattr(authenticator, "type", ""))
        if factor in FACTORS:
            # The person has just shown it: this session needs no further proof of it.
            record_authentication(request, user, method="mfa", type=factor, reauthenticated=True)
        note_second_factor(account=user, actor=viewer_of(user), act="add", factor=factor)


@receiver(authenticator_removed, dispatch_uid="primacy.factor.removed")
def note_removed(sender: object, user: object, authenticator: object, **more: object) -> None:
    """Notes a removed factor."""
    if isinstance(user, Account):
        factor = str(getattr(authenticator, "type", ""))
        note_second_factor(account=user, actor=viewer_of(user), act="remove", factor=factor)


@receiver(authenticator_reset, dispatch_uid="primacy.factor.renewed")
def note_renewed(sender: object, user: object, authenticator: object, **more: object) -> None:
    """Notes new recovery codes."""
    if isinstance(user, Account):
        factor = str(getattr(authenticator, "type", ""))
        note_second_factor(account=user, actor=viewer_of(user), act="renew", factor=factor)
