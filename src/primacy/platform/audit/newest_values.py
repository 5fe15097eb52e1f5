"""A bounded memory of values that were worked out from records, for readers of `acts_since`."""

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

V = TypeVar("V")


class NewestValues(Generic[V]):
    """The values asked for last, so many at most; safe for the threads of a server."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[tuple[object, ...], V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[object, ...]) -> V | None:
        """The value kept, or None."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: tuple[object, ...], value: V) -> None:
        """Nothing; keeps the value and forgets the one that was not asked for longest."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)

    def clear(self) -> None:
        """Nothing; forgets all."""
        with self._lock:
            self._values.clear()
