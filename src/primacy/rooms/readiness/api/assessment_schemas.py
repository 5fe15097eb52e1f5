"""What the API says of assessments and decisions, as the viewer may read them."""

import datetime as dt
import uuid

from pydantic import BaseModel

from primacy.kernels.readiness import CriterionResult
from primacy.platform.policy import Viewer
from primacy.rooms.places.api.frame import marking_name
from primacy.rooms.readiness.actions.decisions import signing_of
from primacy.rooms.readiness.evidence import EvidenceItem
from primacy.rooms.readiness.models import Assessment, Condition, Decision
from primacy.rooms.readiness.queries import decisions
from primacy.rooms.readiness.reading import read_assessment
from primacy.rooms.readiness.rules import still_needed


class CriterionResultOut(BaseModel):
    """How one criterion stands. `restricted`: its figures are not open to you, its verdict is."""

    criterion: str
    label: str
    dimension: str
    indicator: str
    gate: bool
    comparison: str
    threshold: float
    unit: str
    result: str
    holds: bool
    value: float | None
    low: float | None
    high: float | None
    probability: float | None
    margin: float | None
    margin_unit: str
    margin_text: str
    method: str | None
    self_value: float | None
    field_value: float | None
    age_days: int | None
    restricted: bool
    evidence: list[str]
    reasons: list[str]

    @classmethod
    def of(cls, one: CriterionResult, hidden: frozenset[str]) -> "CriterionResultOut":
        """A result; `hidden` are the indicators with evidence that is not open to the viewer."""
        rule = one.criterion
        return cls(
            criterion=rule.code,
            label=rule.name,
            dimension=rule.dimension,
            indicator=rule.indicator,
            gate=rule.gate,
            comparison=rule.comparison.value,
            threshold=rule.threshold,
            unit=rule.unit,
            result=one.result.value,
            holds=one.holds,
            value=one.value,
            low=one.low,
            high=one.high,
            probability=one.probability,
            margin=one.margin,
            margin_unit=one.margin_unit,
            margin_text=one.margin_text,
            method=one.method.value if one.method else None,
            self_value=one.self_value,
            field_value=one.field_value,
            age_days=one.age_days,
            restricted=rule.indicator in hidden,
            evidence=list(one.observation_ids),
            reasons=list(one.reasons),
        )


class EvidenceOut(BaseModel):
    """One piece of evidence behind an assessment."""

    id: str
    indicator: str
    method: str
    observed_on: dt.date
    age_days: int
    value: float | None
    low: float | None
    high: float | None
    numerator: float | None
    denominator: float | None
    source: str
    entered_as: str
    party: str
    note: str
    restricted: bool

    @classmethod
    def of(cls, item: EvidenceItem, as_of: dt.date) -> "EvidenceOut":
        """A piece of evidence, with its age on the day of the assessment."""
        seen = item.evidence
        return cls(
            id=seen.id,
            indicator=seen.indicator,
            method=seen.method.value,
            observed_on=seen.observed_on,
            age_days=(as_of - seen.observed_on).days,
            value=seen.value,
            low=seen.low,
            high=seen.high,
            numerator=seen.numerator,
            denominator=seen.denominator,
            source=item.source,
            entered_as=item.entered_as,
            party=item.party,
            note=item.note,
            restricted=item.restricted,
        )


class SeatOut(BaseModel):
    """A seat taken on the joint team."""

    party: str
    seated_at: dt.datetime


class RemarkOut(BaseModel):
    """What one side wants on the record."""

    party: str
    text: str
    made_at: dt.datetime


class ConditionOut(BaseModel):
    """An action for a criterion that falls short."""

    id: int
    criterion: str
    action: str
    owner: str
    due_on: dt.date
    closed_on: dt.date | None
    closing_evidence: str

    @classmethod
    def of(cls, row: Condition) -> "ConditionOut":
        """A condition."""
        return cls(
            id=row.pk,
            criterion=row.criterion_code,
            action=row.action,
            owner=row.owner,
            due_on=row.due_on,
            closed_on=row.closed_on,
            closing_evidence=row.closing_evidence,
        )


class SignatureOut(BaseModel):
    """A member's signature, for or against, with the dissent kept."""

    party: str
    signed_as: str
    agrees: bool
    dissent: str
    signed_at: dt.datetime


