"""Writing a version's shares: to readers, to pairs of holders. Called within acts only."""

import itertools
import uuid
from collections.abc import Sequence

from primacy.platform.vault.keyring import pair_place, share_place, vouch
from primacy.platform.vault.models import (
    KeyShare,
    KeyVersion,
    MemberKey,
    RecoveryHolder,
    RecoverySeal,
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
