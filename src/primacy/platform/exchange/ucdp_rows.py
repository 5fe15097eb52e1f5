"""UCDP events as columns ready to be stored, and what was wrong with the rest."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

IntColumn = NDArray[np.int64]
FloatColumn = NDArray[np.float64]
DateColumn = NDArray[np.datetime64]
TextColumn = list[str]
Severity = Literal["error", "warning"]

NOT_STATED = -1
"""Stands for a blank number in columns that may be blank (UCDP itself writes -1 there)."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one value: where, what was found, what was expected, what to do."""

    row: int
    column: str
    value: str
    expected: str
    action: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class UcdpRows:
    """Good events, column by column; every column has the same length.

    Dates are `datetime64[D]`. `row_number` is the physical line on which the record starts
    (csv) or the number of the event (JSON), from 1. Numbers that may be blank hold -1 then.
    """

    row_number: IntColumn
    origin_id: IntColumn
    relid: TextColumn
    year: IntColumn
    code_status: TextColumn
    type_of_violence: IntColumn
    conflict_id: IntColumn
    conflict_name: TextColumn
    dyad_id: IntColumn
    dyad_name: TextColumn
    side_a_id: IntColumn
    side_a: TextColumn
    side_b_id: IntColumn
    side_b: TextColumn
    number_of_sources: IntColumn
    source_article: TextColumn
    source_headline: TextColumn
    source_date: TextColumn
    where_prec: IntColumn
    where_coordinates: TextColumn
    where_description: TextColumn
    adm_1: TextColumn
    adm_2: TextColumn
    lat: FloatColumn
    lon: FloatColumn
    priogrid_gid: IntColumn
    country: TextColumn
    country_id: IntColumn
    event_clarity: IntColumn
    date_prec: IntColumn
    date_start: DateColumn
    date_end: DateColumn
    deaths_a: IntColumn
    deaths_b: IntColumn
    deaths_civilians: IntColumn
    deaths_unknown: IntColumn
    best: IntColumn
    low: IntColumn
    high: IntColumn

    def __len__(self) -> int:
        return len(self.origin_id)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some events of a source: the good rows, all problems found, and notes on the source.

    `read` counts the records met, good or bad: `read - len(rows)` were left out.
    """

    rows: UcdpRows
    problems: tuple[RowProblem, ...]
    read: int
    vintage: str
    notes: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[RowProblem, ...]:
        """The problems that kept a row out."""
        return tuple(problem for problem in self.problems if problem.severity == "error")
