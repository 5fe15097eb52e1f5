"""Batches of records from a UCDP csv file (GED, Candidate, HDX export)."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TextIO

from django.utils.translation import gettext_noop

from primacy.platform.exchange.errors import (
    UcdpFileMalformed,
    UcdpFileTruncated,
    UcdpFileWithoutEvents,
)
from primacy.platform.exchange.ucdp_checks import LEFT_OUT, RecordBatch
from primacy.platform.exchange.ucdp_columns import WANTED, normalised, require_columns
from primacy.platform.exchange.ucdp_rows import RowProblem
from primacy.platform.exchange.ucdp_source import DOWNLOAD_AGAIN

_ALL_ROWS = gettext_noop("every record complete, with a closing quotation mark.")
_CUT_AT_END = "unexpected end of data"
_FIELD_TOO_LONG = "field larger than field limit"
_BLOCK_RECORDS = 200
"""Records turned into columns at once. So few that the garbage collector, which starts at some
hundreds of new lists, has nothing to do; measured a quarter faster than thousands."""


@dataclass(frozen=True, slots=True)
class CsvHead:
    """The columns of a csv file, and whether its second line holds HXL tags."""

    columns: tuple[str, ...]
    hxl_row: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """Some records with the line each starts on, and the fault met after the last of them."""

    starts: Sequence[int]
    records: list[list[str]]
    fault: RowProblem | None = None


class _Records:
    """The records of a csv file, read in blocks."""

    def __init__(self, stream: TextIO, file: str) -> None:
        # strict: a quotation mark that is never closed must be an error, not one huge field.
        self._reader = csv.reader(stream, strict=True)
        self._file = file
        self.header = self.next_block(1).records
        require_columns(file, self.header[0] if self.header else ())

    def next_block(self, size: int) -> _Block:
        """At most `size` records; none, and no fault, at the end of the file."""
        line = self._reader.line_num + 1
        starts: list[int] = []
        records: list[list[str]] = []
        try:
            for record in islice(self._reader, size):
                starts.append(line)
                records.append(record)
                line = self._reader.line_num + 1
        except csv.Error as exc:
            return _Block(starts, records, self._fault(str(exc), line))
        return _Block(starts, records)

    def _fault(self, fault: str, line: int) -> RowProblem:
        """The problem of a record that could not be read; raises where the file is at fault."""
        if _CUT_AT_END in fault:
            raise _cut(
                self._file, line, gettext_noop("opens a quotation mark that is never closed")
            ) from None
        if _FIELD_TOO_LONG in fault:
            raise UcdpFileMalformed(
                self._file,
                gettext_noop(
                    "the record on line %(line)s holds a text of more than "
                    "%(field_size_limit)s characters; its quotation mark is probably "
                    "never closed."
                )
                % {"line": line, "field_size_limit": format(csv.field_size_limit(), ",")},
                _ALL_ROWS,
                DOWNLOAD_AGAIN,
            ) from None
        return RowProblem(
            line,
            "",
            gettext_noop("a quotation mark inside a quoted text"),
            gettext_noop("quotation marks inside a text written twice"),
            LEFT_OUT,
            "error",
        )


class _Batch:
    """Columns being collected until there are enough records."""

    def __init__(self, header: Sequence[str]) -> None:
        positions = {normalised(name): index for index, name in enumerate(header)}
        self.wanted = [(name, positions[name]) for name in WANTED if name in positions]
        self.starts: list[int] = []
        self.columns: dict[str, list[str]] = {name: [] for name, _ in self.wanted}
        self.problems: list[RowProblem] = []
        self.notes: list[str] = []

    @property
    def read(self) -> int:
        """Records met, good or bad."""
        return len(self.starts) + len(self.problems)

    def add(self, starts: Sequence[int], records: list[list[str]]) -> None:
        """Adds records of the right width."""
        if records:
            by_position = list(zip(*records, strict=True))
            for name, position in self.wanted:
                self.columns[name].extend(by_position[position])
            self.starts.extend(starts)

    def finished(self) -> RecordBatch:
        """The batch for checking."""
        problems, notes = tuple(self.problems), tuple(self.notes)
        return RecordBatch(self.starts, self.columns, self.read, problems, notes)


def csv_head(stream: TextIO, file: str) -> CsvHead:
    """The header of the file, checked; raises if there is no event below it."""
    records = _Records(stream, file)
    hxl_row = False
    while (block := records.next_block(1)).records or block.fault:
        if block.fault is None and is_hxl_row(block.records[0]):
            hxl_row = True
        elif block.fault is not None or block.records[0]:
            return CsvHead(tuple(records.header[0]), hxl_row)
    raise UcdpFileWithoutEvents(
        file,
        gettext_noop("there is a header but no event below it."),
        gettext_noop("one event a line."),
        DOWNLOAD_AGAIN,
    )


def is_hxl_row(record: Sequence[str]) -> bool:
    """Whether a record is a row of HXL tags: only tags and blanks, with at least one tag."""
    stated = [value for value in record if value]
    return bool(stated) and all(value.startswith("#") for value in stated)


def csv_batches(stream: TextIO, file: str, size: int) -> Iterator[RecordBatch]:
    """Batches of at most `size` records, each with the line its record starts on."""
    records = _Records(stream, file)
    header = records.header[0]
    batch = _Batch(header)
    short: RowProblem | None = None
    at_top = True
    while (block := records.next_block(min(size - batch.read, _BLOCK_RECORDS))).records or (
        block.fault
    ):
        if not at_top and block.fault is None and set(map(len, block.records)) == {len(header)}:
            batch.problems += [short] if short else []
            short = None
            batch.add(block.starts, block.records)
        else:
            short = _add_one_by_one(batch, block, short, len(header), at_top)
            at_top = False
        if batch.read >= size:
            yield batch.finished()
            batch = _Batch(header)
    if short is not None:
        raise _cut(
            file,
            short.row,
            gettext_noop("has %(short)s instead of %(header)s")
            % {"short": short.value, "header": len(header)},
        )
    if batch.read:
        yield batch.finished()


def _add_one_by_one(
    batch: _Batch, block: _Block, short: RowProblem | None, width: int, at_top: bool
) -> RowProblem | None:
    """The problem of a last record that is too short, held back; all else is in the batch.

    Only when another record follows is a short record a bad row; at the end the file is cut.
    """
    starts: list[int] = []
    good: list[list[str]] = []
    for start, record in zip(block.starts, block.records, strict=True):
        if not record:
            continue
        batch.problems += [short] if short else []
        short = None
        if len(record) == width and not (at_top and not starts and is_hxl_row(record)):
            starts.append(start)
            good.append(record)
        elif len(record) == width:
            batch.notes.append(
                gettext_noop("Line %(start)s holds HXL tags; it was recognised and skipped.")
                % {"start": start}
            )
        else:
            problem = _wrong_width(start, len(record), width)
            if len(record) < width:
                short = problem
            else:
                batch.problems.append(problem)
    batch.add(starts, good)
    if block.fault is not None:
        batch.problems += [short, block.fault] if short else [block.fault]
        short = None
    return short


def _wrong_width(line: int, found: int, width: int) -> RowProblem:
    return RowProblem(
        line,
        "",
        gettext_noop("%(found)s fields") % {"found": found},
        gettext_noop("%(width)s fields") % {"width": width},
        LEFT_OUT,
        "error",
    )


def _cut(file: str, line: int, how: str) -> UcdpFileTruncated:
    return UcdpFileTruncated(
        file,
        gettext_noop("the file stops in the middle: its last record, on line %(line)s, %(how)s.")
        % {"line": line, "how": how},
        _ALL_ROWS,
        DOWNLOAD_AGAIN,
    )
