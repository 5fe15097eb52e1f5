"""What of a message breaks a rule of CAP 1.2, beyond the form of each element.

Rules: OASIS Common Alerting Protocol 1.2 (1 July 2010), section 3.2, and its schema. `problems_of`
finds nothing in a message exactly when `writing.write` writes it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from primacy.platform.cap.errors import CapRefused, Problem, Reason, shown
from primacy.platform.cap.message import (
    Area,
    Circle,
    Info,
    Message,
    MsgType,
    NamedValue,
    Point,
    Reference,
    Resource,
    Scope,
)
from primacy.platform.cap.values import BLANKS, LONGEST_NUMBER, MOST_HOURS, is_writable

FEWEST_CORNERS = 4
FIRST_YEAR = 1000
EARTH_HALFWAY = 20_040.0
"""Kilometres to the far side of the earth: no circle is larger."""
# These answer earlier messages, and mean nothing without naming them.
ANSWERS = (MsgType.UPDATE, MsgType.CANCEL, MsgType.ACK, MsgType.ERROR)

Item = TypeVar("Item")

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_IDENTIFIER = re.compile(r"[\s,<&]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_PART = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*"
_URI_REFERENCE = re.compile(rf"{_PART}(?:\#{_PART})?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.")
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]+(?:=\s*){0,2}")
_MIME = re.compile(r"[\w.+-]+/[\w.+-]+(\s*;.*)?", re.ASCII)


def check(message: Message) -> None:
    """None; raises `CapRefused` with every rule that the message breaks."""
    problems = list(problems_of(message))
    if problems:
        raise CapRefused(problems)


def problems_of(message: Message) -> Iterator[Problem]:
    """Each rule that the message breaks, in the order of its elements."""
    yield from _identifier("alert/identifier", message.identifier)
    yield from _identifier("alert/sender", message.sender)
    yield from _time("alert/sent", message.sent)
    yield from _optional("alert/source", message.source)
    yield from _optional("alert/restriction", message.restriction)
    yield from _list("alert/addresses", message.addresses)
    for path, code in _numbered("alert/code", message.codes):
        yield from _token(path, code)
    yield from _optional("alert/note", message.note)
    for path, reference in _numbered("alert/references", message.references):
        yield from _reference(path, reference)
    yield from _list("alert/incidents", message.incidents)
    yield from _asked_by_scope(message)
    if message.msg_type in ANSWERS and not message.references:
        yield Problem(
            "alert/references",
            Reason.NO_REFERENCES,
            f"the message that this {message.msg_type} answers",
            "nothing",
            "Name it as sender,identifier,sent.",
        )
    for path, info in _numbered("alert/info", message.infos):
        yield from _info(path, info)


def _asked_by_scope(message: Message) -> Iterator[Problem]:
    if message.scope is Scope.RESTRICTED and message.restriction is None:
        yield Problem(
            "alert/restriction",
            Reason.NO_RESTRICTION,
            "the rule of distribution of a Restricted message",
            "nothing",
            "Say who may have it.",
        )
    if message.scope is Scope.PRIVATE and not message.addresses:
        yield Problem(
            "alert/addresses",
            Reason.NO_ADDRESSES,
            "the addressees of a Private message",
            "nothing",
            "Name those it is for.",
        )


def _info(path: str, info: Info) -> Iterator[Problem]:
    if info.language is not None and not _LANGUAGE.fullmatch(info.language):
        yield Problem(
            f"{path}/language",
            Reason.BAD_LANGUAGE,
            "a language code such as en-US or fr",
            shown(info.language),
            "Write the code of RFC 3066.",
        )
    if not info.categories:
        yield _missing(f"{path}/category")
    yield from _required(f"{path}/event", info.event)
    yield from _optional(f"{path}/audience", info.audience)
    yield from _pairs(f"{path}/eventCode", info.event_codes)
    for name, time in (
        ("effective", info.effective),
        ("onset", info.onset),
        ("expires", info.expires),
    ):
        if time is not None:
            yield from _time(f"{path}/{name}", time)
    for name, text in (
        ("senderName", info.sender_name),
        ("headline", info.headline),
        ("description", info.description),
        ("instruction", info.instruction),
        ("contact", info.contact),
    ):
        yield from _optional(f"{path}/{name}", text)
    if info.web is not None:
        yield from _uri(f"{path}/web", info.web, absolute=True)
    yield from _pairs(f"{path}/parameter", info.parameters)
    for at, resource in _numbered(f"{path}/resource", info.resources):
        yield from _resource(at, resource)
    for at, area in _numbered(f"{path}/area", info.areas):
        yield from _area(at, area)


def _resource(path: str, resource: Resource) -> Iterator[Problem]:
    yield from _required(f"{path}/resourceDesc", resource.resource_desc)
    if not _MIME.fullmatch(resource.mime_type) or _NOT_IN_XML.search(resource.mime_type):
        yield Problem(
            f"{path}/mimeType",
            Reason.BAD_WORD if resource.mime_type.strip(BLANKS) else Reason.MISSING,
            "a media type such as image/png",
            shown(resource.mime_type),
            "Write type/subtype.",
        )
    if resource.size is not None and not 0 <= resource.size < 10**LONGEST_NUMBER:
        yield _number(f"{path}/size", "a number of bytes", str(resource.size)[:LONGEST_NUMBER])
    if resource.uri is not None:
        # Beside the file itself, a relative link names it.
        yield from _uri(f"{path}/uri", resource.uri, absolute=resource.deref_uri is None)
    if resource.deref_uri is not None and not _is_base64(resource.deref_uri):
        yield Problem(
            f"{path}/derefUri",
            Reason.BAD_BASE64,
            "a file in base 64",
            shown(resource.deref_uri[:20]),
            "Encode the file, or give its link as uri.",
        )
    if resource.digest is not None:
        yield from _token(f"{path}/digest", resource.digest)


def _is_base64(text: str) -> bool:
    if text != text.strip(BLANKS) or not _BASE64.fullmatch(text):
        return False
    return len("".join(text.split())) % 4 == 0 and text.isascii() and not _NOT_IN_XML.search(text)


def _area(path: str, area: Area) -> Iterator[Problem]:
    yield from _required(f"{path}/areaDesc", area.area_desc)
    for at, polygon in _numbered(f"{path}/polygon", area.polygons):
        yield from _polygon(at, polygon)
    for at, circle in _numbered(f"{path}/circle", area.circles):
        yield from _circle(at, circle)
    yield from _pairs(f"{path}/geocode", area.geocodes)
    for name, height in (("altitude", area.altitude), ("ceiling", area.ceiling)):
        if height is not None and not is_writable(height):
            yield _number(f"{path}/{name}", "feet above mean sea level", str(height))
    if area.ceiling is not None and area.altitude is None:
        yield Problem(
            f"{path}/ceiling",
            Reason.CEILING_ALONE,
            "an altitude below the ceiling",
            "a ceiling alone",
            "Add the altitude, or take the ceiling out.",
        )


def _polygon(path: str, polygon: tuple[Point, ...]) -> Iterator[Problem]:
    if len(polygon) < FEWEST_CORNERS or polygon[0] != polygon[-1]:
        found = f"{len(polygon)} places" + (
            "" if polygon and polygon[0] == polygon[-1] else ", not closed"
        )
        yield Problem(
            path,
            Reason.BAD_POLYGON,
            f"at least {FEWEST_CORNERS} places, the last the same as the first",
            found,
            "Repeat the first place at the end.",
        )
    if not all(_is_place(point) for point in polygon):
        yield _place(path, Reason.BAD_POLYGON)


def _circle(path: str, circle: Circle) -> Iterator[Problem]:
    if not _is_place(circle.centre):
        yield _place(path, Reason.BAD_CIRCLE)
    if not (is_writable(circle.radius) and 0 <= circle.radius <= EARTH_HALFWAY):
        yield Problem(
            path,
            Reason.BAD_CIRCLE,
            "a radius in kilometres",
            str(circle.radius),
            "Give the radius from 0 up.",
        )


def _is_place(point: Point) -> bool:
    return (
        is_writable(point.latitude)
        and is_writable(point.longitude)
        and abs(point.latitude) <= 90
        and abs(point.longitude) <= 180
    )


def _place(path: str, reason: Reason) -> Problem:
    return Problem(
        path,
        reason,
        "latitudes from -90 to 90 and longitudes from -180 to 180",
        "a place that is not on the earth",
        "Latitude stands first.",
    )


def _number(path: str, expected: str, found: str) -> Problem:
    return Problem(path, Reason.BAD_NUMBER, expected, found, "Give a number that can be.")


def _missing(path: str, found: str = "nothing") -> Problem:
    return Problem(
        path, Reason.MISSING, "an element that every message must have", found, "Fill it in."
    )


def _numbered(path: str, items: Iterable[Item]) -> Iterator[tuple[str, Item]]:
    several = list(items)
    for number, item in enumerate(several, start=1):
        yield (f"{path}[{number}]" if len(several) > 1 else path), item


def _characters(path: str, text: str) -> Iterator[Problem]:
    if _NOT_IN_XML.search(text):
        yield Problem(
            path,
            Reason.BAD_CHARACTER,
            "characters that XML can carry",
            "control characters",
            "Take them out.",
        )


def _required(path: str, text: str) -> Iterator[Problem]:
    if not text.strip(BLANKS):
        yield _missing(path, "an empty element")
    yield from _characters(path, text)


def _optional(path: str, text: str | None) -> Iterator[Problem]:
    if text is None:
        return
    if not text.strip(BLANKS):
        yield Problem(path, Reason.BLANK, "text", "blanks only", "Leave the element out.")
    yield from _characters(path, text)


def _token(path: str, text: str, *, may_be_empty: bool = False) -> Iterator[Problem]:
    if text != text.strip(BLANKS) or not (text or may_be_empty):
        yield Problem(
            path,
            Reason.BLANK,
            "text without blanks around it",
            shown(text) if text.strip(BLANKS) else "blanks only",
            "Take the blanks out.",
        )
    yield from _characters(path, text)


def _identifier(path: str, text: str) -> Iterator[Problem]:
    if not text.strip(BLANKS):
        yield _missing(path, "an empty element")
    elif _NOT_IN_IDENTIFIER.search(text):
        yield Problem(
            path,
            Reason.BAD_IDENTIFIER,
            "no blanks, commas, < or &",
            shown(text),
            "Take them out: references to it would be torn apart.",
        )
    yield from _characters(path, text)


def _reference(path: str, reference: Reference) -> Iterator[Problem]:
    for text in (reference.sender, reference.identifier):
        if not text or _NOT_IN_IDENTIFIER.search(text) or _NOT_IN_XML.search(text):
            yield Problem(
                path,
                Reason.BAD_REFERENCE,
                "sender and identifier without blanks, commas, < or &",
                shown(text) if text else "nothing",
                "Copy them from the message that is meant.",
            )
    yield from _time(path, reference.sent)


def _list(path: str, entries: tuple[str, ...]) -> Iterator[Problem]:
    for entry in entries:
        if '"' in entry or not entry.strip(BLANKS):
            yield Problem(
                path,
                Reason.BAD_LIST,
                "entries with text and without quotation marks",
                shown(entry),
                "Quotation marks stand around entries of several words only.",
            )
        yield from _characters(path, entry)


def _pairs(path: str, pairs: tuple[NamedValue, ...]) -> Iterator[Problem]:
    for at, pair in _numbered(path, pairs):
        yield from _token(f"{at}/valueName", pair.value_name)
        yield from _token(f"{at}/value", pair.value, may_be_empty=True)


def _time(path: str, time: datetime) -> Iterator[Problem]:
    offset = time.utcoffset()
    if (
        offset is None
        or time.microsecond
        or time.year < FIRST_YEAR
        or offset % timedelta(minutes=1)
        or abs(offset) > timedelta(hours=MOST_HOURS)
    ):
        yield Problem(
            path,
            Reason.BAD_TIME,
            "a time to the second with its zone in whole minutes",
            time.isoformat(),
            "Give the zone, and cut off what is below a second.",
        )


def _uri(path: str, uri: str, *, absolute: bool) -> Iterator[Problem]:
    if not uri or not _URI_REFERENCE.fullmatch(uri) or (absolute and not _SCHEME.match(uri)):
        yield Problem(
            path,
            Reason.BAD_URI,
            "a full link such as https://example.org/a" if absolute else "a link",
            shown(uri),
            "Write it with its scheme, and other characters percent-encoded.",
        )
