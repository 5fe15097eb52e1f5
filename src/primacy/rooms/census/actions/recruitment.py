"""Acts on classes of recruits: start one, count a stage, confirm or cancel it, the population."""

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.database.viewer_scope import keeping
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.census.errors import BadCohort
from primacy.rooms.census.models import (
    Objection,
    ObjectionState,
    PopulationCount,
    PublicObjection,
    RecruitmentCohort,
    Sex,
    StageCount,
)
from primacy.rooms.census.models.cohort import STAGES
from primacy.rooms.census.rules import COHORT_MOVES, Confirmation, against_confirming, move
from primacy.rooms.places.facade import Mission

STAGE_CODES = [code for code, _label in STAGES]


@dataclass(frozen=True)
class Group:
    """Persons of one sex and region."""

    sex: str
    region: str


def start_cohort(
    *,
    actor: Viewer,
    mission: Mission,
    name: str,
    force: str,
    advertised_on: dt.date,
    source_title: str,
    code: str = "",
    places: int | None = None,
    marking: Marking = Marking.INTERNAL,
) -> RecruitmentCohort:
    """A new class of recruits."""
    require(actor, "census.keep", mission.pk)
    name = " ".join(name.split())[:200]
    code = slugify(code or name)[:60]
    if not code or not force.strip():
        raise BadCohort(_("A class of recruits needs a name and a force."))
    if RecruitmentCohort.objects.filter(mission=mission, code=code).exists():
        raise BadCohort(
            _("A class with the code '%(code)s' exists already. Nothing was recorded.")
            % {"code": code}
        )
    with transaction.atomic():
        source = ensure_source(
            actor=actor, mission_id=mission.pk, title=source_title, marking=marking
        )
        made = RecruitmentCohort.objects.create(
            mission=mission,
            code=code,
            name=name,
            force=force.strip()[:100],
            advertised_on=advertised_on,
            places=places,
            source=source,
            marking=marking,
            recorded_by_id=actor.account_id,
        )
        record(actor, "census.cohort.start", made, {"code": code, "force": made.force})
    return made


def record_stage(
    *, actor: Viewer, cohort: RecruitmentCohort, stage: str, counts: Mapping[Group, int]
) -> list[StageCount]:
    """Counts of one stage by sex and region; what was recorded before stays on record beneath.

    Nobody can reach a stage who did not reach the one before it.
    """
    require(actor, "census.keep", cohort.mission_id)
    if stage not in STAGE_CODES:
        raise BadCohort(
            _("'%(stage)s' is no stage. There are: %(known)s.")
            % {"stage": stage[:30], "known": ", ".join(STAGE_CODES)}
        )
    if move(COHORT_MOVES, cohort.state, "confirm") is None:
        raise BadCohort(_("This class is closed: its counts do not change any more."))
    for group, count in counts.items():
        if count < 0 or group.sex not in Sex.values or not group.region.strip():
            raise BadCohort(
                _("Each count needs a sex of the list, a region, and a figure from 0 up.")
            )
    with transaction.atomic():
        cohort = RecruitmentCohort.objects.select_for_update().get(pk=cohort.pk)
        _require_order(cohort, stage, counts)
        made = [
            StageCount.objects.create(
                cohort=cohort,
                stage=stage,
                sex=group.sex,
                region=group.region.strip()[:100],
                count=count,
                recorded_by_id=actor.account_id,
            )
            for group, count in counts.items()
        ]
        # Small groups stay out of the log: only the sum is told.
        record(actor, "census.cohort.count", cohort, {"stage": stage, "all": sum(counts.values())})
    return made


def newest_counts(rows: Sequence[StageCount]) -> dict[tuple[str, Group], int]:
    """Stage and group → the count that holds: of each the one recorded last."""
    return {(row.stage, Group(row.sex, row.region)): row.count for row in rows}


def _require_order(cohort: RecruitmentCohort, stage: str, counts: Mapping[Group, int]) -> None:
    """Nothing; `BadCohort` where a later stage would hold more than an earlier one."""
    known = newest_counts(list(StageCount.objects.filter(cohort=cohort)))
    known |= {(stage, group): count for group, count in counts.items()}
    counted = [code for code in STAGE_CODES if any(at == code for at, _group in known)]
    for group in {group for _at, group in known}:
        for before, after in itertools.pairwise(counted):
            if known.get((after, group), 0) > known.get((before, group), 0):
                raise BadCohort(
                    _(
                        "More of '%(sex)s, %(region)s' would be at the stage %(after)s than at "
                        "%(before)s before it. Nothing was recorded; count those who joined later "
                        "at the earlier stage too."
                    )
                    % {
                        "sex": group.sex,
                        "region": group.region,
                        "after": after,
                        "before": before,
                    }
                )


