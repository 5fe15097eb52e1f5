"""What was done since a place in the audit log: how a reader in memory learns what has changed.

Every act leaves its entry in its own transaction, and no entry is written before the one before
it is committed. So whoever read the records after seeing the newest entry holds everything up to
it, and the entries that follow name every change since.
"""

from dataclasses import dataclass

from primacy.platform.audit.chain import START
from primacy.platform.audit.models import AuditEntry

MOST_ACTS = 500
"""Entries looked through; where more were written since, reading anew costs less."""


@dataclass(frozen=True)
class Place:
    """A place in the log: the entry's number and its hash, which stands for all before it."""

    sequence: int
    hash: str


BEGINNING = Place(0, START)


@dataclass(frozen=True)
class Act:
    """One entry, as far as it says what may have changed."""

    action: str
    subject_type: str
    subject_id: str
    mission_id: str


@dataclass(frozen=True)
class Since:
    """The acts after a place, in order, and the newest place."""

    acts: tuple[Act, ...]
    newest: Place


def newest_place() -> Place:
    """The place of the newest entry; the beginning of an empty log."""
    found = AuditEntry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    return Place(*found) if found else BEGINNING


def acts_since(place: Place) -> Since | None:
    """The acts after a place. None where too many followed, or where the place is not in the log.

    The latter happens when an act that had been seen was rolled back, or another site's records
    were put in place of these.
    """
    rows = list(
        AuditEntry.objects.filter(sequence__gte=place.sequence)
        .order_by("sequence")
        .values_list("sequence", "hash", "action", "subject_type", "subject_id", "mission_id")[
            : MOST_ACTS + 2
        ]
    )
    if place == BEGINNING:
        rows.insert(0, (0, START, "", "", "", ""))
    if not rows or rows[0][:2] != (place.sequence, place.hash) or len(rows) > MOST_ACTS + 1:
        return None
    return Since(tuple(Act(*row[2:]) for row in rows[1:]), Place(*rows[-1][:2]))
