"""A calendar file is what RFC 5545 asks for, and other readers get back what was put in."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.platform.calendar_feed import (
    Access,
    CalendarRefused,
    Event,
    EventStatus,
    Todo,
    TodoStatus,
    write_calendar,
)
from primacy.platform.calendar_feed.writing import folded

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
TODO = Todo(
    uid="alert-17-follow-up@desk.example.org",
    stamp=AT,
    summary="Call the chief; ask: safe, or not?",
    due=AT + timedelta(hours=6),
    description="Premier\nsecond \\ line, été; 見る",
    sequence=2,
    priority=1,
    categories=("follow-up", "a,b"),
    url="https://desk.example.org/alerts/17?a=b,c;d",
)
EVENT = Event(
    uid="visit-1",
    stamp=AT,
    start=AT.astimezone(timezone(timedelta(hours=-3))),
    end=AT + timedelta(hours=1),
    summary="Patrol visits the market",
    status=EventStatus.TENTATIVE,
    location="Market",
)


def lines(data: bytes) -> list[str]:
    """The unfolded lines, by the words of RFC 5545 section 3.1."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    return data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def plain(escaped: str) -> str:
    """The text behind its escapes, by the words of RFC 5545 section 3.3.11."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], escaped)


def value(data: bytes, name: str) -> str:
    [found] = [line.partition(":")[2] for line in lines(data) if re.match(f"{name}[;:]", line)]
    return found


def test_a_calendar_has_its_lines_in_their_form() -> None:
    assert lines(write_calendar([TODO], "Follow-ups")) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Primacy//Follow-ups//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Follow-ups",
        "X-WR-CALNAME:Follow-ups",
        "BEGIN:VTODO",
        "UID:alert-17-follow-up@desk.example.org",
        "DTSTAMP:20260304T050607Z",
        "SEQUENCE:2",
        "DUE:20260304T110607Z",
        "PRIORITY:1",
        "SUMMARY:Call the chief\\; ask: safe\\, or not?",
        "DESCRIPTION:Premier\\nsecond \\\\ line\\, été\\; 見る",
        "STATUS:NEEDS-ACTION",
        "CATEGORIES:follow-up,a\\,b",
        "URL:https://desk.example.org/alerts/17?a=b,c;d",
        "CLASS:CONFIDENTIAL",
        "END:VTODO",
        "END:VCALENDAR",
    ]


def test_moments_are_written_in_utc_and_days_as_days() -> None:
    assert value(write_calendar([EVENT]), "DTSTART") == "20260304T050607Z"
    day = Event(uid="d", stamp=AT, start=date(2026, 3, 4), end=date(2026, 3, 6), summary="x")
    assert "DTSTART;VALUE=DATE:20260304" in lines(write_calendar([day]))
    assert "DTEND;VALUE=DATE:20260306" in lines(write_calendar([day]))


def test_another_reader_gets_back_what_was_put_in() -> None:
    icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed")
    calendar = icalendar.Calendar.from_ical(write_calendar([TODO, EVENT], "Desk"))
    assert str(calendar["X-WR-CALNAME"]) == "Desk"
    [todo] = calendar.walk("VTODO")
    assert str(todo["UID"]) == TODO.uid
    assert todo["DTSTAMP"].dt == AT
    assert todo["DUE"].dt == TODO.due
    assert str(todo["SUMMARY"]) == TODO.summary
    assert str(todo["DESCRIPTION"]) == TODO.description
    assert [str(one) for one in todo["CATEGORIES"].cats] == list(TODO.categories)
    assert (str(todo["STATUS"]), todo["SEQUENCE"], todo["PRIORITY"]) == ("NEEDS-ACTION", 2, 1)
    assert str(todo["URL"]) == TODO.url
    [event] = calendar.walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (EVENT.start, EVENT.end)
    assert (str(event["STATUS"]), str(event["CLASS"])) == ("TENTATIVE", "CONFIDENTIAL")
    assert not [error for part in calendar.walk() for error in part.errors]


def test_a_calendar_of_nothing_is_still_one() -> None:
    icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed")
    calendar = icalendar.Calendar.from_ical(write_calendar([]))
    assert not calendar.walk("VTODO")
    assert not calendar.walk("VEVENT")
    assert len(calendar.subcomponents) == 1


TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t\\;,:"é見𝄞 '),
    max_size=200,
)


@settings(deadline=None)
@given(TEXT, TEXT.filter(str.strip), st.lists(TEXT.filter(bool), max_size=3))
def test_any_text_survives_escaping_and_folding(text: str, uid: str, categories: list[str]) -> None:
    todo = Todo(
        uid=uid, stamp=AT, summary=text, description=text + "x", categories=tuple(categories)
    )
    data = write_calendar([todo])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert plain(value(data, "SUMMARY")) == text
    assert plain(value(data, "DESCRIPTION")) == text + "x"
    assert plain(value(data, "UID")) == uid
    if categories:
        assert split(value(data, "CATEGORIES")) == categories


def split(values: str) -> list[str]:
    """The texts of a list at the commas that are not escaped."""
    return [plain(one) for one in re.findall(r"(?:\\.|[^\\,])+", values)]


@settings(deadline=None)
@given(st.text(st.sampled_from("aé見𝄞"), max_size=400))
def test_lines_are_folded_between_characters(text: str) -> None:
    data = folded(text)
    pieces = data.removesuffix(b"\r\n").split(b"\r\n ")
    assert "".join(piece.decode() for piece in pieces) == text
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    full = [len(line) for line in data.split(b"\r\n")[:-2]]
    assert all(length >= 72 for length in full)


@pytest.mark.parametrize(("length", "folds"), [(74, 0), (75, 0), (76, 1), (149, 1), (150, 2)])
def test_a_line_is_folded_from_76_octets(length: int, folds: int) -> None:
    assert folded("x" * length).count(b"\r\n ") == folds


def test_line_ends_of_any_kind_become_one() -> None:
    todo = Todo(uid="u", stamp=AT, summary="a\r\nb\rc\nd")
    assert value(write_calendar([todo]), "SUMMARY") == "a\\nb\\nc\\nd"


def test_a_completed_one_says_when() -> None:
    done = Todo(uid="u", stamp=AT, summary="x", status=TodoStatus.COMPLETED, completed=AT)
    data = write_calendar([done])
    assert value(data, "COMPLETED") == "20260304T050607Z"
    assert value(data, "STATUS") == "COMPLETED"


def test_access_can_be_opened() -> None:
    todo = Todo(uid="u", stamp=AT, summary="x", access=Access.PUBLIC)
    assert value(write_calendar([todo]), "CLASS") == "PUBLIC"


NAIVE = datetime(2026, 3, 4)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (Todo(uid=" ", stamp=AT, summary="x"), "no UID"),
        (Todo(uid="u", stamp=NAIVE, summary="x"), "no zone"),
        (Todo(uid="u", stamp=AT, summary="x", due=NAIVE), "no zone"),
        (Todo(uid="u", stamp=AT, summary="bell \x07"), "control characters"),
        (Todo(uid="u", stamp=AT, summary="half \ud800"), "control characters"),
        (Todo(uid="u", stamp=AT, summary="x", priority=0), "priority 0"),
        (Todo(uid="u", stamp=AT, summary="x", sequence=-1), "sequence -1"),
        (Todo(uid="u", stamp=AT, summary="x", start=AT, due=AT), "not after its start"),
        (Todo(uid="u", stamp=AT, summary="x", start=AT, due=date(2026, 4, 1)), "a moment"),
        (Todo(uid="u", stamp=AT, summary="x", completed=AT), "status is NEEDS-ACTION"),
        (Todo(uid="u", stamp=AT, summary="x", url="alerts/17"), "link"),
        (Todo(uid="u", stamp=AT, summary="x", url="http://a\r\nX:y"), "link"),
        (Event(uid="u", stamp=AT, summary="x", start=AT, end=AT - timedelta(1)), "not after"),
        (
            Event(uid="u", stamp=AT, summary="x", start=datetime.max.replace(tzinfo=timezone.min)),
            "beyond any calendar",
        ),
    ],
)
def test_what_no_calendar_can_hold_is_refused(entry: Event | Todo, why: str) -> None:
    with pytest.raises(CalendarRefused, match=why) as refused:
        write_calendar([entry])
    assert refused.value.action.endswith(".")


def test_a_uid_stands_once() -> None:
    with pytest.raises(CalendarRefused, match="twice"):
        write_calendar([TODO, TODO])
