"""What holds for every standard and every set of evidence, not only for examples."""

import dataclasses
import datetime as dt

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from primacy.kernels.readiness import (
    AreaResult,
    Comparison,
    Condition,
    Criterion,
    Method,
    Observation,
    Readiness,
    Result,
    SampleShare,
    assess,
    evaluate_criterion,
    two_piece_normal,
)

AS_OF = dt.date(2030, 6, 30)
CODES = ("a", "b", "c", "d")
RANK = {
    Readiness.READY: 2,
    Readiness.CONDITIONS: 1,
    Readiness.UNKNOWN: 0,
    Readiness.NOT_READY: 0,
}
shares = st.integers(0, 100).map(lambda hundredths: hundredths / 100)
orders = st.sampled_from([Comparison.AT_LEAST, Comparison.AT_MOST])

FAST = settings(max_examples=150, deadline=None)


@st.composite
def criteria_of(draw: st.DrawFn, code: str) -> Criterion:
    """A criterion on a share with the indicator of the same name."""
    return Criterion(
        code=code,
        dimension="any",
        indicator=code,
        comparison=draw(orders),
        threshold=draw(shares),
        gate=draw(st.booleans()),
        methods=frozenset(draw(st.sets(st.sampled_from(Method), min_size=1))),
        max_age_days=draw(st.sampled_from([None, 30, 90])),
        tolerance=draw(st.sampled_from([0.0, 0.1])),
        bound=draw(st.sampled_from(["value", "lower", "upper"])),
        unit="share",
    )


standards = st.tuples(*(criteria_of(code) for code in CODES))


@st.composite
def evidence(draw: st.DrawFn) -> Observation:
    """A point, an interval, a count or a sample, of any method and age."""
    common = {
        "id": draw(st.uuids()).hex,
        "indicator": draw(st.sampled_from(CODES)),
        "method": draw(st.sampled_from(Method)),
        "observed_on": AS_OF - dt.timedelta(days=draw(st.integers(-5, 120))),
    }
    kind = draw(st.sampled_from(["point", "interval", "count", "sample"]))
    if kind in ("count", "sample"):
        asked = draw(st.integers(0, 60))
        have = draw(st.integers(0, asked))
        return Observation(**common, numerator=have, denominator=asked, sample=kind == "sample")
    if kind == "point":
        return Observation(**common, value=draw(shares))
    low, value, high = sorted((draw(shares), draw(shares), draw(shares)))
    return Observation(**common, value=value, low=low, high=high)


rows = st.lists(evidence(), max_size=14)
promises = st.lists(
    st.builds(
        Condition,
        criterion_code=st.sampled_from(CODES),
        action=st.just("post two vehicles"),
        owner=st.sampled_from(["commander", ""]),
        due=st.sampled_from([dt.date(2030, 9, 1), None]),
    ),
    max_size=4,
)


@FAST
@given(standards, rows, promises)
def test_a_failed_or_unknown_gate_is_never_ready(
    standard: tuple[Criterion, ...], seen: list[Observation], promised: list[Condition]
) -> None:
    outcome = assess(standard, seen, AS_OF, promised)
    gates = [one for one in outcome.results if one.criterion.gate and not one.holds]
    if gates:
        assert RANK[outcome.readiness] == 0
        assert outcome.binding in {one.criterion.code for one in gates}


@FAST
@given(standards, rows, promises, st.sampled_from(CODES))
def test_perfect_strength_elsewhere_never_pays_for_a_failed_gate(
    standard: tuple[Criterion, ...],
    seen: list[Observation],
    promised: list[Condition],
    gate: str,
) -> None:
    by_code = {one.code: dataclasses.replace(one, gate=one.code == gate) for one in standard}
    failing = evaluate_criterion(by_code[gate], seen, AS_OF)
    assume(not failing.holds)
    perfect = [
        Observation(
            id=f"{code}-{method}",
            indicator=code,
            method=method,
            observed_on=AS_OF,
            value=1.0 if by_code[code].comparison is Comparison.AT_LEAST else 0.0,
            numerator=10**6 if by_code[code].comparison is Comparison.AT_LEAST else 0,
            denominator=10**6,
        )
        for code in CODES
        if code != gate
        for method in Method
    ]
    outcome = assess(tuple(by_code.values()), [*seen, *perfect], AS_OF, promised)
    assert RANK[outcome.readiness] == 0
    assert outcome.binding == gate


@FAST
@given(standards, rows, promises, st.sampled_from(CODES))
def test_without_fresh_evidence_for_a_gate_no_area_is_ready(
    standard: tuple[Criterion, ...],
    seen: list[Observation],
    promised: list[Condition],
    gate: str,
) -> None:
    changed = tuple(
        dataclasses.replace(one, gate=True, max_age_days=30) if one.code == gate else one
        for one in standard
    )
    silent = [row for row in seen if row.indicator != gate or (AS_OF - row.observed_on).days > 30]
    outcome = assess(changed, silent, AS_OF, promised)
    assert RANK[outcome.readiness] == 0
    result = next(one for one in outcome.results if one.criterion.code == gate)
    assert result.result is Result.UNKNOWN
    assert not result.holds


