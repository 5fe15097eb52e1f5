"""Values worked out from records, kept in memory as long as no act since can have changed them.

What is kept under one key is handed to whoever asks with it: the key holds the reading class.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import connection

from primacy.platform.audit.acts_since import Act, Place, acts_since, newest_place
from primacy.platform.audit.newest_values import NewestValues

V = TypeVar("V")
Renew = Callable[[V, Sequence[Act]], V | None]
"""The value after these acts, or None where it is to be made anew."""


@dataclass(frozen=True)
class _Kept(Generic[V]):
    place: Place
    value: V


class KeptValues(Generic[V]):
    """A bounded memory of values. `without_bearing` begins the names of acts that change none."""

    def __init__(self, most: int, without_bearing: tuple[str, ...]) -> None:
        self._kept: NewestValues[_Kept[V]] = NewestValues(most)
        self._without = without_bearing

    def value(
        self,
        key: tuple[object, ...],
        mission_id: uuid.UUID,
        make: Callable[[], V],
        renew: Renew[V] | None = None,
    ) -> V:
        """The value kept or made. Within a transaction nothing is kept: it may be rolled back."""
        if connection.in_atomic_block:
            return make()
        kept = self._kept.get(key)
        since = acts_since(kept.place) if kept else None
        if kept is not None and since is not None:
            acts = [act for act in since.acts if self._bears(act, mission_id)]
            value = kept.value if not acts else renew(kept.value, acts) if renew else None
            if value is not None:
                self._kept.put(key, _Kept(since.newest, value))
                return value
        # The place is read first: an act in between is then looked at once more.
        place = newest_place()
        made = make()
        self._kept.put(key, _Kept(place, made))
        return made

    def forget(self) -> None:
        """Nothing; each value is made anew the next time."""
        self._kept.clear()

    def _bears(self, act: Act, mission_id: uuid.UUID) -> bool:
        return act.mission_id in ("", str(mission_id)) and not act.action.startswith(self._without)
