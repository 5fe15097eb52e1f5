"""Acts on many units and claims at once, for files that bring them: one entry in the log each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.audit.actions import record
from primacy.platform.claims.actions import Cite, withdraw, write_claims
from primacy.platform.claims.errors import BadClaim
from primacy.platform.claims.models import Claim
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.models import Source
from primacy.rooms.forces.actions.claims import against_claim, units_of
from primacy.rooms.forces.actions.present import bring_up_to_date
from primacy.rooms.forces.command_rules import RingsAtOnce
from primacy.rooms.forces.errors import BadUnit
from primacy.rooms.forces.models import RelationClaim, Side, Unit
from primacy.rooms.places.facade import Mission

AT_ONCE = 500
Refused = Mapping[UUID, Sequence[str]]
"""Claims that cannot stand, by their id, with what is wrong with each."""


@dataclass(frozen=True)
class NewUnit:
    """A unit of which nothing is claimed yet."""

    code: str
    name: str
    force: str
    side: str
    source: Source
    marking: Marking = Marking.INTERNAL


def enter_units(*, actor: Viewer, mission: Mission, units: Sequence[NewUnit]) -> list[Unit]:
    """The new units in the order given; all or none. Claims about them are made by whom they serve.

    Without a claim a unit has no name on any day: whoever enters units makes their claims too.
    """
    require(actor, "forces.edit", mission.pk)
    codes = [new.code for new in units]
    known: set[str] = set()
    for at in range(0, len(codes), AT_ONCE):
        rows = Unit.objects.filter(mission=mission, code__in=codes[at : at + AT_ONCE])
        known |= set(rows.values_list("code", flat=True))
    if known or len(set(codes)) != len(codes):
        code = min(known) if known else next(c for c in codes if codes.count(c) > 1)
        raise BadUnit(
            _("A unit with the code '%(code)s' exists already. Nothing was recorded.")
            % {"code": code}
        )
    if any(not (new.name.strip() and new.code.strip()) for new in units):
        raise BadUnit(_("A unit needs a name."))
    if any(new.side not in Side.values for new in units):
        raise BadUnit(_("Say whose unit it is: local, mission or other."))
    rows_made = [
        Unit(
            mission=mission,
            code=new.code,
            name=new.name.strip()[:200],
            force=new.force[:100],
            side=new.side,
            source=new.source,
            marking=new.marking,
            recorded_by_id=actor.account_id,
        )
        for new in units
    ]
    with transaction.atomic():
        Unit.objects.bulk_create(rows_made, batch_size=AT_ONCE)
        if rows_made:
            body: dict[str, object] = {"units": len(rows_made), "first": rows_made[0].code}
            record(actor, "forces.unit.create_many", mission, body, mission_id=mission.pk)
    return rows_made


def make_claims(
    *, actor: Viewer, mission: Mission, claims: Sequence[tuple[Claim, Sequence[Cite]]]
) -> Refused:
    """The claims that could not stand, with what is wrong; all others are written, cited.

    Relations are looked at one after the other, so that no two of them close a ring.
    """
    require(actor, "forces.edit", mission.pk)
    if any(row.mission_id != mission.pk for row, _cited in claims):
        raise BadClaim([_("A claim belongs to another mission. Nothing was recorded.")])
    refused: dict[UUID, Sequence[str]] = {}
    made: list[Claim] = []
    with transaction.atomic():
        at_once: list[tuple[Claim, Sequence[Cite]]] = []
        rings = RingsAtOnce(actor, mission.pk)
        for row, cited in claims:
            reasons = against_claim(row, cited, rings)
            if reasons:
                refused[row.claim] = reasons
                continue
            made.append(row)
            at_once.append((row, cited))
            if isinstance(row, RelationClaim):
                rings.add(row)
        write_claims(at_once)
        bring_up_to_date({unit.pk: unit for row in made for unit in units_of(row)}.values())
        if made:
            body: dict[str, object] = {"claims": len(made)}
            record(actor, "forces.claim.make_many", mission, body, mission_id=mission.pk)
    return refused


def withdraw_claims(
    *, actor: Viewer, mission: Mission, claims: Sequence[Claim], reason: str
) -> int:
    """How many claims about units are withdrawn; each earlier version stays on record."""
    require(actor, "forces.edit", mission.pk)
    if any(row.mission_id != mission.pk for row in claims):
        raise BadClaim([_("A claim belongs to another mission. Nothing was recorded.")])
    with transaction.atomic():
        made = [withdraw(row, recorded_by_id=actor.account_id, reason=reason) for row in claims]
        bring_up_to_date({unit.pk: unit for row in made for unit in units_of(row)}.values())
        if made:
            body: dict[str, object] = {"claims": len(made), "reason": reason[:500]}
            record(actor, "forces.claim.withdraw_many", mission, body, mission_id=mission.pk)
    return len(made)
