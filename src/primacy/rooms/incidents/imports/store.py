"""Bulk writes of incidents: the one path that goes round the ORM, for speed.

It is called only inside the transaction of `load_incidents`, `load_ucdp_api` or `undo_incidents`,
which put the import batch (file, SHA-256, counts) and one audit entry beside the rows. Rows carry
the batch's id, so that everything it brought can be found and taken back.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import compress, repeat
from typing import Protocol, cast

import numpy as np
from django.db import connection

from primacy.platform.ids import uuid7_hex
from primacy.rooms.incidents.imports.records import EVERY_TYPE, Events, Placed
from primacy.rooms.incidents.models import Incident

COLUMNS = (
    "id", "recorded_at", "recorded_by_id", "marking", "mission_id", "area_id", "origin",
    "origin_id", "vintage", "type", "date_start", "date_end", "date_precision", "lat", "lon",
    "where_precision", "place", "adm_1", "adm_2", "country", "h3", "priogrid", "side_a", "side_b",
    "conflict", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "deaths_best",
    "deaths_low", "deaths_high", "headline", "source_text", "batch_id",
)  # fmt: skip

LOAD_CACHE = -262_144
"""SQLite's page cache during a load: 256 MB (negative numbers are kibibytes)."""

ASKED_AT_ONCE = 500
"""Ids in one question to the database."""

Known = dict[str, tuple[object, ...]]
"""By the origin's own id: the values stored under it, as `stated` gives them."""


class Writer(Protocol):
    """A cursor that runs one statement for many rows."""

    @property
    def rowcount(self) -> int:
        """Rows the last call wrote."""

    def executemany(self, sql: str, rows: Iterator[tuple[object, ...]], /) -> object:
        """Runs the statement for each row."""


@dataclass(frozen=True)
class Stamp:
    """What all rows of one load share."""

    mission_id: uuid.UUID
    batch_id: uuid.UUID
    account_id: uuid.UUID | None
    origin: str
    vintage: str
    marking: int
    recorded_at: dt.datetime


def table() -> str:
    """The table's name, quoted."""
    return connection.ops.quote_name(Incident._meta.db_table)


def key_of(value: uuid.UUID) -> str:
    """An id as the database stores it."""
    return str(value) if connection.features.has_native_uuid_field else value.hex


def known_events(mission_id: uuid.UUID, origin: str, vintage: str, ids: Sequence[str]) -> Known:
    """The events on record of one release, of these ids at least."""
    rows = Incident.objects.filter(mission_id=mission_id, origin=origin, vintage=vintage)
    names = (
        "origin_id", "type", "date_start", "date_end", "lat", "lon", "deaths_a", "deaths_b",
        "deaths_civilians", "deaths_unknown", "deaths_best", "deaths_low", "deaths_high",
    )  # fmt: skip
    wanted = rows.order_by().values_list(*names)
    if rows.count() <= len(ids):
        return {row[0]: row[1:] for row in wanted.iterator(10_000)}
    # A small file beside a large register: only its own ids are looked up. The mission is compared
    # here: named in the question, PostgreSQL walks the mission's index, all rows of it, as long as
    # a load that is not committed has left the table without statistics.
    found: Known = {}
    of_release = Incident.objects.filter(origin=origin, vintage=vintage).order_by()
    asked = of_release.values_list("mission_id", *names)
    for start in range(0, len(ids), ASKED_AT_ONCE):
        block = asked.filter(origin_id__in=ids[start : start + ASKED_AT_ONCE])
        found.update((row[1], row[2:]) for row in block if row[0] == mission_id)
    return found


def stated(events: Events) -> Iterator[tuple[object, ...]]:
    """For each event the values that a second reading of the same release must repeat."""
    return zip(
        [EVERY_TYPE[number].value for number in events.type.tolist()],
        events.date_start.tolist(),
        events.date_end.tolist(),
        events.lat.tolist(),
        events.lon.tolist(),
        *(column.tolist() for column in events.deaths),
        strict=True,
    )


