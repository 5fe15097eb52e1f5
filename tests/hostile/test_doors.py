"""Hostile uploads and requests at the pages: refused in words, nothing kept, no error."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import reverse

from primacy.faces.web.import_files import safe_name as kept_name
from primacy.platform.exports import safe_name
from primacy.platform.imports.models import ImportBatch
from tests.conftest import Board
from tests.hostile import samples as s

pytestmark = pytest.mark.django_db
LIST = reverse("imports", args=["exercise"])
SENT = {
    "lying.zip": s.lying_zip,
    "link.zip": s.linking_zip,
    "above.zip": lambda path: s.named_zip(path, "../../a.geojson"),
    "deep.geojson": s.deep_json,
    "collection.geojson": s.deep_collection,
    "other.gpkg": s.trapped_sqlite,
    "laughs.xlsx": lambda path: s.workbook(path, s.LAUGHS + s.cells([["&i1;"]])),
    "macro.xlsx": lambda path: s.workbook(path, s.cells(s.GOOD), **s.MACRO),
    "nul.csv": lambda path: s.written(path, s.HEADER + "1\0,crime\n"),
}
NAMES = (
    "../../etc/passwd.csv",
    "/etc/passwd.csv",
    "..\\..\\boot.csv",
    "a\r\nSet-Cookie: stolen=1\r\n\r\n.csv",
    'a";filename="b.exe.csv',
    "a\u202egnp.csv",
    "CON.csv",
    "." * 300 + ".csv",
    "\U0001f4a3" * 90 + ".csv",
)


@pytest.fixture
def media(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def planner(board: Board, client: Client, media: Path) -> Client:
    client.raise_request_exception = False
    client.force_login(board.accounts["planner"])
    return client


def kept(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["areas", "ucdp", "incidents"])
def test_a_hostile_upload_is_refused_beside_its_field_and_leaves_nothing(
    planner: Client, media: Path, tmp_path: Path, kind: str
) -> None:
    for name, make in SENT.items():
        content = make(tmp_path / name).read_bytes()
        answer = planner.post(
            LIST, {"kind": kind, "file": SimpleUploadedFile(name, content), "vintage": "23.1"}
        )
        if name == "collection.geojson" and answer.status_code == 302:
            # Read as a map whose one row is no area: it is previewed with that problem.
            assert ImportBatch.objects.latest("recorded_at").rows_bad == 1
            continue
        assert answer.status_code == 400, (kind, name, answer.status_code)
        assert [p for p in kept(media) if p.suffix != ".json"] == [], (kind, name)


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_name_stays_inside_the_folder_and_out_of_the_headers(
    planner: Client, media: Path, name: str
) -> None:
    text = s.HEADER + s.ROW
    file = SimpleUploadedFile("x.csv", text.encode())
    file._name = name  # type: ignore[attr-defined]  # the setter would clean it
    answer = planner.post(LIST, {"kind": "incidents", "file": file})
    assert answer.status_code < 500
    assert "Set-Cookie: stolen" not in str(answer.headers)
    for path in kept(media):
        assert path.resolve().is_relative_to(media.resolve())
        assert set(path.name) <= set(kept_name(path.name))
    for cleaned in (safe_name(name), kept_name(name)):
        assert not set(cleaned) & set('/\\"\r\n;\u202e')
        assert not cleaned.startswith(".")


def test_more_form_fields_than_any_form_has_are_refused(planner: Client, media: Path) -> None:
    fields = {f"f{number}": "1" for number in range(10_000)}
    assert planner.post(LIST, fields).status_code == 400
    assert not kept(media)


def test_a_body_above_the_limit_is_refused(planner: Client) -> None:
    answer = planner.post(
        "/api/v1/missions/exercise/leads", b" " * 6_000_000, content_type="application/json"
    )
    assert answer.status_code in (400, 413)


@pytest.fixture
def served() -> Iterator[int]:
    """The port of the site behind a plain WSGI server."""

    class Quiet(WSGIRequestHandler):
        timeout = 5

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("length", ["-1", "99999999999999999999", "abc", "4"])
def test_a_wrong_content_length_is_no_error_of_the_site(served: int, length: str) -> None:
    asked = (
        f"POST /accounts/login/ HTTP/1.1\r\nHost: testserver\r\nContent-Length: {length}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\nlogin=a"
    )
    with socket.create_connection(("127.0.0.1", served), timeout=10) as line:
        line.sendall(asked.encode())
        line.shutdown(socket.SHUT_WR)
        status = line.makefile("rb").readline().split()
    assert not status or int(status[1]) < 500, status
