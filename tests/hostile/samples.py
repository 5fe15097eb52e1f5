"""Hostile files, made small on disk and large or poisonous inside."""

import gzip
import io
import json
import sqlite3
import stat
import struct
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

HEADER = "id,type,date_start,lat,lon,source\n"
ROW = "1,crime,2026-01-05,1.0,1.0,Patrol\n"
ZEROS = b"\0" * (1 << 20)

Make = Callable[[Path], Path]


def bomb_gz(path: Path, megabytes: int = 1500, block: bytes = b"\n" * (1 << 20)) -> Path:
    """Megabytes of one block in a small gzip file."""
    packed = gzip.compress(block * 16)
    with path.open("wb") as out:
        for _ in range(megabytes // 16):
            out.write(packed)
    return path


def bomb_zip(path: Path, name: str = "bomb.csv", megabytes: int = 1000) -> Path:
    """A zip with one entry that unpacks to megabytes of nothing."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as entry,
    ):
        for _ in range(megabytes):
            entry.write(b"\n" * (1 << 20))
    return path


def nested_zip(path: Path) -> Path:
    """A zip in a zip in a zip."""
    inner = bomb_zip(path.with_suffix(".inner"), megabytes=50).read_bytes()
    for depth in range(3):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(4):
                archive.writestr(f"{depth}-{copy}.zip", inner)
        inner = held.getvalue()
    path.write_bytes(inner)
    return path


def lying_zip(path: Path, name: str = "a.geojson") -> Path:
    """A zip whose lists say that its 60 MB are 10 bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b" " * 60_000_000)
    raw = bytearray(path.read_bytes())
    size = struct.pack("<I", 60_000_000)
    while (at := raw.find(size)) >= 0:
        raw[at : at + 4] = struct.pack("<I", 10)
    path.write_bytes(raw)
    return path


def crowded_zip(path: Path, entries: int = 200_000) -> Path:
    """A zip of many empty entries, written by hand since zipfile takes minutes for them."""
    local, central = bytearray(), bytearray()
    for number in range(entries):
        name = b"%07d.csv" % number
        at = len(local)
        local += struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0)
        local += name
        central += struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name),
            0, 0, 0, 0, 0, at,
        )  # fmt: skip
        central += name
    counted = min(entries, 0xFFFF)
    end = b""
    if entries > 0xFFFF:
        begin, size = len(local), len(central)
        end += struct.pack(
            "<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, size, begin
        )
        end += struct.pack("<4sIQI", b"PK\x06\x07", 0, begin + size, 1)
    end += struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, counted, counted, len(central), len(local), 0
    )
    path.write_bytes(bytes(local) + bytes(central) + end)
    return path


def linking_zip(path: Path, name: str = "a.geojson", to: str = "/etc/passwd") -> Path:
    """A zip whose entry is a symbolic link."""
    link = zipfile.ZipInfo(name)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, to)
    return path


def named_zip(path: Path, name: str, content: bytes = b"{}") -> Path:
    """A zip with one entry of this name."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
    return path


def written(path: Path, content: bytes | str) -> Path:
    """A file with this content."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def deep_json(path: Path, depth: int = 100_000) -> Path:
    """GeoJSON nested this deep inside its first geometry."""
    head = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"x"},'
    return written(path, head + '"geometry":' + "[" * depth + "]" * depth + "}]}")


def deep_collection(path: Path, depth: int = 400) -> Path:
    """A geometry collection in a geometry collection, in more than any map has."""
    geometry: dict[str, object] = {"type": "Point", "coordinates": [1, 1]}
    for _ in range(depth):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    feature = {"type": "Feature", "properties": {"name": "x"}, "geometry": geometry}
    return written(path, json.dumps({"type": "FeatureCollection", "features": [feature]}))


def long_polygon(path: Path, points: int = 10_000_000) -> Path:
    """GeoJSON with one polygon of so many points."""
    head = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"x"},'
        '"geometry":{"type":"Polygon","coordinates":[['
    )
    with path.open("w") as out:
        out.write(head)
        block = ",".join("[1.25,2.5]" for _ in range(10_000)) + ","
        for _ in range(points // 10_000):
            out.write(block)
        out.write("[1,2]]]}}]}")
    return path


def trapped_sqlite(path: Path) -> Path:
    """Another SQLite database with a trigger and a view, under a GeoPackage's name."""
    book = sqlite3.connect(path)
    book.executescript(
        "create table areas(name text, geom blob);"
        "create view gpkg_contents as select load_extension('/tmp/evil') as table_name;"
        "create trigger trap after insert on areas begin delete from areas; end;"
        "insert into areas values('x', x'00');"
    )
    book.commit()
    book.close()
    return path


BOOK = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/'
    'package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/'
    '2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "%s</sheetData></worksheet>"
)


def cells(rows: Iterable[Iterable[str]], more: str = "") -> str:
    """A sheet of texts."""
    lines = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{v}</t></is></c>' for v in row) + "</row>"
        for row in rows
    )
    return SHEET % (lines + more)


def workbook(path: Path, sheet: str, **parts: str) -> Path:
    """A workbook with this markup for its sheet; other parts replace or join the usual ones."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**BOOK, "xl/worksheets/sheet1.xml": sheet, **parts}.items():
            archive.writestr(name, text)
    return path


GOOD = [HEADER.strip().split(","), ROW.strip().split(",")]
MACRO = {"xl/vbaProject.bin": "x"}
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "'
    + "&a;" * 10
    + '">'
    + "".join(f'<!ENTITY {chr(98 + i)}1 "{("&" + chr(97 + i) + ("1" if i else "") + ";") * 10}">'
              for i in range(9))
    + "]>"
)  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "%s">]>'
