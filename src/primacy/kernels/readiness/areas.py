"""The result for an area: ready, ready with conditions, not ready or unknown, and what binds.

No average is taken anywhere: strength in one criterion never pays for a failure in another.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from primacy.kernels.readiness.errors import DuplicateCriterion
from primacy.kernels.readiness.evaluation import (
    CriterionResult,
    Result,
    check_confidence,
    evaluate_criterion,
)
from primacy.kernels.readiness.evidence import Observation
from primacy.kernels.readiness.sentence import Sentence
from primacy.kernels.readiness.standard import Criterion


class Readiness(StrEnum):
    """Whether an area is ready for a lead."""

    READY = "ready"
    CONDITIONS = "ready_with_conditions"
    NOT_READY = "not_ready"
    UNKNOWN = "unknown"

    @property
    def mark(self) -> str:
        """The sign on the board: ●, ◐, ○ or ?."""
        return _MARKS[self]


_MARKS = {
    Readiness.READY: "●",
    Readiness.CONDITIONS: "◐",
    Readiness.NOT_READY: "○",
    Readiness.UNKNOWN: "?",
}


@dataclass(frozen=True)
class Condition:
    """What will be done about a criterion that falls short, by whom, and by when."""

    criterion_code: str
    action: str
    owner: str
    due: dt.date | None

    @property
    def complete(self) -> bool:
        """True where action, owner and date are all given."""
        return bool(self.action.strip() and self.owner.strip() and self.due)


@dataclass(frozen=True)
class AreaResult:
    """Whether an area is ready, every criterion's result, and the criterion that binds.

    `progress` is (criteria that hold, all criteria): progress, not a score. `missing_conditions`
    are the codes of criteria that fall short, are no gates, and lack a complete condition.
    """

    readiness: Readiness
    results: tuple[CriterionResult, ...]
    binding: str | None = None
    binding_text: str = ""
    progress: tuple[int, int] = (0, 0)
    missing_conditions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def assess(
    criteria: Sequence[Criterion],
    observations: Iterable[Observation],
    as_of: dt.date,
    conditions: Iterable[Condition] = (),
    confidence: float = 0.8,
) -> AreaResult:
    """Whether an area is ready for a lead on a day, by the criteria of its standard."""
    check_confidence(confidence)
    _refuse_duplicates(criteria)
    if not criteria:
        reason = Sentence("the standard has no criteria for this lead; nothing can be assessed")
        return AreaResult(Readiness.UNKNOWN, (), reasons=(reason,))
    by_indicator: dict[str, list[Observation]] = defaultdict(list)
    for seen in observations:
        by_indicator[seen.indicator].append(seen)
    results = tuple(
        evaluate_criterion(one, by_indicator.get(one.indicator, ()), as_of, confidence)
        for one in criteria
    )
    return _judge(results, tuple(conditions), as_of)


def _judge(
    results: tuple[CriterionResult, ...], conditions: tuple[Condition, ...], as_of: dt.date
) -> AreaResult:
    """The area's result from the results of its criteria."""
    short = [one for one in results if not one.holds]
    gates = [one for one in short if one.criterion.gate]
    others = [one for one in short if not one.criterion.gate]
    complete = {one.criterion_code for one in conditions if one.complete}
    missing = [one for one in others if one.criterion.code not in complete]
    readiness, candidates = _decide(gates, others, missing)
    binding = min(candidates, key=_binding_order, default=None)
    return AreaResult(
        readiness=readiness,
        results=results,
        binding=binding.criterion.code if binding else None,
        binding_text=_named(binding.criterion.name, binding.margin_text) if binding else "",
        progress=(len(results) - len(short), len(results)),
        missing_conditions=tuple(one.criterion.code for one in missing),
        reasons=_reasons(readiness, results, conditions, as_of),
    )


def _named(name: str, text: str) -> str:
    """What is said of a criterion, after its name."""
    return Sentence("%(name)s: %(text)s", name=name, text=text)


