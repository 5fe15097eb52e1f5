"""A file that holds several levels: only the rows of the level asked for are loaded."""

import json
from pathlib import Path

import pytest

from primacy.platform.policy import operator
from primacy.rooms.places.facade import (
    Area,
    AreasOptions,
    create_mission,
    load_areas,
    preview_areas,
)

pytestmark = pytest.mark.django_db


def square(west: float, size: float = 1.0) -> dict[str, object]:
    ring = [[west, 0], [west + size, 0], [west + size, 1], [west, 1], [west, 0]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_rows_of_other_levels_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = [("Land", 0, square(0, 2)), ("West", 1, square(0)), ("East", 1, square(1))]
    features = [
        {"type": "Feature", "properties": {"name": n, "level": level}, "geometry": shape}
        for n, level, shape in rows
    ]
    path = tmp_path / "land.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    me = operator("test")
    mission = create_mission(actor=me, code="land", name="Land", short_name="L", country="Land")
    seen = preview_areas(actor=me, mission=mission, path=path, options=AreasOptions(level=1))
    assert any("1 rows of other levels" in note for note in seen.notes)
    load_areas(actor=me, batch_or_preview=seen, keep_good=False)
    assert set(Area.objects.values_list("name", flat=True)) == {"West", "East"}
