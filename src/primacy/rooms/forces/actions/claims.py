"""Acts on claims about units: make one, correct it, withdraw it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.audit.actions import record
from primacy.platform.claims.actions import Cite, confirm, correct, withdraw, write_claims
from primacy.platform.claims.errors import BadClaim
from primacy.platform.claims.models import Claim
from primacy.platform.claims.rules import against_dates, against_status
from primacy.platform.claims.terms import Terms
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.forces.actions.present import bring_up_to_date
from primacy.rooms.forces.command_rules import RingsAtOnce, against_ring
from primacy.rooms.forces.models import (
    ClassificationClaim,
    LineageClaim,
    NameClaim,
    NameKind,
    PositionClaim,
    PositionKind,
    RelationClaim,
    RelationKind,
    Unit,
)
from primacy.rooms.places.facade import Area, Mission

ClaimT = TypeVar("ClaimT", bound=Claim)
CHANGEABLE: dict[type[Claim], tuple[str, ...]] = {
    NameClaim: ("name", "kind"),
    ClassificationClaim: ("classification",),
    RelationClaim: ("superior", "kind"),
    PositionClaim: ("kind", "area", "base", "lat", "lon"),
    LineageClaim: (),
}
"""What of each kind of claim a correction may change beside dates, status, notes, marking."""


def claim_name(
    *, actor: Viewer, unit: Unit, name: str, terms: Terms, kind: str = NameKind.NAME
) -> NameClaim:
    """The claim that a unit was called so."""
    require(actor, "forces.edit", unit.mission_id)
    name = " ".join(name.split())
    if not name or len(name) > 200 or kind not in NameKind.values:
        raise BadClaim([_("A name claim needs a name of at most 200 letters, and its kind.")])
    row = NameClaim(unit=unit, name=name, kind=kind, **_base(actor, unit, terms))
    return make_claim(actor=actor, unit=unit, row=row, cites=terms.cites)  # fmt: skip


def claim_classification(
    *, actor: Viewer, unit: Unit, classification: str, terms: Terms
) -> ClassificationClaim:
    """The claim that a unit was of this sort."""
    require(actor, "forces.edit", unit.mission_id)
    words = " ".join(classification.split())
    if not words or len(words) > 100:
        raise BadClaim([_("Say in at most 100 letters what sort of unit it was.")])
    row = ClassificationClaim(unit=unit, classification=words, **_base(actor, unit, terms))
    return make_claim(actor=actor, unit=unit, row=row, cites=terms.cites)


def claim_relation(
    *, actor: Viewer, unit: Unit, superior: Unit, terms: Terms, kind: str = RelationKind.COMMAND
) -> RelationClaim:
    """The claim that a unit stood under another."""
    require(actor, "forces.edit", unit.mission_id)
    row = RelationClaim(unit=unit, superior=superior, kind=kind, **_base(actor, unit, terms))
    reasons = _against_relation(actor, row)
    if reasons:
        raise BadClaim(reasons)
    return make_claim(actor=actor, unit=unit, row=row, cites=terms.cites)


def claim_position(
    *,
    actor: Viewer,
    unit: Unit,
    terms: Terms,
    kind: str = PositionKind.AREA,
    area: Area | None = None,
    base: str = "",
    lat: float | None = None,
    lon: float | None = None,
) -> PositionClaim:
    """The claim that a unit stood at a site, or worked in an area."""
    require(actor, "forces.edit", unit.mission_id)
    row = PositionClaim(
        unit=unit, kind=kind, area=area, base=" ".join(base.split()), lat=lat, lon=lon,
        **_base(actor, unit, terms),
    )  # fmt: skip
    reasons = _against_position(row)
    if reasons:
        raise BadClaim(reasons)
    return make_claim(actor=actor, unit=unit, row=row, cites=terms.cites)


def make_claim(*, actor: Viewer, unit: Unit, row: ClaimT, cites: Sequence[Cite]) -> ClaimT:
    """The first version of a claim about a unit, written with its citations."""
    require(actor, "forces.edit", row.mission_id)
    with transaction.atomic():
        write_claims([(row, cites)])
        bring_up_to_date([unit])
        record(actor, "forces.claim.make", row, _body(row, [unit]))
    return row


def correct_claim(
    *,
    actor: Viewer,
    claim: ClaimT,
    reason: str,
    terms: Terms | None = None,
    changes: Mapping[str, object] | None = None,
) -> ClaimT:
    """The version that takes the place of the newest one; what was known before stays on record.

    `terms` replace dates, status, notes and marking together; their citations replace the old ones
    where any is given. `changes` are those of the kind of claim (`CHANGEABLE`).
    """
    require(actor, "forces.edit", claim.mission_id)
    asked = dict(changes or {})
    unknown = sorted(set(asked) - set(CHANGEABLE[type(claim)]))
    if unknown:
        raise BadClaim([
            _("A correction cannot change %(fields)s of this claim: withdraw it and make another.")
            % {"fields": ", ".join(unknown)}
        ])  # fmt: skip
    if terms is not None:
        asked = {**terms.fields(), **asked}
    reasons = _against_changed(actor, claim, asked)
    if reasons:
        raise BadClaim(reasons)
    units = units_of(claim)
    with transaction.atomic():
        new = correct(
            claim,
            recorded_by_id=actor.account_id,
            reason=reason,
            changes=asked,
            cites=terms.cites if terms is not None and terms.cites else None,
        )
        _carry_parts(claim, new)
        bring_up_to_date(units)
        record(actor, "forces.claim.correct", new, _body(new, units))
    return new


def confirm_claims(
    *,
    actor: Viewer,
    mission: Mission,
    claims: Sequence[ClaimT],
    seen_on: dt.date,
    cite: Cite,
    reason: str,
) -> list[ClaimT]:
    """New versions of claims that a later source states again, such as a new order of battle.

    Each then holds on every day up to that source's; the log holds one entry for all.
    """
    require(actor, "forces.edit", mission.pk)
    if any(row.mission_id != mission.pk or row.withdrawn or row.ending for row in claims):
        raise BadClaim([_("Only claims of this mission that stand and are open are confirmed.")])
    with transaction.atomic():
        made = confirm(
            claims,
            recorded_by_id=actor.account_id,
            seen_on=seen_on,
            cite=cite,
            reason=reason,
        )
        bring_up_to_date({unit.pk: unit for row in made for unit in units_of(row)}.values())
        body: dict[str, object] = {
            "claims": len(made),
            "on": seen_on,
            "source": str(cite.source.pk),
        }
        record(actor, "forces.claim.confirm", mission, body, mission_id=mission.pk)
    return made


def withdraw_claim(*, actor: Viewer, claim: ClaimT, reason: str) -> ClaimT:
    """The version that says the claim is no longer made."""
    require(actor, "forces.edit", claim.mission_id)
    units = units_of(claim)
    with transaction.atomic():
        new = withdraw(claim, recorded_by_id=actor.account_id, reason=reason)
        _carry_parts(claim, new)
        bring_up_to_date(units)
        record(actor, "forces.claim.withdraw", new, _body(new, units))
    return new


def units_of(claim: Claim) -> list[Unit]:
    """The units whose present state a claim decides."""
    if isinstance(claim, LineageClaim):
        return [part.unit for part in claim.parts.select_related("unit")]
    return [claim.unit]  # type: ignore[attr-defined]


def _carry_parts(before: Claim, new: Claim) -> None:
    """A new version of a lineage event concerns the same units."""
    if isinstance(before, LineageClaim) and isinstance(new, LineageClaim):
        from_before = list(before.parts.all())
        kind = type(from_before[0]) if from_before else None
        if kind is not None:
            kind.objects.bulk_create(
                kind(lineage=new, unit_id=part.unit_id, side=part.side,
                     recorded_at=new.recorded_at, recorded_by_id=new.recorded_by_id)
                for part in from_before
            )  # fmt: skip


def _base(actor: Viewer, unit: Unit, terms: Terms) -> dict[str, object]:
    return {
        "mission_id": unit.mission_id,
        "compartment_id": unit.compartment_id,
        "recorded_by_id": actor.account_id,
        **terms.fields(),
    }


def _body(row: Claim, units: Sequence[Unit]) -> dict[str, object]:
    """What the log says of a claim. Those who read the log have no clearance for closed words."""
    body: dict[str, object] = {
        "claim": str(row.claim),
        "version": row.version,
        "status": row.status,
        "units": [unit.code for unit in units],
    }
    closed = row.compartment_id is not None or row.marking > Marking.INTERNAL
    if closed:
        return {**body, "words": f"marked {Marking(row.marking).name.lower()}"}
    return {**body, "words": str(row)[:200], "reason": row.reason}


def against_claim(row: Claim, cites: Sequence[Cite], rings: RingsAtOnce) -> list[str]:
    """Reasons against a new claim about a unit, in its words, its dates and its status."""
    reasons = [*against_dates(row), *against_status(row, len(cites))]
    if isinstance(row, NameClaim) and not (row.name and len(row.name) <= 200):
        reasons.append(_("A name claim needs a name of at most 200 letters, and its kind."))
    if isinstance(row, ClassificationClaim):
        if not row.classification or len(row.classification) > 100:
            reasons.append(_("Say in at most 100 letters what sort of unit it was."))
    if isinstance(row, RelationClaim):
        reasons += _against_ends(row) or rings.against(row)
    if isinstance(row, PositionClaim):
        reasons += _against_position(row)
    return reasons


def _against_changed(actor: Viewer, claim: Claim, asked: Mapping[str, object]) -> list[str]:
    """Reasons against the content a correction would leave."""
    if not isinstance(claim, RelationClaim | PositionClaim):
        return []
    names = {field.attname: getattr(claim, field.attname) for field in claim._meta.concrete_fields}
    changed = type(claim)(**names)
    for name, value in asked.items():
        setattr(changed, name, value)
    if isinstance(changed, RelationClaim):
        return _against_relation(actor, changed)
    return _against_position(changed)


def _against_relation(actor: Viewer, row: RelationClaim) -> list[str]:
    reasons = _against_ends(row)
    if reasons or row.kind != RelationKind.COMMAND:
        return reasons
    return against_ring(actor, row)


def _against_ends(row: RelationClaim) -> list[str]:
    """Reasons against the kind of a relation and the two units in it."""
    if row.kind not in RelationKind.values:
        return [_("'%(kind)s' is no kind of relation.") % {"kind": row.kind}]
    if row.unit_id == row.superior_id:
        return [_("%(unit)s cannot stand under itself.") % {"unit": row.unit.name}]
    if row.unit.mission_id != row.superior.mission_id:
        return [
            _("%(parent)s belongs to another mission and cannot be the parent.")
            % {"parent": row.superior.name}
        ]
    return []


def _against_position(row: PositionClaim) -> list[str]:
    if row.kind not in PositionKind.values:
        return [_("'%(kind)s' is no kind of position.") % {"kind": row.kind}]
    if row.area is None and not row.base and row.lat is None:
        return [_("Say where the unit was: an area, a base, or latitude and longitude.")]
    if row.area is not None and row.area.mission_id != row.unit.mission_id:
        return [
            _("%(area)s is an area of another mission. Nothing was recorded.")
            % {"area": row.area.name}
        ]
    if (row.lat is None) != (row.lon is None):
        return [_("Latitude and longitude belong together.")]
    if row.lat is not None and row.lon is not None:
        if not (-90 <= row.lat <= 90 and -180 <= row.lon <= 180):
            return [_("Latitude is between -90 and 90, longitude between -180 and 180.")]
    return []
