"""Acts on units: a new unit, with the claims that say what it is called and where it belongs."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.audit.actions import record
from primacy.platform.claims.actions import Cite, write_claims
from primacy.platform.claims.models import Claim, ClaimStatus
from primacy.platform.claims.rules import Dates, on_record
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.models import Source
from primacy.rooms.forces.errors import BadUnit
from primacy.rooms.forces.models import (
    NameClaim,
    NameKind,
    PositionClaim,
    PositionKind,
    RelationClaim,
    RelationKind,
    Unit,
    UnitArea,
)
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
    since: dt.date | None = None,
    seen_on: dt.date | None = None,
) -> Unit:
    """A new unit with its parent and areas, and the claims of its source that say so.

    `since`: its first day, where it is known. `seen_on`: the last day the source speaks of.
    """
    require(actor, "forces.edit", mission.pk)
    reasons = _against_unit(mission, code, name, parent, areas)
    if reasons:
        raise BadUnit(reasons[0])
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
        UnitArea.objects.bulk_create(
            UnitArea(unit=unit, area=area, valid_from=since, recorded_by_id=actor.account_id)
            for area in areas
        )
        claims = first_claims(
            unit, areas, on_record(since, seen_on), recorded_by_id=actor.account_id
        )
        write_claims([(claim, [Cite(source)]) for claim in claims])
        record(actor, "forces.unit.create", unit, {"code": code, "name": name, "force": force})
    return unit


def first_claims(
    unit: Unit, areas: Sequence[Area], dates: Dates, *, recorded_by_id: uuid.UUID | None
) -> list[Claim]:
    """The claims, not yet written, that a new unit stands for: names, superior, areas."""
    common: dict[str, object] = {
        "mission_id": unit.mission_id,
        "unit": unit,
        "status": ClaimStatus.ACCEPTED,
        "marking": unit.marking,
        "compartment_id": unit.compartment_id,
        "recorded_at": unit.recorded_at,
        "recorded_by_id": recorded_by_id,
        **dates.fields(),
    }
    found: list[Claim] = [NameClaim(kind=NameKind.NAME, name=unit.name, **common)]
    found += [NameClaim(kind=NameKind.ALIAS, name=alias, **common) for alias in unit.aliases]
    if unit.parent_id is not None:
        relation = RelationKind.COMMAND
        found.append(RelationClaim(superior_id=unit.parent_id, kind=relation, **common))
    found += [PositionClaim(kind=PositionKind.AREA, area=area, **common) for area in areas]
    return found


def _against_unit(
    mission: Mission, code: str, name: str, parent: Unit | None, areas: Sequence[Area]
) -> list[str]:
    """Reasons against a new unit."""
    reasons = []
    if not name.strip():
        reasons.append(_("A unit needs a name."))
    if parent is not None and parent.mission_id != mission.pk:
        reasons.append(
            _("%(parent)s belongs to another mission and cannot be the parent.")
            % {"parent": parent.name}
        )
    for area in areas:
        if area.mission_id != mission.pk:
            reasons.append(
                _("%(area)s is an area of another mission. Nothing was recorded.")
                % {"area": area.name}
            )
    if Unit.objects.filter(mission=mission, code=code).exists():
        reasons.append(
            _("A unit with the code '%(code)s' exists already. Nothing was recorded.")
            % {"code": code}
        )
    return reasons
