"""The result of one criterion: met, not met, unknown or contested, with its margin."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from primacy.kernels.readiness.errors import InvalidConfidence
from primacy.kernels.readiness.evidence import (
    PREFERENCE,
    Observation,
    Selection,
    age_days,
    badness,
    select,
)
from primacy.kernels.readiness.margins import margin_of
from primacy.kernels.readiness.sentence import Counted, Sentence
from primacy.kernels.readiness.standard import SHARE, Criterion, Method
from primacy.kernels.readiness.weighing import EXACTNESS, Unweighable, Weighed, weigh
from primacy.kernels.readiness.wording import number, percent

_SPOKEN = {
    Method.FIELD: Sentence("field team"),
    Method.SURVEY: Sentence("survey"),
    Method.RECORDS: Sentence("records"),
    Method.SELF: Sentence("self-assessment"),
}


class Result(StrEnum):
    """How a criterion stands."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    CONTESTED = "contested"


@dataclass(frozen=True)
class CriterionResult:
    """How one criterion stands on a day, on which evidence, and what is missing.

    `holds`: counts as met, that is met, or contested where the worse side meets it too.
    `margin` is signed, in `margin_unit`: positive is spare, negative is missing. `shortfall` is
    relative to the threshold and orders failures of different units.
    """

    criterion: Criterion
    result: Result
    holds: bool
    value: float | None = None
    low: float | None = None
    high: float | None = None
    probability: float | None = None
    margin: float | None = None
    margin_unit: str = ""
    margin_text: str = ""
    shortfall: float = 0.0
    method: Method | None = None
    observation_ids: tuple[str, ...] = ()
    self_value: float | None = None
    field_value: float | None = None
    age_days: int | None = None
    reasons: tuple[str, ...] = ()


def evaluate_criterion(
    criterion: Criterion,
    observations: Iterable[Observation],
    as_of: dt.date,
    confidence: float = 0.8,
) -> CriterionResult:
    """How a criterion stands on a day, from the observations known about its indicator.

    Newest fresh evidence per accepted method counts; among methods the field team goes before
    the survey, the records and the self-assessment. Self-assessment and field team further apart
    than the tolerance are contested, and the worse one counts.
    """
    check_confidence(confidence)
    chosen = select(criterion, observations, as_of)
    weighed = {
        method: weigh(criterion, chosen.fresh[method], confidence)
        for method in PREFERENCE
        if method in chosen.fresh
    }
    valued = {method: one for method, one in weighed.items() if isinstance(one, Weighed)}
    empty = tuple(one for one in weighed.values() if isinstance(one, Unweighable))
    if not valued:
        return _unknown(criterion, chosen, empty)
    contest = _contest(criterion, valued)
    counting = _counting(criterion, valued, contest)
    holds = all(one.meets for one in contest or (counting,))
    margin = margin_of(criterion, counting, confidence)
    verdict = Result.MET if holds else Result.NOT_MET
    return CriterionResult(
        criterion=criterion,
        result=Result.CONTESTED if contest else verdict,
        holds=holds,
        value=counting.figure,
        low=counting.low,
        high=counting.high,
        probability=counting.probability,
        margin=margin.amount,
        margin_unit=margin.unit,
        margin_text=margin.text,
        shortfall=margin.shortfall,
        method=counting.seen.method,
        observation_ids=tuple(one.seen.id for one in contest or (counting,)),
        self_value=_figure(chosen.self_seen),
        field_value=_figure(chosen.field_seen),
        age_days=age_days(counting.seen, as_of),
        reasons=_reasons(criterion, chosen, valued, empty, counting, contest, confidence),
    )


def check_confidence(confidence: float) -> None:
    """Nothing; InvalidConfidence where the confidence would let less than an even chance pass."""
    if not 0.5 <= confidence < 1:
        raise InvalidConfidence(
            f"The standard's confidence must be at least 0.5 and below 1, not {confidence:g}. "
            "The usual value is 0.8."
        )


def _contest(criterion: Criterion, weighed: dict[Method, Weighed]) -> tuple[Weighed, ...]:
    """Self-assessment and field team where they differ by more than the tolerance."""
    own, team = weighed.get(Method.SELF), weighed.get(Method.FIELD)
    if own is None or team is None or not _apart(criterion, own, team):
        return ()
    return own, team


