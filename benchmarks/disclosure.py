"""Small counts in a table of 500 areas by 10 groups: cells lost, time, what an attack finds.

Peers, both written here: naive suppression (small counts only), and the row-and-column heuristic
that statistical offices use by hand (a second cell in every row and column that has one). The
counts are synthetic: negative binomial, so that about a sixth is below the minimum. All
tables are attacked with the same linear programs; what their shortcut does not clear is attacked
exactly, one by one, up to a sample. "Found exactly" is a small count that a reader can compute,
"too narrow" one whose range is narrower than the minimum.

    python -m benchmarks disclosure      writes benchmarks/results/disclosure.json
"""

import platform
import time

import numpy as np

from primacy.kernels.disclosure import MINIMUM, Protected, Reason, Sum, intervals, protect, two_way
from primacy.kernels.disclosure.attack import Reader
from primacy.kernels.disclosure.protection import cover_by_equation
from primacy.kernels.disclosure.table import Flags, System, Zeros, system_of

ROWS, COLUMNS, TABLES, SEED = 500, 10, 1, 1966
ASKED = 60
"""Small counts asked for one by one, drawn from those that no shortcut clears."""

NARROW = 1e-6


def table(rng: np.random.Generator) -> tuple[dict[str, int], list[Sum]]:
    """Counts of persons by area and group, with every total."""
    drawn = rng.negative_binomial(1.2, 0.03, size=(ROWS, COLUMNS))
    return two_way(
        {(f"r{i}", f"c{j}"): int(drawn[i, j]) for i in range(ROWS) for j in range(COLUMNS)}
    )


def row_and_column(system: System) -> Flags:
    """Small counts, and in each row and column with one of them the next smallest."""
    held = system.small.copy()
    matrix = system.matrix
    for _ in range(20):
        before = held.sum()
        for row in range(matrix.shape[0]):
            part = slice(matrix.indptr[row], matrix.indptr[row + 1])
            members = matrix.indices[part][matrix.data[part] > 0]
            if held[members].sum() == 1:
                free = members[~held[members]]
                held[free[np.argmin(system.values[free])]] = True
        if held.sum() == before:
            break
    return held


def judged(system: System, held: Flags, seconds: float) -> dict[str, object]:
    """How much a table loses, and what an attack on it still finds."""
    reader = Reader(system, held)
    need = np.where(system.small[reader.at], system.minimum[reader.at], 0.0)
    reader.explore(need, SEED)
    open_ones = [p for p in range(reader.at.size) if reader.widths()[p] < need[p] - NARROW]
    exact = narrow = 0
    asked = np.random.default_rng(SEED).permutation(open_ones)[:ASKED]
    for place in asked:
        low, high = reader.range_of(int(reader.at[place]))
        exact += high - low < NARROW
        narrow += high - low < need[place] - NARROW
    return {
        "held_back": int(held.sum()),
        "of_them_small": int(system.small.sum()),
        "share_of_cells_lost": round(float(held.sum()) / len(system.names), 4),
        "small_counts_not_cleared_at_once": len(open_ones),
        "of_them_attacked_one_by_one": len(asked),
        "found_exactly": int(exact),
        "range_too_narrow": int(narrow),
        "seconds": round(seconds, 3),
    }


def run() -> dict[str, object]:
    """Losses, leaks and seconds of each method over the tables, ready for JSON."""
    rng = np.random.default_rng(SEED)
    found: dict[str, list[dict[str, object]]] = {}
    for _ in range(TABLES):
        cells, sums = table(rng)
        system = system_of(cells, sums, (), MINIMUM, frozenset(), Zeros.HELD_BACK)
        for name, method in {
            "naive": lambda s: s.small.copy(),
            "row_and_column": row_and_column,
            "first_pass_of_the_kernel": lambda s: cover_by_equation(s, s.small.copy()),
        }.items():
            start = time.perf_counter()
            held = method(system)
            found.setdefault(name, []).append(judged(system, held, time.perf_counter() - start))
        start = time.perf_counter()
        shown = protect(cells, sums)
        seconds = time.perf_counter() - start
        held = np.array([shown[name] is None for name in system.names])
        found.setdefault("kernel", []).append(judged(system, held, seconds))
    return {
        "benchmark": "disclosure",
        "python": platform.python_version(),
        "seed": SEED,
        "tables": TABLES,
        "quantities": ROWS * COLUMNS + ROWS + COLUMNS + 1,
        "minimum": MINIMUM,
        "methods": {name: _mean(rows) for name, rows in found.items()},
        "exact_check_of_a_small_table": _checked(rng),
    }


def _mean(rows: list[dict[str, object]]) -> dict[str, float]:
    return {k: round(float(np.mean([float(str(row[k])) for row in rows])), 4) for k in rows[0]}


def _checked(rng: np.random.Generator) -> dict[str, object]:
    """Every range of a 40 by 6 table by two programs each, without the shortcut."""
    drawn = rng.negative_binomial(1.2, 0.03, size=(40, 6))
    cells, sums = two_way(
        {(f"r{i}", f"c{j}"): int(drawn[i, j]) for i in range(40) for j in range(6)}
    )
    shown: Protected = protect(cells, sums)
    start = time.perf_counter()
    ranges = intervals(cells, sums, shown)
    small = [n for n in ranges if shown.reasons[n] is Reason.SMALL]
    return {
        "held_back": len(ranges),
        "narrowest_range_of_a_small_count": min(ranges[n].width for n in small),
        "seconds": round(time.perf_counter() - start, 3),
    }
