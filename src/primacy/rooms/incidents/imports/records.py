"""What passes between the steps of an import of incidents."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from primacy.platform.exchange.ucdp_rows import DateColumn, FloatColumn, IntColumn, TextColumn
from primacy.platform.imports.actions import Problem
from primacy.platform.imports.models import ImportBatch
from primacy.rooms.incidents.models import IncidentType

ORIGIN_YEARLY = "ucdp_ged"
ORIGIN_CANDIDATE = "ucdp_candidate"

TYPES = {
    1: IncidentType.STATE_BASED,
    2: IncidentType.NON_STATE,
    3: IncidentType.ONE_SIDED,
}
"""UCDP's types of violence by their number in the files."""

EVERY_TYPE = TYPES | {
    4: IncidentType.CRIME,
    5: IncidentType.PUBLIC_ORDER,
    6: IncidentType.ATTACK_ON_UN,
    7: IncidentType.ESCAPE,
    8: IncidentType.OTHER,
}
"""All kinds of event by the number they have while a file is read."""

Progress = Callable[[int], None]
"""Called with the number of rows read so far."""


@dataclass(frozen=True, slots=True)
class Events:
    """Some good events, column by column, with only what is stored."""

    origin_id: IntColumn | NDArray[np.object_]
    type: IntColumn
    date_start: DateColumn
    date_end: DateColumn
    date_precision: IntColumn
    lat: FloatColumn
    lon: FloatColumn
    where_precision: IntColumn
    priogrid: IntColumn
    place: TextColumn
    adm_1: TextColumn
    adm_2: TextColumn
    country: TextColumn
    side_a: TextColumn
    side_b: TextColumn
    conflict: TextColumn
    deaths: tuple[IntColumn, ...]
    headline: TextColumn
    source_text: TextColumn

    def __len__(self) -> int:
        return len(self.origin_id)


@dataclass
class Reading:
    """All that one file or pull brought, ready to be stored."""

    file: str
    vintage: str
    origin: str
    sha256: str = ""
    size: int = 0
    chunks: list[Events] = field(default_factory=list)
    read: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def good(self) -> int:
        """How many events can be stored."""
        return sum(len(chunk) for chunk in self.chunks)

    @property
    def bad(self) -> int:
        """How many rows were left out."""
        return self.read - self.good

    def origin_ids(self) -> list[str]:
        """The origin's own id of every event, in the order of the chunks."""
        return [str(one) for chunk in self.chunks for one in chunk.origin_id.tolist()]

    def ints(self, name: str) -> NDArray[np.int64]:
        """A whole-number column over all chunks."""
        parts = [getattr(chunk, name) for chunk in self.chunks]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def floats(self, name: str) -> NDArray[np.float64]:
        """A decimal column over all chunks."""
        parts = [getattr(chunk, name) for chunk in self.chunks]
        return np.concatenate(parts) if parts else np.empty(0, np.float64)


@dataclass(frozen=True)
class Placed:
    """A chunk with what was worked out for it: cells, areas (as stored), which rows are new."""

    events: Events
    h3: NDArray[np.int64]
    areas: list[str | None]
    fresh: NDArray[np.bool_]


@dataclass(frozen=True)
class Plan:
    """What storing a reading would do. `boundaries` are those the areas were found with."""

    reading: Reading
    placed: list[Placed]
    known: int
    changed: int
    replaces: int
    older: int
    outside: int
    boundaries: tuple[uuid.UUID, ...]
    on_record: int

    @property
    def new(self) -> int:
        """How many events are not on record in this release."""
        return self.reading.good - self.known - self.changed


@dataclass(frozen=True)
class Summary:
    """What a file holds, counted over its good events."""

    by_type: dict[str, int]
    by_country: dict[str, int]
    by_year: dict[str, int]
    first_day: str
    last_day: str
    deaths_best: int
    sample: list[dict[str, object]]


@dataclass(frozen=True)
class IncidentsPreview:
    """What loading would do. `new`, `known`, `changed` are against the release on record."""

    batch: ImportBatch
    summary: Summary
    read: int
    bad: int
    new: int
    known: int
    changed: int
    replaces: int
    older: int
    outside_areas: int
    problems: list[Problem]
    notes: list[str]
    plan: Plan


@dataclass(frozen=True)
class IncidentsLoaded:
    """What a load did. `read` is `added + known + changed + bad`."""

    batch: ImportBatch
    read: int
    added: int
    known: int
    changed: int
    bad: int
    superseded: int
    by_type: dict[str, int]
    outside_areas: int
    problems: list[Problem]
    notes: list[str]
