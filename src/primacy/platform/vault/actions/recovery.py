"""Recovery by two holders: the first opens a layer, the second gives the key to a reader."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.models import Account
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.platform.vault.actions.compartments import checked_key
from primacy.platform.vault.actions.sharing import end_recoveries, give_share, wipe_expired_layers
from primacy.platform.vault.errors import NotUnlocked, RecoveryRefused
from primacy.platform.vault.keyring import (
    PersonalKey,
    chain,
    current_version,
    pair_place,
    vouched,
)
from primacy.platform.vault.models import Recovery, RecoverySeal, Vault
from primacy.platform.vault.rights import mission_where_held, require_person
from primacy.platform.vault.sealing import unseal

LIFE = dt.timedelta(hours=72)


def begin_recovery(
    *,
    actor: Viewer,
    key: PersonalKey | None,
    vault: Vault,
    second: Account,
    reader: Account,
    fingerprint: str,
    reason: str,
) -> Recovery:
    """A recovery in which the actor, a holder, opened the outer layer; it is still sealed."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    mine = _present(actor, key)
    if not reason.strip():
        raise RecoveryRefused(_("Say why the key has to be recovered. Nothing was opened."))
    version = current_version(vault)
    pair = (
        RecoverySeal.objects.filter(version=version, first_id=mine.member_key_id)
        .filter(second__account=second, second__retired_at__isnull=True)
        .first()
    )
    if pair is None:
        raise RecoveryRefused(
            _("You and %(other)s are no pair of recovery holders of this compartment.")
            % {"other": second.name}
        )
    reader_key = checked_key(reader, fingerprint)
    about = pair_place(version, pair.first_id, pair.second_id)
    layer = unseal(mine.private, pair.sealed, "outer", *about).decode()
    with transaction.atomic():
        wipe_expired_layers()
        row = Recovery.objects.create(
            version=version,
            first_id=pair.first_id,
            second_id=pair.second_id,
            reader=reader_key,
            reason=reason[:500],
            layer=layer,
            expires_at=clock.now() + LIFE,
            recorded_by_id=actor.account_id,
        )
        body = {"second": str(second.pk), "reader": str(reader.pk), "reason": reason[:500]}
        record(actor, "vault.recovery.begin", vault.compartment, body)
    return row


def finish_recovery(
    *, actor: Viewer, key: PersonalKey | None, recovery: Recovery, fingerprint: str
) -> None:
    """The second holder opens the inner layer; the reader gets the key and membership."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    mine = _present(actor, key)
    version, vault = recovery.version, recovery.version.vault
    _must_be_open(recovery)
    if recovery.second_id != mine.member_key_id:
        raise RecoveryRefused(_("This recovery waits for another holder. Nothing was opened."))
    if current_version(vault).pk != version.pk:
        raise RecoveryRefused(_("The key was rotated since. Begin the recovery again."))
    reader_key = checked_key(recovery.reader.account, fingerprint)
    if reader_key.pk != recovery.reader_id:
        raise RecoveryRefused(_("The reader made a new key since. Begin the recovery again."))
    about = pair_place(version, recovery.first_id, recovery.second_id)
    secret = unseal(mine.private, recovery.layer, "inner", *about)
    chain(version, secret)
    named = version.holders.select_related("member_key", "version")
    marked = {row.member_key_id for row in named if vouched(secret, "holder", row)}
    if not {recovery.first_id, recovery.second_id} <= marked:
        raise RecoveryRefused(_("The holders on record were changed past the program."))
    with transaction.atomic():
        waiting = Recovery.objects.filter(pk=recovery.pk, withdrawn_at__isnull=True)
        if not waiting.filter(finished_at__isnull=True).update(finished_at=clock.now(), layer=""):
            raise RecoveryRefused(_over())
        vault.compartment.members.add(recovery.reader.account)
        give_share(version, secret, reader_key, actor.account_id)
        body = {
            "first": str(recovery.first.account_id),
            "second": str(actor.account_id),
            "reader": str(recovery.reader.account_id),
            "reason": recovery.reason,
        }
        record(actor, "vault.recovery.finish", vault.compartment, body)


def withdraw_recovery(*, actor: Viewer, recovery: Recovery) -> None:
    """Ends a recovery without result; a rotation is due, for a layer of the key was open."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    account_id = require_person(actor)
    vault = recovery.version.vault
    concerned = {recovery.first.account_id, recovery.second.account_id}
    if account_id not in concerned and vault.compartment_id not in actor.compartments:
        raise RecoveryRefused(_("Only its two holders or a member withdraws a recovery."))
    with transaction.atomic():
        end_recoveries(Recovery.objects.filter(pk=recovery.pk))
        record(actor, "vault.recovery.withdraw", vault.compartment, {})


def _present(actor: Viewer, key: PersonalKey | None) -> PersonalKey:
    if key is None or key.account_id != require_person(actor):
        raise NotUnlocked(_("Unlock your key first: it is locked, or ten minutes passed unused."))
    return key


def _must_be_open(recovery: Recovery) -> None:
    if recovery.finished_at or recovery.withdrawn_at or recovery.expires_at < clock.now():
        raise RecoveryRefused(_over())


def _over() -> str:
    return _("This recovery is over. Begin it again if it is still needed.")
