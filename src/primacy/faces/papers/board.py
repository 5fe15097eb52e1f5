"""The board as a paper: who leads what where, whether the next step is ready, and on what."""

import datetime as dt

from django.utils.translation import gettext as _

from primacy.faces.web import svg
from primacy.faces.web.templatetags.primacy_ui import READINESS_WORDS
from primacy.kernels.readiness import Readiness
from primacy.platform.policy import Marking, Viewer
from primacy.platform.reports import Block, Cell, Facts, Heading, Listing, Paper, Table, Text
from primacy.platform.reports.words import figure, long_day
from primacy.rooms.places.facade import Mission
from primacy.rooms.readiness.facade import Board, Row, due, read_board
from primacy.rooms.readiness.facade import Cell as BoardCell

SHADES = {"mission": 0, "joint": 8, "local_supported": 14, "local_overseen": 20, "local": 28}
LETTERS_FROM = 4
"""From so many responsibilities on a cell speaks in letters, and the columns by number."""


def board_paper(viewer: Viewer, mission: Mission, as_of: dt.date) -> Paper:
    """The board as of a day, as this viewer may read it."""
    board = read_board(viewer, mission, as_of)
    rows = [*board.rows, *board.units]
    wide = len(board.responsibilities) < LETTERS_FROM
    blocks: list[Block] = [
        Facts(
            [
                (
                    _("Standard"),
                    board.standard.label if board.standard else _("none in force on this day"),
                ),
                (_("Areas and units"), figure(len(rows))),
                (_("Age of evidence"), _ages(board)),
            ]
        ),
        Table(
            _("Who leads, and whether the next step is ready"),
            _heads(board, wide),
            [_line(row, wide) for row in rows],
            widths=[2.2, 1, *[2.0 if wide else 0.8] * len(board.responsibilities)],
        ),
    ]
    if not wide:
        names = [f"{n}. {r.name}" for n, r in enumerate(board.responsibilities, 1)]
        blocks += [Heading(_("Responsibilities")), Listing(names)]
    blocks += [Heading(_("Signs")), Listing(_signs())]
    blocks += _against(rows) + _due(viewer, mission, as_of)
    entries = [c.reading.entry for row in rows for c in row.cells if c.reading.entry]
    return Paper(
        title=_("Board: %(country)s") % {"country": mission.country},
        subtitle=_("Who leads which responsibility where, and whether the next step is ready."),
        mission=mission.name,
        as_of=as_of,
        marking=Marking(max([e.marking for e in entries], default=int(_own(mission)))),
        printed_for=viewer.label,
        blocks=blocks,
        sources=sorted({str(entry.source) for entry in entries}),
        landscape=not wide,
    )


def _own(mission: Mission) -> Marking:
    return Marking.PUBLIC if mission.open_to_guests else Marking.INTERNAL


def _ages(board: Board) -> str:
    if board.evidence_ages is None:
        return _("no evidence on record")
    newest, oldest = board.evidence_ages
    return _("newest %(newest)s days, oldest %(oldest)s days") % {
        "newest": figure(newest),
        "oldest": figure(oldest),
    }


def _heads(board: Board, wide: bool) -> list[str]:
    names = [r.name if wide else str(number) for number, r in enumerate(board.responsibilities, 1)]
    return [_("Area"), _("Population"), *names]


def _line(row: Row, wide: bool) -> list[Cell | str]:
    people = row.population
    shown = f"{figure(people.value)} ({people.year})" if people else _("not known")
    return [row.name, Cell(shown, figure=True), *(_cell(cell, wide) for cell in row.cells)]


def _cell(cell: BoardCell, wide: bool) -> Cell:
    letter = svg.FILLS[svg.fill_class(cell.lead.value if cell.lead else None)].letter
    sign = cell.readiness.mark if cell.readiness else ""
    shade = SHADES.get(cell.lead.value, 0) if cell.lead else 0
    if not wide:
        return Cell(f"{letter} {sign}".strip(), figure=True, shade=shade)
    since = long_day(cell.reading.at.since) if cell.lead and cell.reading.at.since else ""
    words = " · ".join(part for part in (str(_(cell.lead_words)), since, sign) if part)
    return Cell(words, shade=shade)


def _signs() -> list[str]:
    leads = [f"{fill.letter}: {fill.words}" for fill in svg.FILLS.values()]
    marks = [f"{Readiness(code).mark}: {words}" for code, words in READINESS_WORDS.items()]
    return [*leads, *marks]


def _against(rows: list[Row]) -> list[Block]:
    """What stands against the next step, cell by cell."""
    lines = [
        [row.name, str(cell.responsibility.name), str(_(cell.binding_text))]
        for row in rows
        for cell in row.cells
        if cell.binding_text and cell.next_lead is not None
    ]
    if not lines:
        return []
    heads = [_("Area"), _("Responsibility"), _("What it rests on")]
    return [Table(_("What stands against the next step"), heads, lines, [1.2, 1.2, 3])]


def _due(viewer: Viewer, mission: Mission, as_of: dt.date) -> list[Block]:
    items = due(viewer, mission, as_of)
    if not items:
        return []
    lines = [[long_day(day), what] for day, what in items]
    return [
        Table(_("What is due"), [_("Day"), _("What")], lines, [1, 4]),
        Text(_("Conditions, trials that end and signatures that are awaited."), quiet=True),
    ]
