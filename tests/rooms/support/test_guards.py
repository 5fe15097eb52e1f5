"""Each guard of a case: what it lets pass, what it refuses, and in which words."""

import datetime as dt
import inspect
import uuid
from dataclasses import replace
from typing import Any

import pytest

from primacy.rooms.support import actions, rules
from primacy.rooms.support.guards import ConditionFacts, Facts, RecipientFacts
from primacy.rooms.support.models import CaseState
from primacy.rooms.support.rules import against

TODAY = dt.date(2026, 5, 4)
LATER, BEFORE = TODAY + dt.timedelta(days=30), TODAY - dt.timedelta(days=1)
ASKS, ASSESSES, DECIDES, OTHER = (uuid.UUID(int=number) for number in range(1, 5))
UNIT = RecipientFacts("First battalion")
FIRST = ConditionFacts("Train the keepers", before=True, open=True, due_on=LATER)
LONG_DUE = ConditionFacts("Keep a log", before=False, open=True, due_on=BEFORE)
WHOLE = Facts(
    today=TODAY, requester=ASKS, assessor=ASSESSES, assessors=frozenset({ASSESSES}),
    decider=DECIDES, recipients=(UNIT,), clause_inside=True, scoper=OTHER, assessed=True,
    real_risk=False, approved=True, approved_until=LATER, ends_on=LATER, suspended_by=OTHER,
    intercession=True, response_enough=True, notified=True,
)  # fmt: skip
"""Facts of a case of which nothing is missing; most guards let them pass."""


def of_recipient(**more: Any) -> dict[str, Any]:
    """Facts in which one of two recipients is otherwise than it should be."""
    return {"recipients": (RecipientFacts("Second battalion"), replace(UNIT, **more))}