@contextmanager
def roomy_cache() -> Iterator[None]:
    """Nothing; gives SQLite a page cache that holds the indexes of a large load while it lasts.

    With the everyday cache the pages of nine indexes are written out and read back again within
    the transaction, which took half of the time of 300,000 rows.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = {LOAD_CACHE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {int(before)}")


def insert(placed: Sequence[Placed], stamp: Stamp) -> int:
    """The number of rows added; an event on record already (same release) is left as it is."""
    names = ", ".join(connection.ops.quote_name(name) for name in COLUMNS)
    marks = ", ".join(["%s"] * len(COLUMNS))
    sql = f"INSERT INTO {table()} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608
    added = 0
    with _writing() as cursor:
        for chunk in placed:
            if chunk.fresh.any():
                # A stream of rows keeps one row in memory.
                cursor.executemany(sql, _rows(chunk, stamp))
                added += cursor.rowcount
    return added


@contextmanager
def _writing() -> Iterator[Writer]:
    """A cursor for many equal statements.

    On PostgreSQL the statement is prepared once: planned anew with its row policies for each row,
    as Django's own cursor has it done, it costs more than the writing.
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cast(Writer, cursor)  # its stubs ask for a sequence; a stream does
        return
    from psycopg import Cursor

    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as plain:
        yield plain


def _rows(chunk: Placed, stamp: Stamp) -> Iterator[tuple[object, ...]]:
    """The rows to store, in the order of `COLUMNS`; built column by column."""
    events, fresh = chunk.events, chunk.fresh
    count = int(fresh.sum())
    texts = (events.place, events.adm_1, events.adm_2, events.country)
    kinds = {number: kind.value for number, kind in EVERY_TYPE.items()}
    by = key_of(stamp.account_id) if stamp.account_id else None
    at = connection.ops.adapt_datetimefield_value(stamp.recorded_at)
    return zip(
        _ids(count),
        repeat(at, count),
        repeat(by, count),
        repeat(stamp.marking, count),
        repeat(key_of(stamp.mission_id), count),
        compress(chunk.areas, fresh),
        repeat(stamp.origin, count),
        map(str, events.origin_id[fresh].tolist()),
        repeat(stamp.vintage, count),
        map(kinds.__getitem__, events.type[fresh].tolist()),
        np.datetime_as_string(events.date_start[fresh]).tolist(),
        np.datetime_as_string(events.date_end[fresh]).tolist(),
        events.date_precision[fresh].tolist(),
        events.lat[fresh].tolist(),
        events.lon[fresh].tolist(),
        events.where_precision[fresh].tolist(),
        *(compress(column, fresh) for column in texts),
        chunk.h3[fresh].tolist(),
        events.priogrid[fresh].tolist(),
        *(compress(column, fresh) for column in (events.side_a, events.side_b, events.conflict)),
        *(column[fresh].tolist() for column in events.deaths),
        compress(events.headline, fresh),
        compress(events.source_text, fresh),
        repeat(key_of(stamp.batch_id), count),
        strict=True,
    )


def _ids(count: int) -> list[str]:
    """New ids as the database stores them."""
    made = uuid7_hex(count)
    if connection.features.has_native_uuid_field:
        return [str(uuid.UUID(hex=text)) for text in made]
    return made


def set_superseded(
    mission_id: uuid.UUID,
    origin: str,
    vintage: str,
    newer: Sequence[str],
    *,
    batch_id: uuid.UUID,
    without_batch: bool = False,
) -> int:
    """The number of rows of `vintage` that changed, among the events the batch speaks of.

    A row is superseded from the moment the first `newer` release on record brought its event;
    with no such release it is the present one again. `without_batch` counts the batch's own rows
    as gone already.
    """
    if not newer:
        return 0
    name = table()
    marks = ", ".join(["%s"] * len(newer))
    gone = " AND (n.batch_id IS NULL OR n.batch_id <> %s)" if without_batch else ""
    # The names below are quoted identifiers and placeholders; every value is a parameter.
    first = (
        f"SELECT MIN(n.recorded_at) FROM {name} n WHERE n.mission_id = {name}.mission_id "  # noqa: S608
        f"AND n.origin = {name}.origin AND n.origin_id = {name}.origin_id "
        f"AND n.vintage IN ({marks}){gone}"
    )
    sql = (
        f"UPDATE {name} SET superseded_at = ({first}) WHERE mission_id = %s AND origin = %s "  # noqa: S608
        f"AND vintage = %s AND origin_id IN (SELECT origin_id FROM {name} WHERE batch_id = %s)"
    )
    batch = key_of(batch_id)
    values = [*newer, *([batch] if without_batch else [])]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, key_of(mission_id), origin, vintage, batch])
        return int(cursor.rowcount)
