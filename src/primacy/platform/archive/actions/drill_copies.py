"""Copies of a site that a drill makes on PostgreSQL: marked, so that a later drill clears them.

A database is cleared only where its own mark and the note in the site's folder name one drill that
is dead. A real site that was put there since has no such mark.
"""

import shutil
from pathlib import Path

from django.db import connections
from django.utils.translation import gettext as _

from primacy.platform.archive.actions.restoring import drop_all
from primacy.platform.archive.errors import WipeRefused
from primacy.platform.archive.leftovers import COPY_NOTE, drills_left
from primacy.platform.archive.places import Place
from primacy.platform.archive.stores import PostgresStore, quoted, second_connection

MARK = "primacy drill "
READ_MARK = (
    "SELECT coalesce(obj_description(current_schema()::regnamespace, 'pg_namespace'), ''), "
    "current_schema(), pg_has_role(nspowner, 'USAGE') "
    "FROM pg_namespace WHERE nspname = current_schema()"
)


def clear_dead_copies(folder: Path, target: Place) -> None:
    """Nothing; empties the target where a dead drill of this site left its copy in it."""
    if target.on_sqlite:
        return
    for left in drills_left(folder):
        if left.database != target.words:
            continue
        with second_connection(target.database) as alias:
            connections[alias].ensure_connection()
            store = PostgresStore(connections[alias])
            if str(store.query(READ_MARK)[0][0]) == MARK + left.path.name:
                drop_all(alias)
                _comment(store, "NULL")
        shutil.rmtree(left.path, ignore_errors=True)


def mark_copy(beside: Path, target: Place) -> None:
    """Nothing; notes beside the site, and in the target, that a drill's copy will be there."""
    if target.on_sqlite:
        return
    with second_connection(target.database) as alias:
        connections[alias].ensure_connection()
        store = PostgresStore(connections[alias])
        if store.query(READ_MARK)[0][2] is not True:
            raise WipeRefused(
                _(
                    "The role of %(where)s does not own its schema, so that a copy there could not "
                    "be told from a site. Nothing was done; name the role that owns the tables."
                )
                % {"where": target.words}
            )
        (beside / COPY_NOTE).write_text(target.words, encoding="utf-8")
        _comment(store, f"'{MARK}{beside.name}'")


def unmark_copy(target: Place) -> None:
    """Nothing; takes the mark from a target whose copy was removed."""
    if target.on_sqlite:
        return
    with second_connection(target.database) as alias:
        connections[alias].ensure_connection()
        _comment(PostgresStore(connections[alias]), "NULL")


def _comment(store: PostgresStore, words: str) -> None:
    schema = quoted(str(store.query(READ_MARK)[0][1]))
    store.query_nothing(f"COMMENT ON SCHEMA {schema} IS {words}")
