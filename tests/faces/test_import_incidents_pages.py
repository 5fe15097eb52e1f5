"""A mission's own incident file through the browser: preview, load, again, newer version, undo."""

import csv
import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from primacy.platform.imports.models import BatchStatus, ImportBatch
from primacy.rooms.incidents.facade import Incident
from tests.conftest import Board

LIST = reverse("imports", args=["exercise"])
COLUMNS = ("id", "type", "date_start", "lat", "lon", "source", "headline", "deaths_best")


@pytest.fixture
def operations(board: Board, client: Client, settings: LazySettings, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path / "files"
    client.force_login(board.accounts["planner"])
    return client


def row(number: int, **changed: object) -> dict[str, object]:
    given: dict[str, object] = {
        "id": f"joc-{number}",
        "type": "public_order",
        "date_start": "2024-03-05",
        "lat": 4.5,
        "lon": 31.5,
        "source": "Team site report",
        "headline": f"March number {number}",
    }
    return given | changed


def sent(client: Client, *rows: dict[str, object], version: str = "") -> ImportBatch:
    """The previewed batch of a file with these rows."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    file = SimpleUploadedFile("operations log.csv", text.getvalue().encode())
    answer = client.post(LIST, {"kind": "incidents", "file": file, "vintage": version})
    assert answer.status_code == 302, answer.content.decode()
    return ImportBatch.objects.get(pk=answer.url.rstrip("/").rsplit("/", 1)[-1])


def page(client: Client, batch: ImportBatch) -> str:
    return client.get(reverse("import", args=["exercise", batch.pk])).content.decode()


def post(client: Client, batch: ImportBatch, act: str, **data: str) -> str:
    address = reverse(f"import-{act}", args=["exercise", batch.pk])
    return client.post(address, data, follow=True).content.decode()


def test_a_file_is_seen_first_then_loaded_and_can_be_taken_back(operations: Client) -> None:
    batch = sent(operations, row(1), row(2, type="crime", deaths_best=3))
    assert "2 rows read: 2 new" in page(operations, batch)
    assert Incident.objects.count() == 0
    assert "2 events were added" in post(operations, batch, "load")
    stored = {one.origin_id: one for one in Incident.objects.all()}
    assert {key: one.type for key, one in stored.items()} == {
        "joc-1": "public_order", "joc-2": "crime",
    }  # fmt: skip
    assert (stored["joc-2"].deaths_best, stored["joc-2"].headline) == (3, "March number 2")
    shown = operations.get(reverse("incidents", args=["exercise"])).content.decode()
    assert all(str(one.pk) in shown for one in stored.values())
    assert "2 records taken back" in post(operations, batch, "undo", reason="wrong month")
    assert Incident.objects.count() == 0
    shown = operations.get(reverse("incidents", args=["exercise"])).content.decode()
    assert not any(str(one.pk) in shown for one in stored.values())


def test_the_same_file_again_adds_nothing_and_its_first_load_stays_the_one_to_undo(
    operations: Client,
) -> None:
    first = sent(operations, row(1), row(2))
    post(operations, first, "load")
    again = sent(operations, row(1), row(2))
    assert "2 rows read: 0 new" in page(operations, again)
    post(operations, again, "load")
    again.refresh_from_db()
    assert again.status == BatchStatus.REFUSED
    assert str(first.pk) in " ".join(again.notes)
    assert Incident.objects.count() == 2
    post(operations, first, "undo", reason="wrong month")
    assert Incident.objects.count() == 0


def test_a_newer_version_replaces_what_the_first_said_until_it_is_taken_back(
    operations: Client,
) -> None:
    post(operations, sent(operations, row(1), row(2)), "load")
    newer = sent(operations, row(1, deaths_best=4), version="2")
    post(operations, newer, "load")
    counted = Incident.objects.filter(superseded_at=None)
    assert {(one.origin_id, one.deaths_best) for one in counted} == {("joc-1", 4), ("joc-2", 0)}
    post(operations, newer, "undo", reason="numbers of another day")
    assert {(one.origin_id, one.deaths_best) for one in counted.all()} == {
        ("joc-1", 0), ("joc-2", 0),
    }  # fmt: skip


def test_bad_rows_are_named_by_row_and_column_and_left_out(operations: Client) -> None:
    rows = (row(1), row(2, lat=95), row(3, type="riot"), row(4, date_start="05/03/2024"))
    batch = sent(operations, *rows)
    shown = page(operations, batch)
    assert "4 rows read: 1 new" in shown
    assert "3 that cannot be loaded" in shown
    answer = operations.get(reverse("import-problems", args=["exercise", batch.pk]))
    told = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [(one["row"], one["column"], one["value"]) for one in told] == [
        ("3", "lat", "95"), ("4", "type", "riot"), ("5", "date_start", "05/03/2024"),
    ]  # fmt: skip
    assert all(one["expected"] and one["action"] for one in told)
    assert "Nothing was changed" in post(operations, batch, "load", rows="all")
    assert Incident.objects.count() == 0
    post(operations, batch, "load", rows="good")
    assert Incident.objects.get().origin_id == "joc-1"


def test_a_file_with_days_to_come_is_refused_beside_the_field(operations: Client) -> None:
    file = SimpleUploadedFile(
        "log.csv", b"id,type,date_start,lat,lon,source\n1,crime,2099-01-02,4,31,x\n"
    )
    answer = operations.post(LIST, {"kind": "incidents", "file": file})
    assert answer.status_code == 400
    assert "a day still to come" in answer.content.decode()
    assert not ImportBatch.objects.exists()
