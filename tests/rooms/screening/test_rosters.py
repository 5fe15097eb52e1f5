"""Roster sheets: columns in any order, each problem named, nothing doubled, all undone at will."""

import csv
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook

from primacy.platform.policy import Denied
from primacy.rooms.screening.actions import (
    drop_roster,
    preview_roster,
    screen_roster,
    undo_screening,
)
from primacy.rooms.screening.asked import read_asked, written
from primacy.rooms.screening.errors import RosterRefused
from primacy.rooms.screening.facade import AskedKind, ListFile, Roster, lines, read_typed
from primacy.rooms.screening.models import Screening
from primacy.rooms.screening.roster_columns import COLUMNS, KEYS, column_of
from primacy.rooms.screening.roster_dates import read_birth
from primacy.rooms.screening.roster_sheet import read_sheet
from tests.conftest import Board
from tests.rooms.screening.conftest import MIRO, ORAN

Load = Callable[..., ListFile]
WHOLE: Mapping[str, str] = {
    "FirstMiddleName": "Oran Tel",
    "LastName": "Davem",
    "NationalID": "CAR-1",
    "Gender": "Male",
    "DOB": "1961-03-04",
    "POBCity": "Galasi",
    "POBState": "Eastern",
    "POBCountry": "Carana",
    "UnitAlias": "21 Mobile Brigade",
    "Rank": "Inspector",
    "PoliceMilSecID": "77",
    "VettingType": "Leahy",
}


def sheet(folder: Path, *rows: Mapping[str, str], name: str = "roster.csv") -> Path:
    path = folder / name
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def preview(board: Board, path: Path) -> Roster:
    return preview_roster(actor=board["planner"], mission=board.mission, path=path)


def screened(board: Board, roster: Roster, lists: list[ListFile], **more: object) -> Screening:
    return screen_roster(
        actor=board["planner"], roster=roster, title="", lists=lists, register=True, **more
    )


def test_there_are_37_columns_and_each_is_known_by_its_headers() -> None:
    assert len(COLUMNS) == len(set(KEYS)) == 37
    given = "ParticipantStatus FirstMiddleName LastName NationalID Gender IsUSCitizen DOB POBCity "
    given += "POBState POBCountry ResidenceCity ResidenceState ResidenceCountry ContactEmail "
    given += "ContactPhone HighestEducation EnglishLanguageProficiency UnitGenID UnitBreakdown "
    given += "UnitAlias JobTitle Rank IsUnitCommander YearsInPosition PoliceMilSecID POCName "
    given += "POCEmailAddress VettingType HasLocalGovTrust LocalGovTrustCertDate "
    given += "PassedExternalVetting ExternalVettingDescription ExternalVettingDate DepartureCity "
    given += "PassportNumber PassportExpirationDate Comments"
    assert [column_of(header) for header in given.split()] == list(KEYS)
    assert column_of("Prénom(s)") == "given_names"
    assert column_of("Prénoms") == "given_names"
    assert column_of("shoe size") == ""


def test_a_row_becomes_the_person_to_ask_for(tmp_path: Path) -> None:
    read = read_sheet(sheet(tmp_path, WHOLE))
    (person,) = read.rows
    assert (person.name, person.sex, person.rank) == ("Oran Tel Davem", "male", "Inspector")
    assert [str(span) for span in person.births] == ["1961-03-04"]
    assert person.places == ("Galasi", "Eastern", "Carana")
    assert person.ids == (("national id", "CAR-1"), ("service number", "77"))
    assert person.unit == "21 Mobile Brigade"
    assert person.cells["vetting_type"] == "Leahy"
    assert read_asked(written(person)) == person
    assert not read.problems


