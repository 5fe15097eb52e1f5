"""What other rooms and the faces may use of the census."""

from primacy.rooms.census.actions import (
    Group,
    add_number_range,
    close_round,
    open_round,
    put_questions,
    record_population,
)
from primacy.rooms.census.composition import (
    COMPOSITION_COLUMNS,
    Composition,
    composition_of,
    composition_rows,
)
from primacy.rooms.census.doubles import doubles_of
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
    number_ranges,
    population,
    questions,
    round_by_name,
    rounds,
)
from primacy.rooms.census.reading import Sheet, UnitCounts, flags_of, names_of, sheet_of
from primacy.rooms.census.recruitment import FunnelReading, cohort_representation, funnel_of

__all__ = [
    "COMPOSITION_COLUMNS",
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
    "Composition",
    "EnrolmentRound",
    "FunnelReading",
    "Group",
    "NoSuchRound",
    "RecruitmentCohort",
    "Sheet",
    "UnitCounts",
    "Withheld",
    "add_number_range",
    "close_round",
    "cohort_by_code",
    "cohort_representation",
    "cohorts",
    "composition_of",
    "composition_rows",
    "doubles_of",
    "flag_rows",
    "flags_of",
    "funnel_of",
    "funnel_rows",
    "load_census",
    "names_of",
    "number_ranges",
    "open_round",
    "population",
    "preview_census",
    "put_questions",
    "questions",
    "record_population",
    "refuse_census",
    "round_by_name",
    "rounds",
    "sheet_of",
    "sheet_rows",
    "undo_census",
]
