"""Backup, restore, move, wipe and evacuation as the keeper of a server calls them."""

import shutil
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from primacy.platform.archive.keys import new_pair, public_text
from primacy.platform.archive.places import folder_site
from tests.archive.orders import order
from tests.archive.places import PASSPHRASE, inside
from tests.cli.conftest import Outcome, program

KEY = public_text(new_pair()[1])


def keep(home: Path, *arguments: str) -> Outcome:
    """The outcome of a command on this site, with the passphrase as scripts give it."""
    return program("--home", str(home), *arguments, PRIMACY_PASSPHRASE=PASSPHRASE)


@pytest.fixture
def home(timor_home: Path, tmp_path: Path) -> Path:
    """A copy of a built site."""
    return Path(shutil.copytree(timor_home, tmp_path / "site"))


def test_a_site_is_backed_up_checked_and_restored(home: Path, tmp_path: Path) -> None:
    file, again = str(tmp_path / "b.primacy"), tmp_path / "again"
    made = keep(home, "backup", file)
    assert made.code == 0, made.err
    assert "Verified:" in made.out
    twice = keep(home, "backup", file)
    assert twice.code == 2
    assert "exists already" in twice.err
    checked = keep(again, "restore", file, "--check-only")
    assert checked.code == 0, checked.err
    head = checked.out.rsplit("audit head ", 1)[1].strip(" .\n")
    assert head in made.out
    over = keep(home, "restore", file)
    assert over.code == 2
    assert "not empty" in over.err
    restored = keep(again, "restore", file)
    assert restored.code == 0, restored.err
    assert "every count and every hash is equal" in restored.out
    assert head in restored.out


def test_a_site_moves_and_the_old_place_is_not_served(home: Path, tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path / 'new' / 'primacy.sqlite3'}"
    (tmp_path / "new").mkdir()
    moved = keep(home, "move", "--to", target)
    assert moved.code == 0, moved.err
    assert "proved on both sides" in moved.out
    served = keep(home, "serve")
    assert served.code == 2
    assert "grow apart" in served.err
    again = keep(home, "move", "--to", target)
    assert again.code == 2
    assert "moved before" in again.err


def test_nothing_is_wiped_without_an_order_and_all_with_one(
    home: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    refused = keep(home, "wipe", "--yes")
    assert refused.code == 2
    assert "Nothing was done" in refused.err
    assert (home / "primacy.sqlite3").exists()
    place = folder_site(home)
    with django_db_blocker.unblock(), inside(place):
        order("wipe")
    wiped = keep(home, "wipe", "--yes")
    assert wiped.code == 0, wiped.err
    assert "Not guaranteed" in wiped.out
    assert not (home / "primacy.sqlite3").exists()
    assert not (home / "secret.key").exists()


def test_an_evacuation_needs_a_key_and_an_order(
    home: Path, tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    file = tmp_path / "e.primacy"
    for given in ((), ("--to-key", KEY)):
        refused = keep(home, "evacuate", str(file), "--yes", *given)
        assert refused.code == 2
        assert "Nothing was done" in refused.err
    assert (home / "primacy.sqlite3").exists()
    assert not file.exists()
    with django_db_blocker.unblock(), inside(folder_site(home)):
        order("evacuate")
    gone = keep(home, "evacuate", str(file), "--yes", "--to-key", KEY)
    assert gone.code == 0, gone.err
    assert "Verified:" in gone.out
    assert file.exists()
    assert not (home / "primacy.sqlite3").exists()


def test_the_copy_of_a_stopped_drill_is_told_by_check(home: Path) -> None:
    left = home / ".primacy-drill-0badf00d"
    left.mkdir()
    told = keep(home, "check")
    assert told.code == 1
    assert "A drill that was stopped left a copy" in " ".join(told.out.split())
