"""A wipe needs two persons and leaves nothing; an evacuation wipes only what it has saved."""

from pathlib import Path

import pytest

from primacy.platform.archive.actions.evacuating import evacuate
from primacy.platform.archive.actions.wiping import drill, wipe
from primacy.platform.archive.keys import new_pair
from primacy.platform.archive.places import Place
from primacy.platform.archive.sealing import Locks
from primacy.platform.archive.stores import reading
from primacy.platform.audit.queries import entries, verify
from primacy.platform.orders.actions import ask
from primacy.platform.orders.errors import NotReleased
from primacy.platform.policy import operator
from tests.archive.orders import order, overseers
from tests.archive.places import Cluster, inside

OPERATOR = operator("test")
PRIVATE, PUBLIC = new_pair()


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
