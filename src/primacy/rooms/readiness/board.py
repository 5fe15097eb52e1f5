"""The board: areas (and special units) by responsibilities, as of a day."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from primacy.kernels.readiness import (
    AreaResult,
    Lead,
    Readiness,
    assess,
    next_lead,
)
from primacy.platform.indicators import Subject
from primacy.platform.policy import Viewer, require, visible
from primacy.rooms.forces.facade import Unit, board_units
from primacy.rooms.places.facade import Area, AreaPopulation, Mission, areas, populations_at
from primacy.rooms.readiness.disclosure import shown_to
from primacy.rooms.readiness.evidence import EvidenceBook, criteria_for, criterion_of, gather
from primacy.rooms.readiness.ledger import LeadReading, Ledger, open_ledger
from primacy.rooms.readiness.models import (
    Assessment,
    AssessmentState,
    Responsibility,
    Standard,
    StandardCriterion,
    StandardState,
)
from primacy.rooms.readiness.reading import kernel_conditions, subject_key
from primacy.rooms.readiness.rules import ladder_of

CHANGE_WINDOW = dt.timedelta(days=31)
LEAD_WORDS = {
    Lead.MISSION: "Mission leads",
    Lead.JOINT: "Joint",
    Lead.LOCAL_SUPPORTED: "Local, supported",
    Lead.LOCAL_OVERSEEN: "Local, overseen",
    Lead.LOCAL: "Local alone",
}
NOT_NAMED = "no criteria are named for this step"


@dataclass(frozen=True)
class Cell:
    """One responsibility in one area: who leads, and whether the next step is ready.

    `readiness` is None where the local force leads alone and no further step exists.
    """

    responsibility: Responsibility
    reading: LeadReading
    next_lead: Lead | None
    readiness: Readiness | None
    result: AreaResult | None
    reported: Assessment | None
    assessment: Assessment | None
    evidence_age: tuple[int, int] | None
    changed: bool

    @property
    def lead(self) -> Lead | None:
        """Who leads; None where it is not known."""
        return self.reading.at.lead

    @property
    def lead_words(self) -> str:
        """Who leads, in a few words."""
        return LEAD_WORDS[self.lead] if self.lead else "Not known"

    @property
    def binding(self) -> str | None:
        """The criterion that stands against the next step, where one is known."""
        return self.result.binding if self.result and self.reported is None else None

    @property
    def binding_text(self) -> str:
        """The binding criterion in words, or what the readiness mark rests on."""
        if self.reported is not None:
            return f"reported by a source on {self.reported.as_of:%-d %B %Y}"
        if self.result is not None:
            return self.result.binding_text
        return NOT_NAMED if self.next_lead is not None else ""


@dataclass(frozen=True)
class Row:
    """One area or special unit with its cells, in the order of the responsibilities."""

    kind: str
    id: uuid.UUID
    name: str
    code: str
    cells: tuple[Cell, ...]
    population: AreaPopulation | None = None
    code_key: str = ""
    """The area's own code, which stays when a P-code arrives; used in addresses."""


@dataclass(frozen=True)
class Change:
    """A lead that changed in the month before the day."""

    subject: str
    responsibility: str
    lead: Lead | None
    on: dt.date


@dataclass(frozen=True)
class Board:
    """All that the board page, the API and `primacy board` show."""

    mission: Mission
    as_of: dt.date
    standard: Standard | None
    responsibilities: tuple[Responsibility, ...]
    rows: tuple[Row, ...]
    units: tuple[Row, ...]
    changes: tuple[Change, ...] = field(default=())

    @property
    def evidence_ages(self) -> tuple[int, int] | None:
        """Age in days of the newest and oldest evidence behind the board."""
        ages = [
            cell.evidence_age
            for row in (*self.rows, *self.units)
            for cell in row.cells
            if cell.evidence_age
        ]
        return (min(a for a, _ in ages), max(b for _, b in ages)) if ages else None