def _counting(
    criterion: Criterion, valued: dict[Method, Weighed], contest: tuple[Weighed, ...]
) -> Weighed:
    """The evidence that counts: the worse side of a contest, else the preferred method's.

    The side that fails is the worse one; where both fail or both pass, the worse figure is.
    """
    if not contest:
        return next(iter(valued.values()))
    return max(contest, key=lambda one: (not one.meets, badness(criterion, one.careful)))


def _apart(criterion: Criterion, one: Weighed, other: Weighed) -> bool:
    """True where two values differ by more than the tolerance, rounding of the machine aside."""
    slack = EXACTNESS * max(1.0, abs(one.figure))
    return abs(one.figure - other.figure) > criterion.tolerance + slack


def _figure(seen: Observation | None) -> float | None:
    """The value of an observation that may be absent."""
    return None if seen is None else seen.figure


def _unknown(
    criterion: Criterion, chosen: Selection, empty: tuple[Unweighable, ...]
) -> CriterionResult:
    """The result without any usable evidence, saying what stands in its place."""
    limit, age = criterion.max_age_days, chosen.newest_age
    text: str
    if empty:
        text = empty[0].because
    elif age is not None and limit is not None:
        text = Sentence(
            "newest evidence is %(age)s %(days)s old; at most %(limit)s allowed",
            age=age,
            days=Counted("day", "days", age),
            limit=limit,
        )
    else:
        text = Sentence("no evidence")
    reasons = [text, *(_unaccepted(method) for method in chosen.refused)]
    return CriterionResult(
        criterion=criterion,
        result=Result.UNKNOWN,
        holds=False,
        value=empty[0].seen.figure if empty else None,
        margin_text=text,
        observation_ids=tuple(one.seen.id for one in empty),
        self_value=_figure(chosen.self_seen),
        field_value=_figure(chosen.field_seen),
        age_days=age,
        reasons=tuple(reasons),
    )


def _reasons(
    criterion: Criterion,
    chosen: Selection,
    valued: dict[Method, Weighed],
    empty: tuple[Unweighable, ...],
    counting: Weighed,
    contest: tuple[Weighed, ...],
    confidence: float,
) -> tuple[str, ...]:
    """What a reader must know beside the result, most important first."""
    lines: list[str] = []
    if contest:
        own, team = contest
        lines.append(
            Sentence(
                "contested: %(own)s, %(team)s; the worse one counts until resolved",
                own=_said(criterion, own),
                team=_said(criterion, team),
            )
        )
    if not counting.meets and counting.probability is not None:
        lines.append(
            Sentence(
                "probability %(chance)s that the threshold is met; %(confidence)s needed",
                chance=f"{counting.probability:.2f}",
                confidence=f"{confidence:.2f}",
            )
        )
    if set(valued) == {Method.SELF}:
        lines.append(Sentence("self-assessment only"))
    lines.extend(
        Sentence(
            "%(one)s, %(other)s, which counts",
            one=_said(criterion, one),
            other=_said(criterion, counting),
        )
        for one in valued.values()
        if one is not counting and one not in contest and _apart(criterion, one, counting)
    )
    lines.extend(
        Sentence("%(name)s: %(text)s", name=_SPOKEN[one.seen.method], text=one.because)
        for one in empty
    )
    if criterion.unit == SHARE and counting.seen.denominator is None:
        lines.append(Sentence("share stated without the counts behind it"))
    lines.extend(_unaccepted(method) for method in chosen.refused)
    return tuple(lines)


def _said(criterion: Criterion, weighed: Weighed) -> str:
    """Who says what: "field team 79 %"."""
    write = percent if criterion.unit == SHARE else number
    return Sentence(
        "%(who)s %(figure)s", who=_SPOKEN[weighed.seen.method], figure=write(weighed.figure)
    )


def _unaccepted(method: Method) -> str:
    """The line for fresh evidence of a kind this criterion does not take."""
    return Sentence(
        "fresh evidence by %(who)s is not accepted for this criterion", who=_SPOKEN[method]
    )
