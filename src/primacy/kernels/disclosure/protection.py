"""Which quantities to hold back: the small ones, and as many others as it takes to hide them."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from primacy.kernels.disclosure.attack import SLACK, Reader
from primacy.kernels.disclosure.errors import CannotProtect
from primacy.kernels.disclosure.table import (
    MINIMUM,
    Flags,
    Known,
    Protected,
    Reason,
    Sum,
    System,
    Vector,
    Zeros,
    system_of,
)

SUM_WEIGHT = 50.0
"""How much rather a cell is held back than a total."""

SEED = 1966
"""The order of the search; the same table always gives the same answer."""


def protect(
    cells: Mapping[str, int],
    sums: Sequence[Sum] = (),
    *,
    minimum: int | Mapping[str, int] = MINIMUM,
    published: Collection[str] = (),
    known: Sequence[Known] = (),
    zeros: Zeros = Zeros.HELD_BACK,
) -> Protected:
    """The table with small counts held back, and others so that none can be worked out.

    Each count below its minimum keeps a range at least that minimum wide for a reader who knows
    all that is shown, every sum in `sums`, and `known` from earlier releases; each count that
    covers it keeps a range of at least 1. Sums count as quantities of their own and are held back
    where they are small. `published` names facts that stay as they are (so do sums that say so).
    Raises `CannotProtect` where nothing would help.
    """
    stays = frozenset(published) | {total.name for total in sums if total.published}
    system = system_of(cells, sums, known, minimum, stays, zeros)
    held = cover_by_equation(system, system.small.copy())
    held = _repaired(system, held)
    values, reasons = dict[str, int | None](), dict[str, Reason]()
    for at, name in enumerate(system.names):
        values[name] = None if held[at] else int(system.values[at])
        reasons[name] = _reason(system, held, at)
    return Protected(values, reasons)


def _reason(system: System, held: Flags, at: int) -> Reason:
    if system.small[at]:
        return Reason.SMALL
    if held[at]:
        return Reason.COVER
    return Reason.PUBLISHED if system.fixed[at] else Reason.SHOWN


def protect_pair(
    total: int | None, part: int | None, minimum: int = MINIMUM
) -> tuple[int | None, int | None]:
    """A total and one part of it, such as officers and women among them, as they may be shown.

    The rest is total less part, so the part is held back where either is small.
    """
    if total is not None and total < minimum:
        return None, None
    if part is None or part < minimum:
        return total, None
    if total is not None and total - part < minimum:
        return total, None
    return total, part


def cover_by_equation(system: System, held: Flags) -> Flags:
    """The held-back ones and more, so that no sum by itself gives one of them away.

    Quick and not enough where sums cross: the exact check comes after it.
    """
    matrix = system.matrix
    need = needed(system, held)
    waiting = list(range(matrix.shape[0]))
    columns = matrix.tocsc()
    for _ in range(4 * len(system.names) + len(waiting)):
        if not waiting:
            break
        row = waiting.pop(0)
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        members, signs = matrix.indices[part], matrix.data[part]
        added = _weakest_cover(system, held, need, members, signs)
        if added is None:
            continue
        held[added] = True
        need = needed(system, held)
        touched = columns.indices[columns.indptr[added] : columns.indptr[added + 1]]
        waiting += [other for other in (row, *touched) if other not in waiting]
    return held


def _weakest_cover(
    system: System, held: Flags, need: Vector, members: np.ndarray, signs: np.ndarray
) -> int | None:
    """The member to hold back next in one sum, None where it gives nothing away (or all is)."""
    inside = held[members]
    if not inside.any():
        return None
    spare = float((system.values[members][inside] - system.least).sum())
    enough = inside.sum() >= 2 and (
        len(set(signs[inside])) > 1 or spare >= float(need[members][inside].max())
    )
    if enough:
        return None
    free = ~inside & ~system.fixed[members] & (system.values[members] > system.least)
    if not free.any():
        return None
    choices = members[free]
    price = system.values[choices] + SUM_WEIGHT * _is_sum(system)[choices]
    # A count that stands in another sum with one alone covers both.
    alone = np.asarray(abs(system.matrix[:, choices]).T @ _lonely(system, held)).ravel()
    return int(choices[np.argmin(price - 1000.0 * (alone > 0) * (price < 1000))])


def _is_sum(system: System) -> Flags:
    negative = system.matrix.minimum(0)
    return np.asarray(abs(negative).sum(axis=0) > 0).ravel()


def _lonely(system: System, held: Flags) -> Vector:
    """1 for each equation that has exactly one held-back member."""
    counts = np.asarray(abs(system.matrix) @ held.astype(float)).ravel()
    alone: Vector = (counts == 1).astype(float)
    return alone


def needed(system: System, held: Flags) -> Vector:
    """How wide the range of each quantity has to be: its minimum where small, else 1."""
    widths: Vector = np.where(system.small, system.minimum, np.where(held, 1.0, 0.0))
    return widths


def _repaired(system: System, held: Flags) -> Flags:
    """The held-back ones and as many more as the exact check asks for."""
    while True:
        reader = Reader(system, held)
        need = needed(system, held)[reader.at]
        reader.explore(need, SEED)
        more = held.copy()
        for place in np.flatnonzero(reader.widths() < need - SLACK):
            quantity = int(reader.at[place])
            low, high = reader.range_of(quantity)
            if high - low >= need[place] - SLACK:
                continue
            moved = _cheapest_cover(system, more, quantity, low, high, float(need[place]))
            if moved is not None:
                more |= moved
            elif system.small[quantity]:
                raise CannotProtect((system.names[quantity],))
            else:
                # Not small, and anybody can work it out: it covers nothing, so it is shown.
                system.fixed[quantity], more[quantity] = True, False
        if (more == held).all():
            return held
        held = more


def _cheapest_cover(
    system: System, held: Flags, quantity: int, low: float, high: float, need: float
) -> Flags | None:
    """What must be held back so that a quantity can range as wide as needed; None for nothing."""
    value = float(system.values[quantity])
    up = need - (value - max(low, system.least))
    down = min(value - system.least, need - (high - value))
    moved = _shift(system, held, quantity, max(up, SLACK))
    if moved is None and down > SLACK and (high - value) + down >= need - SLACK:
        moved = _shift(system, held, quantity, -down)
    return moved


def _shift(system: System, held: Flags, quantity: int, by: float) -> Flags | None:
    """The quantities that change in the cheapest other table where one is moved by an amount."""
    count = len(system.names)
    room_down = np.maximum(system.values - system.least, 0.0)
    cap = 10.0 * float(system.values.sum()) + 1000.0
    rigid = system.fixed | ((system.values < system.least) & ~held)
    upper = np.concatenate([np.where(rigid, 0.0, cap), np.where(rigid, 0.0, room_down)])
    lower = np.zeros(2 * count)
    at, other = (quantity, count + quantity) if by > 0 else (count + quantity, quantity)
    if upper[at] < abs(by):
        return None
    lower[at] = upper[at] = abs(by)
    upper[other] = 0.0
    price = np.where(held, 0.0, 1.0 + SUM_WEIGHT * _is_sum(system) + 0.001 * system.values)
    from scipy import sparse
    from scipy.optimize import linprog

    outcome = linprog(
        np.concatenate([price, price]),
        A_eq=sparse.hstack([system.matrix, -system.matrix]).tocsr(),
        b_eq=np.zeros(system.matrix.shape[0]),
        bounds=np.column_stack([lower, upper]),
        method="highs",
    )
    if outcome.x is None:
        return None
    change = outcome.x[:count] - outcome.x[count:]
    moved: Flags = np.abs(change) > SLACK
    return moved
