"""What a viewer may read of evidence and of the results it led to.

Restricted evidence counts for everyone: a result must not depend on who looks at it, or a finding
held in confidence would turn into readiness on another screen. So every assessment is worked out
on all evidence; the verdicts are shown to all, and figures, words and sources of restricted
evidence are taken out afterwards, here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from primacy.kernels.readiness import AreaResult, Criterion, CriterionResult
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import Mission
from primacy.rooms.readiness.evidence import RESTRICTED, EvidenceItem, emptied, readable
from primacy.rooms.readiness.models import Assessment


@dataclass(frozen=True)
class Shown:
    """Evidence and result as somebody may read them."""

    items: tuple[EvidenceItem, ...]
    result: AreaResult


def shown_to(
    viewer: Viewer, mission: Mission, items: Sequence[EvidenceItem], result: AreaResult
) -> Shown:
    """Evidence and result with what this viewer may not read taken out."""
    return _without(items, [not readable(viewer, mission, item) for item in items], result)


def shown_with(assessment: Assessment, items: Sequence[EvidenceItem], result: AreaResult) -> Shown:
    """Evidence and result as anybody may read them who may read the assessment itself."""
    hidden = [
        item.marking > assessment.marking
        or item.compartment_id not in (None, assessment.compartment_id)
        for item in items
    ]
    return _without(items, hidden, result)


def _without(items: Sequence[EvidenceItem], hidden: Sequence[bool], result: AreaResult) -> Shown:
    if not any(hidden):
        return Shown(tuple(items), result)
    secret = [item for item, out in zip(items, hidden, strict=True) if out]
    shown = tuple(emptied(item) if out else item for item, out in zip(items, hidden, strict=True))
    return Shown(shown, _masked(result, secret))


def _masked(result: AreaResult, secret: Sequence[EvidenceItem]) -> AreaResult:
    """The result with verdicts kept and figures that rest on restricted evidence taken out."""
    touched = [one for one in result.results if _rests_on(one.criterion, secret)]
    if not touched:
        return result
    masked = {one.criterion.code: _verdict_only(one) for one in touched}
    binding = masked.get(result.binding or "")
    return replace(
        result,
        results=tuple(masked.get(one.criterion.code, one) for one in result.results),
        binding_text=f"{binding.criterion.name}: {RESTRICTED}" if binding else result.binding_text,
        reasons=tuple(_reason_without(line, touched) for line in result.reasons),
    )


def _rests_on(criterion: Criterion, secret: Sequence[EvidenceItem]) -> bool:
    """True where a restricted item could speak for the criterion, whether or not it counted."""
    return any(item.evidence.indicator == criterion.indicator for item in secret)


def _verdict_only(one: CriterionResult) -> CriterionResult:
    return CriterionResult(
        criterion=one.criterion,
        result=one.result,
        holds=one.holds,
        margin_text=RESTRICTED,
        observation_ids=one.observation_ids,
        reasons=(RESTRICTED,),
    )


def _reason_without(line: str, touched: Sequence[CriterionResult]) -> str:
    """A line of the kernel's reasons; cut after the criterion's name where it would tell more."""
    for one in touched:
        name = f"{'gate ' if one.criterion.gate else ''}{one.criterion.name}"
        if line.startswith(f"{name}: ") and one.margin_text in line:
            return f"{name}: {one.result.value.replace('_', ' ')}, {RESTRICTED}"
    return line
