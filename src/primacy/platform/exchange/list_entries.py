"""Entries of published lists of persons and organisations, whatever list they come from."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import cast

from primacy.kernels.time import DateRange, parse_when

NARRATIVE_LIMIT = 600
"""Characters kept of an entry's narrative; what is cut is marked and counted."""

CUT = " […]"


class EntryKind(StrEnum):
    """What an entry names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"


class NameKind(StrEnum):
    """Which of an entry's names it is."""

    PRIMARY = "primary"
    ALIAS = "alias"
    FORMER = "former"
    ORIGINAL_SCRIPT = "original_script"


class Quality(StrEnum):
    """How well an alias names the entry, where the list says so."""

    GOOD = "good"
    LOW = "low"
    UNSTATED = ""


@dataclass(frozen=True)
class ListedName:
    """A name as the list writes it."""

    text: str
    kind: NameKind = NameKind.PRIMARY
    quality: Quality = Quality.UNSTATED
    note: str = ""


@dataclass(frozen=True)
class ListedBirth:
    """A date of birth: the days it can mean (none where it cannot be read), and how it is put."""

    span: DateRange | None
    as_written: str
    approximate: bool = False
    of_alias: str = ""


@dataclass(frozen=True)
class ListedDocument:
    """A passport, identity card or other numbered paper."""

    kind: str
    number: str
    country: str = ""
    note: str = ""


@dataclass(frozen=True)
class ListedEntry:
    """One person, organisation, vessel or aircraft of a list, under its reference number."""

    reference: str
    kind: EntryKind
    names: tuple[ListedName, ...]
    programme: str = ""
    births: tuple[ListedBirth, ...] = ()
    birth_places: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    documents: tuple[ListedDocument, ...] = ()
    titles: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    sex: str = ""
    listed_on: dt.date | None = None
    updated_on: tuple[dt.date, ...] = ()
    narrative: str = ""

    @property
    def name(self) -> str:
        """The name the entry is listed under."""
        return self.names[0].text


@dataclass(frozen=True)
class ListProblem:
    """What is wrong at one place of a list file; the entry it stands in is left out or kept."""

    line: int
    reference: str
    field: str
    value: str
    wrong: str
    left_out: bool


@dataclass
class ListRead:
    """A list file as read: its entries, what could not be read, what was seen and not used."""

    publisher: str
    file: str
    sha256: str
    size: int
    list_date: dt.date | None
    generated: str = ""
    read: int = 0
    entries: list[ListedEntry] = field(default_factory=list)
    problems: list[ListProblem] = field(default_factory=list)
    unused: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    shortened: int = 0
    files: list[tuple[str, str]] = field(default_factory=list)
    """The name and hash of each file that belongs to the list."""

    @property
    def left_out(self) -> int:
        """Records of the file that are not among the entries."""
        return self.read - len(self.entries)

    def count(self, kind: EntryKind) -> int:
        """How many entries are of this kind."""
        return sum(1 for entry in self.entries if entry.kind is kind)


def content_of(entry: ListedEntry) -> dict[str, object]:
    """The entry as JSON can hold it; `entry_of` reads it back the same."""
    body = asdict(entry)
    body["births"] = [
        {**asdict(birth), "span": str(birth.span) if birth.span else ""} for birth in entry.births
    ]
    body["listed_on"] = entry.listed_on.isoformat() if entry.listed_on else ""
    body["updated_on"] = [day.isoformat() for day in entry.updated_on]
    return cast(dict[str, object], json.loads(json.dumps(body)))


def entry_of(content: Mapping[str, object]) -> ListedEntry:
    """The entry that `content_of` wrote down."""
    body = dict(content)
    births = [
        ListedBirth(
            span=parse_when(row["span"]) if row["span"] else None,
            as_written=row["as_written"],
            approximate=bool(row["approximate"]),
            of_alias=row["of_alias"],
        )
        for row in _rows(body, "births")
    ]
    names = [
        ListedName(
            text=row["text"],
            kind=NameKind(row["kind"]),
            quality=Quality(row["quality"]),
            note=row["note"],
        )
        for row in _rows(body, "names")
    ]
    listed = str(body["listed_on"])
    return ListedEntry(
        reference=str(body["reference"]),
        kind=EntryKind(str(body["kind"])),
        names=tuple(names),
        programme=str(body["programme"]),
        births=tuple(births),
        documents=tuple(ListedDocument(**row) for row in _rows(body, "documents")),
        sex=str(body["sex"]),
        listed_on=dt.date.fromisoformat(listed) if listed else None,
        updated_on=tuple(dt.date.fromisoformat(day) for day in _texts(body, "updated_on")),
        narrative=str(body["narrative"]),
        birth_places=_texts(body, "birth_places"),
        nationalities=_texts(body, "nationalities"),
        titles=_texts(body, "titles"),
        posts=_texts(body, "posts"),
        addresses=_texts(body, "addresses"),
    )


def digest_of(entry: ListedEntry) -> str:
    """A hash of all that is kept of an entry; equal for equal content only."""
    text = json.dumps(content_of(entry), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


IDENTIFYING = ("names", "births", "birth_places", "nationalities", "documents", "sex")
"""What a person is recognised by; a change here can turn an earlier judgement."""


def changed_fields(before: ListedEntry, after: ListedEntry) -> tuple[str, ...]:
    """The fields in which two versions of an entry differ."""
    first, second = content_of(before), content_of(after)
    return tuple(name for name in first if first[name] != second[name])


def short_narrative(text: str) -> tuple[str, bool]:
    """The beginning of a narrative, and whether it was cut."""
    plain = " ".join(text.split())
    if len(plain) <= NARRATIVE_LIMIT:
        return plain, False
    return plain[:NARRATIVE_LIMIT].rsplit(" ", 1)[0] + CUT, True


def _rows(body: Mapping[str, object], name: str) -> list[dict[str, str]]:
    return cast(list[dict[str, str]], body[name])


def _texts(body: Mapping[str, object], name: str) -> tuple[str, ...]:
    return tuple(cast(list[str], body[name]))
