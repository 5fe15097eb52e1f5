"""A made-up coast, provinces and districts that cover the land exactly, without gap or overlap.

The land is a mosaic of small Voronoi cells: a cell belongs to it where its point lies inside a
wavy coast. Districts are grown over neighbouring cells, so that each is in one piece, and any
two share the very same border points. A point lies in the district of the nearest cell point.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.cluster.vq import kmeans2
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import Voronoi, cKDTree
from shapely.geometry.base import BaseGeometry

CELLS_A_DISTRICT = 60
LEAST_CELLS = 900
DECIMALS = 6
"""Border points are kept to 0.1 m, as boundaries are stored."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Land:
    """The generated land. Cell arrays hold land and sea; `cell_district` is -1 at sea."""

    points: Floats
    cell_district: Ints
    districts: list[BaseGeometry]
    provinces: list[BaseGeometry]
    country: BaseGeometry
    district_province: Ints
    triangles: Floats
    triangle_district: Ints
    triangle_area: Floats

    def district_of(self, lon: Floats, lat: Floats) -> Ints:
        """The district of each point; -1 at sea."""
        _, nearest = cKDTree(self.points).query(np.column_stack([lon, lat]))
        return np.asarray(self.cell_district[nearest], np.int64)

    def points_in(self, district: Ints, rng: np.random.Generator) -> tuple[Floats, Floats]:
        """A point anywhere inside each district named, as lon and lat."""
        order = np.argsort(self.triangle_district, kind="stable")
        sorted_district = self.triangle_district[order]
        weight = np.cumsum(self.triangle_area[order])
        before = np.concatenate([[0.0], weight])
        first = np.searchsorted(sorted_district, district, side="left")
        last = np.searchsorted(sorted_district, district, side="right")
        low, high = before[first], before[last]
        at = np.searchsorted(weight, low + rng.random(len(district)) * (high - low), side="right")
        at = np.clip(at, first, last - 1)
        corners = self.triangles[order[at]]
        u, v = rng.random(len(district)), rng.random(len(district))
        over = u + v > 1
        u, v = np.where(over, 1 - u, u), np.where(over, 1 - v, v)
        a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
        inside = a + u[:, None] * (b - a) + v[:, None] * (c - a)
        return inside[:, 0], inside[:, 1]


