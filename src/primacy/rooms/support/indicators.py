"""What findings of grave violations say of areas and units: that one stands, never that none does.

The indicator itself is registered by the room whose criterion it is; here is only who computes it.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Q

from primacy.kernels.command import Register
from primacy.platform.accounts.whole import seen_whole
from primacy.platform.indicators import IndicatorValue, Subject, provide
from primacy.platform.policy import Marking, Viewer, require, visible
from primacy.rooms.forces.facade import lineage_claims, units
from primacy.rooms.persons.facade import PostingClaim, claims_of, holders, standing_merges
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.models import GraveFinding
from primacy.rooms.support.standing import units_below

NO_GRAVE_FINDING = "accountability.no_grave_finding"
VIEW = "support.view"


@provide(NO_GRAVE_FINDING)
def no_grave_finding(
    viewer: Viewer, subjects: Sequence[Subject], as_of: dt.date
) -> Iterable[IndicatorValue]:
    """Zero where a finding stands on that day; nothing where none is on record.

    That no finding is on record does not say that nothing was done: people say so after they have
    looked. A finding reaches a unit with all below it, and what the person found against commands;
    an area, where a unit responsible for it is reached.
    """
    by_mission: dict[uuid.UUID, list[Subject]] = defaultdict(list)
    for subject in subjects:
        by_mission[subject.mission_id].append(subject)
    for mission in Mission.objects.filter(pk__in=by_mission):
        require(viewer, VIEW, mission.pk)
        yield from _of_mission(mission, by_mission[mission.pk], as_of)


def _of_mission(
    mission: Mission, subjects: Sequence[Subject], as_of: dt.date
) -> Iterable[IndicatorValue]:
    with seen_whole(mission.pk) as whole:
        rows = GraveFinding.objects.filter(mission=mission, found_on__lte=as_of).filter(
            Q(lifted_on__isnull=True) | Q(lifted_on__gt=as_of)
        )
        standing = list(visible(whole, rows, VIEW).select_related("unit"))
        if not standing:
            return
        reached = _reached(whole, mission, standing, as_of)
        by_subject: dict[tuple[str, uuid.UUID], list[GraveFinding]] = defaultdict(list)
        for unit, found in reached.items():
            by_subject["unit", unit] += found
        for unit, area in _responsible(whole, mission, reached, as_of):
            by_subject["area", area] += reached[unit]
    for subject in subjects:
        found = by_subject.get((subject.kind, subject.id), [])
        if found:
            # Where several stand, the one that most may know of says it.
            one = min(found, key=lambda row: (marking_of(row), -row.found_on.toordinal(), row.pk))
            yield IndicatorValue(
                subject=subject,
                # It stands on the day asked for, however long ago it was found.
                observed_on=as_of,
                value=0.0,
                source=f"register of findings: found on {one.found_on.isoformat()}, not lifted",
                marking=marking_of(one),
            )


def marking_of(finding: GraveFinding) -> int:
    """The marking under which a finding's standing may be told; the highest in a compartment."""
    return finding.marking if finding.compartment_id is None else Marking.STRICT.value


def _reached(
    whole: Viewer, mission: Mission, findings: Iterable[GraveFinding], day: dt.date
) -> dict[uuid.UUID, list[GraveFinding]]:
    """The units that findings reach: through a unit above or themselves, or who commands them."""
    reached: dict[uuid.UUID, list[GraveFinding]] = defaultdict(list)
    against: dict[uuid.UUID, list[GraveFinding]] = defaultdict(list)
    merges = standing_merges(mission.pk)
    kept: dict[uuid.UUID, uuid.UUID] = {}
    for finding in findings:
        if finding.unit is not None:
            for unit in (finding.unit.pk, *units_below(mission, finding.unit, day)):
                reached[unit].append(finding)
        elif finding.person_id is not None:
            person = merges.kept(finding.person_id)
            against[person].append(finding)
            kept |= dict.fromkeys(merges.group(person), person)
    for unit, person in _commands(whole, mission, kept, day):
        reached[unit] += against[person]
    return reached


def _commands(
    whole: Viewer, mission: Mission, kept: Mapping[uuid.UUID, uuid.UUID], day: dt.date
) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """The units that persons command, or may command, on a day; of each the record kept."""
    if not kept:
        return set()
    rows = claims_of(whole, PostingClaim, mission.pk).filter(person_id__in=kept)
    descent = Register(lineage=lineage_claims(whole, mission.pk))
    ids = {
        uuid.UUID(one)
        for unit in set(rows.order_by().values_list("unit_id", flat=True))
        for one in descent.same_body(str(unit))
    }
    held = holders(whole, mission, units(whole, mission).filter(pk__in=ids), day)
    return {
        (unit, kept[one.person])
        for unit, posts in held.items()
        for one in posts.commanders
        if one.person in kept
    }


def _responsible(
    whole: Viewer, mission: Mission, asked: Collection[uuid.UUID], day: dt.date
) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Which of these units is responsible on a day for which area."""
    rows = units(whole, mission).filter(
        Q(unit_areas__valid_from__isnull=True) | Q(unit_areas__valid_from__lte=day),
        Q(unit_areas__valid_to__isnull=True) | Q(unit_areas__valid_to__gte=day),
        unit_areas__area__isnull=False,
        pk__in=list(asked),
    )
    return set(rows.order_by().values_list("pk", "unit_areas__area_id"))
