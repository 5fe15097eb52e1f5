"""What the register says already, so that the same sheet loaded again adds nothing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Model

from primacy.platform.claims.models import Claim
from primacy.platform.claims.rules import Dates
from primacy.rooms.exchange.models import Brought
from primacy.rooms.forces.facade import (
    ClassificationClaim,
    NameClaim,
    PositionClaim,
    RelationClaim,
)
from primacy.rooms.incidents.facade import ResponsibilityClaim
from primacy.rooms.persons.facade import BirthClaim, LeavingClaim, PersonNameClaim, PostingClaim
from primacy.rooms.places.facade import Mission

Key = tuple[object, ...]
T = TypeVar("T")
AT_ONCE = 500
SAID: dict[type[Claim], tuple[str, ...]] = {
    NameClaim: ("unit_id", "kind", "name"),
    ClassificationClaim: ("unit_id", "classification"),
    RelationClaim: ("unit_id", "superior_id", "kind"),
    PositionClaim: ("unit_id", "kind", "area_id", "base", "lat", "lon"),
    PersonNameClaim: ("person_id", "kind", "name"),
    BirthClaim: ("person_id", "earliest", "latest", "place"),
    PostingClaim: ("person_id", "unit_id", "role", "title", "rank", "commanding", "acting"),
    LeavingClaim: ("person_id", "kind", "earliest", "latest"),
    ResponsibilityClaim: ("incident_id", "unit_id", "person_id", "part"),
}
"""What two claims of a kind must have in common to say the same, beside their dates."""

DATES = tuple(Dates.__dataclass_fields__)
OF_UNITS = (NameClaim, ClassificationClaim, RelationClaim, PositionClaim)
OF_PERSONS = (PersonNameClaim, BirthClaim, PostingClaim, LeavingClaim)


def key_of(row: Claim) -> Key:
    """What a claim says, and when: equal for two claims that say the same."""
    model = type(row)
    return (model.__name__, *(getattr(row, name) for name in (*SAID[model], *DATES)))


def known_keys(
    mission: Mission,
    models: Iterable[type[Claim]],
    about: str,
    ids: Sequence[UUID],
) -> set[Key]:
    """The keys of all versions of claims about these records.

    A claim that a person corrected or withdrew is known in each of its versions: a sheet that is
    loaded again does not bring back what was found to be wrong. What the undoing of an import took
    back is not known.
    """
    taken = set(
        Brought.objects.filter(mission=mission, taken_back=True).values_list("record", flat=True)
    )
    found: set[Key] = set()
    for model in models:
        columns = (*SAID[model], *DATES)
        for part in in_parts(ids):
            rows = model._default_manager.filter(mission=mission, **{f"{about}__in": part})
            for claim, *values in rows.order_by().values_list("claim", *columns):
                if claim not in taken:
                    found.add((model.__name__, *values))
    return found


def by_code(model: type[Model], mission: Mission, codes: Iterable[str]) -> dict[str, Model]:
    """The mission's records of these codes."""
    found: dict[str, Model] = {}
    for part in in_parts(sorted(set(codes))):
        rows = model._default_manager.filter(mission=mission, code__in=part)
        found |= {row.code: row for row in rows}  # type: ignore[attr-defined]
    return found


def in_parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in parts small enough for one query."""
    return (values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE))