def test_unknown_and_missing_columns_are_told_apart_from_mandatory_ones(tmp_path: Path) -> None:
    read = read_sheet(sheet(tmp_path, {"Rank": "x", "Name": "Oran Davem", "Shoe size": "44"}))
    assert read.unknown_columns == ["Shoe size"]
    assert "passport" in read.missing_columns
    assert "given_names" not in read.missing_columns
    assert read.missing_mandatory == [
        "national_id", "date_of_birth", "birth_city", "birth_state", "birth_country",
        "unit_id/unit_breakdown/unit_alias",
    ]  # fmt: skip
    assert read.rows[0].cells == {"rank": "x", "full_name": "Oran Davem"}


def test_a_row_without_what_its_vetting_needs_is_kept_and_said_to_be_incomplete(
    tmp_path: Path,
) -> None:
    bare = {**WHOLE, "NationalID": "", "POBCity": ""}
    courtesy = {**bare, "VettingType": "Courtesy"}
    read = read_sheet(sheet(tmp_path, WHOLE, bare, courtesy))
    assert len(read.rows) == 3
    assert [(p.row, p.column, p.severity) for p in read.problems] == [
        (3, "national_id", "incomplete"),
        (3, "birth_city", "incomplete"),
    ]
    assert read.incomplete == 1


def test_a_row_without_a_name_is_bad_and_the_others_are_read(tmp_path: Path) -> None:
    nameless = {**WHOLE, "FirstMiddleName": " ", "LastName": "--"}
    endless = {**WHOLE, "LastName": "x" * 300}
    read = read_sheet(sheet(tmp_path, nameless, WHOLE, endless))
    assert (read.read, len(read.rows)) == (3, 1)
    assert [(p.row, p.column, p.severity) for p in read.problems] == [
        (2, "family_name", "bad"),
        (4, "family_name", "bad"),
    ]


@pytest.mark.parametrize(
    ("text", "births"),
    [
        ("1980-04-05", ["1980-04-05"]),
        ("25/04/1980", ["1980-04-25"]),
        ("04/25/1980", ["1980-04-25"]),
        ("05/04/1980", ["1980-04-05", "1980-05-04"]),
        ("05.05.1980", ["1980-05-05"]),
        ("5 April 1980", ["1980-04-05"]),
        ("1980", ["1980"]),
        ("5/4/80", []),
        ("40/40/1980", []),
        ("about forty", []),
    ],
)
def test_a_date_that_can_mean_two_days_is_kept_as_both(text: str, births: list[str]) -> None:
    assert sorted(str(span) for span in read_birth(text)) == births


def test_a_date_of_birth_in_doubt_is_said_and_the_row_kept(tmp_path: Path) -> None:
    rows = [{**WHOLE, "DOB": text} for text in ("05/04/1980", "5/4/80")]
    read = read_sheet(sheet(tmp_path, *rows))
    assert [(p.row, p.severity) for p in read.problems] == [
        (2, "warning"),
        (3, "warning"),
        (3, "incomplete"),
    ][: len(read.problems)]
    assert [len(row.births) for row in read.rows] == [2, 0]


def test_a_workbook_with_lines_above_its_header_reads_the_same(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    page.append(["Roster of the course in Galasi"])
    page.append([])
    page.append(list(WHOLE))
    page.append([dt.date(1961, 3, 4) if key == "DOB" else v for key, v in WHOLE.items()])
    book.save(tmp_path / "roster.xlsx")
    (from_book,) = read_sheet(tmp_path / "roster.xlsx").rows
    (from_csv,) = read_sheet(sheet(tmp_path, WHOLE)).rows
    assert (from_book.name, from_book.births, from_book.ids) == (
        from_csv.name, from_csv.births, from_csv.ids,
    )  # fmt: skip
    assert from_book.row == 4


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("a,b\n1,2\n", "no header row"),
        ("Last name,Rank\n", "no row below"),
        ("Last name,Surname,Rank\nDavem,Davem,x\n", "two columns mean the same"),
        ("Last name,Rank\n\0,x\n", "not text"),
    ],
)
def test_what_is_no_roster_is_refused_with_what_was_expected(
    tmp_path: Path, text: str, why: str
) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RosterRefused, match=f"{why}.*Expected: a sheet"):
        read_sheet(path)


