"""Whole copies on PostgreSQL by the role that owns the tables and is held to their row policies."""

from pathlib import Path

import psycopg
import pytest

from primacy.platform.archive.actions.backup import back_up, read_backup
from primacy.platform.archive.actions.moving import move
from primacy.platform.archive.actions.restoring import restore
from primacy.platform.archive.errors import RowsHidden
from primacy.platform.archive.places import Place, folder_site, site_at
from primacy.platform.archive.sealing import Locks, Openers
from primacy.platform.policy import operator
from tests.archive.places import PASSPHRASE, Cluster, at_database, inside

OPERATOR = operator("test")
FORCED = "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = 'places_area'"


def as_driver(place: Place, server: Cluster) -> str:
    """The address of a place for its owner."""
    return at_database(server.owner, str(place.database["NAME"]))


def test_the_owner_copies_what_the_policies_hide_from_it(
    archive: Path, on_postgresql: Place, server: Cluster, tmp_path: Path
) -> None:
    with psycopg.connect(as_driver(on_postgresql, server)) as raw:
        assert raw.execute(FORCED).fetchone() == (True,)
        assert raw.execute("SELECT count(*) FROM places_area").fetchone() == (0,)
    with inside(on_postgresql):
        back_up(actor=OPERATOR, path=tmp_path / "b", locks=Locks(PASSPHRASE), place=on_postgresql)
    words = Openers(PASSPHRASE)
    _head, first = read_backup(archive, words)
    _head, second = read_backup(tmp_path / "b", words)
    assert int(str(first.tables["places.Area"]["rows"])) > 0
    assert first.tables["places.Area"] == second.tables["places.Area"]
    again = server.team_place(tmp_path / "again")
    restore(actor=OPERATOR, path=tmp_path / "b", openers=words, place=again)
    with inside(again):
        proof = move(actor=OPERATOR, target=folder_site(tmp_path / "back"), source=again)
    assert proof.manifest.tables["places.Area"] == first.tables["places.Area"]


def test_the_role_of_the_site_makes_no_incomplete_copy(
    on_postgresql: Place, server: Cluster, tmp_path: Path
) -> None:
    name = str(on_postgresql.database["NAME"])
    with psycopg.connect(as_driver(on_postgresql, server)) as raw:
        raw.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO primacy_app")
        raw.execute("GRANT USAGE ON SCHEMA public TO primacy_app")
    hidden = Place(on_postgresql.folder, site_at(at_database(server.application, name)).database)
    with inside(on_postgresql), pytest.raises(RowsHidden, match="PRIMACY_DATABASE_OWNER_URL"):
        back_up(actor=OPERATOR, path=tmp_path / "b", locks=Locks(PASSPHRASE), place=hidden)
    assert not list(tmp_path.glob("*b"))
