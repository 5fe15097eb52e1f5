"""What a viewer may read of evidence and of the results it led to.

Restricted evidence counts for everyone: a result must not depend on who looks at it, or a finding
held in confidence would turn into readiness on another screen. So every assessment is worked out
on all evidence; the verdicts are shown to all, and figures, words and sources of restricted
evidence are taken out afterwards, here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from primacy.kernels.readiness import AreaResult, Criterion, CriterionResult
from primacy.platform.policy import Viewer, restricted
from primacy.rooms.places.facade import Mission
from primacy.rooms.readiness.evidence import EvidenceItem, emptied, note_evidence, readable
from primacy.rooms.readiness.models import Assessment


@dataclass(frozen=True)
class Shown:
    """Evidence and result as somebody may read them."""

    items: tuple[EvidenceItem, ...]
    result: AreaResult


def shown_to(
    viewer: Viewer, mission: Mission, items: Sequence[EvidenceItem], result: AreaResult
) -> Shown:
    """Evidence and result with what this viewer may not read taken out.

    Protected evidence that is left in is noted as read.
    """
    shown = _without(items, [not readable(viewer, mission, item) for item in items], result)
    note_evidence(viewer, mission, shown.items)
    return shown


def result_shown_to(
    viewer: Viewer, mission: Mission, items: Sequence[EvidenceItem], result: AreaResult
) -> AreaResult:
    """The result for a page that shows no evidence but the words of the binding criterion."""
    shown = _without(items, [not readable(viewer, mission, item) for item in items], result)
    binding = {o.criterion.indicator for o in result.results if o.criterion.code == result.binding}
    speaking = [item for item in shown.items if item.evidence.indicator in binding]
    note_evidence(viewer, mission, speaking)
    return shown.result


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
    hidden = restricted().text
    touched = [one for one in result.results if _rests_on(one.criterion, secret)]
    if not touched:
        return result
    masked = {one.criterion.code: _verdict_only(one) for one in touched}
    binding = masked.get(result.binding or "")
    return replace(
        result,
        results=tuple(masked.get(one.criterion.code, one) for one in result.results),
        binding_text=f"{binding.criterion.name}: {hidden}" if binding else result.binding_text,
        reasons=tuple(_reason_without(line, touched) for line in result.reasons),
    )


def _rests_on(criterion: Criterion, secret: Sequence[EvidenceItem]) -> bool:
    """True where a restricted item could speak for the criterion, whether or not it counted."""
    return any(item.evidence.indicator == criterion.indicator for item in secret)


def _verdict_only(one: CriterionResult) -> CriterionResult:
    hidden = restricted().text
    return CriterionResult(
        criterion=one.criterion,
        result=one.result,
        holds=one.holds,
        margin_text=hidden,
        observation_ids=one.observation_ids,
        reasons=(hidden,),
    )


def _reason_without(line: str, touched: Sequence[CriterionResult]) -> str:
    """A line of the kernel's reasons; cut after the criterion's name where it would tell more."""
    for one in touched:
        name = f"{'gate ' if one.criterion.gate else ''}{one.criterion.name}"
        if line.startswith(f"{name}: ") and one.margin_text in line:
            return f"{name}: {one.result.value.replace('_', ' ')}, {restricted()}"
    return line
