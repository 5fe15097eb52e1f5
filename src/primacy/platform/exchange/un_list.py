"""The consolidated list of the United Nations Security Council, as published in XML.

Every record is an entry or is named with what is wrong; every element with text that is not used
is counted. The day of the list is that of the file (`dateGenerated`).
"""

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext_noop as _

from primacy.platform.exchange.list_dates import plain_day, read_span, read_year
from primacy.platform.exchange.list_entries import (
    EntryKind,
    ListedBirth,
    ListedDocument,
    ListedEntry,
    ListedName,
    ListProblem,
    ListRead,
    NameKind,
    Quality,
    short_narrative,
)
from primacy.platform.exchange.list_errors import ListDateMissing, ListFileRefused
from primacy.platform.exchange.list_opening import file_hash, open_list
from primacy.platform.exchange.list_xml import Node, read_records

PUBLISHER = "un"
ROOT = "CONSOLIDATED_LIST"
RECORDS = {"INDIVIDUAL": EntryKind.PERSON, "ENTITY": EntryKind.ORGANISATION}
NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
ALIAS_QUALITY = {
    "good": (NameKind.ALIAS, Quality.GOOD),
    "low": (NameKind.ALIAS, Quality.LOW),
    "f.k.a.": (NameKind.FORMER, Quality.UNSTATED),
}
BOOKKEEPING = ("DATAID", "VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD")
"""Numbers of the publisher's own database; they say nothing about who is listed."""


def read_un_list(path: Path) -> ListRead:
    """The list as read; `ListFileRefused` where the file as a whole is none."""
    sha256, size = file_hash(path)
    found = ListRead(PUBLISHER, path.name, sha256=sha256, size=size, list_date=None)
    found.files.append((path.name, sha256))
    reader = _Reader(found)
    expected = _("the consolidated list of the Security Council in XML, plain, .gz or .zip")
    with open_list(path, expected) as stream:
        around = read_records(stream, path.name, RECORDS, reader.take)
    if around.root_tag != ROOT:
        raise ListFileRefused(
            path.name,
            _("it is XML, but begins with %(tag)s.") % {"tag": around.root_tag[:60]},
            _("Expected: %(what)s.") % {"what": expected},
        )
    found.generated = around.root.get("dateGenerated", "")
    found.list_date = _day_of(found)
    found.unused.update(around.outside)
    for name in around.root:
        if name != "dateGenerated" and not name.startswith("{"):
            found.unused[f"{ROOT}@{name}"] += 1
    if not found.entries:
        raise ListFileRefused(
            path.name,
            _("no entry can be read (%(n)d records).") % {"n": found.read},
            _("Download the list again from its publisher."),
        )
    return found


def _day_of(found: ListRead) -> dt.date:
    """The day the list was generated, as its publisher's clock showed it."""
    try:
        return dt.datetime.fromisoformat(found.generated).date()
    except ValueError as problem:
        raise ListDateMissing(
            found.file,
            _("the day of the list (dateGenerated) is missing or cannot be read."),
            _("Download the original file: a list without its day cannot be searched."),
        ) from problem


class _Reader:
    """Turns records into entries of one list."""

    def __init__(self, found: ListRead) -> None:
        self.found = found
        self.seen: set[str] = set()

    def take(self, record: Node) -> None:
        """Adds the entry of a record, or says what is wrong with it."""
        self.found.read += 1
        reference = record.value("REFERENCE_NUMBER")
        entry = self._entry(record, reference)
        if not reference:
            self._wrong(record, "", "REFERENCE_NUMBER", "", _("there is none"), left_out=True)
        elif reference in self.seen:
            wrong = _("an entry of this number stands before it")
            self._wrong(record, reference, "REFERENCE_NUMBER", reference, wrong, left_out=True)
        elif not entry.names:
            wrong = _("there is no name")
            self._wrong(record, reference, "FIRST_NAME", "", wrong, left_out=True)
        else:
            self.seen.add(reference)
            self.found.entries.append(entry)
        self.found.unused.update(record.unused())

    def _wrong(
        self, node: Node, reference: str, field: str, value: str, wrong: str, *, left_out: bool
    ) -> None:
        problem = ListProblem(node.line, reference, field, value[:60], wrong, left_out)
        self.found.problems.append(problem)

    def _entry(self, record: Node, reference: str) -> ListedEntry:
        kind = RECORDS[record.tag]
        for name in BOOKKEEPING:
            record.value(name)
        _values(record, "LIST_TYPE")
        narrative, cut = short_narrative(record.value("COMMENTS1"))
        self.found.shortened += cut
        aliases = record.all(f"{record.tag}_ALIAS")
        return ListedEntry(
            reference=reference,
            kind=kind,
            names=tuple(_names(record, aliases)),
            programme=record.value("UN_LIST_TYPE"),
            births=tuple(self._births(record, reference, aliases)),
            birth_places=_places(record, aliases),
            nationalities=_values(record, "NATIONALITY"),
            documents=_documents(record),
            titles=_values(record, "TITLE"),
            posts=_values(record, "DESIGNATION"),
            addresses=_addresses(record, f"{record.tag}_ADDRESS"),
            sex=_sex(record.value("GENDER")),
            listed_on=self._day(record, reference, "LISTED_ON"),
            updated_on=self._updated(record, reference),
            narrative=narrative,
        )

    def _day(self, record: Node, reference: str, tag: str) -> dt.date | None:
        text = record.value(tag)
        day = plain_day(text)
        if text and day is None:
            self._wrong(record, reference, tag, text, _("this is no day"), left_out=False)
        return day

    def _updated(self, record: Node, reference: str) -> tuple[dt.date, ...]:
        days = []
        for node in record.all("LAST_DAY_UPDATED"):
            for value in node.all("VALUE"):
                text = value.read()
                day = plain_day(text)
                if day is not None:
                    days.append(day)
                elif text:
                    wrong = _("this is no day")
                    self._wrong(value, reference, node.tag, text, wrong, left_out=False)
        return tuple(sorted(set(days)))

    def _births(self, record: Node, reference: str, aliases: list[Node]) -> list[ListedBirth]:
        found = []
        for node in record.all("INDIVIDUAL_DATE_OF_BIRTH"):
            birth = _birth(node)
            if birth is not None:
                found.append(birth)
                if birth.span is None:
                    wrong = _("this date of birth is kept as written, and not searched")
                    self._wrong(node, reference, node.tag, birth.as_written, wrong, left_out=False)
        for alias in aliases:
            text = alias.value("DATE_OF_BIRTH")
            if text:
                span = read_span(text)
                found.append(ListedBirth(span, text, of_alias=alias.value("ALIAS_NAME")))
        return list(dict.fromkeys(found))


