"""Telling the database who is asking, for as long as they ask.

Each web request and each command runs inside `viewer_scope`. On PostgreSQL the row policies read
the viewer from settings of the connection; outside any scope they show no protected row. On SQLite
nothing is set. A connection made inside a scope is told at once, and one that stays open after the
scope is told that nobody asks any more, so that the next request never inherits the last viewer.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from primacy.platform.database.rights import NOBODY, RowRights, rights_of
from primacy.platform.database.row_refusals import refusals_noted, watch
from primacy.platform.policy import Viewer

T = TypeVar("T")

_current: ContextVar[RowRights] = ContextVar("primacy_row_rights", default=NOBODY)


@contextmanager
def viewer_scope(viewer: Viewer) -> Iterator[None]:
    """Inside, the database shows what this viewer may read."""
    with _told(rights_of(viewer)), refusals_noted(viewer):
        yield


@contextmanager
def computing(mission_id: uuid.UUID) -> Iterator[None]:
    """Inside, a mission's rows can be counted towards a result whatever their marking.

    Reading only. It opens compartments for the records whose card says `counted` and for no
    other. Whatever is read must pass `disclosure` before it is shown.
    """
    with _widened(_current.get().computing_on(mission_id)):
        yield


@contextmanager
def keeping(mission_id: uuid.UUID) -> Iterator[None]:
    """Inside, a mission's registers can be matched and kept in order whatever a row's marking.

    For imports and their undoing, which must find each row they brought. It opens no compartment,
    and nothing that is read here is shown.
    """
    with _widened(_current.get().keeping_of(mission_id)):
        yield


@contextmanager
def matching(mission_id: uuid.UUID) -> Iterator[None]:
    """Inside, a mission's registers can be looked through for who is asked for, compartments too.

    Reading only, and only records whose card says `matched`: what a unit or person is found by.
    Of what is not open to who asks nothing may leave but that there is something, and whom to ask.
    """
    with _widened(_current.get().matching_in(mission_id)):
        yield


@contextmanager
def no_viewer() -> Iterator[None]:
    """Inside, nobody asks: for work that goes on to serve others."""
    with _told(NOBODY):
        yield


def streamed(viewer: Viewer, chunks: Iterable[T]) -> Iterator[T]:
    """The chunks of an answer, each made inside the viewer's scope.

    A stream is written after the request's own scope has ended, and between two chunks the
    connection may serve somebody else.
    """
    waiting = iter(chunks)
    while True:
        with viewer_scope(viewer):
            try:
                chunk = next(waiting)
            except StopIteration:
                return
        yield chunk


@contextmanager
def _widened(rights: RowRights) -> Iterator[None]:
    """Inside, wider rights; where nobody asks there is nothing to widen."""
    if not rights.kind:
        yield
        return
    with _told(rights):
        yield


@contextmanager
def _told(rights: RowRights) -> Iterator[None]:
    before = _current.get()
    _current.set(rights)
    try:
        tell(connections[DEFAULT_DB_ALIAS])
        yield
    finally:
        _current.set(before)
        _tell_again(connections[DEFAULT_DB_ALIAS])


def tell(connection: BaseDatabaseWrapper) -> None:
    """Puts the present rights on an open connection to PostgreSQL; else nothing."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return
    named = _current.get().settings()
    calls = ", ".join(["set_config(%s, %s, false)"] * len(named))
    pairs = [text for pair in named.items() for text in pair]
    # Straight on the driver: this is no query of the page, and no log of queries should hold it.
    connection.connection.execute(f"SELECT {calls}", pairs)
    role = getattr(settings, "PRIMACY_DATABASE_ROLE", "")
    if role:
        order = f'SET ROLE "{role}"' if _current.get().kind else "RESET ROLE"
        connection.connection.execute(order)


def _tell_again(connection: BaseDatabaseWrapper) -> None:
    """Tells the rights of the scope around; a connection that cannot be told is not kept."""
    try:
        tell(connection)
    except Exception:
        # In a broken transaction the settings go back by themselves when it is rolled back:
        # they were made inside it. Anywhere else the connection is in doubt, and given up.
        if not connection.in_atomic_block:
            connection.close()


def on_connected(*, connection: BaseDatabaseWrapper, **_: object) -> None:
    """Tells a connection that was just made (signal `connection_created`)."""
    watch(connection)
    if connection.alias == DEFAULT_DB_ALIAS and _current.get().kind:
        tell(connection)
