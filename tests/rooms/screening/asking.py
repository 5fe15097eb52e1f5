"""Short ways to ask in tests: persons and units, their lines and matches."""

from collections.abc import Sequence

from primacy.platform.policy import Marking
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.forces.facade import Unit
from primacy.rooms.screening.asked import Asked
from primacy.rooms.screening.facade import (
    AskedKind,
    ListFile,
    Screening,
    lines,
    passes,
    read_typed,
    screen_lines,
)
from primacy.rooms.screening.models import PossibleMatch, ScreeningLine
from primacy.rooms.screening.wording import outcome_words
from tests.conftest import STEWARD, Board


def persons(*typed: str) -> list[Asked]:
    """Persons typed as "name; date of birth; number"."""
    return read_typed("\n".join(typed), AskedKind.PERSON)


def unit_names(*typed: str) -> list[Asked]:
    """Units typed as "name; parent"."""
    return read_typed("\n".join(typed), AskedKind.UNIT)


def screen(
    board: Board,
    asked: Sequence[Asked],
    lists: Sequence[ListFile] = (),
    *,
    register: bool = False,
    who: str = "planner",
) -> Screening:
    """A screening of those asked for."""
    return screen_lines(
        actor=board[who],
        mission=board.mission,
        title="Course in Galasi",
        asked=asked,
        lists=lists,
        register=register,
    )


def line_of(board: Board, made: Screening, number: int = 1) -> ScreeningLine:
    """One line with its matches, as somebody who may see it reads it now."""
    (line,) = lines(board["human_rights"], made, [number])
    return line


def match_of(board: Board, made: Screening, number: int = 1) -> PossibleMatch:
    """The only possible match of a line that stands now."""
    (match,) = line_of(board, made, number).matches.all()
    return match


def words(board: Board, made: Screening, number: int = 1) -> str:
    """What stands beside a line."""
    line = line_of(board, made, number)
    return outcome_words(line, passes(board["human_rights"], made))


def unit(board: Board, code: str, name: str, marking: Marking = Marking.INTERNAL) -> Unit:
    """A unit of the register."""
    mission = board.mission
    return add_unit(
        actor=STEWARD,
        mission=mission,
        code=code,
        name=name,
        force="National police",
        side="local",
        source=ensure_source(actor=STEWARD, mission_id=mission.pk, title="Force list"),
        marking=marking,
    )
