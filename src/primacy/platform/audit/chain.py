"""The hash chain: canonical text of an entry, its hash, and the check of a whole run."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

START = "0" * 64
"""What the first entry is chained to."""

HASHED = (
    "sequence",
    "at",
    "actor_id",
    "actor_label",
    "action",
    "subject_type",
    "subject_id",
    "mission_id",
    "body",
    "previous_hash",
)


def canonical(body: Mapping[str, object]) -> str:
    """The one text of a body: sorted keys, no spaces, so that its hash can be repeated."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def entry_hash(values: Mapping[str, object]) -> str:
    """SHA-256 over the length-prefixed fields of an entry and the hash before it."""
    digest = hashlib.sha256()
    for name in HASHED:
        text = str(values[name]).encode()
        # The length goes first: moving a character from one field to the next changes the hash.
        digest.update(f"{name}:{len(text)}:".encode())
        digest.update(text)
    return digest.hexdigest()


@dataclass(frozen=True)
class Verification:
    """The outcome of a check of the chain."""

    entries: int
    head: str
    broken_at: int | None
    reason: str

    @property
    def intact(self) -> bool:
        """True where every entry follows from the one before."""
        return self.broken_at is None


def verify_chain(entries: Iterable[Mapping[str, object]], start: str = START) -> Verification:
    """Checks entries in order of sequence; stops at the first that does not follow."""
    previous, count = start, 0
    for expected, entry in enumerate(entries, start=1):
        number = int(str(entry["sequence"]))
        if number != expected:
            return Verification(count, previous, expected, f"entry {expected} is missing")
        if entry["previous_hash"] != previous:
            return Verification(count, previous, number, "it does not follow the entry before it")
        if entry["hash"] != entry_hash(entry):
            return Verification(count, previous, number, "its content was changed after writing")
        previous, count = str(entry["hash"]), count + 1
    return Verification(count, previous, None, "every entry follows from the one before")
