"""Reads of claims about units, through the viewer's rights on the claim and on each unit in it."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from primacy.platform.claims.errors import NoSuchClaim
from primacy.platform.claims.models import Claim
from primacy.platform.claims.queries import newest, versions
from primacy.platform.policy import Viewer, visible
from primacy.rooms.forces.models import (
    ClassificationClaim,
    LineageClaim,
    LineagePart,
    NameClaim,
    PartSide,
    PositionClaim,
    RelationClaim,
    Unit,
)
from primacy.rooms.places.facade import Mission

ClaimT = TypeVar("ClaimT", bound=Claim)
PERMISSION = "forces.view"
KINDS: dict[str, type[Claim]] = {
    "name": NameClaim,
    "classification": ClassificationClaim,
    "relation": RelationClaim,
    "position": PositionClaim,
    "lineage": LineageClaim,
}
ABOUT: dict[type[Claim], tuple[str, ...]] = {
    NameClaim: ("unit",),
    ClassificationClaim: ("unit",),
    RelationClaim: ("unit", "superior"),
    PositionClaim: ("unit",),
    LineageClaim: (),
}
"""The units each kind of claim is about: a claim is open where each of them is."""


@dataclass(frozen=True)
class Parts:
    """The units on both sides of a lineage event."""

    froms: tuple[uuid.UUID, ...]
    tos: tuple[uuid.UUID, ...]


def claims_of_kind(
    viewer: Viewer,
    model: type[ClaimT],
    mission_id: uuid.UUID,
    *,
    known_at: dt.datetime | None = None,
    with_withdrawn: bool = False,
) -> QuerySet[ClaimT]:
    """The mission's claims of one kind in their newest versions; for lineage see `events`."""
    return newest(
        viewer, model, PERMISSION, mission_id,
        known_at=known_at, via=ABOUT[model], with_withdrawn=with_withdrawn,
    )  # fmt: skip


def claims_about(
    viewer: Viewer,
    model: type[Claim],
    unit: Unit,
    *,
    known_at: dt.datetime | None = None,
    with_withdrawn: bool = False,
) -> list[Claim]:
    """The claims of one kind about a unit, in their newest versions; for lineage see `events`."""
    rows = claims_of_kind(
        viewer, model, unit.mission_id, known_at=known_at, with_withdrawn=with_withdrawn
    )
    return list(rows.filter(**{"unit": unit}).order_by("claim"))


def events(
    viewer: Viewer,
    mission_id: uuid.UUID,
    *,
    known_at: dt.datetime | None = None,
    units: Collection[uuid.UUID] | None = None,
    claims: Collection[uuid.UUID] | None = None,
) -> list[tuple[LineageClaim, Parts]]:
    """Lineage events all of whose units are open to the viewer, of all units or of some.

    Or those among some `claims`.
    """
    rows = claims_of_kind(viewer, LineageClaim, mission_id, known_at=known_at)
    if claims is not None:
        rows = rows.filter(claim__in=claims)
    if units is not None:
        about = LineagePart.objects.filter(unit__in=list(units))
        rows = rows.filter(pk__in=about.values("lineage_id"))
    return _with_parts(viewer, list(rows))


def _with_parts(viewer: Viewer, rows: list[LineageClaim]) -> list[tuple[LineageClaim, Parts]]:
    found: dict[uuid.UUID, list[LineagePart]] = defaultdict(list)
    parts = LineagePart.objects.filter(lineage__in=[row.pk for row in rows]).order_by("id")
    for part in parts:
        found[part.lineage_id].append(part)
    named = {part.unit_id for part in parts}
    asked = visible(viewer, Unit.objects.filter(pk__in=named), PERMISSION)
    open_units = set(asked.values_list("pk", flat=True))
    return [
        (row, Parts(_on(found[row.pk], PartSide.FROM), _on(found[row.pk], PartSide.TO)))
        for row in rows
        if all(part.unit_id in open_units for part in found[row.pk])
    ]


def parts_of(viewer: Viewer, row: LineageClaim) -> Parts:
    """The units on both sides of an event that the viewer was given."""
    return dict(_with_parts(viewer, [row]))[row]


def _on(parts: Iterable[LineagePart], side: str) -> tuple[uuid.UUID, ...]:
    return tuple(part.unit_id for part in parts if part.side == side)


def claim_by_id(viewer: Viewer, mission: Mission, claim: uuid.UUID) -> Claim:
    """The newest version of a claim about units, whatever its kind; `NoSuchClaim` otherwise."""
    for model in KINDS.values():
        rows = claims_of_kind(viewer, model, mission.pk, with_withdrawn=True).filter(claim=claim)
        row = rows.first()
        if isinstance(row, LineageClaim):
            row = next((event for event, _parts in _with_parts(viewer, [row])), None)
        if row is not None:
            return row
    raise NoSuchClaim(_("No such claim is open to you in this register."))


def history(viewer: Viewer, row: Claim) -> list[Claim]:
    """All versions of a claim the viewer was given, oldest first."""
    model = type(row)
    rows = versions(viewer, model, PERMISSION, row.mission_id, via=ABOUT[model])
    return list(rows.filter(claim=row.claim))


def kind_of(row: Claim) -> str:
    """The code of a claim's kind."""
    return next(code for code, model in KINDS.items() if isinstance(row, model))
