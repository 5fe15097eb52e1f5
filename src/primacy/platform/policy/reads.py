"""Which protected records were handed out to whom: gathered first, written down before they leave.

Protected is what stands in a compartment or is marked CONFIDENTIAL or above. `visible` notes the
rows it hands out; what is kept inside other records (`may_read`) is noted by whoever shows it. A
request or command gathers its notes in one `Collection` and writes them before anything leaves.
Where none is open (a task, a script), each note is written at once: no read goes without a trace.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from primacy.platform.policy.marking import Marking
from primacy.platform.policy.viewer import Viewer

PROTECTED_FROM = Marking.CONFIDENTIAL
OUTSIDE = "outside any page or command"

Found = Mapping[str, uuid.UUID | None]
"""Records handed out, by id: the mission of each."""

Sink = Callable[[Viewer, str, Found, str], None]
"""Writes that a viewer read these records of one type, and by which page or command."""


class ReadNotRecorded(Exception):
    """The log could not be written, so what it would have named is held back."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "What you asked for holds protected records, and the log that notes who read them "
                "cannot be written. Nothing of it is shown. What you had saved before is kept. "
                "Try again; if it stays, tell the administrator of this site."
            )
        )


@dataclass
class Collection:
    """The protected records handed out while one page or command was made."""

    by: str
    aside: bool = False
    """True where what is read is shown to nobody: nothing of it is kept."""
    _waiting: dict[tuple[Viewer, str], dict[str, uuid.UUID | None]] = field(default_factory=dict)
    _written: set[tuple[Viewer, str, str]] = field(default_factory=set)

    def note(self, viewer: Viewer, label: str, found: Found) -> None:
        """Nothing; keeps those that were not written yet."""
        fresh = {k: v for k, v in found.items() if (viewer, label, k) not in self._written}
        if fresh:
            self._waiting.setdefault((viewer, label), {}).update(fresh)

    def write(self) -> None:
        """Nothing; one entry for each viewer and record type. `ReadNotRecorded` where it fails."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        for (viewer, label), found in waiting.items():
            try:
                _sink()(viewer, label, found, self.by)
            except Exception as problem:
                raise ReadNotRecorded from problem
            self._written.update((viewer, label, key) for key in found)

    def waiting(self) -> dict[str, dict[str, uuid.UUID | None]]:
        """What was noted and not written, by record type.

        For an answer that is kept and handed out later, to whoever is shown it then.
        """
        found: dict[str, dict[str, uuid.UUID | None]] = {}
        for (_viewer, label), records in self._waiting.items():
            found.setdefault(label, {}).update(records)
        return found

    @contextmanager
    def open(self) -> Iterator["Collection"]:
        """The collection, gathering what is handed out within; it can be opened again."""
        token = _current.set(self)
        try:
            yield self
        finally:
            _current.reset(token)


_current: ContextVar[Collection | None] = ContextVar("reads", default=None)
_sinks: list[Sink] = []


def write_with(sink: Sink) -> None:
    """Nothing; names who writes reads down. The audit log does, when the site starts."""
    _sinks[:] = [sink]


def _sink() -> Sink:
    if not _sinks:
        raise LookupError(_("nobody writes reads down: the audit log is not installed"))
    return _sinks[0]


def note_read(viewer: Viewer, label: str, found: Found) -> None:
    """Nothing; notes that protected records of one type are handed out to a viewer."""
    if viewer.computing or not found:
        return
    collection = _current.get()
    if collection is not None:
        if not collection.aside:
            collection.note(viewer, label, found)
        return
    alone = Collection(OUTSIDE)
    alone.note(viewer, label, found)
    alone.write()


@contextmanager
def held_aside() -> Iterator[None]:
    """Within it rows are looked through and not shown: they are not noted.

    For a search that reads many to show a few; note those with `note_rows`.
    """
    with Collection("held aside", aside=True).open():
        yield


def is_held_aside() -> bool:
    """True within `held_aside`: the notes that a read would leave need not be made."""
    collection = _current.get()
    return collection is not None and collection.aside


def is_protected(marking: int, compartment_id: uuid.UUID | None) -> bool:
    """True where reading the record is written down."""
    return marking >= PROTECTED_FROM or compartment_id is not None


def sees_protected(viewer: Viewer, permission: str) -> bool:
    """True where the viewer's rights could let any protected record through."""
    if viewer.compartments:
        return True
    _, by_mission, general = viewer.missions_with(permission)
    return max([general, *by_mission.values()]) >= PROTECTED_FROM


def batches(found: Found, size: int) -> Iterable[dict[str, uuid.UUID | None]]:
    """The records in parts of at most `size`, so that no entry grows without bound."""
    keys = list(found)
    for at in range(0, len(keys), size):
        yield {key: found[key] for key in keys[at : at + size]}
