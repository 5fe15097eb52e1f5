"""A mission with two areas, people with one role each, and UCDP files made on the spot."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from primacy.platform.policy import Grant, Viewer, ViewerKind, operator
from primacy.rooms.places.facade import (
    AreasOptions,
    Mission,
    create_mission,
    load_areas,
    preview_areas,
)
from tests.unit.exchange.ucdp_samples import csv_text, event

Writer = Callable[..., Path]


@pytest.fixture
def actor() -> Viewer:
    return operator("tester")


@pytest.fixture
def mission(db: None, actor: Viewer) -> Mission:
    return create_mission(
        actor=actor, code="carana", name="Carana", short_name="Carana", country="Carana"
    )


@pytest.fixture
def holder(mission: Mission) -> Callable[[str], Viewer]:
    """A viewer who holds one role on the mission."""

    def make(role: str) -> Viewer:
        return Viewer(ViewerKind.ACCOUNT, role, grants=(Grant(role, mission.pk),))

    return make


def square(west: float, south: float, east: float, north: float) -> dict[str, object]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def load_two_areas(actor: Viewer, mission: Mission, tmp_path: Path) -> Callable[[], None]:
    """Loads West (30 to 31 degrees east) and East (31 to 32), both 4 to 6 degrees north."""

    def load() -> None:
        rows = [("West", square(30, 4, 31, 6)), ("East", square(31, 4, 32, 6))]
        features = [
            {"type": "Feature", "properties": {"name": name}, "geometry": shape}
            for name, shape in rows
        ]
        path = tmp_path / "areas.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        preview = preview_areas(
            actor=actor, mission=mission, path=path, options=AreasOptions(level=1)
        )
        load_areas(actor=actor, batch_or_preview=preview, keep_good=True)

    return load


@pytest.fixture
def ucdp_file(tmp_path: Path) -> Writer:
    """Writes events as a UCDP csv file; a number stands for the plain event of that number."""

    def write(*rows: int | dict[str, object], name: str = "GEDEvent_v23_1.csv") -> Path:
        path = tmp_path / name
        made = [event(row) if isinstance(row, int) else row for row in rows]
        path.write_text(csv_text(made), encoding="utf-8")
        return path

    return write
