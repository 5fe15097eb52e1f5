"""Imports through the browser and the command line: preview, load, undo, what is refused."""

import json
import stat
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from primacy.faces.cli.commands import application
from primacy.faces.web.import_files import safe_name
from primacy.platform.imports.models import BatchStatus, ImportBatch
from primacy.rooms.incidents.facade import Incident
from primacy.rooms.places.facade import Area
from tests.conftest import Board
from tests.unit.exchange.ucdp_samples import csv_text, event

LIST = reverse("imports", args=["exercise"])
AREAS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "Lakeside"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[31, 4], [32, 4], [32, 6], [31, 6], [31, 4]]],
            },
        }
    ],
}


@pytest.fixture
def media(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def planner(board: Board, client: Client, media: Path) -> Client:
    client.force_login(board.accounts["planner"])
    return client


def upload(*rows: dict[str, object], name: str = "GEDEvent_v23_1.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, csv_text(rows).encode())


def send(client: Client, file: SimpleUploadedFile, kind: str = "ucdp", **more: str) -> ImportBatch:
    answer = client.post(LIST, {"kind": kind, "file": file, **more})
    assert answer.status_code == 302, answer.content.decode()
    return ImportBatch.objects.order_by("-recorded_at").first()  # type: ignore[return-value]


def page(client: Client, batch: ImportBatch, act: str = "") -> str:
    address = reverse("import", args=["exercise", batch.pk]) + (f"{act}/" if act else "")
    return client.get(address).content.decode()


def post(client: Client, batch: ImportBatch, act: str, **data: str) -> str:
    address = reverse(f"import-{act}", args=["exercise", batch.pk])
    return client.post(address, data, follow=True).content.decode()


def kept_files(media: Path) -> list[Path]:
    return [p for p in media.rglob("*") if p.is_file() and p.suffix != ".json"]


def test_upload_preview_load_and_undo(planner: Client, media: Path) -> None:
    batch = send(planner, upload(event(1), event(2)))
    shown = page(planner, batch)
    assert "2 rows read: 2 new" in shown
    assert "Galasi town" in shown
    assert Incident.objects.count() == 0
    [kept] = kept_files(media)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "2 events were added" in post(planner, batch, "load")
    assert Incident.objects.count() == 2
    assert kept_files(media) == []
    assert Incident.objects.filter(recorded_by__isnull=True).count() == 0
    post(planner, batch, "undo", reason="")
    assert Incident.objects.count() == 2
    assert "2 records taken back" in post(planner, batch, "undo", reason="wrong file")
    assert Incident.objects.count() == 0


def test_bad_rows_are_shown_and_nothing_or_the_good_ones_are_loaded(planner: Client) -> None:
    batch = send(planner, upload(event(1), event(2, latitude="=95")))
    shown = page(planner, batch)
    assert "1 that cannot be loaded" in shown
    assert "latitude" in shown
    answer = planner.get(reverse("import-problems", args=["exercise", batch.pk]))
    assert "3,latitude,'=95," in answer.getvalue().decode()
    assert "Nothing was changed" in post(planner, batch, "load", rows="all")
    assert Incident.objects.count() == 0
    post(planner, batch, "load", rows="good")
    assert Incident.objects.count() == 1


@pytest.mark.parametrize("kind", ["ucdp", "areas"])
def test_a_dropped_file_is_gone(planner: Client, media: Path, kind: str) -> None:
    lakes = SimpleUploadedFile("lakes.geojson", json.dumps(AREAS).encode())
    batch = send(planner, lakes if kind == "areas" else upload(event(1)), kind, level="1")
    assert len(kept_files(media)) == 1
    post(planner, batch, "cancel")
    batch.refresh_from_db()
    assert batch.status == BatchStatus.REFUSED
    assert kept_files(media) == []
    assert Incident.objects.count() == 0


def test_a_file_of_something_else_is_refused_beside_the_field(planner: Client, media: Path) -> None:
    answer = planner.post(
        LIST, {"kind": "ucdp", "file": SimpleUploadedFile("GEDEvent_v23_1.csv", b"a,b\n1,2\n")}
    )
    assert answer.status_code == 400
    assert "columns are missing" in answer.content.decode()
    assert ImportBatch.objects.count() == 0
    assert kept_files(media) == []


def test_a_file_above_the_limit_is_refused(planner: Client, settings: LazySettings) -> None:
    settings.PRIMACY_UPLOAD_LIMIT = 100
    answer = planner.post(LIST, {"kind": "ucdp", "file": upload(event(1))})
    assert "larger than this site accepts" in answer.content.decode()
    assert ImportBatch.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        (".htaccess", "htaccess"),
        ("a b;$(rm).csv", "a_b_rm_.csv"),
        ("\x00\n", "upload"),
        ("", "upload"),
        ("x" * 500 + ".geojson", "x" * 72 + ".geojson"),
    ],
)
def test_names_sent_by_a_browser_never_become_paths(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_areas_are_loaded_and_take_the_events_in(planner: Client) -> None:
    post(planner, send(planner, upload(event(1))), "load")
    file = SimpleUploadedFile("lakes.geojson", json.dumps(AREAS).encode())
    batch = send(planner, file, "areas", level="1")
    assert "Lakeside" in page(planner, batch)
    assert "put into the new areas: 1" in post(planner, batch, "load")
    assert Incident.objects.get().area == Area.objects.get(name="Lakeside")
    post(planner, batch, "undo", reason="wrong lines")
    assert Incident.objects.get().area is None


@pytest.mark.parametrize("person", ["adviser", "commander", "donor"])
def test_people_without_the_right_do_not_get_in(
    board: Board, client: Client, media: Path, person: str
) -> None:
    client.force_login(board.accounts[person])
    assert client.get(LIST).status_code == 403
    assert client.post(LIST, {"kind": "ucdp", "file": upload(event(1))}).status_code == 403
    assert kept_files(media) == []


def test_an_import_of_another_mission_is_not_found(planner: Client, make_board: object) -> None:
    other = make_board("other")  # type: ignore[operator]
    batch = send(planner, upload(event(1)))
    planner.force_login(other.accounts["planner"])
    address = reverse("import", args=["other", batch.pk])
    assert planner.get(address).status_code == 404
    assert planner.get(reverse("import", args=["exercise", batch.pk])).status_code == 404


@pytest.fixture
def command(board: Board) -> CliRunner:
    return CliRunner()


def test_command_line_loads_reports_and_undoes(command: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "GEDEvent_v23_1.csv"
    file.write_text(csv_text([event(1), event(2, latitude=95), event(3)]))
    problems = tmp_path / "problems.csv"
    done = command.invoke(
        application,
        [
            "import",
            "ucdp",
            str(file),
            "--mission",
            "exercise",
            "--json",
            "--problems",
            str(problems),
        ],
    )
    data = json.loads(done.stdout)
    assert {k: data[k] for k in ("read", "added", "known", "changed", "bad", "superseded")} == {
        "read": 3, "added": 2, "known": 0, "changed": 0, "bad": 1, "superseded": 0,
    }  # fmt: skip
    assert data["by_type"] == {"state_based": 2, "non_state": 0, "one_sided": 0}
    assert data["outside_areas"] == 2
    assert "latitude" in problems.read_text()
    listed = json.loads(command.invoke(application, ["import", "list", "--json"]).stdout)
    assert [row["batch"] for row in listed] == [data["batch"]]
    undone = command.invoke(
        application, ["import", "undo", data["batch"], "--reason", "test", "--json"]
    )
    assert json.loads(undone.stdout)["removed"] == 2
    assert Incident.objects.count() == 0


def test_command_line_preview_and_all_or_nothing_store_no_event(
    command: CliRunner, tmp_path: Path
) -> None:
    file = tmp_path / "GEDEvent_v23_1.csv"
    file.write_text(csv_text([event(1), event(2, latitude=95)]))
    seen = command.invoke(application, ["import", "ucdp", str(file), "--preview"])
    assert "1 new" in seen.stdout
    refused = command.invoke(application, ["import", "ucdp", str(file), "--all-or-nothing"])
    assert "Nothing was changed" in str(refused.exception)
    assert Incident.objects.count() == 0
    states = set(ImportBatch.objects.values_list("status", flat=True))
    assert states == {BatchStatus.PREVIEWED, BatchStatus.REFUSED}
