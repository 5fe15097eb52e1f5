"""One criterion: which evidence counts and what it says."""

import pytest

from primacy.kernels.readiness import (
    Comparison,
    Criterion,
    InvalidConfidence,
    InvalidCriterion,
    InvalidObservation,
    Method,
    Observation,
    Result,
    evaluate_criterion,
)
from tests.unit.readiness.builders import AS_OF, criterion, days_ago, minutes, seen, yes_no


def result_of(one: Criterion, *observations: Observation) -> Result:
    return evaluate_criterion(one, observations, AS_OF).result


def test_no_evidence_is_unknown_and_does_not_hold() -> None:
    outcome = evaluate_criterion(criterion(), [], AS_OF)
    assert outcome.result is Result.UNKNOWN
    assert not outcome.holds
    assert outcome.value is None
    assert outcome.margin is None
    assert outcome.margin_text == "no evidence"


def test_evidence_older_than_allowed_is_unknown_and_says_its_age() -> None:
    outcome = evaluate_criterion(criterion(), [seen(1.0, observed_on=days_ago(214))], AS_OF)
    assert outcome.result is Result.UNKNOWN
    assert outcome.margin_text == "newest evidence is 214 days old; at most 90 allowed"
    assert outcome.age_days == 214


def test_evidence_on_the_last_allowed_day_counts() -> None:
    assert result_of(criterion(), seen(0.9, observed_on=days_ago(90))) is Result.MET
    assert result_of(criterion(), seen(0.9, observed_on=days_ago(91))) is Result.UNKNOWN


def test_evidence_without_an_oldest_age_does_not_expire() -> None:
    assert result_of(criterion(max_age_days=None), seen(0.9, observed_on=days_ago(4000))) is (
        Result.MET
    )


def test_evidence_from_after_the_day_is_not_known_yet() -> None:
    outcome = evaluate_criterion(criterion(), [seen(0.9, observed_on=days_ago(-1))], AS_OF)
    assert outcome.margin_text == "no evidence"


def test_other_indicators_do_not_count() -> None:
    assert result_of(criterion(), seen(0.9, indicator="strength")) is Result.UNKNOWN


def test_a_method_not_accepted_does_not_count_and_is_named() -> None:
    one = criterion(methods=frozenset({Method.RECORDS}))
    outcome = evaluate_criterion(one, [seen(0.9, method=Method.SELF)], AS_OF)
    assert outcome.result is Result.UNKNOWN
    assert outcome.margin_text == "no evidence"
    assert outcome.self_value == 0.9
    assert any("self-assessment is not accepted" in line for line in outcome.reasons)


def test_the_newest_observation_of_a_method_counts() -> None:
    old = seen(0.9, id="old", observed_on=days_ago(30))
    new = seen(0.7, id="new", observed_on=days_ago(2))
    outcome = evaluate_criterion(criterion(), [new, old], AS_OF)
    assert outcome.result is Result.NOT_MET
    assert outcome.observation_ids == ("new",)
    assert outcome.age_days == 2


def test_on_the_same_day_the_worse_observation_counts() -> None:
    good, bad = seen(0.9, id="a"), seen(0.7, id="b")
    for order in ([good, bad], [bad, good]):
        assert evaluate_criterion(criterion(), order, AS_OF).value == 0.7


def test_two_rows_of_one_id_and_value_are_chosen_independently_of_their_order() -> None:
    plain, wide = seen(0.9), seen(0.9, low=0.5, high=1.0)
    straight = evaluate_criterion(criterion(), [plain, wide], AS_OF)
    assert evaluate_criterion(criterion(), [wide, plain], AS_OF) == straight


def test_a_newest_count_over_nothing_is_not_replaced_by_an_older_one() -> None:
    empty = seen(id="new", numerator=0, denominator=0, observed_on=days_ago(1))
    older = seen(id="old", numerator=9, denominator=10, observed_on=days_ago(20))
    assert result_of(criterion(), empty, older) is Result.UNKNOWN


