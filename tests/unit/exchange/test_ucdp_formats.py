"""What is recognised: formats, wrappings, releases, line numbers."""

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.platform.exchange.ucdp_files import count_preview, read_ucdp, sniff
from primacy.platform.exchange.ucdp_vintage import is_candidate, vintage_of_name
from tests.unit.exchange.ucdp_samples import HEADER, csv_text, event, events


def geojson(rows: list[dict[str, object]]) -> str:
    """The events as GeoJSON, with their coordinates only in the geometry."""
    features = []
    for row in rows:
        fields = dict(row)
        point = [fields.pop("longitude"), fields.pop("latitude")]
        features.append(
            {
                "type": "Feature",
                "properties": fields,
                "geometry": {"type": "Point", "coordinates": point},
            }
        )
    return json.dumps({"type": "FeatureCollection", "features": features})


def page(rows: list[dict[str, object]], total: int) -> dict[str, object]:
    return {"TotalCount": total, "TotalPages": 2, "NextPageUrl": "", "Result": rows}


FORMS = {
    "csv": csv_text(events(3)),
    "geojson": geojson(events(3)),
    "api-json": json.dumps(page(events(3), 3)),
}


@pytest.mark.parametrize("wrapping", ["plain", "gzip", "zip", "utf-8-sig"])
@pytest.mark.parametrize("form", list(FORMS))
def test_every_format_in_every_wrapping_gives_the_same_events(
    tmp_path: Path, form: str, wrapping: str
) -> None:
    # The extension says nothing true: the content decides.
    path = tmp_path / "GEDEvent_v23_1.data"
    content = FORMS[form].encode("utf-8-sig" if wrapping == "utf-8-sig" else "utf-8")
    if wrapping == "gzip":
        content = gzip.compress(content)
    path.write_bytes(content)
    if wrapping == "zip":
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("inside.txt", content)
    assert sniff(path).format == form
    (chunk,) = read_ucdp(path)
    assert chunk.problems == ()
    assert chunk.rows.origin_id.tolist() == [1, 2, 3]
    assert chunk.rows.lat.tolist() == [4.85] * 3
    assert chunk.rows.lon.tolist() == [31.616667] * 3
    assert [str(day) for day in chunk.rows.date_end] == ["2020-03-06"] * 3
    assert chunk.rows.side_b == ["Northern Front"] * 3


def test_sniff_tells_columns_hash_and_size(tmp_path: Path) -> None:
    path = tmp_path / "ged231.csv"
    path.write_bytes(csv_text(events(1)).encode())
    info = sniff(path)
    assert info.columns == tuple(HEADER)
    assert (info.vintage, info.size, info.hxl_row) == ("23.1", path.stat().st_size, False)
    assert len(info.sha256) == 64


def test_release_is_taken_from_the_file_inside_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "download.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("GEDEvent_v24_1.csv", csv_text(events(1)))
    assert next(iter(read_ucdp(path))).vintage == "24.1"


@pytest.mark.parametrize(
    ("name", "vintage"),
    [
        ("GEDEvent_v23_1.csv", "23.1"),
        ("GEDEvent_v23_1_CAR_482.geojson.gz", "23.1"),
        ("GEDEvent_v23_0_10_candidate.csv.gz", "23.0.10"),
        ("GEDEvent_v23_01_23_12.csv", "23.01.23.12"),
        ("ged251-csv.zip", "25.1"),
        ("hdx_conflict_data_ssd.csv", None),
        ("conflict_2020_01_02.csv", None),
    ],
)
def test_release_is_read_from_the_file_name(name: str, vintage: str | None) -> None:
    assert vintage_of_name(name) == vintage


def test_candidate_releases_are_told_from_yearly_ones() -> None:
    assert [is_candidate(v) for v in ("23.1", "23.0.10", "23.01.23.12")] == [False, True, True]


