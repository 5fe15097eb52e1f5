"""PRIO-GRID: the half-degree world grid most conflict research counts in.

Cells are 0.5 x 0.5 degrees, 720 columns by 360 rows, numbered from 1 at the south-west corner
(90° S, 180° W), eastwards first, to 259,200 at the north-east corner.

Source: Tollefsen, Strand and Buhaug (2012), "PRIO-GRID: A unified spatial data structure",
Journal of Peace Research 49(2), 363-374.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

CELL_DEGREES = 0.5
COLUMNS = 720
ROWS = 360
CELLS = COLUMNS * ROWS


def priogrid_id(lat: ArrayLike, lon: ArrayLike) -> NDArray[np.int64]:
    """The PRIO-GRID cell number of each point, as an int64 array of the broadcast shape.

    `lat` and `lon` are degrees (WGS 84). A point on a cell's south or west edge belongs to that
    cell; the north pole and 180° E belong to the last row and column, as no cell begins there.
    Raises ValueError for a coordinate that is not finite or lies outside the globe.
    """
    latitude = np.asarray(lat, dtype=np.float64)
    longitude = np.asarray(lon, dtype=np.float64)
    # Written as "not all inside" so that NaN, which fails every comparison, is refused too.
    if not np.all(np.abs(latitude) <= 90) or not np.all(np.abs(longitude) <= 180):
        raise ValueError("latitude must be within -90..90 and longitude within -180..180")
    row = np.minimum(np.floor((latitude + 90) / CELL_DEGREES), ROWS - 1).astype(np.int64)
    column = np.minimum(np.floor((longitude + 180) / CELL_DEGREES), COLUMNS - 1).astype(np.int64)
    return np.asarray(row * COLUMNS + column + 1, dtype=np.int64)


def priogrid_centre(gid: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The latitude and longitude (degrees) of the centre of each cell.

    Raises ValueError for a number outside 1..259,200.
    """
    number = np.asarray(gid, dtype=np.int64)
    if np.any((number < 1) | (number > CELLS)):
        raise ValueError(f"PRIO-GRID cells are numbered 1 to {CELLS}")
    row, column = np.divmod(number - 1, COLUMNS)
    latitude = (row + 0.5) * CELL_DEGREES - 90
    longitude = (column + 0.5) * CELL_DEGREES - 180
    return np.asarray(latitude, np.float64), np.asarray(longitude, np.float64)
