"""All claims about a unit in the order of their days, with their citations, in words."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from primacy.kernels.command import MAY_BE_CERTAIN, Holding
from primacy.platform.claims.models import Citation, Claim, ClaimStatus
from primacy.platform.claims.queries import citations_of
from primacy.platform.claims.rules import range_of
from primacy.platform.claims.wording import range_words
from primacy.platform.policy import Viewer, restricted, visible
from primacy.rooms.forces.claim_queries import (
    KINDS,
    PERMISSION,
    Parts,
    claims_about,
    events,
    kind_of,
)
from primacy.rooms.forces.models import (
    ClassificationClaim,
    LineageClaim,
    LineageKind,
    NameClaim,
    NameKind,
    PositionClaim,
    PositionKind,
    RelationClaim,
    RelationKind,
    Unit,
)
from primacy.rooms.places.facade import Area

EARLIEST = dt.date.min


@dataclass(frozen=True)
class ClaimReading:
    """One claim in words: what is claimed, when it held, how far, and on what it rests."""

    row: Claim
    kind: str
    label: str
    text: str
    when: str
    holding: Holding
    citations: tuple[Citation, ...]
    other: Unit | None = None
    """The unit it leads to, where it speaks of a second one."""
    area: Area | None = None
    """The area it speaks of, where that is open to the viewer."""

    @property
    def certain(self) -> bool:
        """True where the claim by itself is certain on the day."""
        return self.holding is Holding.CERTAIN and self.row.status in MAY_BE_CERTAIN

    @property
    def status(self) -> str:
        """The status in words."""
        return str(ClaimStatus(self.row.status).label)

    @property
    def state(self) -> str:
        """How the claim stands on the day, for page and file: certain, possible or no."""
        if self.holding is Holding.NO:
            return "no"
        return "certain" if self.certain else "possible"


def time_line(
    viewer: Viewer, unit: Unit, day: dt.date, known_at: dt.datetime | None = None
) -> list[ClaimReading]:
    """The claims about a unit that the viewer was given, earliest first; undated ones lead."""
    rows: list[Claim] = []
    for model in KINDS.values():
        if model is not LineageClaim:
            rows += claims_about(viewer, model, unit, known_at=known_at)
    happened = dict(events(viewer, unit.mission_id, known_at=known_at, units=[unit.pk]))
    rows += list(happened)
    read = readings(viewer, rows, happened, day, about=unit)
    return sorted(read, key=lambda one: (range_of(one.row).first or EARLIEST, one.kind, one.text))


def readings(
    viewer: Viewer,
    rows: list[Claim],
    happened: Mapping[LineageClaim, Parts],
    day: dt.date,
    about: Unit | None = None,
) -> list[ClaimReading]:
    """Claims that the viewer was given, in words. `happened`: the units of each lineage event."""
    cited = citations_of(viewer, rows, PERMISSION)
    named = {unit for parts in happened.values() for unit in (*parts.froms, *parts.tos)}
    known = _Known(
        {u.pk: u for u in visible(viewer, Unit.objects.filter(pk__in=named), PERMISSION)},
        _open_areas(viewer, rows),
        about,
    )
    found = []
    for row in rows:
        parts = happened.get(row) if isinstance(row, LineageClaim) else None
        label, text, other = _said(row, parts, known)
        found.append(
            ClaimReading(
                row=row,
                kind=kind_of(row),
                label=label,
                text=text,
                when=range_words(row),
                holding=range_of(row).holds(day),
                citations=tuple(cited.get(row.pk, ())),
                other=other,
                area=_area_of(row, known),
            )
        )
    return found


@dataclass(frozen=True)
class _Known:
    """What the words of claims may name: units, areas; and the unit they are read for."""

    units: Mapping[uuid.UUID, Unit]
    areas: Mapping[uuid.UUID, Area]
    about: Unit | None

    def names(self, ids: tuple[uuid.UUID, ...]) -> str:
        """The names of units, the common stand-in for those that are not open."""
        return ", ".join(self.units[i].name if i in self.units else str(restricted()) for i in ids)


def _open_areas(viewer: Viewer, rows: list[Claim]) -> dict[uuid.UUID, Area]:
    """The areas of position claims that are open to the viewer as places."""
    named = {row.area_id for row in rows if isinstance(row, PositionClaim) and row.area_id}
    found = visible(viewer, Area.objects.filter(pk__in=named), "places.view")
    return {area.pk: area for area in found}


def _said(row: Claim, parts: Parts | None, known: _Known) -> tuple[str, str, Unit | None]:
    """What a claim says: the words for its kind, its content, the other unit it leads to."""
    if isinstance(row, NameClaim):
        return str(NameKind(row.kind).label), row.name, None
    if isinstance(row, ClassificationClaim):
        return _("Classification"), row.classification, None
    if isinstance(row, RelationClaim):
        return str(RelationKind(row.kind).label), row.superior.name, row.superior
    if isinstance(row, PositionClaim):
        return str(PositionKind(row.kind).label), _place_words(row, known), None
    return _event_words(row, parts, known)


def _place_words(row: PositionClaim, known: _Known) -> str:
    if row.area_id is not None and row.area_id not in known.areas:
        return str(restricted())
    words = [row.base, known.areas[row.area_id].name if row.area_id else ""]
    if row.lat is not None and row.lon is not None:
        words.append(f"{row.lat:g}, {row.lon:g}")
    return ", ".join(word for word in words if word)


def _area_of(row: Claim, known: _Known) -> Area | None:
    if isinstance(row, PositionClaim) and row.area_id is not None:
        return known.areas.get(row.area_id)
    return None


def _event_words(row: Claim, parts: Parts | None, known: _Known) -> tuple[str, str, Unit | None]:
    if not isinstance(row, LineageClaim) or parts is None:
        return _("Claim"), "", None
    label = str(LineageKind(row.kind).label)
    own = known.about.pk if known.about is not None else None
    others = [unit for unit in (*parts.froms, *parts.tos) if unit != own]
    other = known.units.get(others[0]) if len(others) == 1 else None
    if not parts.tos:
        return label, known.names(parts.froms), other
    if parts.froms == parts.tos:
        return label, "", None
    words = {"before": known.names(parts.froms), "after": known.names(parts.tos)}
    if row.kind == LineageKind.ATTACHED:
        return label, _("%(before)s to %(after)s") % words, other
    return label, _("%(before)s into %(after)s") % words, other
