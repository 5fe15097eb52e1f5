"""Points of incidents: their H3 cell and the area they lie in."""

import uuid
from dataclasses import dataclass
from itertools import islice
from typing import cast

import numpy as np
import shapely
from django.db import connection, transaction
from h3.api import basic_int
from numpy.typing import NDArray

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.database.viewer_scope import keeping
from primacy.platform.policy import Viewer, require
from primacy.rooms.incidents.imports.store import key_of, table
from primacy.rooms.incidents.models import Incident
from primacy.rooms.places.facade import Mission, boundaries_at

H3_RESOLUTION = 9
WRITTEN_AT_ONCE = 5_000
OUTSIDE = -1


@dataclass(frozen=True)
class Relocated:
    """How many incidents a mission has, how many changed their area, how many lie in none."""

    incidents: int
    moved: int
    outside: int


class MissionAreas:
    """The mission's areas in force, to put many points into: the deepest level wins.

    Built for hundreds of thousands of points: each polygon is asked once for all points, so that
    its edges are indexed once, and points that repeat are looked up once.
    """

    def __init__(self, viewer: Viewer, mission: Mission) -> None:
        day = mission.default_as_of or clock.today()
        found = sorted(
            boundaries_at(viewer, mission, day).values(),
            key=lambda boundary: (-boundary.area.level, boundary.area.code),
        )
        self.boundaries = tuple(boundary.pk for boundary in found)
        self.ids: list[uuid.UUID] = [boundary.area_id for boundary in found]
        self._shapes = [shapely.from_geojson(boundary.geometry) for boundary in found]

    def locate(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.int64]:
        """For each point the position of its area in `ids`, or -1 outside all of them."""
        if not self.ids or not len(lat):
            return np.full(len(lat), OUTSIDE, np.int64)
        single, back = _single(lat, lon)
        deepest = np.full(len(single), len(self.ids), np.int64)
        points = cast("NDArray[np.object_]", shapely.points(single.real, single.imag))
        tree = shapely.STRtree(points)
        shapes, hits = tree.query(self._shapes, predicate="intersects")
        np.minimum.at(deepest, hits, shapes)
        deepest[deepest == len(self.ids)] = OUTSIDE
        return deepest[back]


def h3_cells(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.int64]:
    """The H3 cell (resolution 9) of each point."""
    single, back = _single(lat, lon)
    cell = basic_int.latlng_to_cell
    pairs = zip(single.imag.tolist(), single.real.tolist(), strict=True)
    cells = np.fromiter((cell(y, x, H3_RESOLUTION) for y, x in pairs), np.int64, count=len(single))
    return cells[back]


def relocate_incidents(*, actor: Viewer, mission: Mission) -> Relocated:
    """What changed when every incident was put into the areas in force now.

    To be called after areas were loaded or undone.
    """
    require(actor, "imports.run", mission.pk)
    require(actor, "incidents.edit", mission.pk)
    places = MissionAreas(actor, mission)
    # Each incident is moved, also one this person may not read.
    with keeping(mission.pk):
        return _relocated(actor, mission, places)


def _relocated(actor: Viewer, mission: Mission, places: MissionAreas) -> Relocated:
    rows = list(
        Incident.objects.filter(mission=mission).order_by().values_list(
            "pk", "lat", "lon", "area_id"
        )
    )  # fmt: skip
    lat = np.array([row[1] for row in rows], np.float64)
    lon = np.array([row[2] for row in rows], np.float64)
    at = places.locate(lat, lon)
    changed = [
        (new, pk)
        for (pk, _, _, old), position in zip(rows, at.tolist(), strict=True)
        if (new := places.ids[position] if position != OUTSIDE else None) != old
    ]
    result = Relocated(len(rows), len(changed), int((at == OUTSIDE).sum()))
    if changed:
        with transaction.atomic():
            _write_areas(changed)
            body = {"moved": result.moved, "outside": result.outside}
            record(actor, "incidents.relocate", mission, body, mission_id=mission.pk)
    return result


def _write_areas(changed: list[tuple[uuid.UUID | None, uuid.UUID]]) -> None:
    """Sets the areas in bulk; the caller holds the transaction and writes the audit entry."""
    pairs = ((key_of(area) if area else None, key_of(pk)) for area, pk in changed)
    with connection.cursor() as cursor:
        while block := list(islice(pairs, WRITTEN_AT_ONCE)):
            cursor.executemany(f"UPDATE {table()} SET area_id = %s WHERE id = %s", block)  # noqa: S608


def _single(
    lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> tuple[NDArray[np.complex128], NDArray[np.intp]]:
    """Each point once, as lon + lat·i, and where every point stands among them."""
    single, back = np.unique(lon + 1j * lat, return_inverse=True)
    return single, back
