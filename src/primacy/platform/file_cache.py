"""A cache in files of the site's folder, shared by all its processes, without races.

Lock-outs, rate limits and used codes must count across processes: a cache in memory would let
each worker be guessed at separately. Django's file cache is shared, but its `add` looks first and
writes afterwards, so that two processes may both believe that a code was not used yet. One lock
file closes that gap.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

LOCK = "cache.lock"


class SharedFileCache(FileBasedCache):
    """Django's file cache with `add` and `incr` made indivisible between processes."""

    def add(
        self,
        key: str,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """True where the key was free and now holds the value."""
        with self._alone():
            return bool(super().add(key, value, timeout, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """The value after the step; `ValueError` where there is none (Django's rule)."""
        with self._alone():
            return int(super().incr(key, delta, version))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        folder = Path(str(vars(self)["_dir"]))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
