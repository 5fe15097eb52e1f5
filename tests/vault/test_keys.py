"""Keys: stolen copies, sittings, rotation, recovery."""

import datetime as dt
import itertools
import time

import pytest
from django.db import connection

from primacy.platform import clock
from primacy.platform.accounts.models import Account
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Denied, operator
from primacy.platform.vault import sealing
from primacy.platform.vault.actions import (
    admit_reader,
    begin_recovery,
    begin_sitting,
    change_passphrase,
    continue_rotation,
    create_compartment,
    finish_recovery,
    lock,
    make_key,
    open_identity,
    remove_member,
    resume,
    search_identities,
    start_rotation,
    unlock_key,
    withdraw_recovery,
)
from primacy.platform.vault.errors import (
    CannotOpen,
    NotAReader,
    RecoveryRefused,
    TooManyTries,
    VaultError,
    WeakPassphrase,
    WrongFingerprint,
    WrongPassphrase,
)
from primacy.platform.vault.keyring import field_place, keys_of, pair_place, share_place
from primacy.platform.vault.models import (
    KeyShare,
    MemberKey,
    OpenSitting,
    ProtectedIdentity,
    RecoverySeal,
)
from primacy.platform.vault.queries import rotation_due, rotation_left, rotation_unfinished
from tests.vault.conftest import CONTACT, NAME, NOTE, OWNERS, Circle, passphrase


def read(circle: Circle, row: ProtectedIdentity, by: str = "human_rights") -> str:
    shown = open_identity(
        actor=circle.viewer(by), key=circle.keys[by], vault=circle.vault, identity=row
    )
    return shown.name


def rotate(circle: Circle, by: str = "human_rights") -> None:
    given = {"actor": circle.viewer(by), "key": circle.keys[by], "vault": circle.vault}
    start_rotation(**given, reason="test")
    while continue_rotation(**given).left:
        pass


