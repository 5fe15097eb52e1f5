"""Inviting people: organisations, accounts, and the first administrator."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.accounts.actions.roles import grant_role
from primacy.platform.accounts.errors import AddressTaken, BadAddress, OnlyExercises
from primacy.platform.accounts.models import Account, Organisation
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require


@dataclass(frozen=True)
class FirstAdministrator:
    """The administrator made on the first start, with the password that is shown once."""

    email: str
    password: str


def ensure_organisation(*, actor: Viewer, name: str, party: str = "") -> Organisation:
    """The organisation of this name, made where it did not exist."""
    require(actor, "accounts.manage")
    found = Organisation.objects.filter(name=name).first()
    if found:
        return found
    with transaction.atomic():
        organisation = Organisation.objects.create(name=name, party=party)
        record(actor, "accounts.organisation.create", organisation, {"name": name, "party": party})
    return organisation


def create_account(
    *,
    actor: Viewer,
    email: str,
    name: str,
    organisation: Organisation | None,
    password: str | None = None,
    must_change_password: bool = True,
    exercise: bool = False,
) -> Account:
    """A new account, by invitation only; without password it enters by a one-time link.

    An exercise account needs no second factor and can hold roles on exercise missions only. It
    never has a password: what a class knows by heart would open the site after the class.
    """
    require(actor, "accounts.manage")
    email = _address(email)
    if exercise and password is not None:
        raise OnlyExercises(
            _("An exercise account enters by one-time links and has no password. None was made.")
        )
    if Account.objects.filter(email=email).exists():
        raise AddressTaken(
            _("An account with the address %(email)s exists already.") % {"email": email}
        )
    if password is not None:
        validate_password(password, Account(email=email, name=name))
    with transaction.atomic():
        account = Account.objects.create_user(
            email,
            password,
            name=name,
            organisation=organisation,
            must_change_password=must_change_password and password is not None,
            exercise=exercise,
        )
        body: dict[str, object] = {
            "email": email,
            "organisation": organisation.name if organisation else None,
        }
        if exercise:
            body["exercise"] = True
        record(actor, "accounts.account.create", account, body)
    return account


def ensure_first_administrator(*, actor: Viewer) -> FirstAdministrator | None:
    """The administrator with a one-time password, where no real person has an account; else None.

    Exercise accounts hold no rights on the site itself, so they do not count.
    """
    if Account.objects.filter(exercise=False, is_active=True).exists():
        return None
    password = secrets.token_urlsafe(15)
    organisation = ensure_organisation(actor=actor, name="System administration")
    account = create_account(
        actor=actor,
        email="administrator@primacy.local",
        name="Administrator",
        organisation=organisation,
        password=password,
    )
    grant_role(actor=actor, account=account, role="administrator")
    return FirstAdministrator(email=account.email, password=password)


def _address(email: str) -> str:
    """The address in one form; `BadAddress` where it is none."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as problem:
        raise BadAddress(
            _("'%(address)s' is not an e-mail address.") % {"address": address[:80]}
        ) from problem
    return address
