"""`primacy print`: papers as PDF, the same as the pages give."""

import datetime as dt
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from django.utils import translation

from primacy.faces.cli.choosing import chosen_mission
from primacy.faces.cli.printing import say
from primacy.faces.cli.site import acting
from primacy.faces.papers.assessment import assessment_paper
from primacy.faces.papers.board import board_paper
from primacy.faces.papers.case import case_paper
from primacy.faces.papers.incidents import incidents_paper
from primacy.platform import clock
from primacy.platform.as_of import parse_as_of
from primacy.platform.policy import Viewer
from primacy.platform.reports import Paper, print_paper
from primacy.rooms.incidents.facade import IncidentFilter
from primacy.rooms.places.facade import Mission
from primacy.rooms.readiness.facade import NoSuchRecord, assessment_by_id

group = typer.Typer(help="Papers as PDF: tagged, marked, with their sources.", no_args_is_help=True)

FileArgument = Annotated[Path, typer.Argument(help="file to write, e.g. board.pdf")]
MissionOption = Annotated[str, typer.Option(help="code of the mission; default the last started")]
DayOption = Annotated[str, typer.Option(help="day, e.g. 2010-06-01; default the mission's own")]
LanguageOption = Annotated[str, typer.Option(help="language of the paper: en, fr, ar")]
PaperOf = Callable[[Viewer, Mission, dt.date], Paper]
AsOption = Annotated[str, typer.Option("--as", help="look as this account")]


@group.command("board")
def board(
    file: FileArgument,
    mission: MissionOption = "",
    as_of: DayOption = "",
    language: LanguageOption = "en",
    account: AsOption = "",
) -> None:
    """Prints the board as of a day."""
    _print(board_paper, file, mission, as_of, language, account)


@group.command("case")
def case(
    file: FileArgument,
    mission: MissionOption = "",
    as_of: DayOption = "",
    language: LanguageOption = "en",
    account: AsOption = "",
) -> None:
    """Prints a case study up to a day."""
    _print(case_paper, file, mission, as_of, language, account)


@group.command("incidents")
def incidents(
    file: FileArgument,
    mission: MissionOption = "",
    as_of: DayOption = "",
    language: LanguageOption = "en",
    account: AsOption = "",
) -> None:
    """Prints the incidents up to a day, counted by type, year and area."""
    _print(
        lambda viewer, chosen, day: incidents_paper(viewer, chosen, day, IncidentFilter()),
        file,
        mission,
        as_of,
        language,
        account,
    )


@group.command("assessment")
def assessment(
    assessment: Annotated[str, typer.Argument(help="id of the assessment")],
    file: FileArgument,
    mission: MissionOption = "",
    language: LanguageOption = "en",
    account: AsOption = "",
) -> None:
    """Prints one assessment with its evidence and decision."""
    try:
        key = uuid.UUID(assessment)
    except ValueError:
        raise NoSuchRecord(
            f"'{assessment[:40]}' is not the id of an assessment. `primacy assess list` shows them."
        ) from None
    _print(
        lambda viewer, chosen, day: assessment_paper(viewer, assessment_by_id(viewer, chosen, key)),
        file,
        mission,
        "",
        language,
        account,
    )


def _print(
    made: PaperOf, file: Path, mission: str, as_of: str, language: str, account: str
) -> None:
    viewer = acting(account or None)
    chosen = chosen_mission(viewer, mission or None)
    today = clock.today()
    day = parse_as_of(as_of or (chosen.default_as_of or today).isoformat(), today)
    with translation.override(language):
        paper = made(viewer, chosen, day)
        content = print_paper(paper)
    file.write_bytes(content)
    say(f"{file}: {paper.title}, {paper.marking.label.lower()}, {len(content):,} bytes")
