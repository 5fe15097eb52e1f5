"""Acts on accounts. The only place that writes them; each act leaves an audit entry."""

import datetime as dt
import hashlib
import secrets
import uuid
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from primacy.platform import clock
from primacy.platform.accounts.errors import AddressTaken, BadAddress, LinkRefused, NoSuchRole
from primacy.platform.accounts.models import (
    Account,
    Compartment,
    Organisation,
    RoleGrant,
    SignInLink,
)
from primacy.platform.audit.actions import record
from primacy.platform.policy import Denied, Viewer, require
from primacy.platform.policy.roles import ROLES

LINK_LIFE = dt.timedelta(hours=24)


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
) -> Account:
    """A new account, by invitation only; without password it enters by a one-time link."""
    require(actor, "accounts.manage")
    email = _address(email)
    if Account.objects.filter(email=email).exists():
        raise AddressTaken(f"An account with the address {email} exists already.")
    if password is not None:
        validate_password(password, Account(email=email, name=name))
    with transaction.atomic():
        account = Account.objects.create_user(
            email,
            password,
            name=name,
            organisation=organisation,
            must_change_password=must_change_password and password is not None,
        )
        record(
            actor,
            "accounts.account.create",
            account,
            {"email": email, "organisation": organisation.name if organisation else None},
        )
    return account


def grant_role(
    *, actor: Viewer, account: Account, role: str, mission_id: uuid.UUID | None = None
) -> RoleGrant:
    """A role for an account; granting twice changes nothing."""
    require(actor, "accounts.manage", mission_id)
    if role not in ROLES:
        raise NoSuchRole(f"'{role}' is not a role. Roles: {', '.join(ROLES)}.")
    with transaction.atomic():
        grant, made = RoleGrant.objects.get_or_create(
            account=account,
            role=role,
            mission_id=mission_id,
            defaults={"recorded_by_id": actor.account_id},
        )
        if made:
            body = {"role": role, "mission": str(mission_id) if mission_id else None}
            record(actor, "accounts.role.grant", account, body, mission_id=mission_id)
    return grant


def revoke_role(*, actor: Viewer, grant: RoleGrant, reason: str) -> None:
    """Takes a role away, with the reason in the audit log."""
    require(actor, "accounts.manage", grant.mission_id)
    with transaction.atomic():
        body = {"role": grant.role, "account": str(grant.account_id), "reason": reason}
        record(actor, "accounts.role.revoke", grant.account, body, mission_id=grant.mission_id)
        grant.delete()


def create_compartment(*, actor: Viewer, code: str, name: str, owner: Organisation) -> Compartment:
    """A new compartment, empty: not even who made it is inside."""
    require(actor, "accounts.manage")
    with transaction.atomic():
        compartment = Compartment.objects.create(
            code=code, name=name, owner=owner, recorded_by_id=actor.account_id
        )
        record(actor, "accounts.compartment.create", compartment, {"owner": owner.name})
    return compartment


def admit_to_compartment(*, actor: Viewer, compartment: Compartment, account: Account) -> None:
    """Admits an account; only somebody of the owning organisation, or the operator, may."""
    require(actor, "accounts.manage")
    if not actor.is_operator and actor.organisation_id != compartment.owner_id:
        raise Denied(
            f"{actor.label} may not admit anybody to the compartment '{compartment.code}': it "
            f"belongs to {compartment.owner}. Ask somebody there, or whoever runs the server."
        )
    with transaction.atomic():
        compartment.members.add(account)
        record(actor, "accounts.compartment.admit", compartment, {"account": str(account.pk)})


def ensure_first_administrator(*, actor: Viewer) -> FirstAdministrator | None:
    """The administrator with a one-time password, where no account exists yet; else None."""
    if Account.objects.exists():
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


def issue_sign_in_link(*, actor: Viewer, account: Account) -> str:
    """The token of a new one-time link; shown now and never again (its hash is kept)."""
    require(actor, "accounts.manage")
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        SignInLink.objects.create(
            account=account,
            token_hash=_hash(token),
            expires_at=clock.now() + LINK_LIFE,
            recorded_by_id=actor.account_id,
        )
        record(actor, "accounts.link.issue", account, {"hours": LINK_LIFE // dt.timedelta(hours=1)})
    return token


def redeem_sign_in_link(*, actor: Viewer, token: str) -> Account:
    """The account behind an unused, unexpired link, which is thereby used up."""
    now = clock.now()
    with transaction.atomic():
        links = SignInLink.objects.select_for_update(of=("self",)).select_related("account")
        link = links.filter(token_hash=_hash(token)).first()
        if link is None or link.used_at or link.expires_at < now or not link.account.is_active:
            raise LinkRefused(
                "This sign-in link was used already, has expired or is not known. "
                "Ask the administrator for a new one (`primacy account link ADDRESS`)."
            )
        link.used_at = now
        link.save(update_fields=["used_at"])
        record(actor, "accounts.link.redeem", link.account, {})
    return link.account


def note_password_changed(*, account: Account, actor: Viewer) -> None:
    """Clears the demand to change a first password; only the person's own change does."""
    if actor.account_id != account.pk:
        raise Denied("Only the person who signs in with a password can change it.")
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(must_change_password=False)
        record(actor, "accounts.password.change", account, {})


def _address(email: str) -> str:
    """The address in one form; `BadAddress` where it is none."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as problem:
        raise BadAddress(f"'{address[:80]}' is not an e-mail address.") from problem
    return address


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
