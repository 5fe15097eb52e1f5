"""Files that cannot be read: each a clear error that says what to do."""

import gzip
import json
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from primacy.platform.exchange import errors
from primacy.platform.exchange.ucdp_files import count_preview, read_ucdp, sniff
from primacy.platform.exchange.ucdp_source import DEFAULT_MAX_BYTES
from tests.unit.exchange.ucdp_samples import HEADER, csv_text, event, events

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00"


def refusal(
    tmp_path: Path,
    content: str | bytes,
    kind: type[errors.UcdpFileError],
    max_bytes: int = DEFAULT_MAX_BYTES,
) -> errors.UcdpFileError:
    """The error that reading the whole content raises."""
    path = tmp_path / "GEDEvent_v23_1.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(kind) as caught:
        count_preview(path, max_bytes=max_bytes)
    assert type(caught.value) is kind
    text = str(caught.value)
    assert text.startswith("GEDEvent_v23_1.csv: ")
    assert "Expected: " in text
    assert "Nothing was changed." in text
    return caught.value


def test_csv_whose_last_record_is_cut(tmp_path: Path) -> None:
    text = csv_text(events(5)).rstrip("\n").rpartition(",Africa,")[0]
    error = refusal(tmp_path, text, errors.UcdpFileTruncated)
    assert "on line 6, has 35 fields instead of 49" in str(error)


def test_csv_cut_inside_a_quoted_text(tmp_path: Path) -> None:
    text = csv_text([event(1), event(2, source_headline='One, "two"\nthree, four')])
    error = refusal(tmp_path, text[: text.index("three") + 3], errors.UcdpFileTruncated)
    assert "on line 3, opens a quotation mark that is never closed" in str(error)


def test_quotation_mark_never_closed_in_a_large_file(tmp_path: Path) -> None:
    rows = [event(n, source_article="", side_a="Opened") for n in range(600)]
    text = csv_text(rows).replace("Opened", '"Opened', 1)
    error = refusal(tmp_path, text, errors.UcdpFileMalformed)
    assert "the record on line 2" in str(error)


def test_gzip_stream_that_is_cut(tmp_path: Path) -> None:
    noisy = [event(n, where_description=os.urandom(40).hex()) for n in range(200)]
    packed = gzip.compress(csv_text(noisy).encode())
    refusal(tmp_path, packed[: len(packed) // 2], errors.UcdpFileTruncated)


def test_gzip_that_is_damaged(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(csv_text(events(50)).encode()))
    packed[-6] ^= 0xFF
    refusal(tmp_path, bytes(packed), errors.UcdpFileUnreadable)


@pytest.mark.parametrize("kept", [0.5, 0.99])
def test_json_that_is_cut(tmp_path: Path, kept: float) -> None:
    text = json.dumps({"TotalCount": 40, "TotalPages": 1, "Result": events(40)})
    refusal(tmp_path, text[: int(len(text) * kept)], errors.UcdpFileTruncated)


def test_json_that_is_not_closed_after_its_events(tmp_path: Path) -> None:
    text = json.dumps({"Result": events(3)})
    error = refusal(tmp_path, text[:-1], errors.UcdpFileTruncated)
    assert "not closed after its 3 events" in str(error)


def test_json_with_a_fault_in_the_middle(tmp_path: Path) -> None:
    text = json.dumps({"Result": events(40)}).replace('"id": 20,', '"id": twenty,')
    error = refusal(tmp_path, text, errors.UcdpFileMalformed)
    assert "after 19 complete events" in str(error)


def test_json_of_another_kind(tmp_path: Path) -> None:
    refusal(tmp_path, '{"data": [1, 2]}', errors.UcdpColumnsMissing)


def test_missing_columns_are_named_with_the_nearest_found(tmp_path: Path) -> None:
    header = ["latitud" if name == "latitude" else name for name in HEADER if name != "best"]
    error = refusal(tmp_path, csv_text(events(2), header), errors.UcdpColumnsMissing)
    assert isinstance(error, errors.UcdpColumnsMissing)
    assert error.missing == ("best", "latitude")
    assert "latitude (nearest found: latitud)" in str(error)


def test_semicolons_instead_of_commas(tmp_path: Path) -> None:
    error = refusal(tmp_path, csv_text(events(2), separator=";"), errors.UcdpColumnsMissing)
    assert "separated by semicolons" in str(error)
    assert "separated by commas" in error.action


def test_an_acled_export_is_recognised(tmp_path: Path) -> None:
    header = "event_id_cnty,event_date,year,event_type,sub_event_type,actor1,latitude,longitude"
    error = refusal(
        tmp_path, header + "\nCAR1,2020-01-01,2020,a,b,c,1,2\n", errors.UcdpColumnsMissing
    )
    assert "looks like an ACLED export" in str(error)


@pytest.mark.parametrize("content", [PNG, b"id,relid\n" + bytes(200), bytes(range(256)) * 20])
def test_binary_files(tmp_path: Path, content: bytes) -> None:
    refusal(tmp_path, content, errors.UcdpFileBinary)


def test_damaged_blocks_deep_inside_a_text(tmp_path: Path) -> None:
    text = csv_text(events(400)).encode()
    refusal(tmp_path, text[:100_000] + bytes(4096) + text[104_096:], errors.UcdpFileBinary)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = csv_text([event(1, adm_1="Préfecture")])
    refusal(tmp_path, text.encode(encoding), errors.UcdpFileEncoding)


def test_empty_file(tmp_path: Path) -> None:
    refusal(tmp_path, b"", errors.UcdpFileEmpty)
    refusal(tmp_path, gzip.compress(b""), errors.UcdpFileEmpty)


def test_header_without_events(tmp_path: Path) -> None:
    refusal(tmp_path, csv_text([]), errors.UcdpFileWithoutEvents)
    refusal(tmp_path, csv_text([]) + "#id" + "," * 48 + "\n", errors.UcdpFileWithoutEvents)
    refusal(tmp_path, '{"type": "FeatureCollection", "features": []}', errors.UcdpFileWithoutEvents)


def test_spreadsheet_workbook_says_to_save_as_csv(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    workbook = openpyxl.Workbook()
    workbook.save(book)
    error = refusal(tmp_path, book.read_bytes(), errors.UcdpFileSpreadsheet)
    assert "csv" in error.action


def test_zip_with_two_files(tmp_path: Path) -> None:
    archive = tmp_path / "two.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.csv", csv_text(events(1)))
        packed.writestr("b.csv", csv_text(events(1)))
    refusal(tmp_path, archive.read_bytes(), errors.UcdpArchiveAmbiguous)


@pytest.mark.parametrize("wrapping", ["gzip", "zip", "plain"])
def test_more_data_than_allowed_once_unpacked(tmp_path: Path, wrapping: str) -> None:
    text = csv_text(events(500)).encode()
    if wrapping == "zip":
        archive = tmp_path / "bomb.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("a.csv", text)
        text = archive.read_bytes()
    elif wrapping == "gzip":
        text = gzip.compress(text)
    error = refusal(tmp_path, text, errors.UcdpFileTooLarge, max_bytes=50_000)
    assert "50,000 bytes" in str(error)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(errors.UcdpFileUnreadable, match="cannot be opened"):
            sniff(path)


def test_unknown_release_must_be_given(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(csv_text(events(1)))
    with pytest.raises(errors.UcdpVintageUnknown, match="Give the release"):
        read_ucdp(path)
    assert next(iter(read_ucdp(path, vintage="24.1"))).vintage == "24.1"
