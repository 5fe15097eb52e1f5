"""The register as one class of readers may see it, kept in memory up to the newest act.

To read 40,000 claims takes seconds, to grow the tree of a day from them a moment. The audit log
says whether any act since can have changed them. Where all of those were about single claims, these
are read again; after any other act, all. What is kept for one reading class is never used for
another, and within a transaction nothing is kept.
"""

import datetime as dt
import gc
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from primacy.kernels.command.register import Register
from primacy.platform.audit.acts_since import Act, Place, acts_since, newest_place
from primacy.platform.audit.newest_values import NewestValues
from primacy.platform.policy import Viewer, held_aside, visible
from primacy.rooms.forces.claim_queries import KINDS
from primacy.rooms.forces.command_claims import CommandClaims, ProtectedClaim, command_claims
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
    claims: CommandClaims


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
        return register_of(viewer, mission, known_at)
    key = (mission.pk, viewer.reading_class(mission.pk), known_at)
    kept = _kept.get(key)
    since = acts_since(kept.place) if kept else None
    # The place is read first: an act in between is then looked at once more.
    place = since.newest if since is not None else newest_place()
    value = None
    with _nothing_to_collect():
        if kept is not None and since is not None:
            acts = [act for act in since.acts if _may_differ(act, mission)]
            value = kept.value if not acts else _after(kept.value, acts, viewer, mission, known_at)
        made = _Kept(place, value or register_of(viewer, mission, known_at))
    _kept.put(key, made)
    return made.value


def _after(
    kept: KeptRegister,
    acts: Sequence[Act],
    viewer: Viewer,
    mission: Mission,
    known_at: dt.datetime | None,
) -> KeptRegister | None:
    """The register after these acts; None where they were not all about single claims."""
    if known_at is not None or not all(_is_of_one_claim(act) for act in acts):
        return None
    claims: set[uuid.UUID] = set()
    for model in KINDS.values():
        rows = {uuid.UUID(a.subject_id) for a in acts if a.subject_type == model._meta.label_lower}
        found = list(model._default_manager.filter(pk__in=rows).values_list("claim", flat=True))
        if len(found) != len(rows):
            # A row that the database hides from this viewer: what it was about is not known.
            return None
        claims.update(found)
    newer = command_claims(viewer, mission.pk, claims=claims)
    named = {str(claim) for claim in claims}
    units = kept.claims.units(named) | newer.units(named)
    with held_aside():
        again = visible(viewer, mission.units.filter(pk__in=units), "forces.view")
        known = {key: unit for key, unit in kept.units.items() if key not in units}
        known |= {str(unit.pk): unit for unit in again}
    return _made(known, kept.claims.with_newer(named, newer))


def _is_of_one_claim(act: Act) -> bool:
    kinds = {model._meta.label_lower for model in KINDS.values()}
    return act.action.startswith("forces.claim.") and act.subject_type in kinds


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Within it garbage is not collected: what is made stays, and going through it takes long."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def register_of(
    viewer: Viewer,
    mission: Mission,
    known_at: dt.datetime | None,
    units: Collection[uuid.UUID] | None = None,
) -> KeptRegister:
    """The register read anew, of all units or of some."""
    rows = visible(viewer, mission.units.all(), "forces.view")
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    if units is not None:
        rows = rows.filter(pk__in=units)
    with held_aside():
        known = {str(unit.pk): unit for unit in rows}
    return _made(known, command_claims(viewer, mission.pk, known_at, units))


def _made(known: Mapping[str, Unit], claims: CommandClaims) -> KeptRegister:
    protected: dict[str, list[ProtectedClaim]] = defaultdict(list)
    for one in claims.protected:
        for unit in one.units:
            protected[unit].append(one)
    noted = {unit: tuple(some) for unit, some in protected.items()}
    return KeptRegister(claims.register(sorted(known)), known, noted, claims)


def _in_transaction() -> bool:
    return connection.in_atomic_block


def _may_differ(act: Act, mission: Mission) -> bool:
    return act.mission_id in ("", str(mission.pk)) and not act.action.startswith(
        (*WITHOUT_BEARING, "forces.strength.")
    )
