"""Rows that are wrong: left out or kept with a warning, and always listed."""

from pathlib import Path

import numpy as np
import pytest

from primacy.platform.exchange.column_values import parse_dates, parse_floats, parse_ints
from primacy.platform.exchange.ucdp_files import read_ucdp
from primacy.platform.exchange.ucdp_rows import NOT_STATED, Chunk
from tests.unit.exchange.ucdp_samples import csv_text, event, events


def read(tmp_path: Path, text: str, chunk_rows: int = 20_000) -> list[Chunk]:
    path = tmp_path / "GEDEvent_v23_1.csv"
    path.write_bytes(text.encode())
    return list(read_ucdp(path, chunk_rows))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "abc"),
        ("id", ""),
        ("id", "1_0"),
        ("id", "99999999999999999999"),
        ("year", ""),
        ("type_of_violence", "0"),
        ("type_of_violence", "4"),
        ("latitude", "90.01"),
        ("latitude", "nan"),
        ("latitude", "5,39"),
        ("longitude", "-180.5"),
        ("longitude", ""),
        ("longitude", "inf"),
        ("where_prec", "8"),
        ("date_prec", "6"),
        ("best", "-1"),
        ("deaths_civilians", "-3"),
        ("deaths_a", "1.5"),
        ("conflict_new_id", "ten"),
        ("date_start", "2020-02-30"),
        ("date_start", "03/05/2020"),
        ("date_start", "2020-3-5"),
        ("date_start", "2020-03-055"),
        ("date_end", ""),
    ],
)
def test_a_bad_value_leaves_its_row_out_and_is_listed(
    tmp_path: Path, column: str, value: str
) -> None:
    (chunk,) = read(tmp_path, csv_text([event(1), event(2, **{column: value}), event(3)]))
    assert chunk.rows.origin_id.tolist() == [1, 3]
    assert chunk.read == 3
    (problem,) = chunk.problems
    assert (problem.row, problem.column, problem.value) == (3, column, value)
    assert problem.severity == "error"
    assert problem.expected
    assert "left out" in problem.action


def test_every_column_keeps_the_same_length_when_rows_are_left_out(tmp_path: Path) -> None:
    (chunk,) = read(tmp_path, csv_text([event(1), event(2, best="x"), event(3)]))
    lengths = {len(getattr(chunk.rows, name)) for name in chunk.rows.__dataclass_fields__}
    assert lengths == {2}


def test_an_event_that_ends_before_it_starts_is_left_out(tmp_path: Path) -> None:
    (chunk,) = read(tmp_path, csv_text([event(1, date_end="2020-03-04")]))
    assert len(chunk.rows) == 0
    assert chunk.problems[0].expected == "not before date_start"


@pytest.mark.parametrize(("low", "best", "high"), [(4, 3, 4), (1, 5, 4)])
def test_death_figures_out_of_order_are_kept_with_a_warning(
    tmp_path: Path, low: int, best: int, high: int
) -> None:
    (chunk,) = read(tmp_path, csv_text([event(1, low=low, best=best, high=high)]))
    (problem,) = chunk.problems
    assert (problem.severity, problem.value) == ("warning", f"low {low}, best {best}, high {high}")
    assert chunk.rows.best.tolist() == [best]
    assert chunk.errors == ()


def test_a_year_other_than_that_of_the_date_is_a_warning(tmp_path: Path) -> None:
    (chunk,) = read(tmp_path, csv_text([event(1, year=2019)]))
    assert (chunk.problems[0].column, chunk.problems[0].severity) == ("year", "warning")
    assert len(chunk.rows) == 1


@pytest.mark.parametrize("stated", ["1", "", "x"])
def test_a_wrong_grid_cell_is_a_warning_and_computed_again(tmp_path: Path, stated: str) -> None:
    (chunk,) = read(tmp_path, csv_text([event(1, priogrid_gid=stated)]))
    (problem,) = chunk.problems
    assert (problem.column, problem.severity) == ("priogrid_gid", "warning")
    assert chunk.rows.priogrid_gid.tolist() == [136504]


