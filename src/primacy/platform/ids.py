"""Record identifiers that sort by time of making (UUID version 7, RFC 9562)."""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """A new UUIDv7: made at the edge, so a record written offline keeps its id."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76
    value |= secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)
