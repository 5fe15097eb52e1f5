"""Rotation: a new key, then record by record; at every moment each record opens for readers."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.platform.vault.actions.compartments import FEWEST_HOLDERS
from primacy.platform.vault.actions.sharing import end_recoveries, give_pairs, give_share
from primacy.platform.vault.errors import NotUnlocked
from primacy.platform.vault.keyring import (
    CompartmentKeys,
    PersonalKey,
    chain_place,
    current_version,
    keys_of,
    opened_fields,
    row_hashes,
    sealed_fields,
    vouched,
)
from primacy.platform.vault.models import KeyVersion, MemberKey, ProtectedIdentity, Recovery, Vault
from primacy.platform.vault.rights import may_hold_keys, mission_where_held
from primacy.platform.vault.sealing import encode, fingerprint, new_private, public_of, seal

STEP = 50


@dataclass(frozen=True)
class Progress:
    """How far a rotation is."""

    moved: int
    left: int


def start_rotation(
    *, actor: Viewer, key: PersonalKey | None, vault: Vault, reason: str
) -> KeyVersion:
    """A new version, given to those readers and holders who are still to have it."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    keys = keys_of(actor, key, vault)
    secret = new_private()
    with transaction.atomic():
        # Taken again under the lock: two rotations at once would lose one reader's share.
        held = Vault.objects.select_for_update().get(pk=vault.pk)
        before = current_version(held)
        if before.number != keys.current:
            raise NotUnlocked(_("The key was rotated at this moment. Try again."))
        version = KeyVersion(
            vault=held,
            number=before.number + 1,
            public_key=encode(public_of(secret)),
            recorded_by_id=actor.account_id,
        )
        version.previous = seal(public_of(secret), keys.newest, *chain_place(version))
        version.save()
        readers, left_out = _kept_readers(held, before, keys)
        for member_key in readers:
            give_share(version, secret, member_key, actor.account_id)
        holders = [
            row.member_key
            for row in before.holders.select_related("member_key__account", "version")
            if vouched(keys.newest, "holder", row) and may_hold_keys(row.member_key.account)
        ]
        if len(holders) >= FEWEST_HOLDERS:
            give_pairs(version, secret, holders, actor.account_id)
        # A layer opened under the old key opens nothing new, and must not open the old either.
        end_recoveries(Recovery.objects.filter(version__vault=held))
        Recovery.objects.filter(version__vault=held).exclude(layer="").update(layer="")
        Vault.objects.filter(pk=held.pk).update(rotation_due_since=None, rotation_due_for="")
        body = {
            "version": version.number,
            "key": fingerprint(public_of(secret)),
            "readers": len(readers),
            "left_out": left_out,
            "holders": len(holders),
            "reason": reason,
        }
        record(actor, "vault.rotation.start", held.compartment, body)
    return version


def continue_rotation(
    *, actor: Viewer, key: PersonalKey | None, vault: Vault, step: int = STEP
) -> Progress:
    """One step: the next records sealed anew, in one transaction; call it until none is left."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    keys = keys_of(actor, key, vault)
    with transaction.atomic():
        version = current_version(vault)
        if version.number != keys.current:
            raise NotUnlocked(_("The key was rotated at this moment. Try again."))
        rows = ProtectedIdentity.objects.select_related("key_version").filter(
            compartment_id=vault.compartment_id, key_version__number__lt=version.number
        )
        moved = 0
        for row in rows.select_for_update(of=("self",)).order_by("pk")[:step]:
            _seal_anew(row, version, keys)
            moved += 1
        left = rows.count()
        ended: list[object] = []
        if left == 0:
            done = vault.versions.filter(number__lt=version.number, retired_at__isnull=True)
            ended.extend(done)
            for old in done:
                old.shares.all().delete()
                old.pairs.all().delete()
                old.holders.all().delete()
            done.update(retired_at=clock.now(), previous="")
            KeyVersion.objects.filter(pk=version.pk).update(previous="")
        if moved or (left == 0 and ended):
            body = {"version": version.number, "moved": moved, "left": left}
            record(actor, "vault.rotation.step", vault.compartment, body)
    return Progress(moved=moved, left=left)


def _seal_anew(row: ProtectedIdentity, version: KeyVersion, keys: CompartmentKeys) -> None:
    if row.erased_at is None:
        texts = opened_fields(row, row.key_version.number, keys)
        for name, value in sealed_fields(row, version, texts).items():
            setattr(row, name, value)
        for name, value in row_hashes(keys.newest, row, texts).items():
            setattr(row, name, value)
    row.key_version = version
    row.save()


def _kept_readers(
    vault: Vault, version: KeyVersion, keys: CompartmentKeys
) -> tuple[list[MemberKey], int]:
    """Keys of readers who are members, active, and vouched for; and how many are left out."""
    members = set(vault.compartment.members.values_list("pk", flat=True))
    kept, left_out = [], 0
    for share in version.shares.select_related("member_key__account", "version"):
        account = share.member_key.account
        fits = (
            share.member_key.retired_at is None
            and account.pk in members
            and may_hold_keys(account)
            and vouched(keys.newest, "reader", share)
        )
        if fits:
            kept.append(share.member_key)
        else:
            left_out += 1
    return kept, left_out
