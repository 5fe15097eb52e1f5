"""`primacy` as somebody runs it: a program on a folder of its own."""

import json
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import program

SIX = {"Lautem", "Oecussi", "Manatuto", "Viqueque", "Ainaro", "Baucau"}


def overseen(printed: str) -> set[str]:
    return {
        area["name"]
        for area in json.loads(printed)["areas"]
        if [cell["lead"] for cell in area["responsibilities"]] == ["local_overseen"]
    }


def test_the_demo_gives_the_board_of_any_day(timor_home: Path) -> None:
    june = program("--home", str(timor_home), "board", "--as-of", "2010-06-01", "--json")
    march = program("board", f"--home={timor_home}", "--as-of", "2011-03-28", "--json")

    assert (june.code, march.code) == (0, 0)
    assert overseen(june.out) == SIX
    assert len(overseen(march.out)) == 13
    assert stat.S_IMODE((timor_home / "secret.key").stat().st_mode) == 0o600


def test_an_empty_folder_says_what_to_do_next(tmp_path: Path) -> None:
    done = program("board", "--home", str(tmp_path / "new"))

    assert done.code == 2
    assert "primacy demo timor-leste" in done.err
    assert "primacy mission new" in done.err
    assert "Traceback" not in done.err


def test_a_changed_audit_log_is_found_and_the_entry_named(timor_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "copy"
    shutil.copytree(timor_home, home)
    sound = program("audit", "verify", "--home", str(home), "--json")
    with sqlite3.connect(home / "primacy.sqlite3") as file:
        guards = file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?",
            ["audit_auditentry"],
        ).fetchall()
        with pytest.raises(sqlite3.DatabaseError, match=r"append-only|audit"):
            file.execute("UPDATE audit_auditentry SET body = '{}' WHERE sequence = 40")
        for (name,) in guards:
            file.execute(f'DROP TRIGGER "{name}"')
        file.execute("UPDATE audit_auditentry SET body = '{}' WHERE sequence = 40")

    broken = program("audit", "verify", "--home", str(home))

    assert (sound.code, json.loads(sound.out)["intact"]) == (0, True)
    assert json.loads(sound.out)["entries"] > 100
    assert broken.code == 1
    assert "BROKEN at entry 40" in broken.out
    assert "39 entries before it are sound" in broken.out
