"""What must hold of support whatever was done, read from the rows and in this module's own words.

Nothing here asks `rules`, `facts` or `clearance`: it is what they are held against.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module

from django.db import connection
from django.db.models import Q

from primacy.rooms.support.models import (
    Condition,
    Consolidation,
    Delivery,
    GraveFinding,
    Recipient,
    RiskAssessment,
    ScreeningAnswer,
    StopEntry,
    SupportCase,
    SupportDecision,
)

EDGES = frozenset(import_module("primacy.rooms.support.migrations.0002_gate").MOVES)
IN_FORCE = ("active", "monitored", "interceded")
TABLES = (
    "supportcase", "recipient", "casemove", "screeninganswer", "consolidation", "riskassessment",
    "supportdecision", "recipientruling", "condition", "waiver", "clearance", "delivery",
    "gravefinding", "suspension", "stopentry", "hostnotice", "intercession", "visit", "supporttask",
)  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """The units and persons of a desk, as they were entered: who is under and who commands whom."""

    above: Mapping[uuid.UUID, tuple[uuid.UUID, ...]]
    commander: Mapping[uuid.UUID, uuid.UUID]
    serves: Mapping[uuid.UUID, uuid.UUID]

    def reached_by(self, one: Recipient) -> tuple[set[uuid.UUID], set[uuid.UUID]]:
        """Units and persons whose finding or stop reaches a recipient."""
        if one.kind == "person":
            assert one.person_id is not None
            serving = self.serves[one.person_id]
            return {serving, *self.above[serving]}, {one.person_id}
        assert one.unit_id is not None
        return {one.unit_id, *self.above[one.unit_id]}, {self.commander[one.unit_id]}


def counts() -> tuple[int, ...]:
    """How many rows each table of support holds, and a sum over the states of cases."""
    chosen = ", ".join(f"(SELECT COUNT(*) FROM support_{name})" for name in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {chosen}, (SELECT COUNT(*) FROM audit_auditentry)")
        return tuple(cursor.fetchone())


def standing(case: SupportCase) -> tuple[object, ...]:
    """What a refused act leaves as it was."""
    row = SupportCase.objects.get(pk=case.pk)
    left_out = tuple(row.recipients.order_by("id").values_list("excluded", "unit_id", "person_id"))
    conditions = tuple(row.conditions.order_by("id").values_list("state", "evidence"))
    own = (row.state, row.round, row.risk, row.clause, row.requester_id, row.approved_until)
    return (*own, left_out, conditions)


def against_coming_into_force(case: SupportCase, ground: Ground, today: dt.date) -> list[str]:
    """Everything for which this case should not have come into force today."""
    kept = list(case.recipients.filter(excluded=False))
    wrong = [] if kept else ["nobody is left"]
    for one in kept:
        wrong += _against_recipient(case, one, ground, today)
    forms = list(RiskAssessment.objects.filter(case=case, round=case.round).order_by("id"))
    if not forms or forms[-1].missing or forms[-1].real_risk is not False:
        wrong.append("not assessed, or a real risk is left")
    decided = SupportDecision.objects.filter(case=case, round=case.round).order_by("-id").first()
    if decided is None or not decided.ruling.startswith("approved"):
        return [*wrong, "not approved in this round"]
    if decided.valid_until is None or decided.valid_until < today or case.ends_on < today:
        wrong.append("the approval or the support is over")
    assessors = {form.by_id for form in forms}
    if decided.by_id in {case.requester_id, *assessors} or case.requester_id in assessors:
        wrong.append("one person in two roles")
    for condition in Condition.objects.filter(case=case, round=case.round, kind="before"):
        waiver = condition.waivers.order_by("-id").first()
        waived = condition.state == "waived" and waiver is not None and waiver.expires_on >= today
        if not waived and condition.state not in ("met", "cancelled"):
            wrong.append("a condition that comes first is open")
    return wrong


def _against_recipient(
    case: SupportCase, one: Recipient, ground: Ground, today: dt.date
) -> list[str]:
    wrong = []
    if not one.resolved:
        return [f"{one}: not in the register"]
    oldest = today - dt.timedelta(days=case.policy.freshness_days)
    for office in case.policy.offices.all():
        answer = (
            ScreeningAnswer.objects.filter(recipient=one, office=office, round=case.round)
            .order_by("-id")
            .first()
        )
        if answer is None or answer.colour == "pending" or answer.answered_on < oldest:
            wrong.append(f"{one}: {office} has not answered, or too long ago")
    newest = Consolidation.objects.filter(recipient=one, round=case.round).order_by("-id").first()
    if newest is None or newest.colour not in ("green", "yellow"):
        wrong.append(f"{one}: no recommendation for it")
    units, persons = ground.reached_by(one)
    if GraveFinding.objects.filter(_names(units, persons), lifted_on__isnull=True).exists():
        wrong.append(f"{one}: a finding stands")
    if StopEntry.objects.filter(_names(units, persons), lifted_at__isnull=True).exists():
        wrong.append(f"{one}: stopped")
    return wrong


def _names(units: Iterable[uuid.UUID], persons: Iterable[uuid.UUID]) -> Q:
    return Q(unit_id__in=list(units)) | Q(person_id__in=list(persons))


def against_handing_over(row: Delivery, ground: Ground) -> list[str]:
    """Everything for which this accepted entry should not have been taken just now."""
    cleared, case, one = row.clearance, row.case, row.recipient
    if cleared is None or case is None or one is None:
        return ["accepted on nothing"]
    wrong = []
    if not cleared.answer.startswith("allowed") or cleared.case_id != case.pk:
        wrong.append("the clearance does not let it through")
    if (cleared.unit_id, cleared.person_id) != (row.unit_id, row.person_id):
        wrong.append("the clearance is for another")
    if (cleared.purpose, cleared.day) != (row.kind, row.happens_on) or row.kind != case.kind:
        wrong.append("the clearance is for something else")
    if case.state not in IN_FORCE or one.excluded or one.case_id != case.pk:
        wrong.append("the case does not clear this recipient")
    if not case.starts_on <= row.happens_on <= case.ends_on:
        wrong.append("outside the days of the case")
    if case.approved_until is None or row.happens_on > case.approved_until:
        wrong.append("outside the approval")
    units, persons = ground.reached_by(one)
    if GraveFinding.objects.filter(_names(units, persons), lifted_on__isnull=True).exists():
        wrong.append("a finding stands")
    if StopEntry.objects.filter(_names(units, persons), lifted_at__isnull=True).exists():
        wrong.append("stopped")
    return wrong


def replayed(case: SupportCase) -> list[str]:
    """Where the moves on record do not lead to the case as it stands."""
    wrong, state, number = [], "", 1
    for move in case.moves.order_by("id"):
        if move.before != state:
            wrong.append(f"{move} begins elsewhere than at '{state}'")
        if state and f"{move.before}>{move.after}" not in EDGES:
            wrong.append(f"{move} is no move")
        if not state and (move.act, move.after) != ("draft", "draft"):
            wrong.append(f"{move} is no beginning")
        if move.round not in (number, number + 1) or not move.by:
            wrong.append(f"{move} has round {move.round} or nobody who made it")
        state, number = move.after, move.round
    if (state, number) != (case.state, case.round):
        wrong.append(f"the moves lead to {state} {number}, not to {case.state} {case.round}")
    return wrong


DUTIES = {
    "out of scope by fewer than two, or by who asked": """
        SELECT id FROM support_supportcase WHERE state = 'out_of_scope' AND (scoper_id IS NULL
        OR scope_seconder_id IS NULL OR scoper_id = scope_seconder_id
        OR requester_id IN (scoper_id, scope_seconder_id))""",
    "decided without reasons, or by who wrote the risk form": """
        SELECT d.id FROM support_supportdecision d WHERE TRIM(d.reasons) = '' OR EXISTS (
        SELECT 1 FROM support_riskassessment a WHERE a.case_id = d.case_id AND a.round = d.round
        AND a.by_id = d.by_id)""",
    "in force without an approval of its round by somebody apart": """
        SELECT k.id FROM support_supportcase k WHERE k.state IN ('active', 'monitored',
        'interceded') AND NOT EXISTS (SELECT 1 FROM support_supportdecision d
        WHERE d.case_id = k.id AND d.round = k.round AND d.by_id <> k.requester_id
        AND d.by_id <> k.assessor_id AND d.ruling IN ('approved', 'approved_with_conditions'))""",
    "waived by who wrote the risk form, or without authority, reason or end": """
        SELECT w.id FROM support_waiver w JOIN support_condition c ON c.id = w.condition_id
        WHERE TRIM(w.authority) = '' OR TRIM(w.reason) = '' OR EXISTS (
        SELECT 1 FROM support_riskassessment a WHERE a.case_id = c.case_id AND a.round = c.round
        AND a.by_id = w.by_id)""",
    "a finding lifted by who recorded it": """
        SELECT id FROM support_gravefinding WHERE lifted_on IS NOT NULL AND (lifted_by_id IS NULL
        OR lifted_by_id = recorded_by_id OR TRIM(lifted_reason) = '')""",
    "a suspension lifted by who ordered it": """
        SELECT id FROM support_suspension WHERE ended_as = 'reinstated' AND (ended_by_id IS NULL
        OR ended_by_id = ordered_by_id OR TRIM(end_reason) = '')""",
    "a stop lifted while its cause stands": """
        SELECT s.id FROM support_stopentry s LEFT JOIN support_suspension o
        ON o.id = s.suspension_id LEFT JOIN support_gravefinding f ON f.id = s.finding_id
        WHERE s.lifted_at IS NOT NULL AND o.ended_on IS NULL AND f.lifted_on IS NULL""",
    "an accepted entry of the ledger without a clearance": """
        SELECT v.id FROM support_delivery v LEFT JOIN support_clearance c ON c.id = v.clearance_id
        WHERE v.standing = 'accepted' AND (c.id IS NULL OR c.case_id <> v.case_id
        OR c.purpose <> v.kind OR c.day <> v.happens_on
        OR c.answer NOT IN ('allowed', 'allowed_with_conditions'))""",
}
"""What never stands in the tables, each as a query that finds it."""


def against_duties() -> list[str]:
    """Everything on record that never may be."""
    found = " UNION ALL ".join(
        f"SELECT {number}, COUNT(*) FROM ({query}) AS q{number}"
        for number, query in enumerate(DUTIES.values())
    )
    names = list(DUTIES)
    with connection.cursor() as cursor:
        cursor.execute(found)
        return [f"{names[number]}: {count}" for number, count in cursor.fetchall() if count]


def against_words(problem: Exception) -> list[str]:
    """What is wrong with the words of a refusal: they are sentences with nothing left open."""
    words = str(problem)
    wrong = len(words.split()) < 4 or not words.rstrip().endswith((".", "!", "?"))
    return [f"no sentence: {words!r}"] if wrong or "%(" in words or "None" in words else []