def everything_stored() -> str:
    """Every value of every table, as a thief of the database reads it."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            texts += [str(value) for line in cursor.fetchall() for value in line]
    return "\n".join(texts)


def test_a_stolen_database_holds_no_protected_word_and_no_key_that_opens(circle: Circle) -> None:
    row = circle.report()
    token, key = begin_sitting(
        actor=circle.viewer("human_rights"),
        passphrase=passphrase("human_rights"),
        session_key="abc",
    )
    stolen = everything_stored()

    for secret in (NAME, CONTACT, NOTE, passphrase("human_rights"), token.split(".")[1]):
        assert secret not in stolen
    private = sealing.encode(key.private)
    assert private not in stolen
    # Every 32 bytes that stand anywhere in the database, tried as the key.
    for word in {word for word in stolen.split() if 40 <= len(word) <= 64}:
        try:
            candidate = bytes.fromhex(word) if len(word) == 64 else sealing.decode(word)
        except (ValueError, CannotOpen):
            continue
        if len(candidate) == 32:
            with pytest.raises(CannotOpen):
                sealing.unseal(candidate, row.name, *field_place(row, 1, "name"))


def test_the_database_file_itself_holds_no_protected_word(circle: Circle, tmp_path) -> None:
    circle.report()
    if connection.vendor != "sqlite":
        pytest.skip("a file of SQLite")
    copy = tmp_path / "stolen.sqlite3"
    raw = connection.connection.serialize()
    copy.write_bytes(raw)
    for word in (NAME, CONTACT, NOTE, NAME.casefold()):
        assert word.encode() not in copy.read_bytes()
    assert b"Sources of the east" in copy.read_bytes(), "the copy holds the site"


def test_cookie_and_database_open_only_together_for_that_person_and_session(
    circle: Circle,
) -> None:
    me = circle.viewer("human_rights")
    cookie, key = begin_sitting(actor=me, passphrase=passphrase("human_rights"), session_key="mine")
    again = resume(viewer=me, cookie=cookie, session_key="mine")

    assert again == key
    assert resume(viewer=me, cookie=cookie, session_key="another") is None
    assert resume(viewer=circle.viewer("human_rights.b"), cookie=cookie, session_key="mine") is None
    assert resume(viewer=operator("root"), cookie=cookie, session_key="mine") is None
    name, _, token = cookie.partition(".")
    forged = f"{name}.{sealing.encode(b'0' * 32)}"
    for wrong in (forged, name, token, "", "a.b", "é.é", f"{name}."):
        assert resume(viewer=me, cookie=wrong, session_key="mine") is None
    OpenSitting.objects.all().delete()
    assert resume(viewer=me, cookie=cookie, session_key="mine") is None


def test_a_sitting_ends_after_ten_minutes_unused_and_by_the_lock(circle: Circle) -> None:
    me, start = circle.viewer("human_rights"), clock.now()
    with clock.standing(start) as standing:
        cookie, _ = begin_sitting(actor=me, passphrase=passphrase("human_rights"), session_key="s")
        for minutes in (9, 18, 27):
            standing.move_to(start + dt.timedelta(minutes=minutes))
            assert resume(viewer=me, cookie=cookie, session_key="s")
        standing.move_to(start + dt.timedelta(minutes=38))
        assert resume(viewer=me, cookie=cookie, session_key="s") is None
        assert not OpenSitting.objects.exists()
        cookie, _ = begin_sitting(actor=me, passphrase=passphrase("human_rights"), session_key="s")
        assert lock(actor=me) == 1
        assert resume(viewer=me, cookie=cookie, session_key="s") is None


def test_wrong_passphrases_are_counted_and_then_refused(circle: Circle) -> None:
    me = circle.viewer("human_rights")
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            unlock_key(actor=me, passphrase="not these four words")
    with pytest.raises(TooManyTries):
        unlock_key(actor=me, passphrase=passphrase("human_rights"))
    assert AuditEntry.objects.filter(action="vault.key.refused").count() == 5
    with clock.standing(clock.now() + dt.timedelta(minutes=16)):
        assert unlock_key(actor=me, passphrase=passphrase("human_rights"))


def test_weak_passphrases_and_the_sign_in_password_are_refused(circle: Circle) -> None:
    account = circle.accounts["planner"]
    account.set_password("the very password I enter with")
    account.save()
    for weak in ("short", "12345678901234567", "the very password I enter with"):
        with pytest.raises(WeakPassphrase):
            make_key(actor=circle.viewer("planner"), passphrase=weak)


def test_a_changed_passphrase_opens_the_same_key(circle: Circle) -> None:
    me, row = circle.viewer("human_rights"), circle.report()
    change_passphrase(actor=me, old=passphrase("human_rights"), new="quite another row of words")
    with pytest.raises(WrongPassphrase):
        unlock_key(actor=me, passphrase=passphrase("human_rights"))
    circle.keys["human_rights"] = unlock_key(actor=me, passphrase="quite another row of words")
    assert read(circle, row) == NAME


def test_a_lost_key_is_replaced_and_reads_again_only_after_readmission(circle: Circle) -> None:
    row = circle.report()
    circle.make_key("human_rights.b")
    with pytest.raises(NotAReader):
        read(circle, row, "human_rights.b")
    circle.admit("human_rights.b")
    assert read(circle, row, "human_rights.b") == NAME


def test_nobody_is_admitted_with_a_key_that_was_exchanged(circle: Circle) -> None:
    told = circle.keys["human_rights.c"].fingerprint
    MemberKey.objects.filter(account=circle.accounts["human_rights.c"]).update(
        public_key=sealing.encode(sealing.public_of(sealing.new_private()))
    )
    with pytest.raises(WrongFingerprint):
        admit_reader(
            actor=circle.viewer("human_rights"),
            key=circle.keys["human_rights"],
            vault=circle.vault,
            account=circle.accounts["human_rights.c"],
            fingerprint=told,
        )
    with pytest.raises(WrongPassphrase):  # the owner of the key sees it too
        unlock_key(actor=circle.viewer("human_rights.c"), passphrase=passphrase("human_rights.c"))


def test_an_exchanged_compartment_key_is_seen_by_every_reader(circle: Circle) -> None:
    row = circle.report()
    circle.vault.versions.update(
        public_key=sealing.encode(sealing.public_of(sealing.new_private()))
    )
    with pytest.raises(CannotOpen, match="somebody changed it"):
        read(circle, row)


def test_administrators_and_the_operator_neither_create_nor_are_admitted(circle: Circle) -> None:
    for viewer in (operator("root"), circle.viewer("administrator")):
        with pytest.raises(Denied):
            make_key(actor=viewer, passphrase="a passphrase of enough words")
        with pytest.raises(Denied):
            create_compartment(
                actor=viewer, key=None, code="x", name="x", holders=[], takes_reports=False
            )
    with pytest.raises(Denied):
        admit_reader(
            actor=circle.viewer("human_rights"),
            key=circle.keys["human_rights"],
            vault=circle.vault,
            account=circle.accounts["administrator"],
            fingerprint="",
        )


def test_rotation_keeps_all_readable_for_members_and_shuts_out_the_removed(circle: Circle) -> None:
    rows = [circle.report(name=f"Person {number}") for number in range(7)]
    removed, old = circle.viewer("human_rights.b"), circle.keys["human_rights.b"]
    old_secret = keys_of(removed, old, circle.vault).newest
    remove_member(
        actor=circle.viewer("human_rights"),
        vault=circle.vault,
        account=circle.accounts["human_rights.b"],
        reason="left the mission",
    )
    circle.vault.refresh_from_db()
    assert rotation_due(circle.vault)
    rotate(circle)
    circle.vault.refresh_from_db()

    assert rotation_due(circle.vault) == []
    assert [read(circle, row) for row in rows] == [f"Person {n}" for n in range(7)]
    for row in ProtectedIdentity.objects.select_related("key_version"):
        for key, number in itertools.product((old_secret, old.private), (1, 2)):
            with pytest.raises(CannotOpen):
                sealing.unseal(key, row.name, *field_place(row, number, "name"))
    for version in circle.vault.versions.all():
        about = share_place(version, old.member_key_id)
        for share in KeyShare.objects.filter(version=version):
            with pytest.raises(CannotOpen):
                sealing.unseal(old.private, share.sealed, *about)
        assert version.previous == ""
    with pytest.raises(VaultError):
        read(circle, rows[0], "human_rights.b")


def test_a_rotation_broken_off_leaves_every_record_readable_and_goes_on(circle: Circle) -> None:
    rows = [circle.report(name=f"Person {number}") for number in range(9)]
    me = {"actor": circle.viewer("human_rights"), "key": circle.keys["human_rights"]}
    start_rotation(**me, vault=circle.vault, reason="yearly")
    for left in (6, 3, 0):
        names = [read(circle, row, "human_rights.b") for row in rows]
        assert names == [f"Person {n}" for n in range(9)]
        hits = search_identities(**me, vault=circle.vault, text="person 4")
        assert [row.pk for row in hits] == [rows[4].pk]
        assert rotation_unfinished(circle.vault)
        if left == 6:  # a second rotation may begin before the first has ended
            start_rotation(**me, vault=circle.vault, reason="again")
        assert continue_rotation(**me, vault=circle.vault, step=3).left == left
    assert not rotation_unfinished(circle.vault)
    assert rotation_left(circle.vault) == 0
    assert [read(circle, row) for row in rows] == [f"Person {n}" for n in range(9)]


def test_a_step_that_fails_changes_nothing(circle: Circle, monkeypatch) -> None:
    rows = [circle.report(name=f"Person {number}") for number in range(4)]
    me = {"actor": circle.viewer("human_rights"), "key": circle.keys["human_rights"]}
    start_rotation(**me, vault=circle.vault, reason="test")
    from primacy.platform.vault.actions import rotation

    real, calls = rotation._seal_anew, []

    def broken(*given: object) -> None:
        if len(calls) == 2:
            raise RuntimeError("the machine stops here")
        calls.append(real(*given))

    monkeypatch.setattr(rotation, "_seal_anew", broken)
    with pytest.raises(RuntimeError):
        continue_rotation(**me, vault=circle.vault)
    assert rotation_left(circle.vault) == 4
    assert [read(circle, row) for row in rows] == [f"Person {n}" for n in range(4)]


def test_a_reader_put_into_the_database_gets_no_share_at_rotation(circle: Circle) -> None:
    circle.make_key("planner")
    planted = MemberKey.objects.get(account=circle.accounts["planner"], retired_at__isnull=True)
    version = circle.vault.versions.get()
    KeyShare.objects.create(version=version, member_key=planted, sealed="AAAA", vouch="0" * 64)
    circle.vault.compartment.members.add(circle.accounts["planner"])
    rotate(circle)
    assert not KeyShare.objects.filter(member_key=planted).exists()


def test_a_closed_account_makes_a_rotation_due_and_is_left_out(circle: Circle) -> None:
    Account.objects.filter(pk=circle.accounts["human_rights.b"].pk).update(is_active=False)
    assert any("human rights.b" in line for line in rotation_due(circle.vault))
    rotate(circle)
    assert rotation_due(circle.vault) == []
    assert KeyShare.objects.count() == 1


def recover(circle: Circle, first: str, second: str, reader: str) -> None:
    told = circle.keys[reader].fingerprint
    recovery = begin_recovery(
        actor=circle.viewer(first),
        key=circle.keys[first],
        vault=circle.vault,
        second=circle.accounts[second],
        reader=circle.accounts[reader],
        fingerprint=told,
        reason="both readers lost their keys",
    )
    finish_recovery(
        actor=circle.viewer(second),
        key=circle.keys[second],
        recovery=recovery,
        fingerprint=told,
    )


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(OWNERS[1:], 2)))
def test_each_pair_of_holders_recovers_the_key(circle: Circle, first: str, second: str) -> None:
    row = circle.report()
    rotate(circle)
    KeyShare.objects.all().delete()
    circle.make_key("human_rights")
    recover(circle, first, second, "human_rights")

    assert read(circle, row) == NAME
    assert AuditEntry.objects.filter(action__startswith="vault.recovery.").count() == 2


@pytest.mark.parametrize("holder", OWNERS[1:])
def test_one_holder_alone_recovers_nothing(circle: Circle, holder: str) -> None:
    mine = circle.keys[holder]
    opened = []
    for pair in RecoverySeal.objects.select_related("version"):
        about = pair_place(pair.version, pair.first_id, pair.second_id)
        try:
            layer = sealing.unseal(mine.private, pair.sealed, "outer", *about).decode()
        except CannotOpen:
            continue
        opened.append(pair)
        for part in ("inner", "outer"):
            with pytest.raises(CannotOpen):
                sealing.unseal(mine.private, layer, part, *about)
    assert len(opened) == 2
    for other in (holder, "human_rights"):
        with pytest.raises(RecoveryRefused):
            begin_recovery(
                actor=circle.viewer(holder),
                key=mine,
                vault=circle.vault,
                second=circle.accounts[other],
                reader=circle.accounts["human_rights"],
                fingerprint=circle.keys["human_rights"].fingerprint,
                reason="alone",
            )


def test_a_withdrawn_recovery_cannot_be_finished_and_demands_a_rotation(circle: Circle) -> None:
    told = circle.keys["human_rights"].fingerprint
    given = {"reader": circle.accounts["human_rights"], "fingerprint": told, "reason": "lost"}
    recovery = begin_recovery(
        actor=circle.viewer("human_rights.b"),
        key=circle.keys["human_rights.b"],
        vault=circle.vault,
        second=circle.accounts["human_rights.c"],
        **given,
    )
    withdraw_recovery(actor=circle.viewer("human_rights.b"), recovery=recovery)
    recovery.refresh_from_db()
    circle.vault.refresh_from_db()
    assert recovery.layer == ""
    assert rotation_due(circle.vault)
    with pytest.raises(RecoveryRefused):
        finish_recovery(
            actor=circle.viewer("human_rights.c"),
            key=circle.keys["human_rights.c"],
            recovery=recovery,
            fingerprint=told,
        )


def test_unlocked_keys_never_print_themselves(circle: Circle) -> None:
    key = circle.keys["human_rights"]
    keys = keys_of(circle.viewer("human_rights"), key, circle.vault)
    assert str(key.private) not in f"{key!r} {key}"
    assert str(keys.newest) not in f"{keys!r} {keys}"


def test_a_guess_at_a_passphrase_costs_time_and_memory() -> None:
    from primacy.settings import base

    cost = sealing.Cost(**base.PRIMACY_KEY_COST)
    began = time.perf_counter()
    sealing.stretch("four quiet words", b"0" * 16, cost)
    assert cost.memory_kib >= 65536
    assert time.perf_counter() - began > 0.05