# guard: (what lets it pass beside WHOLE, [(what makes it refuse, words of the refusal), …])
KNOWN: dict[str, tuple[dict[str, Any], list[tuple[dict[str, Any], str]]]] = {
    "request_is_whole": ({}, [
        ({"missing": ("budget line",)}, "Fill in: budget line."),
        ({"recipients": ()}, "at least one recipient"),
    ]),
    "scope_is_inside": ({}, [
        ({"clause_inside": None}, "Determine the scope first"),
        ({"clause_inside": False}, "outside the policy"),
    ]),
    "scope_is_outside_and_seconded": ({"clause_inside": False}, [
        ({"clause_inside": None}, "Determine the scope first"),
        ({"clause_inside": True}, "validate it instead"),
        ({"clause_inside": False, "scoper": DECIDES}, "needs a second person"),
        ({"clause_inside": False, "requester": DECIDES}, "Who asks for the support"),
        ({"clause_inside": False, "requester": OTHER}, "Who asks for the support"),
    ]),
    "recipients_are_resolved": ({}, [
        (of_recipient(resolved=False), "Find First battalion in the register"),
        (of_recipient(commander_known=False), "who commands First battalion"),
    ]),
    "offices_are_named": ({}, [({"offices": 0}, "names no screening office")]),
    "answers_are_whole": ({}, [
        (of_recipient(pending=("UN Police",)), "UN Police has not answered on First battalion"),
        (of_recipient(stale=("UN Police",)), "too old"),
        ({"recipients": ()}, "No recipient is left"),
    ]),
    "recommendations_are_whole": ({}, [
        (of_recipient(consolidated=False), "Write the recommendation on First battalion"),
    ]),
    "assessment_is_whole": ({}, [
        ({"assessed": False}, "Fill in the risk assessment"),
        ({"assessment_missing": ("Record of the recipient",)}, "lacks: Record of the recipient"),
        ({"mitigated": False}, "draft at least one measure"),
    ]),
    "assessor_is_apart": ({}, [({"assessor": ASKS}, "somebody else must assess it anew")]),
    "decider_is_apart": ({}, [
        ({"requester": DECIDES}, "You asked for this support"),
        ({"assessor": DECIDES}, "You assessed the risk"),
        ({"assessors": frozenset({ASSESSES, DECIDES})}, "You assessed the risk"),
    ]),
    "no_finding_stands": ({}, [(of_recipient(finding=True), "There is no override")]),
    "nobody_is_stopped": ({}, [(of_recipient(stopped=True), "is on the stop list")]),
    "no_real_risk": ({}, [({"real_risk": True}, "the policy allows no support")]),
    "red_ones_are_left_out": ({}, [(of_recipient(red=True), "has a red recommendation")]),
    "support_is_to_come": ({}, [({"ends_on": BEFORE}, "The support ended on 3 May 2026")]),
    "approval_holds": ({}, [
        ({"approved": False}, "No approval of this round"),
        ({"approved_until": BEFORE}, "ran out on 3 May 2026"),
        ({"ends_on": BEFORE}, "The support ended on 3 May 2026"),
        ({"decider": None}, "neither asked nor assessed"),
        ({"decider": ASKS}, "neither asked nor assessed"),
        ({"decider": ASSESSES}, "neither asked nor assessed"),
    ]),
    "conditions_are_drafted": ({"conditions": (FIRST,)}, [({}, "Draft at least one condition")]),
    "no_condition_is_drafted": (
        {"conditions": (replace(FIRST, open=False),)},
        [({"conditions": (FIRST,)}, "approve with conditions, or drop them")],
    ),
    "preconditions_are_met": (
        {"conditions": (replace(FIRST, open=False), replace(LONG_DUE, due_on=LATER))},
        [({"conditions": (FIRST,)}, "Still to be met, or waived on record: Train the keepers")],
    ),
    "nothing_is_overdue": (
        {"conditions": (replace(LONG_DUE, due_on=TODAY), replace(LONG_DUE, open=False))},
        [({"conditions": (LONG_DUE,)}, "Overdue since 3 May 2026: Keep a log")],
    ),
    "response_is_in": ({}, [
        ({"waiting_response": True, "response_enough": None}, "have not answered"),
        ({"response_enough": False}, "suspend instead"),
    ]),
    "something_was_raised": ({}, [({"intercession": False}, "Record the letter or meeting")]),
    "another_ends_the_suspension": ({}, [({"suspended_by": DECIDES}, "You ordered")]),
    "host_is_told": ({}, [({"notified": False}, "Tell the authorities first")]),
    "it_has_run_out": ({"approved_until": BEFORE}, [({}, "Neither the approval nor")]),
    "it_has_ended": ({}, [({"open_tasks": 2}, "2 tasks of this case are open")]),
}  # fmt: skip
NAMED = frozenset({"scope_is_outside_and_seconded", "decider_is_apart",
                   "another_ends_the_suspension"})  # fmt: skip
"""Guards that ask for a named person."""

GUARDS = {one.__name__: one for row in rules.GUARDS.values() for one in row}
REFUSALS = [(name, made, words) for name, (_pass, rows) in KNOWN.items() for made, words in rows]

# act: the guards it must have, read a second time from the policy and the table of states
MUST = {
    "submit": {"request_is_whole"},
    "validate": {"scope_is_inside", "recipients_are_resolved"},
    "out_of_scope": {"scope_is_outside_and_seconded"},
    "screen": {"recipients_are_resolved", "offices_are_named"},
    "consolidate": {"answers_are_whole"},
    "send": {"answers_are_whole", "recommendations_are_whole", "assessment_is_whole"},
    "refuse": {"decider_is_apart"},
    "defer": {"decider_is_apart"},
    "approve_with_conditions": {"conditions_are_drafted"},
    "intercede": {"something_was_raised"},
    "withdraw": {"host_is_told"},
    "expire": {"it_has_run_out"},
    "complete": {"it_has_ended"},
    "reinstate": {"another_ends_the_suspension", "nothing_is_overdue"},
    "settle": {"response_is_in", "nothing_is_overdue"},
}
TO_APPROVE = {
    "answers_are_whole", "recommendations_are_whole", "assessment_is_whole", "decider_is_apart",
    "assessor_is_apart", "no_finding_stands", "nobody_is_stopped", "no_real_risk",
    "red_ones_are_left_out", "support_is_to_come",
}  # fmt: skip
INTO_FORCE = {
    "recipients_are_resolved", "answers_are_whole", "recommendations_are_whole",
    "assessment_is_whole", "assessor_is_apart", "approval_holds", "no_finding_stands",
    "nobody_is_stopped", "no_real_risk", "red_ones_are_left_out", "preconditions_are_met",
}  # fmt: skip


