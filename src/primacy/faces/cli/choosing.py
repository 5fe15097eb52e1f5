"""Choosing what a command speaks of: the mission, a responsibility, a record by its id."""

import datetime as dt
import uuid
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from primacy.platform import clock
from primacy.platform.as_of import end_of, parse_as_of
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import Mission, NoSuchMission, mission_by_code, missions
from primacy.rooms.readiness.facade import NoSuchRecord, Responsibility, responsibilities

CURRENT = "current-mission"
"""File in the site's folder: the mission built or started last, taken where none is named."""


class Engine(StrEnum):
    """What links a whole list of persons: DuckDB in this process, or Spark on many machines."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def remember_mission(code: str) -> None:
    """Makes a mission the one that commands speak of until another is built or started."""
    (Path(settings.PRIMACY_HOME) / CURRENT).write_text(code, encoding="utf-8")


def chosen_mission(viewer: Viewer, code: str | None) -> Mission:
    """The mission named; without a name the one built or started last."""
    if code:
        return mission_by_code(viewer, code)
    note = Path(settings.PRIMACY_HOME) / CURRENT
    if note.exists():
        current = missions(viewer).filter(code=note.read_text(encoding="utf-8").strip()).first()
        if current is not None:
            return current
    newest = missions(viewer).order_by("-recorded_at").first()
    if newest is None:
        raise NoSuchMission(
            "There is no mission here yet. `primacy demo timor-leste` builds a case study, "
            "`primacy mission new` starts a board of your own."
        )
    return newest


def chosen_times(mission: Mission, on: str, known_on: str) -> tuple[dt.date, dt.datetime | None]:
    """The day asked about (else the one a closed case opens on), and the end of the day known."""
    today = clock.today()
    day = parse_as_of(on or (mission.default_as_of or today).isoformat(), today)
    return day, end_of(parse_as_of(known_on, today)) if known_on else None


def chosen_function(viewer: Viewer, mission: Mission, code: str) -> Responsibility:
    """The mission's responsibility of this code."""
    rows = responsibilities(viewer, mission)
    for row in rows:
        if row.code == code:
            return row
    raise NoSuchRecord(
        f"No responsibility '{code[:60]}' in {mission.short_name}. "
        f"There are: {', '.join(row.code for row in rows)}."
    )


def record_id(text: str) -> uuid.UUID:
    """The id that was typed; `NoSuchRecord` where it is none."""
    try:
        return uuid.UUID(text)
    except ValueError as problem:
        raise NoSuchRecord(
            f"'{text[:40]}' is not an id. `primacy assess list` shows them."
        ) from problem
