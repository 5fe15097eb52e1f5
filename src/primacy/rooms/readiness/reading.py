"""Reading an assessment: its evidence put to its own standard by the kernel."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from primacy.kernels.readiness import AreaResult, Lead, assess
from primacy.kernels.readiness import Condition as KernelCondition
from primacy.platform.database.viewer_scope import computing
from primacy.platform.indicators import Subject
from primacy.platform.policy import Viewer
from primacy.rooms.readiness.disclosure import shown_to
from primacy.rooms.readiness.evidence import (
    EvidenceItem,
    criteria_for,
    criterion_of,
    gather,
    thawed,
    weighed,
)
from primacy.rooms.readiness.ledger import (
    LeadReading,
    SubjectKey,
    open_ledger_of,
    whole_ledger_of,
)
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
    raise ValueError(
        _("assessment %(assessment)s has neither area nor unit") % {"assessment": assessment.pk}
    )


def read_assessment(viewer: Viewer, assessment: Assessment) -> AssessmentReading:
    """The assessment under its own standard, as this viewer may read it.

    Live while it is open, from its frozen copy afterwards.
    """
    full = whole_reading(assessment)
    shown = shown_to(viewer, assessment.mission, full.items, full.result)
    return AssessmentReading(items=shown.items, result=shown.result)


def whole_reading(assessment: Assessment) -> AssessmentReading:
    """The assessment on all evidence, unmasked: for freezing and guards, never for showing."""
    rows = criteria_for(
        assessment.standard.criteria.all(), assessment.responsibility.code, assessment.target_lead
    )
    criteria = [criterion_of(row) for row in rows]
    items = evidence_items(assessment, {row.indicator for row in rows})
    result = assess(
        criteria,
        weighed(items),
        assessment.as_of,
        conditions=kernel_conditions(list(assessment.conditions.all()) if assessment.pk else []),
        confidence=assessment.standard.confidence,
    )
    return AssessmentReading(items=items, result=result)


def evidence_items(assessment: Assessment, indicators: set[str]) -> tuple[EvidenceItem, ...]:
    """The evidence of an assessment: frozen where it is frozen, else as it stands now."""
    if assessment.state != AssessmentState.OPEN:
        with computing(assessment.mission_id):
            return tuple(thawed(row.content) for row in assessment.evidence.all())
    kind, key = subject_key(assessment)
    subject = Subject(kind=kind, id=key, mission_id=assessment.mission_id)
    book = gather(assessment.mission, assessment.standard, [subject], assessment.as_of)
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
    """Who leads the responsibility there on a day, by what the viewer may read of the ledger."""
    return _open_lead(viewer, assessment, on).at.lead


@dataclass(frozen=True)
class GuardedLead:
    """Who leads by the whole ledger, and whether the viewer may not read the entry that says so."""

    lead: Lead | None
    hidden: bool


def lead_before(viewer: Viewer, assessment: Assessment, on: dt.date) -> GuardedLead:
    """Who leads the responsibility there on a day by the whole ledger, for guards."""
    subject = subject_key(assessment)
    ledger = whole_ledger_of(assessment.mission, assessment.responsibility_id, subject)
    whole = ledger.at(subject, assessment.responsibility_id, on).at
    seen = _open_lead(viewer, assessment, on).at
    return GuardedLead(lead=whole.lead, hidden=seen.entry_id != whole.entry_id)


def _open_lead(viewer: Viewer, assessment: Assessment, on: dt.date) -> LeadReading:
    """Who leads there on a day, by what the viewer may read of the ledger."""
    subject = subject_key(assessment)
    ledger = open_ledger_of(viewer, assessment.mission, assessment.responsibility_id, subject)
    return ledger.at(subject, assessment.responsibility_id, on)
