"""Every format gives the same rows; what cannot be read is refused with a way out."""

import gzip
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon, box

from primacy.platform.imports.errors import TooLarge
from primacy.rooms.places.imports import AreasOptions
from primacy.rooms.places.imports import archives as archives_module
from primacy.rooms.places.imports.columns import columns_used
from primacy.rooms.places.imports.errors import (
    ColumnsUnknown,
    CrsUnknown,
    FileUnreadable,
    GisPartMissing,
    HostileArchive,
    LayerUnknown,
)
from primacy.rooms.places.imports.geojson import parse
from primacy.rooms.places.imports.read import read_layer
from primacy.rooms.places.imports.records import Feature
from primacy.rooms.places.imports.shapes import BadShape, checked, fit

Write = Callable[..., Path]
PLAIN = AreasOptions()
UTM29 = "EPSG:32629"
COD = ["ADM1_EN", "ADM1_PCODE", "ADM2_EN", "ADM2_PCODE"]


def write_gis(path: Path, crs: str | None = "EPSG:4326", layer: str | None = None) -> Path:
    raw = pytest.importorskip("pyogrio.raw", reason="the GIS parts are not installed")
    shapes = [box(-10, 6, -9, 7), box(-9, 6, -8, 7)]
    if crs == UTM29:
        pyproj = pytest.importorskip("pyproj")
        turn = pyproj.Transformer.from_crs("EPSG:4326", UTM29, always_xy=True)
        shapes = [
            shapely.transform(s, lambda p: np.column_stack(turn.transform(p[:, 0], p[:, 1])))
            for s in shapes
        ]
    raw.write(
        path,
        np.array([shapely.to_wkb(s) for s in shapes], dtype=object),
        [np.array(["Ashfield", "Brookland"], dtype=object), np.array([1200, 3400])],
        ["ADM1_EN", "POP2008"],
        geometry_type="Polygon",
        crs=crs,
        driver="GPKG" if path.suffix == ".gpkg" else "ESRI Shapefile",
        **({"layer": layer, "append": path.exists()} if layer else {}),
    )
    return path


