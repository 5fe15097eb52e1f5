"""`primacy board`: the same matrix as the board page."""

from typing import Annotated

import typer

from primacy.faces.cli.choosing import chosen_mission
from primacy.faces.cli.printing import console, print_csv, print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.platform import clock
from primacy.platform.as_of import end_of, parse_as_of
from primacy.rooms.readiness.facade import (
    COLUMNS,
    Board,
    Cell,
    Row,
    board_data,
    board_lines,
    read_board,
)

LEGEND = (
    "M mission · J joint · L+ local, supported · L○ local, overseen · L local · ? not known   "
    "next step: ● ready · ◐ with conditions · ○ not ready · ? unknown"
)


def board(
    as_of: Annotated[str, typer.Option(help="day, e.g. 2010-06-01; default today")] = "",
    mission: Annotated[
        str, typer.Option(help="code of the mission; default the last started")
    ] = "",
    known_on: Annotated[str, typer.Option(help="as it was known on this day")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="print CSV")] = False,
    account: Annotated[str, typer.Option("--as", help="look as this account")] = "",
) -> None:
    """Who leads what, where, as of a day, and whether the next step is ready."""
    viewer = acting(account or None)
    chosen = chosen_mission(viewer, mission or None)
    today = clock.today()
    day = parse_as_of(as_of or (chosen.default_as_of or today).isoformat(), today)
    known = parse_as_of(known_on, today) if known_on else None
    result = read_board(viewer, chosen, day, known_on=end_of(known) if known else None)
    if as_json:
        print_json(board_data(result))
    elif as_csv:
        print_csv(COLUMNS, board_lines(board_data(result)))
    else:
        _print(result)


WIDE = 3
"""Up to so many responsibilities a cell speaks in words; above, in letters under numbers."""


def _print(result: Board) -> None:
    standard = result.standard.label if result.standard else "none in force on this day"
    title = f"{result.mission.name} as of {result.as_of:%-d %B %Y}"
    names = [r.name for r in result.responsibilities]
    wide = len(names) <= WIDE
    heads = names if wide else [str(number) for number in range(1, len(names) + 1)]
    print_table(title, ["Area", *heads], [_row(row, wide) for row in result.rows])
    if result.units:
        lines = [_row(row, wide) for row in result.units]
        print_table("", ["Unit or service", *heads], lines)
    if not wide:
        say("; ".join(f"{number} {name}" for number, name in enumerate(names, start=1)))
    say(f"Standard: {standard}")
    console.print(LEGEND, markup=False, style="dim")


def _row(row: Row, wide: bool) -> list[str]:
    return [row.name, *[_words(cell) if wide else _letters(cell) for cell in row.cells]]


def _letters(cell: Cell) -> str:
    """The cell in two signs: who leads, and the mark of the next step."""
    letter = cell.lead.letter if cell.lead else "?"
    mark = cell.readiness.mark if cell.readiness and cell.next_lead else ""
    return f"{letter} {mark}".strip()


def _words(cell: Cell) -> str:
    """The cell in words: who leads since when, on trial or not, and the next step."""
    at = cell.reading.at
    letter = cell.lead.letter if cell.lead else "?"
    since = f" since {at.since:%-d %b %Y}" if at.since and cell.lead else ""
    trial = f", on trial until {at.trial_until:%-d %b %Y}" if at.on_trial else ""
    mark = cell.readiness.mark if cell.readiness else ""
    step = f"  {mark} → {cell.next_lead.letter}" if cell.next_lead else ""
    doubt = " (may have changed by now)" if at.uncertain else ""
    return f"{letter}{since}{doubt}{trial}{step}"
