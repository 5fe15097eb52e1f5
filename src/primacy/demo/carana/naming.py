"""Invented names: drawn from syllables that belong to no language, each used once."""

from collections.abc import Sequence
from itertools import count

import numpy as np


class Names:
    """Draws names that were not drawn before."""

    def __init__(self, rng: np.random.Generator, first: Sequence[str], last: Sequence[str]) -> None:
        pairs = [f"{a}{b}" for a in first for b in last]
        self._left: list[str] = [pairs[at] for at in rng.permutation(len(pairs)).tolist()]
        self._numbers = count(2)
        self._used: list[str] = []

    def draw(self) -> str:
        """A new name; when all are used, one with a number."""
        if self._left:
            name = self._left.pop()
            self._used.append(name)
            return name
        number: int = next(self._numbers)
        return f"{self._used[number % len(self._used)]} {number}"
