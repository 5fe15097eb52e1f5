"""A site with a case in force and a delivery is carried over whole, and its gate holds there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections, transaction

from primacy.platform.archive.actions import loading
from primacy.platform.archive.actions.backup import back_up
from primacy.platform.archive.actions.moving import move
from primacy.platform.archive.actions.restoring import restore
from primacy.platform.archive.places import Place, folder_site
from primacy.platform.archive.sealing import Locks, Openers
from primacy.platform.archive.stores import second_connection, writing
from primacy.platform.audit.queries import verify
from primacy.rooms.support.errors import NotCleared
from primacy.rooms.support.models import Delivery, SupportCase
from tests.archive.migrated import Copies, every_migration
from tests.archive.places import PASSPHRASE, Cluster, inside
from tests.conftest import STEWARD
from tests.rooms.support.conftest import Desk, small_desk

Supplied = tuple[Place, Desk]


@pytest.fixture
def supplied(tmp_path: Path, copies: Copies) -> Supplied:
    """A site with a case in force, a delivery under it, one around the gate, and a stop."""
    place = folder_site(tmp_path / "supplied")
    place.folder.mkdir()
    with second_connection(place.database) as alias:
        loading.migrate_to(alias, every_migration())
        loading.migrate_on(alias)
    with inside(place):
        desk = small_desk()
        desk.deliver(desk.active())
        desk.to("suspended", recipients=[desk.other])
    return place, desk


def gates(place: Place) -> set[str]:
    """The gates that check rows on a site."""
    with writing(place.database) as store:
        return store.gates()


@contextmanager
def refused(words: str) -> Iterator[None]:
    """Within, the database refuses with these words."""
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        yield


def require_the_gate(desk: Desk) -> None:
    """Nothing, where rows are whole and the database itself refuses what did not pass the gate."""
    assert verify(STEWARD).intact
    [case] = SupportCase.objects.filter(state="active")
    [delivery] = Delivery.objects.all()
    with refused("without a clearance in force"):
        forged = {f.name: getattr(delivery, f.name) for f in Delivery._meta.fields}
        forged |= {"id": case.pk, "number": 7, "clearance_id": case.pk, "clearance": None}
        del forged["clearance"]
        Delivery.objects.create(**forged)
    with refused("begins as a draft"), connection.cursor() as cursor:
        names = ", ".join(f.column for f in SupportCase._meta.fields if f.column != "number")
        chosen = names.replace("id, ", f"'{delivery.pk.hex}', ", 1)
        assert chosen != names
        cursor.execute(
            f"INSERT INTO support_supportcase (number, {names}) SELECT 99, {chosen} "
            "FROM support_supportcase WHERE number = %s", [case.number],
        )  # fmt: skip
    with refused("cannot go from this state"):
        SupportCase.objects.filter(pk=case.pk).update(state="withdrawn")
    assert desk.deliver(case).number == 2
    with pytest.raises(NotCleared, match="stop list"):
        desk.deliver(SupportCase.objects.get(state="suspended"))


def test_a_restored_site_has_its_deliveries_and_its_gate(
    supplied: Supplied, tmp_path: Path
) -> None:
    place, desk = supplied
    before = gates(place)
    assert len(before) >= 6
    with inside(place):
        back_up(actor=STEWARD, path=tmp_path / "a.primacy", locks=Locks(PASSPHRASE), place=place)
    copy = folder_site(tmp_path / "copy")
    restore(actor=STEWARD, path=tmp_path / "a.primacy", openers=Openers(PASSPHRASE), place=copy)
    assert gates(copy) == before
    with inside(copy):
        require_the_gate(desk)


def test_a_site_moved_to_postgresql_and_back_has_its_gate_on_both(
    supplied: Supplied, server: Cluster, tmp_path: Path
) -> None:
    place, desk = supplied
    before = gates(place)
    team = server.team_place(tmp_path / "team")
    with inside(place):
        move(actor=STEWARD, target=team, source=place)
    assert gates(team) == before
    with inside(team):
        back = folder_site(tmp_path / "back")
        move(actor=STEWARD, target=back, source=team)
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT set_config('primacy.maintenance', 'on', false)")
        require_the_gate(desk)
    with inside(back):
        require_the_gate(desk)


def test_a_gate_that_does_not_come_back_undoes_the_whole_load(
    supplied: Supplied, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from primacy.platform.archive.errors import ProofFailed
    from primacy.platform.archive.stores import SqliteStore

    @contextmanager
    def for_good(store: SqliteStore) -> Iterator[None]:
        store.query_nothing("DROP TRIGGER support_delivery_insert_gate")
        with usual(store):
            yield

    usual = SqliteStore.without_gates
    monkeypatch.setattr(SqliteStore, "without_gates", for_good)
    place, _desk = supplied
    with inside(place), pytest.raises(ProofFailed, match="support_delivery_insert_gate"):
        move(actor=STEWARD, target=folder_site(tmp_path / "new"), source=place)
