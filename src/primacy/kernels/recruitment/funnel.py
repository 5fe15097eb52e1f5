"""From advert to confirmation: who is left at each stage by group, and where a group drops out."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from primacy.kernels.recruitment.errors import BadFunnel
from primacy.kernels.recruitment.intervals import CONFIDENCE, Estimate, ratio_of_shares, share

STAGES = (
    "applied",
    "documents",
    "tests",
    "medical",
    "vetting",
    "objection",
    "offer",
    "academy",
    "confirmed",
)
"""The stages of a usual recruitment, each after the one before it."""


@dataclass(frozen=True)
class Step:
    """One group between two stages: how many came, went on and dropped out.

    `against_others` is the group's share that went on divided by that of all other groups.
    """

    group: str
    stage: str
    next_stage: str
    came: int
    went_on: int
    dropped: Estimate | None
    against_others: Estimate | None

    @property
    def dropped_out(self) -> int:
        """How many did not go on."""
        return self.came - self.went_on

    @property
    def below_others(self) -> bool:
        """True where fewer of the group went on than of the others, beyond chance."""
        return self.against_others is not None and self.against_others.high < 1


@dataclass(frozen=True)
class Funnel:
    """All stages and groups of one recruitment."""

    stages: tuple[str, ...]
    groups: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]
    steps: tuple[Step, ...]

    def total(self, stage: str) -> int:
        """How many of all groups reached a stage."""
        return sum(self.counts[stage, group] for group in self.groups)


def funnel(
    stages: Sequence[str], counts: Mapping[tuple[str, str], int], confidence: float = CONFIDENCE
) -> Funnel:
    """The funnel of counts by (stage, group); a group that is not named at a stage counts none."""
    groups = tuple(dict.fromkeys(group for _, group in counts))
    whole = {(stage, group): counts.get((stage, group), 0) for stage in stages for group in groups}
    _check(stages, groups, counts, whole)
    steps = [
        _step(stage, after, group, groups, whole, confidence)
        for stage, after in itertools.pairwise(stages)
        for group in groups
    ]
    return Funnel(tuple(stages), groups, whole, tuple(steps))


def _step(
    stage: str,
    after: str,
    group: str,
    groups: Sequence[str],
    counts: Mapping[tuple[str, str], int],
    confidence: float,
) -> Step:
    came, went_on = counts[stage, group], counts[after, group]
    others = sum(counts[stage, other] for other in groups if other != group)
    others_on = sum(counts[after, other] for other in groups if other != group)
    against = None
    if came and others:
        against = ratio_of_shares(went_on, came, others_on, others, confidence)
    dropped = share(came - went_on, came, confidence) if came else None
    return Step(group, stage, after, came, went_on, dropped, against)


def _check(
    stages: Sequence[str],
    groups: Sequence[str],
    counts: Mapping[tuple[str, str], int],
    whole: Mapping[tuple[str, str], int],
) -> None:
    if len(set(stages)) < len(stages) or len(stages) < 2:
        raise BadFunnel("A funnel needs two stages or more, and each once.")
    strange = sorted({stage for stage, _ in counts if stage not in stages})
    if strange:
        raise BadFunnel(f"These are none of the stages: {', '.join(strange)}.")
    for stage, after in itertools.pairwise(stages):
        for group in groups:
            if whole[after, group] > whole[stage, group]:
                raise BadFunnel(
                    f"{whole[after, group]} of {group} reached {after}, and only "
                    f"{whole[stage, group]} the stage before it, {stage}. Count persons who joined "
                    "later at the earlier stages too."
                )
    if any(count < 0 for count in whole.values()):
        raise BadFunnel("A count below zero cannot be.")