def make_land(
    rng: np.random.Generator,
    *,
    districts: int,
    provinces: int,
    centre: tuple[float, float],
    radius: tuple[float, float],
) -> Land:
    """Land of this many districts and provinces around a centre (lon, lat), radius in degrees."""
    points = _scattered(rng, max(LEAST_CELLS, CELLS_A_DISTRICT * districts), centre, radius)
    mosaic = Voronoi(points)
    vertices = np.round(mosaic.vertices, DECIMALS)
    links = _neighbours(mosaic, len(points))
    land = _mainland(_inside_coast(rng, points, centre, radius) & _closed(mosaic), links)
    cell_district = _grown(rng, points, links, land, districts)
    cells = {at: _cell(mosaic, vertices, at) for at in np.flatnonzero(land).tolist()}
    shapes = _unions([cells[at] for at in cells], cell_district[list(cells)], districts)
    centres = np.array([[s.centroid.x, s.centroid.y] for s in shapes])
    district_links = _district_links(links, cell_district, districts)
    everywhere = np.ones(districts, np.bool_)
    of_province = _grown(rng, centres, district_links, everywhere, provinces)
    triangles, owner = _triangles(cells, cell_district)
    a, b, c = triangles[:, 0], triangles[:, 1], triangles[:, 2]
    area = np.abs(
        (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
    )
    return Land(
        points=points,
        cell_district=cell_district,
        districts=shapes,
        provinces=_unions(shapes, of_province, provinces),
        country=shapely.coverage_union_all(shapes),
        district_province=of_province,
        triangles=triangles,
        triangle_district=owner,
        triangle_area=area,
    )


def _scattered(
    rng: np.random.Generator, count: int, centre: tuple[float, float], radius: tuple[float, float]
) -> Floats:
    """Points over a box around the land, evened out once so that cells are of like size."""
    # The coast covers a little over a third of the box, so the box needs more points.
    wide = int(count * 2.6)
    low = np.array(centre) - 1.45 * np.array(radius)
    high = np.array(centre) + 1.45 * np.array(radius)
    columns = int(np.sqrt(wide))
    grid = np.stack(np.meshgrid(np.arange(columns), np.arange(columns)), -1).reshape(-1, 2)
    jittered = (grid + 0.5 + rng.uniform(-0.42, 0.42, grid.shape)) / columns
    return np.asarray(low + jittered * (high - low), np.float64)


def _inside_coast(
    rng: np.random.Generator,
    points: Floats,
    centre: tuple[float, float],
    radius: tuple[float, float],
) -> NDArray[np.bool_]:
    """Points inside a closed coast whose distance from the middle swings in waves."""
    unit = (points - np.array(centre)) / np.array(radius)
    angle, distance = np.arctan2(unit[:, 1], unit[:, 0]), np.hypot(unit[:, 0], unit[:, 1])
    coast = np.ones(len(points))
    for wave in range(2, 12):
        swing = rng.normal(0, 0.16 / wave**0.75)
        coast += swing * np.cos(wave * angle + rng.uniform(0, 2 * np.pi))
    return np.asarray(distance < np.clip(coast, 0.45, 1.35))


def _closed(mosaic: Voronoi) -> NDArray[np.bool_]:
    """Cells that do not run to infinity."""
    regions = [mosaic.regions[at] for at in mosaic.point_region]
    return np.array([bool(region) and -1 not in region for region in regions])


def _neighbours(mosaic: Voronoi, count: int) -> csr_matrix:
    """Which cells touch, as a symmetric matrix of distances between their points."""
    pairs = mosaic.ridge_points
    length = np.hypot(*(mosaic.points[pairs[:, 0]] - mosaic.points[pairs[:, 1]]).T)
    rows = np.concatenate([pairs[:, 0], pairs[:, 1]])
    columns = np.concatenate([pairs[:, 1], pairs[:, 0]])
    return coo_matrix((np.tile(length, 2), (rows, columns)), shape=(count, count)).tocsr()


def _mainland(land: NDArray[np.bool_], links: csr_matrix) -> NDArray[np.bool_]:
    """The largest piece of the land; islets are given to the sea."""
    at = np.flatnonzero(land)
    _, piece = connected_components(links[at][:, at], directed=False)
    largest = np.bincount(piece).argmax()
    kept = np.zeros(len(land), np.bool_)
    kept[at[piece == largest]] = True
    return kept


def _grown(
    rng: np.random.Generator,
    points: Floats,
    links: csr_matrix,
    land: NDArray[np.bool_],
    count: int,
) -> Ints:
    """For each cell of the land the region it belongs to; every region is in one piece."""
    at = np.flatnonzero(land)
    where = points[at]
    middles, _ = kmeans2(where, count, minit="++", seed=rng)
    _, nearest = cKDTree(where).query(middles)
    seeds = np.unique(nearest)
    while len(seeds) < count:
        left = np.setdiff1d(np.arange(len(at)), seeds)
        seeds = np.sort(np.append(seeds, rng.choice(left)))
    # Uneven ground between cells makes the borders wander.
    ground = links[at][:, at].tocoo()
    low, high = np.minimum(ground.row, ground.col), np.maximum(ground.row, ground.col)
    rough = rng.uniform(0.6, 1.4, len(at))
    weights = ground.data * (rough[low] + rough[high]) / 2
    graph = coo_matrix((weights, (ground.row, ground.col)), shape=ground.shape).tocsr()
    _, _, source = dijkstra(
        graph, directed=False, indices=seeds, min_only=True, return_predecessors=True
    )
    region = np.full(len(points), -1, np.int64)
    region[at] = np.searchsorted(seeds, source)
    return region


def _cell(mosaic: Voronoi, vertices: Floats, at: int) -> BaseGeometry:
    """The polygon of one cell, its corners in order and none twice."""
    corners = vertices[mosaic.regions[mosaic.point_region[at]]]
    turn = np.arctan2(*(corners - mosaic.points[at]).T[::-1])
    return shapely.Polygon(corners[np.argsort(turn, kind="stable")])


def _unions(shapes: list[BaseGeometry], owner: Ints, count: int) -> list[BaseGeometry]:
    """One shape for each owner; shared borders stay point by point the same."""
    every = np.array(shapes, np.object_)
    return [shapely.coverage_union_all(every[owner == one]) for one in range(count)]


def _district_links(links: csr_matrix, cell_district: Ints, count: int) -> csr_matrix:
    """Which districts touch, each pair at distance one."""
    pairs = links.tocoo()
    one, other = cell_district[pairs.row], cell_district[pairs.col]
    touching = (one >= 0) & (other >= 0) & (one != other)
    found = np.unique(np.column_stack([one[touching], other[touching]]), axis=0)
    ones = np.ones(len(found))
    return coo_matrix((ones, (found[:, 0], found[:, 1])), shape=(count, count)).tocsr()


def _triangles(cells: dict[int, BaseGeometry], cell_district: Ints) -> tuple[Floats, Ints]:
    """All cells cut into triangles, to draw points from, and the district of each."""
    parts, owners = [], []
    for at, cell in cells.items():
        corners = shapely.get_coordinates(cell)[:-1]
        for second in range(1, len(corners) - 1):
            parts.append(corners[[0, second, second + 1]])
            owners.append(cell_district[at])
    return np.array(parts), np.array(owners, np.int64)