class DecisionOut(BaseModel):
    """A joint decision on who leads, and which signatures it still needs."""

    id: uuid.UUID
    assessment: uuid.UUID
    subject: str
    responsibility: str
    kind: str
    lead: str
    effective_on: dt.date
    trial_until: dt.date | None
    reason: str
    state: str
    decided_at: dt.datetime | None
    signatures: list[SignatureOut]
    still_needed: list[str]

    @classmethod
    def of(cls, row: Decision) -> "DecisionOut":
        """A decision with its signatures."""
        return cls(
            id=row.pk,
            assessment=row.assessment_id,
            subject=row.assessment.subject_name,
            responsibility=row.assessment.responsibility.code,
            kind=row.kind,
            lead=row.lead,
            effective_on=row.effective_on,
            trial_until=row.trial_until,
            reason=row.reason,
            state=row.state,
            decided_at=row.decided_at,
            signatures=[
                SignatureOut(
                    party=s.party,
                    signed_as=s.signed_as,
                    agrees=s.agrees,
                    dissent=s.dissent,
                    signed_at=s.signed_at,
                )
                for s in row.signatures.all()
            ],
            still_needed=still_needed(signing_of(row)) if row.state == "proposed" else [],
        )


class AssessmentLine(BaseModel):
    """An assessment in a list. `result` is set when its evidence is frozen."""

    id: uuid.UUID
    subject: str
    area: str | None
    unit: str | None
    responsibility: str
    target_lead: str
    as_of: dt.date
    standard: str
    state: str
    origin: str
    result: str | None
    frozen_at: dt.datetime | None
    marking: str

    @classmethod
    def of(cls, row: Assessment) -> "AssessmentLine":
        """The line of an assessment."""
        return cls(
            id=row.pk,
            subject=row.subject_name,
            area=row.area.code if row.area else None,
            unit=row.unit.code if row.unit else None,
            responsibility=row.responsibility.code,
            target_lead=row.target_lead,
            as_of=row.as_of,
            standard=row.standard.label,
            state=row.state,
            origin=row.origin,
            result=row.result or None,
            frozen_at=row.frozen_at,
            marking=marking_name(row.marking),
        )


class AssessmentOut(AssessmentLine):
    """An assessment in full: criteria, evidence and its age, team, remarks, decisions."""

    readiness: str
    binding: str | None
    why: str
    criteria_met: int
    criteria: list[CriterionResultOut]
    evidence: list[EvidenceOut]
    newest_evidence_days: int | None
    oldest_evidence_days: int | None
    reasons: list[str]
    seats: list[SeatOut]
    remarks: list[RemarkOut]
    conditions: list[ConditionOut]
    decisions: list[DecisionOut]
    note: str
    source: str | None
    references: list[str]


def assessment_shown(viewer: Viewer, row: Assessment) -> AssessmentOut:
    """The assessment in full, as this viewer may read it."""
    reading = read_assessment(viewer, row)
    result = reading.result
    hidden = frozenset(item.evidence.indicator for item in reading.items if item.restricted)
    evidence = [EvidenceOut.of(item, row.as_of) for item in reading.items]
    ages = [item.age_days for item in evidence]
    return AssessmentOut(
        **AssessmentLine.of(row).model_dump(),
        readiness=result.readiness.value,
        binding=result.binding,
        why=result.binding_text,
        criteria_met=result.progress[0],
        criteria=[CriterionResultOut.of(one, hidden) for one in result.results],
        evidence=evidence,
        newest_evidence_days=min(ages, default=None),
        oldest_evidence_days=max(ages, default=None),
        reasons=list(result.reasons),
        seats=[SeatOut(party=s.party, seated_at=s.seated_at) for s in row.seats.all()],
        remarks=[
            RemarkOut(party=r.party, text=r.text, made_at=r.made_at) for r in row.remarks.all()
        ],
        conditions=[ConditionOut.of(one) for one in row.conditions.all()],
        decisions=[
            DecisionOut.of(one)
            for one in decisions(viewer, row.mission).filter(assessment_id=row.pk)
        ],
        note=row.note,
        source=str(row.source) if row.source else None,
        references=[str(reference) for reference in row.references],
    )
