"""Acts of screening: load a list, take a roster, screen, judge, look again."""

from primacy.rooms.screening.actions.judging import close_task, judge
from primacy.rooms.screening.actions.lists import load_list
from primacy.rooms.screening.actions.rosters import drop_roster, preview_roster
from primacy.rooms.screening.actions.screening import (
    screen_lines,
    screen_roster,
    stop_watching,
    undo_screening,
)

__all__ = [
    "close_task",
    "drop_roster",
    "judge",
    "load_list",
    "preview_roster",
    "screen_lines",
    "screen_roster",
    "stop_watching",
    "undo_screening",
]