def test_every_guard_has_a_known_answer() -> None:
    assert set(KNOWN) == set(GUARDS)


@pytest.mark.parametrize("name", KNOWN)
def test_a_guard_lets_whole_facts_pass(name: str) -> None:
    assert GUARDS[name](replace(WHOLE, **KNOWN[name][0]), DECIDES) == []


@pytest.mark.parametrize(("name", "made", "words"), REFUSALS)
def test_a_guard_refuses_in_words(name: str, made: dict[str, Any], words: str) -> None:
    reasons = GUARDS[name](replace(WHOLE, **made), DECIDES)
    assert words in " ".join(reasons)
    assert all(one.rstrip(".") and "%(" not in one for one in reasons)


@pytest.mark.parametrize("name", sorted(NAMED))
def test_only_a_named_person_passes(name: str) -> None:
    [reason] = GUARDS[name](replace(WHOLE, **KNOWN[name][0]), None)
    assert "act with an account" in reason


@pytest.mark.parametrize("act", sorted({act for _state, act in rules.MOVES}))
def test_each_act_has_the_guards_it_must_have(act: str) -> None:
    must = MUST.get(act, set())
    must = must | (TO_APPROVE if act in ("approve", "approve_with_conditions") else set())
    must = must | (INTO_FORCE if act in ("activate", "settle", "reinstate") else set())
    has = {one.__name__ for one in rules.GUARDS.get(act, ())}
    assert must <= has, must - has
    [state, *_more] = [before for before, one in rules.MOVES if one == act]
    facts = WHOLE
    for name in has:
        facts = replace(facts, **KNOWN[name][0])
    assert against(act, state, facts, DECIDES, "Because.") == []
    for name in has:
        for made, words in KNOWN[name][1]:
            found = against(act, state, replace(WHOLE, **made), DECIDES, "Because.")
            assert words in " ".join(found), name


@pytest.mark.parametrize("state", CaseState.values)
def test_what_the_table_does_not_know_is_refused_with_what_it_knows(state: str) -> None:
    for act in {one for _state, one in rules.MOVES} | {"dance"}:
        if rules.after(state, act) is None:
            [reason] = against(act, state, WHOLE, DECIDES, "Because.")
            assert "It can:" in reason
            assert all(one in reason for one in rules.acts_from(state))


@pytest.mark.parametrize("act", sorted(rules.NEEDS_REASON))
def test_a_weighty_act_needs_a_reason(act: str) -> None:
    [state, *_more] = [before for before, one in rules.MOVES if one == act]
    assert "Type the reason." in against(act, state, WHOLE, DECIDES, " \n")


def test_nothing_follows_on_an_end_and_every_other_state_leads_on() -> None:
    assert {s for s in CaseState.values if not rules.acts_from(s)} == rules.ENDED
    assert set(rules.RIGHTS) == {act for _state, act in rules.MOVES}


def test_no_act_takes_a_way_around_the_guards() -> None:
    for name in actions.__all__:
        act = getattr(actions, name)
        if inspect.isfunction(act):
            names = " ".join(inspect.signature(act).parameters)
            assert not any(word in names for word in ("overrid", "skip", "anyway", "bypass")), name
