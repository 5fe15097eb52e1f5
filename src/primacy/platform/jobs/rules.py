"""States of a job and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """How far a job came."""

    QUEUED = "queued", _("Waiting for its turn")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused: nothing was changed")
    FAILED = "failed", _("Stopped by an error")
    CANCELLED = "cancelled", _("Cancelled: nothing was changed")


MOVES: dict[str, frozenset[str]] = {
    JobState.QUEUED: frozenset({JobState.RUNNING, JobState.CANCELLED}),
    # Running again: the worker before it was killed, and another one took the job up.
    JobState.RUNNING: frozenset(
        {
            JobState.RUNNING,
            JobState.DONE,
            JobState.REFUSED,
            JobState.FAILED,
            JobState.CANCELLED,
        }
    ),
    JobState.DONE: frozenset(),
    JobState.REFUSED: frozenset(),
    JobState.FAILED: frozenset({JobState.QUEUED}),
    JobState.CANCELLED: frozenset(),
}

ENDED = frozenset({JobState.DONE, JobState.REFUSED, JobState.FAILED, JobState.CANCELLED})

ATTEMPTS = 3
"""How often a job is taken up again after its worker was killed; then it needs a person."""


def may_move(state: str, target: str) -> bool:
    """True where the table has this move."""
    return target in MOVES[JobState(state)]
