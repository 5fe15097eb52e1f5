"""A layer that a recovery opened is gone when the recovery is over, however it ended."""

import datetime as dt

import pytest

from primacy.platform import clock
from primacy.platform.vault.actions import (
    begin_recovery,
    begin_sitting,
    finish_recovery,
    name_holders,
    remove_member,
    start_rotation,
)
from primacy.platform.vault.errors import RecoveryRefused
from primacy.platform.vault.models import KeyShare, Recovery, RecoveryHolder, RecoverySeal
from primacy.platform.vault.queries import recoveries, rotation_due
from tests.vault.conftest import Circle, passphrase


def begun(circle: Circle) -> Recovery:
    """A recovery by `b`, to be finished by `c`, for the first reader."""
    row = begin_recovery(
        actor=circle.viewer("human_rights.b"),
        key=circle.keys["human_rights.b"],
        vault=circle.vault,
        second=circle.accounts["human_rights.c"],
        reader=circle.accounts["human_rights"],
        fingerprint=circle.keys["human_rights"].fingerprint,
        reason="the first reader is away",
    )
    assert row.layer
    return row


def refused(circle: Circle, row: Recovery) -> None:
    with pytest.raises(RecoveryRefused):
        finish_recovery(
            actor=circle.viewer("human_rights.c"),
            key=circle.keys["human_rights.c"],
            recovery=row,
            fingerprint=circle.keys["human_rights"].fingerprint,
        )


def layers() -> list[str]:
    return [text for text in Recovery.objects.values_list("layer", flat=True) if text]


def test_an_expired_layer_is_wiped_at_the_next_unlocking_of_any_key(circle: Circle) -> None:
    row = begun(circle)
    with clock.standing(clock.now() + dt.timedelta(hours=73)):
        refused(circle, row)
        begin_sitting(
            actor=circle.viewer("human_rights.d"),
            passphrase=passphrase("human_rights.d"),
            session_key="s",
        )
        assert layers() == []
        assert rotation_due(circle.vault), "a layer was open: the key is to be rotated"
        row.refresh_from_db()
        refused(circle, row)


def test_a_layer_still_waiting_is_kept_while_others_unlock(circle: Circle) -> None:
    begun(circle)
    begin_sitting(
        actor=circle.viewer("human_rights.d"),
        passphrase=passphrase("human_rights.d"),
        session_key="s",
    )
    assert len(layers()) == 1


def test_a_rotation_wipes_every_layer_before_it(circle: Circle) -> None:
    row = begun(circle)
    me = {"actor": circle.viewer("human_rights"), "key": circle.keys["human_rights"]}
    start_rotation(**me, vault=circle.vault, reason="yearly")
    assert layers() == []
    assert recoveries(circle.viewer("human_rights.b"), circle.vault) == []
    refused(circle, row)  # as it was read before the rotation
    row.refresh_from_db()
    refused(circle, row)


def test_holders_named_anew_end_what_the_former_ones_began(circle: Circle) -> None:
    begun(circle)
    name_holders(
        actor=circle.viewer("human_rights"),
        key=circle.keys["human_rights"],
        vault=circle.vault,
        holders=[circle.choice("human_rights.c"), circle.choice("human_rights.d")],
    )
    circle.vault.refresh_from_db()
    assert layers() == []
    assert rotation_due(circle.vault)


@pytest.mark.parametrize("label", ["human_rights.b", "human_rights.c"])
def test_a_holder_who_leaves_or_makes_a_new_key_leaves_no_layer(circle: Circle, label: str) -> None:
    begun(circle)
    circle.make_key(label)
    assert layers() == []
    circle.vault.refresh_from_db()
    assert rotation_due(circle.vault)


def test_a_removed_member_leaves_nothing_sealed_to_any_key_ever_held(circle: Circle) -> None:
    begun(circle)
    remove_member(
        actor=circle.viewer("human_rights"),
        vault=circle.vault,
        account=circle.accounts["human_rights.b"],
        reason="left",
    )
    gone = circle.accounts["human_rights.b"]
    assert layers() == []
    assert not KeyShare.objects.filter(member_key__account=gone).exists()
    assert not RecoveryHolder.objects.filter(member_key__account=gone).exists()
    assert not RecoverySeal.objects.filter(first__account=gone).exists()
    assert not RecoverySeal.objects.filter(second__account=gone).exists()
    assert RecoverySeal.objects.exists(), "the other holders keep theirs"


def test_a_recovery_withdrawn_while_it_is_being_finished_gives_nothing(circle: Circle) -> None:
    row = begun(circle)
    Recovery.objects.filter(pk=row.pk).update(withdrawn_at=clock.now())
    before = KeyShare.objects.count()
    refused(circle, row)  # read before the withdrawal, so only the write can tell
    assert KeyShare.objects.count() == before
