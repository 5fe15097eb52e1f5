"""What the calendar raises in cases: answers no longer fresh, days that passed, clocks."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence

from primacy.rooms.places.facade import Mission
from primacy.rooms.support.models import (
    CaseState,
    Condition,
    ConditionState,
    CountryFramework,
    Intercession,
    ScreeningAnswer,
    ScreeningOffice,
    SupportCase,
    TaskKind,
    Visit,
    Waiver,
)
from primacy.rooms.support.rules import ENDED
from primacy.rooms.support.task_words import (
    clock_words,
    condition_words,
    ended_words,
    framework_words,
    freshness_words,
    response_words,
    visit_words,
    waiver_words,
)
from primacy.rooms.support.triggers import WATCHED, Found, kept_recipients


def overdue(mission: Mission, cases: Sequence[SupportCase], day: dt.date) -> list[Found]:
    """All that is past its day in these open cases."""
    going = [case for case in cases if case.state not in ENDED]
    watched = [case for case in going if case.state in WATCHED]
    return [
        *_stale_answers(watched, day),
        *_conditions(watched, day),
        *_ended(watched, day),
        *_clocks(going, day),
        *_frameworks(mission, going, day),
        *_visits(watched, day),
        *_responses(watched, day),
    ]


def _stale_answers(cases: Sequence[SupportCase], day: dt.date) -> Iterator[Found]:
    """One task for the answers of an office of one day, however many recipients they are on."""
    of_case = {case.pk: case for case in cases}
    kept = {row.pk for case in cases for row in kept_recipients(case)}
    newest: dict[tuple[uuid.UUID, uuid.UUID], ScreeningAnswer] = {}
    for row in ScreeningAnswer.objects.filter(case__in=list(of_case)).order_by("id"):
        if row.recipient_id in kept and row.round == of_case[row.case_id].round:
            newest[row.recipient_id, row.office_id] = row
    stale: dict[tuple[uuid.UUID, uuid.UUID, dt.date], list[ScreeningAnswer]] = defaultdict(list)
    for row in newest.values():
        limit = of_case[row.case_id].policy.freshness_days
        if row.answered_on < day - dt.timedelta(days=limit):
            stale[row.case_id, row.office_id, row.answered_on].append(row)
    offices = {row.pk: row for row in ScreeningOffice.objects.filter(pk__in={k[1] for k in stale})}
    for (case_id, office, on), rows in stale.items():
        case = of_case[case_id]
        words = freshness_words(
            offices[office].name, case.number, on, case.policy.freshness_days, len(rows)
        )
        what = f"{case.round}:{office}:{on}"
        yield Found(case, TaskKind.FRESHNESS, what, words)


def _conditions(cases: Sequence[SupportCase], day: dt.date) -> Iterator[Found]:
    of_case = {case.pk: case for case in cases}
    rows = [
        row
        for row in Condition.objects.filter(
            case__in=list(of_case), state__in=(ConditionState.OPEN, ConditionState.WAIVED)
        ).select_related("recipient")
        if row.round == of_case[row.case_id].round
    ]
    until: dict[uuid.UUID, Waiver] = {}
    for waiver in Waiver.objects.filter(condition__in=[row.pk for row in rows]).order_by("id"):
        until[waiver.condition_id] = waiver
    for row in rows:
        case, held = of_case[row.case_id], until.get(row.pk)
        if row.state == ConditionState.OPEN and row.due_on < day:
            words = condition_words(row.text, row.owner, row.due_on)
            what = f"{row.pk}:{row.due_on}"
            yield Found(case, TaskKind.CONDITION, what, words, row.recipient)
        if row.state == ConditionState.WAIVED and held is not None and held.expires_on < day:
            words = waiver_words(row.text, held.expires_on)
            yield Found(case, TaskKind.WAIVER, f"{held.pk}", words, row.recipient)


def _ended(cases: Sequence[SupportCase], day: dt.date) -> Iterator[Found]:
    for case in cases:
        last = min(one for one in (case.approved_until, case.ends_on) if one is not None)
        if last < day:
            words = ended_words(case.number, last)
            yield Found(case, TaskKind.ENDED, f"{case.round}:{last}", words)


def _clocks(cases: Sequence[SupportCase], day: dt.date) -> Iterator[Found]:
    for case in cases:
        if case.due_on is None or day <= case.due_on:
            continue
        allowed = max((case.due_on - case.state_since.date()).days, 1)
        twice = (day - case.due_on).days > allowed
        words = clock_words(
            case.number, CaseState(case.state).label.lower(), case.due_on, twice=twice
        )
        level = 2 if twice else 1
        what = f"{case.state}:{case.state_since.isoformat()}:{case.due_on}:{level}"
        yield Found(case, TaskKind.CLOCK, what, words, level=level)


def _frameworks(mission: Mission, cases: Sequence[SupportCase], day: dt.date) -> Iterator[Found]:
    rows = CountryFramework.objects.filter(mission=mission, in_force_from__lte=day)
    newest = rows.order_by("-number").first()
    if newest is None:
        return
    for case in cases:
        older = case.framework is not None and case.framework.number < newest.number
        if older and case.state != CaseState.DRAFT:
            words = framework_words(case.number, newest.title)
            yield Found(case, TaskKind.FRAMEWORK, f"{newest.pk}", words)


def _visits(cases: Sequence[SupportCase], day: dt.date) -> Iterator[Found]:
    of_case = {case.pk: case for case in cases}
    rows = Visit.objects.filter(
        case__in=list(of_case), planned_on__lt=day, done_on__isnull=True
    )  # fmt: skip
    for row in rows:
        words = visit_words(row.what, row.planned_on, row.owner)
        what = f"{row.pk}:{row.planned_on}"
        yield Found(of_case[row.case_id], TaskKind.VISIT, what, words)


def _responses(cases: Sequence[SupportCase], day: dt.date) -> Iterator[Found]:
    of_case = {case.pk: case for case in cases}
    rows = Intercession.objects.filter(
        case__in=list(of_case), response_due__lt=day, responded_on__isnull=True
    )
    for row in rows:
        words = response_words(row.addressee, row.response_due)
        yield Found(of_case[row.case_id], TaskKind.RESPONSE, f"{row.pk}", words)
