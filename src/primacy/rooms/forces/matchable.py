"""The units of a mission as the matcher of unit names takes them: by every name in time."""

import uuid
from collections import defaultdict

from primacy.kernels.names.units import Unit as KernelUnit
from primacy.platform.policy import Viewer, held_aside
from primacy.rooms.forces.claim_queries import claims_of_kind
from primacy.rooms.forces.models import NameClaim
from primacy.rooms.forces.queries import units
from primacy.rooms.places.facade import Mission


def matchable_units(viewer: Viewer, mission: Mission, side: str = "") -> list[KernelUnit]:
    """The units open to the viewer, of one side where it is named, by names and name claims.

    All are looked through; those that are shown are noted when they are read.
    """
    with held_aside():
        rows = units(viewer, mission)
        rows = rows.filter(side=side) if side else rows
        found = list(rows.values_list("pk", "name", "aliases", "parent_id", "force"))
        claims = claims_of_kind(viewer, NameClaim, mission.pk).order_by("claim")
        claimed: dict[uuid.UUID, list[str]] = defaultdict(list)
        for unit, name in claims.values_list("unit_id", "name"):
            claimed[unit].append(name)
    named = {pk: name for pk, name, *_rest in found}
    return [
        KernelUnit(
            id=str(pk),
            names=tuple(dict.fromkeys([name, *map(str, aliases), *claimed[pk]])),
            parents=(named[parent],) if parent in named else (),
        )
        for pk, name, aliases, parent, _force in found
    ]
