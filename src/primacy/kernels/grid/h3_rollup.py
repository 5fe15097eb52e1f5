"""H3 cells rolled up to coarser cells by integer mask, without the H3 library.

An H3 cell is 64 bits: the resolution in bits 52-55, the base cell in 45-51, then fifteen
three-bit digits, finest last; digits finer than the resolution are all ones (7). A parent is
therefore the same number with a smaller resolution and more digits set to 7.

Source: H3 index specification (h3geo.org, "Bit layout of H3Index").
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

FINEST = 15
_RESOLUTION_SHIFT = 52
_BITS_PER_DIGIT = 3


def h3_resolution(cells: ArrayLike) -> NDArray[np.int64]:
    """The resolution (0-15) of each cell."""
    numbers = np.asarray(cells, dtype=np.int64)
    return np.asarray((numbers >> _RESOLUTION_SHIFT) & 15, dtype=np.int64)


def h3_parent(cells: ArrayLike, resolution: int) -> NDArray[np.int64]:
    """The parent of each cell at `resolution`; a cell already at it is its own parent.

    Raises ValueError when the resolution is outside 0-15 or finer than one of the cells.
    """
    if not 0 <= resolution <= FINEST:
        raise ValueError(f"an H3 resolution is 0 to {FINEST}, not {resolution}")
    numbers = np.asarray(cells, dtype=np.int64)
    if np.any(h3_resolution(numbers) < resolution):
        raise ValueError(f"a cell coarser than resolution {resolution} has no parent there")
    unused_digits = (1 << (_BITS_PER_DIGIT * (FINEST - resolution))) - 1
    kept = numbers & np.int64(~(15 << _RESOLUTION_SHIFT))
    return np.asarray(
        kept | np.int64(resolution << _RESOLUTION_SHIFT) | np.int64(unused_digits), dtype=np.int64
    )
