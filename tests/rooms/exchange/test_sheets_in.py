"""Sheets brought into the register: claims with their citations, repeated, undone, refused."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from primacy.kernels.command import Holding
from primacy.platform.audit.models import AuditEntry
from primacy.platform.claims.models import Citation, ClaimStatus
from primacy.platform.claims.rules import range_of
from primacy.platform.imports.errors import RowsRefused
from primacy.platform.imports.models import ImportBatch
from primacy.platform.policy import Denied, Marking
from primacy.platform.sources.models import Source
from primacy.rooms.exchange.errors import ExchangeRefused
from primacy.rooms.exchange.imports import load_sheets, preview_sheets, undo_sheets
from primacy.rooms.exchange.imports.load import SheetsDone
from primacy.rooms.forces.actions import correct_claim
from primacy.rooms.forces.facade import (
    ClassificationClaim,
    NameClaim,
    PositionClaim,
    RelationClaim,
    Unit,
    tree,
)
from primacy.rooms.persons.facade import (
    LeavingClaim,
    Person,
    PersonNameClaim,
    PostingClaim,
    commander,
)
from tests.conftest import STEWARD, Board
from tests.rooms.exchange.sheets import person, sheet, source, under, unit


def load(board: Board, *paths: Path, keep_good: bool = True, **more: object) -> SheetsDone:
    seen = preview_sheets(actor=STEWARD, mission=board.mission, paths=list(paths), **more)
    return load_sheets(actor=STEWARD, batch_or_preview=seen, keep_good=keep_good)


def army(folder: Path) -> list[Path]:
    """A brigade with a battalion at a site, over two years."""
    days = {"first_cited_date": "2014-03-02", "last_cited_date": "2016-05-01",
            "first_cited_date_start": "Y", "last_cited_date_open": "N"}  # fmt: skip
    brigade = unit(
        "u-1", "7 Brigade", "s-1", other_names="Seventh Brigade; Northern Brigade", **days,
        **{"other_names:source": "s-2", "classification": "Army; Infantry",
           "classification:source": "s-1; s-2"},
    )  # fmt: skip
    battalion = under(
        "u-2", "u-1", "s-2", name="71 Battalion", **{"name:source": "s-2"},
        related_unit_first_cited_date="2015-01-01", related_unit_last_cited_date="2016-01-01",
        location_type="site", base_name="Camp North", location="Hill", **{"location:source": "s-1"},
        location_first_cited_date="2015-02", location_last_cited_date="2015-08-09",
    )  # fmt: skip
    return [
        sheet(
            folder, "sources", [source("s-1"), source("s-2", "Radio", url="https://radio.test/")]
        ),
        sheet(folder, "units", [brigade, battalion]),
    ]


def test_units_become_claims_with_what_they_rest_on(board: Board, tmp_path: Path) -> None:
    done = load(board, *army(tmp_path))
    assert (done.read, done.added, done.known, done.bad) == (4, 4, 0, 0)
    brigade = Unit.objects.get(code="u-1")
    [name] = NameClaim.objects.filter(unit=brigade, kind="name")
    assert (name.name, name.status, name.starting, name.ending) == (
        "7 Brigade", ClaimStatus.ACCEPTED, True, False,
    )  # fmt: skip
    assert (str(name.first_precise), str(name.last_precise)) == ("2014-03-02", "2016-05-01")
    [cite] = Citation.objects.filter(version_id=name.pk)
    assert (cite.source.title, cite.point_kind, cite.point) == ("Gazette", "page", "s-1")
    sorts = ClassificationClaim.objects.filter(unit=brigade).values_list(
        "classification", flat=True
    )
    assert set(sorts) == {"Army", "Infantry"}
    assert tree(STEWARD, board.mission, dt.date(2015, 6, 1)).lines[1].unit.code == "u-2"


def test_another_name_is_certain_on_no_day_its_sheet_does_not_cite(
    board: Board, tmp_path: Path
) -> None:
    load(board, *army(tmp_path))
    alias = NameClaim.objects.get(name="Northern Brigade")
    assert range_of(alias).holds(dt.date(2015, 1, 1)) is Holding.POSSIBLE


def test_a_cited_month_makes_no_day_certain_before_its_end(board: Board, tmp_path: Path) -> None:
    load(board, *army(tmp_path))
    held = range_of(PositionClaim.objects.get(base="Camp North"))
    assert held.holds(dt.date(2015, 2, 27)) is Holding.POSSIBLE
    assert held.holds(dt.date(2015, 3, 1)) is Holding.CERTAIN


def test_a_preview_says_what_the_load_does_and_writes_nothing(board: Board, tmp_path: Path) -> None:
    paths = army(tmp_path)
    seen = preview_sheets(actor=STEWARD, mission=board.mission, paths=paths)
    assert not Unit.objects.filter(code__startswith="u-").exists()
    assert not Source.objects.filter(title="Radio").exists()
    done = load_sheets(actor=STEWARD, batch_or_preview=seen)
    assert (done.brought, done.added) == (seen.brought, seen.added)
    assert done.brought == {"unit": 2, "unit_claim": 8}


def test_the_same_sheets_loaded_again_add_nothing(board: Board, tmp_path: Path) -> None:
    paths = army(tmp_path)
    load(board, *paths)
    before = NameClaim.objects.count(), Citation.objects.count(), Source.objects.count()
    again = load(board, *paths)
    assert (again.added, again.known, again.brought) == (0, 4, {})
    assert (NameClaim.objects.count(), Citation.objects.count(), Source.objects.count()) == before


def test_what_a_person_corrected_is_not_brought_back(board: Board, tmp_path: Path) -> None:
    paths = army(tmp_path)
    load(board, *paths)
    claim = NameClaim.objects.get(name="7 Brigade")
    correct_claim(actor=STEWARD, claim=claim, reason="misread", changes={"name": "17 Brigade"})
    assert load(board, *paths).brought == {}


def test_without_a_citation_a_claim_waits_for_one(board: Board, tmp_path: Path) -> None:
    done = load(board, sheet(tmp_path, "units", [unit("u-1", "7 Brigade", "nowhere")]))
    assert NameClaim.objects.get(name="7 Brigade").status == ClaimStatus.WORK_NEEDED
    assert done.work_needed == 1
    [problem] = done.problems
    assert (problem.severity, problem.row, problem.value) == ("warning", 2, "nowhere")


def test_a_later_sheet_cites_places_an_earlier_one_stated(board: Board, tmp_path: Path) -> None:
    load(board, sheet(tmp_path, "sources", [source("s-1")]))
    load(board, sheet(tmp_path, "units", [unit("u-1", "7 Brigade", "s-1")]))
    assert NameClaim.objects.get(name="7 Brigade").status == ClaimStatus.ACCEPTED


def test_sources_of_one_title_and_two_addresses_are_two_sources(
    board: Board, tmp_path: Path
) -> None:
    rows = [source("s-1", "Report", url="https://a.test/", publication_name="A"),
            source("s-2", "Report", url="https://b.test/", publication_name="B")]  # fmt: skip
    load(board, sheet(tmp_path, "sources", rows))
    found = Source.objects.filter(title__startswith="Report").values_list("url", flat=True)
    assert set(found) == {"https://a.test/", "https://b.test/"}


def test_an_undone_import_leaves_no_claim_and_deletes_nothing(board: Board, tmp_path: Path) -> None:
    paths = army(tmp_path)
    done = load(board, *paths)
    assert undo_sheets(actor=STEWARD, batch=done.batch, reason="wrong file") == 8
    assert set(NameClaim.objects.filter(name="7 Brigade").values_list("version", "withdrawn")) == {
        (1, False), (2, True),
    }  # fmt: skip
    assert Unit.objects.filter(code="u-1").exists()
    assert load(board, *paths).brought == {"unit_claim": 8}


def test_an_undoing_leaves_what_a_person_corrected(board: Board, tmp_path: Path) -> None:
    done = load(board, *army(tmp_path))
    claim = NameClaim.objects.get(name="7 Brigade")
    correct_claim(actor=STEWARD, claim=claim, reason="misread", changes={"name": "17 Brigade"})
    assert undo_sheets(actor=STEWARD, batch=done.batch, reason="wrong file") == 7
    assert not NameClaim.objects.filter(name="17 Brigade", withdrawn=True).exists()


def test_bad_rows_are_left_out_or_refuse_the_whole(board: Board, tmp_path: Path) -> None:
    rows = [unit("u-1", "7 Brigade"), unit("u-2", "8 Brigade", first_cited_date="2014-13-01")]
    path = sheet(tmp_path, "units", rows)
    with pytest.raises(RowsRefused, match=r"row 3, column unit:first_cited_date.*2014-13-01"):
        load(board, path, keep_good=False)
    assert not Unit.objects.filter(code="u-1").exists()
    done = load(board, path)
    assert (done.read, done.added, done.bad) == (2, 1, 1)
    [problem] = [one for one in done.problems if one.severity == "error"]
    assert problem.column == "units.csv: unit:first_cited_date"
    assert "2014-08-01" in problem.expected


def test_a_day_that_differs_from_its_parts_is_not_guessed(board: Board, tmp_path: Path) -> None:
    row = unit("u-1", "7 Brigade", first_cited_date="2019-01-01", first_cited_date_year="2018",
               first_cited_date_month="1", first_cited_date_day="1")  # fmt: skip
    assert load(board, sheet(tmp_path, "units", [row])).bad == 1


def test_two_relations_of_one_sheet_never_close_a_ring(board: Board, tmp_path: Path) -> None:
    days = {"related_unit_first_cited_date": "2015-01-01",
            "related_unit_last_cited_date": "2016-01-01"}  # fmt: skip
    rows = [under("u-1", "u-2", "s-1", name="7 Brigade", **days),
            under("u-2", "u-1", "s-1", name="71 Battalion", **days)]  # fmt: skip
    paths = [sheet(tmp_path, "sources", [source("s-1")]), sheet(tmp_path, "units", rows)]
    done = load(board, *paths)
    assert RelationClaim.objects.filter(unit__code__startswith="u-").count() == 1
    assert any("above itself" in one.expected for one in done.problems)


def test_a_relation_without_a_day_is_never_certain(board: Board, tmp_path: Path) -> None:
    rows = [unit("u-1", "7 Brigade", "s-1"), under("u-2", "u-1", "s-1", name="71 Battalion")]
    load(board, sheet(tmp_path, "sources", [source("s-1")]), sheet(tmp_path, "units", rows))
    held = range_of(RelationClaim.objects.get(unit__code="u-2"))
    assert held.holds(dt.date(2015, 1, 1)) is Holding.POSSIBLE


def test_a_relation_of_no_stated_class_does_not_become_command(
    board: Board, tmp_path: Path
) -> None:
    rows = [unit("u-1", "7 Brigade"),
            under("u-2", "u-1", name="71 Battalion", related_unit_class="")]  # fmt: skip
    load(board, sheet(tmp_path, "units", rows))
    assert not RelationClaim.objects.filter(unit__code="u-2").exists()


def test_rows_their_makers_have_not_finished_are_left_out(board: Board, tmp_path: Path) -> None:
    row = {**unit("u-1", "7 Brigade"), "unit:status:admin": "1"}
    done = load(board, sheet(tmp_path, "units", [row]))
    assert (done.added, done.bad) == (0, 1)
    assert not Unit.objects.filter(code="u-1").exists()


def posted(folder: Path, **more: str) -> list[Path]:
    """A commander of the brigade."""
    post = {
        "posting_unit_id:admin": "u-1", "posting_role": "Commander", "posting_unit:source": "s-1",
        "posting_first_cited_date": "2015-01-01", "posting_last_cited_date": "2015-12-31",
        "posting_first_cited_date_start": "Y", "posting_last_cited_date_end": "Y",
    }  # fmt: skip
    return [
        *army(folder),
        sheet(folder, "persons", [person("p-1", "A. Name", "s-1", **{**post, **more})]),
    ]


def test_a_posting_of_a_sheet_says_who_commanded_then_and_not_after(
    board: Board, tmp_path: Path
) -> None:
    load(board, *posted(tmp_path))
    brigade = Unit.objects.get(code="u-1")
    during = commander(STEWARD, brigade, dt.date(2015, 6, 1))
    after = commander(STEWARD, brigade, dt.date(2016, 1, 1))
    assert [one.name for one in during.commanders] == ["A. Name"]
    assert (after.commanders, after.vacant_since) == ((), dt.date(2016, 1, 1))
    claim = PostingClaim.objects.get(person__code="p-1")
    assert range_of(claim).holds(dt.date(2016, 1, 1)) is Holding.NO


def test_persons_are_confidential_whatever_a_sheet_says(board: Board, tmp_path: Path) -> None:
    rows = [{**person("p-1", "A. Name"), "marking:meta": "public",
             "first_imprecise:range": "since_beginning_of_time"}]  # fmt: skip
    load(board, sheet(tmp_path, "persons", rows))
    found = Person.objects.get(code="p-1")
    assert found.marking == Marking.CONFIDENTIAL
    assert set(PersonNameClaim.objects.filter(person=found).values_list("marking", flat=True)) == {
        Marking.CONFIDENTIAL
    }


def test_who_may_not_keep_persons_brings_none(board: Board, tmp_path: Path) -> None:
    paths = posted(tmp_path)
    with pytest.raises(Denied):
        preview_sheets(actor=board["donor"], mission=board.mission, paths=paths)
    assert not ImportBatch.objects.exists()


def test_a_person_of_an_undone_import_is_asked_of_again_when_it_is_loaded_again(
    board: Board, tmp_path: Path
) -> None:
    paths = posted(tmp_path)
    done = load(board, *paths)
    undo_sheets(actor=STEWARD, batch=done.batch, reason="wrong file")
    assert Person.objects.get(code="p-1").withdrawn
    load(board, *paths)
    assert not Person.objects.get(code="p-1").withdrawn


def test_more_about_a_person_is_read_with_what_it_leaves_open(board: Board, tmp_path: Path) -> None:
    extra = {
        "person_extra:id:admin": "p-1", "person_extra:gender": "Female",
        "person_extra:date_of_birth": "1971", "person_extra:date_of_birth:source": "s-1",
        "person_extra:deceased": "Y", "person_extra:deceased_date": "2017-03",
    }  # fmt: skip
    load(board, *posted(tmp_path), sheet(tmp_path, "persons_extra", [extra]))
    found = Person.objects.get(code="p-1")
    assert found.sex == "f"
    assert str(found.birth_claims.get()) == "1971-01-01 – 1971-12-31"
    left = LeavingClaim.objects.get(person=found)
    assert (str(left.earliest), str(left.latest)) == ("2017-03-01", "2017-03-31")


def test_several_sheets_in_one_zip_are_read_together(board: Board, tmp_path: Path) -> None:
    packed = tmp_path / "register.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in posted(tmp_path):
            archive.write(path, path.name)
    assert load(board, packed).brought["person"] == 1


def test_a_formula_in_a_sheet_is_text(board: Board, tmp_path: Path) -> None:
    load(board, sheet(tmp_path, "units", [unit("u-1", "=cmd|' /C calc'!A1")]))
    assert NameClaim.objects.filter(name="=cmd|' /C calc'!A1").exists()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("unit:name", "a\x1b[2Jb"),
        ("unit:name", "x\u202egpj.exe"),
        ("unit:name", "n" * 201),
        ("unit:id:admin", "../../etc/passwd"),
        ("unit:id:admin", "n" * 41),
        ("unit:notes:admin", "n" * 10_001),
        ("unit:last_cited_date_open", "maybe"),
        ("unit:side", "enemy"),
    ],
)
def test_a_cell_that_cannot_be_is_named_and_its_row_left_out(
    board: Board, tmp_path: Path, column: str, value: str
) -> None:
    row = {**unit("u-1", "7 Brigade"), column: value}
    done = load(board, sheet(tmp_path, "units", [row]))
    assert (done.added, done.bad) == (0, 1)
    assert done.problems[0].column == f"units.csv: {column}"
    assert done.problems[0].expected


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "https://"])
def test_a_source_that_leads_elsewhere_than_the_web_is_refused(
    board: Board, tmp_path: Path, address: str
) -> None:
    done = load(board, sheet(tmp_path, "sources", [source("s-1", url=address)]))
    assert done.bad == 1
    assert not Source.objects.filter(title="Gazette", url=address).exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"a,b\n1,2\n", b"\x00\x01\x02", b"unit:id:admin,unit:id:admin\n1,2\n",
     b"unit:id:admin\n", "unit:id:admin\n\u00e9".encode("latin-1")],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_as_a_whole(board: Board, tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes(body)
    with pytest.raises(ExchangeRefused, match="cannot be read"):
        preview_sheets(actor=STEWARD, mission=board.mission, paths=[path])
    assert not ImportBatch.objects.exists()


def test_a_zip_that_unpacks_to_too_much_is_refused(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("primacy.platform.exchange.sfm.files.MOST_BYTES", 1_000)
    packed = tmp_path / "bomb.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("units.csv", "unit:id:admin\n" + "a" * 5_000)
    with pytest.raises(ExchangeRefused, match="64 MB"):
        preview_sheets(actor=STEWARD, mission=board.mission, paths=[packed])


def test_a_unit_that_is_closed_to_who_loads_is_not_written_to(board: Board, tmp_path: Path) -> None:
    load(board, sheet(tmp_path, "units", [unit("u-1", "7 Brigade")]), marking=Marking.STRICT)
    path = sheet(tmp_path, "units", [unit("u-1", "Another name")])
    done = preview_sheets(actor=board["planner"], mission=board.mission, paths=[path])
    assert (done.added, done.bad) == (0, 1)
    assert "7 Brigade" not in str(done.problems)


def test_the_log_says_what_was_brought_and_no_name_of_a_person(
    board: Board, tmp_path: Path
) -> None:
    load(board, *posted(tmp_path))
    bodies = [str(entry.body) for entry in AuditEntry.objects.all()]
    assert not any("A. Name" in body for body in bodies)
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"forces.unit.create_many", "forces.claim.make_many", "persons.people.create",
            "persons.claims.make", "imports.batch.loaded"} <= actions  # fmt: skip