@pytest.mark.parametrize(
    ("methods", "counting"),
    [
        ([Method.SELF, Method.RECORDS, Method.SURVEY, Method.FIELD], Method.FIELD),
        ([Method.SELF, Method.RECORDS, Method.SURVEY], Method.SURVEY),
        ([Method.SELF, Method.RECORDS], Method.RECORDS),
        ([Method.SELF], Method.SELF),
    ],
)
def test_field_goes_before_survey_before_records_before_self(
    methods: list[Method], counting: Method
) -> None:
    rows = [seen(0.8 + n / 100, id=method, method=method) for n, method in enumerate(methods)]
    outcome = evaluate_criterion(criterion(), rows, AS_OF)
    assert outcome.method is counting
    assert outcome.observation_ids == (counting,)


def test_self_assessment_alone_counts_where_accepted_and_is_marked() -> None:
    outcome = evaluate_criterion(criterion(), [seen(0.9, method=Method.SELF)], AS_OF)
    assert outcome.result is Result.MET
    assert "self-assessment only" in outcome.reasons


def test_within_the_tolerance_the_field_team_counts_and_not_the_worse_value() -> None:
    rows = [seen(0.81, id="f"), seen(0.75, id="s", method=Method.SELF)]
    outcome = evaluate_criterion(criterion(), rows, AS_OF)
    assert outcome.result is Result.MET
    assert (outcome.value, outcome.self_value, outcome.field_value) == (0.81, 0.75, 0.81)


def test_a_difference_of_exactly_the_tolerance_is_not_contested() -> None:
    # 0.8 - 0.7 is a little more than 0.1 in floating point.
    rows = [seen(0.8, id="f"), seen(0.7, id="s", method=Method.SELF)]
    assert result_of(criterion(), *rows) is Result.MET


def test_contested_counts_the_worse_value_and_fails_when_it_fails() -> None:
    rows = [seen(0.65, id="f"), seen(0.95, id="s", method=Method.SELF)]
    outcome = evaluate_criterion(criterion(), rows, AS_OF)
    assert outcome.result is Result.CONTESTED
    assert not outcome.holds
    assert outcome.value == 0.65
    assert set(outcome.observation_ids) == {"f", "s"}
    assert "contested: self-assessment 95 %, field team 65 %" in outcome.reasons[0]


def test_contested_counts_the_self_assessment_where_that_is_worse() -> None:
    rows = [seen(0.95, id="f"), seen(0.65, id="s", method=Method.SELF)]
    outcome = evaluate_criterion(criterion(), rows, AS_OF)
    assert (outcome.result, outcome.holds, outcome.value) == (Result.CONTESTED, False, 0.65)


def test_contested_holds_where_the_worse_value_meets_the_threshold_too() -> None:
    rows = [seen(0.99, id="f"), seen(0.85, id="s", method=Method.SELF)]
    outcome = evaluate_criterion(criterion(), rows, AS_OF)
    assert (outcome.result, outcome.holds, outcome.value) == (Result.CONTESTED, True, 0.85)


def test_contested_minutes_count_the_slower_value() -> None:
    rows = [
        seen(50, id="f", indicator="response_minutes"),
        seen(80, id="s", indicator="response_minutes", method=Method.SELF),
    ]
    outcome = evaluate_criterion(minutes(), rows, AS_OF)
    assert (outcome.result, outcome.value) == (Result.CONTESTED, 80)


def test_a_contest_does_not_pass_on_a_self_assessment_that_a_small_field_sample_cannot() -> None:
    field = seen(id="f", numerator=9, denominator=10, sample=True)
    own = seen(0.8, id="s", method=Method.SELF)
    outcome = evaluate_criterion(criterion(tolerance=0.05), [field, own], AS_OF)
    assert outcome.result is Result.CONTESTED
    assert outcome.holds is evaluate_criterion(criterion(), [field], AS_OF).holds


def test_a_yes_from_the_force_and_a_no_from_the_field_team_is_contested_and_fails() -> None:
    rows = [
        seen(0, id="f", indicator="command_complete"),
        seen(1, id="s", indicator="command_complete", method=Method.SELF),
    ]
    outcome = evaluate_criterion(yes_no(), rows, AS_OF)
    assert (outcome.result, outcome.holds) == (Result.CONTESTED, False)
    assert outcome.margin_text == "no; yes required"


