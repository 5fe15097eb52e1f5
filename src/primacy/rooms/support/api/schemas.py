"""What the API shows of cases of support: a line of the queue, and a case with all its parts."""

import datetime as dt
import uuid
from dataclasses import replace
from decimal import Decimal

from pydantic import BaseModel, Field

from primacy.platform.policy import restricted
from primacy.rooms.places.api.frame import Call, marking_name
from primacy.rooms.support.delivered import balance
from primacy.rooms.support.facts import facts_of
from primacy.rooms.support.guards import Facts
from primacy.rooms.support.models import (
    CaseMove,
    Condition,
    Recipient,
    RiskAssessment,
    ScreeningAnswer,
    SupportCase,
    SupportDecision,
)
from primacy.rooms.support.named import Named, named_in
from primacy.rooms.support.queries import (
    answers_of,
    case_by_id,
    conditions_of,
    decisions_of,
    recipients_of,
)
from primacy.rooms.support.reading import acts_of


class RecipientOut(BaseModel):
    """Who would receive; where they are not open to you, the words of what is restricted."""

    id: uuid.UUID
    kind: str
    named: str
    unit: str | None
    person: str | None
    resolved: bool
    excluded: bool
    excluded_reason: str

    @classmethod
    def of(cls, row: Recipient, names: Named) -> "RecipientOut":
        """A recipient of a case."""
        return cls(
            id=row.pk, kind=row.kind, named=names.who(row, row.named), unit=names.unit_code(row),
            person=names.person_code(row), resolved=row.resolved, excluded=row.excluded,
            excluded_reason=row.excluded_reason,
        )  # fmt: skip


class CaseOut(BaseModel):
    """A case as the queue has it."""

    id: uuid.UUID
    number: int
    title: str
    kind: str
    state: str
    round: int
    starts_on: dt.date
    ends_on: dt.date
    asked_for_by: str
    quantity: Decimal | None
    quantity_unit: str
    clause: str
    risk: str
    due_on: dt.date | None
    approved_until: dt.date | None
    marking: str

    @classmethod
    def of(cls, row: SupportCase) -> "CaseOut":
        """A case."""
        same = set(CaseOut.model_fields) - {"id", "marking"}
        return CaseOut(
            id=row.pk, marking=marking_name(row.marking),
            **{name: getattr(row, name) for name in same},
        )  # fmt: skip


class ActOut(BaseModel):
    """Something you may do with the case next, and everything that holds it back now."""

    act: str
    leads_to: str
    needs_reason: bool
    own_route: bool = Field(description="done by a route of its own: a decision, a suspension …")
    held_back_by: list[str]


class AnswerOut(BaseModel):
    """The answer of an office on a recipient."""

    recipient: uuid.UUID
    office: str
    round: int
    colour: str
    reason: str
    searched: str
    answered_on: dt.date

    @classmethod
    def of(cls, row: ScreeningAnswer) -> "AnswerOut":
        """An answer."""
        same = set(cls.model_fields) - {"recipient", "office"}
        return cls(
            recipient=row.recipient_id, office=row.office.code,
            **{name: getattr(row, name) for name in same},
        )  # fmt: skip


class SupportConditionOut(BaseModel):
    """A condition of an approval."""

    id: uuid.UUID
    round: int
    kind: str
    pillar: str
    text: str
    owner: str
    due_on: dt.date
    recipient: uuid.UUID | None
    state: str
    evidence: str
    waived_until: dt.date | None

    @classmethod
    def of(cls, row: Condition) -> "SupportConditionOut":
        """A condition, with the last day of its newest waiver."""
        same = set(cls.model_fields) - {"id", "recipient", "waived_until"}
        waivers = sorted(row.waivers.all(), key=lambda one: one.pk)
        return cls(
            id=row.pk, recipient=row.recipient_id,
            waived_until=waivers[-1].expires_on if waivers else None,
            **{name: getattr(row, name) for name in same},
        )  # fmt: skip


class RulingOut(BaseModel):
    """What a decision says of one recipient."""

    recipient: uuid.UUID
    colour: str
    commentary: str


