"""Pages of the census: what each shows, to whom, and that a refused form keeps what was typed."""

import csv
import io
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from primacy.rooms.census.actions import put_questions
from primacy.rooms.census.models import EnrolledPerson, EnrolmentRound, Question, RecruitmentCohort
from tests.rooms.census.conftest import ROLL, Census


def client_of(census: Census, label: str) -> Client:
    client = Client()
    client.force_login(census.board.accounts[label])
    return client


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:600]
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode()


def test_the_pages_of_a_round_show_counts_and_questions(census: Census) -> None:
    census.filled()
    client = client_of(census, "planner")
    base = "/m/exercise/census"
    assert "Census 2026" in read(client, f"{base}/")
    page = read(client, f"{base}/{census.round.pk}/")
    assert "April 2026" in page
    assert "Put the questions" in page
    counts = read(client, f"{base}/{census.round.pk}/counts/?month=2026-05")
    assert "no reason on record" in counts
    assert "counted on 10 May 2026" in counts
    lines = list(csv.DictReader(io.StringIO(read(client, f"{base}/{census.round.pk}/counts.csv"))))
    assert [line["unit"] for line in lines] == ["st1", "st2"]
    client.post(f"{base}/{census.round.pk}/ask/")
    assert Question.objects.count() == 5
    listed = read(client, f"{base}/questions/?rule=superiors_account")
    assert "Paid to a superior" in listed
    assert "Under age" not in listed.split("The rules")[0]


def test_a_question_is_answered_on_its_page(census: Census) -> None:
    put_questions(actor=census.filled()["planner"], round=census.round)
    row = Question.objects.get(rule="paid_not_present")
    client = client_of(census, "planner")
    address = f"/m/exercise/census/questions/{row.pk}/"
    assert "Bo Ghost (P2)" in read(client, address)
    refused = client.post(address, {"act": "answer", "text": "On escort."})
    assert refused.status_code == 400
    assert b"On escort." in refused.content
    client.post(address, {"act": "answer", "text": "On escort.", "said_by": "Personnel"})
    row.refresh_from_db()
    assert row.state == "answered"
    assert "On escort." in read(client, address)


def test_who_may_not_see_the_census_is_refused(census: Census) -> None:
    census.filled()
    read(client_of(census, "donor"), "/m/exercise/census/", 403)
    read(client_of(census, "donor"), f"/m/exercise/census/{census.round.pk}/", 404)
    # A commander may see the census, and nothing above the clearance of the role.
    assert "Census 2026" not in read(client_of(census, "commander"), "/m/exercise/census/")
    read(client_of(census, "commander"), f"/m/exercise/census/{census.round.pk}/counts/", 404)


def test_a_round_and_a_class_are_made_on_their_pages(census: Census) -> None:
    client = client_of(census, "planner")
    bad = client.post("/m/exercise/census/", {"name": "Second", "opened_on": "2026-09-01"})
    assert bad.status_code == 400
    assert b"Second" in bad.content
    client.post(
        "/m/exercise/census/",
        {"name": "Second", "opened_on": "2026-09-01", "census_day": "2026-09-02",
         "source_title": "Order", "marking": "1"},
    )  # fmt: skip
    assert EnrolmentRound.objects.filter(name="Second").exists()
    client.post(
        "/m/exercise/recruitment/",
        {"name": "Class 15", "force": "Police", "advertised_on": "2026-01-01",
         "source_title": "Gazette"},
    )  # fmt: skip
    found = RecruitmentCohort.objects.get(code="class-15")
    address = f"/m/exercise/recruitment/{found.code}"
    refused = client.post(
        f"{address}/do/stage/", {"stage-stage": "applied", "stage-counts": "women, North"}
    )
    assert refused.status_code == 400
    assert b"Line 1 cannot be read" in refused.content
    for stage, women in (("applied", 60), ("tests", 40)):
        client.post(
            f"{address}/do/stage/",
            {"stage-stage": stage, "stage-counts": f"women, North, {women}\nmen, North, 90"},
        )
    page = read(client, f"{address}/")
    assert "Where groups drop out" in page
    assert "no window for public objections" in page
    assert "tests,women,North,40" in read(client, f"{address}.csv")


def test_a_file_is_uploaded_for_a_round_and_previewed(census: Census) -> None:
    client = client_of(census, "planner")
    file = SimpleUploadedFile("roll.csv", ROLL.encode())
    wrong = client.post(
        "/m/exercise/imports/", {"kind": "census_roll", "file": file, "round": "No such"}
    )
    assert wrong.status_code == 400
    assert b"No enrolment round" in wrong.content
    file = SimpleUploadedFile("roll.csv", ROLL.encode())
    answer = client.post(
        "/m/exercise/imports/", {"kind": "census_roll", "file": file, "round": "census 2026"}
    )
    assert answer.status_code == 302, answer.content[:500]
    page = read(client, answer["Location"])
    assert "Roll of a census" in page
    assert EnrolledPerson.objects.count() == 0
    client.post(answer["Location"] + "load/", {"rows": "good"})
    assert EnrolledPerson.objects.count() == 6


def test_no_page_of_the_census_holds_an_account(census: Census, tmp_path: Path) -> None:
    put_questions(actor=census.filled()["planner"], round=census.round)
    client = client_of(census, "planner")
    for row in Question.objects.all():
        assert "770100" not in read(client, f"/m/exercise/census/questions/{row.pk}/")
    assert "770100" not in read(client, "/m/exercise/census/questions.csv")
