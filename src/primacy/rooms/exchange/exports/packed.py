"""Files of the register as one .zip, with a page that says what they are and how to keep them."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping

from primacy.platform import clock
from primacy.platform.exchange.sfm.columns import COLUMNS
from primacy.platform.exports import csv_lines
from primacy.platform.policy import Viewer
from primacy.rooms.exchange.exports.content import Content
from primacy.rooms.exchange.exports.follow_the_money import entities
from primacy.rooms.exchange.exports.sheets import sheets

ABOUT = "ABOUT.txt"


def packed_sheets(viewer: Viewer, found: Content) -> bytes:
    """The sheets as CSV, each cell safe for a spreadsheet, in one .zip."""
    files = {
        f"{name}.csv": "".join(csv_lines(COLUMNS[name], rows))
        for name, rows in sheets(found).items()
    }
    return _packed({**files, ABOUT: about(viewer, found)})


def packed_entities(viewer: Viewer, found: Content) -> bytes:
    """The entities as lines of JSON, in one .zip."""
    return _packed({"entities.ftm.json": lines(entities(found)), ABOUT: about(viewer, found)})


def lines(rows: Iterable[Mapping[str, object]]) -> str:
    """One entity a line."""
    return "".join(f"{json.dumps(row, ensure_ascii=False, sort_keys=True)}\n" for row in rows)


def about(viewer: Viewer, found: Content) -> str:
    """What the files hold, how they are marked, and what was left out of them.

    English like all that is kept with data: the file is read by others than who made it.
    """
    known = found.known_at.isoformat() if found.known_at else "today"
    claims = sum(len(rows) for rows in found.claims.values())
    text = [
        f"Register of forces of {found.mission.name}, as known {known}.",
        f"Marking: {found.marking.name}. Keep and share the files as this marking asks.",
        f"Made on {clock.now().isoformat(timespec='seconds')} for {viewer.label}: what they may "
        "see, no more.",
        f"{len(found.units)} units, {len(found.persons)} persons, {claims} claims.",
        "A claim is what a source says. None of it is a verdict.",
    ]
    if found.left_in_compartments:
        text.append("Records of compartments are not in these files.")
    return "\n".join(text) + "\n"


def _packed(files: Mapping[str, str]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode("utf-8"))
    return body.getvalue()
