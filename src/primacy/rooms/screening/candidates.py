"""What can be searched: the lists in force and the mission's own registers, made ready to match.

The registers are looked through whole, whatever the asker may read: somebody who is in a closed
record must not look unknown. Of such a record the asker learns only whom to ask.
"""

import uuid
from collections.abc import Iterable, Sequence
from functools import lru_cache

from primacy.kernels.names.persons import Person, PersonMatcher
from primacy.kernels.names.units import Unit as KernelUnit
from primacy.kernels.names.units import UnitMatcher
from primacy.platform.exchange.list_entries import EntryKind, ListedEntry, entry_of
from primacy.platform.exchange.list_names import names_within
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import Mission
from primacy.rooms.screening.models import ListFile
from primacy.rooms.screening.person_search import listed_person
from primacy.rooms.screening.queries import entries_in
from primacy.rooms.screening.register_of_persons import register_of_persons
from primacy.rooms.screening.register_of_units import register_of_units
from primacy.rooms.screening.search import People, Source, Target

KEPT_LISTS = 6
"""Lists whose matchers stay in memory: what stood on a load never changes."""


def list_source(file: ListFile) -> Source:
    """A list as it was loaded, ready to be searched."""
    return _kept_list(file.pk)


@lru_cache(maxsize=KEPT_LISTS)
def _kept_list(pk: uuid.UUID) -> Source:
    file = ListFile.objects.get(pk=pk)
    entries = [entry_of(row.content) for row in entries_in(file)]
    described = {
        "kind": "list",
        "publisher": file.publisher,
        "list": str(file.pk),
        "list_date": file.list_date.isoformat(),
        "sha256": file.sha256,
        "entries": file.entries,
        "left_out": file.left_out,
        "notes": list(file.notes),
    }
    return listed_source(file.publisher, entries, described)


def listed_source(
    publisher: str, entries: Sequence[ListedEntry], described: dict[str, object] | None = None
) -> Source:
    """These entries of a list, ready to be searched."""
    persons = [listed_person(entry) for entry in entries if entry.kind is EntryKind.PERSON]
    groups = [_group(entry) for entry in entries if entry.kind is EntryKind.ORGANISATION]
    return Source(
        publisher,
        {entry.reference: Target(entry.reference, entry.name) for entry in entries},
        described or {},
        people=_people(persons) if persons else None,
        units=UnitMatcher(groups) if groups else None,
    )


def _people(persons: Sequence[Person]) -> People:
    matcher = PersonMatcher(persons)
    return People(lambda wanted: (matcher.persons[at] for at in matcher.candidates(wanted)))


def _group(entry: ListedEntry) -> KernelUnit:
    names = [text for name in entry.names for text in names_within(name.text)]
    return KernelUnit(entry.reference, tuple(dict.fromkeys(names)) or (entry.name,))


def register_candidates(viewer: Viewer, mission: Mission) -> list[Source]:
    """The mission's own registers, ready to be searched; here a register is plugged in."""
    return [register_of_units(viewer, mission), register_of_persons(viewer, mission)]


def sources_asked(
    viewer: Viewer, mission: Mission, files: Iterable[ListFile], register: bool
) -> list[Source]:
    """The lists and, where asked for, the registers that a screening is held against."""
    found = [list_source(file) for file in files]
    return [*found, *(register_candidates(viewer, mission) if register else ())]
