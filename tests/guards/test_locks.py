"""What is installed is what was read: every locked package has a version and hashes."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("lock", ["run.lock", "dev.lock"])
def test_every_package_is_locked_with_hashes(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(lines) > 20
    for line in lines:
        assert re.match(r"[\w.\[\],-]+==\S+", line), line[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), line[:80]


def test_packages_are_installed_by_their_hashes_only() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = [line for line in makefile.splitlines() if ".lock" in line and "install" in line]
    assert installs
    assert all("--require-hashes" in line for line in installs), installs


def test_libraries_of_the_browser_are_locked_with_hashes() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: found for name, found in lock["packages"].items() if name}
    assert packages
    assert all(found.get("integrity", "").startswith("sha") for found in packages.values())
