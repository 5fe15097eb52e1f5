"""Papers as PDF: what stands on them, for whom, in which language, tagged, nothing as markup."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from primacy.faces.papers.assessment import assessment_paper
from primacy.faces.papers.board import board_paper
from primacy.platform.policy import Marking, guest
from primacy.platform.reports import Cell, Figure, Heading, Paper, Table, Text, print_paper
from primacy.rooms.incidents.actions import enter_incident
from primacy.rooms.incidents.facade import IncidentType
from tests.conftest import Board

HOSTILE = '#read("/etc/passwd") $x$ *bold* <svg> \\ [link](x) @cite `code` =head'


def words(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content))
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.split())


def paper(**more: object) -> Paper:
    given: dict[str, object] = {
        "title": "A paper",
        "subtitle": "What it is for",
        "mission": "Mission exercise",
        "as_of": dt.date(2026, 3, 1),
        "marking": Marking.CONFIDENTIAL,
        "printed_for": "officer",
        "blocks": [Heading("Part"), Text("Words.")],
    }
    return Paper(**{**given, **more})  # type: ignore[arg-type]


def test_every_page_carries_marking_day_and_number() -> None:
    rows = [[f"Row {n}", Cell(str(n), figure=True)] for n in range(200)]
    made = print_paper(paper(blocks=[Heading("Part"), Table("A table", ["Name", "n"], rows)]))
    reader = PdfReader(io.BytesIO(made))
    assert len(reader.pages) > 2
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert text.count("CONFIDENTIAL") == 2
        assert "1 March 2026" in text
        assert f"{number} / {len(reader.pages)}" in text
        assert "Name" in text, "the heads are repeated on each page"


def test_it_is_tagged_for_screen_readers_and_names_its_language() -> None:
    with translation.override("fr"):
        root = PdfReader(io.BytesIO(print_paper(paper()))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert "/StructTreeRoot" in root


def test_nothing_typed_by_a_person_is_read_as_markup() -> None:
    table = Table(HOSTILE, [HOSTILE], [[HOSTILE]])
    made = words(
        print_paper(
            paper(
                title=HOSTILE,
                subtitle=HOSTILE,
                mission=HOSTILE,
                printed_for=HOSTILE,
                blocks=[Heading(HOSTILE), Text(HOSTILE), table],
                sources=[HOSTILE],
            )
        )
    )
    assert made.count('#read("/etc/passwd")') >= 7
    assert "root:" not in made


def test_a_figure_reads_as_its_words() -> None:
    box = '<rect width="5" height="5"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{box}</svg>'
    made = print_paper(paper(blocks=[Heading("Part"), Figure(svg, "five of nine", "A bar")]))
    assert b"five of nine" in made or "A bar" in words(made)


def test_board_paper_says_who_leads_and_what_stands_against(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=40))
    board.evidence()
    text = words(print_paper(board_paper(board["planner"], board.mission, today)))
    assert "Board: Carana" in text
    assert "District 1" in text
    assert "Handover order" in text, "its sources stand at the end"
    assert "UNCLASSIFIED (INTERNAL)" in text
    assert "printed" in text.lower()


def test_assessment_paper_has_evidence_team_and_dissent(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=40))
    board.evidence()
    decision = board.proposed()
    board.sign(decision)
    row = decision.assessment
    text = words(print_paper(assessment_paper(board["planner"], row)))
    for part in ("Joint field visit", "Signatures", "Joint team", "criteria hold", "District 1"):
        assert part in text, part


def test_restricted_evidence_stays_restricted_on_paper(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=40))
    board.evidence()
    gate = "accountability.no_grave_finding"
    board.see(gate, 0, marking=Marking.STRICT, source_title="Witness from Oakvale", note="secret")
    row = board.frozen()
    for_adviser = words(print_paper(assessment_paper(board["adviser"], row)))
    assert "Witness from Oakvale" not in for_adviser
    assert "restricted" in for_adviser
    for_monitor = print_paper(assessment_paper(board["human_rights"], row))
    assert "Witness from Oakvale" in words(for_monitor)
    assert "STRICTLY CONFIDENTIAL" in words(for_monitor)


@pytest.fixture
def get(client: Client, board: Board) -> Callable[[str, str], object]:
    def fetch(label: str, name: str, *args: object) -> object:
        if label:
            client.force_login(board.accounts[label])
        return client.get(reverse(name, args=["exercise", *args]))

    return fetch


@pytest.mark.parametrize("name", ["board-paper", "case-paper", "incidents-paper"])
def test_papers_over_http(board: Board, get: Callable[..., object], name: str) -> None:
    answer = get("adviser", name)
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/pdf"  # type: ignore[index]
    assert answer.content.startswith(b"%PDF-")  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["board-paper", "case-paper", "incidents-paper"])
def test_guests_print_nothing_of_a_closed_mission(
    board: Board, get: Callable[..., object], name: str
) -> None:
    assert get("", name).status_code in (302, 404)  # type: ignore[attr-defined]


def test_incident_paper_counts_what_the_filter_shows(
    board: Board, client: Client, today: dt.date
) -> None:
    for day, place in ((2, "Northford"), (4, "Southford")):
        enter_incident(
            actor=board["adviser"],
            mission=board.mission,
            type=IncidentType.ONE_SIDED,
            date_start=today - dt.timedelta(days=day),
            lat=1.0,
            lon=1.0,
            place=place,
            source="Patrol report",
        )
    client.force_login(board.accounts["adviser"])
    address = reverse("incidents-paper", args=["exercise"])
    everything = words(client.get(address).content)
    assert "Northford" in everything
    assert "Southford" in everything
    narrowed = words(client.get(f"{address}?text=Northford").content)
    assert "Southford" not in narrowed


def test_a_guest_reads_on_paper_only_what_the_page_shows(
    make_board: Callable[..., Board], today: dt.date
) -> None:
    board = make_board("open", open_to_guests=True)
    text = words(print_paper(board_paper(guest(), board.mission, today)))
    assert "District 1" not in text
