"""Single sign-on: an outside provider opens accounts that exist, and never makes one."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from primacy.faces.web.refusals import page
from primacy.platform.accounts.models import Account


class ExistingAccountsOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """allauth's adapter with sign-up closed and accounts matched by verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: accounts are made by an administrator."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Ties a first sign-on to the account of its verified address; refuses all others.

        Later sign-ons are known by the provider's own id of the person (`sub`), so that an
        address handed on to somebody else at the provider opens nothing.
        """
        if sociallogin.is_existing:
            return
        verified = {a.email.lower() for a in sociallogin.email_addresses if a.verified is True}
        # Two persons let somebody into the emergency account; no provider can.
        rows = Account.objects.filter(email__in=verified, is_active=True, emergency=False)
        account = rows.first()
        if account is None or _tied_to_another(account, sociallogin):
            raise ImmediateHttpResponse(
                page(
                    request,
                    403,
                    _("Not signed in"),
                    _(
                        "The sign-on worked, but no account here belongs to it. Accounts are made "
                        "by invitation, and the provider must vouch for the address. Ask the "
                        "administrator of this site."
                    ),
                )
            )
        sociallogin.connect(request, account)


def _tied_to_another(account: Account, sociallogin: SocialLogin) -> bool:
    """True where the account is tied to another person of the same provider already."""
    tied = SocialAccount.objects.filter(user=account, provider=sociallogin.account.provider)
    return bool(tied.exclude(uid=sociallogin.account.uid).exists())
