"""Who may do what: granting and revoking roles, making and opening compartments."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.accounts.errors import DutiesApart, NoSuchRole, OnlyExercises
from primacy.platform.accounts.models import Account, Compartment, Organisation, RoleGrant
from primacy.platform.audit.actions import record
from primacy.platform.policy import Denied, Grant, Viewer, require
from primacy.platform.policy.duties import against_role
from primacy.platform.policy.roles import ROLES


def grant_role(
    *,
    actor: Viewer,
    account: Account,
    role: str,
    mission_id: uuid.UUID | None = None,
    exercise_mission: bool = False,
) -> RoleGrant:
    """A role for an account; granting twice changes nothing. Nobody grants one to themselves.

    `exercise_mission` is the caller's word that the mission is made up for training: the mission
    record lives in a room above. Without it an exercise account is refused.
    """
    require(actor, "accounts.manage", mission_id)
    if role not in ROLES:
        raise NoSuchRole(
            _("'%(role)s' is not a role. Roles: %(roles)s.")
            % {"role": role, "roles": ", ".join(ROLES)}
        )
    if actor.account_id == account.pk:
        raise Denied(_("Nobody grants a role to themselves. Ask another administrator."))
    _not_emergency(account)
    if account.exercise and not (exercise_mission and mission_id):
        raise OnlyExercises(
            _(
                "%(email)s is an exercise account: it enters without a second factor, so it may "
                "hold roles on exercise missions only. Nothing was granted."
            )
            % {"email": account.email}
        )
    with transaction.atomic():
        # Locked, so that two roles given at the same moment each see the other.
        Account.objects.select_for_update().get(pk=account.pk)
        _require_apart(account, role, mission_id)
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


def _not_emergency(account: Account) -> None:
    """Nothing; `Denied` for the emergency account, whose rights are those that two ordered."""
    if account.emergency:
        raise Denied(
            _(
                "The emergency account holds what its order names and nothing else. Ask for an "
                "order."
            )
        )


def _require_apart(account: Account, role: str, mission_id: uuid.UUID | None) -> None:
    """Nothing; `DutiesApart` where the account holds what this role must be kept apart from."""
    held = [Grant(*row) for row in account.grants.values_list("role", "mission_id")]
    reasons = against_role(held, role, mission_id)
    if reasons:
        raise DutiesApart(
            _("%(email)s cannot be given the role '%(role)s': %(reasons)s. Nothing was granted.")
            % {"email": account.email, "role": ROLES[role][0], "reasons": "; ".join(reasons)}
        )


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
            _(
                "%(name)s may not admit anybody to the compartment '%(code)s': it belongs to "
                "%(owner)s. Ask somebody there, or whoever runs the server."
            )
            % {"name": actor.label, "code": compartment.code, "owner": compartment.owner}
        )
    _not_emergency(account)
    if account.exercise:
        raise OnlyExercises(_("An exercise account can't be admitted to a compartment."))
    with transaction.atomic():
        compartment.members.add(account)
        record(actor, "accounts.compartment.admit", compartment, {"account": str(account.pk)})
