"""Work that is due once a day: rooms register it, the worker asks for it and runs it.

It is a job like any other: on record in the queue, kept with what came of it, resumed when its
worker dies. Whoever starts a worker, once or for good, has the day's work done.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from primacy.platform import clock
from primacy.platform.jobs.actions import ask_for_work
from primacy.platform.jobs.kinds import Work, kind_of_work
from primacy.platform.jobs.models import Job
from primacy.platform.jobs.rules import JobState
from primacy.platform.jobs.watching import running
from primacy.platform.policy import Viewer

NAMESPACE = uuid.UUID("6f1f5d6e-6f1b-5a7c-9a58-0a6c2d1f7b11")
"""Makes the name of the lock under which a day's work is asked for."""

_titles: dict[str, str | Promise] = {}


@dataclass(frozen=True)
class Due:
    """The day that work is for, and the day it was last done for; None where it never was."""

    day: dt.date
    since: dt.date | None


def every_day(code: str, *, permission: str, title: str | Promise) -> Callable[[Work], Work]:
    """A decorator that registers a function as work of each day; `due` tells it which days."""

    def register(work: Work) -> Work:
        _titles[code] = title
        return kind_of_work(code, permission=permission)(work)

    return register


def ask_for_the_day(actor: Viewer) -> list[Job]:
    """The work of the day that nobody had asked for yet, now in the queue."""
    day = clock.today()
    made = []
    for code, title in _titles.items():
        with running(uuid.uuid5(NAMESPACE, code)) as alone:
            asked = Job.objects.filter(kind=code, arguments__day=day.isoformat())
            if not alone or asked.exists():
                continue
            made.append(
                ask_for_work(
                    actor=actor,
                    kind=code,
                    title=str(title),
                    mission_id=None,
                    arguments={"day": day.isoformat()},
                )
            )
    return made


def due(code: str, day: dt.date) -> Due:
    """The day with the last one before it for which this work was done."""
    done = Job.objects.filter(kind=code, state=JobState.DONE).values_list("arguments", flat=True)
    # Work of the same kind that followed an act was done for no day.
    told = [str(arguments["day"]) for arguments in done if "day" in arguments]
    days = [dt.date.fromisoformat(day) for day in told]
    return Due(day, max((one for one in days if one <= day), default=None))
