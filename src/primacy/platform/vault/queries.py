"""Reads of compartments with keys: which are open to a viewer, their people, what is due."""

import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.models import Account
from primacy.platform.policy import Viewer, held_aside, restricted, visible
from primacy.platform.vault.errors import NoSuchCompartment, NoSuchIdentity, RecoveryRefused
from primacy.platform.vault.keyring import current_version
from primacy.platform.vault.models import MemberKey, ProtectedIdentity, Recovery, Vault
from primacy.platform.vault.rights import keeps_the_server, may_hold_keys


@dataclass(frozen=True)
class Person:
    """A person of a compartment, and what that person holds."""

    account: Account
    member: bool
    reads: bool
    holds: bool
    has_key: bool


def vaults(viewer: Viewer) -> QuerySet[Vault]:
    """Compartments with keys the viewer belongs to, holds a recovery of, or may report into."""
    rows = Vault.objects.select_related("compartment__owner").order_by("compartment__name")
    if viewer.account_id is None or keeps_the_server(viewer):
        return rows.none()
    mine = Q(compartment_id__in=list(viewer.compartments))
    mine |= Q(versions__holders__member_key__account_id=viewer.account_id)
    if may_report(viewer):
        mine |= Q(takes_reports=True)
    return rows.filter(mine).distinct()


def vault_by_code(viewer: Viewer, code: str) -> Vault:
    """The compartment of this code; the same refusal where it is not there and not open."""
    found = vaults(viewer).filter(compartment__code=code).first()
    if found is None:
        raise NoSuchCompartment(
            _("There is no compartment with keys of this code, or it is not open to you.")
        )
    return found


def may_report(viewer: Viewer) -> bool:
    """True where the viewer may report an identity on some mission."""
    everywhere, by_mission, _clearance = viewer.missions_with("vault.report")
    return viewer.account_id is not None and (everywhere or bool(by_mission))


def is_member(viewer: Viewer, vault: Vault) -> bool:
    """True for members of the compartment."""
    return vault.compartment_id in viewer.compartments


def reads(viewer: Viewer, vault: Vault) -> bool:
    """True where the viewer holds a share of the current key."""
    if viewer.account_id is None or not is_member(viewer, vault):
        return False
    shares = current_version(vault).shares
    return shares.filter(member_key__account_id=viewer.account_id).exists()


def people(viewer: Viewer, vault: Vault) -> list[Person]:
    """Members and recovery holders, for members and holders."""
    version = current_version(vault)
    readers = set(version.shares.values_list("member_key__account_id", flat=True))
    holders = set(version.holders.values_list("member_key__account_id", flat=True))
    if not is_member(viewer, vault) and viewer.account_id not in holders:
        return []
    members = set(vault.compartment.members.values_list("pk", flat=True))
    keyed = set(
        MemberKey.objects.filter(retired_at__isnull=True).values_list("account_id", flat=True)
    )
    rows = Account.objects.filter(pk__in=members | holders | readers).order_by("name")
    return [
        Person(row, row.pk in members, row.pk in readers, row.pk in holders, row.pk in keyed)
        for row in rows
    ]


def candidates(viewer: Viewer) -> list[Account]:
    """Colleagues of the viewer's organisation with a personal key, who could read or hold."""
    if viewer.organisation_id is None:
        return []
    rows = Account.objects.filter(
        organisation_id=viewer.organisation_id,
        is_active=True,
        vault_keys__retired_at__isnull=True,
        vault_keys__isnull=False,
    )
    return [row for row in rows.distinct().order_by("name") if may_hold_keys(row)]


def identities(viewer: Viewer, vault: Vault) -> QuerySet[ProtectedIdentity]:
    """The identities of a compartment by pseudonym, without anything sealed."""
    rows = ProtectedIdentity.objects.filter(compartment_id=vault.compartment_id)
    return visible(viewer, rows, "vault.view").defer("name", "contact", "note")


