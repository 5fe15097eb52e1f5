"""What other rooms and the faces may use of screening."""

from primacy.platform.exchange.list_errors import ListFileRefused
from primacy.rooms.screening.actions import (
    close_task,
    drop_roster,
    judge,
    load_list,
    preview_roster,
    screen_lines,
    screen_roster,
    stop_watching,
    undo_screening,
)
from primacy.rooms.screening.asked import Asked
from primacy.rooms.screening.errors import NoSuchScreening, RosterRefused, ScreeningError
from primacy.rooms.screening.exports import LINE_COLUMNS, line_rows
from primacy.rooms.screening.models import AskedKind, ListFile, Publisher, Roster, Screening
from primacy.rooms.screening.numbers import paper_kind
from primacy.rooms.screening.queries import (
    lines,
    list_files,
    lists_in_force,
    open_tasks,
    passes,
    roster,
    rosters,
    screening,
    screenings,
)
from primacy.rooms.screening.reading import read_list
from primacy.rooms.screening.roster_dates import read_birth
from primacy.rooms.screening.roster_sheet import CellProblem, Sheet, read_sheet, read_typed
from primacy.rooms.screening.wording import (
    Standing,
    match_name,
    outcome_words,
    pass_sentences,
    searched_words,
    standing_of,
)

__all__ = [
    "LINE_COLUMNS",
    "Asked",
    "AskedKind",
    "CellProblem",
    "ListFile",
    "ListFileRefused",
    "NoSuchScreening",
    "Publisher",
    "Roster",
    "RosterRefused",
    "Screening",
    "ScreeningError",
    "Sheet",
    "Standing",
    "close_task",
    "drop_roster",
    "judge",
    "line_rows",
    "lines",
    "list_files",
    "lists_in_force",
    "load_list",
    "match_name",
    "open_tasks",
    "outcome_words",
    "paper_kind",
    "pass_sentences",
    "passes",
    "preview_roster",
    "read_birth",
    "read_list",
    "read_sheet",
    "read_typed",
    "roster",
    "rosters",
    "screen_lines",
    "screen_roster",
    "screening",
    "screenings",
    "searched_words",
    "standing_of",
    "stop_watching",
    "undo_screening",
]
