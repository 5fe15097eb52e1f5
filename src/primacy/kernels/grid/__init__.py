"""Grid methods: PRIO-GRID cell numbers and H3 roll-up by integer mask."""

from primacy.kernels.grid.h3_rollup import h3_parent, h3_resolution
from primacy.kernels.grid.priogrid import priogrid_centre, priogrid_id

__all__ = ["h3_parent", "h3_resolution", "priogrid_centre", "priogrid_id"]
