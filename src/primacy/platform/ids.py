"""Record identifiers that sort by time of making (UUID version 7, RFC 9562)."""

import random
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from primacy.platform import clock

_seeded: ContextVar[random.Random | None] = ContextVar("primacy_ids", default=None)


def uuid7() -> uuid.UUID:
    """A new UUIDv7: made at the edge, so a record written offline keeps its id."""
    milliseconds = int(clock.now().timestamp() * 1000)
    source = _seeded.get()
    bits = source.getrandbits if source else secrets.randbits
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76
    value |= bits(12) << 64 | 0b10 << 62 | bits(62)
    return uuid.UUID(int=value)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Repeatable ids for everything within: for demonstration countries, never for real records."""
    token = _seeded.set(random.Random(seed))  # noqa: S311 - repeatable on purpose
    try:
        yield
    finally:
        _seeded.reset(token)