def content_words(vault: Vault, row: ProtectedIdentity, reader: bool) -> str:
    """What stands where the content would: whom to ask, for a member who holds no share."""
    if row.erased_at is not None:
        return _("erased")
    return _("sealed") if reader else restricted(str(vault.compartment.owner)).text


def identity_by_id(viewer: Viewer, vault: Vault, pk: uuid.UUID) -> ProtectedIdentity:
    """One identity by its id, to be acted on; the act writes the read down, so this does not."""
    return _one(identities(viewer, vault).filter(pk=pk))


def identity_by_pseudonym(viewer: Viewer, vault: Vault, pseudonym: str) -> ProtectedIdentity:
    """One identity by its pseudonym, to be acted on."""
    return _one(identities(viewer, vault).filter(pseudonym=pseudonym.strip().upper()))


def _one(rows: QuerySet[ProtectedIdentity]) -> ProtectedIdentity:
    with held_aside():
        found = rows.first()
    if found is None:
        raise NoSuchIdentity(_("There is no such identity, or it is not open to you."))
    return found


def rotation_due(vault: Vault) -> list[str]:
    """Why the key has to be rotated; empty where it has not."""
    found = []
    if vault.rotation_due_since:
        found.append(
            _("A member left, or a recovery was withdrawn, since the key was last rotated.")
        )
    version = current_version(vault)
    members = set(vault.compartment.members.values_list("pk", flat=True))
    for share in version.shares.select_related("member_key__account"):
        account = share.member_key.account
        if account.pk not in members or not may_hold_keys(account):
            found.append(
                _("%(person)s still holds a share and is no reader any more.")
                % {"person": account.name}
            )
    for holder in version.holders.select_related("member_key__account"):
        if not may_hold_keys(holder.member_key.account):
            found.append(
                _("%(person)s still is a recovery holder and may be none any more.")
                % {"person": holder.member_key.account.name}
            )
    waiting = Recovery.objects.filter(version=version, finished_at__isnull=True)
    if waiting.filter(withdrawn_at__isnull=True, expires_at__lt=clock.now()).exists():
        found.append(_("A recovery was begun and never finished."))
    if version.holders.count() < 2:
        found.append(_("There are fewer than two recovery holders: name them anew."))
    return found


def rotation_left(vault: Vault) -> int:
    """How many records are still sealed under an older key."""
    number = current_version(vault).number
    return ProtectedIdentity.objects.filter(
        compartment_id=vault.compartment_id, key_version__number__lt=number
    ).count()


def rotation_unfinished(vault: Vault) -> bool:
    """True while an older key is still in use."""
    return vault.versions.filter(retired_at__isnull=True).count() > 1


def recoveries(viewer: Viewer, vault: Vault) -> list[Recovery]:
    """Recoveries that wait for their second holder, for members and holders."""
    rows = Recovery.objects.select_related(
        "version__vault__compartment", "first__account", "second__account", "reader__account"
    ).filter(version__vault=vault, finished_at__isnull=True, withdrawn_at__isnull=True)
    if not is_member(viewer, vault):
        if viewer.account_id is None:
            return []
        rows = rows.filter(
            Q(first__account_id=viewer.account_id) | Q(second__account_id=viewer.account_id)
        )
    return list(rows.filter(expires_at__gte=clock.now()))


def recovery_by_id(viewer: Viewer, vault: Vault, pk: uuid.UUID) -> Recovery:
    """One recovery that waits."""
    for row in recoveries(viewer, vault):
        if row.pk == pk:
            return row
    raise RecoveryRefused(_("No such recovery waits here."))


def has_key(viewer: Viewer) -> bool:
    """True where the viewer has a personal key."""
    if viewer.account_id is None:
        return False
    rows = MemberKey.objects.filter(account_id=viewer.account_id, retired_at__isnull=True)
    return rows.exists()
