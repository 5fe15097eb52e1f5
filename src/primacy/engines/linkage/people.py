"""Persons read from Parquet, an Arrow table or rows, and made ready to be compared.

Nothing is guessed: what cannot be read counts as unknown and is said in the notes.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, runtime_checkable

from primacy.engines.linkage.errors import PeopleUnreadable
from primacy.engines.linkage.fold import folded, skeletons


@runtime_checkable
class ArrowTable(Protocol):
    """A table in memory that gives its rows, as pyarrow's does."""

    def to_pylist(self) -> list[dict[str, object]]:
        """Returns the rows."""
        ...


People = Path | ArrowTable | Iterable[Mapping[str, object]]
Row = dict[str, object]

COLUMNS = (
    "id",
    "given",
    "family",
    "name",
    "father",
    "birth_date",
    "sex",
    "place",
    "address",
    "contact",
    "numbers",
    "intake_year",
    "unit",
)
"""The columns read. `id` is needed, with `given` and `family`, or `name` for both in one.

`contact` and `numbers` are lists, or texts parted by semicolons; a number may say its kind before a
colon (`passport: A123`). `birth_date` is a day, a month (1990-05) or a year (1990).
"""

SEXES = {
    "f": "f female femme woman w femenino feminino mujer mulher anthy antha",
    "m": "m male homme man h masculino masculin feminin hombre homem dhkr",
}
SEX_OF = {word: sex for sex, words in SEXES.items() for word in words.split()} | {"feminin": "f"}
DATE = re.compile(r"^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?$")
PARTED = re.compile(r"[;|]")
DIGITS_THAT_TELL = 8
SHORTEST_WITH_SLIPS = 5
SHORTEST_PART = 2


def birth_text(first: date | None, last: date | None) -> str | None:
    """Returns a birth between two days as a day, a month or a year; None where less is known."""
    if first is None or last is None or first.year != last.year:
        return None
    if first == last:
        return first.isoformat()
    return f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"


@dataclass
class Prepared:
    """Rows ready to be compared, the records' own ids in the same order, and remarks."""

    rows: list[Row]
    ids: list[str]
    notes: list[str] = field(default_factory=list)

    def has(self, column: str, at_least: float = 0.02) -> bool:
        """Returns whether enough records tell a column for it to be compared."""
        told = sum(row[column] is not None for row in self.rows)
        return told >= 2 and told >= at_least * len(self.rows)


def read(people: People) -> list[Mapping[str, object]]:
    """Returns the rows of a Parquet file, an Arrow table, or the rows given."""
    if isinstance(people, Path):
        import pyarrow as arrow
        import pyarrow.parquet as parquet

        try:
            rows: list[Mapping[str, object]] = parquet.read_table(people).to_pylist()
        except (OSError, arrow.ArrowInvalid) as error:
            raise PeopleUnreadable(
                f"{people.name} is not a Parquet file that can be read. Nothing was compared."
            ) from error
        return rows
    return list(people.to_pylist() if isinstance(people, ArrowTable) else people)


def prepare(rows: Iterable[Mapping[str, object]], source: int = 0, first: int = 0) -> Prepared:
    """Returns the persons with their names folded and everything else in one form."""
    prepared = Prepared([], [])
    remarks: Counter[str] = Counter()
    seen: set[str] = set()
    for at, raw in enumerate(rows):
        own = text(raw.get("id"))
        if not own:
            raise PeopleUnreadable(f"Row {at + 1} has no id. Give every person an id of its own.")
        if own in seen:
            raise PeopleUnreadable(
                f"The id {own} stands in two rows. Give every row an id of its own."
            )
        seen.add(own)
        prepared.ids.append(own)
        row: Row = {"record": first + at, "source": source}
        row |= names(raw) | born(raw.get("birth_date"), remarks) | about(raw, remarks)
        prepared.rows.append(row)
    prepared.notes += [f"{number} {remark}" for remark, number in sorted(remarks.items())]
    return prepared


def text(value: object) -> str:
    """Returns a value as text without blanks around it; empty for nothing."""
    return "" if value is None else str(value).strip()


