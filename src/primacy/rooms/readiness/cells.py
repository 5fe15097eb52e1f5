"""The board as it is shown, and the reading of its cells from ledger, evidence and assessments."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop

from primacy.kernels.readiness import AreaResult, Lead, Readiness, next_lead
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import AreaPopulation, Mission
from primacy.rooms.readiness.disclosure import result_shown_to
from primacy.rooms.readiness.evidence import criteria_for
from primacy.rooms.readiness.evidence_shelf import EvidenceShelf
from primacy.rooms.readiness.ledger import LeadReading, Ledger, SubjectKey
from primacy.rooms.readiness.models import (
    Assessment,
    AssessmentState,
    Responsibility,
    Standard,
    StandardCriterion,
)
from primacy.rooms.readiness.reading import kernel_conditions
from primacy.rooms.readiness.rules import ladder_of

CHANGE_WINDOW = dt.timedelta(days=31)
LEAD_WORDS = {
    Lead.MISSION: gettext_noop("Mission leads"),
    Lead.JOINT: gettext_noop("Joint"),
    Lead.LOCAL_SUPPORTED: gettext_noop("Local, supported"),
    Lead.LOCAL_OVERSEEN: gettext_noop("Local, overseen"),
    Lead.LOCAL: gettext_noop("Local alone"),
}
NOT_NAMED = gettext_noop("no criteria are named for this step")


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
        return LEAD_WORDS[self.lead] if self.lead else gettext_noop("Not known")

    @property
    def binding(self) -> str | None:
        """The criterion that stands against the next step, where one is known."""
        return self.result.binding if self.result and self.reported is None else None

    @property
    def binding_text(self) -> str:
        """The binding criterion in words, or what the readiness mark rests on."""
        if self.reported is not None:
            return gettext_noop("reported by a source on %(as_of)s") % {
                "as_of": format(self.reported.as_of, "%-d %B %Y")
            }
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
    within: str = ""
    """The name of the area above, such as the province of a district."""


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


Made = Mapping[tuple[str, uuid.UUID, uuid.UUID], Sequence[Assessment]]
"""Assessments by subject and responsibility, newest first."""


@dataclass
class CellReader:
    """Reads cells of one board; equal questions about one subject are answered once."""

    viewer: Viewer
    mission: Mission
    as_of: dt.date
    known_on: dt.datetime | None
    standard: Standard | None
    criteria: Sequence[StandardCriterion]
    ledger: Ledger
    shelf: EvidenceShelf
    assessments: Made
    _memory: dict[tuple[object, ...], AreaResult] = field(default_factory=dict)
    _rows: dict[tuple[str, str], tuple[StandardCriterion, ...]] = field(default_factory=dict)

    def cells(self, subject: SubjectKey, functions: Sequence[Responsibility]) -> tuple[Cell, ...]:
        """The cells of a subject, in the order of the responsibilities."""
        return tuple(self.cell(subject, function) for function in functions)

    def cell(self, subject: tuple[str, uuid.UUID], function: Responsibility) -> Cell:
        """The cell of a subject and a responsibility."""
        reading = self.ledger.at(subject, function.pk, self.as_of, self.known_on)
        lead = reading.at.lead
        target = next_lead(lead, ladder_of(self.mission.ladder)) if lead else None
        made = self.assessments.get((*subject, function.pk), [])
        latest = next((a for a in made if target and a.target_lead == target), None)
        result = self._result(subject, function, target, latest) if target else None
        reported = self._reported(result, latest)
        ages = self.shelf.of(subject).ages
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
        rows = self._criteria(function.code, target)
        if self.standard is None or not rows:
            return None
        conditions = tuple(kernel_conditions(list(latest.conditions.all()) if latest else []))
        key = (subject, tuple(row.pk for row in rows), conditions)
        if key not in self._memory:
            result = self.shelf.result(subject, rows, conditions, self.standard.confidence)
            items = self.shelf.of(subject).items
            self._memory[key] = result_shown_to(self.viewer, self.mission, items, result)
        return self._memory[key]

    def _criteria(self, function: str, target: Lead) -> tuple[StandardCriterion, ...]:
        if (function, target) not in self._rows:
            self._rows[(function, target)] = tuple(criteria_for(self.criteria, function, target))
        return self._rows[(function, target)]

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
