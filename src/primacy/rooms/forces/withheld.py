"""Which figures are held back from a class of outsiders, kept in memory up to the newest act.

To find them all figures of a mission are looked at together: seconds of work at eighty thousand.
The audit log says whether any act since can have changed them; then they are worked out anew. What
is kept for one reading class is never used for another, and within a transaction nothing is kept.
"""

import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection

from primacy.platform.audit.actions import READ
from primacy.platform.audit.acts_since import Act, Place, acts_since, newest_place
from primacy.platform.audit.newest_values import NewestValues
from primacy.rooms.places.facade import Mission

WITHOUT_BEARING = (
    READ,
    "accounts.",
    "cases.",
    "emergency.",
    "incidents.",
    "jobs.",
    "readiness.",
    "sources.source.create",
    "support.",
    "site.backup",
)
"""Acts that change no strength figure, no unit, and nobody's view of them within a class."""

KEPT = 24


@dataclass(frozen=True)
class _Kept:
    place: Place
    figures: frozenset[uuid.UUID]


_kept: NewestValues[_Kept] = NewestValues(KEPT)
_lock = threading.RLock()


def forget_withheld() -> None:
    """Nothing; what is held back is worked out anew the next time."""
    _kept.clear()


def kept_withheld(
    name: tuple[object, ...], mission: Mission, work_out: Callable[[], Iterable[uuid.UUID]]
) -> frozenset[uuid.UUID]:
    """The figures held back. `name` tells the mission and the reading class."""
    if _in_transaction():
        return frozenset(work_out())
    with _lock:
        kept = _kept.get(name)
        since = acts_since(kept.place) if kept else None
        if kept is None or since is None or _may_differ(since.acts, mission):
            # The place is read first: an act in between is then looked at once more.
            made = _Kept(newest_place(), frozenset(work_out()))
        else:
            made = _Kept(since.newest, kept.figures)
        _kept.put(name, made)
    return made.figures


def _in_transaction() -> bool:
    return connection.in_atomic_block


def _may_differ(acts: Iterable[Act], mission: Mission) -> bool:
    return any(
        act.mission_id in ("", str(mission.pk)) and not act.action.startswith(WITHOUT_BEARING)
        for act in acts
    )
