"""What passes between the steps of an import of areas: options, rows read, plan, preview."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from primacy.platform.imports.actions import Problem
from primacy.platform.imports.models import ImportBatch
from primacy.platform.policy import Marking
from primacy.rooms.places.models import Area, Mission
from primacy.rooms.places.rules import BoundaryValues


@dataclass(frozen=True)
class AreasOptions:
    """What the person running the import decides; what is left empty is guessed or defaulted."""

    level: int | None = None
    kind: str = ""
    vintage: str = ""
    valid_from: dt.date | None = None
    source_title: str = ""
    publisher: str = ""
    source_url: str = ""
    crs: str = ""
    swap_axes: bool = False
    layer: str = ""
    encoding: str = ""
    name_column: str = ""
    code_column: str = ""
    parent_column: str = ""
    population_column: str = ""
    population_year: int | None = None
    country_column: str = ""
    only_country: str = ""
    close_spelling: bool = True
    same_as: Mapping[str, str] = field(default_factory=dict)
    """Name in the file → code of the existing area it is; "" means a new area."""
    marking: int = Marking.INTERNAL


@dataclass(frozen=True)
class Feature:
    """One row of the file: its number from 1, its columns, its shape as read (or what is wrong)."""

    row: int
    values: Mapping[str, object]
    shape: BaseGeometry | None
    unreadable: str = ""


@dataclass(frozen=True)
class Layer:
    """A file read: rows in WGS 84, longitude first."""

    file: str
    format: str
    sha256: str
    size: int
    crs: str
    columns: tuple[str, ...]
    features: tuple[Feature, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ColumnsUsed:
    """The columns read for each meaning; "" where there is none."""

    name: str
    code: str = ""
    parent: str = ""
    parent_code: str = ""
    population: str = ""
    population_year: int | None = None
    country: str = ""


@dataclass(frozen=True)
class Repair:
    """One shape that was made valid. `change_percent` is None where it had no area before."""

    row: int
    name: str
    what: str
    change_percent: float | None


@dataclass(frozen=True)
class Neighbours:
    """How well the shapes of the file fit together (slivers below 0.1 km² are not counted)."""

    overlaps: int = 0
    largest_overlap_km2: float = 0.0
    gaps: int = 0
    largest_gap_km2: float = 0.0
    checked: bool = True


@dataclass(frozen=True)
class Figure:
    """A population figure of a row."""

    year: int
    value: int


@dataclass
class Row:
    """One good row with all that is needed to load it."""

    number: int
    name: str
    code: str
    shape: BaseGeometry
    figure: Figure | None = None
    parent_name: str = ""
    parent_code: str = ""
    parent: Area | None = None
    area: Area | None = None
    how: str = ""
    withdrawn: Area | None = None
    """An area an undone import had brought, which this row brings back."""
    new_code: str = ""
    values: BoundaryValues | None = None
    shape_known: bool = False
    figure_known: bool = False

    @property
    def known(self) -> bool:
        """True where the board has this shape, and the figure if any, from this source already."""
        return self.shape_known and (self.figure is None or self.figure_known)


@dataclass(frozen=True)
class Match:
    """A row that belongs to an existing area, and by what it was recognised."""

    row: int
    name: str
    area: Area
    how: str


@dataclass(frozen=True)
class NewArea:
    """A row that no existing area answers to; `code` is the one it will be given."""

    row: int
    name: str
    code: str
    parent: Area | None


@dataclass
class Plan:
    """The file understood against the areas of the mission as they are now."""

    layer: Layer
    options: AreasOptions
    mission: Mission
    level: int
    kind: str
    columns: ColumnsUsed
    read: int
    vintage: str
    source_title: str
    rows: list[Row]
    kept: list[Area]
    problems: list[Problem]
    repaired: list[Repair]
    notes: list[str]
    neighbours: Neighbours
    board: frozenset[uuid.UUID]
    """The areas the plan was made against, to notice a change before the load."""

    @property
    def bad_rows(self) -> int:
        """The number of rows that cannot be loaded."""
        return len({p.row for p in self.problems if p.severity == "error" and p.row is not None})


@dataclass(frozen=True)
class AreasPreview:
    """What loading the file would do. Only the batch has been written."""

    batch: ImportBatch
    rows: int
    matched: list[Match]
    new: list[NewArea]
    kept: list[Area]
    parents: dict[int, Area | None]
    repaired: list[Repair]
    problems: list[Problem]
    neighbours: Neighbours
    columns: ColumnsUsed
    level: int
    kind: str
    vintage: str
    source_title: str
    crs: str
    notes: list[str]
    known: int
    plan: Plan = field(repr=False, compare=False)

    @property
    def bad_rows(self) -> int:
        """The number of rows that cannot be loaded."""
        return self.plan.bad_rows
