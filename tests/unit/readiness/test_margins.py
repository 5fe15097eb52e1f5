"""Margins: what is missing or to spare, in real units."""

import pytest

from primacy.kernels.readiness import Comparison, Criterion, Observation, evaluate_criterion
from primacy.kernels.readiness.wording import number, one_of
from tests.unit.readiness.builders import AS_OF, criterion, minutes, seen, yes_no


def measured(unit: str, comparison: Comparison, threshold: float) -> Criterion:
    return criterion(unit=unit, comparison=comparison, threshold=threshold, numerator_noun="")


AT_LEAST, AT_MOST = Comparison.AT_LEAST, Comparison.AT_MOST


@pytest.mark.parametrize(
    ("one", "row", "text", "margin"),
    [
        (
            criterion(),
            seen(numerator=79, denominator=112),
            "11 more certified officers (79 of 112; 90 needed)",
            -11,
        ),
        (
            criterion(),
            seen(numerator=89, denominator=112),
            "1 more certified officer (89 of 112; 90 needed)",
            -1,
        ),
        (
            criterion(),
            seen(numerator=94, denominator=112),
            "met with 4 certified officers to spare (94 of 112; 90 needed)",
            4,
        ),
        (
            criterion(),
            seen(numerator=28, denominator=35),
            "met with nothing to spare (28 of 35; 28 needed)",
            0,
        ),
        (
            criterion(numerator_noun=""),
            seen(numerator=79, denominator=112),
            "11 more (79 of 112; 90 needed)",
            -11,
        ),
        (
            criterion(comparison=AT_MOST, threshold=0.1, numerator_noun="absent officers"),
            seen(numerator=14, denominator=112),
            "3 absent officers too many (14 of 112; at most 11)",
            -3,
        ),
        (
            criterion(comparison=AT_MOST, threshold=0.1, numerator_noun="absent officers"),
            seen(numerator=9, denominator=112),
            "met with room for 2 more absent officers (9 of 112; at most 11)",
            2,
        ),
        (
            criterion(),
            seen(0.758),
            "4.2 percentage points short (75.8 %; at least 80 % needed)",
            -4.2,
        ),
        (
            measured("days", AT_LEAST, 14),
            seen(10),
            "4 days short (10; at least 14 needed)",
            -4,
        ),
        (
            measured("reports", AT_MOST, 0),
            seen(1),
            "1 report too many (1; at most 0 needed)",
            -1,
        ),
        (
            measured("ratio", AT_MOST, 1),
            seen(1.3),
            "0.3 too high (1.3; at most 1 needed)",
            -0.3,
        ),
        (
            measured("ratio", AT_LEAST, 1),
            seen(0.75),
            "0.25 too low (0.75; at least 1 needed)",
            -0.25,
        ),
        (
            measured("days", AT_LEAST, 14),
            seen(20),
            "met with 6 days to spare (20; at least 14 needed)",
            6,
        ),
    ],
)
def test_margin_is_in_real_units(
    one: Criterion, row: Observation, text: str, margin: float
) -> None:
    outcome = evaluate_criterion(one, [row], AS_OF)
    assert outcome.margin_text == text
    assert outcome.margin == pytest.approx(margin)


def test_minutes_over_are_too_slow() -> None:
    outcome = evaluate_criterion(minutes(), [seen(72, indicator="response_minutes")], AS_OF)
    assert outcome.margin_text == "12 minutes too slow (72; at most 60 needed)"
    assert (outcome.margin, outcome.margin_unit) == (-12, "minutes")


def test_a_yes_or_no_reads_as_words() -> None:
    yes = evaluate_criterion(yes_no(), [seen(1, indicator="command_complete")], AS_OF)
    no = evaluate_criterion(yes_no(), [seen(0, indicator="command_complete")], AS_OF)
    assert (yes.margin_text, yes.margin) == ("yes, as required", 0)
    assert (no.margin_text, no.margin, no.shortfall) == ("no; yes required", -1, 1)


def test_a_sample_is_worded_in_points_with_its_confidence_and_not_in_people() -> None:
    row = seen(numerator=43, denominator=80, sample=True)
    outcome = evaluate_criterion(criterion(threshold=0.5), [row], AS_OF)
    assert outcome.margin_text == (
        "0.95 percentage points short "
        "(53.75 %; at least 49.05 % with 80 % confidence; at least 50 % needed)"
    )


def test_the_whole_number_needed_is_exact_for_every_strength() -> None:
    for total in range(1, 1200):
        row = seen(numerator=0, denominator=total)
        outcome = evaluate_criterion(criterion(), [row], AS_OF)
        needed = (4 * total + 4) // 5
        assert outcome.margin == -needed, total


def test_a_count_that_is_no_whole_number_keeps_verdict_and_margin_together() -> None:
    # Officer-years: 89.7 of 112 passes 0.8 (89.6), though it is below 90.
    outcome = evaluate_criterion(criterion(), [seen(numerator=89.7, denominator=112)], AS_OF)
    assert outcome.holds
    assert outcome.margin == pytest.approx(0.1)


def test_shortfall_is_relative_to_the_threshold() -> None:
    slow = evaluate_criterion(minutes(), [seen(90, indicator="response_minutes")], AS_OF)
    short = evaluate_criterion(criterion(), [seen(0.6)], AS_OF)
    met = evaluate_criterion(criterion(), [seen(0.9)], AS_OF)
    assert slow.shortfall == pytest.approx(0.5)
    assert short.shortfall == pytest.approx(0.25)
    assert met.shortfall == 0


def test_shortfall_from_a_threshold_of_zero_uses_the_relative_scale() -> None:
    one = criterion(comparison=AT_MOST, threshold=0, unit="reports", relative_scale=4)
    assert evaluate_criterion(one, [seen(1)], AS_OF).shortfall == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("noun", "singular"),
    [
        ("certified officers", "certified officer"),
        ("complaints concluded within 90 days", "complaint concluded within 90 days"),
        ("parties", "party"),
        ("people", "people"),
        ("", ""),
    ],
)
def test_singular_of_a_noun_phrase(noun: str, singular: str) -> None:
    assert one_of(noun) == singular


@pytest.mark.parametrize(
    ("quantity", "text"),
    [(12.0, "12"), (0.1 + 0.2, "0.3"), (1240, "1,240"), (0.0004, "0.0004"), (123.456, "123.5")],
)
def test_numbers_carry_the_digits_a_reader_needs(quantity: float, text: str) -> None:
    assert number(quantity) == text
