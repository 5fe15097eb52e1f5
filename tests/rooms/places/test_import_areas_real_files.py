"""The files of real publishers load as a planner expects; skipped where they are absent."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from primacy.platform.policy import Viewer
from primacy.rooms.places.actions import add_area, create_mission
from primacy.rooms.places.imports import AreasOptions, AreasPreview, load_areas, preview_areas
from primacy.rooms.places.models import Area, AreaPopulation, Mission

LIBERIA = (
    "Bomi,Bong,Gbarpolu,Grand Bassa,Grand Cape Mount,Grand Gedeh,Grand Kru,Lofa,Margibi,Maryland,"
    "Montserrado,Nimba,River Cess,River Gee,Sinoe"
).split(",")
SIERRA_LEONE = ["Northern Province", "Southern Province", "Eastern Province", "Western Area"]


@pytest.fixture
def country(db: None, actor: Viewer) -> Callable[..., Mission]:
    def make(name: str, code: str, areas: list[str]) -> Mission:
        mission = create_mission(
            actor=actor, code=code.lower(), name=name, short_name=name, country=name,
            country_code=code,
        )  # fmt: skip
        top = add_area(actor=actor, mission=mission, code=code, name=name, level=0, kind="country")
        for number, area in enumerate(areas, 1):
            add_area(
                actor=actor, mission=mission, code=f"{code}-{number}", name=area, level=1,
                kind="county", parent=top,
            )  # fmt: skip
        return mission

    return make


def run(
    actor: Viewer, mission: Mission, path: Path, options: AreasOptions | None = None
) -> AreasPreview:
    preview = preview_areas(actor=actor, mission=mission, path=path, options=options)
    load_areas(actor=actor, batch_or_preview=preview, keep_good=False)
    return preview


def test_liberian_counties_then_districts(
    actor: Viewer, country: Callable[..., Mission], real_files: Path
) -> None:
    mission = country("Liberia", "LR", LIBERIA)
    folder = real_files / "liberia"
    counties = run(actor, mission, folder / "lbr_counties_lisgis_census2008.geojson.gz")
    assert (len(counties.matched), counties.new, counties.kept) == (15, [], [])
    assert AreaPopulation.objects.filter(year=2008).count() == 15
    assert AreaPopulation.objects.get(area__name="Bomi").value == 82036

    path = folder / "lbr_districts_lisgis.geojson.gz"
    districts = run(actor, mission, path)
    assert (districts.level, len(districts.new)) == (2, 137)
    assert None not in districts.parents.values()
    assert any("'Rural Montserrado' → Montserrado" in note for note in districts.notes)
    assert Area.objects.filter(level=2, parent__name="Montserrado").exists()
    again = run(actor, mission, path)
    assert (again.known, len(again.new)) == (137, 0)


@pytest.mark.parametrize(
    "name",
    [
        "liberia/lbr_counties_ocha2014.geojson.gz",
        "admin/wca_adm1_west_central_africa.geojson.gz",
        "wof/LBR_region.geojson.gz",
    ],
)
def test_other_publishers_name_the_same_fifteen_counties(
    actor: Viewer, country: Callable[..., Mission], real_files: Path, name: str
) -> None:
    preview = run(actor, country("Liberia", "LR", LIBERIA), real_files / name)
    assert (len(preview.matched), preview.new, preview.kept) == (15, [], [])


def test_sierra_leone_keeps_a_district_that_moved_to_a_new_province(
    actor: Viewer, country: Callable[..., Mission], real_files: Path
) -> None:
    mission = country("Sierra Leone", "SL", SIERRA_LEONE)
    run(actor, mission, real_files / "admin" / "sle_adm1_2020_wfp_gaul.geojson.gz")
    old = run(actor, mission, real_files / "sierra_leone" / "sle_districts_ocha2014.geojson.gz")
    assert len(old.new) == 14
    assert None not in old.parents.values()
    new = run(actor, mission, real_files / "admin" / "sle_adm2_2020_wfp_gaul.geojson.gz")
    assert {m.name for m in new.matched if m.how == "name and place"} == {"Kambia", "Port Loko"}
    assert {"Karene", "Falaba"} <= {n.name for n in new.new}


def test_unnamed_rows_of_a_gazetteer_are_reported_and_the_rest_can_be_loaded(
    actor: Viewer, country: Callable[..., Mission], real_files: Path
) -> None:
    mission = country("Liberia", "LR", LIBERIA)
    run(actor, mission, real_files / "wof" / "LBR_region.geojson.gz")
    preview = preview_areas(
        actor=actor, mission=mission, path=real_files / "wof" / "LBR_county.geojson.gz"
    )
    assert Counter(p.severity for p in preview.problems)["error"] == 2
    assert preview.bad_rows == 2
    assert len(preview.new) == 65