def responsibilities(
    viewer: Viewer, mission: Mission, as_of: dt.date | None = None
) -> list[Responsibility]:
    """The mission's responsibilities in order, without those dropped by the day."""
    if not mission.open_to_guests:
        require(viewer, "readiness.view", mission.pk)
    rows = mission.responsibilities.all()
    return [r for r in rows if r.dropped_on is None or (as_of and r.dropped_on > as_of)]


def standard_at(viewer: Viewer, mission: Mission, as_of: dt.date) -> Standard | None:
    """The version in force on a day; None before the first."""
    if not mission.open_to_guests:
        require(viewer, "readiness.view", mission.pk)
    rows = mission.standards.filter(
        state__in=(StandardState.IN_FORCE, StandardState.REPLACED), in_force_from__lte=as_of
    )
    return rows.prefetch_related("criteria").order_by("-in_force_from", "-version").first()


def read_board(
    viewer: Viewer, mission: Mission, as_of: dt.date, known_on: dt.datetime | None = None
) -> Board:
    """The board as of a day; with `known_on`, as it was known at that moment."""
    functions = responsibilities(viewer, mission, as_of)
    standard = standard_at(viewer, mission, as_of)
    ledger = open_ledger(viewer, mission)
    shown = board_areas(viewer, mission, ledger)
    special = list(board_units(viewer, mission))
    subjects = [Subject("area", area.pk, mission.pk) for area in shown]
    subjects += [Subject("unit", unit.pk, mission.pk) for unit in special]
    book = gather(mission, standard, subjects, as_of, known_on)
    reader = _CellReader(
        viewer=viewer,
        mission=mission,
        as_of=as_of,
        known_on=known_on,
        standard=standard,
        criteria=list(standard.criteria.all()) if standard else [],
        ledger=ledger,
        book=book,
        assessments=_assessments(viewer, mission, as_of, known_on),
    )
    figures = populations_at(viewer, mission, as_of)
    rows = tuple(
        Row(
            kind="area",
            id=area.pk,
            name=area.name,
            code=area.p_code or area.code,
            cells=tuple(reader.cell(("area", area.pk), f) for f in functions),
            population=figures.get(area.pk),
            code_key=area.code,
        )
        for area in shown
    )
    return Board(
        mission=mission,
        as_of=as_of,
        standard=standard,
        responsibilities=tuple(functions),
        rows=rows,
        units=_unit_rows(special, functions, reader),
        changes=_changes(ledger, as_of, known_on),
    )


def board_areas(viewer: Viewer, mission: Mission, ledger: Ledger) -> list[Area]:
    """The rows of the board: the first level below the country, and areas with a lead of their own.

    A country's entry is read by its areas, so the country itself stands on the board only where
    it has no areas below.
    """
    known = list(areas(viewer, mission))
    below = [area for area in known if area.level >= 1]
    if not below:
        return known
    own = {key for kind, key in ledger.subjects() if kind == "area"}
    first = min(area.level for area in below)
    return [area for area in below if area.level == first or area.pk in own]


