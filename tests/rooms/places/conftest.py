"""A small mission, files of areas made on the spot, and where the real files are."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from shapely.geometry import box, mapping
from shapely.geometry.base import BaseGeometry

from primacy.platform.policy import Grant, Viewer, ViewerKind, operator
from primacy.rooms.places.actions import add_area, create_mission
from primacy.rooms.places.models import Area, Mission

Rows = Sequence[tuple[Mapping[str, object], BaseGeometry | None]]


@pytest.fixture
def actor() -> Viewer:
    return operator("tester")


@pytest.fixture
def mission(db: None, actor: Viewer) -> Mission:
    return create_mission(
        actor=actor, code="carana", name="Carana", short_name="Carana", country="Carana",
        country_code="CR",
    )  # fmt: skip


@pytest.fixture
def add(actor: Viewer, mission: Mission) -> Callable[..., Area]:
    def make(code: str, name: str, level: int = 1, **more: object) -> Area:
        return add_area(
            actor=actor,
            mission=mission,
            code=code,
            name=name,
            level=level,
            **more,  # type: ignore
        )

    return make


@pytest.fixture
def holder(mission: Mission) -> Callable[[str], Viewer]:
    """An account that holds one role on the mission."""

    def make(role: str) -> Viewer:
        return Viewer(ViewerKind.ACCOUNT, role, grants=(Grant(role, mission.pk),))

    return make


@pytest.fixture
def geojson(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows of (properties, shape) as GeoJSON."""

    def write(rows: Rows, name: str = "areas.geojson", **members: object) -> Path:
        features = [
            {
                "type": "Feature",
                "properties": dict(values),
                "geometry": mapping(shape) if shape is not None else None,
            }
            for values, shape in rows
        ]
        path = tmp_path / name
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **members}))
        return path

    return write


@pytest.fixture
def two_counties() -> Rows:
    return [
        ({"name": "Ashfield", "code": "CR01", "pop_total_2008": 1200}, box(-10, 6, -9, 7)),
        ({"name": "Brookland", "code": "CR02", "pop_total_2008": 3400}, box(-9, 6, -8, 7)),
    ]


@pytest.fixture
def real_files() -> Path:
    repository = Path(__file__).resolve().parents[3]
    folder = Path(os.environ.get("PRIMACY_SHARED_DATA", repository.parent / "shared" / "data"))
    if not (folder / "geo").is_dir():
        pytest.skip("the folder of real files is absent (PRIMACY_SHARED_DATA)")
    return folder / "geo"
