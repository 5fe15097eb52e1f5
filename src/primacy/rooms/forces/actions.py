"""Acts on forces: units, their areas, strength figures."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from primacy.platform.audit.actions import record
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.models import Source
from primacy.rooms.forces.errors import BadStrength, BadUnit
from primacy.rooms.forces.models import Strength, Unit, UnitArea
from primacy.rooms.places.facade import Area, Mission


def add_unit(
    *,
    actor: Viewer,
    mission: Mission,
    code: str,
    name: str,
    force: str,
    side: str,
    source: Source,
    parent: Unit | None = None,
    areas: Sequence[Area] = (),
    aliases: Sequence[str] = (),
    on_board: bool = False,
    note: str = "",
    marking: Marking = Marking.INTERNAL,
) -> Unit:
    """A new unit with its parent and areas."""
    require(actor, "forces.edit", mission.pk)
    if not name.strip():
        raise BadUnit("A unit needs a name.")
    if parent is not None and parent.mission_id != mission.pk:
        raise BadUnit(f"{parent.name} belongs to another mission and cannot be the parent.")
    for area in areas:
        if area.mission_id != mission.pk:
            raise BadUnit(f"{area.name} is an area of another mission. Nothing was recorded.")
    if Unit.objects.filter(mission=mission, code=code).exists():
        raise BadUnit(f"A unit with the code '{code}' exists already. Nothing was recorded.")
    with transaction.atomic():
        unit = Unit.objects.create(
            mission=mission,
            code=code,
            name=name.strip(),
            force=force,
            side=side,
            parent=parent,
            aliases=list(aliases),
            on_board=on_board,
            note=note,
            source=source,
            marking=marking,
            recorded_by_id=actor.account_id,
        )
        for area in areas:
            UnitArea.objects.create(unit=unit, area=area, recorded_by_id=actor.account_id)
        record(actor, "forces.unit.create", unit, {"code": code, "name": name, "force": force})
    return unit


def add_strength(
    *,
    actor: Viewer,
    unit: Unit,
    kind: str,
    value: float | None,
    date_from: dt.date,
    date_to: dt.date,
    source: Source,
    area: Area | None = None,
    value_low: float | None = None,
    value_high: float | None = None,
    women: int | None = None,
    qualifier: str = "exact",
    definition: str = "",
    note: str = "",
    reference: str = "",
    marking: Marking = Marking.INTERNAL,
) -> Strength:
    """A strength figure; contradicting figures are kept side by side."""
    require(actor, "forces.edit", unit.mission_id)
    given = [v for v in (value, value_low, value_high) if v is not None]
    if not given or min(given) < 0:
        raise BadStrength("A strength needs a figure, and none below zero.")
    if area is not None and area.mission_id != unit.mission_id:
        raise BadStrength(f"{area.name} is an area of another mission. Nothing was recorded.")
    if date_from > date_to:
        raise BadStrength(f"The span ends ({date_to}) before it begins ({date_from}).")
    with transaction.atomic():
        strength = Strength.objects.create(
            mission_id=unit.mission_id,
            unit=unit,
            area=area,
            kind=kind,
            value=value,
            value_low=value_low,
            value_high=value_high,
            women=women,
            qualifier=qualifier,
            date_from=date_from,
            date_to=date_to,
            definition=definition,
            note=note,
            reference=reference,
            source=source,
            marking=marking,
            recorded_by_id=actor.account_id,
        )
        body = {"unit": unit.code, "kind": kind, "value": value, "on": date_to}
        record(actor, "forces.strength.add", strength, body)
    return strength