def test_records_that_differ_from_the_field_team_are_remarked_and_not_contested() -> None:
    rows = [seen(0.85, id="f"), seen(0.60, id="r", method=Method.RECORDS)]
    outcome = evaluate_criterion(criterion(), rows, AS_OF)
    assert outcome.result is Result.MET
    assert "records 60 %, field team 85 %, which counts" in outcome.reasons


def test_a_share_without_a_denominator_is_unknown_never_zero_or_one() -> None:
    for counts in ({"numerator": 0, "denominator": 0}, {"numerator": 12}):
        outcome = evaluate_criterion(criterion(), [seen(**counts)], AS_OF)
        assert outcome.result is Result.UNKNOWN
        assert outcome.value is None
        assert "denominator" in outcome.margin_text


def test_a_stated_value_over_a_denominator_of_zero_is_unknown() -> None:
    assert result_of(criterion(), seen(1.0, denominator=0)) is Result.UNKNOWN
    assert result_of(criterion(), seen(1.0, numerator=0, denominator=0)) is Result.UNKNOWN


def test_a_preferred_method_without_a_value_leaves_the_next_one_to_count() -> None:
    rows = [
        seen(id="f", numerator=0, denominator=0),
        seen(id="r", numerator=90, denominator=100, method=Method.RECORDS),
    ]
    outcome = evaluate_criterion(criterion(), rows, AS_OF)
    assert (outcome.result, outcome.method) == (Result.MET, Method.RECORDS)
    assert "field team: no value: the denominator is zero" in outcome.reasons


@pytest.mark.parametrize(("have", "expected"), [(79, Result.NOT_MET), (80, Result.MET)])
def test_79_of_100_misses_four_fifths_and_80_meets_it(have: int, expected: Result) -> None:
    assert result_of(criterion(), seen(numerator=have, denominator=100)) is expected


def test_every_exact_four_fifths_is_met() -> None:
    for total in range(5, 2000, 5):
        outcome = evaluate_criterion(
            criterion(), [seen(numerator=total * 4 // 5, denominator=total)], AS_OF
        )
        assert (outcome.result, outcome.margin) == (Result.MET, 0), total


def test_a_threshold_reached_only_by_rounding_of_the_machine_is_met() -> None:
    assert 0.1 + 0.7 < 0.8
    assert result_of(criterion(), seen(0.1 + 0.7)) is Result.MET


def test_a_count_compared_with_zero() -> None:
    one = criterion(
        indicator="interference", comparison=Comparison.AT_MOST, threshold=0, unit="reports"
    )
    assert result_of(one, seen(0, indicator="interference")) is Result.MET
    assert result_of(one, seen(1, indicator="interference")) is Result.NOT_MET


@pytest.mark.parametrize("confidence", [0.49, 1.0, float("nan")])
def test_a_confidence_below_an_even_chance_or_of_certainty_is_refused(confidence: float) -> None:
    with pytest.raises(InvalidConfidence, match=r"usual value is 0\.8"):
        evaluate_criterion(criterion(), [], AS_OF, confidence)


@pytest.mark.parametrize(
    "changes",
    [
        {"threshold": 80},
        {"threshold": float("inf")},
        {"methods": frozenset()},
        {"tolerance": -0.1},
        {"max_age_days": -1},
        {"relative_scale": 0},
        {"code": ""},
        {"comparison": Comparison.EQUALS, "bound": "lower"},
    ],
)
def test_a_criterion_that_cannot_be_applied_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidCriterion):
        criterion(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"value": float("nan")},
        {"value": 0.5, "low": 0.6},
        {"value": 0.5, "high": 0.4},
        {"value": 0.9, "numerator": 79, "denominator": 112},
        {"numerator": -1, "denominator": 5},
        {"numerator": 6, "denominator": 5, "sample": True},
        {"value": 0.5, "level": 95},
    ],
)
def test_an_observation_that_contradicts_itself_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidObservation):
        seen(**changes)


def test_counts_go_before_a_rounded_value() -> None:
    assert seen(0.71, numerator=79, denominator=112).figure == 79 / 112
