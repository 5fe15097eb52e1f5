"""The quick way to migrate gives the tables of Django's own way; slow, so in `make test-all`."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.database.conftest import OURS
from tests.empty_site import migrated

DJANGOS_OWN = """
import django
django.setup()
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor
from primacy.platform.database.management.commands.migrate import Command
migrate.MigrationExecutor = MigrationExecutor
call_command(Command(), verbosity=0)
"""


def objects(file: Path) -> list[tuple[str, ...]]:
    """Kind, name and text of each table, index and trigger."""
    with closing(sqlite3.connect(file)) as base:
        return sorted(base.execute("SELECT type, name, ifnull(sql, '') FROM sqlite_master"))


def test_both_ways_to_migrate_give_the_same_tables(tmp_path: Path) -> None:
    given = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    given |= {
        "PRIMACY_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "primacy.settings.embedded",
    }
    subprocess.run([sys.executable, "-c", DJANGOS_OWN], env=given, check=True)
    plain = objects(tmp_path / "primacy.sqlite3")
    assert len(plain) > 400
    assert objects(migrated()) == plain
