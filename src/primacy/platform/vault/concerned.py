"""Which records an identity may be said to concern. Rooms register here; the vault asks here."""

import uuid
from collections.abc import Callable

from primacy.platform.policy import Viewer

There = Callable[[Viewer, uuid.UUID, uuid.UUID], bool]
"""Viewer, mission and id → whether such a record of the mission is open to the viewer."""

_kinds: dict[str, There] = {}


def concerns(kind: str, there: There) -> None:
    """Registers a kind of record and how to look whether one is there."""
    _kinds[kind] = there


def kinds() -> tuple[str, ...]:
    """The kinds of records that rooms registered."""
    return tuple(sorted(_kinds))


def is_there(viewer: Viewer, kind: str, mission_id: uuid.UUID, pk: uuid.UUID) -> bool:
    """True where the record is of this mission and open to the viewer; else False, never why."""
    there = _kinds.get(kind)
    return there is not None and there(viewer, mission_id, pk)
