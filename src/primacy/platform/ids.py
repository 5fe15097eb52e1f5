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


def uuid7_hex(count: int) -> list[str]:
    """New UUIDv7 as 32 hex digits, rising within the call: 12 bits count on within a millisecond.

    For bulk loads: one question to the clock and one to the source of chance for all of them.
    """
    start = int(clock.now().timestamp() * 1000)
    source = _seeded.get()
    chance = source.randbytes(count * 8) if source else secrets.token_bytes(count * 8)
    text = chance.hex()
    made = []
    for number in range(count):
        tail = text[number * 16 : number * 16 + 15]
        head = f"{start + (number >> 12):012x}7{number & 4095:03x}"
        made.append(f"{head}{'89ab'[int(tail[0], 16) & 3]}{tail}")
    return made


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Repeatable ids for everything within: for demonstration countries, never for real records."""
    token = _seeded.set(random.Random(seed))  # noqa: S311 - repeatable on purpose
    try:
        yield
    finally:
        _seeded.reset(token)