@pytest.mark.parametrize("chunk_rows", [1, 2, 100])
def test_a_repeated_event_is_left_out_also_across_chunks(tmp_path: Path, chunk_rows: int) -> None:
    text = csv_text([event(1), event(2), event(3), event(1)])
    chunks = read(tmp_path, text, chunk_rows)
    assert [n for chunk in chunks for n in chunk.rows.origin_id.tolist()] == [1, 2, 3]
    (problem,) = [problem for chunk in chunks for problem in chunk.problems]
    assert (problem.row, problem.column, problem.severity) == (5, "id", "error")
    assert "row 2 with the same id is kept" in problem.action


def test_the_good_copy_of_a_repeated_event_is_kept_when_the_first_was_bad(tmp_path: Path) -> None:
    (chunk,) = read(tmp_path, csv_text([event(1, best="x"), event(1)]))
    assert chunk.rows.row_number.tolist() == [3]


def test_blank_optional_numbers_are_not_stated(tmp_path: Path) -> None:
    (chunk,) = read(tmp_path, csv_text([event(1, conflict_new_id="", number_of_sources="NA")]))
    assert chunk.problems == ()
    assert chunk.rows.conflict_id.tolist() == [NOT_STATED]
    assert chunk.rows.number_of_sources.tolist() == [NOT_STATED]


def test_records_of_the_wrong_width_are_bad_rows_while_others_follow(tmp_path: Path) -> None:
    lines = csv_text(events(4)).splitlines()
    lines[2] = lines[2].rpartition(",")[0]
    lines[3] += ",extra"
    (chunk,) = read(tmp_path, "\n".join(lines) + "\n")
    assert chunk.rows.origin_id.tolist() == [1, 4]
    assert [(p.row, p.value) for p in chunk.problems] == [(3, "48 fields"), (4, "50 fields")]
    assert chunk.read == 4


def test_a_short_record_at_the_end_of_a_chunk_is_a_bad_row_of_the_file(tmp_path: Path) -> None:
    lines = csv_text(events(4)).splitlines()
    lines[2] = lines[2].rpartition(",")[0]
    chunks = read(tmp_path, "\n".join(lines) + "\n", chunk_rows=2)
    assert [n for chunk in chunks for n in chunk.rows.origin_id.tolist()] == [1, 3, 4]
    assert [p.row for chunk in chunks for p in chunk.problems] == [3]
    assert sum(chunk.read for chunk in chunks) == 4


def test_a_record_with_broken_quoting_is_left_out_and_the_rest_is_read(tmp_path: Path) -> None:
    text = csv_text(events(4)).replace("\n2,CAR", '\n2,"CAR"x', 1)
    (chunk,) = read(tmp_path, text)
    assert chunk.rows.origin_id.tolist() == [1, 3, 4]
    assert chunk.rows.row_number.tolist() == [2, 4, 5]
    assert [(p.row, p.severity) for p in chunk.problems] == [(3, "error")]


def test_long_values_are_shortened_in_the_list_of_problems(tmp_path: Path) -> None:
    (chunk,) = read(tmp_path, csv_text([event(1, latitude="9" * 500)]))
    assert len(chunk.problems[0].value) == 80


def test_numbers_a_spreadsheet_wrote_with_a_point_are_whole() -> None:
    numbers, bad = parse_ints(["3.0", "4", "4.5", "", "٣"])
    assert numbers.tolist()[:2] == [3, 4]
    assert bad.tolist() == [False, False, True, True, True]


def test_floats_that_are_not_finite_are_bad() -> None:
    assert parse_floats(["1.5", "nan", "-inf"])[1].tolist() == [False, True, True]


def test_dates_on_the_edges_of_the_calendar() -> None:
    texts = [
        "2020-02-29",
        "2019-02-29",
        "1989-12-31T23:59:59",
        "2020-04-31",
        "0000-01-01",
        "9999-12-31",
    ]
    days, bad = parse_dates(texts)
    assert bad.tolist() == [False, True, False, True, True, False]
    assert [str(day) for day in days[~bad]] == ["2020-02-29", "1989-12-31", "9999-12-31"]
    assert np.isnat(days[bad]).all()