def test_typed_lines_are_persons_or_units() -> None:
    person, other = read_typed("Oran Davem; 1961-03-04; CAR-1\n\nMiro", AskedKind.PERSON)
    assert (person.name, person.row, [str(b) for b in person.births]) == (
        "Oran Davem", 1, ["1961-03-04"],
    )  # fmt: skip
    assert person.ids == (("number", "CAR-1"),)
    assert other.name == "Miro"
    (unit,) = read_typed("21 Brigade; Eastern Division", AskedKind.UNIT)
    assert (unit.name, unit.parent) == ("21 Brigade", "Eastern Division")


# -- preview, screen, undo


def test_a_preview_screens_nobody_and_a_second_one_doubles_nothing(
    board: Board, tmp_path: Path
) -> None:
    path = sheet(tmp_path, WHOLE, {**WHOLE, "LastName": "", "FirstMiddleName": ""})
    first = preview(board, path)
    assert (first.rows_read, first.rows_good, first.rows_bad) == (2, 1, 1)
    assert not Screening.objects.exists()
    assert preview(board, path).pk == first.pk


def test_good_rows_are_screened_with_each_unit_once(
    board: Board, load: Load, tmp_path: Path
) -> None:
    second = {**WHOLE, "FirstMiddleName": "Miro Kestan", "LastName": "Valdo"}
    roster = preview(board, sheet(tmp_path, WHOLE, second))
    made = screened(board, roster, [load("2020-01-01", ORAN, MIRO)])
    found = [(line.kind, line.name) for line in lines(board["overseer"], made)]
    assert found == [
        ("person", "Oran Tel Davem"),
        ("person", "Miro Kestan Valdo"),
        ("unit", "21 Mobile Brigade"),
    ]
    roster.refresh_from_db()
    assert roster.rows == []
    assert roster.screened_at is not None


def test_with_a_bad_row_all_or_nothing_is_nothing(board: Board, load: Load, tmp_path: Path) -> None:
    roster = preview(
        board, sheet(tmp_path, WHOLE, {**WHOLE, "LastName": "", "FirstMiddleName": ""})
    )
    lists = [load("2020-01-01", ORAN)]
    with pytest.raises(RosterRefused, match="1 rows are bad"):
        screened(board, roster, lists, keep_good=False)
    assert not Screening.objects.exists()
    assert screened(board, roster, lists).lines.count() == 2


def test_the_same_sheet_is_not_screened_twice_until_undone(
    board: Board, load: Load, tmp_path: Path
) -> None:
    lists = [load("2020-01-01", ORAN)]
    path = sheet(tmp_path, WHOLE)
    made = screened(board, preview(board, path), lists)
    with pytest.raises(RosterRefused, match="screened already: screening 1"):
        screened(board, preview(board, path), lists)
    undo_screening(actor=board["planner"], screening=made, reason="Wrong course")
    made.refresh_from_db()
    assert made.undone_at is not None
    assert made.lines.count() == 2
    again = preview(board, path)
    assert screened(board, again, lists).number == 2


def test_a_dropped_sheet_keeps_no_rows(board: Board, load: Load, tmp_path: Path) -> None:
    roster = preview(board, sheet(tmp_path, WHOLE))
    drop_roster(actor=board["planner"], roster=roster)
    roster.refresh_from_db()
    assert roster.rows == []
    with pytest.raises(RosterRefused, match="rows of this sheet are gone"):
        screened(board, roster, [load("2020-01-01", ORAN)])


def test_who_may_not_screen_uploads_no_roster(board: Board, tmp_path: Path) -> None:
    path = sheet(tmp_path, WHOLE)
    for label in ("adviser", "commander", "overseer", "donor"):
        with pytest.raises(Denied):
            preview_roster(actor=board[label], mission=board.mission, path=path)