def names(raw: Mapping[str, object]) -> Row:
    """Returns the names folded, with their skeletons and parts."""
    given, family = folded(text(raw.get("given"))), folded(text(raw.get("family")))
    if not given and not family and (whole := folded(text(raw.get("name"))).split()):
        given, family = " ".join(whole[:-1]), whole[-1]
    row: Row = {}
    for column, name in (
        ("given", given),
        ("family", family),
        ("father", folded(text(raw.get("father")))),
    ):
        keys = skeletons(name) if name else ()
        row[column] = name or None
        row[f"{column}_key"] = " ".join(keys) or None
        row[f"{column}_parts"] = [key for key in keys if len(key) >= SHORTEST_PART] or None
    return row


def born(value: object, remarks: Counter[str]) -> Row:
    """Returns a birth date as day, month and year, as far as it is known."""
    unknown: Row = dict.fromkeys(("birth_date", "birth_month", "birth_year", "birth_flipped"))
    written = value.isoformat()[:10] if isinstance(value, date) else text(value)
    if not written:
        return unknown
    found = DATE.match(written.replace("/", "-"))
    if found is None:
        remarks["birth dates could not be read (year-month-day is) and count as unknown"] += 1
        return unknown
    year, month, day = found[1], found[2] or "00", found[3] or "00"
    known_month, known_day = month != "00", month != "00" and day != "00"
    if known_day and not in_calendar(year, month, day):
        remarks["birth dates are not in the calendar and are compared digit by digit"] += 1
    flipped = f"{year}{day}{month}" if known_day and "01" <= day <= "12" and day != month else None
    return {
        "birth_date": year + month + day if known_day else None,
        "birth_month": year + month if known_month else None,
        "birth_year": int(year),
        "birth_flipped": flipped,
    }


def in_calendar(year: str, month: str, day: str) -> bool:
    """Returns whether there is such a day."""
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def about(raw: Mapping[str, object], remarks: Counter[str]) -> Row:
    """Returns sex, place, address, numbers, contacts, intake and unit in one form each."""
    sex = folded(text(raw.get("sex")))
    if sex and sex not in SEX_OF:
        remarks["entries for sex could not be read and count as unknown"] += 1
    place, address = folded(text(raw.get("place"))), folded(text(raw.get("address")))
    words = [word for word in address.split() if not word.isdigit()]
    year = text(raw.get("intake_year"))[:4]
    numbers = [numbered(one) for one in listed(raw.get("numbers"))]
    contacts = [reached(one) for one in listed(raw.get("contact"))]
    return {
        "sex": SEX_OF.get(sex),
        "place": place or None,
        "place_key": " ".join(skeletons(place)) or None,
        "address": address or None,
        "address_number": next((w for w in address.split() if w.isdigit()), None),
        "address_parts": [key for key in words if len(key) > SHORTEST_PART] or None,
        "unit": folded(text(raw.get("unit"))) or None,
        "intake": int(year) if year.isdigit() else None,
        **several("numbers", [n for n in numbers if n]),
        "kinds": sorted({n.split(":")[0] for n in numbers if n}) or None,
        **several("contact", [c for c in contacts if c]),
    }


def listed(value: object) -> list[str]:
    """Returns a list, or a text parted by semicolons, as texts."""
    if isinstance(value, list | tuple):
        return [text(one) for one in value if text(one)]
    return [one.strip() for one in PARTED.split(text(value)) if one.strip()]


def numbered(written: str) -> str:
    """Returns a number as `kind:NUMBER`, without blanks and signs; empty without a digit."""
    kind, _, number = written.rpartition(":")
    plain = folded(number).replace(" ", "").upper().lstrip("0")
    told = any(character.isdigit() for character in plain)
    return f"{folded(kind) or 'number'}:{plain}" if told else ""


def reached(written: str) -> str:
    """Returns a contact in one form: mail in small letters, a telephone by its last digits."""
    if "@" in written:
        return written.casefold().replace(" ", "")
    plain = folded(written).replace(" ", "")
    if plain.isdigit():
        return plain.lstrip("0")[-DIGITS_THAT_TELL:]
    return plain if any(character.isdigit() for character in plain) else ""


def several(column: str, values: list[str]) -> Row:
    """Returns a list of values with all their forms one character short, to see a slip."""
    own = sorted(set(values))
    return {
        column: own or None,
        f"{column}_near": sorted({form for value in own for form in one_short(value)}) or None,
    }


def one_short(value: str) -> set[str]:
    """Returns the value and every form of it with one character left out, its kind kept."""
    kind, colon, number = value.rpartition(":")
    forms = {value}
    if len(number) >= SHORTEST_WITH_SLIPS:
        forms |= {f"{kind}{colon}{number[:i]}{number[i + 1 :]}" for i in range(len(number))}
    return forms
