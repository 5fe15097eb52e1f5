"""The list of Specially Designated Nationals (SDN) of the United States Treasury, as CSV.

Three files without header rows belong together: the records, their other names, their addresses.
None says of which day it is, so the day is asked for. A file of names or addresses that is not
given is said to be missing, since what it holds is then not searched.
"""

import csv
import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext_noop as _

from primacy.platform.exchange.list_entries import (
    EntryKind,
    ListedEntry,
    ListedName,
    ListProblem,
    ListRead,
    NameKind,
    Quality,
    short_narrative,
)
from primacy.platform.exchange.list_errors import ListDateMissing, ListFileHostile, ListFileRefused
from primacy.platform.exchange.list_opening import file_hash, open_list
from primacy.platform.exchange.ofac_remarks import Remarks, read_remarks

PUBLISHER = "ofac"
NOTHING = "-0-"
END_OF_FILE = "\x1a"
RECORD_WIDTH, NAME_WIDTH, ADDRESS_WIDTH = 12, 5, 6
LONGEST_CELL = 40_000
MOST_RECORDS = 500_000
KINDS = {
    "individual": EntryKind.PERSON,
    "vessel": EntryKind.VESSEL,
    "aircraft": EntryKind.AIRCRAFT,
    "": EntryKind.ORGANISATION,
}
ALIAS_KINDS = {"aka": NameKind.ALIAS, "fka": NameKind.FORMER, "nka": NameKind.ALIAS}

Row = tuple[int, list[str]]


def read_ofac_list(
    records: Path,
    *,
    list_date: dt.date | None,
    names: Path | None = None,
    addresses: Path | None = None,
) -> ListRead:
    """The list as read; `ListFileRefused` where a file as a whole is none."""
    if list_date is None:
        raise ListDateMissing(
            records.name,
            _("these files do not say of which day they are."),
            _("Give the day on which the list was published."),
        )
    seen: set[str] = set()
    found = _opened([path for path in (records, names, addresses) if path], list_date)
    aliases = _grouped(names, NAME_WIDTH, found)
    places = _grouped(addresses, ADDRESS_WIDTH, found)
    if names is None:
        found.notes.append(_("The file of other names was not given: aliases in it are missing."))
    if addresses is None:
        found.notes.append(_("The file of addresses was not given."))
    for line, cells in _rows(records, RECORD_WIDTH, found):
        found.read += 1
        wrong = _wrong(cells, seen)
        if wrong:
            problem = ListProblem(line, cells[0][:40], "", cells[1][:60], wrong, left_out=True)
            found.problems.append(problem)
            continue
        seen.add(cells[0])
        _take(found, line, cells, aliases.pop(cells[0], []), places.pop(cells[0], []))
    _say_unattached(found, names, aliases)
    _say_unattached(found, addresses, places)
    if not found.entries:
        raise ListFileRefused(records.name, _("no entry can be read."), _expected())
    return found


def _opened(paths: Sequence[Path], list_date: dt.date) -> ListRead:
    """An empty reading of these files; several have one hash made of all of theirs."""
    hashes = [file_hash(path) for path in paths]
    alone = len(hashes) == 1
    joined = hashlib.sha256(":".join(digest for digest, _size in hashes).encode()).hexdigest()
    return ListRead(
        PUBLISHER,
        paths[0].name,
        sha256=hashes[0][0] if alone else joined,
        size=sum(size for _digest, size in hashes),
        list_date=list_date,
        files=[(path.name, digest) for path, (digest, _size) in zip(paths, hashes, strict=True)],
    )


def _expected() -> str:
    return _("Expected: the SDN list as CSV (sdn.csv) with 12 columns and no header row.")


def _rows(path: Path, width: int, found: ListRead) -> Iterator[Row]:
    """Each row with its line; cells without the sign for nothing. Rows of other widths are told."""
    with open_list(path, _("the SDN list as CSV, plain, .gz or .zip")) as stream:
        reader = csv.reader(stream, strict=True)
        try:
            for number, cells in enumerate(reader, 1):
                if number > MOST_RECORDS:
                    raise ListFileHostile(
                        path.name, _("it holds more rows than any list."), _expected(), number
                    )
                if not cells or cells == [END_OF_FILE]:
                    continue
                if len(cells) != width or any(len(cell) > LONGEST_CELL for cell in cells):
                    _other_width(path, width, found, reader.line_num, cells)
                    continue
                plain = [" ".join(cell.split()) for cell in cells]
                yield reader.line_num, ["" if cell == NOTHING else cell for cell in plain]
        except csv.Error as problem:
            raise ListFileRefused(
                path.name,
                _("the quoting breaks off or is damaged (%(why)s).") % {"why": str(problem)[:120]},
                _("Download the file again: it may be cut off."),
                reader.line_num,
            ) from problem


