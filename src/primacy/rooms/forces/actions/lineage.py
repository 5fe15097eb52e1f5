"""Acts on the lineage of units: renamed, merged, split, disbanded, attached.

No old claim is changed: what an event means for names, the command tree and the identity of a
unit is worked out by whoever reads on a day.
"""

import dataclasses
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.audit.actions import record
from primacy.platform.claims.actions import write_claims
from primacy.platform.claims.errors import BadClaim
from primacy.platform.claims.models import Claim
from primacy.platform.claims.rules import Dates
from primacy.platform.claims.terms import Terms
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.forces.actions.present import bring_up_to_date
from primacy.rooms.forces.lineage_rules import against_lineage
from primacy.rooms.forces.models import (
    LineageClaim,
    LineageKind,
    LineagePart,
    NameClaim,
    NameKind,
    PartSide,
    Unit,
)


def record_lineage(
    *,
    actor: Viewer,
    kind: str,
    froms: Sequence[Unit],
    tos: Sequence[Unit] = (),
    terms: Terms,
    new_name: str = "",
) -> LineageClaim:
    """The event that these units became those; for an attachment, stood under the other's command.

    The dates of `terms` are those of the event: a day, a span in which it fell, or, for an
    attachment, the days it lasted. A renaming names one unit on both sides, and its new name.
    """
    units = list(dict.fromkeys([*froms, *tos]))
    if not units:
        raise BadClaim([_("Name the units that this happened to.")])
    mission_id = units[0].mission_id
    require(actor, "forces.edit", mission_id)
    new_name = " ".join(new_name.split())
    reasons = against_lineage(kind, froms, tos, terms.dates, new_name)
    if reasons:
        raise BadClaim(reasons)
    base: dict[str, object] = {
        "mission_id": mission_id,
        "compartment_id": next((u.compartment_id for u in units if u.compartment_id), None),
        "recorded_by_id": actor.account_id,
        **terms.fields(),
    }
    event = LineageClaim(kind=kind, **base)
    with transaction.atomic():
        write_claims([(event, terms.cites)])
        LineagePart.objects.bulk_create(
            LineagePart(lineage=event, unit=unit, side=side, recorded_at=event.recorded_at,
                        recorded_by_id=actor.account_id)
            for side, found in ((PartSide.FROM, froms), (PartSide.TO, tos))
            for unit in dict.fromkeys(found)
        )  # fmt: skip
        if new_name:
            called = _name_from(event, tos[0], new_name, base, terms.dates)
            write_claims([(called, terms.cites)])
        bring_up_to_date(units)
        body: dict[str, object] = {"kind": kind, "claim": str(event.claim)}
        closed = event.compartment_id is not None or event.marking > Marking.INTERNAL
        if not closed:
            body |= {"from": [u.code for u in froms], "to": [u.code for u in tos]}
            body |= {"name": new_name} if new_name else {}
        record(actor, "forces.lineage.record", event, body)
    return event


def rename_unit(*, actor: Viewer, unit: Unit, name: str, terms: Terms) -> LineageClaim:
    """The event that a unit goes by a new name from a day; its id and all it holds stay."""
    require(actor, "forces.edit", unit.mission_id)
    return record_lineage(
        actor=actor,
        kind=LineageKind.RENAMED,
        froms=[unit],
        tos=[unit],
        terms=terms,
        new_name=name,
    )


def _name_from(
    event: Claim, unit: Unit, name: str, base: dict[str, object], dates: Dates
) -> NameClaim:
    """The claim of the new name, from the day of the renaming on; open at its end."""
    open_end = dataclasses.replace(dates, starting=True, ending=False, end_context="")
    values = {**base, **open_end.fields(), "recorded_at": event.recorded_at}
    return NameClaim(unit=unit, kind=NameKind.NAME, name=name, **values)
