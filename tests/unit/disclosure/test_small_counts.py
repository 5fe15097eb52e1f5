"""No count below the minimum can be worked out from what is shown."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from primacy.kernels.disclosure import (
    SEXUAL_VIOLENCE_MINIMUM,
    BadTable,
    CannotProtect,
    Known,
    Protected,
    Reason,
    Sum,
    Zeros,
    intervals,
    protect,
    protect_pair,
    released,
    two_way,
)

counts = st.one_of(st.integers(0, 12), st.integers(0, 60), st.integers(0, 400))


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, int], list[Sum]]:
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(2, 5))
    table = {(f"r{i}", f"c{j}"): draw(counts) for i in range(rows) for j in range(columns)}
    cells, sums = two_way(table)
    if rows >= 4 and draw(st.booleans()):
        # Provinces above districts: a level between row and all.
        sums = [
            *sums[:-1],
            Sum("north|", ("r0|", "r1|")),
            Sum("south|", tuple(f"r{i}|" for i in range(2, rows))),
            Sum("|", ("north|", "south|")),
        ]
        sums += [Sum(f"north|c{j}", (f"r0|c{j}", f"r1|c{j}")) for j in range(columns)]
    return cells, sums


def quantities(cells: dict[str, int], sums: list[Sum]) -> dict[str, int]:
    values = dict(cells)
    for total in sums:
        values[total.name] = sum(values[name] for name in total.members)
    return values


def attacked(
    cells: dict[str, int], sums: list[Sum], shown: Protected, least: int = 0
) -> dict[str, tuple[float, float]]:
    """An attack written apart from the kernel's: one dense program an end, on all quantities."""
    names = list(quantities(cells, sums))
    matrix = np.zeros((len(sums), len(names)))
    for row, total in enumerate(sums):
        matrix[row, names.index(total.name)] = -1
        for member in total.members:
            matrix[row, names.index(member)] = 1
    bounds = [(least, None) if shown[n] is None else (shown[n], shown[n]) for n in names]
    found = {}
    for name in shown.held_back:
        ends = []
        for sign in (1, -1):
            weights = np.zeros(len(names))
            weights[names.index(name)] = sign
            out = linprog(weights, A_eq=matrix, b_eq=np.zeros(len(sums)), bounds=bounds)
            ends.append(float("inf") if out.status == 3 else float(out.x[names.index(name)]))
        found[name] = (ends[0], ends[1])
    return found


@settings(max_examples=40, deadline=None)
@given(table=tables(), zeros=st.sampled_from(Zeros))
def test_an_attack_leaves_every_small_count_as_wide_as_the_minimum(
    table: tuple[dict[str, int], list[Sum]], zeros: Zeros
) -> None:
    cells, sums = table
    try:
        shown = protect(cells, sums, zeros=zeros)
    except CannotProtect:
        assume(False)
    least = 1 if zeros is Zeros.SHOWN else 0
    for name, (low, high) in attacked(cells, sums, shown, least).items():
        wanted = 10 if shown.reasons[name] is Reason.SMALL else 1
        assert high - low >= wanted - 1e-6, (name, low, high)


@settings(max_examples=40, deadline=None)
@given(table=tables())
def test_what_is_shown_is_true_and_never_small(table: tuple[dict[str, int], list[Sum]]) -> None:
    cells, sums = table
    try:
        shown = protect(cells, sums)
    except CannotProtect:
        assume(False)
    for name, value in quantities(cells, sums).items():
        assert shown[name] in (None, value)
        if value < 10:
            assert shown[name] is None


@settings(max_examples=20, deadline=None)
@given(table=tables())
def test_the_kernels_own_attack_agrees_with_the_plain_one(
    table: tuple[dict[str, int], list[Sum]],
) -> None:
    cells, sums = table
    # The naive table: the small ones held back and nothing else.
    values = {n: None if v < 10 else v for n, v in quantities(cells, sums).items()}
    naive = Protected(values, {})
    ours = intervals(cells, sums, naive)
    for name, (low, high) in attacked(cells, sums, naive).items():
        assert ours[name].low == pytest.approx(low, abs=1e-6)
        assert ours[name].high == pytest.approx(high, abs=1e-6)


def test_one_small_cell_alone_would_be_found_by_subtraction() -> None:
    cells, sums = two_way(
        {("a", "men"): 40, ("a", "women"): 3, ("b", "men"): 50, ("b", "women"): 20}
    )
    naive = Protected({n: None if v < 10 else v for n, v in quantities(cells, sums).items()}, {})
    assert intervals(cells, sums, naive)["a|women"].width == 0
    shown = protect(cells, sums)
    assert set(shown.held_back) == {"a|women", "a|men", "b|women", "b|men"}
    assert shown["|"] == 113


