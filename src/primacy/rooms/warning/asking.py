"""Who asks, as the shield sees them, and the one condition that every read of alerts carries."""

import uuid

from django.db.models import Exists, OuterRef, Q

from primacy.platform.accounts.whole import seen_whole
from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import RelationClaim, Unit, claims_of_kind, lineage_claims
from primacy.rooms.persons.facade import PostingClaim, claims_of, standing_merges
from primacy.rooms.places.facade import Mission
from primacy.rooms.warning.models import Accusation, Alert, KeptFrom, StandsFor
from primacy.rooms.warning.shield import Asker, Kept, Relations


def asker_of(viewer: Viewer, mission: Mission) -> Asker:
    """The viewer with the units they stand for and all that were ever related to them."""
    return asker_for(viewer.account_id, viewer.organisation_id, viewer.party, mission)


def asker_for(
    account: uuid.UUID | None, organisation: uuid.UUID | None, party: str, mission: Mission
) -> Asker:
    """Somebody with an account, as the shield sees them."""
    units = set[uuid.UUID]()
    if account is not None:
        rows = StandsFor.objects.filter(mission=mission, account_id=account, ended_at__isnull=True)
        units = set(rows.values_list("unit_id", flat=True))
    chain = relations_of(mission).chain(units) if units else frozenset[uuid.UUID]()
    return Asker(account, organisation, party, chain)


def asker_for_unit(unit: Unit, mission: Mission) -> Asker:
    """A unit of the host state that would be told, with all that were ever related to it."""
    party = "force" if unit.side == "local" else "mission"
    return Asker(party=party, chain=relations_of(mission).chain({unit.pk}))


def relations_of(mission: Mission) -> Relations:
    """Every relation between units that was ever entered, whoever may read it.

    What was true once counts as well: who led a unit years ago still has friends in it.
    """
    with seen_whole(mission.pk, "warning") as whole:
        under = claims_of_kind(whole, RelationClaim, mission.pk)
        pairs = [
            (uuid.UUID(one), uuid.UUID(other))
            for event in lineage_claims(whole, mission.pk)
            for one in event.froms
            for other in event.tos
        ]
        return Relations.of(list(under.values_list("unit_id", "superior_id")), pairs)


def open_to(viewer: Viewer, mission: Mission) -> Q:
    """The condition on alerts that keeps from the viewer what they must not learn.

    The same rule as `shield.is_kept`, as the database asks it; a property test holds the two
    against each other.
    """
    asker = asker_of(viewer, mission)
    kept = KeptFrom.objects.filter(alert=OuterRef("pk"), lifted_at__isnull=True)
    accused = Accusation.objects.filter(alert=OuterRef("pk"), withdrawn_at__isnull=True)
    barred = Q(organisation_id=asker.organisation) if asker.organisation else Q(pk__in=[])
    if asker.account:
        barred |= Q(account_id=asker.account)
    if asker.chain:
        barred |= Q(unit_id__in=asker.chain)
    condition = ~Q(Exists(kept.filter(barred)))
    if asker.host and not asker.chain:
        return condition & ~Q(Exists(accused)) & ~Q(Exists(kept.filter(unit__isnull=False)))
    if asker.chain:
        near = Q(unit_id__in=asker.chain) | Q(person_id__in=_accused_near(mission, asker))
        if asker.host:
            near |= Q(unit__isnull=True, person__isnull=True)
        condition &= ~Q(Exists(accused.filter(near)))
    return condition


def kept_of(alert: Alert) -> Kept:
    """From whom an alert is kept, as it is on record."""
    accused = list(alert.accusations.filter(withdrawn_at__isnull=True))
    kept = list(alert.kept_from.filter(lifted_at__isnull=True))
    units = {row.unit_id for row in accused if row.unit_id is not None}
    units |= {row.unit_id for row in kept if row.unit_id is not None}
    persons = {row.person_id for row in accused if row.person_id is not None}
    served = _units_served(alert.mission, persons)
    unknown = any(row.unit_id is None and not served.get(row.person_id) for row in accused)
    return Kept(
        units=frozenset(units | {unit for held in served.values() for unit in held}),
        named=not unknown,
        accuses=bool(accused),
        organisations=frozenset(r.organisation_id for r in kept if r.organisation_id is not None),
        accounts=frozenset(row.account_id for row in kept if row.account_id is not None),
    )


def _accused_near(mission: Mission, asker: Asker) -> list[uuid.UUID]:
    """The accused persons who ever served in one of the asker's units.

    For the host state also those of whom no unit is known: they may have served in any.
    """
    rows = Accusation.objects.filter(
        alert__mission=mission, person__isnull=False, withdrawn_at__isnull=True
    )
    persons = {pk for pk in rows.values_list("person_id", flat=True) if pk is not None}
    served = _units_served(mission, persons)
    return sorted(
        person
        for person in persons
        if served[person] & asker.chain or (asker.host and not served[person])
    )


def _units_served(
    mission: Mission, persons: set[uuid.UUID]
) -> dict[uuid.UUID | None, frozenset[uuid.UUID]]:
    """Of each person the units they ever served in, under whatever record they were entered."""
    if not persons:
        return {}
    with seen_whole(mission.pk, "warning") as whole:
        merges = standing_merges(mission.pk)
        groups = {person: merges.group(person) for person in persons}
        asked = {one for group in groups.values() for one in group}
        postings = claims_of(whole, PostingClaim, mission.pk).filter(person_id__in=asked)
        held: dict[uuid.UUID, set[uuid.UUID]] = {}
        for person, unit in postings.values_list("person_id", "unit_id"):
            held.setdefault(person, set()).add(unit)
    return {
        person: frozenset(unit for one in group for unit in held.get(one, ()))
        for person, group in groups.items()
    }
