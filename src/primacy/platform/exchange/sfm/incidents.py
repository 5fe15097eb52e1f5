"""What a row of the sheet of incidents states: whom a source names as responsible.

The incident itself is looked up by its id. Events come into the register by imports of their own,
which know kinds, places and victims; this sheet adds who is said to have had a part.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from primacy.platform.claims.rules import Dates
from primacy.platform.exchange.sfm.columns import INCIDENTS, KEY_COLUMN
from primacy.platform.exchange.sfm.files import SheetRow
from primacy.platform.exchange.sfm.problems import RowWrong
from primacy.platform.exchange.sfm.statements import Statement, code_of, stated

PART = "responsibility"
PARTS = ("committed", "ordered", "failed", "present")
LONGEST_ID = 100


@dataclass(frozen=True)
class PartStated:
    """A unit or a person that a row names for an incident."""

    row: SheetRow
    incident: str
    of_person: bool
    statement: Statement


def parts_of(row: SheetRow) -> list[PartStated]:
    """The parts a row states, none or some; `RowWrong` where it cannot be kept."""
    incident = row.get(KEY_COLUMN[INCIDENTS])
    if not incident or len(incident) > LONGEST_ID:
        raise RowWrong(KEY_COLUMN[INCIDENTS], incident[:60], gettext_noop("an id of the incident"))
    part = row.get("incident:part").lower() or PARTS[0]
    if part not in PARTS:
        raise RowWrong("incident:part", part[:20], ", ".join(PARTS))
    found = []
    for of_person in (False, True):
        column = f"incident:perpetrator_{'person' if of_person else 'unit'}_id:admin"
        for text in row.get(column).split(";"):
            if text.strip():
                named = SheetRow(row.file, row.sheet, row.number,
                                 {**row.cells, column: text.strip()}, row.one_claim)  # fmt: skip
                # Without a range of its own it speaks of the days of the incident.
                statement = stated(
                    row, PART, code_of(named, column), [incident, part], Dates(), column=column,
                    source_columns=["incident:all:source"],
                )  # fmt: skip
                found.append(PartStated(row, incident, of_person, statement))
    return found
