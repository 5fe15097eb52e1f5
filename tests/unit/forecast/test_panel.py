import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.kernels.forecast import (
    BadMonth,
    BadNeighbours,
    BadPanel,
    Panel,
    border_rings,
    distance_rings,
    grid_rings,
    last_complete_month,
    month_id,
    panel_of,
    weighted_ring,
    year_and_month,
)
from primacy.kernels.forecast.months import first_day


@pytest.mark.parametrize(
    ("year", "month", "number"), [(1980, 1, 1), (2018, 1, 457), (2023, 12, 528)]
)
def test_months_are_numbered_as_views_numbers_them(year: int, month: int, number: int) -> None:
    assert month_id(year, month) == number
    assert year_and_month(number) == (year, month)


@given(st.integers(-1000, 3000))
def test_a_month_number_comes_back_from_its_year_and_month(number: int) -> None:
    assert month_id(*year_and_month(number)) == number


def test_a_month_counts_as_complete_on_its_last_day_only() -> None:
    february = month_id(2024, 2)
    assert last_complete_month(dt.date(2024, 2, 28)) == february - 1
    assert last_complete_month(dt.date(2024, 2, 29)) == february
    assert first_day(february) == dt.date(2024, 2, 1)


def test_there_is_no_thirteenth_month() -> None:
    with pytest.raises(BadMonth, match="13"):
        month_id(2020, 13)


def test_deaths_of_a_unit_and_month_add_up_and_others_are_left_out() -> None:
    events = ([7, 5, 7, 7, 9, 5], [11, 10, 11, 13, 11, 9], [2, 1, 3, 50, 50, 50])
    panel = panel_of([7, 5], (10, 12), events, vintage="v1", known_on="2024-05-01")
    assert panel.counts.tolist() == [[0, 5, 0], [1, 0, 0]]
    assert (panel.last_month, panel.vintage, panel.known_on) == (12, "v1", "2024-05-01")
    assert panel.at([11]).tolist() == [[5], [0]]
    assert panel.chosen([5]).counts.tolist() == [[1, 0, 0]]


def test_a_panel_cut_off_shares_no_memory_with_what_came_later() -> None:
    panel = panel_of([1], (1, 4), ([1, 1], [2, 4], [3, 9]))
    past = panel.until(2)
    assert past.last_month == 2
    assert past.counts.base is None
    assert past.counts.tolist() == [[0, 3]]
    with pytest.raises(BadMonth):
        past.at([3])
    with pytest.raises(BadMonth):
        panel.until(5)


def test_counts_that_cannot_be_are_refused() -> None:
    since = np.array([1])
    for counts in ([[-1.0]], [[np.nan]], [1.0], [[1.0], [2.0]]):
        with pytest.raises(BadPanel):
            Panel(np.array([1]), 1, np.array(counts), since)
    with pytest.raises(BadPanel, match="twice"):
        Panel(np.array([1, 1]), 1, np.zeros((2, 1)), np.array([1, 1]))


def test_grid_rings_are_the_cells_one_and_two_steps_away() -> None:
    cells = ((np.arange(5)[:, None] + 100) * 720 + np.arange(5) + 301).ravel()
    rings = grid_rings(cells)
    middle = 12
    assert [int(m[[middle]].sum()) for m in rings.matrices] == [8, 16]
    assert [int(m[[0]].sum()) for m in rings.matrices] == [3, 5]
    for matrix in rings.matrices:
        assert (matrix != matrix.T).nnz == 0


def test_the_grid_joins_up_at_the_date_line() -> None:
    west, east = 100 * 720 + 1, 100 * 720 + 720
    assert grid_rings([west, east]).matrices[0].toarray().tolist() == [[0, 1], [1, 0]]


def test_neighbours_of_neighbours_are_the_second_ring() -> None:
    chain = border_rings([(0, 1), (1, 2), (2, 3)], 4, count=3)
    assert [m.toarray()[0].tolist() for m in chain.matrices] == [
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
    ]


def test_no_road_is_not_next_door() -> None:
    minutes = [[0, 30, np.inf], [30, 0, 90], [np.inf, 90, 0]]
    near, far = distance_rings(minutes, (60, 120)).matrices
    assert near.toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert far.toarray().tolist() == [[0, 0, 0], [0, 0, 1], [0, 1, 0]]


def test_a_weighted_ring_drops_the_unit_itself_and_refuses_negative_weights() -> None:
    assert weighted_ring([[5.0, 0.5], [0.2, 5.0]]).matrices[0].toarray().tolist() == [
        [0, 0.5],
        [0.2, 0],
    ]
    with pytest.raises(BadNeighbours):
        weighted_ring([[0.0, -0.5], [0.2, 0.0]])
