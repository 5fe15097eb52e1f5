"""Reading the lead ledger: who led which responsibility where, on any day, as known on any day."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from primacy.kernels.readiness import Lead, LeadAt, LedgerEntry, lead_at
from primacy.platform.database.viewer_scope import computing
from primacy.platform.policy import Viewer, visible
from primacy.rooms.places.facade import Mission
from primacy.rooms.readiness.models import LeadEntry

SubjectKey = tuple[str, uuid.UUID]


@dataclass(frozen=True)
class LeadReading:
    """Who leads on a day, the entry that says so, and whether it was said of a parent area."""

    at: LeadAt
    entry: LeadEntry | None
    inherited: bool = False


class Ledger:
    """All entries of a mission that a viewer may read, asked by subject, function and day."""

    def __init__(self, entries: Sequence[LeadEntry], parents: dict[uuid.UUID, uuid.UUID]) -> None:
        """`parents`: area id to parent area id; an area without entries reads its parent's."""
        self._rows: dict[tuple[str, uuid.UUID, uuid.UUID], list[LeadEntry]] = defaultdict(list)
        self._parents = parents
        self.entries = list(entries)
        for entry in entries:
            kind, key = subject_of(entry)
            self._rows[(kind, key, entry.responsibility_id)].append(entry)

    def at(
        self,
        subject: SubjectKey,
        responsibility_id: uuid.UUID,
        on: dt.date,
        known_on: dt.datetime | None = None,
    ) -> LeadReading:
        """Who leads on a day."""
        rows, inherited = self._find(subject, responsibility_id)
        reading = lead_at([ledger_entry(row) for row in rows], on, known_on)
        entry = next((row for row in rows if str(row.pk) == reading.entry_id), None)
        return LeadReading(at=reading, entry=entry, inherited=inherited and entry is not None)

    def history(self, subject: SubjectKey, responsibility_id: uuid.UUID) -> list[LeadEntry]:
        """All entries of a subject and function, oldest first."""
        rows, _ = self._find(subject, responsibility_id)
        return sorted(rows, key=lambda row: (row.from_latest, row.recorded_at))

    def subjects(self) -> set[SubjectKey]:
        """The areas and units that have entries of their own."""
        return {(kind, key) for kind, key, _ in self._rows}

    def with_more(self, entries: Sequence[LeadEntry]) -> "Ledger":
        """The ledger with entries added: it only ever grows, and a correction is an entry too."""
        known = {entry.pk for entry in self.entries}
        added = [entry for entry in entries if entry.pk not in known]
        both = sorted([*self.entries, *added], key=lambda e: (e.from_latest, e.recorded_at))
        return Ledger(both, self._parents)

    def below(self, subjects: Collection[SubjectKey]) -> set[SubjectKey]:
        """The areas under these, at any depth: they may read their leads from them."""
        found = {key for kind, key in subjects if kind == "area"}
        while True:
            more = {child for child, up in self._parents.items() if up in found} - found
            if not more:
                return {("area", key) for key in found}
            found |= more

    def _find(
        self, subject: SubjectKey, responsibility_id: uuid.UUID
    ) -> tuple[list[LeadEntry], bool]:
        kind, key = subject
        rows = self._rows.get((kind, key, responsibility_id), [])
        inherited = False
        while not rows and kind == "area" and key in self._parents:
            key, inherited = self._parents[key], True
            rows = self._rows.get((kind, key, responsibility_id), [])
        return rows, inherited


def subject_of(entry: LeadEntry) -> SubjectKey:
    """The area or unit an entry speaks of."""
    if entry.area_id is not None:
        return "area", entry.area_id
    if entry.unit_id is not None:
        return "unit", entry.unit_id
    raise ValueError(_("lead entry %(entry)s has neither area nor unit") % {"entry": entry.pk})


def ledger_entry(row: LeadEntry) -> LedgerEntry:
    """The kernel's view of a stored entry."""
    return LedgerEntry(
        id=str(row.pk),
        lead=Lead(row.lead) if row.lead else None,
        from_earliest=row.from_earliest,
        from_latest=row.from_latest,
        trial_until=row.trial_until,
        recorded_at=row.recorded_at,
        corrects=str(row.corrects_id) if row.corrects_id else None,
    )


def open_ledger(viewer: Viewer, mission: Mission) -> Ledger:
    """The mission's ledger as the viewer may read it."""
    rows = visible(viewer, _entries(mission), "readiness.view")
    return Ledger(list(rows), _parents(mission))


def open_ledger_around(viewer: Viewer, mission: Mission, area_id: uuid.UUID) -> Ledger:
    """What the viewer may read of who led in one area, the areas above it and those right below.

    That is all an area's own page needs: its leads, and whether it stands on the board.
    """
    parents = _parents(mission)
    around = [*_upwards(area_id, parents), *(key for key, up in parents.items() if up == area_id)]
    rows = _entries(mission).filter(area_id__in=around)
    return Ledger(list(visible(viewer, rows, "readiness.view")), parents)


def open_ledger_of(
    viewer: Viewer, mission: Mission, responsibility_id: uuid.UUID, subject: SubjectKey
) -> Ledger:
    """What the viewer may read of who led one responsibility in one place and the areas above."""
    parents = _parents(mission)
    rows = _entries_of(mission, responsibility_id, subject, parents)
    return Ledger(list(visible(viewer, rows, "readiness.view")), parents)


def more_of_ledger(
    viewer: Viewer, mission: Mission, ledger: Ledger, keys: Collection[uuid.UUID]
) -> Ledger:
    """A ledger that was read before, with the new entries among these ids the viewer may read."""
    rows = visible(viewer, _entries(mission).filter(pk__in=keys), "readiness.view")
    return ledger.with_more(list(rows))


def whole_ledger_of(mission: Mission, responsibility_id: uuid.UUID, subject: SubjectKey) -> Ledger:
    """Everything on record of who led one responsibility in one place and the areas above.

    For guards, whose answer must not depend on who asks.
    """
    with computing(mission.pk):
        parents = _parents(mission)
        return Ledger(list(_entries_of(mission, responsibility_id, subject, parents)), parents)


def _entries(mission: Mission) -> QuerySet[LeadEntry]:
    return mission.lead_entries.select_related("source", "area", "unit", "responsibility")


def _entries_of(
    mission: Mission,
    responsibility_id: uuid.UUID,
    subject: SubjectKey,
    parents: Mapping[uuid.UUID, uuid.UUID],
) -> QuerySet[LeadEntry]:
    """The entries of one responsibility that one area or unit reads its leads from."""
    rows = _entries(mission).filter(responsibility_id=responsibility_id)
    kind, key = subject
    if kind == "unit":
        return rows.filter(unit_id=key)
    return rows.filter(area_id__in=_upwards(key, parents))


def _upwards(area_id: uuid.UUID, parents: Mapping[uuid.UUID, uuid.UUID]) -> list[uuid.UUID]:
    """An area and those above it, the lowest first."""
    above = [area_id]
    while above[-1] in parents:
        above.append(parents[above[-1]])
    return above


def _parents(mission: Mission) -> dict[uuid.UUID, uuid.UUID]:
    """Each area's parent, by their ids."""
    pairs = mission.areas.exclude(parent=None).values_list("pk", "parent_id")
    return {child: up for child, up in pairs if up is not None}
