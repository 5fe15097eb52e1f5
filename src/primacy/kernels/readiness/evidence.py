"""What was seen: observations, and which of them count for a criterion on a day."""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from primacy.kernels.readiness.errors import InvalidObservation
from primacy.kernels.readiness.standard import Comparison, Criterion, Method

PREFERENCE = (Method.FIELD, Method.SURVEY, Method.RECORDS, Method.SELF)
"""Which method's value counts where several have fresh evidence."""

ROUNDING = 0.01
"""How far a stated value may lie from its own counts, relative to 1 or to the value."""


@dataclass(frozen=True)
class Observation:
    """An indicator's value on a day: a point, an interval, or counts.

    `low` and `high` are the ends of an interval at `level`; either may be missing. `numerator`
    and `denominator` are a complete count, or a sample where `sample` is set or the method is a
    survey.
    """

    id: str
    indicator: str
    method: Method
    observed_on: dt.date
    value: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    numerator: float | None = None
    denominator: float | None = None
    sample: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        problem = _problem_of(self)
        if problem:
            raise InvalidObservation(f"Observation '{self.id}': {problem}")

    @property
    def counted(self) -> bool:
        """True where a numerator stands over a denominator above zero."""
        return self.numerator is not None and bool(self.denominator)

    @property
    def figure(self) -> float | None:
        """The value held by this evidence; None is unknown.

        A denominator of zero leaves no value, whatever was stated: nothing was there to be
        counted. Counts go before a stated value, which is often rounded. An interval without
        a point stands for its middle.
        """
        if self.denominator is not None and self.denominator == 0:
            return None
        if self.numerator is not None and self.denominator is not None:
            return self.numerator / self.denominator
        if self.value is not None:
            return self.value
        if self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        return None

    @property
    def is_sample(self) -> bool:
        """True where the counts are of a sample and not of everyone; a survey always is."""
        return self.sample or self.method is Method.SURVEY

    @property
    def has_interval(self) -> bool:
        """True where the source stated at least one end of an interval."""
        return self.low is not None or self.high is not None


def _problem_of(seen: Observation) -> str:
    """How the observation contradicts itself, in words; empty where it does not."""
    numbers = (seen.value, seen.low, seen.high, seen.numerator, seen.denominator)
    if any(number is not None and not math.isfinite(number) for number in numbers):
        return "every number must be finite; leave unknown numbers empty."
    if not 0 < seen.level < 1:
        return f"the level of an interval lies between 0 and 1, not {seen.level:g}."
    if any(count is not None and count < 0 for count in (seen.numerator, seen.denominator)):
        return "a count cannot be negative."
    if seen.is_sample and seen.counted and (seen.numerator or 0) > (seen.denominator or 0):
        return "a sample cannot hold more cases than people or events asked."
    figure = seen.figure
    if figure is None:
        return ""
    if seen.value is not None and abs(figure - seen.value) > ROUNDING * max(1.0, abs(figure)):
        return f"the stated value {seen.value:g} is not its own counts, {figure:g}."
    # A rounded value may stand a little outside its own interval.
    slack = ROUNDING * max(1.0, abs(figure))
    below = seen.low is not None and seen.low > figure + slack
    above = seen.high is not None and seen.high < figure - slack
    return "the value lies outside its own interval." if below or above else ""


@dataclass(frozen=True)
class Selection:
    """The evidence for one criterion on a day.

    `fresh` holds the newest observation per method that is neither later than the day nor too
    old, of accepted methods only; `self_seen` and `field_seen` are kept for showing side by side
    even where the method is not accepted; `newest_age` is of the newest accepted evidence of
    any age, None without any; `refused` lists methods with fresh evidence that the criterion
    does not accept.
    """

    fresh: dict[Method, Observation]
    self_seen: Observation | None
    field_seen: Observation | None
    newest_age: int | None
    refused: tuple[Method, ...]


def select(criterion: Criterion, seen: Iterable[Observation], as_of: dt.date) -> Selection:
    """The observations that can speak for a criterion on a day."""
    known = [
        one for one in seen if one.indicator == criterion.indicator and one.observed_on <= as_of
    ]
    ages = [age_days(one, as_of) for one in known if one.method in criterion.methods]
    limit = criterion.max_age_days
    newest: dict[Method, Observation] = {}
    for one in known:
        if limit is not None and age_days(one, as_of) > limit:
            continue
        rival = newest.get(one.method)
        if rival is None or _counts_before(criterion, one, rival):
            newest[one.method] = one
    return Selection(
        fresh={method: one for method, one in newest.items() if method in criterion.methods},
        self_seen=newest.get(Method.SELF),
        field_seen=newest.get(Method.FIELD),
        newest_age=min(ages, default=None),
        refused=tuple(m for m in PREFERENCE if m in newest and m not in criterion.methods),
    )


def age_days(seen: Observation, as_of: dt.date) -> int:
    """The age of an observation in days."""
    return (as_of - seen.observed_on).days


def badness(criterion: Criterion, figure: float) -> float:
    """How bad a figure is for a criterion: the higher, the worse; only the order means anything."""
    match criterion.comparison:
        case Comparison.AT_LEAST:
            return -figure
        case Comparison.AT_MOST:
            return figure
    return abs(figure - criterion.threshold)


def _counts_before(criterion: Criterion, one: Observation, rival: Observation) -> bool:
    """True where `one` counts and not `rival`: the newer; on the same day the known, the worse."""
    if one.observed_on != rival.observed_on:
        return one.observed_on > rival.observed_on
    return _same_day_order(criterion, one) > _same_day_order(criterion, rival)


def _same_day_order(criterion: Criterion, seen: Observation) -> tuple[bool, float, str, str]:
    """A sort key whose last parts only make the choice independent of the order of arrival."""
    figure = seen.figure
    worse = -math.inf if figure is None else badness(criterion, figure)
    return figure is not None, worse, seen.id, repr(seen)
