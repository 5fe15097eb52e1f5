"""Recruitment as it may be read: funnels and representation, whole for the team, safe for others.

The team sees every count. Everybody else sees what the protection of small counts leaves, made
over the whole table of sex by region at once, so that no margin gives a small group away.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from primacy.kernels.recruitment import (
    ALL,
    Funnel,
    Population,
    Representation,
    ShownFunnel,
    funnel,
    representation,
    shown_counts,
    shown_funnel,
)
from primacy.platform.policy import Viewer, held_aside, in_owning_team
from primacy.rooms.census.actions.recruitment import STAGE_CODES, Group, newest_counts
from primacy.rooms.census.models import EnrolmentRound, RecruitmentCohort
from primacy.rooms.census.queries import population, require_all_of, roll, stage_counts
from primacy.rooms.places.facade import Mission

SEX, REGION = "sex", "region"
DIMENSIONS = (SEX, REGION)
Cell = tuple[str, ...]


@dataclass(frozen=True)
class FunnelReading:
    """A class as one viewer may see it: the counts, and for the team the whole funnels."""

    stages: tuple[str, ...]
    shown: ShownFunnel
    by_sex: Funnel | None
    by_region: Funnel | None
    held_back: bool
    """True where something was taken out for this viewer."""


@dataclass(frozen=True)
class RepresentationReading:
    """A group's place in a force beside its place in the population; None where held back."""

    group: str
    in_force: int | None
    figure: Representation | None


def funnel_of(viewer: Viewer, cohort: RecruitmentCohort) -> FunnelReading | None:
    """The funnel of a class; None where fewer than two stages are counted."""
    counts = newest_counts(list(stage_counts(viewer, cohort)))
    stages = tuple(code for code in STAGE_CODES if any(at == code for at, _group in counts))
    if len(stages) < 2:
        return None
    joint: dict[tuple[str, Cell], int] = {
        (at, (group.sex, group.region)): count for (at, group), count in counts.items()
    }
    team = in_owning_team(viewer, "forces.view", cohort.mission_id)
    # For the team nothing is small: the minimum is put at nought.
    shown = shown_funnel(stages, joint, minimum=0) if team else shown_funnel(stages, joint)
    held = any(value is None for value in (*shown.reached.values(), *shown.dropped.values()))
    if not team:
        return FunnelReading(stages, shown, None, None, held)
    return FunnelReading(
        stages,
        shown,
        funnel(stages, _summed(counts, SEX)),
        funnel(stages, _summed(counts, REGION)),
        held,
    )


def _summed(counts: Mapping[tuple[str, Group], int], by: str) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for (stage, group), count in counts.items():
        found[stage, getattr(group, by)] += count
    return dict(found)


def cohort_representation(
    viewer: Viewer, cohort: RecruitmentCohort, by: str
) -> list[RepresentationReading]:
    """A class at its last counted stage beside the population, by sex or by region."""
    counts = newest_counts(list(stage_counts(viewer, cohort)))
    stages = [code for code in STAGE_CODES if any(at == code for at, _group in counts)]
    if not stages:
        return []
    joint: dict[Cell, int] = {
        (group.sex, group.region): count
        for (at, group), count in counts.items()
        if at == stages[-1]
    }
    team = in_owning_team(viewer, "forces.view", cohort.mission_id)
    return _beside(joint, population_of(viewer, cohort.mission), by, team)


def roll_representation(
    viewer: Viewer, round: EnrolmentRound, by: str, rank_level: int | None = None
) -> list[RepresentationReading]:
    """The roll of a round (of one level of rank, or all) beside the population."""
    require_all_of(viewer, round)
    rows = roll(viewer, round).order_by()
    if rank_level is not None:
        rows = rows.filter(rank_level=rank_level)
    joint: dict[Cell, int] = defaultdict(int)
    with held_aside():
        for sex, region in rows.values_list("sex", "region"):
            joint[sex, region or "–"] += 1
    team = in_owning_team(viewer, "census.view", round.mission_id)
    return _beside(joint, population_of(viewer, round.mission), by, team)


def population_of(viewer: Viewer, mission: Mission) -> dict[Group, tuple[int, bool]]:
    """Group → persons of working age and whether a survey counted them, of the newest year."""
    rows = list(population(viewer, mission))
    newest = max((row.year for row in rows), default=0)
    return {
        Group(row.sex, row.region): (row.count, row.sampled) for row in rows if row.year == newest
    }


def _beside(
    joint: Mapping[Cell, int],
    people: Mapping[Group, tuple[int, bool]],
    by: str,
    team: bool,
) -> list[RepresentationReading]:
    """Groups with their index; of groups the population does not know only the count."""
    if not joint or not people:
        return []
    at = DIMENSIONS.index(by)
    whole = Population(
        _population_by(people, by), sampled=any(sampled for _n, sampled in people.values())
    )
    counts: dict[str, int] = defaultdict(int)
    for cell, n in joint.items():
        counts[cell[at]] += n
    groups = list(dict.fromkeys([*whole.by_group, *sorted(counts)]))
    shown: dict[str, int | None] = {group: counts.get(group, 0) for group in groups}
    if not team:
        safe = shown_counts(joint)
        shown = {group: safe[_margin(group, at)] if group in counts else None for group in groups}
    known = {group: n for group, n in counts.items() if group in whole.by_group}
    figures: dict[str, Representation] = {}
    # A share tells the whole it was taken of, and so what is held back beside it.
    if sum(known.values()) and all(shown[group] is not None for group in counts):
        figures = {figure.group: figure for figure in representation(known, whole)}
    return [
        RepresentationReading(
            group, shown[group], figures.get(group) if shown[group] is not None else None
        )
        for group in groups
    ]


def _margin(group: str, at: int) -> Cell:
    return tuple(group if place == at else ALL for place in range(len(DIMENSIONS)))


def _population_by(people: Mapping[Group, tuple[int, bool]], by: str) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for group, (count, _sampled) in people.items():
        found[getattr(group, by)] += count
    return dict(found)
