"""An evacuation wipes only what it has saved: an act is in the copy, or it was refused."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from pytest_django import Settings

from primacy.platform.archive.actions import evacuating
from primacy.platform.archive.actions.backup import Backup, write_backup
from primacy.platform.archive.actions.evacuating import evacuate
from primacy.platform.archive.actions.restoring import restore
from primacy.platform.archive.actions.wiping import Wiped, wipe
from primacy.platform.archive.errors import BackupFailed, WipeRefused
from primacy.platform.archive.keys import new_pair
from primacy.platform.archive.places import Place, folder_site
from primacy.platform.archive.sealing import Locks, Openers
from primacy.platform.audit.actions import record
from primacy.platform.audit.queries import verify
from primacy.platform.database.viewer_scope import viewer_scope
from primacy.platform.orders.models import Order
from primacy.platform.policy import operator
from primacy.rooms.places.actions import add_area
from primacy.rooms.places.facade import missions
from tests.archive.orders import order
from tests.archive.places import inside, raw

OPERATOR = operator("test")
PRIVATE, PUBLIC = new_pair()
AWAY = Locks(public_keys=[PUBLIC])


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


@contextmanager
def scoped() -> Iterator[None]:
    """Inside, row policies know who asks; a connection of another name is told when it is open."""
    connection.ensure_connection()
    with viewer_scope(OPERATOR):
        yield


class Officer(threading.Thread):
    """Somebody who goes on adding areas by a connection that was open before, until refused."""

    def __init__(self, site: Place) -> None:
        super().__init__(daemon=True)
        self.site = site
        self.kept: list[str] = []
        self.refused = ""

    def run(self) -> None:
        """Adds areas and notes each that the site said it kept."""
        with inside(self.site), scoped():
            mission = missions(OPERATOR).get()
            for number in range(100_000):
                code = f"n{number}"
                try:
                    add_area(actor=OPERATOR, mission=mission, code=code, name=code, level=1)
                except DatabaseError as problem:
                    self.refused = str(problem)
                    return
                self.kept.append(code)


@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_an_act_during_an_evacuation_is_in_the_copy_or_is_refused(
    site: Place,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    on: str,
) -> None:
    settings.PRIMACY_DATABASE_ROLE = ""  # this site's own address names its role
    here = site
    if on == "postgresql":
        here = request.getfixturevalue("on_postgresql")

    def after_a_while(place: Place) -> Wiped:
        # What was waiting for the lock gets its chance between the copy and the wipe.
        officer.join(20)
        return erase(place)

    erase = evacuating.erase
    monkeypatch.setattr(evacuating, "erase", after_a_while)
    officer = Officer(here)
    with inside(here):
        order("evacuate")
        officer.start()
        while len(officer.kept) < 3 and officer.is_alive():
            time.sleep(0.01)
        _made, wiped = evacuate(actor=OPERATOR, path=tmp_path / "e", locks=AWAY, place=here)
    assert not officer.is_alive()
    assert "evacuated" in officer.refused
    assert not wiped.troubles
    there = folder_site(tmp_path / "there")
    restore(actor=OPERATOR, path=tmp_path / "e", openers=Openers(private_key=PRIVATE), place=there)
    with raw(there) as base:
        copied = {row[0] for row in base.execute("SELECT code FROM places_area")}
    assert len(officer.kept) >= 3
    assert set(officer.kept) <= copied, "each act that was said to be kept is in the copy"
    with inside(there):
        assert verify(OPERATOR).intact
        record(OPERATOR, "test.act", None, {})  # the restored site takes acts again


def test_a_copy_that_lacks_an_act_is_no_reason_to_wipe(
    site: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def older(*given: object, **more: object) -> Backup:
        made = write_backup(*given, **more)  # type: ignore[arg-type]
        assert made.manifest is not None
        chain = {**made.manifest.chain, "head": "0" * 64}
        return replace(made, manifest=replace(made.manifest, chain=chain))

    monkeypatch.setattr(evacuating, "write_backup", older)
    with inside(site):
        key = order("evacuate")
        with pytest.raises(WipeRefused, match="would lack it"):
            evacuate(actor=OPERATOR, path=tmp_path / "e", locks=AWAY, place=site)
        assert Order.objects.get(pk=key).carried_out_at is None
        record(OPERATOR, "test.act", None, {})
        assert verify(OPERATOR).intact
        assert not (tmp_path / "e").exists()
        monkeypatch.setattr(evacuating, "write_backup", write_backup)
        evacuate(actor=OPERATOR, path=tmp_path / "e", locks=AWAY, place=site)
    assert not list(site.folder.iterdir())


def test_a_wipe_that_was_interrupted_can_be_ordered_again(
    site: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evacuating, "erase", lambda place: Wiped(troubles=["the power went"]))
    with inside(site):
        order("evacuate")
        evacuate(actor=OPERATOR, path=tmp_path / "e", locks=AWAY, place=site)
        with pytest.raises(DatabaseError, match="evacuated"):
            record(OPERATOR, "test.act", None, {})
        connection.close()
        order("wipe", ("three", "four"))
        wipe(actor=OPERATOR, place=site)
    assert not list(site.folder.iterdir())
