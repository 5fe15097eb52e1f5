"""Run as a program: builds a small Carana for each seed and prints a hash of every table.

    python carana_hashes.py EMPTY SEED…

EMPTY is a migrated database without records. Each country is built into a copy of it, in a process
of its own. Left out: when migrations ran, and two columns that are chance or place on
purpose: the mark of an account without password, and the folder an import was read from.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

NOT_COMPARED = {"django_migrations", "django_session", "sqlite_sequence"}
NOT_REPEATED = {"accounts_account": {"password"}, "imports_importbatch": {"stored_as"}}


def main(empty: str, seeds: list[int]) -> None:
    import django

    django.setup()
    from django.conf import settings

    import primacy.demo.carana  # noqa: F401  read once, before the processes part

    file = Path(settings.DATABASES["default"]["NAME"])
    for seed in seeds:
        child = os.fork()
        if child == 0:
            for old in file.parent.glob(f"{file.name}*"):
                old.unlink()  # the country of the seed before, with its write-ahead log
            shutil.copy(empty, file)
            print(json.dumps(hashes(seed)), flush=True)
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            sys.exit(f"seed {seed} failed")


def hashes(seed: int) -> dict[str, str]:
    """By table: the hash of its rows in a country built from a seed."""
    from django.db import connection

    from primacy.demo.carana import CaranaOptions
    from primacy.demo.carana.build import build_carana
    from primacy.platform.policy import operator

    options = CaranaOptions(
        until=dt.date(2026, 3, 2), seed=seed, districts=6, police=200, incidents=120, years=1
    )
    build_carana(operator=operator("tester"), options=options, progress=lambda _: None)
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names()) - NOT_COMPARED):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            left_out = NOT_REPEATED.get(table, set())
            kept = [at for at, name in enumerate(names) if name not in left_out]
            rows = sorted(repr([row[at] for at in kept]) for row in cursor.fetchall())
            found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


if __name__ == "__main__":
    main(sys.argv[1], [int(seed) for seed in sys.argv[2:]])