def zipped(folder: Path, target: Path, without: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in folder.iterdir():
            if part.suffix != without:
                archive.write(part, f"layers/{part.name}")
    return target


def shapefile(tmp_path: Path, crs: str | None = "EPSG:4326") -> Path:
    folder = tmp_path / "shape"
    folder.mkdir()
    return write_gis(folder / "adm1.shp", crs)


def test_geojson_plain_and_packed_give_the_same_rows(
    geojson: Write, two_counties: object, tmp_path: Path
) -> None:
    path = geojson(two_counties)
    packed = tmp_path / "areas.geojson.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    one, other = read_layer(path, PLAIN), read_layer(packed, PLAIN)
    assert one.features == other.features
    assert [f.values["name"] for f in one.features] == ["Ashfield", "Brookland"]


def test_geopackage_is_read(tmp_path: Path) -> None:
    layer = read_layer(write_gis(tmp_path / "a.gpkg"), PLAIN)
    assert layer.format == "GeoPackage"
    assert [f.values["ADM1_EN"] for f in layer.features] == ["Ashfield", "Brookland"]
    assert layer.features[0].shape.equals(box(-10, 6, -9, 7))


def test_geopackage_with_two_polygon_layers_asks_which(tmp_path: Path) -> None:
    path = tmp_path / "two.gpkg"
    write_gis(path, layer="adm1")
    write_gis(path, layer="adm2")
    with pytest.raises(LayerUnknown, match="adm1, adm2"):
        read_layer(path, PLAIN)
    assert len(read_layer(path, AreasOptions(layer="adm2")).features) == 2


def test_zipped_shapefile_in_utm_comes_out_in_degrees(tmp_path: Path) -> None:
    path = shapefile(tmp_path, UTM29)
    layer = read_layer(zipped(path.parent, tmp_path / "utm.zip"), PLAIN)
    assert layer.crs == UTM29
    west, south, east, north = layer.features[0].shape.bounds
    assert (west, south, east, north) == pytest.approx((-10, 6, -9, 7), abs=1e-4)


def test_folder_and_shp_of_a_shapefile_are_the_same_file(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    assert read_layer(path, PLAIN).sha256 == read_layer(path.parent, PLAIN).sha256


def test_shapefile_in_metres_without_prj_is_refused_until_told(tmp_path: Path) -> None:
    path = zipped(shapefile(tmp_path, UTM29).parent, tmp_path / "noprj.zip", without=".prj")
    with pytest.raises(CrsUnknown, match=r"no \.prj.*crs='EPSG:32629'"):
        read_layer(path, PLAIN)
    told = read_layer(path, AreasOptions(crs=UTM29))
    assert told.features[0].shape.bounds[0] == pytest.approx(-10, abs=1e-4)


def test_shapefile_in_degrees_without_prj_is_taken_with_a_note(tmp_path: Path) -> None:
    path = zipped(shapefile(tmp_path).parent, tmp_path / "noprj.zip", without=".prj")
    layer = read_layer(path, PLAIN)
    assert "does not say its coordinate system" in layer.notes[0]


def test_zip_without_dbf_names_the_missing_part(tmp_path: Path) -> None:
    path = zipped(shapefile(tmp_path).parent, tmp_path / "nodbf.zip", without=".dbf")
    with pytest.raises(FileUnreadable, match=r"lacks its \.dbf"):
        read_layer(path, PLAIN)


def test_old_crs_member_of_geojson_is_honoured(geojson: Write) -> None:
    pytest.importorskip("pyproj")
    name = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32629"}}
    path = geojson([({"name": "A"}, box(389000, 663000, 499000, 774000))], crs=name)
    assert read_layer(path, PLAIN).features[0].shape.bounds[0] == pytest.approx(-10, abs=0.01)


def test_missing_gis_parts_say_how_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(b"SQLite format 3\x00 and so on")
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    with pytest.raises(GisPartMissing, match=r"pip install 'primacy\[gis\]'"):
        read_layer(path, PLAIN)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.geojson", b"\x89PNG\r\n\x1a\n\x00\x00", "binary file"),
        ("a.geojson", b"\xff\xfe{\x00}\x00", "binary file"),
        ("a.geojson", b'{"type": "Feature\xe9"}', "not UTF-8"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [{"ty', "not complete"),
        ("a.geojson", b'{"type": "Topology", "objects": {}}', "TopoJSON"),
        ("a.json", b'{"geometryType": "esriGeometryPolygon", "features": []}', "Esri JSON"),
        ("a.json", b"[1, 2]", "not a GeoJSON object"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "no rows"),
        ("a.geojson", b"[" * 200_000, "nested too deeply|not complete"),
        ("a.geojson", b"", "empty"),
        ("a.gpkg", b"<OGRVRTDataSource/>", "content is no GeoPackage"),
        ("a.shp", b"name,code\n", "content is no shapefile"),
        ("a.kml", b"<kml/>", "are not read"),
        ("a.zip", b"PK\x03\x04 broken", "zip is damaged"),
        ("a.geojson.gz", gzip.compress(b"{}" * 500, mtime=0)[:18], "stops early"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match=said) as refused:
        read_layer(path, PLAIN)
    assert name in str(refused.value)
    assert "Nothing was changed." in str(refused.value)


@pytest.mark.parametrize("entry", ["../../evil.shp", "/etc/evil.shp", "..\\evil.shp", "C:/x.shp"])
def test_zip_with_a_path_out_of_its_folder_is_refused(tmp_path: Path, entry: str) -> None:
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, b"x")
    with pytest.raises(HostileArchive, match="leads out of its folder"):
        read_layer(path, PLAIN)
    assert not (tmp_path.parent / "evil.shp").exists()


def test_zip_with_a_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    link = zipfile.ZipInfo("a.shp")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(HostileArchive, match="is a link"):
        read_layer(path, PLAIN)


def test_bombs_are_stopped_while_unpacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives_module, "RATIO_FROM", 100_000)
    path, packed = tmp_path / "bomb.zip", tmp_path / "bomb.geojson.gz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.dbf", b"\x00" * 5_000_000)
    packed.write_bytes(gzip.compress(b" " * 5_000_000))
    for bomb in (path, packed):
        with pytest.raises(HostileArchive, match="unpacks to more than"):
            read_layer(bomb, PLAIN)


def test_zip_with_too_many_entries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for i in range(archives_module.ENTRY_LIMIT + 1):
            archive.writestr(f"{i}.txt", b"")
    with pytest.raises(HostileArchive, match="entries"):
        read_layer(path, PLAIN)


def test_file_above_the_site_limit_is_refused(
    geojson: Write, two_counties: object, settings: object
) -> None:
    settings.PRIMACY_UPLOAD_LIMIT = 100  # type: ignore[attr-defined]
    with pytest.raises(TooLarge, match="Nothing was changed"):
        read_layer(geojson(two_counties), PLAIN)


def test_bow_tie_keeps_both_lobes_and_is_reported() -> None:
    tie = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    document = {"type": "Feature", "properties": {"name": "Tie"}, "geometry": tie}
    features, _ = parse("a.geojson", json.dumps(document).encode())
    shape, repair = checked(features[0], "Tie")
    assert shape.is_valid
    assert shape.area == pytest.approx(0.5)
    assert repair is not None
    assert "Self-intersection" in repair.what


def test_overlapping_parts_are_joined_not_cut_out() -> None:
    parts = shapely.MultiPolygon([box(0, 0, 2, 2), box(1, 1, 3, 3)])
    document = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(parts)}
    features, _ = parse("a.geojson", json.dumps(document).encode())
    shape, repair = checked(features[0], "Parts")
    assert shape.area == pytest.approx(7)
    assert repair is not None
    assert repair.change_percent == pytest.approx(-12.5, abs=0.1)


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (None, "shape of this area again"),
        (Polygon(), "shape of this area again"),
        (Point(1, 1), "layer of areas"),
        (LineString([(0, 0), (1, 1)]), "layer of areas"),
        (box(400000, 600000, 500000, 700000), "metres"),
        (box(6, 100, 7, 101), "swap"),
        (box(1, 1, 1 + 1e-8, 1 + 1e-8), "Draw the shape again"),
    ],
)
def test_shapes_that_are_no_areas_are_refused(shape: object, said: str) -> None:
    with pytest.raises(BadShape) as refused:
        checked(Feature(1, {}, shape), "A")  # type: ignore[arg-type]
    assert said in refused.value.action


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        [],
        "x",
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": None},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"], [1, 1], [1, 0], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0], [1], [1], [0]]]},
        {"type": "Polygon", "coordinates": [[[None, 0], [1, 1], [1, 0], [None, 0]]]},
        {"type": "MultiPolygon", "coordinates": [[0, 1]]},
        {"type": "GeometryCollection", "geometries": [1]},
        {"type": "Circle", "coordinates": [0, 0]},
    ],
)
def test_a_broken_geometry_spoils_its_row_only(geojson: Write, geometry: object) -> None:
    path = geojson([({"name": "A"}, box(0, 0, 1, 1)), ({"name": "B"}, box(1, 0, 2, 1))])
    document = json.loads(path.read_text())
    document["features"][0]["geometry"] = geometry
    path.write_text(json.dumps(document))
    bad, good = read_layer(path, PLAIN).features
    with pytest.raises(BadShape):
        checked(bad, "A")
    assert checked(good, "B")[0].area == pytest.approx(1)


