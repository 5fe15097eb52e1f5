"""Whom records of support speak of, as far as the registers open them to who reads.

A stop list, an order or an entry of the ledger can be open to somebody to whom the unit or person
it names is not: then it stands there with the words of what is restricted, never without a line.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from primacy.platform.policy import Viewer, restricted
from primacy.rooms.forces.facade import Unit, units
from primacy.rooms.persons.facade import Person, persons
from primacy.rooms.places.facade import Mission


class Speaks(Protocol):
    """A record that speaks of a unit or a person."""

    unit_id: uuid.UUID | None
    person_id: uuid.UUID | None


@dataclass(frozen=True)
class Named:
    """The units and persons that some records speak of and the reader may know, by id."""

    units: dict[uuid.UUID, Unit]
    persons: dict[uuid.UUID, Person]

    def hides(self, row: Speaks) -> bool:
        """True where the record speaks of somebody the reader may not know."""
        return (row.unit_id is not None and row.unit_id not in self.units) or (
            row.person_id is not None and row.person_id not in self.persons
        )

    def who(self, row: Speaks, written: str = "") -> str:
        """The name: as it was written where it was, else by the register."""
        if self.hides(row):
            return str(restricted())
        subject = self.persons.get(row.person_id) if row.person_id else None
        return written or str(subject or (self.units[row.unit_id] if row.unit_id else ""))

    def unit_code(self, row: Speaks) -> str | None:
        """The code of the unit; None where there is none, or it is not open."""
        return self.units[row.unit_id].code if row.unit_id in self.units else None

    def person_code(self, row: Speaks) -> str | None:
        """The code of the person; None where there is none, or they are not open."""
        return self.persons[row.person_id].code if row.person_id in self.persons else None


def named_in(viewer: Viewer, mission: Mission, rows: Iterable[Speaks]) -> Named:
    """Whom these records speak of, as far as the viewer may know them."""
    given = list(rows)
    of_units = {row.unit_id for row in given if row.unit_id is not None}
    of_persons = {row.person_id for row in given if row.person_id is not None}
    found = persons(viewer, mission, with_withdrawn=True).filter(pk__in=of_persons)
    return Named(
        {row.pk: row for row in units(viewer, mission).filter(pk__in=of_units)} if of_units else {},
        {row.pk: row for row in found} if of_persons else {},
    )
