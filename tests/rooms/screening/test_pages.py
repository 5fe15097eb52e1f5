"""Screening through the browser: lists, typing, sheets, judging; and who is let in."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from primacy.platform.policy import Marking
from primacy.rooms.screening.facade import ListFile, Roster, Screening
from primacy.rooms.screening.models import Judgement, PossibleMatch, RescreenTask
from tests.conftest import Board
from tests.rooms.screening.asking import match_of, persons, screen, unit, unit_names
from tests.rooms.screening.conftest import FRONT, MIRO, ORAN
from tests.rooms.screening.lists import un_xml

Load = Callable[..., ListFile]
Visit = Callable[..., Client]
WHY = "Other father's name, seen in the personnel file"
SHEET = b"First name,Last name,DOB,Unit\nOran Tel,Davem,1961-03-04,Mobile Brigade 21\n,,,\nx\n"


@pytest.fixture
def visit(board: Board, settings: LazySettings, tmp_path: Path) -> Visit:
    """A signed-in browser of somebody of the mission."""
    settings.MEDIA_ROOT = tmp_path / "files"

    def signed_in(label: str) -> Client:
        client = Client()
        client.force_login(board.accounts[label])
        return client

    return signed_in


def at(name: str, *args: object) -> str:
    return reverse(name, args=["exercise", *args])


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_list_is_loaded_through_the_page(visit: Visit) -> None:
    client = visit("planner")
    file = SimpleUploadedFile("un.xml", un_xml("2020-01-01T09:00:00Z", ORAN, MIRO).encode())
    sent = client.post(at("screening-list-load"), {"publisher": "un", "file": file})
    made = ListFile.objects.get()
    assert sent.headers["Location"] == at("screening-list", made.pk)
    page = text_of(client, at("screening-lists"))
    assert "1 January 2020" in page
    assert "Every load" in page


def test_a_list_that_is_refused_says_why_and_keeps_no_file(visit: Visit, tmp_path: Path) -> None:
    client = visit("planner")
    file = SimpleUploadedFile("un.xml", b"<html/>")
    sent = client.post(at("screening-list-load"), {"publisher": "un", "file": file}, follow=True)
    assert "it is XML, but begins with html" in sent.content.decode()
    assert not ListFile.objects.exists()
    assert not list((tmp_path / "files").rglob("*.xml"))


def test_ofac_without_its_day_is_asked_for_it(visit: Visit) -> None:
    file = SimpleUploadedFile("sdn.csv", b'1,"A"')
    sent = visit("planner").post(at("screening-list-load"), {"publisher": "ofac", "file": file})
    assert sent.status_code == 400
    assert "do not say of which day" in sent.content.decode()


def test_typed_names_are_screened_and_the_page_says_what_was_searched(
    visit: Visit, load: Load
) -> None:
    listed = load("2020-01-01", ORAN, MIRO)
    client = visit("planner")
    sent = client.post(
        at("screening-new"),
        {
            "kind": "person",
            "typed": "Oran Tel Davem; 1961-03-04\nNobody Known",
            "title": "Course",
            "against": [str(listed.pk), "register"],
        },
    )
    made = Screening.objects.get()
    assert sent.headers["Location"] == at("screening", made.pk)
    page = text_of(client, at("screening", made.pk))
    assert "1 possible match: decide" in page
    assert "list of 1 January 2020, 2 entries." in page
    assert page.count("Nothing found. Searched on") == 1
    only = text_of(client, at("screening", made.pk) + "?show=nothing")
    assert "Nobody Known" in only
    assert "Oran Tel Davem" not in only


def test_a_screening_against_nothing_is_refused_beside_the_form(visit: Visit) -> None:
    sent = visit("planner").post(
        at("screening-new"), {"kind": "person", "typed": "Oran", "title": "Course"}
    )
    assert sent.status_code == 400
    assert not Screening.objects.exists()


def test_a_sheet_is_previewed_then_screened(visit: Visit, load: Load, tmp_path: Path) -> None:
    listed = load("2020-01-01", ORAN)
    client = visit("planner")
    sent = client.post(
        at("screening-roster-new"), {"file": SimpleUploadedFile("roster.csv", SHEET)}
    )
    roster = Roster.objects.get()
    assert sent.headers["Location"] == at("screening-roster", roster.pk)
    assert not list((tmp_path / "files").rglob("roster.csv"))
    page = text_of(client, at("screening-roster", roster.pk))
    assert "Nobody is screened yet" in page
    assert "National identity number" in page
    assert not Screening.objects.exists()
    sent = client.post(
        at("screening-roster-screen", roster.pk),
        {"title": "Course", "against": [str(listed.pk)], "rows": "good"},
    )
    made = Screening.objects.get()
    assert sent.headers["Location"] == at("screening", made.pk)
    assert [line.name for line in made.lines.all()][:1] == ["Oran Tel Davem"]


def test_a_sheet_that_is_none_is_refused_beside_its_field(visit: Visit) -> None:
    sent = visit("planner").post(
        at("screening-roster-new"), {"file": SimpleUploadedFile("roster.csv", b"a,b\n1,2\n")}
    )
    assert sent.status_code == 400
    assert "no header row with a column of names was found" in sent.content.decode()


def test_a_waiting_sheet_can_be_dropped(visit: Visit) -> None:
    client = visit("planner")
    client.post(at("screening-roster-new"), {"file": SimpleUploadedFile("roster.csv", SHEET)})
    roster = Roster.objects.get()
    client.post(at("screening-roster-drop", roster.pk))
    roster.refresh_from_db()
    assert roster.rows == []
    assert "Its rows are deleted" in text_of(client, at("screening-roster", roster.pk))


def test_a_possible_match_is_judged_side_by_side(board: Board, visit: Visit, load: Load) -> None:
    made = screen(board, persons("Oran Tel Davem; 1961-03-04"), [load("2020-01-01", ORAN)])
    address = at("screening-match", made.pk, match_of(board, made).pk)
    client = visit("human_rights")
    page = text_of(client, address)
    assert "Side by side" in page
    assert page.count("1961-03-04") >= 2
    refused = client.post(address, {"kind": "same", "reasons": "yes"})
    assert refused.status_code == 400
    assert "Give your reasons" in refused.content.decode()
    client.post(address, {"kind": "different", "reasons": WHY})
    assert Judgement.objects.get().kind == "different"
    assert "Somebody or something else" in text_of(client, at("screening", made.pk))


def test_who_may_not_judge_is_told_so(board: Board, visit: Visit, load: Load) -> None:
    made = screen(board, persons("Oran Tel Davem"), [load("2020-01-01", ORAN)])
    address = at("screening-match", made.pk, match_of(board, made).pk)
    client = visit("planner")
    assert "Put it on record" not in text_of(client, address)
    assert client.post(address, {"kind": "same", "reasons": WHY}).status_code == 403
    assert not Judgement.objects.exists()


def test_a_closed_match_shows_only_whom_to_ask(board: Board, visit: Visit) -> None:
    unit(board, "zz-secret", "Secret Tracking Brigade 44", Marking.STRICT)
    made = screen(board, unit_names("Secret Tracking Brigade 44"), register=True,
                  who="human_rights")  # fmt: skip
    match = PossibleMatch.objects.get()
    for name in ("screening", "screening-match"):
        args = (made.pk,) if name == "screening" else (made.pk, match.pk)
        page = text_of(visit("planner"), at(name, *args))
        assert "restricted information: ask" in page
        assert "zz-secret" not in page
        assert "Speaks for it" not in page
        assert "words in common" not in page


@pytest.mark.parametrize(
    "label", ["adviser", "commander", "official", "operations", "donor", "administrator"]
)
def test_nobody_else_is_let_in(board: Board, visit: Visit, load: Load, label: str) -> None:
    listed = load("2020-01-01", ORAN)
    made = screen(board, persons("Oran Tel Davem"), [listed])
    client = visit(label)
    for address in (
        at("screenings"),
        at("screening-new"),
        at("screening-lists"),
        at("screening-list", listed.pk),
        at("screening", made.pk),
        at("screening-export", made.pk, "csv"),
        at("screening-paper", made.pk),
        at("screening-match", made.pk, match_of(board, made).pk),
    ):
        answer = client.get(address)
        assert answer.status_code in (403, 404), address
        assert "Davem" not in answer.content.decode()


def test_the_overseer_reads_and_changes_nothing(board: Board, visit: Visit, load: Load) -> None:
    made = screen(board, persons("Oran Tel Davem"), [load("2020-01-01", ORAN)])
    client = visit("overseer")
    assert "Oran Tel Davem" in text_of(client, at("screening", made.pk))
    for name in ("screening-undo", "screening-stop"):
        assert client.post(at(name, made.pk), {"reason": "no reason"}).status_code == 403
    assert client.get(at("screening-new")).status_code == 403


def test_files_and_paper_say_what_was_searched(board: Board, visit: Visit, load: Load) -> None:
    made = screen(board, persons("Nobody Known"), [load("2020-01-01", ORAN)])
    client = visit("planner")
    answer = client.get(at("screening-export", made.pk, "csv"))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode())))  # type: ignore[call-overload]
    assert [row["to_do"] for row in rows] == ["nothing"]
    assert "list of 1 January 2020, 1 entry." in rows[0]["searched"]
    pdf = client.get(at("screening-paper", made.pk)).content
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "Nothing found." in words
    assert "list of 1 January 2020" in " ".join(words.split())
    assert "CONFIDENTIAL" in words


def test_tasks_stand_first_and_are_closed_with_a_word(
    board: Board, visit: Visit, load: Load
) -> None:
    screen(board, persons("Miro Kestan Valdo"), [load("2020-01-01", ORAN)])
    load("2021-01-01", ORAN, MIRO, FRONT)
    client = visit("human_rights")
    assert "To look at again" in text_of(client, at("screenings"))
    task = RescreenTask.objects.get()
    client.post(at("screening-task-done", task.pk), {"outcome": "Course was cancelled before"})
    task.refresh_from_db()
    assert task.done_by == "human rights"
    assert "To look at again</h2>" not in text_of(client, at("screenings"))


def test_a_screening_is_taken_back_through_the_page(board: Board, visit: Visit, load: Load) -> None:
    made = screen(board, persons("Nobody Known"), [load("2020-01-01", ORAN)])
    client = visit("planner")
    client.post(at("screening-undo", made.pk), {"reason": "Wrong course"})
    assert "Wrong course" in text_of(client, at("screening", made.pk))
