"""Writing a version's shares: to readers, to pairs of holders; and wiping what is left of them.

Called within acts only.
"""

import itertools
import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from primacy.platform import clock
from primacy.platform.vault.keyring import pair_place, share_place, vouch
from primacy.platform.vault.models import (
    KeyShare,
    KeyVersion,
    MemberKey,
    Recovery,
    RecoveryHolder,
    RecoverySeal,
    Vault,
)
from primacy.platform.vault.sealing import decode, seal


def give_share(
    version: KeyVersion, secret: bytes, member_key: MemberKey, by: uuid.UUID | None
) -> None:
    """Seals the version's secret to a reader and vouches for the reader's key."""
    about = share_place(version, member_key.pk)
    KeyShare.objects.update_or_create(
        version=version,
        member_key=member_key,
        defaults={
            "sealed": seal(decode(member_key.public_key), secret, *about),
            "vouch": vouch(secret, "reader", version, member_key),
            "recorded_by_id": by,
        },
    )


def give_pairs(
    version: KeyVersion, secret: bytes, holders: Sequence[MemberKey], by: uuid.UUID | None
) -> None:
    """Names the holders of a version: each pair opens it together, in either order."""
    version.holders.all().delete()
    version.pairs.all().delete()
    for holder in holders:
        RecoveryHolder.objects.create(
            version=version,
            member_key=holder,
            vouch=vouch(secret, "holder", version, holder),
            recorded_by_id=by,
        )
    for first, second in itertools.permutations(holders, 2):
        about = pair_place(version, first.pk, second.pk)
        inner = seal(decode(second.public_key), secret, "inner", *about)
        RecoverySeal.objects.create(
            version=version,
            first=first,
            second=second,
            sealed=seal(decode(first.public_key), inner.encode(), "outer", *about),
            recorded_by_id=by,
        )


def wipe_shares(keys: Sequence[uuid.UUID], versions: QuerySet[KeyVersion] | None = None) -> int:
    """How many rows went: everything sealed to these personal keys, and layers opened with them."""
    among = Q() if versions is None else Q(version__in=versions)
    pair = Q(first_id__in=keys) | Q(second_id__in=keys)
    gone = [
        KeyShare.objects.filter(among, member_key_id__in=keys).delete()[0],
        RecoveryHolder.objects.filter(among, member_key_id__in=keys).delete()[0],
        RecoverySeal.objects.filter(among).filter(pair).delete()[0],
    ]
    end_recoveries(Recovery.objects.filter(among).filter(pair | Q(reader_id__in=keys)))
    return sum(gone)


def end_recoveries(rows: QuerySet[Recovery]) -> int:
    """How many recoveries under way were ended; their layers are wiped, and a rotation is due.

    A layer of the key was open, and who saw it then cannot be made to forget it.
    """
    waiting = rows.filter(finished_at__isnull=True, withdrawn_at__isnull=True)
    concerned = list(waiting.values_list("pk", "version__vault_id"))
    Vault.objects.filter(pk__in={vault for _row, vault in concerned}).update(
        rotation_due_since=clock.now(), rotation_due_for="a recovery was ended"
    )
    ended = Recovery.objects.filter(pk__in=[row for row, _vault in concerned])
    return ended.update(withdrawn_at=clock.now(), layer="")


def wipe_expired_layers() -> int:
    """How many layers were wiped because their recovery was not finished in time."""
    over = Recovery.objects.filter(expires_at__lt=clock.now()).exclude(layer="")
    return over.update(layer="")
