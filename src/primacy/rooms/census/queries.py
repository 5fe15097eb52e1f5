"""Reads of the census: the viewer first, always through the permission layer."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from primacy.platform.database.viewer_scope import computing
from primacy.platform.policy import Viewer, require, visible
from primacy.rooms.census.errors import NoSuchRound, Withheld
from primacy.rooms.census.models import (
    EnrolledPerson,
    EnrolmentRound,
    HeadCount,
    NumberRange,
    Objection,
    PayRoll,
    PopulationCount,
    Question,
    QuestionEntry,
    RecruitmentCohort,
    StageCount,
    UnitFigure,
)
from primacy.rooms.places.facade import Mission

VIEW = "census.view"


def rounds(viewer: Viewer, mission: Mission) -> QuerySet[EnrolmentRound]:
    """The mission's enrolment rounds, the newest first."""
    rows = EnrolmentRound.objects.filter(mission=mission).select_related("source")
    return visible(viewer, rows, VIEW)


def round_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> EnrolmentRound:
    """The round of this id; `NoSuchRound` where none is open to the viewer."""
    found = rounds(viewer, mission).filter(pk=pk).first()
    if found is None:
        raise NoSuchRound(_("There is no such enrolment round here, or it is not open to you."))
    return found


def round_by_name(viewer: Viewer, mission: Mission, name: str) -> EnrolmentRound:
    """The round of this name; without a name the newest; `NoSuchRound` where there is none."""
    rows = rounds(viewer, mission)
    found = rows.filter(name__iexact=name.strip()).first() if name.strip() else rows.first()
    if found is None:
        raise NoSuchRound(
            _("No enrolment round '%(name)s' in %(mission)s is open to you.")
            % {"name": name[:60], "mission": mission.short_name}
        )
    return found


def roll(viewer: Viewer, round: EnrolmentRound) -> QuerySet[EnrolledPerson]:
    """The roll of a round."""
    rows = EnrolledPerson.objects.filter(round=round).select_related("unit")
    return visible(viewer, rows, VIEW, via="round")


def head_counts(viewer: Viewer, round: EnrolmentRound) -> QuerySet[HeadCount]:
    """The head counts of a round, the newest first."""
    rows = HeadCount.objects.filter(round=round).select_related("unit", "source")
    return visible(viewer, rows, VIEW)


def pay_rolls(viewer: Viewer, round: EnrolmentRound) -> QuerySet[PayRoll]:
    """The pay rolls of a round, the newest first."""
    rows = PayRoll.objects.filter(round=round).select_related("source")
    return visible(viewer, rows, VIEW)


def figures(viewer: Viewer, round: EnrolmentRound) -> QuerySet[UnitFigure]:
    """Posts, rations and stations of units."""
    rows = UnitFigure.objects.filter(round=round).select_related("unit")
    return visible(viewer, rows, VIEW)


def number_ranges(viewer: Viewer, mission: Mission) -> QuerySet[NumberRange]:
    """The ranges of service numbers that were issued."""
    return visible(viewer, NumberRange.objects.filter(mission=mission), VIEW)


def require_all_of(viewer: Viewer, round: EnrolmentRound) -> None:
    """Nothing; `Withheld` where records of the round are above the viewer's clearance.

    A reconciliation on a part of the records would be wrong and look right.
    """
    require(viewer, VIEW, round.mission_id)
    hidden = []
    for label, model in (
        (_("head counts"), HeadCount),
        (_("pay rolls"), PayRoll),
        (_("figures of units"), UnitFigure),
    ):
        rows = model.objects.filter(round=round, compartment__isnull=True)
        seen = visible(viewer, model.objects.filter(round=round), VIEW).count()
        with computing(round.mission_id):
            there = rows.count()
        if there > seen:
            hidden.append(str(label))
    if hidden:
        raise Withheld(
            _(
                "This rests on records that are not open to you: %(what)s. Nothing is said in "
                "part. Ask whoever keeps the census of this mission."
            )
            % {"what": ", ".join(hidden)}
        )


def questions(viewer: Viewer, mission: Mission) -> QuerySet[Question]:
    """The questions put to offices, those due first at the top."""
    rows = Question.objects.filter(mission=mission).select_related("unit", "round")
    return visible(viewer, rows, VIEW)


def question_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Question:
    """The question of this id; `NoSuchRound` where none is open to the viewer."""
    found = questions(viewer, mission).filter(pk=pk).first()
    if found is None:
        raise NoSuchRound(_("There is no such question here, or it is not open to you."))
    return found


def entries(viewer: Viewer, question: Question) -> QuerySet[QuestionEntry]:
    """What each side said, in order."""
    rows = QuestionEntry.objects.filter(question=question).select_related("recorded_by")
    return visible(viewer, rows, VIEW, via="question")


def cohorts(viewer: Viewer, mission: Mission) -> QuerySet[RecruitmentCohort]:
    """The classes of recruits, the newest first: for everybody who may see the forces."""
    rows = RecruitmentCohort.objects.filter(mission=mission)
    return visible(viewer, rows.select_related("source", "objection_window"), "forces.view")


def cohort_by_code(viewer: Viewer, mission: Mission, code: str) -> RecruitmentCohort:
    """The class of this code; `NoSuchRound` where none is open to the viewer."""
    found = cohorts(viewer, mission).filter(code__iexact=code.strip()).first()
    if found is None:
        raise NoSuchRound(
            _("No class of recruits '%(code)s' is open to you.") % {"code": code[:60]}
        )
    return found


def stage_counts(viewer: Viewer, cohort: RecruitmentCohort) -> QuerySet[StageCount]:
    """The counts of a class in the order they were recorded; of each the last holds."""
    rows = StageCount.objects.filter(cohort=cohort)
    return visible(viewer, rows, "forces.view", via="cohort")


def population(viewer: Viewer, mission: Mission) -> QuerySet[PopulationCount]:
    """Persons of working age in the population."""
    return visible(viewer, PopulationCount.objects.filter(mission=mission), "forces.view")


def objections(viewer: Viewer, cohort: RecruitmentCohort) -> QuerySet[Objection]:
    """The objections to recruits of a class, for those who may see the census."""
    rows = Objection.objects.filter(window__cohort=cohort)
    return visible(viewer, rows, VIEW)
