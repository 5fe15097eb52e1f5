"""What other rooms and the faces may use of the census."""

from primacy.rooms.census.actions import open_round, put_questions
from primacy.rooms.census.errors import (
    BadCohort,
    BadQuestion,
    BadRound,
    CensusError,
    CensusFileRefused,
    NoSuchRound,
    Withheld,
)
from primacy.rooms.census.exports import (
    FLAG_COLUMNS,
    FUNNEL_COLUMNS,
    SHEET_COLUMNS,
    flag_rows,
    funnel_rows,
    sheet_rows,
)
from primacy.rooms.census.imports import (
    FILE_KINDS,
    CensusLoaded,
    CensusPreview,
    load_census,
    preview_census,
    refuse_census,
    undo_census,
)
from primacy.rooms.census.models import EnrolmentRound, RecruitmentCohort
from primacy.rooms.census.queries import (
    cohort_by_code,
    cohorts,
    questions,
    round_by_name,
    rounds,
)
from primacy.rooms.census.reading import Sheet, UnitCounts, flags_of, names_of, sheet_of
from primacy.rooms.census.recruitment import FunnelReading, cohort_representation, funnel_of

__all__ = [
    "FILE_KINDS",
    "FLAG_COLUMNS",
    "FUNNEL_COLUMNS",
    "SHEET_COLUMNS",
    "BadCohort",
    "BadQuestion",
    "BadRound",
    "CensusError",
    "CensusFileRefused",
    "CensusLoaded",
    "CensusPreview",
    "EnrolmentRound",
    "FunnelReading",
    "NoSuchRound",
    "RecruitmentCohort",
    "Sheet",
    "UnitCounts",
    "Withheld",
    "cohort_by_code",
    "cohort_representation",
    "cohorts",
    "flag_rows",
    "flags_of",
    "funnel_of",
    "funnel_rows",
    "load_census",
    "names_of",
    "open_round",
    "preview_census",
    "put_questions",
    "questions",
    "refuse_census",
    "round_by_name",
    "rounds",
    "sheet_of",
    "sheet_rows",
    "undo_census",
]