def _names(record: Node, aliases: list[Node]) -> list[ListedName]:
    own = " ".join(part for tag in NAME_PARTS if (part := record.value(tag)))
    found = [ListedName(own)] if own else []
    for node in record.all("NAME_ORIGINAL_SCRIPT"):
        if text := node.read():
            found.append(ListedName(text, NameKind.ORIGINAL_SCRIPT))
    for alias in aliases:
        quality = alias.value("QUALITY").lower()
        kind, how_good = ALIAS_QUALITY.get(quality, (NameKind.ALIAS, Quality.UNSTATED))
        if text := alias.value("ALIAS_NAME"):
            found.append(ListedName(text, kind, how_good, alias.value("NOTE")))
    return found


def _birth(node: Node) -> ListedBirth | None:
    """A date of birth with the days it can mean; None where the element is empty."""
    kind, note = node.value("TYPE_OF_DATE"), node.value("NOTE")
    day, year = node.value("DATE"), node.value("YEAR")
    plain = plain_day(day)
    day = plain.isoformat() if plain else day
    first, last = node.value("FROM_YEAR"), node.value("TO_YEAR")
    stated = day or year or (f"{first} to {last}" if first or last else "")
    written = " ".join(part for part in (stated, note) if part)
    if not written:
        return None
    approximate = kind == "APPROXIMATELY" or "approx" in note.lower()
    if day:
        span = read_span(day)
    elif year:
        # "1958" with the remark "Sep." says the month of that year.
        span = read_span(f"{note} {year}") or read_year(year)
    else:
        span = read_span(stated or note)
    return ListedBirth(span, written, approximate)


def _places(record: Node, aliases: list[Node]) -> tuple[str, ...]:
    found = [_address(node) for node in record.all("INDIVIDUAL_PLACE_OF_BIRTH")]
    found += [
        ", ".join(
            part for tag in ("CITY_OF_BIRTH", "COUNTRY_OF_BIRTH") if (part := alias.value(tag))
        )
        for alias in aliases
    ]
    return tuple(dict.fromkeys(place for place in found if place))


def _addresses(record: Node, tag: str) -> tuple[str, ...]:
    found = (_address(node) for node in record.all(tag))
    return tuple(dict.fromkeys(address for address in found if address))


def _address(node: Node) -> str:
    tags = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
    place = ", ".join(part for tag in tags if (part := node.value(tag)))
    note = node.value("NOTE")
    return f"{place} ({note})" if place and note else place or note


def _documents(record: Node) -> tuple[ListedDocument, ...]:
    found = []
    for node in record.all("INDIVIDUAL_DOCUMENT"):
        kinds = (node.value("TYPE_OF_DOCUMENT"), node.value("TYPE_OF_DOCUMENT2"))
        where = (node.value("ISSUING_COUNTRY"), node.value("COUNTRY_OF_ISSUE"))
        remarks = [
            part for tag in ("CITY_OF_ISSUE", "DATE_OF_ISSUE", "NOTE") if (part := node.value(tag))
        ]
        number, kind = node.value("NUMBER"), ": ".join(part for part in kinds if part)
        if number or kind or remarks:
            country = next((part for part in where if part), "")
            found.append(ListedDocument(kind, number, country, "; ".join(remarks)))
    return tuple(found)


def _values(record: Node, tag: str) -> tuple[str, ...]:
    texts = (value.read() for node in record.all(tag) for value in node.all("VALUE"))
    return tuple(dict.fromkeys(text for text in texts if text))


def _sex(text: str) -> str:
    return {"male": "male", "female": "female"}.get(text.lower(), "")
