"""The threat model: every threat names a test that is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "threat-model.md"
TEST = re.compile(r"`(tests/[\w/.-]+)(?:::(\w+))?`")


def rows() -> list[list[str]]:
    """The rows of the table of threats: threat, control, tests."""
    section = PAGE.read_text(encoding="utf-8").split("## Threats and controls")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_table_is_read() -> None:
    assert len(rows()) > 40
    assert all(len(row) == 3 for row in rows()), [row for row in rows() if len(row) != 3]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0][:60])
def test_a_threat_names_a_test_that_exists(row: list[str]) -> None:
    named = TEST.findall(row[2])
    assert named, f"no test: {row[0]}"
    for path, name in named:
        found = ROOT / path
        assert found.exists(), f"{path} of '{row[0]}' is not there"
        files = [found] if found.is_file() else sorted(found.rglob("test_*.py"))
        assert files, f"{path} of '{row[0]}' holds no test"
        if name:
            assert any(f"def {name}(" in file.read_text(encoding="utf-8") for file in files), (
                f"{path} has no {name}"
            )
