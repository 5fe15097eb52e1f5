"""Times, numbers, places and lists as CAP writes them in text, both ways.

`parsed_*` returns the value of a text or raises `BadValue`; `written_*` returns its text. The
numbers are written without an exponent and with every digit, so that reading gives the same value.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from primacy.platform.cap.errors import Reason
from primacy.platform.cap.message import Circle, Point, Reference

BLANKS = " \t\r\n"
LONGEST_NUMBER = 50
SMALLEST, GREATEST = 1e-20, 1e15
"""Between them every number is written in fewer digits than `LONGEST_NUMBER`."""
MOST_HOURS = 14
# The standard writes UTC as -00:00; what came as +00:00 is named with the same letters again,
# since other systems compare the text of a reference.
PLUS_ZERO = timezone(timedelta(0), "+00:00")
MINUS_ZERO = timezone(timedelta(0), "-00:00")

_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_LISTED = re.compile(r'"([^"]*)"|(\S+)')


class BadValue(ValueError):
    """A text that is not of its form: the reason, what was expected, what to do."""

    def __init__(self, reason: Reason, expected: str, action: str) -> None:
        super().__init__(expected)
        self.reason, self.expected, self.action = reason, expected, action


def parsed_time(text: str) -> tuple[datetime, str]:
    """The time, and in words what of the text the standard does not allow ("" when all is well).

    `Z` and fractions of a second are common and mean one thing only; a time without its zone does
    not, and is refused.
    """
    expected = "a time such as 2010-07-01T14:05:00-00:00"
    match = _TIME.fullmatch(text)
    if not match:
        raise BadValue(Reason.BAD_TIME, expected, "Write the date, a T, the time and the zone.")
    moment, fraction, zone = match.groups()
    if zone is None:
        raise BadValue(
            Reason.BAD_TIME, expected, "Add the zone: without it the time may be hours off."
        )
    try:
        time = datetime.fromisoformat(moment).replace(tzinfo=_zone(zone))
    except ValueError as problem:
        raise BadValue(Reason.BAD_TIME, expected, "Give a day and time that exist.") from problem
    strange = [*(["a Z for UTC"] if zone == "Z" else []), *(["fractions"] if fraction else [])]
    return time, " and ".join(strange)


def _zone(text: str) -> timezone:
    if text in ("Z", "-00:00"):
        return MINUS_ZERO
    if text == "+00:00":
        return PLUS_ZERO
    hours, minutes = int(text[1:3]), int(text[4:6])
    if minutes > 59 or hours * 60 + minutes > MOST_HOURS * 60:
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def written_time(time: datetime) -> str:
    """The time in the form of the standard: no fractions, no Z, UTC as -00:00."""
    offset = time.utcoffset() or timedelta(0)
    moment = time.replace(tzinfo=None).isoformat(timespec="seconds")
    if not offset:
        return moment + ("+00:00" if time.tzname() == "+00:00" else "-00:00")
    minutes = abs(offset) // timedelta(minutes=1)
    sign = "-" if offset < timedelta(0) else "+"
    return f"{moment}{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def parsed_decimal(text: str) -> float:
    """The number of a text without exponent; nearer to zero than any measure can be, it is zero."""
    if len(text) > LONGEST_NUMBER or not _DECIMAL.fullmatch(text):
        raise BadValue(
            Reason.BAD_NUMBER, "a decimal number such as 12.5", "Write the number in digits."
        )
    number = float(text)
    return number if abs(number) >= SMALLEST else 0.0


def parsed_whole(text: str) -> int:
    """The whole number of a text."""
    if len(text) > LONGEST_NUMBER or not _WHOLE.fullmatch(text):
        raise BadValue(
            Reason.BAD_NUMBER, "a whole number such as 2048", "Write the number in digits."
        )
    return int(text)


def is_writable(number: float) -> bool:
    """Whether the number is one, and of a size that is read back."""
    return number == 0 or SMALLEST <= abs(number) <= GREATEST


def written_decimal(number: float) -> str:
    """The shortest digits that read back as this number, without exponent."""
    # Zero has no sign here: -0 would be read back as another text of the same number.
    digits = format(Decimal(repr(float(number) or 0.0)), "f")
    return digits.removesuffix(".0")


def parsed_point(text: str) -> Point:
    """The place of `latitude,longitude`; raises ValueError when it is none."""
    latitude, longitude = text.split(",")
    return Point(parsed_decimal(latitude), parsed_decimal(longitude))


def parsed_polygon(text: str) -> tuple[Point, ...]:
    """The corners of a polygon: places separated by blanks."""
    try:
        return tuple(parsed_point(pair) for pair in text.split())
    except ValueError as problem:
        raise BadValue(
            Reason.BAD_POLYGON,
            "places as latitude,longitude separated by blanks",
            "Write each corner as two numbers with one comma and no blank between them.",
        ) from problem


def written_polygon(points: Iterable[Point]) -> str:
    """The corners as text."""
    return " ".join(written_point(point) for point in points)


def written_point(point: Point) -> str:
    """The place as `latitude,longitude`."""
    return f"{written_decimal(point.latitude)},{written_decimal(point.longitude)}"


def parsed_circle(text: str) -> Circle:
    """The circle of `latitude,longitude radius`."""
    try:
        centre, radius = text.split()
        return Circle(parsed_point(centre), parsed_decimal(radius))
    except ValueError as problem:
        raise BadValue(
            Reason.BAD_CIRCLE,
            "latitude,longitude, a blank and the radius in kilometres",
            "Write the circle as, for example, 6.3,-10.8 25.",
        ) from problem


def written_circle(circle: Circle) -> str:
    """The circle as text."""
    return f"{written_point(circle.centre)} {written_decimal(circle.radius)}"


def parsed_list(text: str) -> tuple[str, ...]:
    """The entries of a list separated by blanks; quotation marks hold several words together."""
    found = (quoted or plain for quoted, plain in _LISTED.findall(text))
    return tuple(entry for entry in found if entry.strip(BLANKS))


def written_list(entries: Iterable[str]) -> str:
    """The entries as one text; those with blanks in quotation marks."""
    return " ".join(f'"{entry}"' if re.search(r"\s", entry) else entry for entry in entries)


def parsed_reference(text: str) -> Reference:
    """The earlier message of `sender,identifier,sent`."""
    parts = text.split(",")
    try:
        sender, identifier, sent = parts
        time, _ = parsed_time(sent)
    except ValueError as problem:
        raise BadValue(
            Reason.BAD_REFERENCE,
            "sender,identifier,sent of an earlier message",
            "Copy the three from the message that is meant, with commas and no blanks.",
        ) from problem
    return Reference(sender, identifier, time)


def written_reference(reference: Reference) -> str:
    """The earlier message as `sender,identifier,sent`."""
    return f"{reference.sender},{reference.identifier},{written_time(reference.sent)}"
