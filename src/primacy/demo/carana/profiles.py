"""How able each district is, how that grew, and which part it plays in the story."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from primacy.demo.carana.geography import Floats, Land


class Part(StrEnum):
    """The part a district plays."""

    STRONG = "strong"
    CONDITIONS = "conditions"
    MIDDLING = "middling"
    WEAK = "weak"
    SILENT = "silent"


@dataclass(frozen=True)
class Profile:
    """A district's ability from 0 to 1 over the story, its residents and its part."""

    part: Part
    residents: int
    violence: float
    begins: float
    ends: float
    pace: float

    def able(self, share: float) -> float:
        """Ability when this share of the story is over."""
        return float(self.ends - (self.ends - self.begins) * np.exp(-share / self.pace))


def make_profiles(rng: np.random.Generator, land: Land, residents: int) -> list[Profile]:
    """A profile for each district; calm ones are strong, violent ones weak or silent."""
    count = len(land.districts)
    size = np.array([shape.area for shape in land.districts])
    crowd = size**0.4 * rng.lognormal(0, 0.55, count)
    people = np.round(residents * crowd / crowd.sum(), -2).astype(int)
    violence = rng.lognormal(0, 0.6, count) * people / people.mean()
    order = np.argsort(violence / people)
    parts = _parts(count)
    profiles: list[Profile | None] = [None] * count
    for rank, at in enumerate(order.tolist()):
        part = parts[rank]
        begins, ends, pace = _ability(rng, part)
        profiles[at] = Profile(part, int(people[at]), float(violence[at]), begins, ends, pace)
    return [one for one in profiles if one is not None]


def _parts(count: int) -> list[Part]:
    """Parts from the calmest district to the most violent one; at least one of each but one."""
    strong = max(3, count // 4)
    silent = max(1, count // 9)
    weak = max(1, count // 4)
    middling = max(0, count - strong - silent - weak - 1)
    return (
        [Part.STRONG] * strong
        + [Part.CONDITIONS]
        + [Part.MIDDLING] * middling
        + [Part.WEAK] * weak
        + [Part.SILENT] * silent
    )


def _ability(rng: np.random.Generator, part: Part) -> tuple[float, float, float]:
    """Where ability begins and ends, and how fast it grows (share of the story)."""
    if part is Part.STRONG:
        return 0.4, float(rng.uniform(0.9, 0.96)), 0.14
    if part is Part.CONDITIONS:
        return 0.35, 0.715, 0.15
    if part is Part.MIDDLING:
        return 0.3, float(rng.uniform(0.62, 0.8)), 0.35
    if part is Part.WEAK:
        return 0.2, float(rng.uniform(0.42, 0.56)), 0.4
    return 0.2, float(rng.uniform(0.4, 0.6)), 0.5


def levels(profiles: list[Profile]) -> Floats:
    """How much violence each district draws."""
    return np.array([one.violence for one in profiles], np.float64)