def _other_width(path: Path, width: int, found: ListRead, line: int, cells: list[str]) -> None:
    """Notes a row that is no record; a file that begins with one is another file."""
    if not found.read and width == RECORD_WIDTH:
        raise ListFileRefused(
            path.name,
            _("the first row has %(n)d cells.") % {"n": len(cells)},
            _expected(),
            line,
        )
    found.read += width == RECORD_WIDTH
    wrong = _("%(n)d cells in place of %(expected)d") % {"n": len(cells), "expected": width}
    value = f"{path.name}: {cells[0][:40]}"
    found.problems.append(ListProblem(line, cells[0][:40], "", value, wrong, left_out=True))


def _grouped(path: Path | None, width: int, found: ListRead) -> dict[str, list[list[str]]]:
    rows: dict[str, list[list[str]]] = defaultdict(list)
    if path is not None:
        for _line, cells in _rows(path, width, found):
            rows[cells[0]].append(cells)
    return rows


def _say_unattached(
    found: ListRead, path: Path | None, left: Mapping[str, list[list[str]]]
) -> None:
    """Counts the rows of a side file that belong to no record of the list."""
    count = sum(len(rows) for rows in left.values())
    if path is not None and count:
        found.unused[_("%(file)s: rows without a record") % {"file": path.name}] += count


def _wrong(cells: list[str], seen: Collection[str]) -> str:
    """What keeps a row from being an entry; empty where nothing does."""
    reference, name, kind = cells[0], cells[1], cells[2].lower()
    if not (reference.isascii() and reference.isdigit()):
        return _("the first cell is no record number")
    if not name:
        return _("there is no name")
    if kind not in KINDS:
        return _("the kind '%(kind)s' is not known") % {"kind": kind[:40]}
    return _("an entry of this number stands before it") if reference in seen else ""


def _take(
    found: ListRead,
    line: int,
    cells: list[str],
    aliases: Sequence[list[str]],
    addresses: Sequence[list[str]],
) -> None:
    """Adds the entry of a record, and says which of its dates cannot be read."""
    remarks = read_remarks(cells[11])
    for birth in remarks.births:
        if birth.span is None:
            told = _("this date of birth is kept as written, and not searched")
            found.problems.append(
                ListProblem(line, cells[0], "DOB", birth.as_written, told, left_out=False)
            )
    found.entries.append(_entry(found, cells, KINDS[cells[2].lower()], remarks, aliases, addresses))


def _entry(
    found: ListRead,
    cells: list[str],
    kind: EntryKind,
    remarks: Remarks,
    aliases: Sequence[list[str]],
    addresses: Sequence[list[str]],
) -> ListedEntry:
    person = kind is EntryKind.PERSON
    names = [ListedName(_turned(cells[1]) if person else cells[1])]
    for row in aliases:
        if row[3]:
            text = _turned(row[3]) if person else row[3]
            how = ALIAS_KINDS.get(row[2].lower(), NameKind.ALIAS)
            names.append(ListedName(text, how, Quality.UNSTATED, row[4]))
    names += [
        ListedName(_turned(n.text) if person else n.text, n.kind, n.quality, n.note)
        for n in remarks.names
    ]
    craft = [
        f"{label}: {value}"
        for label, value in zip(
            ("call sign", "type", "tonnage", "gross tonnage", "flag", "owner"),
            cells[5:11],
            strict=True,
        )
        if value
    ]
    rest = [*craft, *remarks.other, *remarks.unread]
    if remarks.unread:
        found.unused[_("remarks that are kept as text")] += len(remarks.unread)
    narrative, cut = short_narrative("; ".join(rest))
    found.shortened += cut
    return ListedEntry(
        reference=cells[0],
        kind=kind,
        names=tuple(dict.fromkeys(names)),
        programme=cells[3].replace("] [", ", "),
        births=tuple(dict.fromkeys(remarks.births)),
        birth_places=tuple(dict.fromkeys(remarks.places)),
        nationalities=tuple(dict.fromkeys(remarks.nationalities)),
        documents=tuple(dict.fromkeys(remarks.documents)),
        posts=(cells[4],) if cells[4] else (),
        addresses=tuple(_address(row) for row in addresses if any(row[2:])),
        sex=remarks.sex,
        narrative=narrative,
    )


def _turned(name: str) -> str:
    """A name as it is spoken, given names first: "SMITH, John Ray" gives "John Ray SMITH"."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() else name.strip()


def _address(row: Sequence[str]) -> str:
    place = ", ".join(part for part in row[2:5] if part)
    return f"{place} ({row[5]})" if place and row[5] else place or row[5]
