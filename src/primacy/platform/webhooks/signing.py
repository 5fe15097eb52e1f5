"""The signature of a message sent to another system, and its verification.

The header `Primacy-Signature: t=1772600767,v1=5f0c…` carries the time in seconds since 1970 and one
or more HMAC-SHA256 (RFC 2104) over that time, a full stop and the body as sent. Several `v1` mean
several keys: while a key is being exchanged the sender signs with both, and the receiver may know
either.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from primacy.platform.webhooks.errors import (
    NotSigned,
    OutOfTime,
    Repeated,
    WeakKey,
    WrongSignature,
)

HEADER = "Primacy-Signature"
TOLERANCE = timedelta(minutes=5)
SHORTEST_KEY = 32
MOST_KEYS = 8
LONGEST_HEADER = 1_000

_TIME = re.compile(r"[0-9]{1,12}")
_MAC = re.compile(r"[0-9a-f]{64}")


def new_key() -> bytes:
    """A key of 32 random bytes, from the system's source."""
    return secrets.token_bytes(SHORTEST_KEY)


def signature(body: bytes, keys: Sequence[bytes], at: datetime) -> str:
    """The value of the header for this body, signed with each key at this time."""
    _check(keys)
    seconds = _seconds(at)
    macs = [_mac(key, seconds, body) for key in keys]
    return ",".join([f"t={seconds}", *(f"v1={mac}" for mac in macs)])


def verify(
    body: bytes,
    header: str | None,
    keys: Sequence[bytes],
    now: datetime,
    tolerance: timedelta = TOLERANCE,
    recent: "Recent | None" = None,
) -> int:
    """When the message was signed, in seconds since 1970; raises `SignatureRefused` otherwise.

    `body` is the bytes as they came, before anything reads them. Every key is compared with every
    signature in constant time, so that the time taken says nothing of how near a guess was. With
    `recent`, a message that was taken before is refused as `Repeated`.
    """
    _check(keys)
    if recent is not None and recent.window < tolerance:
        raise ValueError("What was taken must be remembered at least as long as it is accepted.")
    seconds, macs = _parsed(header)
    fits = False
    for key in keys:
        expected = _mac(key, str(seconds), body)
        for mac in macs:
            fits |= hmac.compare_digest(expected, mac)
    if not fits:
        raise WrongSignature("No key fits the signature: the message is not as it was signed.")
    if abs(int(_seconds(now)) - seconds) > tolerance.total_seconds():
        raise OutOfTime("It was signed too long ago, or in the future. Check both clocks.")
    if recent is not None and not recent.first_time(_digest(seconds, body), seconds, now):
        raise Repeated("The same message came before.")
    return seconds


@dataclass
class Recent:
    """The messages taken of late, in the memory of one process.

    What is older than the window is forgotten: `verify` refuses it by its time. Threads may share
    one; several processes need a common memory in its place.
    """

    window: timedelta = TOLERANCE * 2
    _seen: dict[bytes, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def first_time(self, digest: bytes, seconds: int, now: datetime) -> bool:
        """Whether this message was not taken before; from now on it was."""
        oldest = int(_seconds(now)) - self.window.total_seconds()
        with self._lock:
            self._seen = {known: at for known, at in self._seen.items() if at >= oldest}
            if digest in self._seen:
                return False
            self._seen[digest] = seconds
            return True


def _parsed(header: str | None) -> tuple[int, list[str]]:
    if not header or len(header) > LONGEST_HEADER:
        raise NotSigned(f"The header {HEADER} is missing or too long.")
    parts = [part.strip().partition("=") for part in header.split(",")]
    times = [value for name, _, value in parts if name == "t"]
    macs = [value for name, _, value in parts if name == "v1"]
    if len(times) != 1 or not _TIME.fullmatch(times[0]):
        raise NotSigned(f"The header {HEADER} holds no time, or several.")
    if not 1 <= len(macs) <= MOST_KEYS or not all(_MAC.fullmatch(mac) for mac in macs):
        raise NotSigned(f"The header {HEADER} holds no signature v1 of 64 hexadecimal digits.")
    return int(times[0]), macs


def _mac(key: bytes, seconds: str, body: bytes) -> str:
    return hmac.new(key, seconds.encode() + b"." + body, hashlib.sha256).hexdigest()


def _digest(seconds: int, body: bytes) -> bytes:
    # Of what was signed, not of a signature: with one of two signatures taken off it is the same.
    return hashlib.sha256(str(seconds).encode() + b"." + body).digest()


def _seconds(time: datetime) -> str:
    if time.utcoffset() is None:
        raise ValueError("The time of a signature needs its zone.")
    return str(int(time.timestamp()))


def _check(keys: Sequence[bytes]) -> None:
    if not 1 <= len(keys) <= MOST_KEYS:
        raise WeakKey(f"Give from one to {MOST_KEYS} keys.")
    if any(len(key) < SHORTEST_KEY for key in keys):
        raise WeakKey(f"A key has at least {SHORTEST_KEY} bytes.")
