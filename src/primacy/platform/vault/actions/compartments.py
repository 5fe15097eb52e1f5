"""Acts on compartments with keys: create, admit a reader, remove a member, name holders."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.models import Account, Compartment
from primacy.platform.audit.actions import record
from primacy.platform.policy import Denied, Marking, Viewer, require
from primacy.platform.vault.actions.sharing import (
    end_recoveries,
    give_pairs,
    give_share,
    wipe_shares,
)
from primacy.platform.vault.errors import (
    BadIdentity,
    NoPersonalKey,
    NotUnlocked,
    RecoveryRefused,
    WrongFingerprint,
)
from primacy.platform.vault.keyring import PersonalKey, current_version, keys_of
from primacy.platform.vault.models import (
    KeyShare,
    KeyVersion,
    MemberKey,
    OpenSitting,
    Recovery,
    RecoveryHolder,
    Vault,
)
from primacy.platform.vault.rights import may_hold_keys, mission_where_held, require_person
from primacy.platform.vault.sealing import (
    decode,
    encode,
    fingerprint,
    new_private,
    public_of,
    same_fingerprint,
)

FEWEST_HOLDERS = 2


@dataclass(frozen=True)
class HolderChoice:
    """A holder, and the fingerprint that person read out."""

    account: Account
    fingerprint: str


def create_compartment(
    *,
    actor: Viewer,
    key: PersonalKey | None,
    code: str,
    name: str,
    holders: Sequence[HolderChoice],
    takes_reports: bool = False,
) -> Vault:
    """A new compartment of the actor's organisation with its first key; the actor reads it."""
    require(actor, "compartments.own", mission_where_held(actor, "compartments.own"))
    account_id = require_person(actor)
    if key is None or key.account_id != account_id:
        raise NotUnlocked(_("Unlock your key first: you will be the first reader."))
    if actor.organisation_id is None:
        raise Denied(_("You belong to no organisation, and a compartment belongs to one."))
    if Compartment.objects.filter(code=code).exists():
        raise BadIdentity(_("There is a compartment with this code. Choose another."))
    keys = _holder_keys(actor, holders)
    secret = new_private()
    with transaction.atomic():
        compartment = Compartment.objects.create(
            code=code, name=name, owner_id=actor.organisation_id, recorded_by_id=account_id
        )
        compartment.members.add(Account.objects.get(pk=account_id))
        vault = Vault.objects.create(
            compartment=compartment,
            marking=_marking(actor),
            takes_reports=takes_reports,
            recorded_by_id=account_id,
        )
        public = public_of(secret)
        version = KeyVersion.objects.create(
            vault=vault, number=1, public_key=encode(public), recorded_by_id=account_id
        )
        mine = MemberKey.objects.get(pk=key.member_key_id)
        give_share(version, secret, mine, account_id)
        give_pairs(version, secret, keys, account_id)
        body = {
            "owner": str(compartment.owner),
            "key": fingerprint(public),
            "holders": [str(row.account_id) for row in keys],
        }
        record(actor, "vault.compartment.create", compartment, body)
    return vault


