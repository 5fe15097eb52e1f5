"""The mission's units as screening looks for them: by every name each has or had."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext as _

from primacy.kernels.names.units import Unit as KernelUnit
from primacy.kernels.names.units import UnitMatcher
from primacy.platform.audit.kept_values import KeptValues
from primacy.platform.claims.models import ClaimStatus
from primacy.platform.claims.wording import range_words
from primacy.platform.policy import Viewer, held_aside, visible
from primacy.rooms.forces.facade import NameClaim, NameKind, claims_of_kind
from primacy.rooms.places.facade import Mission
from primacy.rooms.screening.all_seeing import looking_through
from primacy.rooms.screening.models import REGISTER
from primacy.rooms.screening.search import Named, Source, Target

CLOSED = "#closed"
"""Ends the key of what of a unit is not open to who asks."""

KEPT = 3
WITHOUT_BEARING = (
    "accounts.session", "audit.", "cases.", "census.", "emergency.", "forces.strength.",
    "incidents.", "jobs.", "persons.", "readiness.", "screening.", "site.backup",
    "sources.source.create", "support.", "training.",
)  # fmt: skip
"""Acts that change no name of a unit and nobody's view of them within a reading class."""

_kept: KeptValues[Source] = KeptValues(KEPT, WITHOUT_BEARING)


@dataclass
class _Known:
    """A unit as far as somebody may know it: its names, each with the claims that state it."""

    pk: uuid.UUID
    code: str
    name: str
    parent: uuid.UUID | None
    names: dict[str, list[NameClaim]] = field(default_factory=lambda: defaultdict(list))


def register_of_units(viewer: Viewer, mission: Mission) -> Source:
    """The units of the mission, ready to be searched, as this viewer may be told of them."""
    key = (mission.pk, viewer.reading_class(mission.pk))
    return _kept.value(key, mission.pk, lambda: _made(viewer, mission))


def forget_units() -> None:
    """Nothing; the register is made ready anew the next time."""
    _kept.forget()


def _made(viewer: Viewer, mission: Mission) -> Source:
    with held_aside():
        seen = _known(viewer, mission)
    with looking_through(mission.pk) as all_seeing:
        whole = _known(all_seeing, mission)
    found: list[KernelUnit] = []
    targets: dict[str, Target] = {}
    named: dict[tuple[str, str], Named] = {}
    for pk, unit in whole.items():
        mine = seen.get(pk)
        if mine is not None:
            key = str(pk)
            targets[key] = Target(mine.code, mine.name, pk)
            found.append(_kernel_unit(key, mine, seen, mine.names))
            named |= {(key, name): _named(claims) for name, claims in mine.names.items() if claims}
        closed = [name for name in unit.names if mine is None or name not in mine.names]
        if closed:
            key = f"{pk}{CLOSED}"
            targets[key] = Target("", "", hidden=True)
            found.append(_kernel_unit(key, unit, whole, closed))
    described = {
        "kind": "register",
        "what": "units",
        # How many are closed is not told: only those open to the asker are counted.
        "entries": len(seen),
        "closed_too": True,
        "names_in_time": True,
    }
    matcher = UnitMatcher(found) if found else None
    return Source(REGISTER, targets, described, units=matcher, named=named)


def _known(viewer: Viewer, mission: Mission) -> dict[uuid.UUID, _Known]:
    """The units open to a viewer, with every name that is open: of today, and of claims in time."""
    rows = visible(viewer, mission.units.order_by("code"), "forces.view")
    found = {}
    for pk, code, name, aliases, parent in rows.values_list(
        "pk", "code", "name", "aliases", "parent_id"
    ):
        unit = found[pk] = _Known(pk, code, name, parent)
        for text in (name, *map(str, aliases)):
            unit.names[text] = []
    for claim in claims_of_kind(viewer, NameClaim, mission.pk).order_by("claim"):
        if claim.unit_id in found:
            found[claim.unit_id].names[claim.name].append(claim)
    return found


def _kernel_unit(
    key: str, unit: _Known, known: Mapping[uuid.UUID, _Known], names: Iterable[str]
) -> KernelUnit:
    above = known.get(unit.parent) if unit.parent is not None else None
    return KernelUnit(key, tuple(names), parents=(above.name,) if above is not None else ())


def _named(claims: Iterable[NameClaim]) -> Named:
    """When a unit bore a name, in the words that are kept."""
    rows = list(claims)
    with translation.override("en"):
        said = [_said(row) for row in rows]
        words = _("on record under the name %(name)s: %(when)s") % {
            "name": rows[0].name,
            "when": "; ".join(dict.fromkeys(said)),
        }
    return Named(words, tuple(dict.fromkeys(row.claim for row in rows)))


def _said(row: NameClaim) -> str:
    words = [str(NameKind(row.kind).label).lower(), range_words(row)]
    if row.status != ClaimStatus.ACCEPTED:
        words.append(str(ClaimStatus(row.status).label).lower())
    return ", ".join(words)
