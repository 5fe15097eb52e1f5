"""What must hold: the criteria of a signed standard."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from primacy.kernels.readiness.errors import InvalidCriterion

SHARE = "share"
YES_NO = "yes_no"


class Method(StrEnum):
    """How evidence was made."""

    RECORDS = "records"
    SELF = "self"
    FIELD = "field"
    SURVEY = "survey"


class Comparison(StrEnum):
    """How a value is held against its threshold."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EQUALS = "equals"


@dataclass(frozen=True)
class Criterion:
    """One requirement of a standard: an indicator, a threshold, and the evidence accepted.

    `gate`: failing it cannot be made up for by a condition. `max_age_days`: oldest evidence
    accepted; None means evidence does not expire. `tolerance`: the difference between
    self-assessment and field team, in the indicator's unit, above which the value is contested.
    `bound`: hold the value itself, or the lower or upper end of its interval, against the
    threshold. `unit`: "share" (0 to 1), "yes_no" (1 or 0), "ratio", or a plural noun such as
    "minutes", "days", "officers", "reports". `relative_scale`: what counts as one whole
    shortfall when the threshold is 0.
    """

    code: str
    dimension: str
    indicator: str
    comparison: Comparison
    threshold: float
    gate: bool
    methods: frozenset[Method]
    max_age_days: int | None = None
    tolerance: float = 0.0
    bound: Literal["value", "lower", "upper"] = "value"
    unit: str = ""
    numerator_noun: str = ""
    denominator_noun: str = ""
    relative_scale: float | None = None
    label: str = ""

    def __post_init__(self) -> None:
        problem = _problem_of(self)
        if problem:
            raise InvalidCriterion(f"Criterion '{self.code}': {problem}")

    @property
    def name(self) -> str:
        """The label, or the code where none is given."""
        return self.label or self.code

    @property
    def scale(self) -> float:
        """What a shortfall is divided by to compare criteria of different units."""
        return abs(self.threshold) or self.relative_scale or 1.0


def _problem_of(criterion: Criterion) -> str:
    """Why the criterion cannot be applied, in words; empty where it can."""
    if not criterion.code or not criterion.indicator:
        return "give both a code and an indicator."
    if not math.isfinite(criterion.threshold):
        return "the threshold must be a finite number."
    if criterion.unit == SHARE and not 0 <= criterion.threshold <= 1:
        return f"a share's threshold lies between 0 and 1, not {criterion.threshold:g}."
    if not criterion.methods:
        return "accept at least one method of evidence."
    if not criterion.tolerance >= 0:
        return "the tolerance cannot be negative."
    if criterion.max_age_days is not None and criterion.max_age_days < 0:
        return "the oldest acceptable age cannot be negative."
    if criterion.relative_scale is not None and not criterion.relative_scale > 0:
        return "the relative scale must be above 0."
    if criterion.bound != "value" and criterion.comparison is Comparison.EQUALS:
        return "a bound of an interval cannot be compared with 'equals'."
    return ""