@FAST
@given(standards, rows)
def test_unknown_never_holds_and_carries_no_margin(
    standard: tuple[Criterion, ...], seen: list[Observation]
) -> None:
    for one in assess(standard, seen, AS_OF).results:
        if one.result is Result.UNKNOWN:
            assert not one.holds
            assert one.margin is None
            assert one.margin_text
        else:
            assert one.margin is not None


@FAST
@given(standards, rows, promises, st.tuples(shares, shares, shares, shares))
def test_tightening_thresholds_never_makes_an_area_readier(
    standard: tuple[Criterion, ...],
    seen: list[Observation],
    promised: list[Condition],
    steps: tuple[float, ...],
) -> None:
    stricter = tuple(
        dataclasses.replace(
            one,
            threshold=min(1.0, one.threshold + step)
            if one.comparison is Comparison.AT_LEAST
            else max(0.0, one.threshold - step),
        )
        for one, step in zip(standard, steps, strict=True)
    )
    before = assess(standard, seen, AS_OF, promised)
    after = assess(stricter, seen, AS_OF, promised)
    assert RANK[after.readiness] <= RANK[before.readiness]
    for old, new in zip(before.results, after.results, strict=True):
        assert old.holds or not new.holds


@FAST
@given(standards, rows, promises)
def test_a_higher_confidence_never_makes_an_area_readier(
    standard: tuple[Criterion, ...], seen: list[Observation], promised: list[Condition]
) -> None:
    lax = assess(standard, seen, AS_OF, promised, confidence=0.6)
    strict = assess(standard, seen, AS_OF, promised, confidence=0.95)
    assert RANK[strict.readiness] <= RANK[lax.readiness]


def without_order(outcome: AreaResult) -> tuple[object, ...]:
    return (
        outcome.readiness,
        outcome.binding,
        outcome.binding_text,
        outcome.progress,
        frozenset(outcome.results),
        frozenset(outcome.missing_conditions),
        frozenset(outcome.reasons),
    )


@FAST
@given(standards, rows, promises, st.randoms(use_true_random=False))
def test_the_order_of_criteria_evidence_and_conditions_changes_nothing(
    standard: tuple[Criterion, ...],
    seen: list[Observation],
    promised: list[Condition],
    chance: object,
) -> None:
    def mixed(things: object) -> list:  # type: ignore[type-arg]
        copy = list(things)  # type: ignore[call-overload]
        chance.shuffle(copy)  # type: ignore[attr-defined]
        return copy

    # The same day and method for many rows, so that ties are common.
    seen = [dataclasses.replace(row, observed_on=AS_OF, id="same") for row in seen]
    straight = assess(standard, seen, AS_OF, promised)
    assert assess(standard, mixed(seen), AS_OF, mixed(promised)) == straight
    shuffled = assess(mixed(standard), mixed(seen), AS_OF, mixed(promised))
    assert without_order(shuffled) == without_order(straight)


@FAST
@given(standards, rows)
def test_verdict_probability_margin_and_shortfall_agree(
    standard: tuple[Criterion, ...], seen: list[Observation]
) -> None:
    for one in assess(standard, seen, AS_OF).results:
        if one.result in (Result.MET, Result.NOT_MET):
            assert one.margin is not None
            assert (one.margin >= 0) is one.holds
            assert (one.shortfall == 0) is one.holds
        if one.holds and one.probability is not None:
            assert one.probability >= 0.8 - 1e-6


@FAST
@given(st.integers(0, 200), st.integers(1, 200), shares, shares)
def test_sample_probability_falls_with_the_threshold_and_rises_with_the_cases(
    have: int, more: int, one: float, other: float
) -> None:
    asked = have + more
    low, high = sorted((one, other))
    share = SampleShare(have, asked)
    assert share.at_least(low) >= share.at_least(high) - 1e-12
    assert share.at_most(low) <= share.at_most(high) + 1e-12
    assert SampleShare(have + 1, asked).at_least(low) >= share.at_least(low) - 1e-12
    assert abs(share.at_least(low) + share.at_most(low) - 1) < 1e-9


@FAST
@given(st.tuples(shares, shares, shares), shares, shares, st.booleans())
def test_interval_probability_falls_with_the_threshold(
    ends: tuple[float, float, float], one: float, other: float, share: bool
) -> None:
    low, value, high = sorted(ends)
    curve = two_piece_normal(value, low, high, 0.9, share)
    lower, upper = sorted((one, other))
    assert curve.at_least(lower) >= curve.at_least(upper)
    assert curve.at_most(lower) <= curve.at_most(upper)
    assert 0 <= curve.at_least(lower) <= 1