def test_overlaps_and_gaps_between_neighbours_are_measured() -> None:
    ring = box(0, 0, 3, 3).difference(box(1, 1, 2, 2))
    found = fit([ring, box(2.9, 0, 4, 3)])
    assert (found.overlaps, found.gaps) == (1, 1)
    assert found.largest_gap_km2 == pytest.approx(12_360, rel=0.01)


@pytest.mark.parametrize(
    ("columns", "level", "name", "code", "parent"),
    [
        (COD, None, "ADM2_EN", "ADM2_PCODE", "ADM1_EN"),
        (COD, 1, "ADM1_EN", "ADM1_PCODE", ""),
        (["admin0Name", "admin1Name", "admin1Pcod"], None, "admin1Name", "admin1Pcod", ""),
        (["FIRST_CCNA", "CCCODE"], None, "FIRST_CCNA", "CCCODE", ""),
        (["CCNAME", "DNAME", "DCODE"], None, "DNAME", "DCODE", "CCNAME"),
        (["wof:id", "wof:name", "wof:parent_id"], None, "wof:name", "wof:id", "wof:parent_id"),
        (["GID_1", "NAME_1", "GID_2", "NAME_2"], None, "NAME_2", "GID_2", "NAME_1"),
        (["shapeName", "shapeID"], None, "shapeName", "shapeID", ""),
    ],
)  # fmt: skip
def test_columns_of_known_publishers_are_told(
    geojson: Write, columns: list[str], level: int | None, name: str, code: str, parent: str
) -> None:
    layer = read_layer(geojson([({c: "x" for c in columns}, box(0, 0, 1, 1))]), PLAIN)
    used = columns_used(layer, AreasOptions(level=level))
    assert (used.name, used.code, used.parent) == (name, code, parent)


def test_population_of_men_alone_is_never_taken(geojson: Write) -> None:
    values = {"name": "A", "pop_male_2008": 5, "pop_total_2008": 11, "pop_total_1984": 7}
    layer = read_layer(geojson([(values, box(0, 0, 1, 1))]), PLAIN)
    used = columns_used(layer, PLAIN)
    assert (used.population, used.population_year) == ("pop_total_2008", 2008)


def test_columns_that_cannot_be_told_are_listed_with_a_sample(geojson: Write) -> None:
    layer = read_layer(geojson([({"zone_x": "Ashfield"}, box(0, 0, 1, 1))]), PLAIN)
    with pytest.raises(ColumnsUnknown, match=r"zone_x \(e\.g\. Ashfield\).*name_column"):
        columns_used(layer, PLAIN)
    with pytest.raises(ColumnsUnknown, match="no column 'zone_y'"):
        columns_used(layer, AreasOptions(name_column="zone_y"))
