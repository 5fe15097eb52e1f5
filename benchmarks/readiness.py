"""Readiness of 1,000 areas: time, memory, and what a weighted mean would have called ready.

The peer is a plain composite indicator as index tools compute it: every indicator put on 0 to 1,
then an equally weighted arithmetic mean. It is written here, not a call into another tool, and
runs in the same process on the values the criteria counted. An index has no cut of its own, so
the comparison does not rest on one: besides several cuts, the mean is asked to name as many
areas as the criteria call ready, its best ones. The evidence is synthetic: the shares depend on
how it is drawn, and say that the mean lets gates pass, not how often that happens in the field.

    python -m benchmarks.readiness      writes benchmarks/results/readiness.json
"""

import datetime as dt
import json
import platform
import time
import tracemalloc
from pathlib import Path

import numpy as np

from primacy.kernels.readiness import (
    AreaResult,
    Comparison,
    Criterion,
    Method,
    Observation,
    Readiness,
    Result,
    assess,
)

AS_OF = dt.date(2030, 6, 30)
AREAS, CRITERIA, OBSERVATIONS, GATES = 1_000, 16, 5, 3
CUTS = (0.8, 0.9, 0.95, 0.99)
SEED = 20300630
RESULTS = Path(__file__).parent / "results" / "readiness.json"
METHODS = tuple(Method)


def standard() -> tuple[Criterion, ...]:
    """Sixteen criteria on shares and minutes; the first three are gates."""
    return tuple(
        Criterion(
            code=f"c{number:02}",
            dimension="benchmark",
            indicator=f"i{number:02}",
            comparison=Comparison.AT_MOST if number % 4 == 3 else Comparison.AT_LEAST,
            threshold=60 if number % 4 == 3 else 0.8 if number < GATES else 0.7,
            gate=number < GATES,
            methods=frozenset(Method),
            max_age_days=90,
            tolerance=10 if number % 4 == 3 else 0.1,
            unit="minutes" if number % 4 == 3 else "share",
            numerator_noun="officers",
        )
        for number in range(CRITERIA)
    )


def evidence(criteria: tuple[Criterion, ...], rng: np.random.Generator) -> list[Observation]:
    """Five observations a criterion of one area: counts, samples, intervals.

    An area has its own level, each criterion lies around it, and each observation reports the
    criterion's one true value with a little noise.
    """
    true = rng.uniform(0.7, 1.0) + rng.normal(0, 0.08, size=(len(criteria), 1))
    strength = np.clip(true + rng.normal(0, 0.03, size=(len(criteria), OBSERVATIONS)), 0, 1)
    ages = rng.integers(0, 120, size=strength.shape)
    sizes = rng.integers(20, 400, size=strength.shape)
    rows = []
    for at, criterion in enumerate(criteria):
        for turn in range(OBSERVATIONS):
            share, size = float(strength[at, turn]), int(sizes[at, turn])
            day = AS_OF - dt.timedelta(days=int(ages[at, turn]))
            common = (f"{criterion.code}-{turn}", criterion.indicator, METHODS[turn % 4], day)
            if criterion.unit == "minutes":
                value = 100 * (1 - share) + 25
                row = Observation(*common, value=value, low=value - 8, high=value + 12)
            else:
                row = Observation(
                    *common,
                    numerator=round(share * size),
                    denominator=size,
                    sample=turn % 2 == 1,
                )
            rows.append(row)
    return rows


Scores = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def attained_targets(outcomes: list[AreaResult]) -> Scores:
    """Area × criterion: the share of each target attained, at most 1; no evidence is NaN."""
    table = np.full((len(outcomes), CRITERIA), np.nan)
    for row, outcome in enumerate(outcomes):
        for column, one in enumerate(outcome.results):
            if one.value is None:
                continue
            target = one.criterion.threshold
            ratio = one.value / target
            if one.criterion.comparison is Comparison.AT_MOST:
                ratio = target / max(one.value, 1e-9)
            table[row, column] = min(ratio, 1.0)
    return table


