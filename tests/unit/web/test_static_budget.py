"""The files every page loads stay small, and nothing points to another origin."""

import gzip
import re
from pathlib import Path

import primacy.faces.web

STATIC = Path(primacy.faces.web.__file__).parent / "static"
OWN = STATIC / "primacy"


def _compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


def test_stylesheet_is_at_most_twelve_kilobytes_compressed() -> None:
    assert _compressed(OWN / "primacy.css") <= 12_000


def test_scripts_of_every_page_leave_room_for_htmx() -> None:
    names = ("theme.js", "primacy.js", "drafts.js", "tables.js", "store.js", "primacy.css")

    assert sum(_compressed(OWN / name) for name in names) <= 45_000 - 18_000


def test_own_files_name_no_other_origin() -> None:
    allowed = "http://www.w3.org/2000/svg"
    found = {
        address
        for file in OWN.iterdir()
        for address in re.findall(r"https?://[^\s\"')]+", file.read_text(encoding="utf-8"))
    }

    assert found <= {allowed}


def test_map_uses_the_colours_of_the_servers_drawings() -> None:
    from primacy.faces.web.svg import FILLS

    script = (OWN / "map-fills.js").read_text(encoding="utf-8")
    for code, fill in FILLS.items():
        ground, ink = fill.ground, fill.ink
        assert f'{code}: ["{ground}", "{ink}", "{fill.pattern}"]' in script
