"""What a calendar of follow-ups holds: events at a time, and things to do by a time (RFC 5545).

Times are moments with a zone, or whole days. A file of ours writes moments in UTC, so that no
reader needs our zones.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

HIGHEST_PRIORITY, LOWEST_PRIORITY = 1, 9


class EventStatus(StrEnum):
    """How firm an event is."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class TodoStatus(StrEnum):
    """How far something to do has come."""

    NEEDS_ACTION = "NEEDS-ACTION"
    IN_PROCESS = "IN-PROCESS"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


class Access(StrEnum):
    """Who may see an entry in a shared calendar; readers are free to disregard it."""

    PUBLIC = "PUBLIC"
    PRIVATE = "PRIVATE"
    CONFIDENTIAL = "CONFIDENTIAL"


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that takes place. `sequence` rises with each change of the time or the status."""

    uid: str
    stamp: datetime
    start: datetime | date
    summary: str
    end: datetime | date | None = None
    description: str = ""
    location: str = ""
    status: EventStatus = EventStatus.CONFIRMED
    sequence: int = 0
    categories: tuple[str, ...] = ()
    url: str = ""
    access: Access = Access.CONFIDENTIAL


@dataclass(frozen=True, kw_only=True)
class Todo:
    """Something to do. `sequence` rises with each change of the time or the status."""

    uid: str
    stamp: datetime
    summary: str
    due: datetime | date | None = None
    start: datetime | date | None = None
    completed: datetime | None = None
    description: str = ""
    location: str = ""
    status: TodoStatus = TodoStatus.NEEDS_ACTION
    sequence: int = 0
    priority: int | None = None
    """1 is highest, 9 lowest."""
    categories: tuple[str, ...] = ()
    url: str = ""
    access: Access = Access.CONFIDENTIAL