def _decide(
    gates: list[CriterionResult], others: list[CriterionResult], missing: list[CriterionResult]
) -> tuple[Readiness, list[CriterionResult]]:
    """The readiness, and the criteria among which the binding one is found.

    `gates` and `others` are the gates and other criteria that fall short; `missing` are those
    of the others without a complete condition.
    """
    failed_gates = [one for one in gates if _known(one)]
    if failed_gates:
        return Readiness.NOT_READY, failed_gates
    if gates:
        return Readiness.UNKNOWN, gates
    if not others:
        return Readiness.READY, []
    if not missing:
        return Readiness.CONDITIONS, others
    if any(_known(one) for one in others):
        return Readiness.NOT_READY, others
    return Readiness.UNKNOWN, missing


def _known(result: CriterionResult) -> bool:
    """True where a shortfall is seen and not only possible for want of evidence."""
    return result.result is not Result.UNKNOWN


def _binding_order(result: CriterionResult) -> tuple[bool, float, str]:
    """A sort key: known failures first, the largest relative shortfall first, then the code."""
    return not _known(result), -result.shortfall, result.criterion.code


def _reasons(
    readiness: Readiness,
    results: tuple[CriterionResult, ...],
    conditions: tuple[Condition, ...],
    as_of: dt.date,
) -> tuple[str, ...]:
    """Why the area stands as it does, and what is odd about its conditions."""
    lines: list[str] = [
        (
            Sentence(
                "gate %(name)s: %(verdict)s, %(margin)s",
                name=one.criterion.name,
                verdict=_WORDS[one.result],
                margin=one.margin_text,
            )
            if one.criterion.gate
            else Sentence(
                "%(name)s: %(verdict)s, %(margin)s",
                name=one.criterion.name,
                verdict=_WORDS[one.result],
                margin=one.margin_text,
            )
        )
        for one in results
        if not one.holds or one.result is Result.CONTESTED
    ]
    if readiness is Readiness.READY and not lines:
        lines.append(Sentence("every criterion holds"))
    return (*lines, *_remarks(results, conditions, as_of))


_WORDS = {
    Result.MET: Sentence("met"),
    Result.NOT_MET: Sentence("not met"),
    Result.UNKNOWN: Sentence("unknown"),
    Result.CONTESTED: Sentence("contested"),
}


def _remarks(
    results: tuple[CriterionResult, ...], conditions: tuple[Condition, ...], as_of: dt.date
) -> list[str]:
    """Lines on conditions that cannot work, are incomplete or overdue, in the order of codes."""
    by_code = {one.criterion.code: one for one in results}
    lines = set()
    for condition in conditions:
        code, target = condition.criterion_code, by_code.get(condition.criterion_code)
        if target is None:
            lines.add(
                Sentence("condition on %(code)s: no such criterion in this standard", code=code)
            )
        elif target.holds:
            continue
        elif target.criterion.gate:
            lines.add(
                Sentence(
                    "condition on %(code)s: a gate must be met, a condition cannot replace it",
                    code=code,
                )
            )
        elif not condition.complete:
            lines.add(
                Sentence("condition on %(code)s: needs an action, an owner and a date", code=code)
            )
        elif condition.due is not None and condition.due < as_of:
            lines.add(
                Sentence(
                    "condition on %(code)s: was due on %(due)s",
                    code=code,
                    due=condition.due.isoformat(),
                )
            )
    return sorted(lines)


def _refuse_duplicates(criteria: Sequence[Criterion]) -> None:
    """Nothing; DuplicateCriterion where two criteria share a code."""
    twice = [code for code, times in Counter(one.code for one in criteria).items() if times > 1]
    if twice:
        raise DuplicateCriterion(
            f"Two criteria share the code {', '.join(sorted(twice))}. "
            "Give every criterion of a standard its own code."
        )
