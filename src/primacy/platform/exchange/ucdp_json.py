"""Batches of records from UCDP JSON: a GeoJSON FeatureCollection or pages of the API.

Events are decoded one after another, so a file of any size needs little memory.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Literal, TextIO

from django.utils.translation import gettext_noop

from primacy.platform.exchange.errors import (
    UcdpColumnsMissing,
    UcdpFileMalformed,
    UcdpFileTruncated,
    UcdpFileWithoutEvents,
)
from primacy.platform.exchange.ucdp_checks import LEFT_OUT, RecordBatch
from primacy.platform.exchange.ucdp_columns import (
    LATITUDE,
    LONGITUDE,
    REQUIRED,
    WANTED,
    require_columns,
)
from primacy.platform.exchange.ucdp_rows import RowProblem
from primacy.platform.exchange.ucdp_source import DOWNLOAD_AGAIN, EVENT_FILE

JsonFormat = Literal["geojson", "api"]

_BLOCK = 1 << 20
_LIST_OF_EVENTS = re.compile(r'"(features|Result)"\s*:\s*\[')
_LONGEST_OPENING = 64
_LONGEST_EVENT = 4_000_000
"""Characters of one event, and of all text around the events; real ones take a few thousand."""
_BETWEEN = re.compile(r"[\s,]*")
_VALID = gettext_noop("complete, valid JSON.")
_DECODER = json.JSONDecoder()


class JsonEvents:
    """Iterates over the events of a file; afterwards knows its format and stated total."""

    def __init__(self, stream: TextIO, file: str) -> None:
        self._stream = stream
        self._file = file
        self._text = ""
        self._ended = False
        # All text outside the lists of events: small, and valid JSON of its own.
        self._frame: list[str] = []
        self.format: JsonFormat | None = None
        self.stated_total: int | None = None
        self.count = 0

    def __iter__(self) -> Iterator[object]:
        while self._enter_list():
            yield from self._list_items()
        if self.format is None:
            raise self._no_list()
        self._check_frame()

    def _no_list(self) -> UcdpColumnsMissing:
        return UcdpColumnsMissing(
            self._file,
            gettext_noop('this JSON holds neither "features" (GeoJSON) nor "Result" (UCDP API).'),
            EVENT_FILE,
            gettext_noop("Choose a UCDP event file."),
            REQUIRED,
        )

    def _more(self) -> bool:
        """Whether more text could be read; it is added to the text at hand."""
        block = "" if self._ended else self._stream.read(_BLOCK)
        self._ended = not block
        self._text += block
        return not self._ended

    def _enter_list(self) -> bool:
        """Whether another list of events begins; the text then starts at its first item."""
        while True:
            opening = _LIST_OF_EVENTS.search(self._text)
            if opening is not None:
                self._frame.append(self._text[: opening.end()])
                self._text = self._text[opening.end() :]
                self.format = "geojson" if opening[1] == "features" else "api"
                return True
            keep = max(0, len(self._text) - _LONGEST_OPENING)
            self._frame.append(self._text[:keep])
            if sum(map(len, self._frame)) > _LONGEST_EVENT:
                raise self._no_list()
            self._text = self._text[keep:]
            if not self._more():
                self._frame.append(self._text)
                self._text = ""
                return False

    def _list_items(self) -> Iterator[object]:
        """The items up to the closing bracket."""
        position = 0
        while True:
            position = _end_of_match(_BETWEEN, self._text, position)
            if self._text.startswith("]", position):
                self._text = self._text[position:]
                return
            try:
                item, position = _DECODER.raw_decode(self._text, position)
            except json.JSONDecodeError as exc:
                self._need_more(exc, position)
                position = 0
                continue
            except (RecursionError, ValueError) as fault:
                # Nested too deeply, or a number of thousands of digits.
                raise self._malformed(str(fault)) from None
            self.count += 1
            yield item

    def _need_more(self, fault: json.JSONDecodeError, position: int) -> None:
        """Nothing, once more text stands after `position`; raises where none can help."""
        unfinished = fault.pos >= len(self._text) - 16 or "Unterminated" in fault.msg
        self._text = self._text[position:]
        if len(self._text) > _LONGEST_EVENT:
            raise self._malformed("one event is longer than any event can be") from None
        if unfinished and self._more():
            return
        after = gettext_noop("after %(count)s complete events") % {"count": format(self.count, ",")}
        if unfinished:
            raise UcdpFileTruncated(
                self._file,
                gettext_noop("the JSON stops in the middle, %(after)s.") % {"after": after},
                _VALID,
                DOWNLOAD_AGAIN,
            ) from None
        raise self._malformed(fault.msg) from None

    def _malformed(self, what: str) -> UcdpFileMalformed:
        after = gettext_noop("after %(count)s complete events") % {"count": format(self.count, ",")}
        return UcdpFileMalformed(
            self._file,
            gettext_noop("the JSON has a fault %(after)s: %(msg)s.")
            % {"after": after, "msg": what},
            _VALID,
            DOWNLOAD_AGAIN,
        )

    def _check_frame(self) -> None:
        """Sets the stated total; raises where the text around the lists is not whole."""
        frame, position, totals = "".join(self._frame), 0, [0]
        try:
            while (position := _end_of_match(_BETWEEN, frame, position)) < len(frame):
                document, position = _DECODER.raw_decode(frame, position)
                pages = document if isinstance(document, list) else [document]
                totals += [page.get("TotalCount") or 0 for page in pages if isinstance(page, dict)]
        except (json.JSONDecodeError, RecursionError):
            raise UcdpFileTruncated(
                self._file,
                gettext_noop("the JSON is not closed after its %(count)s events.")
                % {"count": format(self.count, ",")},
                _VALID,
                DOWNLOAD_AGAIN,
            ) from None
        stated = max((total for total in totals if isinstance(total, int)), default=0)
        self.stated_total = stated or None


def json_head(stream: TextIO, file: str) -> tuple[JsonFormat, tuple[str, ...]]:
    """The format and the columns of the first event, checked; raises if there is no event."""
    events = JsonEvents(stream, file)
    for event in events:
        columns = tuple(event_fields(event) or ())
        require_columns(file, columns)
        return events.format or "api", columns
    raise _no_events(file)


def json_batches(stream: TextIO, file: str, size: int) -> Iterator[RecordBatch]:
    """Batches of at most `size` events, numbered from 1 in the order of the file."""
    events = JsonEvents(stream, file)
    numbered = enumerate(events, start=1)
    checked = False
    while block := list(islice(numbered, size)):
        if not checked:
            require_columns(file, tuple(event_fields(block[0][1]) or ()))
            checked = True
        yield batch_of_events(block)
    if not checked:
        raise _no_events(file)
    if events.stated_total is not None and events.stated_total > events.count:
        yield batch_of_events(
            (),
            gettext_noop(
                "The service stated %(stated_total)s events; the file holds %(count)s. "
                "If pages are missing, fetch them too."
            )
            % {
                "stated_total": format(events.stated_total, ","),
                "count": format(events.count, ","),
            },
        )


def event_fields(event: object) -> Mapping[str, object] | None:
    """The fields of an event by name, coordinates included; None where it is no event."""
    if not isinstance(event, dict):
        return None
    properties = event.get("properties")
    if not isinstance(properties, dict):
        return event
    if properties.get(LATITUDE) not in (None, ""):
        return properties
    geometry = event.get("geometry")
    point = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(point, list) or len(point) < 2:
        point = ["", ""]
    # GeoJSON writes longitude first (RFC 7946, section 3.1.1).
    return {**properties, LONGITUDE: point[0], LATITUDE: point[1]}


def batch_of_events(numbered: Iterable[tuple[int, object]], *notes: str) -> RecordBatch:
    """The events, each with its number, as text columns."""
    starts: list[int] = []
    records: list[list[object]] = []
    problems: list[RowProblem] = []
    for number, event in numbered:
        fields = event_fields(event)
        if fields is None:
            shown = json.dumps(event)[:80]
            problems.append(
                RowProblem(number, "", shown, gettext_noop("an event"), LEFT_OUT, "error")
            )
            continue
        starts.append(number)
        records.append([fields.get(name) for name in WANTED])
    by_column = list(zip(*records, strict=True)) or [()] * len(WANTED)
    columns = {
        name: [
            value if type(value) is str else "" if value is None else str(value) for value in values
        ]
        for name, values in zip(WANTED, by_column, strict=True)
    }
    read = len(starts) + len(problems)
    return RecordBatch(starts, columns, read, tuple(problems), notes)


def _no_events(file: str) -> UcdpFileWithoutEvents:
    return UcdpFileWithoutEvents(
        file,
        gettext_noop("its list of events is empty."),
        gettext_noop("at least one event."),
        DOWNLOAD_AGAIN,
    )


def _end_of_match(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return position if match is None else match.end()
