"""How a group's share in a force stands to its share in the population of working age."""

from collections.abc import Mapping
from dataclasses import dataclass

from primacy.kernels.recruitment.errors import BadShares
from primacy.kernels.recruitment.intervals import CONFIDENCE, Estimate, ratio_of_shares, share


@dataclass(frozen=True)
class Population:
    """Persons of working age by group: a census (`sampled` False) or the persons of a survey."""

    by_group: Mapping[str, int]
    sampled: bool = False

    @property
    def total(self) -> int:
        """Persons of all groups."""
        return sum(self.by_group.values())


@dataclass(frozen=True)
class Representation:
    """One group: counts, both shares, and the index (1 is the share in the population)."""

    group: str
    in_force: int
    force_total: int
    force_share: Estimate
    population_share: float
    index: Estimate | None
    """None where the population has nobody of the group."""

    @property
    def below(self) -> bool:
        """True where even the upper end of the index lies below 1."""
        return self.index is not None and self.index.high < 1

    @property
    def above(self) -> bool:
        """True where even the lower end of the index lies above 1."""
        return self.index is not None and self.index.low > 1


def representation(
    in_force: Mapping[str, int], population: Population, confidence: float = CONFIDENCE
) -> list[Representation]:
    """The index of each group of the population, in its order.

    Beside a census the interval is Wilson's for the share in the force, divided by the share in the
    population, which is taken as known. Beside a survey both shares are uncertain: Katz's interval.
    """
    strange = [group for group in in_force if group not in population.by_group]
    if strange:
        raise BadShares(
            f"The population has no figure for {', '.join(sorted(strange)[:5])}. Give one, or put "
            "these persons into a group it knows."
        )
    total = sum(in_force.values())
    if total < 1 or population.total < 1:
        raise BadShares("Nobody was counted: a share needs at least one person on both sides.")
    return [
        _of_group(group, in_force.get(group, 0), total, population, confidence)
        for group in population.by_group
    ]


def _of_group(
    group: str, part: int, total: int, population: Population, confidence: float
) -> Representation:
    there = population.by_group[group]
    inside = share(part, total, confidence)
    outside = there / population.total
    index: Estimate | None = None
    if population.sampled:
        index = ratio_of_shares(part, total, there, population.total, confidence)
    elif there:
        index = Estimate(inside.value / outside, inside.low / outside, inside.high / outside)
    return Representation(group, part, total, inside, outside, index)
