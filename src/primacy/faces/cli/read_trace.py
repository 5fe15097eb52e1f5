"""Writes down which protected records a command prints, before they reach the terminal or pipe."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from primacy.platform.policy.reads import Collection


class TracedOutput:
    """Standard output that lets nothing out before the reads behind it are on record."""

    def __init__(self, behind: TextIO, reads: Collection) -> None:
        self._behind = behind
        self._reads = reads

    def write(self, text: str) -> int:
        """How many characters were written."""
        self._reads.write()
        return self._behind.write(text)

    def __getattr__(self, name: str) -> object:
        return getattr(self._behind, name)


@contextmanager
def command_reads(arguments: Sequence[str]) -> Iterator[None]:
    """Gathers the reads of one command; what it did not print is written at its end."""
    # Only the words that name the command: an option's value may be a secret.
    words: list[str] = []
    for argument in arguments:
        if argument.startswith("-") or len(words) == 2:
            break
        words.append(argument)
    reads = Collection(" ".join(["primacy", *words]))
    behind = sys.stdout
    sys.stdout = TracedOutput(behind, reads)
    try:
        with reads.open():
            yield
    finally:
        sys.stdout = behind
        reads.write()
