"""Keeping the columns of a unit equal to what its claims say of today.

`Unit.name`, `aliases`, `parent` and its areas are read by lists, sums and searches. They follow the
claims that are no more closely kept than the unit itself: a closed claim must not be read off an
open column. Every read of another day uses the claims.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import transaction
from django.db.models import Q

from primacy.kernels.command import MAY_BE_CERTAIN, Holding
from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.claims.models import Claim
from primacy.platform.claims.queries import as_known
from primacy.platform.claims.rules import RELIED_ON, dates_of, range_of
from primacy.platform.policy import Viewer, require
from primacy.rooms.forces.models import (
    LineageClaim,
    LineageKind,
    LineagePart,
    NameClaim,
    NameKind,
    PartSide,
    PositionClaim,
    RelationClaim,
    RelationKind,
    Unit,
    UnitArea,
)
from primacy.rooms.places.facade import Mission

DAYS = ("first_precise", "last_precise", "first_imprecise", "last_imprecise")
TOGETHER = 50
"""Units brought up to date in one transaction, so that nobody waits long to write."""

ClaimT = TypeVar("ClaimT", bound=Claim)
Rank = tuple[bool, bool, bool, dt.date, uuid.UUID]


def keep_units_present(*, actor: Viewer, mission: Mission, since: dt.date | None) -> int:
    """How many units the calendar alone changed since a day, now brought up to date.

    An attachment ends, a command begins, and nobody acts on the day: units with a claim one of
    whose days lies between are looked at; all with a claim where nobody knows since when.
    """
    require(actor, "forces.edit", mission.pk)
    waiting = sorted(_touched_by_the_calendar(mission, since))
    changed, again = set[uuid.UUID](), list[uuid.UUID]()
    while waiting:
        part, waiting = waiting[:TOGETHER], waiting[TOGETHER:]
        with transaction.atomic():
            here = bring_up_to_date(Unit.objects.filter(pk__in=part).select_for_update())
            if here.changed:
                body: dict[str, object] = {"units": len(here.changed), "on": clock.today()}
                record(actor, "forces.unit.present", mission, body, mission_id=mission.pk)
        changed |= here.changed
        again += here.refused
        if not waiting and here.changed:
            # The unit that stood in the way of another may have moved since.
            waiting, again = again, []
    return len(changed)


def _touched_by_the_calendar(mission: Mission, since: dt.date | None) -> set[uuid.UUID]:
    """Units of which some claim begins, ends or becomes less sure between a day and today."""
    # What holds for the last time on a day is different from the next day on.
    first = None if since is None else since - dt.timedelta(days=1)
    turns = Q()
    for name in DAYS:
        when = {f"{name}__isnull": False} if first is None else {f"{name}__gte": first}
        turns |= Q(**when) & Q(**{f"{name}__lte": clock.today()})
    found: set[uuid.UUID] = set()
    for model in (NameClaim, RelationClaim):
        rows = model.objects.filter(turns, mission=mission)
        found |= set(rows.values_list("unit_id", flat=True))
    lineage = LineageClaim.objects.filter(turns, mission=mission)
    parts = LineagePart.objects.filter(lineage__in=lineage.values("pk"))
    return found | set(parts.values_list("unit_id", flat=True))


@dataclass
class Brought:
    """The units that did not stand as of today, and those that would stand above themselves."""

    changed: set[uuid.UUID] = field(default_factory=set)
    refused: list[uuid.UUID] = field(default_factory=list)


def bring_up_to_date(units: Iterable[Unit]) -> Brought:
    """Which units had not the name, aliases and superior of today, and now have them."""
    day, brought = clock.today(), Brought()
    for unit in units:
        names = _relied_on(NameClaim, unit)
        changes: dict[str, object] = {}
        if names:
            name = _name(names, day)
            others = (row.name for row in names if row.name != name)
            changes = {"name": name, "aliases": list(dict.fromkeys(others))}
        superior = _superior(unit, day)
        if superior is None or not _is_ring(unit, superior):
            changes["parent_id"] = superior
        else:
            brought.refused.append(unit.pk)
        changes = {name: v for name, v in changes.items() if getattr(unit, name) != v}
        if changes:
            brought.changed.add(unit.pk)
            Unit.objects.filter(pk=unit.pk).update(**changes)
            for column, value in changes.items():
                setattr(unit, column, value)
        _areas(unit)
    return brought


def _relied_on(model: type[ClaimT], unit: Unit) -> list[ClaimT]:
    """The claims of one kind about a unit that are relied on and open to all who see the unit."""
    rows = as_known(model, unit.mission_id).filter(
        unit=unit, withdrawn=False, status__in=RELIED_ON, marking__lte=unit.marking
    )
    return list(rows.filter(compartment_id=unit.compartment_id).order_by("recorded_at", "id"))


def _rank(row: Claim, day: dt.date, attached: bool = False) -> Rank:
    """What decides between claims: attached, certain, accepted, the newest start, the id."""
    start = row.first_precise or row.first_imprecise or dt.date.min
    certain = row.status in MAY_BE_CERTAIN and range_of(row).holds(day) is Holding.CERTAIN
    return attached, certain, row.status == "accepted", start, row.pk


def _name(names: list[NameClaim], day: dt.date) -> str:
    """The name of today: the newest that holds, else the newest there was."""
    main = [row for row in names if row.kind == NameKind.NAME] or names
    held = [row for row in main if range_of(row).holds(day) is not Holding.NO]
    # A renaming leaves the old name open: the name that began last is the name.
    return max(held or main, key=lambda row: (*_rank(row, day)[3:], row.recorded_at)).name


def _superior(unit: Unit, day: dt.date) -> uuid.UUID | None:
    """The unit it stands under today, also where that is only possible; None where it is gone."""
    events = _events(unit)
    gone = (LineageKind.DISBANDED, LineageKind.MERGED, LineageKind.SPLIT)
    for event in events:
        if event.kind in gone and _side(event, unit, PartSide.FROM):
            stays = _side(event, unit, PartSide.TO)
            happened = dates_of(event).last
            if not stays and happened is not None and happened < day:
                return None
    found: list[tuple[Rank, uuid.UUID]] = []
    for event in events:
        held = range_of(event).holds(day)
        if event.kind == LineageKind.ATTACHED and held is Holding.CERTAIN:
            tos = [p.unit_id for p in event.parts.all() if p.side == PartSide.TO]
            if tos and _side(event, unit, PartSide.FROM):
                found.append((_rank(event, day, attached=True), tos[0]))
    for row in _relied_on(RelationClaim, unit):
        if row.kind == RelationKind.COMMAND and range_of(row).holds(day) is not Holding.NO:
            found.append((_rank(row, day), row.superior_id))
    return max(found)[1] if found else None


def _events(unit: Unit) -> list[LineageClaim]:
    """The lineage events of a unit that are relied on and open to all who see the unit."""
    parts = LineagePart.objects.filter(unit=unit)
    rows = as_known(LineageClaim, unit.mission_id).filter(
        pk__in=parts.values("lineage_id"),
        withdrawn=False,
        status__in=RELIED_ON,
        marking__lte=unit.marking,
        compartment_id=unit.compartment_id,
    )
    return list(rows.prefetch_related("parts"))


def _side(event: LineageClaim, unit: Unit, side: str) -> bool:
    return any(p.unit_id == unit.pk and p.side == side for p in event.parts.all())


def _is_ring(unit: Unit, superior: uuid.UUID) -> bool:
    """True where the unit is found above its new superior: lists by superior never end there."""
    above: uuid.UUID | None = superior
    seen: set[uuid.UUID] = set()
    while above is not None and above not in seen:
        if above == unit.pk:
            return True
        seen.add(above)
        above = Unit.objects.filter(pk=above).values_list("parent_id", flat=True).first()
    return False


def _areas(unit: Unit) -> None:
    """Writes where the unit is responsible, from its position claims, where that has changed."""
    wanted: set[tuple[uuid.UUID, dt.date | None, dt.date | None]] = set()
    for row in _relied_on(PositionClaim, unit):
        if row.area_id is None:
            continue
        dates = dates_of(row)
        first = dates.first_precise or dates.first_imprecise
        wanted.add((row.area_id, first if dates.starting else None,
                    dates.last if dates.ending else None))  # fmt: skip
    rows = UnitArea.objects.filter(unit=unit)
    if set(rows.values_list("area_id", "valid_from", "valid_to")) == wanted:
        return
    rows.delete()
    UnitArea.objects.bulk_create(
        UnitArea(unit=unit, area_id=area, valid_from=first, valid_to=last)
        for area, first, last in sorted(wanted, key=str)
    )
