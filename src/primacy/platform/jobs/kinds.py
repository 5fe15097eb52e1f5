"""The kinds of long work: each room registers its own, with the right it needs."""

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from primacy.platform.jobs.errors import JobCancelled, UnknownJob
from primacy.platform.jobs.watching import asked_to_cancel, note_progress
from primacy.platform.policy import Viewer

PAUSE = 0.3
"""Seconds between two notes of progress, however often the work reports."""


@dataclass
class Running:
    """What the work is given: who asked, and how to report, look for a wish to cancel, do once."""

    job_id: uuid.UUID
    actor: Viewer
    _once: Callable[[uuid.UUID, str, Callable[[], object]], object]
    _started: float = field(default_factory=time.monotonic)
    _noted: float = 0.0

    def progress(self, done: int, total: int | None = None, text: str = "") -> None:
        """Reports how far the work is; raises `JobCancelled` where somebody cancelled it."""
        moment = time.monotonic()
        if moment - self._noted < PAUSE and done != total:
            return
        self._noted = moment
        who = asked_to_cancel(self.job_id)
        if who is not None:
            raise JobCancelled(who)
        note_progress(self.job_id, done, total, text, self._started)

    def once(self, key: str, effect: Callable[[], object]) -> object:
        """The result of an effect that happens at most once, however often the job is resumed.

        The effect and the note that it happened are one transaction. Its result must be JSON.
        """
        return self._once(self.job_id, key, effect)


@dataclass(frozen=True)
class Outcome:
    """What the work says at its end: a sentence, and the page to look at next."""

    message: str
    link: str = ""


Work = Callable[[Running, Mapping[str, str]], Outcome]


@dataclass(frozen=True)
class Kind:
    """A kind of work.

    It must be safe to start again from its beginning: state it has written is looked at first,
    and effects go through `Running.once`.
    """

    code: str
    permission: str
    work: Work
    refusals: tuple[type[Exception], ...] = ()


_kinds: dict[str, Kind] = {}


def kind_of_work(
    code: str, *, permission: str, refusals: tuple[type[Exception], ...] = ()
) -> Callable[[Work], Work]:
    """A decorator that registers a function as a kind of work.

    `refusals` are the errors whose message a person can act on; others are faults.
    """

    def register(work: Work) -> Work:
        _kinds[code] = Kind(code=code, permission=permission, work=work, refusals=refusals)
        return work

    return register


def kind_named(code: str) -> Kind:
    """The kind with this code; `UnknownJob` where no room registered it."""
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownJob(
            _("No room of this site does work of the kind '%(code)s'.") % {"code": code}
        ) from None