def test_the_true_table_always_fits_what_is_shown() -> None:
    cells, sums = two_way(
        {
            (r, c): n
            for (r, c), n in zip(
                itertools.product("abc", "xyz"), [3, 40, 12, 8, 15, 60, 21, 33, 9], strict=True
            )
        }
    )
    shown = protect(cells, sums)
    for name, interval in intervals(cells, sums, shown).items():
        assert interval.low - 1e-6 <= quantities(cells, sums)[name] <= interval.high + 1e-6


def test_a_published_total_stays_and_its_parts_are_covered() -> None:
    cells = {"deaths": 4, "injured": 31, "missing": 25}
    shown = protect(cells, [Sum("victims", tuple(cells), published=True)])
    assert shown["victims"] == 60
    assert shown.reasons["victims"] is Reason.PUBLISHED
    assert shown["deaths"] is None
    assert len(shown.held_back) == 2


def test_a_published_total_that_gives_a_small_count_away_is_refused() -> None:
    with pytest.raises(CannotProtect) as refusal:
        protect({"a": 3, "b": 2}, [Sum("all", ("a", "b"), published=True)])
    assert "Leave out a total" in str(refusal.value)


def test_victims_of_sexual_violence_have_a_higher_minimum() -> None:
    cells, sums = two_way({("a", "x"): 15, ("a", "y"): 90, ("b", "x"): 80, ("b", "y"): 70})
    assert protect(cells, sums).held_back == ()
    held = protect(cells, sums, minimum=SEXUAL_VIOLENCE_MINIMUM).held_back
    assert "a|x" in held
    assert len(held) >= 4
    only_one = protect(cells, sums, minimum={"a|x": SEXUAL_VIOLENCE_MINIMUM})
    assert "a|x" in only_one.held_back


def test_zeros_are_held_back_unless_it_is_said_that_they_are_shown() -> None:
    cells, sums = two_way({("a", "x"): 0, ("a", "y"): 90, ("b", "x"): 80, ("b", "y"): 70})
    assert "a|x" in protect(cells, sums).held_back
    assert protect(cells, sums, zeros=Zeros.SHOWN)["a|x"] == 0


def test_a_second_release_does_not_undo_the_first() -> None:
    """All of a district less all its women: the difference is a small count nobody may have."""
    cells = {"women": 30, "men": 4}
    first = protect(cells, [Sum("all", ("women", "men"))])
    assert (first["women"], first["men"], first["all"]) == (None, None, 34)
    with pytest.raises(CannotProtect):
        protect(
            cells, [Sum("all", ("women", "men"))], known=[*released(first), Known(("women",), 30)]
        )


def test_a_later_filter_is_held_back_where_the_difference_would_be_small() -> None:
    """Two overlapping lists that differ by six persons."""
    cells = {"in both": 50, "only in the second": 6, "elsewhere": 40}
    second = Sum("second list", ("in both", "only in the second"))
    alone = protect(cells, [second])
    assert alone["second list"] == 56
    later = protect(cells, [second], known=[Known(("in both",), 50)])
    assert later["second list"] is None


@pytest.mark.parametrize(
    ("total", "part", "shown"),
    [
        (100, 30, (100, 30)),
        (100, 3, (100, None)),
        (100, 95, (100, None)),
        (9, 4, (None, None)),
        (9, None, (None, None)),
        (40, None, (40, None)),
        (None, 30, (None, 30)),
        (None, 3, (None, None)),
    ],
)
def test_a_part_of_a_total_is_not_shown_where_it_or_the_rest_is_small(
    total: int | None, part: int | None, shown: tuple[int | None, int | None]
) -> None:
    assert protect_pair(total, part) == shown


@pytest.mark.parametrize(
    ("cells", "sums"),
    [
        ({"a": -1}, []),
        ({"a": 1}, [Sum("a", ("a",))]),
        ({"a": 1}, [Sum("all", ("a", "b"))]),
        ({"a": 1}, [Sum("all", ("a", "a"))]),
    ],
)
def test_a_table_that_cannot_be_is_refused(cells: dict[str, int], sums: list[Sum]) -> None:
    with pytest.raises(BadTable):
        protect(cells, sums)


def test_the_same_table_gives_the_same_answer() -> None:
    rng = np.random.default_rng(4)
    cells, sums = two_way(
        {(f"r{i}", f"c{j}"): int(rng.integers(0, 60)) for i in range(12) for j in range(5)}
    )
    assert protect(cells, sums).held_back == protect(cells, sums).held_back
