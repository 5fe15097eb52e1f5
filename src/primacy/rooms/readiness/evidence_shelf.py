"""The evidence of a mission as of a day, kept together with the results worked out on it.

It holds all evidence in full and is seen by nobody: whatever is shown passes `disclosure`. It is
therefore the same for every viewer, and what it knows of one area stays good until that area's
evidence changes.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from primacy.kernels.readiness import AreaResult, assess
from primacy.kernels.readiness import Condition as KernelCondition
from primacy.platform.indicators import Subject
from primacy.rooms.places.facade import Mission
from primacy.rooms.readiness.evidence import (
    EvidenceItem,
    criterion_of,
    entered_evidence,
    gather,
    register_evidence,
    weighed,
)
from primacy.rooms.readiness.ledger import SubjectKey
from primacy.rooms.readiness.models import Standard, StandardCriterion
from primacy.rooms.readiness.touched import FINDINGS, FORCES, INCIDENTS

INCIDENT_CODES = "incidents."
FINDING_CODES = "accountability.no_grave_finding"


@dataclass(frozen=True)
class SubjectEvidence:
    """What is known of one area or unit. Where anything changes, another one takes its place."""

    items: tuple[EvidenceItem, ...]
    ages: tuple[int, int] | None
    """Days since the newest and the oldest piece was observed."""
    results: dict[tuple[object, ...], AreaResult] = field(default_factory=dict, compare=False)

    @cached_property
    def entered(self) -> tuple[EvidenceItem, ...]:
        """What people entered."""
        return tuple(item for item in self.items if item.observation_id is not None)

    @cached_property
    def computed(self) -> tuple[EvidenceItem, ...]:
        """What the registers yield."""
        return tuple(item for item in self.items if item.observation_id is None)


NOTHING = SubjectEvidence((), None)


@dataclass(frozen=True)
class EvidenceShelf:
    """The evidence of a mission's areas and units as of a day, under one standard."""

    mission: Mission
    standard: Standard | None
    as_of: dt.date
    known: dict[SubjectKey, SubjectEvidence] = field(default_factory=dict)

    def of(self, subject: SubjectKey) -> SubjectEvidence:
        """The evidence of one area or unit."""
        return self.known.get(subject, NOTHING)

    def result(
        self,
        subject: SubjectKey,
        rows: Sequence[StandardCriterion],
        conditions: tuple[KernelCondition, ...],
        confidence: float,
    ) -> AreaResult:
        """The result on all evidence, unmasked; equal questions are answered once."""
        kept = self.of(subject)
        key = (tuple(row.pk for row in rows), conditions)
        if kept is NOTHING or key not in kept.results:
            result = assess(
                [criterion_of(row) for row in rows],
                weighed(kept.items),
                self.as_of,
                conditions=list(conditions),
                confidence=confidence,
            )
            if kept is NOTHING:
                return result
            kept.results[key] = result
        return kept.results[key]

    def renewed(
        self, *, entered: Collection[SubjectKey], registers: Collection[str]
    ) -> "EvidenceShelf":
        """The shelf with the evidence of some subjects read again, or the registers asked again."""

        def asked_again(code: str) -> bool:
            return _register_of(code) in registers

        everyone = [Subject(kind, key, self.mission.pk) for kind, key in self.known]
        asked = [subject for subject in everyone if (subject.kind, subject.id) in entered]
        fresh = entered_evidence(self.mission, self.standard, asked, self.as_of) if asked else None
        yielded = (
            register_evidence(self.mission, self.standard, everyone, self.as_of, asked_again)
            if registers
            else None
        )
        known = dict(self.known)
        for subject in everyone if registers else asked:
            before = known[(subject.kind, subject.id)]
            known_now = fresh is not None and (subject.kind, subject.id) in entered
            people = tuple(fresh.of(subject)) if fresh and known_now else before.entered
            rooms = before.computed
            if yielded is not None:
                same = (item for item in rooms if not asked_again(item.evidence.indicator))
                rooms = tuple(sorted((*same, *yielded.of(subject)), key=_indicator))
            if (people, rooms) != (before.entered, before.computed):
                known[(subject.kind, subject.id)] = _of(self.as_of, (*people, *rooms))
        return EvidenceShelf(self.mission, self.standard, self.as_of, known)

    def holding(
        self, keys: Iterable[SubjectKey], known_on: dt.datetime | None = None
    ) -> "EvidenceShelf":
        """The shelf with the evidence of these subjects, read where it was not on it yet."""
        missing = [Subject(kind, key, self.mission.pk) for kind, key in keys
                   if (kind, key) not in self.known]  # fmt: skip
        if not missing:
            return self
        book = gather(self.mission, self.standard, missing, self.as_of, known_on)
        more = {(one.kind, one.id): _of(self.as_of, book.of(one)) for one in missing}
        return EvidenceShelf(self.mission, self.standard, self.as_of, {**self.known, **more})


def _register_of(code: str) -> str:
    """The register that yields an indicator."""
    if code.startswith(FINDING_CODES):
        return FINDINGS
    return INCIDENTS if code.startswith(INCIDENT_CODES) else FORCES


def _indicator(item: EvidenceItem) -> str:
    return item.evidence.indicator


def _of(as_of: dt.date, items: Iterable[EvidenceItem]) -> SubjectEvidence:
    kept = tuple(items)
    ages = [(as_of - item.evidence.observed_on).days for item in kept]
    return SubjectEvidence(kept, (min(ages), max(ages)) if ages else None)
