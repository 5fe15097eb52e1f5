"""Reading one file in a child process that may take so much memory and no more."""

import os
import pickle
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass

MEMORY = 300_000_000
SECONDS = 5.0


@dataclass(frozen=True)
class Outcome:
    """How a reader took a file: the refusal or what it gave, and what it cost."""

    refused_by: str
    said: str
    seconds: float
    grown: int

    @property
    def refused(self) -> bool:
        """True where the file as a whole was refused."""
        return bool(self.refused_by)


def read_confined(read: Callable[[], object], refusals: tuple[type[Exception], ...]) -> Outcome:
    """What a reader does with a file; anything but an answer or one of the refusals is raised."""
    inward, outward = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(inward)
        found: object
        try:
            found = _measured(read, refusals)
        except BaseException as problem:
            found = f"{type(problem).__name__}: {str(problem)[:500]}"
        with os.fdopen(outward, "wb") as pipe:
            pickle.dump(found, pipe)
        os._exit(0)
    os.close(outward)
    with os.fdopen(inward, "rb") as pipe:
        raw = pipe.read()
    _, status = os.waitpid(child, 0)
    assert raw, f"the reader died with status {status}"
    found = pickle.loads(raw)
    assert isinstance(found, Outcome), found
    return found


def _measured(read: Callable[[], object], refusals: tuple[type[Exception], ...]) -> Outcome:
    used = _pages("VmSize")
    before = _pages("VmRSS")
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    begun = time.process_time()
    by, said = "", ""
    try:
        said = repr(read())[:300]
    except refusals as problem:
        by, said = type(problem).__name__, str(problem)
    return Outcome(by, said, time.process_time() - begun, _pages("VmHWM") - before)


def _pages(name: str) -> int:
    """A figure of this process in bytes."""
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(name)) * 1024
