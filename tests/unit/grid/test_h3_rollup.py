"""H3 parents by integer mask, against the H3 library."""

import h3
import numpy as np
import pytest

from primacy.kernels.grid import h3_parent, h3_resolution


def random_cells(resolution: int, count: int = 300) -> list[int]:
    draw = np.random.default_rng(resolution)
    points = zip(draw.uniform(-90, 90, count), draw.uniform(-180, 180, count), strict=True)
    return [h3.str_to_int(h3.latlng_to_cell(lat, lon, resolution)) for lat, lon in points]


@pytest.mark.parametrize("fine", [5, 9, 15])
def test_parents_equal_those_of_the_library_at_every_resolution(fine: int) -> None:
    cells = random_cells(fine)
    for coarse in range(fine + 1):
        expected = [h3.str_to_int(h3.cell_to_parent(h3.int_to_str(c), coarse)) for c in cells]
        assert h3_parent(np.array(cells, np.int64), coarse).tolist() == expected


def test_parents_of_pentagon_children_equal_those_of_the_library() -> None:
    pentagon = next(iter(h3.get_pentagons(3)))
    children = [h3.str_to_int(cell) for cell in h3.cell_to_children(pentagon, 6)]
    assert set(h3_parent(children, 3).tolist()) == {h3.str_to_int(pentagon)}


def test_resolution_is_read_from_the_cell() -> None:
    cells = [random_cells(resolution, 1)[0] for resolution in range(16)]
    assert h3_resolution(cells).tolist() == list(range(16))


def test_a_coarse_cell_has_no_finer_parent() -> None:
    with pytest.raises(ValueError, match="coarser than resolution 7"):
        h3_parent(random_cells(5, 3), 7)


def test_resolutions_beyond_fifteen_are_refused() -> None:
    with pytest.raises(ValueError, match="0 to 15"):
        h3_parent(random_cells(9, 3), 16)
