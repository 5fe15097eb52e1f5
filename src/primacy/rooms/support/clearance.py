"""The gate: may this recipient receive this, on this day? Every other room asks here.

Yes, yes with conditions, no, or unknown, each with reasons. "Unknown" means that no decision is on
record: it is never a yes, and never "clean". Whoever asks gets the same answer; the reasons of what
is closed to them say only whom to ask.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from primacy.platform.accounts.whole import seen_whole
from primacy.platform.language.dates import long_day
from primacy.platform.policy import Viewer, may_read, require, restricted
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import Person
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.errors import BadRequest
from primacy.rooms.support.facts import facts_of
from primacy.rooms.support.guards import Facts
from primacy.rooms.support.models import (
    Answer,
    CaseState,
    Recipient,
    SupportCase,
    SupportKind,
    SupportTask,
    TaskKind,
)
from primacy.rooms.support.rules import ENDED, IN_FORCE
from primacy.rooms.support.standing import against_all

VIEW = "support.view"
BLOCKING = frozenset(
    {TaskKind.COMMANDER, TaskKind.LINEAGE, TaskKind.PARENT, TaskKind.ATTACHED,
     TaskKind.ALLEGATION, TaskKind.FINDING, TaskKind.FRESHNESS, TaskKind.CONDITION,
     TaskKind.WAIVER, TaskKind.ENDED}
)  # fmt: skip
"""Tasks that close the gate for a recipient until somebody has looked."""


@dataclass(frozen=True)
class Cleared:
    """The gate's answer; `case` only where the asker may open it."""

    answer: Answer
    reasons: tuple[str, ...]
    case: SupportCase | None = None
    recipient: Recipient | None = None
    until: dt.date | None = None
    closed_case: SupportCase | None = field(default=None, repr=False)
    """The case it rests on where the asker may not open it: to be kept, never shown."""

    @property
    def rests_on(self) -> SupportCase | None:
        """The case it rests on, for the record of the answer."""
        return self.case or self.closed_case

    @property
    def lets_through(self) -> bool:
        """True where something may be handed over."""
        return self.answer in (Answer.ALLOWED, Answer.CONDITIONS)


def clearance(
    viewer: Viewer,
    mission: Mission,
    *,
    purpose: str,
    day: dt.date,
    unit: Unit | None = None,
    person: Person | None = None,
    case: SupportCase | None = None,
) -> Cleared:
    """Whether a unit or a person may receive a kind of support on a day, with reasons.

    With `case` only that case is asked; else every case that names the recipient. The first that
    lets something through answers; where none does, the one that came furthest.
    """
    require(viewer, VIEW, mission.pk)
    if (unit is None) == (person is None):
        raise BadRequest(_("Ask the gate for one unit or for one person."))
    if purpose not in SupportKind.values:
        raise BadRequest(
            _("'%(kind)s' is no kind of support. There are: %(known)s.")
            % {"kind": purpose[:20], "known": ", ".join(SupportKind.values)}
        )
    stopped = _stopped(mission, unit, person, day)
    if stopped:
        return Cleared(Answer.NOT_ALLOWED, stopped)
    named = _named_in(mission, unit, person, purpose, case)
    found = [_by_case(one, purpose, day) for one in named]
    if not found:
        words = _(
            "No due-diligence decision on this recipient and purpose is on record. Ask for "
            "one: nothing on record does not mean that nothing stands against it."
        )
        return Cleared(Answer.UNKNOWN, (words,))
    order = [Answer.ALLOWED, Answer.CONDITIONS, Answer.NOT_ALLOWED, Answer.UNKNOWN]
    return _veiled(viewer, min(found, key=lambda one: order.index(one.answer)))


def _stopped(
    mission: Mission, unit: Unit | None, person: Person | None, day: dt.date
) -> tuple[str, ...]:
    """What stands against the recipient itself, whatever a case says."""
    units = [unit] if unit is not None else []
    persons = [person.pk] if person is not None else []
    [subject] = [*(one.pk for one in units), *persons]
    stands = against_all(mission, units, persons, day).get(subject)
    if not stands:
        return ()
    reasons = []
    if stands.findings:
        reasons.append(
            _("A grave-violation finding stands. There is no override. Details: %(ask)s.")
            % {"ask": restricted()}
        )
    if stands.stops:
        reasons.append(
            _("The recipient is on the stop list, itself or with a unit above it. Ask the human "
              "rights component.")
        )  # fmt: skip
    return tuple(reasons)


def _named_in(
    mission: Mission,
    unit: Unit | None,
    person: Person | None,
    purpose: str,
    case: SupportCase | None,
) -> list[Recipient]:
    """The recipients of cases that name this unit or person for this purpose, newest case first."""
    with seen_whole(mission.pk):
        rows = Recipient.objects.filter(case__mission=mission, case__kind=purpose)
        if case is not None:
            rows = rows.filter(case=case)
        rows = (
            rows.filter(unit=unit).exclude(kind="person")
            if unit is not None
            else rows.filter(person=person)
        )
        return list(rows.select_related("case__policy", "case__mission").order_by("-case__number"))


