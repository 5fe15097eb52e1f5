"""Hostile files at every reader: refused in words or read as what they are, at little cost.

Each is read in a child process that may grow by 300 MB."""

import csv
import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from primacy.platform.imports.errors import ImportRefused
from primacy.rooms.incidents.errors import IncidentsError
from primacy.rooms.incidents.imports.incident_file import read_incident_file
from primacy.rooms.incidents.imports.read import read_file
from primacy.rooms.places.errors import PlacesError
from primacy.rooms.places.imports.read import read_layer
from primacy.rooms.places.imports.records import AreasOptions
from tests.hostile import samples as s
from tests.hostile.confined import SECONDS, Outcome, read_confined

REFUSALS = (ImportRefused, PlacesError, IncidentsError)
READERS: dict[str, Callable[[Path], object]] = {
    "areas": lambda path: read_layer(path, AreasOptions()),
    "ucdp": lambda path: read_file(path, "23.1"),
    "incidents": lambda path: read_incident_file(path, "Carana").problems,
}
FILES: dict[str, tuple[str, Callable[[Path], Path]]] = {
    # name: (file name, how it is made)
    "gz bomb": ("a.geojson.gz", s.bomb_gz),
    "gz bomb of one line": ("a.csv.gz", lambda p: s.bomb_gz(p, 800, b"," * (1 << 20))),
    "gz bomb of JSON": ("a.json.gz", lambda p: s.bomb_gz(p, 800, b"[" * (1 << 20))),
    "zip bomb": ("a.zip", s.bomb_zip),
    "zip bomb of a map": ("a.zip", lambda p: s.bomb_zip(p, "a.geojson")),
    "nested zip": ("a.zip", s.nested_zip),
    "zip with lying sizes": ("a.zip", s.lying_zip),
    "crowded zip": ("a.zip", s.crowded_zip),
    "link": ("a.zip", s.linking_zip),
    "absolute name": ("a.zip", lambda p: s.named_zip(p, "/etc/cron.d/a.geojson")),
    "name above the folder": ("a.zip", lambda p: s.named_zip(p, "../../a.geojson")),
    "Windows name": ("a.zip", lambda p: s.named_zip(p, "C:\\a.geojson")),
    "NUL in a name": ("a.zip", lambda p: s.named_zip(p, "a\0.geojson")),
    "name that turns round": ("a.zip", lambda p: s.named_zip(p, "a\u202enosjoeg.exe")),
    "huge field": ("a.csv", lambda p: s.written(p, s.HEADER + "1," + "x" * 60_000_000)),
    "NUL in CSV": ("a.csv", lambda p: s.written(p, s.HEADER + "1\0,crime\n")),
    "open quotation": ("a.csv", lambda p: s.written(p, s.HEADER + '"' + "a\n" * 10_000_000)),
    "UTF-16": ("a.csv", lambda p: s.written(p, (s.HEADER + s.ROW).encode("utf-16"))),
    "wide header": ("a.csv", lambda p: s.written(p, "," * 100_000 + "\n" + "x")),
    "deep GeoJSON": ("a.geojson", s.deep_json),
    "deep collection": ("a.geojson", s.deep_collection),
    "endless number": ("a.json", lambda p: s.written(p, '{"features":[' + "9" * 5000 + "]}")),
    "ten million points": ("a.geojson", s.long_polygon),
    "other database": ("a.gpkg", s.trapped_sqlite),
    "macro book": ("a.xlsx", lambda p: s.workbook(p, s.cells(s.GOOD), **s.MACRO)),
    "billion laughs": ("a.xlsx", lambda p: s.workbook(p, s.LAUGHS + s.cells([["&i1;"]]))),
    "entity from a file": (
        "a.xlsx",
        lambda p: s.workbook(p, s.OUTSIDE % "file:///etc/passwd" + s.cells([["&e;"]])),
    ),
    "entity from the network": (
        "a.xlsx",
        lambda p: s.workbook(p, s.OUTSIDE % "http://127.0.0.1:1/x" + s.cells([["&e;"]])),
    ),
    "entity in the texts": (
        "a.xlsx",
        lambda p: s.workbook(p, s.cells(s.GOOD), **{"xl/sharedStrings.xml": s.LAUGHS + "<sst/>"}),
    ),
    "formula cell": (
        "a.xlsx",
        lambda p: s.workbook(
            p, s.cells(s.GOOD, '<row><c r="A3"><f>HYPERLINK("x")</f><v>1</v></c></row>')
        ),
    ),
    "book that is a bomb": ("a.xlsx", lambda p: s.workbook(p, " " * 400_000_000)),
    "cells far apart": (
        "a.xlsx",
        lambda p: s.workbook(
            p, s.cells([], '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
        ),
    ),
    "no book at all": ("a.xlsx", lambda p: s.named_zip(p, "xl/workbook.xml", b"<x")),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module", params=FILES)
def hostile(request: pytest.FixtureRequest, folder: Path) -> Path:
    """Each hostile file, made once for all readers."""
    name, make = FILES[request.param]
    own = folder / request.param.replace(" ", "-")
    own.mkdir(exist_ok=True)
    return make(own / name)


@pytest.mark.parametrize("reader", READERS)
def test_a_hostile_file_is_refused_and_costs_little(
    reader: str, hostile: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    outcome = read_confined(lambda: READERS[reader](hostile), REFUSALS)
    assert harmless(outcome, hostile), f"{reader} took it in: {outcome}"
    assert outcome.seconds < SECONDS, outcome
    assert not list(tmp_path.rglob("*")), "something stayed on disk"
    assert "root:" not in outcome.said, "a file of the server was read"
    hostile.stat()


def harmless(outcome: Outcome, hostile: Path) -> bool:
    """True for a refusal with words; bad geometry alone is a problem of its row."""
    if outcome.refused:
        return bool(outcome.said.strip())
    return hostile.parent.name == "deep-collection" and "GEOMETRYCOLLECTION" in outcome.said


def test_an_honest_workbook_is_read_like_its_csv(tmp_path: Path) -> None:
    from openpyxl import Workbook

    rows = [
        ["id", "type", "date_start", "lat", "lon", "source", "deaths_best"],
        ["a1", "crime", "2026-01-05", 1.5, 2, "Patrol", 3],
        ["a2", "crime", "2026-01-06", 1.5, 200, "Patrol", 0],
    ]
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    with (tmp_path / "a.csv").open("w", newline="") as out:
        csv.writer(out).writerows(rows)
    sheet = read_incident_file(tmp_path / "a.xlsx", "Carana")
    plain = read_incident_file(tmp_path / "a.csv", "Carana")
    assert sheet.read == plain.read == 2
    assert sheet.problems == plain.problems
    assert len(sheet.problems) == 1
    assert sheet.chunks[0].origin_id.tolist() == plain.chunks[0].origin_id.tolist() == ["a1"]
    assert sheet.chunks[0].date_start.tolist() == plain.chunks[0].date_start.tolist()


def test_days_of_a_workbook_are_days(tmp_path: Path) -> None:
    import datetime as dt

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(s.GOOD[0])
    book.active.append(["a1", "crime", dt.datetime(2026, 1, 5), 1, 1, "Patrol"])
    book.save(tmp_path / "a.xlsx")
    read = read_incident_file(tmp_path / "a.xlsx", "Carana")
    assert read.problems == []
    assert str(read.chunks[0].date_start[0]) == "2026-01-05"


def test_a_byte_order_mark_and_packing_change_nothing(tmp_path: Path) -> None:
    text = ("\ufeff" + s.HEADER + s.ROW).encode()
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(text))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", text)
    assert len(read_incident_file(s.written(tmp_path / "a.csv", text), "Carana").chunks[0]) == 1
    assert len(read_incident_file(tmp_path / "a.csv.gz", "Carana").chunks[0]) == 1
