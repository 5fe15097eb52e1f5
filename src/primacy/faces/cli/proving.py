"""Proving who is at the keyboard: a person's own password and, where there is one, code."""

import os

import typer
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from primacy.faces.cli.site import open_site
from primacy.platform.accounts.errors import NotProved
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.accounts.second_factor import code_is_right, has_code, has_second_factor
from primacy.platform.policy import Viewer

FROM_HERE = "127.0.0.1"


def proven(address: str) -> Viewer:
    """The person of this address, after their own password (and code) was typed and is right.

    Unlike `--as` elsewhere, owning the server isn't enough here: what needs two persons would
    otherwise need one. Scripts may hand both over as PRIMACY_PASSWORD and PRIMACY_CODE.
    """
    open_site()
    password = os.environ.get("PRIMACY_PASSWORD") or typer.prompt(
        _("Password of %(address)s") % {"address": address}, hide_input=True
    )
    # The lock-out counts per address and place; the command line is a place too.
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = FROM_HERE
    try:
        account = authenticate(request, email=address.strip().lower(), password=password)
    except PermissionDenied:
        account = None
    if not isinstance(account, Account):
        raise NotProved(
            _(
                "Address and password do not fit, or the account is closed or locked after too "
                "many tries. Nothing was done. `primacy account unlock` lifts a lock."
            )
        )
    if has_second_factor(account):
        _prove_code(account)
    return viewer_of(account)


def _prove_code(account: Account) -> None:
    """Nothing, where the code of the account's second factor is right."""
    if not has_code(account):
        raise NotProved(
            _("This account has only passkeys, which need a browser: use the page Emergency.")
        )
    code = os.environ.get("PRIMACY_CODE") or typer.prompt(_("Code (or a recovery code)"))
    if not code_is_right(account, code):
        raise NotProved(_("This code is not right, or was used already. Nothing was done."))
