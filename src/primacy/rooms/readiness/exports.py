"""The board as plain data for API, commands and files; the tables of readiness as rows."""

from collections.abc import Iterable, Iterator
from typing import TypedDict

from django.db.models import QuerySet

from primacy.rooms.readiness.board import Board, Cell, Row
from primacy.rooms.readiness.models import Assessment, LeadEntry, Observation, StandardCriterion

COLUMNS = (
    "area",
    "code",
    "responsibility",
    "lead",
    "since",
    "trial_until",
    "readiness",
    "next_lead",
    "binding",
    "why",
    "source",
    "basis",
)


class CellData(TypedDict):
    """One responsibility of one area."""

    code: str
    name: str
    lead: str
    since: str | None
    since_earliest: str | None
    uncertain: bool
    trial_until: str | None
    inherited: bool
    readiness: str | None
    next_lead: str | None
    binding: str | None
    why: str
    source: str | None
    basis: str | None


class SubjectData(TypedDict):
    """One area or special unit."""

    name: str
    code: str
    population: int | None
    population_year: int | None
    responsibilities: list[CellData]


class BoardData(TypedDict):
    """A whole board."""

    as_of: str
    mission: str
    mission_name: str
    standard: str | None
    areas: list[SubjectData]
    units: list[SubjectData]


def board_data(board: Board) -> BoardData:
    """The board as plain data. An unknown lead is "unknown"; no further step is null."""
    return BoardData(
        as_of=board.as_of.isoformat(),
        mission=board.mission.code,
        mission_name=board.mission.name,
        standard=board.standard.label if board.standard else None,
        areas=[_subject(row) for row in board.rows],
        units=[_subject(row) for row in board.units],
    )


def _subject(row: Row) -> SubjectData:
    figure = row.population
    return SubjectData(
        name=row.name,
        code=row.code,
        population=figure.value if figure else None,
        population_year=figure.year if figure else None,
        responsibilities=[_cell(cell) for cell in row.cells],
    )


def _cell(cell: Cell) -> CellData:
    at, entry = cell.reading.at, cell.reading.entry
    return CellData(
        code=cell.responsibility.code,
        name=cell.responsibility.name,
        lead=cell.lead.value if cell.lead else "unknown",
        since=at.since.isoformat() if at.since and cell.lead else None,
        since_earliest=at.since_earliest.isoformat() if at.since_earliest and cell.lead else None,
        uncertain=at.uncertain,
        trial_until=at.trial_until.isoformat() if at.on_trial and at.trial_until else None,
        inherited=cell.reading.inherited,
        readiness=cell.readiness.value if cell.readiness else None,
        next_lead=cell.next_lead.value if cell.next_lead else None,
        binding=cell.binding,
        why=cell.binding_text,
        source=str(entry.source) if entry else None,
        basis=entry.basis if entry else None,
    )


def board_lines(data: BoardData) -> list[list[object]]:
    """One line for each area or unit and responsibility, in the order of `COLUMNS`."""
    return [
        [
            subject["name"],
            subject["code"],
            cell["code"],
            cell["lead"],
            cell["since"],
            cell["trial_until"],
            cell["readiness"],
            cell["next_lead"],
            cell["binding"],
            cell["why"],
            cell["source"],
            cell["basis"],
        ]
        for subject in [*data["areas"], *data["units"]]
        for cell in subject["responsibilities"]
    ]


OBSERVATION_COLUMNS = (
    "area",
    "unit",
    "indicator",
    "method",
    "observed_on",
    "value",
    "low",
    "high",
    "numerator",
    "denominator",
    "sample",
    "party",
    "entered_as",
    "note",
    "source",
)


def observation_rows(rows: QuerySet[Observation]) -> Iterator[list[object]]:
    """One row for each value the viewer may read, newest first."""
    for row in rows:
        yield [
            row.area.code if row.area else "",
            row.unit.code if row.unit else "",
            row.indicator,
            row.method,
            row.observed_on,
            row.value,
            row.low,
            row.high,
            row.numerator,
            row.denominator,
            "yes" if row.sample else "no",
            row.party,
            row.entered_as,
            row.note,
            str(row.source),
        ]


ASSESSMENT_COLUMNS = (
    "id",
    "area_or_unit",
    "responsibility",
    "target_lead",
    "as_of",
    "state",
    "result",
    "standard",
    "origin",
    "note",
    "source",
)


def assessment_rows(rows: QuerySet[Assessment]) -> Iterator[list[object]]:
    """One row for each assessment the viewer may read, newest first."""
    for row in rows:
        yield [
            str(row.pk),
            row.subject_name,
            row.responsibility.code,
            row.target_lead,
            row.as_of,
            row.state,
            row.result,
            row.standard.label,
            row.origin,
            row.note,
            str(row.source) if row.source else "",
        ]


CRITERION_COLUMNS = (
    "code",
    "label",
    "dimension",
    "indicator",
    "comparison",
    "threshold",
    "unit",
    "gate",
    "methods",
    "max_age_days",
    "responsibilities",
    "leads",
    "origin",
)


def criterion_rows(rows: Iterable[StandardCriterion]) -> Iterator[list[object]]:
    """One row for each criterion, in the order of the standard."""
    for row in rows:
        yield [
            row.code,
            row.label,
            row.dimension,
            row.indicator,
            row.comparison,
            row.threshold,
            row.unit,
            "yes" if row.gate else "no",
            " ".join(row.methods),
            row.max_age_days,
            " ".join(row.responsibilities),
            " ".join(row.leads),
            row.origin,
        ]


LEAD_COLUMNS = (
    "area",
    "unit",
    "responsibility",
    "lead",
    "from_earliest",
    "from_latest",
    "trial_until",
    "basis",
    "note",
    "references",
    "corrects",
    "source",
    "recorded_at",
)


def lead_rows(rows: Iterable[LeadEntry]) -> Iterator[list[object]]:
    """One row for each ledger entry, oldest first; an entry that was corrected stays."""
    for row in rows:
        yield [
            row.area.code if row.area else "",
            row.unit.code if row.unit else "",
            row.responsibility.code,
            row.lead or "unknown",
            row.from_earliest,
            row.from_latest,
            row.trial_until,
            row.basis,
            row.note,
            " ".join(row.references),
            str(row.corrects_id or ""),
            str(row.source),
            row.recorded_at,
        ]
