"""Exchange on the web and on the command line: preview, load, take back, take out."""

import io
import zipfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from typer.testing import CliRunner

from primacy.faces.cli.commands import application
from primacy.platform.audit.actions import READ
from primacy.platform.audit.models import AuditEntry
from primacy.platform.imports.models import ImportBatch
from primacy.rooms.forces.facade import NameClaim, Unit
from tests.conftest import Board
from tests.rooms.exchange.sheets import sheet, source, unit
from tests.rooms.exchange.test_sheets_out import register as register


def signed_in(board: Board, label: str) -> Client:
    client = Client()
    client.force_login(board.accounts[label])
    return client


def at(board: Board, path: str) -> str:
    return f"/m/{board.mission.code}/{path}"


def upload(board: Board, client: Client, path: Path):  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile(path.name, path.read_bytes(), "text/csv")
    return client.post(at(board, "imports/"), {"kind": "sfm", "file": file})


def test_sheets_are_previewed_on_the_page_before_they_are_loaded(
    board: Board, tmp_path: Path
) -> None:
    rows = [unit("u-1", "7 Brigade"), unit("u-2", "8 Brigade", last_cited_date_open="maybe")]
    client = signed_in(board, "planner")
    answer = upload(board, client, sheet(tmp_path, "units", rows))
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "units.csv: unit:last_cited_date_open" in page
    assert "Sheets of the register of forces" in page
    assert not Unit.objects.filter(code="u-1").exists()
    client.post(f"{answer['Location']}load/", {"rows": "good"})
    assert NameClaim.objects.filter(name="7 Brigade").exists()


def test_what_is_no_sheet_is_said_on_the_form(board: Board, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    answer = upload(board, signed_in(board, "planner"), path)
    assert answer.status_code == 400
    assert b"its header is that of no sheet" in answer.content
    assert not ImportBatch.objects.exists()


def test_the_page_hands_out_a_zip_named_by_its_marking(board: Board, register: Unit) -> None:
    client = signed_in(board, "commander")
    answer = client.get(at(board, "exchange/sheets.zip"))
    assert "-internal.zip" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert set(archive.namelist()) == {
            "sources.csv", "units.csv", "persons.csv", "persons_extra.csv", "incidents.csv",
            "ABOUT.txt",
        }  # fmt: skip
    answer = client.get(at(board, "exchange/followthemoney.zip"))
    assert answer["Content-Type"] == "application/zip"
    assert client.get(at(board, "exchange/other.zip")).status_code == 404


def test_taking_persons_out_is_refused_or_written_in_the_log(board: Board, register: Unit) -> None:
    asked = at(board, "exchange/sheets.zip?persons=yes")
    assert signed_in(board, "donor").get(asked).status_code == 403
    answer = signed_in(board, "planner").get(asked)
    assert "-confidential.zip" in answer["Content-Disposition"]
    reads = AuditEntry.objects.filter(action=READ, subject_type="persons.person")
    assert reads.exists()


def test_only_who_may_see_persons_is_offered_them(board: Board) -> None:
    for label, offered in (("planner", True), ("donor", False)):
        page = signed_in(board, label).get(at(board, "exchange/")).content
        assert (b'name="persons"' in page) is offered


def test_a_day_that_is_none_is_refused_in_words(board: Board) -> None:
    answer = signed_in(board, "planner").get(at(board, "exchange/sheets.zip?known_on=yesterday"))
    assert answer.status_code == 400


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(application, [*words, "--mission", "exercise"])
    return done.exit_code, done.output


def test_the_commands_load_and_write_the_same_register(
    board: Board, register: Unit, tmp_path: Path
) -> None:
    paths = [sheet(tmp_path, "sources", [source("s-1")]),
             sheet(tmp_path, "units", [unit("u-1", "7 Brigade", "s-1")])]  # fmt: skip
    files = [str(path) for path in paths]
    code, shown = run("import", "sfm", *files, "--preview")
    assert (code, "Nothing was loaded" in shown) == (0, True)
    assert not Unit.objects.filter(code="u-1").exists()
    code, shown = run("import", "sfm", *files, "--keep", "all")
    assert (code, "2 rows read" in shown) == (0, True)
    out = tmp_path / "out.zip"
    assert run("export", "sfm", "--out", str(out))[0] == 0
    assert oct(out.stat().st_mode)[-3:] == "600"
    with zipfile.ZipFile(out) as archive:
        assert "7 Brigade" in archive.read("units.csv").decode()
    assert run("export", "sfm", "--out", str(out))[0] != 0
    other = tmp_path / "other.zip"
    assert run("export", "followthemoney", "--out", str(other), "--persons")[0] == 0
    with zipfile.ZipFile(other) as archive:
        assert "A. Name" in archive.read("entities.ftm.json").decode()
