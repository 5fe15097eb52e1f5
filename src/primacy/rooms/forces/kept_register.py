"""The register as one class of readers may see it, kept in memory up to the newest act.

To read 40,000 claims takes seconds, to grow the tree of a day from them a moment. The audit log
says whether any act since can have changed them; then they are read anew. What is kept for one
reading class is never used for another, and within a transaction nothing is kept.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from primacy.kernels.command.register import Register
from primacy.platform.audit.acts_since import Act, Place, acts_since, newest_place
from primacy.platform.audit.newest_values import NewestValues
from primacy.platform.policy import Viewer, held_aside, visible
from primacy.rooms.forces.command_claims import ProtectedClaim, command_claims
from primacy.rooms.forces.models import Unit
from primacy.rooms.forces.withheld import WITHOUT_BEARING
from primacy.rooms.places.facade import Mission

KEPT = 4


@dataclass(frozen=True)
class KeptRegister:
    """The register, the units open to the readers by id, and which claims are noted when shown."""

    register: Register
    units: Mapping[str, Unit]
    protected: Mapping[str, tuple[ProtectedClaim, ...]]
    """By unit."""


@dataclass(frozen=True)
class _Kept:
    place: Place
    value: KeptRegister


_kept: NewestValues[_Kept] = NewestValues(KEPT)


def forget_registers() -> None:
    """Nothing; each register is read anew the next time."""
    _kept.clear()


def kept_register(
    viewer: Viewer, mission: Mission, known_at: dt.datetime | None = None
) -> KeptRegister:
    """The register as the viewer may see it. Nothing of it is noted as read: see `tree`."""
    if _in_transaction():
        return _read(viewer, mission, known_at)
    key = (mission.pk, viewer.reading_class(mission.pk), known_at)
    kept = _kept.get(key)
    since = acts_since(kept.place) if kept else None
    if kept is None or since is None or _may_differ(since.acts, mission):
        # The place is read first: an act in between is then looked at once more.
        made = _Kept(newest_place(), _read(viewer, mission, known_at))
    else:
        made = _Kept(since.newest, kept.value)
    _kept.put(key, made)
    return made.value


def _read(viewer: Viewer, mission: Mission, known_at: dt.datetime | None) -> KeptRegister:
    rows = visible(viewer, mission.units.all(), "forces.view")
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    with held_aside():
        known = {str(unit.pk): unit for unit in rows}
    claims = command_claims(viewer, mission.pk, known_at)
    protected: dict[str, list[ProtectedClaim]] = defaultdict(list)
    for one in claims.protected:
        for unit in one.units:
            protected[unit].append(one)
    return KeptRegister(
        claims.register(sorted(known)), known, {u: tuple(p) for u, p in protected.items()}
    )


def _in_transaction() -> bool:
    return connection.in_atomic_block


def _may_differ(acts: Iterable[Act], mission: Mission) -> bool:
    return any(
        act.mission_id in ("", str(mission.pk))
        and not act.action.startswith((*WITHOUT_BEARING, "forces.strength."))
        for act in acts
    )
