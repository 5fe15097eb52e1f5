"""Tables of counts as a set of quantities and the sums that tie them together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from primacy.kernels.disclosure.errors import BadTable

if TYPE_CHECKING:
    # scipy is loaded with the first table: half a second that most commands can spare.
    from scipy import sparse

MINIMUM = 10
"""Smallest count of persons that is shown outside the owning team."""

SEXUAL_VIOLENCE_MINIMUM = 20
"""The same for victims and witnesses of sexual violence."""


class Zeros(StrEnum):
    """What becomes of a count of zero. A reader is taken to know which of the two holds."""

    HELD_BACK = "held_back"
    SHOWN = "shown"


class Reason(StrEnum):
    """Why a quantity is shown or held back. Never published: it would narrow the guesses."""

    SHOWN = "shown"
    PUBLISHED = "published before, stays"
    SMALL = "below the minimum"
    COVER = "held back so that another cannot be worked out"


@dataclass(frozen=True)
class Sum:
    """A total of cells or of other sums. `published`: it is a public fact and stays shown."""

    name: str
    members: tuple[str, ...]
    published: bool = False


@dataclass(frozen=True)
class Known:
    """What a reader has already: the sum of some quantities, from an earlier release or filter."""

    members: tuple[str, ...]
    value: int


def released(shown: "Protected") -> tuple[Known, ...]:
    """What a reader knows after this table was published, for protecting the next."""
    return tuple(Known((name,), value) for name, value in shown.values.items() if value is not None)


@dataclass(frozen=True)
class Protected:
    """A table as it may leave: a value for what is shown, None for what is held back."""

    values: Mapping[str, int | None]
    reasons: Mapping[str, Reason]

    def __getitem__(self, name: str) -> int | None:
        """The value of a quantity, None where it is held back."""
        return self.values[name]

    @property
    def held_back(self) -> tuple[str, ...]:
        """The quantities that are not shown."""
        return tuple(name for name, value in self.values.items() if value is None)


Vector = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True)
class System:
    """A table as linear equations `matrix @ values = right` over all quantities."""

    names: tuple[str, ...]
    values: Vector
    matrix: "sparse.csr_matrix"
    right: Vector
    minimum: Vector
    fixed: Flags
    """Published facts: they stay, whatever they give away."""

    zeros: Zeros = Zeros.HELD_BACK
    small: Flags = field(init=False)

    def __post_init__(self) -> None:
        small = (self.values < self.minimum) & ~self.fixed
        if self.zeros is Zeros.SHOWN:
            small &= self.values > 0
        object.__setattr__(self, "small", small)

    @property
    def least(self) -> float:
        """The least a reader must give a held-back count: 1 where zeros are shown."""
        return 1.0 if self.zeros is Zeros.SHOWN else 0.0


def system_of(
    cells: Mapping[str, int],
    sums: Sequence[Sum],
    known: Sequence[Known],
    minimum: int | Mapping[str, int],
    published: frozenset[str],
    zeros: Zeros,
) -> System:
    """The equations of a table, checked."""
    values = _values(cells, sums)
    names = tuple(values)
    at = {name: position for position, name in enumerate(names)}
    strange = published - set(names)
    if strange:
        raise BadTable(f"These are named as published and are not in the table: {sorted(strange)}.")
    rows, columns, entries, right = list[int](), list[int](), list[float](), list[float]()
    for total in sums:
        row = len(right)
        rows += [row] * (len(total.members) + 1)
        columns += [at[total.name], *(at[member] for member in total.members)]
        entries += [-1.0, *([1.0] * len(total.members))]
        right.append(0.0)
    for fact in known:
        if any(member not in at for member in fact.members):
            raise BadTable(f"A known sum speaks of cells that are not in the table: {fact}.")
        if sum(values[member] for member in fact.members) != fact.value:
            raise BadTable(f"A known sum does not fit the counts: {fact}.")
        rows += [len(right)] * len(fact.members)
        columns += [at[member] for member in fact.members]
        entries += [1.0] * len(fact.members)
        right.append(float(fact.value))
    from scipy import sparse

    # What a reader has by itself can hide nothing any more.
    pinned = {fact.members[0] for fact in known if len(fact.members) == 1}
    least = minimum if isinstance(minimum, int) else MINIMUM
    named = {} if isinstance(minimum, int) else minimum
    return System(
        names=names,
        values=np.array([values[name] for name in names], dtype=float),
        matrix=sparse.csr_matrix((entries, (rows, columns)), shape=(len(right), len(names))),
        right=np.array(right, dtype=float),
        minimum=np.array([named.get(name, least) for name in names], dtype=float),
        fixed=np.array([name in published or name in pinned for name in names], dtype=bool),
        zeros=zeros,
    )


def _values(cells: Mapping[str, int], sums: Sequence[Sum]) -> dict[str, int]:
    """Every quantity by name; a sum stands after what it adds up."""
    values = dict(cells)
    for name, count in cells.items():
        if count < 0 or count != int(count):
            raise BadTable(f"The count of {name} is {count}: it must be a whole number from 0 up.")
    for total in sums:
        if total.name in values:
            raise BadTable(f"The name {total.name} is used twice.")
        if not total.members or len(set(total.members)) < len(total.members):
            raise BadTable(f"The sum {total.name} has no members, or one twice.")
        missing = [member for member in total.members if member not in values]
        if missing:
            raise BadTable(f"The sum {total.name} adds up what is not there yet: {missing[:3]}.")
        values[total.name] = sum(values[member] for member in total.members)
    return values


def two_way(
    counts: Mapping[tuple[str, str], int], published_totals: bool = False
) -> tuple[dict[str, int], list[Sum]]:
    """Cells and sums of a table of rows by columns: each row, each column, all."""
    rows = list(dict.fromkeys(row for row, _ in counts))
    columns = list(dict.fromkeys(column for _, column in counts))
    cells = {f"{row}|{column}": count for (row, column), count in counts.items()}
    sums = [
        Sum(f"{row}|", tuple(f"{row}|{c}" for c in columns if (row, c) in counts), published_totals)
        for row in rows
    ]
    sums += [
        Sum(f"|{c}", tuple(f"{row}|{c}" for row in rows if (row, c) in counts), published_totals)
        for c in columns
    ]
    sums.append(Sum("|", tuple(f"{row}|" for row in rows), published_totals))
    return cells, sums
