"""Exact sums over a whole register, kept in memory and brought up to the newest act.

A register of a million incidents is read once for a sum. Afterwards the audit log says what was
done since: an incident that was entered is added, and after an import, its undoing or any act that
is not known here everything is read again. A sum belongs to one reading class.
"""

import threading
import uuid
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from primacy.platform.audit.actions import READ
from primacy.platform.audit.acts_since import Act, Place, acts_since, newest_place
from primacy.platform.audit.newest_values import NewestValues
from primacy.platform.policy import Viewer
from primacy.rooms.incidents.models import Incident
from primacy.rooms.places.facade import Mission

ENTERED = "incidents.enter"
WITHOUT_BEARING = (
    READ,
    "accounts.",
    "cases.",
    "emergency.",
    "forces.",
    "jobs.",
    "readiness.",
    "sources.",
    "support.",
)
"""Acts that change no incident."""

SUMS_KEPT = 48

Sums = dict[Hashable, tuple[int, int]]
"""Incidents and deaths (best estimate) by whatever they were grouped by."""

Grouping = Callable[[QuerySet[Incident]], Iterable[tuple[Hashable, int, int]]]
"""Reads rows into (group, incidents, deaths); sums of parts must add up to the sum of all."""


@dataclass(frozen=True)
class _Kept:
    place: Place
    sums: Sums


_sums: NewestValues[_Kept] = NewestValues(SUMS_KEPT)
_lock = threading.RLock()


def forget_sums() -> None:
    """Nothing; the next sum is read anew."""
    _sums.clear()


def sums_of(
    viewer: Viewer,
    mission: Mission,
    name: tuple[Hashable, ...],
    rows: QuerySet[Incident],
    grouping: Grouping,
) -> Sums:
    """The sums over rows the viewer may read. `name` tells the rows and the grouping apart."""
    if _in_transaction():
        return _added({}, grouping(rows))
    key = (mission.pk, viewer.reading_class(mission.pk), *name)
    with _lock:
        kept = _sums.get(key)
        since = acts_since(kept.place) if kept else None
        entered = _entered(since.acts, mission) if since else None
        if kept is None or since is None or entered is None:
            made = _Kept(newest_place(), _added({}, grouping(rows)))
        elif entered:
            more = grouping(rows.filter(pk__in=entered))
            made = _Kept(since.newest, _added(kept.sums, more))
        else:
            made = _Kept(since.newest, kept.sums)
        _sums.put(key, made)
    return made.sums


def _in_transaction() -> bool:
    return connection.in_atomic_block


def _entered(acts: Iterable[Act], mission: Mission) -> set[uuid.UUID] | None:
    """The incidents that were entered; None where more may have changed than that."""
    found = set()
    for act in acts:
        if act.action == ENTERED and act.mission_id == str(mission.pk):
            found.add(uuid.UUID(act.subject_id))
        elif act.mission_id in ("", str(mission.pk)) and not act.action.startswith(WITHOUT_BEARING):
            return None
    return found


def _added(sums: Sums, more: Iterable[tuple[Hashable, int, int]]) -> Sums:
    both = dict(sums)
    for group, incidents, deaths in more:
        before = both.get(group, (0, 0))
        both[group] = before[0] + incidents, before[1] + deaths
    return both
