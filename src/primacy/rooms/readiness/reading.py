"""Reading an assessment: its evidence put to its own standard by the kernel."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from primacy.kernels.readiness import AreaResult, Lead, assess
from primacy.kernels.readiness import Condition as KernelCondition
from primacy.platform.indicators import Subject
from primacy.platform.policy import Viewer
from primacy.rooms.readiness.evidence import (
    EvidenceItem,
    as_shown,
    collect,
    criteria_for,
    criterion_of,
    thawed,
)
from primacy.rooms.readiness.ledger import SubjectKey, open_ledger
from primacy.rooms.readiness.models import Assessment, AssessmentState, Condition


@dataclass(frozen=True)
class AssessmentReading:
    """The evidence that counts for an assessment, and the kernel's result on it."""

    items: tuple[EvidenceItem, ...]
    result: AreaResult


def subject_key(assessment: Assessment) -> SubjectKey:
    """The area or unit an assessment is about."""
    if assessment.area_id is not None:
        return "area", assessment.area_id
    if assessment.unit_id is not None:
        return "unit", assessment.unit_id
    raise ValueError(f"assessment {assessment.pk} has neither area nor unit")


def read_assessment(
    viewer: Viewer, assessment: Assessment, in_full: bool = False
) -> AssessmentReading:
    """The assessment under its own standard: live while open, from its frozen copy afterwards."""
    rows = criteria_for(
        assessment.standard.criteria.all(), assessment.responsibility.code, assessment.target_lead
    )
    criteria = [criterion_of(row) for row in rows]
    items = evidence_items(viewer, assessment, {row.indicator for row in rows}, in_full)
    result = assess(
        criteria,
        [item.evidence for item in items],
        assessment.as_of,
        conditions=kernel_conditions(list(assessment.conditions.all()) if assessment.pk else []),
        confidence=assessment.standard.confidence,
    )
    return AssessmentReading(items=items, result=result)


def evidence_items(
    viewer: Viewer, assessment: Assessment, indicators: set[str], in_full: bool = False
) -> tuple[EvidenceItem, ...]:
    """The evidence of an assessment: frozen where it is frozen, else as it stands now."""
    if assessment.state != AssessmentState.OPEN:
        frozen = (thawed(row.content) for row in assessment.evidence.all())
        return tuple(as_shown(viewer, assessment.mission, item) for item in frozen)
    kind, key = subject_key(assessment)
    subject = Subject(kind=kind, id=key, mission_id=assessment.mission_id)
    book = collect(
        viewer,
        assessment.mission,
        assessment.standard,
        [subject],
        assessment.as_of,
        in_full=in_full,
    )
    return tuple(item for item in book.of(subject) if item.evidence.indicator in indicators)


def kernel_conditions(rows: Sequence[Condition]) -> list[KernelCondition]:
    """Stored conditions as the kernel reads them."""
    return [
        KernelCondition(
            criterion_code=row.criterion_code, action=row.action, owner=row.owner, due=row.due_on
        )
        for row in rows
    ]


def current_lead(viewer: Viewer, assessment: Assessment, on: dt.date) -> Lead | None:
    """Who leads the responsibility there on a day, by the ledger."""
    ledger = open_ledger(viewer, assessment.mission)
    return ledger.at(subject_key(assessment), assessment.responsibility_id, on).at.lead