def test_hxl_row_is_skipped_and_reported(tmp_path: Path) -> None:
    header = [*HEADER, "iso3"]
    lines = csv_text(events(2), header).splitlines(keepends=True)
    tags = ["#date+year" if name == "year" else "" for name in header]
    path = tmp_path / "GEDEvent_v23_1.csv"
    path.write_text("".join([lines[0], ",".join(tags) + "\n", *lines[1:]]))
    assert sniff(path).format == "hdx-csv"
    (chunk,) = read_ucdp(path)
    assert chunk.rows.row_number.tolist() == [3, 4]
    assert (chunk.read, chunk.problems) == (2, ())
    assert "Line 2 holds HXL tags" in chunk.notes[0]


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(st.text(alphabet='a,"\n\r é', max_size=12), min_size=1, max_size=12),
    chunk_rows=st.integers(1, 5),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_row_numbers_are_the_physical_lines(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], chunk_rows: int, line_end: str
) -> None:
    rows = [event(n, source_headline=text) for n, text in enumerate(texts, start=1)]
    path = tmp_path_factory.mktemp("lines") / "GEDEvent_v23_1.csv"
    path.write_bytes(csv_text(rows, line_end=line_end, quote_all=True).encode())
    expected, line = [], 2
    for row in rows:
        expected.append(line)
        text = csv_text([row], line_end=line_end, quote_all=True)
        line += len(text.replace("\r\n", "\n").replace("\r", "\n").splitlines()) - 1
    chunks = list(read_ucdp(path, chunk_rows))
    assert [n for chunk in chunks for n in chunk.rows.row_number.tolist()] == expected
    assert [h for chunk in chunks for h in chunk.rows.source_headline] == texts
    assert all(chunk.read <= chunk_rows for chunk in chunks)


def test_blank_lines_count_as_lines_but_not_as_records(tmp_path: Path) -> None:
    path = tmp_path / "GEDEvent_v23_1.csv"
    path.write_text(csv_text(events(3)).replace("\n2,", "\n\n\n2,") + "\n\n")
    (chunk,) = read_ucdp(path)
    assert chunk.rows.row_number.tolist() == [2, 5, 6]
    assert chunk.read == 3


def test_several_api_pages_in_one_file_and_a_page_that_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "GEDEvent_v23_1.json"
    both = [page(events(4)[:2], 4), page(events(4)[2:], 4)]
    path.write_text(json.dumps(both))
    whole = count_preview(path)
    assert (whole.good, whole.notes) == (4, ())
    path.write_text("\n".join(json.dumps(one) for one in both))
    assert count_preview(path).good == 4
    path.write_text(json.dumps(both[:1]))
    (note,) = count_preview(path).notes
    assert "stated 4 events; the file holds 2" in note


def test_columns_in_another_order_and_optional_ones_absent(tmp_path: Path) -> None:
    header = [name.upper() for name in reversed(HEADER) if name not in ("adm_2", "priogrid_gid")]
    rows = [{name.upper(): value for name, value in event(7).items()}]
    path = tmp_path / "GEDEvent_v23_1.csv"
    path.write_text(csv_text(rows, header))
    (chunk,) = read_ucdp(path)
    assert chunk.problems == ()
    assert chunk.rows.adm_2 == [""]
    assert chunk.rows.priogrid_gid.tolist() == [136504]


def test_preview_counts_without_storing(tmp_path: Path) -> None:
    path = tmp_path / "GEDEvent_v23_1.csv"
    bad = event(9, best=-1)
    late = event(10, country="Other", date_start="2021-01-01", date_end="2021-02-03", year=2021)
    path.write_text(csv_text([*events(3), bad, late]))
    preview = count_preview(path, chunk_rows=2)
    assert (preview.read, preview.good, preview.left_out, preview.errors) == (5, 4, 1, 1)
    assert preview.by_country == {"Carana": 3, "Other": 1}
    assert preview.by_year == {2020: 3, 2021: 1}
    assert (preview.first_day, preview.last_day) == ("2020-03-05", "2021-02-03")
    assert preview.best_deaths == 12
