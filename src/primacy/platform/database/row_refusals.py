"""A write that a row policy refused: a refusal to act on, noted in the audit log.

The first lock should have refused before the database had to: each of these shows a hole in it.
The refused act's transaction is lost with whatever it would have noted, so the note waits until
the act is over and is written when the viewer's scope ends.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, ProgrammingError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from primacy.platform.database.actions import note_row_refusals
from primacy.platform.database.errors import RowRefused
from primacy.platform.policy import Viewer

log = logging.getLogger("primacy.database")

WRITE = re.compile(r'\s*(INSERT INTO|UPDATE)\s+"([^"]+)"', re.IGNORECASE)
INSUFFICIENT_PRIVILEGE = "42501"
CHECKED_BY = "ExecWithCheckOptions"
"""The function of PostgreSQL that holds a row against its policies; messages are translated."""

Waiting = list[tuple[str, str]]
"""Refused writes: what was tried, on which table."""

_waiting: ContextVar[Waiting | None] = ContextVar("primacy_row_refusals", default=None)


def as_refusal(
    execute: Callable[..., object], sql: str, params: object, many: bool, context: object
) -> object:
    """What the statement answers; `RowRefused` where a row policy refused what it writes."""
    try:
        return execute(sql, params, many, context)
    except ProgrammingError as problem:
        if not refused_by_policy(problem):
            raise
        found = WRITE.match(str(sql))
        verb, table = (found[1].split()[0].lower(), found[2]) if found else ("write", "")
        waiting = _waiting.get()
        if waiting is not None:
            waiting.append((verb, table))
        log.warning("a row policy refused: %s %s", verb, table)
        raise RowRefused from problem


def refused_by_policy(problem: ProgrammingError) -> bool:
    """True for a row that a policy does not take; false for a missing right on a whole table."""
    # The driver is not imported for it: a site on SQLite need not have one for PostgreSQL.
    cause = problem.__cause__
    if getattr(cause, "sqlstate", "") != INSUFFICIENT_PRIVILEGE:
        return False
    source = getattr(getattr(cause, "diag", None), "source_function", "")
    return source == CHECKED_BY or "row-level security" in str(cause)


def watch(connection: BaseDatabaseWrapper) -> None:
    """Nothing; refusals by row policies on this connection become the product's own."""
    if connection.vendor == "postgresql" and as_refusal not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, as_refusal)


@contextmanager
def refusals_noted(viewer: Viewer) -> Iterator[None]:
    """Inside, refused writes are gathered; they are in the audit log when it ends."""
    waiting: Waiting = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
        if waiting:
            _write(viewer, waiting)


def _write(viewer: Viewer, waiting: Waiting) -> None:
    """Writes them down; in a broken transaction they wait for the scope around."""
    if connections[DEFAULT_DB_ALIAS].needs_rollback:
        around = _waiting.get()
        if around is not None:
            around.extend(waiting)
        return
    try:
        note_row_refusals(actor=viewer, refused=waiting)
    except Exception:
        # The answer to the person stands whatever becomes of the note; the server's log has it.
        log.exception("a refusal by a row policy could not be written to the audit log")
