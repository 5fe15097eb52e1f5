"""The sheets of files read whole: what they state, and what is wrong with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext_noop

from primacy.platform.exchange.sfm.columns import (
    EXTRA,
    FINISHED,
    INCIDENTS,
    PERSONS,
    SOURCES,
    STATUS_COLUMN,
    UNITS,
)
from primacy.platform.exchange.sfm.files import SheetFiles, SheetRow, read_sheets
from primacy.platform.exchange.sfm.incidents import PartStated, parts_of
from primacy.platform.exchange.sfm.persons import PersonStated, extra_of, person_of
from primacy.platform.exchange.sfm.problems import (
    LEFT_OUT,
    RowWrong,
    SheetProblem,
    SheetsRefused,
)
from primacy.platform.exchange.sfm.sources import PointStated, point_of
from primacy.platform.exchange.sfm.units import UnitStated, unit_of
from primacy.platform.imports.actions import Problem
from primacy.rooms.exchange.errors import ExchangeRefused

T = TypeVar("T")
UNFINISHED = gettext_noop("3: only rows their makers have finished are read")


@dataclass
class Read:
    """What the sheets state, in the order of their rows."""

    files: SheetFiles
    points: list[PointStated] = field(default_factory=list)
    units: list[UnitStated] = field(default_factory=list)
    persons: list[PersonStated] = field(default_factory=list)
    parts: list[PartStated] = field(default_factory=list)
    problems: list[SheetProblem] = field(default_factory=list)

    def copy_of_problems(self) -> list[SheetProblem]:
        """The problems of reading, for a load to add its own."""
        return list(self.problems)


def read(paths: Sequence[Path]) -> Read:
    """What the files state; `ExchangeRefused` where one of them is no such sheet."""
    try:
        files = read_sheets(paths)
    except SheetsRefused as problem:
        raise ExchangeRefused(str(problem)) from problem
    found = Read(files, problems=list(files.problems))
    finished = {
        sheet: [row for row in rows if _is_finished(row, found.problems)]
        for sheet, rows in files.rows.items()
    }
    found.points = _each(finished[SOURCES], point_of, found.problems)
    found.units = _each(finished[UNITS], unit_of, found.problems)
    found.persons = _each(finished[PERSONS], person_of, found.problems)
    found.persons += _each(finished[EXTRA], extra_of, found.problems)
    for parts in _each(finished[INCIDENTS], parts_of, found.problems):
        found.parts += parts
    return found


def as_problems(problems: Sequence[SheetProblem]) -> list[Problem]:
    """The problems as an import keeps them: the file stands before the column."""
    return [
        Problem(one.row, f"{one.file}: {one.column}".rstrip(": "), one.value[:60], one.expected,
                one.action, one.severity)
        for one in problems
    ]  # fmt: skip


def _each(
    rows: Sequence[SheetRow], make: Callable[[SheetRow], T], problems: list[SheetProblem]
) -> list[T]:
    found = []
    for row in rows:
        try:
            found.append(make(row))
        except RowWrong as wrong:
            problems.append(problem_of(row, wrong))
    return found


def problem_of(row: SheetRow, wrong: RowWrong) -> SheetProblem:
    """The problem of a row that is left out."""
    return SheetProblem(
        row.file, row.number, wrong.column, wrong.value[:60], wrong.expected, LEFT_OUT
    )


def _is_finished(row: SheetRow, problems: list[SheetProblem]) -> bool:
    column = STATUS_COLUMN.get(row.sheet, "")
    text = row.get(column) if column else ""
    if text in ("", FINISHED):
        return True
    problems.append(
        SheetProblem(row.file, row.number, column, text[:20], UNFINISHED, LEFT_OUT, "warning")
    )
    return False
