"""An area: gates, conditions, the binding criterion, and no average."""

import datetime as dt

import pytest

from primacy.kernels.readiness import (
    Condition,
    DuplicateCriterion,
    InvalidConfidence,
    Method,
    Observation,
    Readiness,
    assess,
)
from tests.unit.readiness.builders import AS_OF, criterion, days_ago, minutes, seen, yes_no

CERTIFIED, COMMAND, RESPONSE = criterion(), yes_no(), minutes()
FUEL = minutes(code="fuel", indicator="fuel_gap", threshold=10, label="Fuel gap", unit="days")
STANDARD = (CERTIFIED, COMMAND, RESPONSE, FUEL)
DUE = AS_OF + dt.timedelta(days=60)


def evidence(
    certified: float | None = 0.9,
    command: float | None = 1,
    response: float | None = 45,
    fuel: float | None = 5,
) -> list[Observation]:
    values = {
        "certified_share": certified,
        "command_complete": command,
        "response_minutes": response,
        "fuel_gap": fuel,
    }
    return [
        seen(value, id=code, indicator=code) for code, value in values.items() if value is not None
    ]


def fix(code: str, owner: str = "Provincial commander", due: dt.date | None = DUE) -> Condition:
    return Condition(code, "two more vehicles", owner, due)


def test_ready_when_every_criterion_holds() -> None:
    outcome = assess(STANDARD, evidence(), AS_OF)
    assert outcome.readiness is Readiness.READY
    assert outcome.binding is None
    assert outcome.progress == (4, 4)


def test_a_failed_gate_is_not_ready_whatever_the_rest_and_whatever_is_promised() -> None:
    outcome = assess(STANDARD, evidence(certified=0.7), AS_OF, [fix("certification")])
    assert outcome.readiness is Readiness.NOT_READY
    assert outcome.binding == "certification"
    assert outcome.missing_conditions == ()
    assert any("a condition cannot replace it" in line for line in outcome.reasons)


def test_a_contested_gate_fails_with_its_worse_value() -> None:
    rows = [*evidence(), seen(0.6, id="self", method=Method.SELF)]
    outcome = assess(STANDARD, rows, AS_OF)
    assert (outcome.readiness, outcome.binding) == (Readiness.NOT_READY, "certification")


def test_a_contested_gate_whose_worse_value_passes_does_not_stop_readiness_but_is_told() -> None:
    rows = [*evidence(certified=1.0), seen(0.85, id="self", method=Method.SELF)]
    outcome = assess(STANDARD, rows, AS_OF)
    assert outcome.readiness is Readiness.READY
    assert any("contested" in line for line in outcome.reasons)


def test_the_failed_gate_with_the_largest_relative_shortfall_binds() -> None:
    outcome = assess(STANDARD, evidence(certified=0.7, command=0), AS_OF)
    assert outcome.binding == "command"
    assert outcome.binding_text == "command: no; yes required"


def test_an_unknown_gate_makes_the_area_unknown_even_with_a_condition() -> None:
    outcome = assess(STANDARD, evidence(command=None, response=90), AS_OF, [fix("command")])
    assert (outcome.readiness, outcome.binding) == (Readiness.UNKNOWN, "command")


def test_a_failed_gate_goes_before_an_unknown_gate() -> None:
    outcome = assess(STANDARD, evidence(certified=0.5, command=None), AS_OF)
    assert (outcome.readiness, outcome.binding) == (Readiness.NOT_READY, "certification")


def test_a_shortfall_with_action_owner_and_date_is_ready_with_conditions() -> None:
    outcome = assess(STANDARD, evidence(response=72), AS_OF, [fix("response")])
    assert outcome.readiness is Readiness.CONDITIONS
    assert outcome.binding == "response"
    assert outcome.binding_text == "response: 12 minutes too slow (72; at most 60 needed)"
    assert outcome.missing_conditions == ()


@pytest.mark.parametrize(
    "condition",
    [
        fix("response", owner=" "),
        fix("response", due=None),
        Condition("response", "", "Provincial commander", DUE),
        fix("fuel"),
    ],
)
def test_an_incomplete_or_misplaced_condition_does_not_count(condition: Condition) -> None:
    outcome = assess(STANDARD, evidence(response=72), AS_OF, [condition])
    assert outcome.readiness is Readiness.NOT_READY
    assert outcome.missing_conditions == ("response",)


def test_every_shortfall_needs_its_own_condition() -> None:
    outcome = assess(STANDARD, evidence(response=72, fuel=15), AS_OF, [fix("response")])
    assert outcome.readiness is Readiness.NOT_READY
    assert outcome.missing_conditions == ("fuel",)
    assert outcome.binding == "fuel"


def test_without_conditions_a_shortfall_is_not_ready_and_the_largest_binds() -> None:
    outcome = assess(STANDARD, evidence(response=72, fuel=15), AS_OF)
    assert outcome.readiness is Readiness.NOT_READY
    assert outcome.binding == "fuel"
    assert outcome.binding_text.startswith("Fuel gap: 5 days too long")
    assert outcome.progress == (2, 4)


def test_known_failures_bind_before_unknowns() -> None:
    outcome = assess(STANDARD, evidence(response=61, fuel=None), AS_OF)
    assert (outcome.readiness, outcome.binding) == (Readiness.NOT_READY, "response")


def test_only_unknowns_leave_the_area_unknown() -> None:
    outcome = assess(STANDARD, evidence(fuel=None), AS_OF)
    assert (outcome.readiness, outcome.binding) == (Readiness.UNKNOWN, "fuel")
    assert outcome.binding_text == "Fuel gap: no evidence"


def test_an_unknown_that_is_no_gate_may_be_made_a_condition() -> None:
    outcome = assess(STANDARD, evidence(fuel=None), AS_OF, [fix("fuel")])
    assert outcome.readiness is Readiness.CONDITIONS


def test_a_standard_without_criteria_is_unknown() -> None:
    outcome = assess((), evidence(), AS_OF)
    assert outcome.readiness is Readiness.UNKNOWN
    assert "no criteria" in outcome.reasons[0]


def test_an_overdue_condition_and_one_on_no_criterion_are_told() -> None:
    late = fix("response", due=days_ago(3))
    outcome = assess(STANDARD, evidence(response=72), AS_OF, [late, fix("nonsense")])
    assert any("was due on 2030-06-27" in line for line in outcome.reasons)
    assert any("nonsense: no such criterion" in line for line in outcome.reasons)


def test_two_criteria_with_one_code_are_refused() -> None:
    with pytest.raises(DuplicateCriterion, match="certification"):
        assess((CERTIFIED, CERTIFIED), [], AS_OF)


def test_an_impossible_confidence_is_refused_even_without_criteria() -> None:
    with pytest.raises(InvalidConfidence):
        assess((), [], AS_OF, confidence=80)


def test_marks_of_the_board() -> None:
    assert [one.mark for one in Readiness] == ["●", "◐", "○", "?"]
