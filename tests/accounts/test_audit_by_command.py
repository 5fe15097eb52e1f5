"""The log at the command line: who saw a record, and an export that a script alone can check."""

import json
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.test import Client

from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Marking
from primacy.rooms.incidents.facade import Incident
from tests.accounts.test_people_pages import run
from tests.conftest import Board
from tests.platform.test_audit_reads import an_incident

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "verify_audit.py"


def checked(file: Path) -> tuple[int, str]:
    """How the script judges an export, in a Python that knows nothing of Primacy."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def incident(board: Board) -> Incident:
    """A confidential incident that one person has looked at twice."""
    incident = an_incident(board)
    reader = Client()
    reader.force_login(board.accounts["operations"])
    for _ in range(2):
        reader.get(f"/m/{board.mission.code}/incidents/{incident.pk}/")
    return incident


def seen(incident: Incident, *more: str) -> tuple[int, str]:
    return run("audit", "seen", "incidents.incident", str(incident.pk), *more)


def test_who_saw_a_record_how_often_and_by_which_page(board: Board, incident: Incident) -> None:
    status, words = seen(incident)
    assert status == 0, words
    assert "Operations centre" in words
    status, words = seen(incident, "--json")
    [reader] = json.loads(words)
    assert reader["account_id"] == str(board["operations"].account_id)
    assert reader["times"] == 2
    assert reader["first"] < reader["last"]
    assert reader["pages"] == [[f"GET /m/{board.mission.code}/incidents/{incident.pk}/", 2]]
    # Asking who saw it shows nothing of it, and so is no read of it.
    assert AuditEntry.objects.filter(action="read").count() == 2


def test_who_saw_it_is_for_overseers_and_owners_only(board: Board, incident: Incident) -> None:
    assert seen(incident, "--as", board.accounts["overseer"].email)[0] == 0
    assert seen(incident, "--as", board.accounts["operations"].email)[0] == 0
    for label in ("planner", "commander", "donor", "administrator"):
        status, words = seen(incident, "--as", board.accounts[label].email)
        assert status != 0, label
        assert "Operations centre" not in words


def test_an_open_record_and_an_unknown_one_are_told_apart_from_an_unread_one(
    board: Board,
) -> None:
    unread = an_incident(board)
    assert "Nobody was shown this record yet" in seen(unread)[1]
    unknown = run("audit", "seen", "incidents.incident", str(uuid.uuid4()))
    no_type = run("audit", "seen", "nothing.atall", str(unread.pk))
    assert unknown[0] != 0
    assert no_type[0] != 0
    an_open_one = an_incident(board, Marking.PUBLIC)
    assert "Operations centre" not in seen(an_open_one)[1]


def test_an_export_is_whole_and_one_changed_byte_shows(
    board: Board, incident: Incident, tmp_path: Path
) -> None:
    file = tmp_path / "audit.jsonl"
    status, words = run("audit", "export", str(file))
    assert status == 0, words
    entries = AuditEntry.objects.count()
    assert f"{entries} entries were written" in words
    assert file.stat().st_mode & 0o077 == 0, "only its owner reads it"
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    sound, said = checked(file)
    assert sound == 0, said
    assert str(entries) in said

    whole = file.read_bytes()
    places = [whole.index(b'"actor_label"') + 20, len(whole) // 2, len(whole) - 40]
    for place in places:
        changed = tmp_path / "changed.jsonl"
        other = b"x" if whole[place : place + 1] != b"x" else b"y"
        changed.write_bytes(whole[:place] + other + whole[place + 1 :])
        status, said = checked(changed)
        assert status != 0, (place, said)

    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
    assert checked(cut)[0] != 0


def test_an_export_that_cannot_be_written_leaves_the_old_file_alone(
    board: Board, tmp_path: Path
) -> None:
    file = tmp_path / "audit.jsonl"
    run("audit", "export", str(file))
    before = file.read_bytes()
    (tmp_path / "audit.jsonl.part").mkdir()
    status, _words = run("audit", "export", str(file))
    assert status != 0
    assert file.read_bytes() == before
