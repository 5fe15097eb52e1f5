"""One text for each stored value, the same whichever database it lies in.

An archive carries rows as JSON lists of plain values. Both databases keep the same value in
different ways (a UUID with or without dashes, a moment with or without its zeros), so each kind of
column has four rules here: from SQLite, from PostgreSQL's text, and back to each.
"""

import base64
import datetime as dt
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from primacy.platform.archive.errors import Damaged, UnknownTable

Plain = str | int | float | bool | None
"""What stands in a row of an archive."""

Rule = Callable[[object], Plain]

KIND_OF = {
    "AutoField": "integer",
    "BigAutoField": "integer",
    "SmallAutoField": "integer",
    "IntegerField": "integer",
    "BigIntegerField": "integer",
    "SmallIntegerField": "integer",
    "PositiveIntegerField": "integer",
    "PositiveBigIntegerField": "integer",
    "PositiveSmallIntegerField": "integer",
    "BooleanField": "yes_no",
    "CharField": "text",
    "TextField": "text",
    "SlugField": "text",
    "FileField": "text",
    "FilePathField": "text",
    "GenericIPAddressField": "address",
    "UUIDField": "uuid",
    "DateField": "date",
    "DateTimeField": "moment",
    "TimeField": "time",
    "DurationField": "duration",
    "FloatField": "real",
    "DecimalField": "decimal",
    "JSONField": "json",
    "BinaryField": "bytes",
}
"""Django's internal type of a field → the kind of its column here."""


@dataclass(frozen=True)
class Kind:
    """How one kind of column is read from and written to each database; never called with None."""

    from_sqlite: Rule
    from_postgres: Rule
    to_sqlite: Callable[[Plain], object]
    to_postgres: Callable[[Plain], object]


def canonical_json(value: object) -> str:
    """The one text of a JSON value: sorted keys, no spaces, numbers as PostgreSQL keeps them."""
    parsed = json.loads(_text(value), parse_float=_number)
    return json.dumps(
        parsed, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def _number(literal: str) -> float | int:
    value = float(literal)
    if value == 0:
        return 0.0  # jsonb drops the sign of -0.0
    # Python writes 1e+22, jsonb keeps the same number as digits: digits are the common form.
    if value.is_integer() and ("e" in literal or "E" in literal):
        return int(Decimal(literal))
    return value


def _same(value: object) -> Plain:
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    raise Damaged(f"a value of type {type(value).__name__} stands where plain text is expected")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return str(value)
    raise Damaged(f"a value of type {type(value).__name__} stands where text is expected")


def _integer(value: object) -> int:
    return int(_text(value))


def _yes_no(value: object) -> bool:
    if value in (1, "t"):
        return True
    if value in (0, "f"):
        return False
    raise Damaged(f"{value!r} stands where yes or no is expected")


def _real(value: object) -> Plain:
    number = float(_text(value))
    return number if math.isfinite(number) else str(number)


def _uuid(value: object) -> str:
    return _text(value).replace("-", "")


def _dashed(value: Plain) -> str:
    text = _text(value)
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _moment(value: object) -> str:
    """2026-11-22T10:00:00.000000, in UTC; both databases leave zeros out in their own way."""
    text = _text(value)
    if text.endswith("+00"):
        text = text[:-3]
    if len(text) == 19:
        return f"{text[:10]}T{text[11:]}.000000"
    if len(text) == 26 and text[10] == " ":
        return f"{text[:10]}T{text[11:]}"
    try:
        parsed = dt.datetime.fromisoformat(text)
    except ValueError as problem:
        raise Damaged(f"'{text[:60]}' is no moment this archive can carry") from problem
    if parsed.tzinfo is not None:
        parsed = parsed.astimezone(dt.UTC).replace(tzinfo=None)
    return parsed.isoformat(timespec="microseconds")


def _moment_to_sqlite(value: Plain) -> str:
    # As Django writes it: without a fraction where there is none. Comparisons are on this text.
    return _text(value).replace("T", " ").removesuffix(".000000")


def _moment_to_postgres(value: Plain) -> str:
    return f"{value}+00"


def _time(value: object) -> str:
    return dt.time.fromisoformat(_text(value)).isoformat(timespec="microseconds")


def _time_to_sqlite(value: Plain) -> str:
    return _text(value).removesuffix(".000000")


def _interval(value: Plain) -> str:
    return f"{value} microseconds"


def _bytes_from_sqlite(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise Damaged("something other than bytes stands in a column of bytes")


def _bytes_from_postgres(value: object) -> str:
    return base64.b64encode(bytes.fromhex(_text(value).removeprefix("\\x"))).decode()


def _bytes_to_sqlite(value: Plain) -> bytes:
    return base64.b64decode(_text(value), validate=True)


def _bytes_to_postgres(value: Plain) -> str:
    return "\\x" + _bytes_to_sqlite(value).hex()


def _int_of_yes_no(value: Plain) -> int:
    return int(bool(value))


def _letter_of_yes_no(value: Plain) -> str:
    return "t" if value else "f"


def _real_back(value: Plain) -> float:
    return float(_text(value))


def decimal_kind(places: int) -> Kind:
    """The rules of a decimal column with that many places."""
    unit = Decimal(1).scaleb(-places)

    def exact(value: object) -> str:
        return format(Decimal(_text(value)).quantize(unit), "f")

    return Kind(exact, exact, _same, _same)


KINDS: dict[str, Kind] = {
    "integer": Kind(_integer, _integer, _same, _same),
    "yes_no": Kind(_yes_no, _yes_no, _int_of_yes_no, _letter_of_yes_no),
    "text": Kind(_text, _text, _same, _same),
    "address": Kind(_text, _text, _same, _same),
    "uuid": Kind(_uuid, _uuid, _same, _dashed),
    "date": Kind(_text, _text, _same, _same),
    "moment": Kind(_moment, _moment, _moment_to_sqlite, _moment_to_postgres),
    "time": Kind(_time, _time, _time_to_sqlite, _same),
    "duration": Kind(_integer, _integer, _same, _interval),
    "real": Kind(_real, _real, _real_back, _same),
    "json": Kind(canonical_json, canonical_json, _same, _same),
    "bytes": Kind(_bytes_from_sqlite, _bytes_from_postgres, _bytes_to_sqlite, _bytes_to_postgres),
}


def kind_of(name: str) -> Kind:
    """The rules of a kind by its name in the archive, e.g. "uuid" or "decimal:2"."""
    if name.startswith("decimal:") and name[8:].isdigit():
        return decimal_kind(int(name[8:]))
    kind = KINDS.get(name)
    if kind is None:
        raise UnknownTable(f"This version knows no column of kind '{name[:40]}'.")
    return kind
