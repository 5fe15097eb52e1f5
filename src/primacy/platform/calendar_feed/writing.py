"""A calendar file (RFC 5545) of events and things to do, for the calendars people already have."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from primacy.platform.calendar_feed.entries import (
    HIGHEST_PRIORITY,
    LOWEST_PRIORITY,
    Event,
    Todo,
    TodoStatus,
)
from primacy.platform.calendar_feed.errors import CalendarRefused

PRODUCT = "-//Primacy//Follow-ups//EN"
LONGEST_LINE = 75
"""Octets of a line without its end (RFC 5545, section 3.1)."""
HIGHEST_SEQUENCE = 2**31 - 1

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-Z\[\]_a-z~]+")
_BARE = str.maketrans("", "", "-:")
# A calendar must hold a component: one with nothing to follow up holds the zone of its times.
_NOTHING = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def write_calendar(entries: Iterable[Event | Todo], name: str = "") -> bytes:
    """The file in UTF-8, entries in their order; raises `CalendarRefused` at the first bad one."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines.append("METHOD:PUBLISH")
    if name:
        # The name of RFC 7986, and the one that older readers know.
        lines += [f"NAME:{_text('', name)}", f"X-WR-CALNAME:{_text('', name)}"]
    uids: set[str] = set()
    body: list[str] = []
    for entry in entries:
        if entry.uid in uids:
            raise CalendarRefused(entry.uid, "the UID stands twice.", "Give each entry its own.")
        uids.add(entry.uid)
        body += _event(entry) if isinstance(entry, Event) else _todo(entry)
    lines += body or _NOTHING
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def folded(line: str) -> bytes:
    """The line in octets with its end; long ones folded at 75, never within a character."""
    octets = line.encode("utf-8")
    pieces = []
    room = LONGEST_LINE
    while len(octets) > room:
        cut = room
        while octets[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(octets[:cut])
        octets = octets[cut:]
        room = LONGEST_LINE - 1
    pieces.append(octets)
    return b"\r\n ".join(pieces) + b"\r\n"


def _event(event: Event) -> Iterator[str]:
    _in_order(event.uid, event.start, event.end, "end")
    yield "BEGIN:VEVENT"
    yield from _named(event)
    yield _when(event.uid, "DTSTART", event.start)
    if event.end is not None:
        yield _when(event.uid, "DTEND", event.end)
    yield from _described(event)
    yield "END:VEVENT"


def _todo(todo: Todo) -> Iterator[str]:
    if todo.start is not None:
        _in_order(todo.uid, todo.start, todo.due, "time due")
    if todo.completed is not None and todo.status is not TodoStatus.COMPLETED:
        raise CalendarRefused(
            todo.uid,
            f"it was completed, and its status is {todo.status}.",
            "Set the status COMPLETED, or take the time out.",
        )
    yield "BEGIN:VTODO"
    yield from _named(todo)
    if todo.start is not None:
        yield _when(todo.uid, "DTSTART", todo.start)
    if todo.due is not None:
        yield _when(todo.uid, "DUE", todo.due)
    if todo.completed is not None:
        yield f"COMPLETED:{_moment(todo.uid, todo.completed)}"
    if todo.priority is not None:
        if not HIGHEST_PRIORITY <= todo.priority <= LOWEST_PRIORITY:
            raise CalendarRefused(
                todo.uid, f"priority {todo.priority} is none.", "Give one from 1 (highest) to 9."
            )
        yield f"PRIORITY:{todo.priority}"
    yield from _described(todo)
    yield "END:VTODO"


def _named(entry: Event | Todo) -> Iterator[str]:
    uid = entry.uid
    if not uid.strip():
        raise CalendarRefused(uid, "it has no UID.", "Give it one that never changes.")
    if not 0 <= entry.sequence <= HIGHEST_SEQUENCE:
        raise CalendarRefused(uid, f"sequence {entry.sequence} is none.", "Count from 0 up.")
    yield f"UID:{_text(uid, uid)}"
    yield f"DTSTAMP:{_moment(uid, entry.stamp)}"
    yield f"SEQUENCE:{entry.sequence}"


def _described(entry: Event | Todo) -> Iterator[str]:
    uid = entry.uid
    yield f"SUMMARY:{_text(uid, entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{_text(uid, entry.description)}"
    if entry.location:
        yield f"LOCATION:{_text(uid, entry.location)}"
    yield f"STATUS:{entry.status}"
    if entry.categories:
        yield "CATEGORIES:" + ",".join(_text(uid, category) for category in entry.categories)
    if entry.url:
        if not _URI.fullmatch(entry.url):
            raise CalendarRefused(uid, "its link is none.", "Write it in full, percent-encoded.")
        yield f"URL:{entry.url}"
    yield f"CLASS:{entry.access}"


def _in_order(uid: str, start: datetime | date, end: datetime | date | None, name: str) -> None:
    if end is None:
        return
    if isinstance(start, datetime) != isinstance(end, datetime):
        raise CalendarRefused(
            uid, f"one of its start and {name} is a day, the other a moment.", "Use one kind."
        )
    # As written, days and moments alike stand in the order of time.
    if _when(uid, "", end) <= _when(uid, "", start):
        raise CalendarRefused(uid, f"its {name} is not after its start.", "Correct the two.")


def _when(uid: str, name: str, time: datetime | date) -> str:
    if isinstance(time, datetime):
        return f"{name}:{_moment(uid, time)}"
    return f"{name};VALUE=DATE:{time.isoformat().translate(_BARE)}"


def _moment(uid: str, time: datetime) -> str:
    if time.utcoffset() is None:
        raise CalendarRefused(uid, f"{time} has no zone.", "Give the zone of each time.")
    try:
        moment = time.astimezone(UTC)
    except OverflowError as problem:
        raise CalendarRefused(uid, f"{time} is beyond any calendar.", "Correct it.") from problem
    return moment.replace(tzinfo=None).isoformat(timespec="seconds").translate(_BARE) + "Z"


def _text(uid: str, text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(plain):
        raise CalendarRefused(uid, "its text holds control characters.", "Take them out.")
    for mark in "\\;,":
        plain = plain.replace(mark, "\\" + mark)
    return plain.replace("\n", "\\n")
