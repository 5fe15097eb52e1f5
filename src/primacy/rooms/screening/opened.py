"""Which matches with records of our own registers a reader may be told of."""

import uuid
from collections.abc import Collection, Iterable

from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import NameClaim, claims_of_kind, units
from primacy.rooms.persons.facade import (
    BirthClaim,
    IdNumberClaim,
    PersonNameClaim,
    claims_of,
    persons,
)
from primacy.rooms.places.facade import Mission
from primacy.rooms.screening.models import PossibleMatch

OF_PERSONS = (PersonNameClaim, BirthClaim, IdNumberClaim)


def opened_records(
    viewer: Viewer, mission: Mission, matches: Collection[PossibleMatch]
) -> set[uuid.UUID]:
    """The matches, by id, whose record is open to the viewer with every claim they rest on.

    The records are handed out, so that reading protected ones is written down.
    """
    ids = {match.record_id for match in matches if match.record_id is not None}
    if not ids:
        return set()
    of_units = {row.pk for row in units(viewer, mission).filter(pk__in=ids)}
    rest = ids - of_units
    of_persons = (
        {row.pk for row in persons(viewer, mission, with_withdrawn=True).filter(pk__in=rest)}
        if rest
        else set()
    )
    claims = _open_claims(viewer, mission, matches, of_units, of_persons)
    return {
        match.pk
        for match in matches
        if match.record_id in of_units | of_persons and claims.issuperset(match.rests_on)
    }


def _open_claims(
    viewer: Viewer,
    mission: Mission,
    matches: Iterable[PossibleMatch],
    of_units: Collection[uuid.UUID],
    of_persons: Collection[uuid.UUID],
) -> set[str]:
    """Of the claims that matches rest on, those that are open to the viewer."""
    rows = list(matches)
    found: set[uuid.UUID] = set()
    wanted = {claim for match in rows if match.record_id in of_units for claim in match.rests_on}
    if wanted:
        known = claims_of_kind(viewer, NameClaim, mission.pk, with_withdrawn=True)
        found.update(known.filter(claim__in=wanted).values_list("claim", flat=True))
    wanted = {claim for match in rows if match.record_id in of_persons for claim in match.rests_on}
    if wanted:
        for model in OF_PERSONS:
            said = claims_of(viewer, model, mission.pk, with_withdrawn=True)
            found.update(said.filter(claim__in=wanted).values_list("claim", flat=True))
    return {str(claim) for claim in found}
