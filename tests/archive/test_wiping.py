"""A wipe needs two persons and leaves nothing; an evacuation wipes only what it has saved."""

import uuid
from pathlib import Path

import pytest

from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.archive.actions.restoring import restore
from primacy.platform.archive.actions.wiping import drill, evacuate, wipe
from primacy.platform.archive.errors import BackupFailed, WipeRefused
from primacy.platform.archive.keys import new_pair
from primacy.platform.archive.places import Place, folder_site
from primacy.platform.archive.sealing import Locks, Openers
from primacy.platform.archive.stores import reading
from primacy.platform.audit.queries import entries, verify
from primacy.platform.orders.actions import ask, release
from primacy.platform.orders.errors import NotReleased
from primacy.platform.orders.models import Order
from primacy.platform.policy import Grant, Viewer, ViewerKind, operator
from tests.archive.places import Cluster, inside

OPERATOR = operator("test")
PRIVATE, PUBLIC = new_pair()


def overseers() -> list[Viewer]:
    """Two persons who may order an emergency."""
    made = []
    for name in ("one", "two"):
        account = Account.objects.create_user(f"{name}@example.org", name=name)
        assert viewer_of(account).account_id == account.pk
        made.append(
            Viewer(ViewerKind.ACCOUNT, name, account_id=account.pk, grants=(Grant("oversight"),))
        )
    return made


def order(kind: str) -> uuid.UUID:
    one, two = overseers()
    asked = ask(actor=one, kind=kind, reason="The town is about to be taken.")
    release(actor=two, order=asked)
    return asked.pk


def test_nothing_is_wiped_without_a_released_order(site: Place, tmp_path: Path) -> None:
    before = site.file.read_bytes()
    with inside(site):
        one, _ = overseers()
        ask(actor=one, kind="wipe", reason="The town is about to be taken.")
        with pytest.raises(NotReleased):
            wipe(actor=OPERATOR, place=site)
        with pytest.raises(NotReleased):
            evacuate(
                actor=OPERATOR, path=tmp_path / "e", locks=Locks(public_keys=[PUBLIC]), place=site
            )
    assert len(site.file.read_bytes()) >= len(before)
    assert (site.folder / "secret.key").exists()
    assert not (tmp_path / "e").exists()


def test_a_wipe_leaves_nothing_of_the_site_and_touches_nothing_else(site: Place) -> None:
    (site.folder / "notes-of-somebody.txt").write_text("not part of the site")
    with inside(site):
        order("wipe")
        wiped = wipe(actor=OPERATOR, place=site)
    assert [path.name for path in site.folder.iterdir()] == ["notes-of-somebody.txt"]
    assert wiped.left == ["notes-of-somebody.txt"]
    assert not wiped.troubles
    assert list(wiped.seconds) == ["keys", "database", "files"]
    assert wiped.files >= 4


def test_files_are_overwritten_before_they_are_removed(site: Place, tmp_path: Path) -> None:
    # A second name of the same file shows what stands on the disk afterwards.
    (tmp_path / "kept-key").hardlink_to(site.folder / "secret.key")
    (tmp_path / "kept-base").hardlink_to(site.file)
    with inside(site):
        order("wipe")
        wipe(actor=OPERATOR, place=site)
    assert b"PLANTED" not in (tmp_path / "kept-key").read_bytes()
    left = (tmp_path / "kept-base").read_bytes()
    assert left
    assert b"sierra-leone" not in left
    assert b"SQLite format" not in left


def test_an_evacuated_site_opens_elsewhere_with_the_private_key(
    site: Place, tmp_path: Path
) -> None:
    with inside(site):
        key = order("evacuate")
        made, wiped = evacuate(
            actor=OPERATOR, path=tmp_path / "e", locks=Locks(public_keys=[PUBLIC]), place=site
        )
    assert made.manifest is not None
    assert not wiped.troubles
    assert not list(site.folder.iterdir())
    there = folder_site(tmp_path / "there")
    restore(actor=OPERATOR, path=tmp_path / "e", openers=Openers(private_key=PRIVATE), place=there)
    with inside(there):
        assert verify(OPERATOR).intact
        assert Order.objects.get(pk=key).released_at is not None


def test_where_the_backup_fails_nothing_is_wiped_and_the_order_stays_good(
    site: Place, tmp_path: Path
) -> None:
    with inside(site):
        key = order("evacuate")
        with pytest.raises(BackupFailed):
            evacuate(
                actor=OPERATOR,
                path=tmp_path / "no" / "such" / "folder",
                locks=Locks(public_keys=[PUBLIC]),
                place=site,
            )
        assert Order.objects.get(pk=key).carried_out_at is None
        assert verify(OPERATOR).intact
    assert (site.folder / "secret.key").exists()


@pytest.mark.parametrize("locks", [Locks("a long enough passphrase"), Locks()])
def test_an_evacuation_is_sealed_to_keys_held_elsewhere(
    site: Place, tmp_path: Path, locks: Locks
) -> None:
    with inside(site):
        order("evacuate")
        with pytest.raises(WipeRefused):
            evacuate(actor=OPERATOR, path=tmp_path / "e", locks=locks, place=site)
        with pytest.raises(WipeRefused, match="inside the folder"):
            evacuate(
                actor=OPERATOR,
                path=site.folder / "e",
                locks=Locks(public_keys=[PUBLIC]),
                place=site,
            )


def test_a_drill_touches_nothing_and_is_noted(site: Place, tmp_path: Path) -> None:
    with inside(site):
        done = drill(actor=OPERATOR, locks=Locks(public_keys=[PUBLIC]), place=site)
        entry = entries(OPERATOR).first()
        assert entry is not None
        assert entry.action == "emergency.drill"
        assert verify(OPERATOR).intact
    assert done.backup is not None
    assert done.wiped.files >= 4
    assert done.seconds < 600
    assert (site.folder / "secret.key").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_wipe_of_postgresql_drops_every_table(
    site: Place, server: Cluster, tmp_path: Path
) -> None:
    there = server.place(tmp_path / "copy")
    with inside(site):
        done = drill(actor=OPERATOR, copy=there, place=site)
    assert not done.wiped.troubles
    assert done.wiped.tables > 40
    with reading(there.database) as store:
        assert store.table_names() == []
