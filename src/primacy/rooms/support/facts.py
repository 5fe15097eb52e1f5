"""What the guards look at, gathered from a case and all records that bear on it."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from primacy.platform.accounts.whole import seen_whole
from primacy.rooms.support.guards import ConditionFacts, Facts, RecipientFacts
from primacy.rooms.support.models import (
    CaseMove,
    Colour,
    Condition,
    ConditionState,
    Consolidation,
    Intercession,
    Recipient,
    RiskAssessment,
    RiskLevel,
    Ruling,
    ScreeningAnswer,
    ScreeningOffice,
    SupportCase,
    SupportDecision,
    SupportTask,
    Suspension,
    Waiver,
)
from primacy.rooms.support.scope import BY_CODE
from primacy.rooms.support.standing import Against, against_all

RowT = TypeVar("RowT", bound=Model)
FOUR_ELEMENTS = ("objective", "absorption", "baseline", "sustainment")
"""A support package names all four, and what it costs in years 3 and 5 (GAO-17-251 and others)."""


def field_words() -> dict[str, str]:
    """How the fields of a request are called where one is missing."""
    return {
        "title": _("title"),
        "asked_for_by": _("who asks"),
        "place": _("place or area"),
        "quantity": _("quantity with its unit"),
        "budget": _("budget with its currency"),
        "budget_line": _("budget line"),
        "objective": _("objective"),
        "absorption": _("absorptive capacity"),
        "baseline": _("baseline"),
        "sustainment": _("sustainment"),
        "cost_year_3": _("cost in year 3"),
        "cost_year_5": _("cost in year 5"),
        "requester": _("a named requester: act with an account"),
    }


def missing_fields(case: SupportCase) -> tuple[str, ...]:
    """What a request lacks, in words."""
    words = field_words()
    gone = [name for name in ("title", "asked_for_by", "budget_line", *FOUR_ELEMENTS)
            if not str(getattr(case, name)).strip()]  # fmt: skip
    if not case.place.strip() and case.area_id is None:
        gone.append("place")
    if case.quantity is None or not case.quantity_unit:
        gone.append("quantity")
    if case.budget is None or not case.currency:
        gone.append("budget")
    gone += [name for name in ("cost_year_3", "cost_year_5") if getattr(case, name) is None]
    if case.requester_id is None:
        gone.append("requester")
    return tuple(words[name] for name in gone)


def facts_of(case: SupportCase, today: dt.date) -> Facts:
    """All that the guards of a case look at, whoever acts."""
    with seen_whole(case.mission_id):
        everybody = list(case.recipients.select_related("unit", "person"))
        kept = [one for one in everybody if not one.excluded]
        offices = list(case.policy.offices.all())
        answers = newest_answers(case)
        recommended = newest_consolidations(case)
        forms = RiskAssessment.objects.filter(case=case, round=case.round)
        assessed = _newest(forms)
        assessors = frozenset(forms.values_list("by_id", flat=True))
        decided = _newest(SupportDecision.objects.filter(case=case, round=case.round))
        conditions = list(case.conditions.filter(round=case.round))
        waivers = list(Waiver.objects.filter(condition__case=case, condition__round=case.round))
        raised = _newest(_raised_in_round(case))
        suspended = Suspension.objects.filter(case=case, ended_on__isnull=True).last()
        told = case.notices.filter(kind__in=("refused", "suspended", "withdrawn")).exists()
        tasks = SupportTask.objects.filter(case=case, done_at__isnull=True).count()
    against = against_all(
        case.mission,
        [one.unit for one in kept if one.unit is not None and one.kind != "person"],
        [one.person_id for one in kept if one.person_id is not None],
        max(today, case.starts_on),
    )
    oldest = today - dt.timedelta(days=case.policy.freshness_days)
    approved = decided is not None and decided.ruling in (Ruling.APPROVED, Ruling.CONDITIONS)
    drafted = [c for c in conditions if c.state != ConditionState.CANCELLED]
    return Facts(
        today=today,
        requester=case.requester_id,
        assessor=assessed.by_id if assessed is not None else case.assessor_id,
        assessors=assessors,
        decider=decided.by_id if approved and decided is not None else None,
        missing=missing_fields(case),
        recipients=tuple(
            _recipient(one, offices, answers, recommended, oldest, against) for one in kept
        ),
        clause_inside=BY_CODE[case.clause].inside if case.clause in BY_CODE else None,
        scoper=case.scoper_id,
        seconder=case.scope_seconder_id,
        framework=case.framework_id is not None,
        offices=len(offices),
        assessed=assessed is not None,
        assessment_missing=tuple(assessed.missing) if assessed is not None else (),
        real_risk=assessed.real_risk if assessed is not None else None,
        mitigated=assessed is None or assessed.level_before in ("", RiskLevel.LOW) or bool(drafted),
        approved=approved,
        approved_until=case.approved_until,
        ends_on=case.ends_on,
        conditions=condition_facts(drafted, waivers, today),
        suspended_by=suspended.ordered_by_id if suspended is not None else None,
        intercession=raised is not None,
        waiting_response=raised is not None and raised.responded_on is None,
        response_enough=raised.enough if raised is not None else None,
        notified=told,
        open_tasks=tasks,
    )


def newest_answers(case: SupportCase) -> dict[tuple[uuid.UUID, uuid.UUID], ScreeningAnswer]:
    """The newest answer of each office on each recipient in the present round."""
    rows = ScreeningAnswer.objects.filter(case=case, round=case.round).order_by("id")
    return {(row.recipient_id, row.office_id): row for row in rows}


def newest_consolidations(case: SupportCase) -> dict[uuid.UUID, Consolidation]:
    """The newest recommendation on each recipient in the present round."""
    rows = Consolidation.objects.filter(case=case, round=case.round).order_by("id")
    return {row.recipient_id: row for row in rows}


def condition_facts(
    conditions: Iterable[Condition], waivers: Iterable[Waiver], today: dt.date
) -> tuple[ConditionFacts, ...]:
    """Conditions as the guards see them: one is closed where it is met, or a waiver holds."""
    until: dict[uuid.UUID, dt.date] = {}
    for row in sorted(waivers, key=lambda one: one.pk):
        until[row.condition_id] = row.expires_on
    return tuple(
        ConditionFacts(
            text=one.text,
            before=one.kind == "before",
            open=is_open(one, until.get(one.pk), today),
            due_on=one.due_on,
        )
        for one in conditions
    )


def is_open(condition: Condition, waived_until: dt.date | None, today: dt.date) -> bool:
    """True where a condition is neither met nor dropped, nor waived by a waiver that holds."""
    if condition.state in (ConditionState.MET, ConditionState.CANCELLED):
        return False
    if condition.state == ConditionState.WAIVED:
        return waived_until is None or waived_until < today
    return True


def _recipient(
    one: Recipient,
    offices: Sequence[ScreeningOffice],
    answers: Mapping[tuple[uuid.UUID, uuid.UUID], ScreeningAnswer],
    recommended: Mapping[uuid.UUID, Consolidation],
    oldest: dt.date,
    against: Mapping[uuid.UUID, Against],
) -> RecipientFacts:
    pending, stale = [], []
    recommendation = recommended.get(one.pk)
    for office in offices:
        answer = answers.get((one.pk, office.pk))
        if answer is None or answer.colour == Colour.PENDING:
            pending.append(office.name)
        elif answer.answered_on < oldest:
            stale.append(office.name)
        if answer is not None and recommendation is not None and answer.pk > recommendation.pk:
            # Written before this answer was known: it recommends nothing any more.
            recommendation = None
    subject = one.person_id if one.kind == "person" else one.unit_id
    stands = against.get(subject, Against()) if subject is not None else Against()
    return RecipientFacts(
        named=one.named,
        resolved=one.resolved,
        # Of a person the question is who they are, not who commands them.
        commander_known=one.kind == "person" or bool(one.command),
        pending=tuple(pending),
        stale=tuple(stale),
        red=recommendation is not None and recommendation.colour == Colour.RED,
        consolidated=recommendation is not None and recommendation.colour != Colour.PENDING,
        finding=bool(stands.findings),
        stopped=bool(stands.stops),
    )


def _raised_in_round(case: SupportCase) -> QuerySet[Intercession]:
    """What was raised since the round began: an answer found wanting closes that round only."""
    begun = CaseMove.objects.filter(case=case, act="reopen").order_by("-id").first()
    rows = Intercession.objects.filter(case=case)
    return rows if begun is None else rows.filter(recorded_at__gte=begun.recorded_at)


def _newest(rows: QuerySet[RowT]) -> RowT | None:
    return rows.order_by("-id").first()