def confirm_cohort(*, actor: Viewer, cohort: RecruitmentCohort) -> RecruitmentCohort:
    """The confirmed class: not before the window for objections closed and each has its outcome."""
    require(actor, "census.keep", cohort.mission_id)
    # Objections count whether or not whoever confirms may read them.
    with keeping(cohort.mission_id), transaction.atomic():
        cohort = RecruitmentCohort.objects.select_for_update().get(pk=cohort.pk)
        state = move(COHORT_MOVES, cohort.state, "confirm")
        if state is None:
            raise BadCohort(
                _("This class is '%(state)s' already.") % {"state": cohort.get_state_display()}
            )
        against = against_confirming(confirmation_of(cohort))
        if against:
            raise BadCohort(
                _("This class cannot be confirmed yet: %(reasons)s. Nothing was changed.")
                % {"reasons": "; ".join(against)}
            )
        cohort.state = state
        cohort.save(update_fields=["state"])
        record(actor, "census.cohort.confirm", cohort, {"code": cohort.code})
    return cohort


def confirmation_of(cohort: RecruitmentCohort) -> Confirmation:
    """The facts a confirmation rests on; objections count whoever may read them."""
    window = PublicObjection.objects.filter(cohort=cohort).first()
    counts = newest_counts(list(StageCount.objects.filter(cohort=cohort)))
    return Confirmation(
        today=clock.today(),
        closes_on=window.closes_on if window else None,
        open_objections=Objection.objects.filter(
            window__cohort=cohort, state=ObjectionState.OPEN
        ).count(),
        confirmed=sum(count for (stage, _g), count in counts.items() if stage == "confirmed"),
        vetted=any(stage == "vetting" for stage, _g in counts),
    )


def cancel_cohort(*, actor: Viewer, cohort: RecruitmentCohort, reason: str) -> RecruitmentCohort:
    """The cancelled class, with the reason in the log."""
    require(actor, "census.keep", cohort.mission_id)
    if not reason.strip():
        raise BadCohort(_("Say why, in a few words."))
    with transaction.atomic():
        cohort = RecruitmentCohort.objects.select_for_update().get(pk=cohort.pk)
        state = move(COHORT_MOVES, cohort.state, "cancel")
        if state is None:
            raise BadCohort(
                _("This class is '%(state)s' already.") % {"state": cohort.get_state_display()}
            )
        cohort.state = state
        cohort.save(update_fields=["state"])
        record(actor, "census.cohort.cancel", cohort, {"reason": reason.strip()[:300]})
    return cohort


def record_population(
    *,
    actor: Viewer,
    mission: Mission,
    year: int,
    counts: Mapping[Group, int],
    source_title: str,
    sampled: bool = False,
    marking: Marking = Marking.PUBLIC,
) -> list[PopulationCount]:
    """Persons of working age by sex and region, from a census or (sampled) from a survey."""
    require(actor, "census.keep", mission.pk)
    if not counts or any(count < 0 for count in counts.values()):
        raise BadCohort(_("A population needs figures, and none below zero."))
    if PopulationCount.objects.filter(mission=mission, year=year).exists():
        raise BadCohort(
            _("The population of %(year)s is on record already. Nothing was recorded.")
            % {"year": year}
        )
    with transaction.atomic():
        source = ensure_source(
            actor=actor, mission_id=mission.pk, title=source_title, marking=marking
        )
        made = [
            PopulationCount.objects.create(
                mission=mission,
                year=year,
                sex=group.sex,
                region=group.region.strip()[:100],
                count=count,
                sampled=sampled,
                source=source,
                marking=marking,
                recorded_by_id=actor.account_id,
            )
            for group, count in counts.items()
        ]
        body = {"year": year, "groups": len(made), "all": sum(counts.values())}
        record(actor, "census.population.record", mission, body, mission_id=mission.pk)
    return made
