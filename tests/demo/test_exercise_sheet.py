"""The trainer's sheet names every inject on its day, in the order of the week."""

import re
from pathlib import Path

from primacy.demo.carana.injects import exercise_week

SHEET = Path(__file__).resolve().parents[2] / "docs" / "guide" / "exercise-sheet.md"


def test_the_sheet_has_every_inject_on_its_day() -> None:
    text = SHEET.read_text(encoding="utf-8")
    day, found = 0, []
    for line in text.splitlines():
        begins = re.match(r"\| \*\*Day (\d)\*\*", line)
        day = int(begins[1]) if begins else day
        entry = re.search(r"\| (\d+) ([^|]+) \| `primacy exercise inject (\d+)`", line)
        if entry:
            assert entry[1] == entry[3]
            found.append((day, int(entry[1]), entry[2]))
    assert found == [(one.day, one.number, one.title) for one in exercise_week()]
