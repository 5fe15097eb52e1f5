"""Killing a process in the middle of an act, at a moment nobody chose."""

import os
import random
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field

BEGUN, ENDED = b"b", b"e"
LONGEST = 60.0


@dataclass
class Tally:
    """Kills by act: how many hit inside, how many came after the act had ended."""

    inside: dict[str, int] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)

    @property
    def hits(self) -> int:
        """All kills that hit inside an act."""
        return sum(self.inside.values())

    def note(self, name: str, hit: bool) -> None:
        """Counts one kill."""
        counts = self.inside if hit else self.late
        counts[name] = counts.get(name, 0) + 1


def _child(act: Callable[[], None]) -> tuple[int, int]:
    """A process that does the act and says when it begins and ends: its id, where it says so."""
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    code = 1
    try:
        os.close(reader)
        os.write(writer, BEGUN)
        act()
        os.write(writer, ENDED)
        code = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


def _said(reader: int, seconds: float) -> bytes:
    ready, _, _ = select.select([reader], [], [], seconds)
    return os.read(reader, 1) if ready else b""


def undisturbed(act: Callable[[], None]) -> float:
    """Seconds an act takes in a process of its own; fails where the act fails."""
    child, reader = _child(act)
    try:
        assert _said(reader, LONGEST) == BEGUN
        started = time.monotonic()
        assert _said(reader, LONGEST) == ENDED, "the act failed on its own"
        return time.monotonic() - started
    finally:
        os.close(reader)
        os.waitpid(child, 0)


def killed(act: Callable[[], None], seconds: float, chance: random.Random) -> bool:
    """True where the kill hit inside the act, at a random moment of the time it usually takes."""
    child, reader = _child(act)
    try:
        assert _said(reader, LONGEST) == BEGUN
        time.sleep(chance.uniform(0, seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return _said(reader, 0) != ENDED
    finally:
        os.close(reader)
