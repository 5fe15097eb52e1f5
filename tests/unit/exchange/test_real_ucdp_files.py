"""Real UCDP files, each in another format, read completely."""

import csv
import gzip

import numpy as np

from primacy.kernels.grid import priogrid_id
from primacy.platform.exchange.ucdp_files import count_preview, read_ucdp, sniff
from tests.unit.exchange.ucdp_samples import shared_file


def test_geojson_of_the_central_african_republic() -> None:
    path = shared_file("GEDEvent_v23_1_CAR_482.geojson.gz")
    chunks = list(read_ucdp(path, chunk_rows=500))
    assert [len(chunk.rows) for chunk in chunks] == [500, 500, 500, 348]
    assert sum(int((chunk.rows.type_of_violence == 1).sum()) for chunk in chunks) == 401
    assert {chunk.vintage for chunk in chunks} == {"23.1"}
    assert not [p for chunk in chunks for p in chunk.problems if p.column == "priogrid_gid"]
    for chunk in chunks:
        rows = chunk.rows
        assert np.array_equal(rows.priogrid_gid, priogrid_id(rows.lat, rows.lon))


def test_hdx_file_of_south_sudan_skips_and_reports_the_tag_row() -> None:
    path = shared_file("hdx_conflict_data_ssd.csv")
    info = sniff(path)
    assert (info.format, info.vintage, info.hxl_row) == ("hdx-csv", None, True)
    preview = count_preview(path, vintage="22.1")
    assert (preview.read, preview.good, preview.left_out) == (941, 941, 0)
    assert preview.by_country == {"South Sudan": 941}
    assert [note for note in preview.notes if "Line 2 holds HXL tags" in note]


def test_candidate_file_counts_and_line_numbers() -> None:
    path = shared_file("GEDEvent_v23_0_10_candidate.csv.gz")
    preview = count_preview(path)
    assert (preview.info.format, preview.info.vintage) == ("csv", "23.0.10")
    assert (preview.read, preview.good) == (2391, 2391)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as text:
        lines = list(text)
    rows = next(iter(read_ucdp(path))).rows
    for number, origin_id in zip(rows.row_number.tolist(), rows.origin_id.tolist(), strict=True):
        assert next(csv.reader([lines[number - 1]]))[0] == str(origin_id)


def test_figures_out_of_order_at_ucdp_itself_are_kept_with_a_warning() -> None:
    preview = count_preview(shared_file("GEDEvent_v23_1_CAR_482.geojson.gz"))
    assert (preview.good, preview.errors, preview.warnings) == (1848, 0, 20)
    assert {problem.expected for problem in preview.problems} == {"low <= best <= high"}
