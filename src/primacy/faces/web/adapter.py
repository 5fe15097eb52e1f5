"""How sign-in behaves: by invitation only, first passwords are changed at once."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.faces.web.sign_in.client import address_tried, client_ip
from primacy.faces.web.sign_in.known_browsers import known_mark
from primacy.platform.accounts.actions import note_password_changed
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.accounts.tries import tries_key


class InvitationOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's adapter with sign-up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by an administrator."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address, counted behind the proxies the operator named."""
        return client_ip(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: object) -> str:
        """Under what wrong passwords are counted: the address, or the browser known for it."""
        address = address_tried(request, credentials)
        return tries_key(address, known_mark(request, address))

    def authentication_failed(self, request: HttpRequest, **credentials: object) -> None:
        """Takes a try back that met the lock of its own place, where nothing was compared.

        Otherwise one place that goes on trying would use up the count of all places, and shut the
        person out from everywhere.
        """
        if getattr(request, "axes_locked_out", False):
            self._rollback_login_failed_rl_usage()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """The start page: with the password chosen, everything opens."""
        return reverse("home")

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """The password chosen; exercise accounts have none, so that no class knows one."""
        if isinstance(user, Account) and user.exercise:
            raise ValidationError(
                _("An exercise account enters by one-time links and has no password.")
            )
        if isinstance(user, Account) and user.emergency:
            raise ValidationError(_("The emergency account has no password."))
        return str(super().clean_password(password, user))

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Sets the password and clears the demand to change it."""
        super().set_password(user, password)
        if isinstance(user, Account):
            note_password_changed(account=user, actor=viewer_of(user))