def _by_case(one: Recipient, purpose: str, day: dt.date) -> Cleared:
    """What one case says of a recipient on a day."""
    case = one.case
    number = {"number": case.number}
    if one.excluded:
        words = _("Case %(number)d leaves this recipient out: %(why)s") % {
            **number, "why": one.excluded_reason,
        }  # fmt: skip
        return Cleared(Answer.NOT_ALLOWED, (words,), case, one)
    if case.state not in IN_FORCE:
        refused = case.state in ENDED or case.state in (CaseState.SUSPENDED, CaseState.EXPIRED)
        words = _("Case %(number)d is '%(state)s', not in force.") % {
            **number, "state": case.get_state_display(),
        }  # fmt: skip
        return Cleared(Answer.NOT_ALLOWED if refused else Answer.UNKNOWN, (words,), case, one)
    facts = facts_of(case, day)
    wrong = [*_outside(case, day), *_stale(facts, one), *_overdue(facts), *_waiting(case, one)]
    until = min((d for d in (case.approved_until, case.ends_on) if d is not None), default=None)
    if wrong:
        return Cleared(Answer.NOT_ALLOWED, tuple(wrong), case, one, until)
    kept = _kept(case, facts)
    answer = Answer.CONDITIONS if kept else Answer.ALLOWED
    words = _("Case %(number)d clears it until %(day)s.") % {
        **number, "day": long_day(until) if until else "–",
    }  # fmt: skip
    return Cleared(answer, (words, *kept), case, one, until)


def _outside(case: SupportCase, day: dt.date) -> list[str]:
    """The day against the days of support and of the approval."""
    reasons = []
    if not case.starts_on <= day <= case.ends_on:
        reasons.append(
            _("%(day)s is outside the support, which runs from %(first)s to %(last)s.")
            % {
                "day": long_day(day),
                "first": long_day(case.starts_on),
                "last": long_day(case.ends_on),
            }
        )
    if case.approved_until is not None and day > case.approved_until:
        reasons.append(
            _("The approval runs out on %(day)s.") % {"day": long_day(case.approved_until)}
        )
    return reasons


def _stale(facts: Facts, one: Recipient) -> list[str]:
    """Answers on this recipient that are missing or too old on the day."""
    mine = [r for r in facts.recipients if r.named == one.named]
    offices = [office for r in mine for office in (*r.pending, *r.stale)]
    if not offices:
        return []
    return [
        _("The screening is not fresh enough: %(offices)s must answer anew.")
        % {"offices": ", ".join(dict.fromkeys(offices))}
    ]


def _overdue(facts: Facts) -> list[str]:
    """Conditions that are past their day, and those that come first and are open again."""
    return [
        _("A condition is not kept: %(what)s (due %(day)s).")
        % {"what": c.text, "day": long_day(c.due_on)}
        for c in facts.conditions
        if c.open and (c.before or c.due_on < facts.today)
    ]


def _waiting(case: SupportCase, one: Recipient) -> list[str]:
    """Open tasks on this recipient that somebody must look at first."""
    with seen_whole(case.mission_id):
        rows = SupportTask.objects.filter(case=case, done_at__isnull=True, kind__in=BLOCKING)
        found = [row for row in rows if row.recipient_id in (None, one.pk)]
    return [_("Look at this first: %(reason)s") % {"reason": row.reason} for row in found]


def _kept(case: SupportCase, facts: Facts) -> tuple[str, ...]:
    """Conditions to be kept while support runs, and closer watch."""
    kept = [c.text for c in facts.conditions if not c.before]
    if case.state != CaseState.ACTIVE:
        kept.append(_("the case is '%(state)s'") % {"state": case.get_state_display()})
    return tuple(_("On condition: %(what)s") % {"what": text} for text in kept)


def _veiled(viewer: Viewer, found: Cleared) -> Cleared:
    """The answer with the words of a case that the viewer may not read taken out."""
    case = found.case
    if case is None or can_read(viewer, case):
        return found
    return Cleared(found.answer, (str(restricted()),), until=found.until, closed_case=case)


def can_read(viewer: Viewer, case: SupportCase) -> bool:
    """True where a case is open to the viewer."""
    return may_read(
        viewer,
        VIEW,
        mission_id=case.mission_id,
        open_to_guests=False,
        marking=case.marking,
        compartment_id=case.compartment_id,
    )


def said_of(cleared: Sequence[Cleared]) -> Answer:
    """The answer for several recipients together: the least of them."""
    order = [Answer.NOT_ALLOWED, Answer.UNKNOWN, Answer.CONDITIONS, Answer.ALLOWED]
    return min((one.answer for one in cleared), key=order.index, default=Answer.UNKNOWN)
