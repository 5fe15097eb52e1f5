"""What holds a case of support back: facts in, reasons out. Pure.

Each guard gives every reason it finds, as sentences that a person can act on. Which guards an act
must pass stands in `GUARDS`; the acts and states themselves stand in `rules`.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from primacy.platform.language.dates import long_day


@dataclass(frozen=True)
class RecipientFacts:
    """What is known of one recipient, excluded ones left out."""

    named: str
    resolved: bool = True
    commander_known: bool = True
    """Listed at the start date, or put on record as not known."""
    pending: tuple[str, ...] = ()
    """Offices that have not answered, or answered "pending"."""
    stale: tuple[str, ...] = ()
    """Offices whose answer is older than the procedure lets it be."""
    red: bool = False
    consolidated: bool = True
    finding: bool = False
    stopped: bool = False


@dataclass(frozen=True)
class ConditionFacts:
    """A condition as it stands."""

    text: str
    before: bool
    open: bool
    """Neither met nor waived by a waiver that still holds."""
    due_on: dt.date


@dataclass(frozen=True)
class Facts:
    """All that the guards of a case look at."""

    today: dt.date
    requester: uuid.UUID | None = None
    assessor: uuid.UUID | None = None
    assessors: frozenset[uuid.UUID] = frozenset()
    """Everybody who wrote a version of the risk form in this round; `assessor` wrote the newest."""
    decider: uuid.UUID | None = None
    missing: tuple[str, ...] = ()
    """Fields of the request that are empty."""
    recipients: tuple[RecipientFacts, ...] = ()
    clause_inside: bool | None = None
    scoper: uuid.UUID | None = None
    seconder: uuid.UUID | None = None
    framework: bool = True
    offices: int = 1
    assessed: bool = False
    assessment_missing: tuple[str, ...] = ()
    real_risk: bool | None = None
    mitigated: bool = True
    """A risk above low has at least one condition drafted with owner and due day."""
    approved: bool = False
    approved_until: dt.date | None = None
    ends_on: dt.date | None = None
    conditions: tuple[ConditionFacts, ...] = ()
    suspended_by: uuid.UUID | None = None
    intercession: bool = False
    waiting_response: bool = False
    response_enough: bool | None = None
    notified: bool = False
    open_tasks: int = 0
    more: Mapping[str, str] = field(default_factory=dict)


Guard = Callable[[Facts, uuid.UUID | None], list[str]]


def request_is_whole(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """Who asks for what, for whom, when, where, how much, and the four elements."""
    reasons = [_("Fill in: %(field)s.") % {"field": one} for one in facts.missing]
    if not facts.recipients:
        reasons.append(_("Name at least one recipient."))
    return reasons


def scope_is_inside(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """The scope is determined with a clause that brings it under the policy."""
    if facts.clause_inside is None:
        return [_("Determine the scope first: choose the clause of the policy that applies.")]
    if not facts.clause_inside:
        return [_("The clause chosen puts this outside the policy: end it as out of scope, or "
                  "choose another clause.")]  # fmt: skip
    return []


def scope_is_outside_and_seconded(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """Out of scope is said by two persons, neither of them who asked."""
    if facts.clause_inside is None:
        return [_("Determine the scope first: choose the clause that puts it outside the policy.")]
    if facts.clause_inside:
        return [_("The clause chosen brings this under the policy: validate it instead.")]
    reasons = []
    if actor is None:
        reasons.append(_("A named person must confirm it: act with an account."))
    elif actor == facts.scoper:
        reasons.append(
            _("Out of scope needs a second person: somebody else than who chose the clause.")
        )
    if facts.requester is not None and facts.requester in (actor, facts.scoper):
        reasons.append(_("Who asks for the support does not take it out of the policy's scope."))
    return reasons


def recipients_are_resolved(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """Each recipient is a record of the register, with its commander listed or said unknown."""
    reasons = []
    for one in facts.recipients:
        if not one.resolved:
            reasons.append(
                _("Find %(who)s in the register, or enter them there.") % {"who": one.named}
            )
        if not one.commander_known:
            reasons.append(
                _("List who commands %(who)s at the start, or record that it is not known.")
                % {"who": one.named}
            )
    return reasons


def offices_are_named(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """The version of the procedure names at least one office."""
    if facts.offices:
        return []
    return [_("The procedure of this case names no screening office. Put a new version in force.")]


def answers_are_whole(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """Every office answered on every recipient, none pending, each fresh."""
    reasons = []
    for one in facts.recipients:
        for office in one.pending:
            reasons.append(
                _("%(office)s has not answered on %(who)s.") % {"office": office, "who": one.named}
            )
        for office in one.stale:
            reasons.append(
                _("The answer of %(office)s on %(who)s is too old: it must be confirmed anew.")
                % {"office": office, "who": one.named}
            )
    if not facts.recipients:
        reasons.append(_("No recipient is left in the case."))
    return reasons


def recommendations_are_whole(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """Each recipient has one consolidated recommendation."""
    return [
        _("Write the recommendation on %(who)s.") % {"who": one.named}
        for one in facts.recipients
        if not one.consolidated
    ]


def assessment_is_whole(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """The risk form of the round is complete, and measures stand where the risk asks for them."""
    if not facts.assessed:
        return [_("Fill in the risk assessment of this round.")]
    reasons = [_("The risk assessment lacks: %(what)s.") % {"what": w}
               for w in facts.assessment_missing]  # fmt: skip
    if not facts.mitigated:
        reasons.append(
            _("The risk is above low: draft at least one measure with an owner and a due day.")
        )
    return reasons


def decider_is_apart(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """Who decides has neither asked nor assessed."""
    if actor is None:
        return [_("A named person decides: act with an account, not as the server's operator.")]
    reasons = []
    if actor == facts.requester:
        reasons.append(_("You asked for this support: somebody else must decide."))
    if actor == facts.assessor or actor in facts.assessors:
        reasons.append(_("You assessed the risk of this support: somebody else must decide."))
    return reasons


def assessor_is_apart(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """Who assesses has not asked."""
    if facts.assessor is not None and facts.assessor == facts.requester:
        return [_("Who asked also assessed the risk: somebody else must assess it anew.")]
    return []


def no_finding_stands(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """No grave-violation finding stands. Nothing overrides this."""
    return [
        _("A grave-violation finding stands against %(who)s. There is no override: leave the "
          "recipient out, or wait until the finding is lifted.") % {"who": one.named}
        for one in facts.recipients
        if one.finding
    ]  # fmt: skip


def nobody_is_stopped(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """No recipient is on the stop list."""
    return [
        _("%(who)s is on the stop list. Reinstate it first, or leave it out.") % {"who": one.named}
        for one in facts.recipients
        if one.stopped
    ]


def no_real_risk(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """No real risk of grave violations is left after mitigation."""
    if facts.real_risk:
        return [
            _("The assessment finds substantial grounds for believing in a real risk of grave "
              "violations even after the measures: the policy allows no support.")
        ]  # fmt: skip
    return []


def red_ones_are_left_out(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """Nobody with a red answer is approved with the others."""
    return [
        _("%(who)s has a red recommendation: leave them out with a reason, or have the "
          "recommendation reviewed.") % {"who": one.named}
        for one in facts.recipients
        if one.red
    ]  # fmt: skip


def approval_holds(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """An approval of this round stands, by somebody apart, and has not run out."""
    if not facts.approved:
        return [_("No approval of this round is on record.")]
    reasons = []
    if facts.approved_until is not None and facts.approved_until < facts.today:
        reasons.append(
            _("The approval ran out on %(day)s: reopen the case.")
            % {"day": long_day(facts.approved_until)}
        )
    if facts.ends_on is not None and facts.ends_on < facts.today:
        reasons.append(_("The support ended on %(day)s.") % {"day": long_day(facts.ends_on)})
    if facts.decider is None or facts.decider in (
        facts.requester, facts.assessor, *facts.assessors,
    ):  # fmt: skip
        reasons.append(_("The decision was not made by somebody who neither asked nor assessed."))
    return reasons


def support_is_to_come(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """The support that is approved has not ended before."""
    if facts.ends_on is None or facts.ends_on >= facts.today:
        return []
    return [_("The support ended on %(day)s.") % {"day": long_day(facts.ends_on)}]


def conditions_are_drafted(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """An approval with conditions has some."""
    if facts.conditions:
        return []
    return [_("Draft at least one condition, or approve without conditions.")]


def no_condition_is_drafted(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """An approval without conditions has none that would be forgotten."""
    if any(one.open for one in facts.conditions):
        return [_("Conditions are drafted: approve with conditions, or drop them first.")]
    return []


def preconditions_are_met(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """Every condition that comes first is met, or waived by a waiver that holds."""
    return [
        _("Still to be met, or waived on record: %(what)s") % {"what": one.text}
        for one in facts.conditions
        if one.before and one.open
    ]


def nothing_is_overdue(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """No condition is past its day."""
    return [
        _("Overdue since %(day)s: %(what)s") % {"day": long_day(one.due_on), "what": one.text}
        for one in facts.conditions
        if one.open and one.due_on < facts.today and not one.before
    ]


def response_is_in(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """What was raised with the authorities was answered, and the answer is enough."""
    if not facts.waiting_response and facts.response_enough is not False:
        return []
    if facts.waiting_response:
        return [_("The authorities have not answered: record their response first.")]
    return [_("The response was judged not enough to end the violations: suspend instead.")]


def something_was_raised(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """A letter or meeting is on record."""
    return [] if facts.intercession else [_("Record the letter or meeting first.")]


def another_ends_the_suspension(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """Who ordered a suspension does not lift it alone."""
    if actor is None:
        return [_("A named person decides: act with an account, not as the server's operator.")]
    if actor == facts.suspended_by:
        return [_("You ordered the suspension: somebody else must lift it.")]
    return []


def host_is_told(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """Those concerned are told, with what would change the decision."""
    if facts.notified:
        return []
    return [_("Tell the authorities first: record the notice, with what would change the "
              "decision.")]  # fmt: skip


def it_has_run_out(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """The approval or the support itself is past its last day."""
    days = [day for day in (facts.approved_until, facts.ends_on) if day is not None]
    if days and min(days) < facts.today:
        return []
    return [_("Neither the approval nor the support has run out.")]


def it_has_ended(facts: Facts, actor: uuid.UUID | None) -> list[str]:
    """Nothing is left to look at."""
    if facts.open_tasks:
        return [
            _("%(n)d tasks of this case are open: settle them first.") % {"n": facts.open_tasks}
        ]
    return []


WHOLE: tuple[Guard, ...] = (recipients_are_resolved, answers_are_whole, recommendations_are_whole,
                            assessment_is_whole)  # fmt: skip
TO_APPROVE: tuple[Guard, ...] = (
    *WHOLE, assessor_is_apart, decider_is_apart, no_finding_stands, nobody_is_stopped,
    no_real_risk, red_ones_are_left_out, support_is_to_come,
)  # fmt: skip
TO_ACTIVE: tuple[Guard, ...] = (
    *WHOLE, assessor_is_apart, approval_holds, no_finding_stands, no_real_risk,
    red_ones_are_left_out, preconditions_are_met,
)  # fmt: skip

GUARDS: dict[str, tuple[Guard, ...]] = {
    "submit": (request_is_whole,),
    "validate": (request_is_whole, scope_is_inside, recipients_are_resolved),
    "out_of_scope": (scope_is_outside_and_seconded,),
    "screen": (recipients_are_resolved, offices_are_named),
    "consolidate": (answers_are_whole,),
    "send": (answers_are_whole, recommendations_are_whole, assessment_is_whole, assessor_is_apart),
    "approve": (*TO_APPROVE, no_condition_is_drafted),
    "approve_with_conditions": (*TO_APPROVE, conditions_are_drafted),
    "refuse": (assessment_is_whole, decider_is_apart),
    "defer": (decider_is_apart,),
    "resume": (decider_is_apart,),
    "activate": (*TO_ACTIVE, nobody_is_stopped),
    "settle": (*TO_ACTIVE, nobody_is_stopped, nothing_is_overdue, response_is_in),
    "reinstate": (
        *TO_ACTIVE,
        nobody_is_stopped,
        nothing_is_overdue,
        another_ends_the_suspension,
    ),
    "intercede": (something_was_raised,),
    "withdraw": (host_is_told,),
    "expire": (it_has_run_out,),
    "complete": (it_has_ended,),
}
"""The guards of each act."""
