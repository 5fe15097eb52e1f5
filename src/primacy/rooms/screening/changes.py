"""What a newer load of a list adds, takes off and changes against the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from primacy.platform.exchange.list_entries import (
    IDENTIFYING,
    ListedEntry,
    changed_fields,
    digest_of,
    entry_of,
)
from primacy.rooms.screening.models import ListEntry

SHRINKS_FROM = 20
"""Entries a list must have had before its shrinking is asked about."""
SHRINKS_BY = 0.25
"""Share of entries that may go at once before somebody must say that it is meant."""


@dataclass
class Changes:
    """The entries of a newer load, sorted by what became of them."""

    added: list[ListedEntry] = field(default_factory=list)
    changed: list[tuple[ListEntry, ListedEntry, tuple[str, ...]]] = field(default_factory=list)
    removed: list[ListEntry] = field(default_factory=list)
    same: int = 0

    @property
    def searched_again(self) -> list[ListedEntry]:
        """The entries that may mean somebody else than before: new ones, and who changed."""
        who = [entry for _row, entry, fields in self.changed if tells_who(fields)]
        return [*self.added, *who]


def changes_between(before: Mapping[str, ListEntry], after: Sequence[ListedEntry]) -> Changes:
    """What differs between the entries that stand, by reference, and those of a newer load."""
    found = Changes()
    for entry in after:
        standing = before.get(entry.reference)
        if standing is None:
            found.added.append(entry)
        elif standing.digest == digest_of(entry):
            found.same += 1
        else:
            fields = changed_fields(entry_of(standing.content), entry)
            found.changed.append((standing, entry, fields))
    kept = {entry.reference for entry in after}
    found.removed = [row for reference, row in before.items() if reference not in kept]
    return found


def looks_cut_off(before: int, removed: int) -> bool:
    """True where so many entries went at once that the file may be damaged or another list."""
    return before >= SHRINKS_FROM and removed > before * SHRINKS_BY


def tells_who(fields: Sequence[str]) -> bool:
    """True where a change bears on who is meant, and not only on remarks or addresses."""
    return any(name in IDENTIFYING for name in fields)