def admit_reader(
    *, actor: Viewer, key: PersonalKey | None, vault: Vault, account: Account, fingerprint: str
) -> None:
    """Admits a reader: membership, and the key sealed to it by the reader who is present."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    keys = keys_of(actor, key, vault)
    member_key = checked_key(account, fingerprint)
    with transaction.atomic():
        version = current_version(vault)
        if version.number != keys.current:
            raise NotUnlocked(_("The key was rotated at this moment. Try again."))
        vault.compartment.members.add(account)
        give_share(version, keys.newest, member_key, actor.account_id)
        body = {"account": str(account.pk), "version": version.number}
        record(actor, "vault.reader.admit", vault.compartment, body)


def remove_member(*, actor: Viewer, vault: Vault, account: Account, reason: str) -> None:
    """Takes a member out with every share; from now on a rotation of the key is due."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    account_id = require_person(actor)
    owner = actor.organisation_id == vault.compartment.owner_id
    reads = KeyShare.objects.filter(
        version__vault=vault, member_key__account_id=account_id
    ).exists()
    if vault.compartment_id not in actor.compartments or not (owner or reads):
        raise Denied(_("Only a member of the owning organisation or a reader removes members."))
    with transaction.atomic():
        vault.compartment.members.remove(account)
        keys = list(MemberKey.objects.filter(account=account).values_list("pk", flat=True))
        held = wipe_shares(keys, vault.versions.all())
        OpenSitting.objects.filter(member_key__account=account).delete()
        if held:
            Vault.objects.filter(pk=vault.pk).update(
                rotation_due_since=clock.now(), rotation_due_for="a reader was removed"
            )
        body = {"account": str(account.pk), "reason": reason}
        record(actor, "vault.member.remove", vault.compartment, body)


def name_holders(
    *, actor: Viewer, key: PersonalKey | None, vault: Vault, holders: Sequence[HolderChoice]
) -> None:
    """Names the recovery holders anew; those named before hold nothing any more."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    keys = keys_of(actor, key, vault)
    chosen = _holder_keys(actor, holders, vault)
    with transaction.atomic():
        version = current_version(vault)
        if version.number != keys.current:
            raise NotUnlocked(_("The key was rotated at this moment. Try again."))
        # A layer that an earlier holder opened must not outlive that holder's part in it.
        end_recoveries(Recovery.objects.filter(version__vault=vault))
        give_pairs(version, keys.newest, chosen, actor.account_id)
        body = {"holders": [str(row.account_id) for row in chosen]}
        record(actor, "vault.holders.name", vault.compartment, body)


def checked_key(account: Account, typed: str) -> MemberKey:
    """The key in use of a person who may hold one, where the fingerprint typed is its own."""
    if not may_hold_keys(account):
        raise Denied(
            _(
                "%(person)s may hold no key: the account is closed, manages this site, or has no "
                "role that sees protected identities."
            )
            % {"person": account.name}
        )
    row = MemberKey.objects.filter(account=account, retired_at__isnull=True).first()
    if row is None:
        raise NoPersonalKey(
            _("%(person)s has no personal key yet. Ask that person to make one first.")
            % {"person": account.name}
        )
    if not same_fingerprint(typed, decode(row.public_key)):
        raise WrongFingerprint(
            _(
                "This is not the fingerprint of the key on record for %(person)s. Nothing was "
                "given away. Compare it again, by voice; if it stays different, somebody may "
                "have exchanged the key: tell the oversight body."
            )
            % {"person": account.name}
        )
    return row


def _holder_keys(
    actor: Viewer, holders: Sequence[HolderChoice], vault: Vault | None = None
) -> list[MemberKey]:
    owner = vault.compartment.owner_id if vault else actor.organisation_id
    if len({choice.account.pk for choice in holders}) != len(holders) or (
        len(holders) < FEWEST_HOLDERS
    ):
        raise RecoveryRefused(
            _("Name at least two different persons as recovery holders; three are better.")
        )
    if any(choice.account.organisation_id != owner for choice in holders):
        raise RecoveryRefused(_("Recovery holders belong to the organisation that owns it."))
    return [checked_key(choice.account, choice.fingerprint) for choice in holders]


def _marking(actor: Viewer) -> Marking:
    """Confidential, or what the maker may read where that is less: the maker must see it."""
    _everywhere, by_mission, general = actor.missions_with("vault.view")
    highest = max([general, *by_mission.values()])
    return min(Marking.CONFIDENTIAL, highest)


def holders_of(version: KeyVersion) -> list[RecoveryHolder]:
    """The holders of a version with their keys."""
    rows = version.holders.select_related("member_key__account", "version")
    return list(rows.order_by("member_key__account__name"))
