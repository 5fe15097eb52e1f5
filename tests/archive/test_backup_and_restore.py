"""A backup holds the whole site and opens nothing; a restore is the same site, or nothing."""

import json
import os
import resource
import signal
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from primacy.platform.archive.actions.backup import back_up, read_backup
from primacy.platform.archive.actions.restoring import restore
from primacy.platform.archive.errors import (
    BackupFailed,
    Damaged,
    NotEmpty,
    ProofFailed,
    UnknownTable,
    WrongKey,
)
from primacy.platform.archive.places import Place, folder_site
from primacy.platform.archive.sealing import Locks, Openers
from primacy.platform.audit.queries import entries, verify
from primacy.platform.policy import Denied, guest, operator
from primacy.rooms.places.actions import add_area
from primacy.rooms.places.facade import missions
from tests.archive.places import PASSPHRASE, Cluster, copied, inside, raw

OPERATOR = operator("test")
WORDS = Openers(PASSPHRASE)


def meant(row: tuple[object, ...]) -> tuple[object, ...]:
    """A row with its JSON read: the order of keys and the spaces between them mean nothing."""
    return tuple(
        json.loads(value) if isinstance(value, str) and value[:1] in ("[", "{") else value
        for value in row
    )


def everything(place: Place) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of a SQLite site, as stored, but for what an archive leaves out."""
    with raw(place) as base:
        names = [
            row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        left_out = {"django_migrations", "django_session", "usersessions_usersession"}
        return {
            name: sorted(map(meant, base.execute(f'SELECT * FROM "{name}"')), key=repr)
            for name in names
            if name not in left_out and not name.startswith("sqlite_")
        }


def restored(path: Path, folder: Path) -> Place:
    place = folder_site(folder)
    restore(actor=OPERATOR, path=path, openers=WORDS, place=place)
    return place


def test_a_restored_site_is_the_same_to_the_last_value(
    template: Place, archive: Path, tmp_path: Path
) -> None:
    place = restored(archive, tmp_path / "again")
    before, after = everything(template), everything(place)
    log = "audit_auditentry"
    noted = {name for name in (*before, *after) if before.get(name) != after.get(name)}
    assert noted == {log}, "only the acts of backing up and restoring were added"
    assert sum(map(len, before.values())) > 500
    first = (place.folder / "files" / "imports" / "rows.csv").read_bytes()
    assert first == (template.folder / "files" / "imports" / "rows.csv").read_bytes()
    assert (place.folder / "files" / "empty").read_bytes() == b""
    assert (place.folder / "current-mission").read_text() == "sierra-leone"
    assert not (place.folder / "secret.key").exists(), "the secret key is taken along only if asked"
    with inside(place):
        assert verify(OPERATOR).intact
        assert entries(OPERATOR).filter(action="site.restore").count() == 1
    with raw(place) as base, pytest.raises(sqlite3.Error, match="append-only"):
        base.execute("UPDATE audit_auditentry SET body = 'x'")


def test_the_proof_says_what_was_compared(archive: Path, tmp_path: Path) -> None:
    proof = restore(
        actor=OPERATOR, path=archive, openers=WORDS, place=folder_site(tmp_path / "again")
    )
    text = "\n".join(proof.lines())
    assert "every count and every hash is equal" in text
    assert str(proof.manifest.chain["head"]) in text
    assert proof.guarded >= 10


def test_the_secret_key_goes_along_when_asked(site: Place, tmp_path: Path) -> None:
    path = tmp_path / "b"
    with inside(site):
        back_up(
            actor=OPERATOR, path=path, locks=Locks(PASSPHRASE), with_secret_key=True, place=site
        )
    assert (restored(path, tmp_path / "new").folder / "secret.key").read_text() == (
        "PLANTED-SECRET-KEY"
    )


def test_a_backup_without_keys_shows_nothing_of_any_record(template: Place, archive: Path) -> None:
    content = archive.read_bytes()
    with inside(template):
        mission = missions(OPERATOR).get()
        words = {mission.name, mission.country, "sierra-leone", "audit_auditentry", "PLANTED"}
    with raw(template) as base:
        words |= {row[0] for row in base.execute("SELECT email FROM accounts_account")}
        words |= {row[0][:24] for row in base.execute("SELECT statement FROM cases_fact")}
    assert len(words) > 20
    assert not [word for word in words if word.encode() in content]


def test_a_backup_taken_while_others_write_is_one_moment(site: Place, tmp_path: Path) -> None:
    stop, made = threading.Event(), list[int]()

    def write_on() -> None:
        with inside(site):
            mission = missions(OPERATOR).get()
            while not stop.is_set():
                number = len(made)
                add_area(
                    actor=OPERATOR, mission=mission, code=f"n{number}", name=f"N {number}", level=1
                )
                made.append(number)

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        with inside(site):
            while len(made) < 3 and writer.is_alive():
                time.sleep(0.01)
            taken = back_up(
                actor=OPERATOR, path=tmp_path / "b", locks=Locks(PASSPHRASE), place=site
            )
    finally:
        stop.set()
        writer.join()
    place = restored(tmp_path / "b", tmp_path / "new")
    with raw(place) as base:
        areas = base.execute("SELECT id FROM places_area WHERE code LIKE 'n%'").fetchall()
        noted = base.execute(
            "SELECT count(DISTINCT subject_id) FROM audit_auditentry WHERE replace(subject_id, "
            "'-', '') IN (SELECT id FROM places_area WHERE code LIKE 'n%')"
        ).fetchone()[0]
    assert taken.manifest is not None
    assert len(areas) >= 3
    assert noted == len(areas), "an area and its audit entry are one act: both or neither"
    with inside(place):
        assert verify(OPERATOR).intact


@pytest.mark.parametrize("harm", ["cut", "flipped", "other words"])
def test_a_damaged_archive_leaves_nothing_behind(archive: Path, tmp_path: Path, harm: str) -> None:
    content = bytearray(archive.read_bytes())
    if harm == "cut":
        del content[-5000:]
    elif harm == "flipped":
        content[len(content) // 2] ^= 4
    path, folder = tmp_path / "bad", tmp_path / "new"
    path.write_bytes(content)
    openers = Openers("not the passphrase") if harm == "other words" else WORDS
    with pytest.raises((Damaged, WrongKey)):
        restore(actor=OPERATOR, path=path, openers=openers, place=folder_site(folder))
    assert not list(folder.glob("*"))


def test_only_an_empty_site_is_restored_into(site: Place, archive: Path) -> None:
    before = everything(site)
    with pytest.raises(NotEmpty):
        restore(actor=OPERATOR, path=archive, openers=WORDS, place=site)
    assert everything(site) == before


def test_an_existing_file_is_never_overwritten(site: Place, tmp_path: Path) -> None:
    path = tmp_path / "b"
    path.write_text("older backup")
    with inside(site), pytest.raises(BackupFailed):
        back_up(actor=OPERATOR, path=path, locks=Locks(PASSPHRASE), place=site)
    assert path.read_text() == "older backup"


def test_a_backup_needs_the_person_at_the_server(site: Place, tmp_path: Path) -> None:
    with inside(site), pytest.raises(Denied):
        back_up(actor=guest(), path=tmp_path / "b", locks=Locks(PASSPHRASE), place=site)
    assert not (tmp_path / "b").exists()


def test_a_table_that_no_archive_would_carry_stops_the_backup(site: Place, tmp_path: Path) -> None:
    with raw(site) as base:
        base.execute("CREATE TABLE somebody_elses (a)")
    with inside(site), pytest.raises(UnknownTable, match="somebody_elses"):
        back_up(actor=OPERATOR, path=tmp_path / "b", locks=Locks(PASSPHRASE), place=site)
    assert not list(tmp_path.glob("*b*"))


def test_a_broken_audit_log_is_restored_only_when_accepted(site: Place, tmp_path: Path) -> None:
    with raw(site) as base:
        base.execute("DROP TRIGGER audit_auditentry_no_update")
        base.execute("UPDATE audit_auditentry SET body = '{}' WHERE sequence = 5")
    with inside(site):
        back_up(actor=OPERATOR, path=tmp_path / "b", locks=Locks(PASSPHRASE), place=site)
    place = folder_site(tmp_path / "new")
    with pytest.raises(ProofFailed, match="broken at entry 5"):
        restore(actor=OPERATOR, path=tmp_path / "b", openers=WORDS, place=place)
    assert not list(place.folder.iterdir())
    proof = restore(
        actor=OPERATOR, path=tmp_path / "b", openers=WORDS, place=place, accept_broken_chain=True
    )
    assert "BROKEN at entry 5" in "\n".join(proof.lines())


def in_a_child(act: object, largest: int) -> int:
    """The exit code of an act in a process of its own that may write no file beyond a size."""
    child = os.fork()
    if child == 0:
        code = 3
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            act()  # type: ignore[operator]
            code = 0
        except (BackupFailed, ProofFailed):
            code = 7
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_full_disk_leaves_no_backup_and_no_site(
    site: Place, archive: Path, tmp_path: Path
) -> None:
    def save() -> None:
        from primacy.platform.archive.actions.backup import write_backup

        write_backup(
            site, tmp_path / "out" / "b", Locks(PASSPHRASE), with_secret_key=False, verify=True
        )

    def bring_back() -> None:
        restore(actor=OPERATOR, path=archive, openers=WORDS, place=folder_site(tmp_path / "new"))

    (tmp_path / "out").mkdir()
    assert in_a_child(save, 40_000) == 7
    assert not list((tmp_path / "out").iterdir())
    assert in_a_child(bring_back, 1_200_000) == 7
    assert not list((tmp_path / "new").iterdir())


def test_a_backup_goes_to_postgresql_and_back(
    template: Place, archive: Path, server: Cluster, tmp_path: Path
) -> None:
    there = server.place(tmp_path / "team")
    restore(actor=OPERATOR, path=archive, openers=WORDS, place=there)
    with inside(there):
        assert verify(OPERATOR).intact
        back_up(actor=OPERATOR, path=tmp_path / "b2", locks=Locks(PASSPHRASE), place=there)
    there_head, there_manifest = read_backup(tmp_path / "b2", WORDS)
    here_head, here_manifest = read_backup(archive, WORDS)
    assert (here_head.database, there_head.database) == ("sqlite", "postgresql")
    changed = {
        label
        for label, stated in here_manifest.tables.items()
        if there_manifest.tables[label] != stated
    }
    assert changed <= {"audit.AuditEntry"}, "both databases give the same hash of every table"
    back = restored(tmp_path / "b2", tmp_path / "back")
    before, after = everything(template), everything(back)
    assert {name for name in before if before[name] != after[name]} == {"audit_auditentry"}
    with pytest.raises(NotEmpty):
        restore(actor=OPERATOR, path=archive, openers=WORDS, place=there)


def test_new_rows_after_a_restore_get_new_numbers(
    archive: Path, server: Cluster, tmp_path: Path
) -> None:
    there = server.place(tmp_path / "team")
    restore(actor=OPERATOR, path=archive, openers=WORDS, place=there)
    with inside(there):
        from django.contrib.auth.models import Group

        Group.objects.create(name="after")
        mission = missions(OPERATOR).get()
        add_area(actor=OPERATOR, mission=mission, code="new", name="New", level=1)
        assert verify(OPERATOR).intact


def test_copies_do_not_share_anything(template: Place, tmp_path: Path) -> None:
    one = copied(template, tmp_path / "one")
    assert everything(one) == everything(template)