def min_max(outcomes: list[AreaResult]) -> Scores:
    """Area × criterion: each indicator stretched from its worst area, 0, to its best, 1."""
    table = np.full((len(outcomes), CRITERIA), np.nan)
    for row, outcome in enumerate(outcomes):
        for column, one in enumerate(outcome.results):
            if one.value is not None:
                sign = -1 if one.criterion.comparison is Comparison.AT_MOST else 1
                table[row, column] = sign * one.value
    low, high = np.nanmin(table, axis=0), np.nanmax(table, axis=0)
    stretched: Scores = (table - low) / (high - low)
    return stretched


def mean_index(table: Scores) -> Scores:
    """The equally weighted mean of an area's indicators; those without evidence are left out."""
    means: Scores = np.nanmean(table, axis=1)
    return means


def run() -> dict[str, object]:
    """Time, peak memory and the comparison with the mean, ready for JSON."""
    criteria = standard()
    rng = np.random.default_rng(SEED)
    areas = [evidence(criteria, rng) for _ in range(AREAS)]

    start = time.perf_counter()
    outcomes = [assess(criteria, rows, AS_OF) for rows in areas]
    seconds = time.perf_counter() - start

    # A second pass, because tracing slows the clock.
    tracemalloc.start()
    kept = [assess(criteria, rows, AS_OF) for rows in areas]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {
        "benchmark": "readiness",
        "python": platform.python_version(),
        "seed": SEED,
        "areas": len(kept),
        "criteria": CRITERIA,
        "observations": AREAS * CRITERIA * OBSERVATIONS,
        "seconds": round(seconds, 3),
        "milliseconds_per_area": round(1000 * seconds / AREAS, 3),
        "peak_megabytes": round(peak / 1e6, 1),
        "results": {one.value: sum(o.readiness is one for o in outcomes) for one in Readiness},
        "peer": compare(outcomes),
    }


def compare(outcomes: list[AreaResult]) -> dict[str, object]:
    """What the mean calls ready, and how many of those areas fail or do not know a gate."""
    ready = sum(one.readiness is Readiness.READY for one in outcomes)
    start = time.perf_counter()
    attained = mean_index(attained_targets(outcomes))
    seconds = time.perf_counter() - start
    stretched = mean_index(min_max(outcomes))
    return {
        "method": "equally weighted arithmetic mean, gates among the indicators",
        "seconds_of_the_mean_alone_on_values_already_chosen": round(seconds, 3),
        "share_of_targets_attained_by_cut": {
            str(cut): judged([outcomes[at] for at in np.flatnonzero(attained >= cut)])
            for cut in CUTS
        },
        "as_many_areas_as_the_criteria_call_ready": {
            "share_of_targets_attained": judged(best(outcomes, attained, ready)),
            "min_max": judged(best(outcomes, stretched, ready)),
        },
    }


def best(outcomes: list[AreaResult], scores: Scores, count: int) -> list[AreaResult]:
    """The areas with the highest scores."""
    return [outcomes[at] for at in np.argsort(-scores, kind="stable")[:count]]


def judged(named: list[AreaResult]) -> dict[str, int]:
    """How the criteria judge the areas that the mean named."""
    failed = [one for one in named if lacks_gate(one, unknown=False)]
    blind = [one for one in named if lacks_gate(one, unknown=True) and one not in failed]
    return {
        "named": len(named),
        "a_gate_fails": len(failed),
        "a_gate_is_unknown": len(blind),
        "ready_by_the_criteria": sum(one.readiness is Readiness.READY for one in named),
    }


def lacks_gate(outcome: AreaResult, *, unknown: bool) -> bool:
    """True where a gate fails, or, with `unknown`, has no usable evidence."""
    return any(
        one.criterion.gate and not one.holds and (one.result is Result.UNKNOWN) is unknown
        for one in outcome.results
    )


def main() -> None:
    """Nothing; prints the result and writes it beside the other benchmarks."""
    text = json.dumps(run(), indent=2)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
