"""One small Carana, built once for all tests of this folder, and a migrated empty database file."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, transaction

from primacy.demo.carana import CaranaOptions
from primacy.demo.carana.build import Built, build_carana
from primacy.platform.policy import operator

UNTIL = dt.date(2026, 3, 2)
SMALL = CaranaOptions(until=UNTIL, seed=11, districts=9, police=300, incidents=200, years=2)


@pytest.fixture(scope="module")
def carana(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Built]:
    """The country, rolled back after the module; its tests run in one process (`xdist_group`)."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield build_carana(operator=operator("tester"), options=SMALL, progress=lambda _: None)
        transaction.set_rollback(True)


@pytest.fixture
def empty_site(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path: Path
) -> Path:
    """A copy of the migrated test database as a file; skips where that is no SQLite.

    Migrating takes longer than building a small country, so programs begin with this copy.
    """
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        if connection.vendor != "sqlite":
            pytest.skip("builds SQLite files of its own: runs where the suite runs on SQLite")
        connection.ensure_connection()
        path = tmp_path / "empty.sqlite3"
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            left = copy.execute("SELECT count(*) FROM audit_auditentry").fetchone()[0]
    assert left == 0, "a test before this one left records behind"
    return path
