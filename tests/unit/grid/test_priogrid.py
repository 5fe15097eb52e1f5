"""PRIO-GRID cell numbers and centres."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.kernels.grid import priogrid_centre, priogrid_id

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)


def test_known_cells_of_published_events() -> None:
    # Kabul (34.531094, 69.162796) and Juba (4.85, 31.616667), as UCDP publishes them.
    assert priogrid_id([34.531094, 4.85], [69.162796, 31.616667]).tolist() == [179779, 136504]


def test_first_and_last_cell_and_the_outer_edges() -> None:
    ids = priogrid_id([-90, 90, 90, -90], [-180, 180, -180, 180])
    assert ids.tolist() == [1, 259_200, 258_481, 720]


def test_a_point_on_an_edge_belongs_to_the_cell_north_east_of_it() -> None:
    assert priogrid_id(0.0, 0.0) == priogrid_id(0.25, 0.25)


@pytest.mark.parametrize(
    ("lat", "lon"), [(90.1, 0), (0, -180.1), (float("nan"), 0), (0, float("inf"))]
)
def test_points_off_the_globe_are_refused(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="latitude must be"):
        priogrid_id(lat, lon)


@pytest.mark.parametrize("gid", [0, 259_201])
def test_cells_that_do_not_exist_have_no_centre(gid: int) -> None:
    with pytest.raises(ValueError, match="numbered 1 to"):
        priogrid_centre(gid)


@given(LATITUDES, LONGITUDES)
def test_every_point_lies_within_a_quarter_degree_of_its_centre(lat: float, lon: float) -> None:
    centre_lat, centre_lon = priogrid_centre(priogrid_id(lat, lon))
    # Closer to an edge than 1e-13 degrees, adding 90 or 180 rounds a float across it.
    assert abs(centre_lat - lat) <= 0.25 + 1e-13
    assert abs(centre_lon - lon) <= 0.25 + 1e-13


@given(st.integers(1, 259_200))
def test_the_centre_of_a_cell_lies_in_that_cell(gid: int) -> None:
    assert priogrid_id(*priogrid_centre(gid)) == gid


def test_all_cells_are_numbered_once() -> None:
    every = np.arange(1, 259_201)
    assert np.array_equal(priogrid_id(*priogrid_centre(every)), every)