class SupportDecisionOut(BaseModel):
    """A decision with its reasons."""

    round: int
    ruling: str
    reasons: str
    what_would_change: str
    decided_on: dt.date
    valid_until: dt.date | None
    on_recipients: list[RulingOut]

    @classmethod
    def of(cls, row: SupportDecision) -> "SupportDecisionOut":
        """A decision."""
        same = set(cls.model_fields) - {"on_recipients"}
        return cls(
            on_recipients=[
                RulingOut(recipient=one.recipient_id, colour=one.colour, commentary=one.commentary)
                for one in row.rulings.all()
            ],
            **{name: getattr(row, name) for name in same},
        )


class RiskFormOut(BaseModel):
    """A version of the risk form."""

    round: int
    answers: dict[str, str]
    risks: list[dict[str, object]]
    real_risk: bool | None
    level_before: str
    level_after: str
    missing: list[str]

    @classmethod
    def of(cls, row: RiskAssessment) -> "RiskFormOut":
        """A version."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class MoveOut(BaseModel):
    """A move of a case from state to state."""

    act: str
    before: str
    after: str
    round: int
    reason: str
    by: str
    recorded_at: dt.datetime

    @classmethod
    def of(cls, row: CaseMove) -> "MoveOut":
        """A move."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class WholeCaseOut(CaseOut):
    """A case with all that was asked for, answered, decided and delivered, and what can be next."""

    place: str
    area: str | None
    budget: Decimal | None
    currency: str
    budget_line: str
    respond_by: dt.date | None
    objective: str
    absorption: str
    baseline: str
    sustainment: str
    cost_year_3: Decimal | None
    cost_year_5: Decimal | None
    scope_reason: str
    missing: list[str] = Field(description="what the request lacks")
    recipients: list[RecipientOut]
    acts: list[ActOut]
    answers: list[AnswerOut] = Field(description="of this round, the newest of each office")
    conditions: list[SupportConditionOut] = Field(description="of this round")
    decisions: list[SupportDecisionOut]
    delivered: Decimal
    delivered_otherwise: dict[str, Decimal] = Field(description="counted in other units")


ASKED = ("place", "budget", "currency", "budget_line", "respond_by", "objective", "absorption",
         "baseline", "sustainment", "cost_year_3", "cost_year_5", "scope_reason")  # fmt: skip


def whole(call: Call, pk: uuid.UUID) -> WholeCaseOut:
    """A case as it stands now, for who asks."""
    case = case_by_id(call.viewer, call.mission, pk)
    rows = recipients_of(call.viewer, case)
    names = named_in(call.viewer, call.mission, rows)
    facts = _veiled(facts_of(case, call.today), {row.named for row in rows if names.hides(row)})
    newest = {
        (row.recipient_id, row.office_id): row
        for row in answers_of(call.viewer, case)
        if row.round == case.round
    }
    so_far = balance(case)
    return WholeCaseOut(
        **CaseOut.of(case).model_dump(),
        **{name: getattr(case, name) for name in ASKED},
        area=case.area.code if case.area is not None else None,
        missing=list(facts.missing),
        recipients=[RecipientOut.of(row, names) for row in rows],
        acts=[
            ActOut(
                act=one.code,
                leads_to=one.leads_to,
                needs_reason=one.needs_reason,
                own_route=one.own_form,
                held_back_by=list(one.reasons),
            )
            for one in acts_of(call.viewer, case, facts)
        ],
        answers=[AnswerOut.of(row) for row in newest.values()],
        conditions=[
            SupportConditionOut.of(row)
            for row in conditions_of(call.viewer, case)
            if row.round == case.round
        ],
        decisions=[SupportDecisionOut.of(row) for row in decisions_of(call.viewer, case)],
        delivered=so_far.delivered,
        delivered_otherwise=dict(so_far.other_units),
    )


def _veiled(facts: Facts, hidden: set[str]) -> Facts:
    """Facts whose sentences name nobody of these: what holds a case back is told all the same."""
    if not hidden:
        return facts
    closed = str(restricted())
    return replace(
        facts,
        recipients=tuple(
            replace(one, named=closed) if one.named in hidden else one for one in facts.recipients
        ),
    )
