"""Follow-ups as a calendar file (iCalendar, RFC 5545): events and things to do, in UTC.

Pure: entries in, bytes out. Whoever calls decides what of an alert may stand in a calendar that
leaves the system; entries are `CONFIDENTIAL` unless they say otherwise.
"""

from primacy.platform.calendar_feed.entries import Access, Event, EventStatus, Todo, TodoStatus
from primacy.platform.calendar_feed.errors import CalendarRefused
from primacy.platform.calendar_feed.writing import write_calendar

__all__ = [
    "Access",
    "CalendarRefused",
    "Event",
    "EventStatus",
    "Todo",
    "TodoStatus",
    "write_calendar",
]
