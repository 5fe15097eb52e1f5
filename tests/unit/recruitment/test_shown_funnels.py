"""No small group of a funnel can be worked out from what is shown of it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from primacy.kernels.disclosure import MINIMUM
from primacy.kernels.recruitment import ALL, BadFunnel, ShownFunnel, shown_counts, shown_funnel
from primacy.kernels.recruitment.shown import Cell

STAGES = ("applied", "tests", "confirmed")
Counts = dict[tuple[str, Cell], int]


@st.composite
def recruitments(draw: st.DrawFn) -> Counts:
    counts: Counts = {}
    for sex in ("women", "men"):
        for region in ("north", "south", "west")[: draw(st.integers(1, 3))]:
            left = draw(st.one_of(st.integers(0, 15), st.integers(0, 300)))
            for stage in STAGES:
                counts[stage, (sex, region)] = left
                left = draw(st.integers(0, left))
    return counts


def reader(
    counts: Counts, shown: ShownFunnel
) -> tuple[list[tuple[str, Cell]], np.ndarray, np.ndarray]:
    """What a reader can put up as equations: cells are who dropped out or stayed to the end."""
    cells = sorted({cell for _, cell in counts})
    names = [(stage, cell) for stage in STAGES for cell in cells]
    rows, right = [], []

    def inside(cell: Cell, margin: Cell) -> bool:
        return all(m in (ALL, c) for c, m in zip(cell, margin, strict=True))

    for (stage, margin), value in shown.reached.items():
        if value is not None:
            after = STAGES[STAGES.index(stage) :]
            rows.append([float(s in after and inside(c, margin)) for s, c in names])
            right.append(value)
    for (stage, margin), value in shown.dropped.items():
        if value is not None:
            rows.append([float(s == stage and inside(c, margin)) for s, c in names])
            right.append(value)
    return names, np.array(rows), np.array(right)


@settings(max_examples=40, deadline=None)
@given(recruitments())
def test_no_small_count_can_be_worked_out(counts: Counts) -> None:
    shown = shown_funnel(STAGES, counts)
    names, rows, right = reader(counts, shown)
    cells = sorted({cell for _, cell in counts})
    for stage in STAGES:
        for cell in cells:
            if counts[stage, cell] >= MINIMUM:
                continue
            assert shown.reached[stage, cell] is None
            # Who reached a stage is the sum of those who left from there on.
            aim = np.array(
                [float(c == cell and STAGES.index(s) >= STAGES.index(stage)) for s, c in names]
            )
            given_ = {"A_eq": rows, "b_eq": right} if len(rows) else {}
            low = linprog(aim, **given_, method="highs")
            high = linprog(-aim, **given_, method="highs")
            if high.status == 3:  # without a bound
                continue
            assert -high.fun - low.fun >= MINIMUM - 1e-6


def test_large_groups_are_shown_and_the_numbers_are_right() -> None:
    counts: Counts = {}
    for at, stage in enumerate(STAGES):
        counts[stage, ("women", "north")] = 300 - 100 * at
        counts[stage, ("men", "north")] = 600 - 100 * at
    shown = shown_funnel(STAGES, counts)
    assert shown.reached["tests", ("women", ALL)] == 200
    assert shown.reached["applied", (ALL, ALL)] == 900
    assert shown.dropped["tests", ("men", ALL)] == 100


def test_few_who_drop_out_are_held_back_and_so_is_what_gives_them_away() -> None:
    counts: Counts = {
        ("applied", ("women",)): 100, ("applied", ("men",)): 400,
        ("tests", ("women",)): 97, ("tests", ("men",)): 300,
        ("confirmed", ("women",)): 50, ("confirmed", ("men",)): 200,
    }  # fmt: skip
    shown = shown_funnel(STAGES, counts)
    assert shown.dropped["applied", ("women",)] is None
    assert None in (shown.reached["applied", ("women",)], shown.reached["tests", ("women",)])


def test_a_composition_hides_its_small_cells() -> None:
    shown = shown_counts({("women", "north"): 4, ("women", "south"): 40, ("men", "north"): 90,
                          ("men", "south"): 80})  # fmt: skip
    assert shown["women", "north"] is None
    assert shown["women", "south"] is None or shown["women", ALL] is None
    assert shown_counts({}) == {}
    assert shown_funnel(STAGES, {}).reached == {}


def test_cells_of_other_shapes_are_refused() -> None:
    with pytest.raises(BadFunnel, match="every dimension"):
        shown_funnel(STAGES, {("applied", ("women",)): 3, ("applied", ("men", "north")): 3})
    with pytest.raises(BadFunnel, match="More of women"):
        shown_funnel(STAGES, {("applied", ("women",)): 3, ("tests", ("women",)): 4})
