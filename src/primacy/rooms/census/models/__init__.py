"""Records of the census."""

from primacy.rooms.census.models.cohort import (
    CohortState,
    Objection,
    ObjectionOutcome,
    ObjectionState,
    PopulationCount,
    PublicObjection,
    RecruitmentCohort,
    StageCount,
)
from primacy.rooms.census.models.head_count import HeadCount, Presence
from primacy.rooms.census.models.pay import PayLine, PayRoll
from primacy.rooms.census.models.question import (
    Outcome,
    Question,
    QuestionEntry,
    QuestionState,
    Side,
)
from primacy.rooms.census.models.roll import Absence, EnrolledPerson, IdCard, Sex
from primacy.rooms.census.models.round import EnrolmentRound
from primacy.rooms.census.models.unit_figure import FigureKind, NumberRange, UnitFigure

__all__ = [
    "Absence",
    "CohortState",
    "EnrolledPerson",
    "EnrolmentRound",
    "FigureKind",
    "HeadCount",
    "IdCard",
    "NumberRange",
    "Objection",
    "ObjectionOutcome",
    "ObjectionState",
    "Outcome",
    "PayLine",
    "PayRoll",
    "PopulationCount",
    "Presence",
    "PublicObjection",
    "Question",
    "QuestionEntry",
    "QuestionState",
    "RecruitmentCohort",
    "Sex",
    "Side",
    "StageCount",
    "UnitFigure",
]