@dataclass
class _CellReader:
    """Reads cells of one board; equal questions about one subject are answered once."""

    viewer: Viewer
    mission: Mission
    as_of: dt.date
    known_on: dt.datetime | None
    standard: Standard | None
    criteria: Sequence[StandardCriterion]
    ledger: Ledger
    book: EvidenceBook
    assessments: dict[tuple[str, uuid.UUID, uuid.UUID], list[Assessment]]
    _memory: dict[tuple[object, ...], AreaResult] = field(default_factory=dict)

    def cell(self, subject: tuple[str, uuid.UUID], function: Responsibility) -> Cell:
        """The cell of a subject and a responsibility."""
        reading = self.ledger.at(subject, function.pk, self.as_of, self.known_on)
        lead = reading.at.lead
        target = next_lead(lead, ladder_of(self.mission.ladder)) if lead else None
        made = self.assessments.get((*subject, function.pk), [])
        latest = next((a for a in made if target and a.target_lead == target), None)
        result = self._result(subject, function, target, latest) if target else None
        reported = self._reported(result, latest)
        ages = self._ages(subject)
        return Cell(
            responsibility=function,
            reading=reading,
            next_lead=target,
            readiness=None if lead and target is None else self._readiness(result, reported),
            result=result,
            reported=reported,
            assessment=latest,
            evidence_age=ages,
            changed=bool(
                reading.at.since and self.as_of - CHANGE_WINDOW < reading.at.since <= self.as_of
            ),
        )

    def _result(
        self,
        subject: tuple[str, uuid.UUID],
        function: Responsibility,
        target: Lead,
        latest: Assessment | None,
    ) -> AreaResult | None:
        rows = criteria_for(self.criteria, function.code, target)
        if self.standard is None or not rows:
            return None
        conditions = list(latest.conditions.all()) if latest else []
        key = (subject, tuple(row.pk for row in rows), tuple(c.pk for c in conditions))
        if key not in self._memory:
            kind, identity = subject
            items = self.book.of(Subject(kind, identity, self.mission.pk))
            result = assess(
                [criterion_of(row) for row in rows],
                [item.evidence for item in items],
                self.as_of,
                conditions=kernel_conditions(conditions),
                confidence=self.standard.confidence,
            )
            self._memory[key] = shown_to(self.viewer, self.mission, items, result).result
        return self._memory[key]

    @staticmethod
    def _reported(result: AreaResult | None, latest: Assessment | None) -> Assessment | None:
        """A result that only a source reports, where no evidence of our own speaks."""
        if latest is None or latest.state != AssessmentState.RECORDED:
            return None
        seen = result is not None and any(r.observation_ids for r in result.results)
        return None if seen else latest

    @staticmethod
    def _readiness(result: AreaResult | None, reported: Assessment | None) -> Readiness:
        if reported is not None and reported.result in list(Readiness):
            return Readiness(reported.result)
        return result.readiness if result else Readiness.UNKNOWN

    def _ages(self, subject: tuple[str, uuid.UUID]) -> tuple[int, int] | None:
        kind, identity = subject
        items = self.book.of(Subject(kind, identity, self.mission.pk))
        ages = [(self.as_of - item.evidence.observed_on).days for item in items]
        return (min(ages), max(ages)) if ages else None


def _assessments(
    viewer: Viewer, mission: Mission, as_of: dt.date, known_on: dt.datetime | None
) -> dict[tuple[str, uuid.UUID, uuid.UUID], list[Assessment]]:
    """Assessments by subject and responsibility, newest first."""
    rows = mission.assessments.filter(as_of__lte=as_of).exclude(state=AssessmentState.WITHDRAWN)
    if known_on is not None:
        rows = rows.filter(recorded_at__lte=known_on)
    rows = visible(viewer, rows, "readiness.view").prefetch_related("conditions")
    found: dict[tuple[str, uuid.UUID, uuid.UUID], list[Assessment]] = {}
    for row in rows.order_by("-as_of", "-recorded_at"):
        found.setdefault((*subject_key(row), row.responsibility_id), []).append(row)
    return found


def _unit_rows(
    special: Iterable[Unit], functions: Sequence[Responsibility], reader: _CellReader
) -> tuple[Row, ...]:
    return tuple(
        Row(
            kind="unit",
            id=unit.pk,
            name=unit.name,
            code=unit.code,
            cells=tuple(reader.cell(("unit", unit.pk), f) for f in functions),
        )
        for unit in special
    )


def _changes(ledger: Ledger, as_of: dt.date, known_on: dt.datetime | None) -> tuple[Change, ...]:
    """Leads that changed in the month up to the day, newest first."""
    found = [
        Change(
            subject=str(entry.area or entry.unit),
            responsibility=entry.responsibility.name,
            lead=Lead(entry.lead) if entry.lead else None,
            on=entry.from_latest,
        )
        for entry in ledger.entries
        if as_of - CHANGE_WINDOW < entry.from_latest <= as_of
        and (known_on is None or entry.recorded_at <= known_on)
    ]
    return tuple(sorted(found, key=lambda change: change.on, reverse=True))
