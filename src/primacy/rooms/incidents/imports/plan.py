"""What storing a reading of UCDP events would do, worked out before anything is written."""

from collections.abc import Sequence

import numpy as np
from django.utils.translation import gettext_noop

from primacy.platform.database.viewer_scope import keeping
from primacy.platform.policy import Viewer
from primacy.rooms.incidents.imports.points import OUTSIDE, MissionAreas, h3_cells
from primacy.rooms.incidents.imports.records import (
    ORIGIN_CANDIDATE,
    ORIGIN_YEARLY,
    Placed,
    Plan,
    Reading,
)
from primacy.rooms.incidents.imports.store import key_of, known_events, stated
from primacy.rooms.incidents.models import Incident
from primacy.rooms.places.facade import Mission


def make_plan(actor: Viewer, mission: Mission, reading: Reading) -> Plan:
    """Cells, areas and what is on record already, for every event read."""
    places = MissionAreas(actor, mission)
    lat, lon = reading.floats("lat"), reading.floats("lon")
    at, cells = places.locate(lat, lon), h3_cells(lat, lon)
    stored_ids: list[str | None] = [*(key_of(pk) for pk in places.ids), None]
    # Matched against all that is on record, also what this person may not read.
    with keeping(mission.pk):
        on_record = known_events(mission.pk, reading.origin, reading.vintage, reading.origin_ids())
        older, newer = _other_vintages(mission, reading)
        count = _on_record(mission, reading)
    placed: list[Placed] = []
    known = changed = start = 0
    for events in reading.chunks:
        stop = start + len(events)
        fresh = np.ones(len(events), np.bool_)
        if on_record:
            found = [on_record.get(str(number)) for number in events.origin_id.tolist()]
            fresh = np.fromiter((row is None for row in found), np.bool_, len(found))
            same = sum(row == now for row, now in zip(found, stated(events), strict=True))
            known += same
            changed += int((~fresh).sum()) - same
        # Position -1 (outside) is the last of the list, None.
        areas = [stored_ids[position] for position in at[start:stop].tolist()]
        placed.append(Placed(events, cells[start:stop], areas, fresh))
        start = stop
    outside = int((at == OUTSIDE).sum())
    return Plan(
        reading=reading,
        placed=placed,
        known=known,
        changed=changed,
        replaces=older,
        older=newer,
        outside=outside,
        boundaries=places.boundaries,
        on_record=count,
    )


def plan_now(actor: Viewer, mission: Mission, plan: Plan) -> Plan:
    """The plan of a preview; made anew where areas or events changed since."""
    same_areas = MissionAreas(actor, mission).boundaries == plan.boundaries
    with keeping(mission.pk):
        count = _on_record(mission, plan.reading)
    if same_areas and count == plan.on_record:
        return plan
    return make_plan(actor, mission, plan.reading)


def vintage_order(vintage: str) -> tuple[int, ...]:
    """A release as numbers, so that 9.1 comes before 23.1."""
    return tuple(int(part) for part in vintage.split(".") if part.isdigit())


def vintages_of(mission: Mission, origin: str) -> list[str]:
    """The releases of one series on record, oldest first."""
    rows = Incident.objects.filter(mission=mission, origin=origin).order_by()
    return sorted(rows.values_list("vintage", flat=True).distinct(), key=vintage_order)


def chains(mission: Mission, origin: str, vintage: str) -> list[tuple[str, list[str]]]:
    """For each release up to this one, the releases newer than it."""
    releases = vintages_of(mission, origin)
    return [
        (one, [v for v in releases if vintage_order(v) > vintage_order(one)])
        for one in releases
        if vintage_order(one) <= vintage_order(vintage)
    ]


def remarks(plan: Plan) -> list[str]:
    """What the person should know beside the rows."""
    notes = []
    if not plan.boundaries:
        notes.append(
            gettext_noop(
                "This mission has no areas with boundaries yet, so no event has "
                "an area. Import the areas; the events are then put into them."
            )
        )
    elif plan.outside:
        notes.append(
            gettext_noop(
                "%(outside)s events lie outside every area of the mission. They are "
                "kept, without an area."
            )
            % {"outside": plan.outside}
        )
    if plan.changed:
        notes.append(
            gettext_noop(
                "%(changed)s events are on record under this release with other values. "
                "They stay as they are; to take the new values, undo the import that "
                "brought them first."
            )
            % {"changed": plan.changed}
        )
    if plan.older:
        notes.append(
            gettext_noop(
                "%(older)s events are on record in a newer release already; these "
                "versions are kept for the record and not counted."
            )
            % {"older": plan.older}
        )
    return notes


def beside(mission: Mission, reading: Reading) -> Sequence[str]:
    """A warning where another series counts events of the same days."""
    filled = [chunk for chunk in reading.chunks if len(chunk)]
    others = Incident.objects.filter(mission=mission, superseded_at__isnull=True)
    if reading.origin == ORIGIN_YEARLY:
        others, name = others.filter(origin=ORIGIN_CANDIDATE), gettext_noop("candidate (monthly)")
    elif reading.origin == ORIGIN_CANDIDATE:
        others, name = others.filter(origin=ORIGIN_YEARLY), "yearly"
    else:
        others, name = others.exclude(origin=reading.origin), "other"
    if not filled:
        return []
    first = min(chunk.date_start.min() for chunk in filled).item()
    last = max(chunk.date_start.max() for chunk in filled).item()
    count = others.filter(date_start__range=(first, last)).count()
    if not count:
        return []
    if name == "other":
        return [
            gettext_noop(
                "%(count)s events of other origins lie between %(first)s and %(last)s "
                "too. The same event may then count twice: look through those days."
            )
            % {"count": count, "first": first, "last": last}
        ]
    return [
        gettext_noop(
            "%(count)s events of the %(name)s series lie between %(first)s and %(last)s "
            "too. The same event may then count twice: undo the candidate imports once "
            "the yearly release covers their months."
        )
        % {"count": count, "name": name, "first": first, "last": last}
    ]


def _on_record(mission: Mission, reading: Reading) -> int:
    """How many events of the series the mission has, in any release."""
    return Incident.objects.filter(mission=mission, origin=reading.origin).count()


def _other_vintages(mission: Mission, reading: Reading) -> tuple[int, int]:
    """How many of the events are on record in older releases, and how many in newer ones."""
    mine = vintage_order(reading.vintage)
    releases = [v for v in vintages_of(mission, reading.origin) if v != reading.vintage]
    if not releases:
        return 0, 0
    ids = set(reading.origin_ids())
    counts = []
    for among in (
        [v for v in releases if vintage_order(v) < mine],
        [v for v in releases if vintage_order(v) > mine],
    ):
        rows = Incident.objects.filter(mission=mission, origin=reading.origin, vintage__in=among)
        found = set(rows.order_by().values_list("origin_id", flat=True)) if among else set()
        counts.append(len(found & ids))
    return counts[0], counts[1]
