"""A site on PostgreSQL with two roles: set up, kept up, and refused with what to do."""

import os
from pathlib import Path

import psycopg
import pytest

from tests.database.conftest import TeamSite, drop_database, new_database, requires_postgresql

pytestmark = requires_postgresql()


def test_the_site_works_as_a_role_without_power(team_site: TeamSite) -> None:
    with team_site.connect() as raw:
        powers = raw.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles "
            "WHERE rolname = current_user"
        ).fetchone()
        assert powers == (False, False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute("CREATE TABLE mine (id int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute("ALTER TABLE readiness_observation DISABLE ROW LEVEL SECURITY")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute("SET ROLE primacy_owner")


def test_a_new_connection_of_the_site_finds_no_protected_row(team_site: TeamSite) -> None:
    built = team_site.run("demo", "timor-leste", "--no-serve")
    assert built.returncode == 0, built.stderr
    with team_site.connect("PRIMACY_TEST_DATABASE_URL") as raw:
        assert raw.execute("SELECT count(*) > 20 FROM readiness_leadentry").fetchone() == (True,)
    for role in ("PRIMACY_TEST_APP_URL", "PRIMACY_TEST_OWNER_URL"):
        with team_site.connect(role) as raw:
            for table in ("readiness_leadentry", "places_area", "places_areaboundary"):
                assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), role
    # The commands of the site, which say who asks, find all of it without the owner's address.
    board = team_site.run("board", "--mission", "timor-leste", owner=False)
    assert board.returncode == 0, board.stderr
    assert "Baucau" in board.stdout


def test_without_the_owner_an_empty_database_is_refused_with_what_to_do(tmp_path: Path) -> None:
    name = f"bare_{os.getpid()}"
    new_database(name)
    try:
        refused = TeamSite(tmp_path / "site", name).run("account", "list", owner=False)
    finally:
        drop_database(name)
    assert refused.returncode == 2
    assert "PRIMACY_DATABASE_OWNER_URL" in refused.stderr
    assert "Nothing was changed" in refused.stderr


def test_policies_that_were_lifted_are_put_back_by_the_next_command(team_site: TeamSite) -> None:
    with team_site.connect("PRIMACY_TEST_OWNER_URL") as raw:
        raw.execute("DROP POLICY primacy_read ON places_area")
        raw.execute("COMMENT ON TABLE django_migrations IS 'older'")
    assert team_site.run("account", "list").returncode == 0
    with team_site.connect() as raw:
        found = raw.execute(
            "SELECT count(*) FROM pg_policies WHERE tablename = 'places_area'"
        ).fetchone()
        assert found == (5,)
