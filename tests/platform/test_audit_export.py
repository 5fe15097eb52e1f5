"""An exported log is checked by a script alone; each kind of tampering is told by its entry."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from primacy.platform.accounts.actions import ensure_organisation
from primacy.platform.audit.actions import record
from primacy.platform.audit.chain import START, entry_hash
from primacy.platform.audit.export import export_lines
from primacy.platform.policy import Denied, Viewer, guest
from tests.conftest import Board

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "verify_audit.py"
Lines = list[dict[str, object]]


def verify(file: Path, *options: str) -> tuple[int, str]:
    """Runs the script in a Python that sees nothing but its standard library."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(file), *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


def written(path: Path, lines: Lines) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    return path


@pytest.fixture
def lines(db: None, steward: Viewer) -> Lines:
    """An export of a dozen acts: the header, then the entries."""
    organisation = ensure_organisation(actor=steward, name="UN Police")
    for number in range(11):
        record(steward, "test.act", organisation, {"number": number, "word": "é"})
    return [json.loads(line) for line in export_lines(steward)]


def rehashed(lines: Lines, start: int) -> Lines:
    """The entries from one on with fitting hashes, as somebody with the database could write."""
    for at in range(start, len(lines)):
        lines[at]["previous_hash"] = lines[at - 1]["hash"] if at > 1 else START
        lines[at]["hash"] = entry_hash(lines[at])
    lines[0]["head"], lines[0]["entries"] = lines[-1]["hash"], len(lines) - 1
    return lines


def alter(lines: Lines) -> Lines:
    lines[5]["body"] = "{}"
    return lines


def remove(lines: Lines) -> Lines:
    del lines[5]
    return lines


def remove_and_renumber(lines: Lines) -> Lines:
    del lines[5]
    for at in range(5, len(lines)):
        lines[at]["sequence"] = at
    return lines


def insert(lines: Lines) -> Lines:
    lines.insert(6, {**lines[5], "action": "test.made_up"})
    lines[6]["hash"] = entry_hash(lines[6])
    return lines


def insert_and_renumber(lines: Lines) -> Lines:
    lines.insert(5, {**lines[5], "action": "test.made_up"})
    lines[5]["hash"] = entry_hash(lines[5])
    for at in range(6, len(lines)):
        lines[at]["sequence"] = at
    return lines


def swap(lines: Lines) -> Lines:
    lines[5], lines[6] = lines[6], lines[5]
    return lines


def swap_and_renumber(lines: Lines) -> Lines:
    lines[5], lines[8] = lines[8], lines[5]
    lines[5]["sequence"], lines[8]["sequence"] = 5, 8
    return lines


def cut(lines: Lines) -> Lines:
    return lines[:-3]


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (alter, "entry 5: ALTERED"),
        (remove, "entry 5: REMOVED"),
        (remove_and_renumber, "entry 5: REMOVED"),
        (insert, "entry 5: INSERTED"),
        (insert_and_renumber, "entry 5: INSERTED"),
        (swap, "entry 5: REORDERED"),
        (swap_and_renumber, "entry 5: REORDERED: it was written as entry 8"),
        (cut, "entry 10: TRUNCATED"),
    ],
)
def test_each_kind_of_tampering_is_told_with_its_entry(
    lines: Lines, tmp_path: Path, tamper: Callable[[Lines], Lines], says: str
) -> None:
    code, told = verify(written(tmp_path / "log.jsonl", tamper(lines)))
    assert code == 1, told
    assert says in told


def test_an_untouched_export_is_intact(lines: Lines, tmp_path: Path) -> None:
    code, told = verify(written(tmp_path / "log.jsonl", lines))
    assert (code, "INTACT: 12 entries" in told) == (0, True), told
    assert str(lines[0]["head"]) in told


def test_a_tail_cut_off_with_a_fitting_header_is_found_by_an_earlier_export_or_head(
    lines: Lines, tmp_path: Path
) -> None:
    earlier = written(tmp_path / "earlier.jsonl", lines)
    head = str(lines[0]["head"])
    later = rehashed([dict(line) for line in lines[:-3]], 1)
    file = written(tmp_path / "later.jsonl", later)
    assert verify(file)[0] == 0
    code, told = verify(file, "--since", str(earlier))
    assert (code, "entry 10: TRUNCATED: entries 10 to 12" in told) == (1, True), told
    code, told = verify(file, "--expect", head)
    assert (code, "noted earlier is gone" in told) == (1, True), told


def test_a_log_rewritten_with_fitting_hashes_is_found_by_an_earlier_export(
    lines: Lines, tmp_path: Path
) -> None:
    earlier = written(tmp_path / "earlier.jsonl", lines)
    changed = [dict(line) for line in lines]
    changed[7]["body"] = "{}"
    file = written(tmp_path / "later.jsonl", rehashed(changed, 7))
    assert verify(file)[0] == 0
    code, told = verify(file, "--since", str(earlier))
    assert (code, "entry 7: REWRITTEN" in told) == (1, True), told


def test_a_longer_log_holds_the_earlier_one(lines: Lines, tmp_path: Path, steward: Viewer) -> None:
    earlier = written(tmp_path / "earlier.jsonl", lines)
    record(steward, "test.more", None, {})
    later = [json.loads(line) for line in export_lines(steward)]
    options = ("--since", str(earlier), "--expect", str(lines[0]["head"]))
    assert verify(written(tmp_path / "later.jsonl", later), *options)[0] == 0


@pytest.mark.parametrize("text", ["", "{}\n", "no json\n", '{"kind":"primacy-audit"}\n{"a":1}\n'])
def test_what_is_no_export_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text(text)
    code, told = verify(file)
    assert (code, "CANNOT READ" in told, "Traceback" in told) == (2, True, False)


def test_the_export_is_for_those_who_may_read_the_log(db: None) -> None:
    with pytest.raises(Denied):
        export_lines(guest())


def test_the_page_exports_what_the_script_verifies(
    board: Board, make_account: Callable[..., object], tmp_path: Path
) -> None:
    client = Client()
    client.force_login(make_account("overseer"))  # type: ignore[arg-type]
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"".join(client.get(reverse("audit-export"))))
    code, told = verify(file)
    assert code == 0, told
    header = json.loads(file.read_text().splitlines()[0])
    assert "verify_audit.py" in header["hint"]
    client.force_login(board.accounts["planner"])
    assert client.get(reverse("audit-export")).status_code == 403
    assert client.get(reverse("audit-csv")).status_code == 403


def test_the_page_narrows_by_person_act_record_mission_and_day(
    board: Board, make_account: Callable[..., object]
) -> None:
    client = Client()
    client.force_login(make_account("overseer"))  # type: ignore[arg-type]
    row = board.see("logistics.fuel_days", 4)

    def count(**query: str) -> int:
        page = client.get(reverse("audit"), query)
        assert page.status_code == 200
        return int(page.context["entries"].paginator.count)

    assert count(record=str(row.pk)) == 1
    assert count(action="readiness.observation", who="adviser") == 1
    assert count(action="readiness.observation", who="commander") == 0
    assert count(action="readiness.observation", mission=str(board.mission.pk)) == 1
    assert count(action="readiness.observation", mission=str(row.pk)) == 0
    assert count(start="2000-01-01", end="2000-12-31") == 0
    assert count(start="2000-01-01") == count()
    body = b"".join(client.get(reverse("audit-csv"), {"record": str(row.pk)}))
    assert len(body.splitlines()) == 2
