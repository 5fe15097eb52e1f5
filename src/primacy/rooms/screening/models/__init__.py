"""Records of screening."""

from primacy.rooms.screening.models.list_file import (
    ChangeKind,
    ListChange,
    ListEntry,
    ListFile,
    Publisher,
)
from primacy.rooms.screening.models.match import (
    BY_PEOPLE,
    REGISTER,
    Judgement,
    JudgementKind,
    PossibleMatch,
)
from primacy.rooms.screening.models.roster import AskedKind, Roster
from primacy.rooms.screening.models.screening import (
    PassKind,
    Screening,
    ScreeningLine,
    SearchPass,
)
from primacy.rooms.screening.models.task import RescreenTask

__all__ = [
    "BY_PEOPLE",
    "REGISTER",
    "AskedKind",
    "ChangeKind",
    "Judgement",
    "JudgementKind",
    "ListChange",
    "ListEntry",
    "ListFile",
    "PassKind",
    "PossibleMatch",
    "Publisher",
    "RescreenTask",
    "Roster",
    "Screening",
    "ScreeningLine",
    "SearchPass",
]
