"""The worker: takes jobs up one by one, resumes those whose worker was killed, ends them."""

import datetime as dt
import logging
import threading
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.archive.leftovers import is_closed
from primacy.platform.database.viewer_scope import viewer_scope
from primacy.platform.jobs.actions import do_once, end_job, note_end, take_up
from primacy.platform.jobs.daily import ask_for_the_day
from primacy.platform.jobs.errors import JobCancelled
from primacy.platform.jobs.following import ask_after_acts
from primacy.platform.jobs.kinds import Outcome, Running, kind_named
from primacy.platform.jobs.models import Job
from primacy.platform.jobs.rules import JobState
from primacy.platform.jobs.watching import asked_to_cancel, running
from primacy.platform.policy import Denied, Viewer, operator, require

log = logging.getLogger("primacy.jobs")

IDLE = 2.0
"""Seconds between two looks at an empty queue."""

Scope = Callable[[Viewer], AbstractContextManager[object]]

wake = threading.Event()
"""Set when work is asked for in this process, so that its own worker need not wait."""


def run_next(scope: Scope = viewer_scope) -> bool:
    """True where a job was run (to whatever end); False where none could be taken up.

    `scope` opens what a viewer's reads need around the work (the database's own policies).
    """
    if is_closed(Path(settings.PRIMACY_HOME)):
        return False
    waiting = Job.objects.filter(state__in=(JobState.RUNNING, JobState.QUEUED))
    for job_id in list(waiting.order_by("recorded_at").values_list("pk", flat=True)):
        with running(job_id) as mine:
            if not mine:
                continue
            job = take_up(job_id)
            if job is None:
                continue
            _run(job, scope)
            return True
    return False


def ask_today(scope: Scope = viewer_scope) -> None:
    """Nothing; puts the work of the day in the queue, where nobody has yet."""
    if is_closed(Path(settings.PRIMACY_HOME)):
        return
    calendar = operator(_("calendar"))
    with scope(calendar):
        ask_for_the_day(calendar)


def ask_following(scope: Scope = viewer_scope) -> None:
    """Nothing; puts the work that follows acts in the queue, where such acts were done."""
    if is_closed(Path(settings.PRIMACY_HOME)):
        return
    calendar = operator(_("calendar"))
    with scope(calendar):
        ask_after_acts(calendar)


def run_until(stop: threading.Event, scope: Scope = viewer_scope) -> None:
    """Works until told to stop. A fault of the queue itself is logged and waited out."""
    asked: dt.date | None = None
    while not stop.is_set():
        close_old_connections()
        try:
            if asked != clock.today():
                ask_today(scope)
                asked = clock.today()
            ask_following(scope)
            worked = run_next(scope)
        except Exception:
            log.exception("the queue could not be read")
            worked = False
        if not worked:
            wake.wait(IDLE)
            wake.clear()
    connection.close()


def actor_of(job: Job) -> Viewer:
    """Who the work acts as: who asked, with the rights held now."""
    if job.recorded_by is not None:
        return viewer_of(job.recorded_by)
    return operator("job") if job.by_operator else operator("worker")


def _run(job: Job, scope: Scope) -> None:
    kind = kind_named(job.kind)
    refusals: tuple[type[Exception], ...] = (Denied, *kind.refusals)
    actor = actor_of(job)
    with scope(actor):
        try:
            if asked_to_cancel(job.pk) is not None:
                raise JobCancelled(asked_to_cancel(job.pk) or "")
            require(actor, kind.permission, job.mission_id)
            outcome = kind.work(Running(job.pk, actor, do_once), job.arguments)
        except JobCancelled as problem:
            end_job(job, JobState.CANCELLED, _("Cancelled by %(who)s.") % {"who": problem})
            note_end(actor=actor, job=job, act="cancelled")
        except refusals as problem:
            end_job(job, JobState.REFUSED, str(problem))
        except Exception as problem:
            log.exception("job %s (%s) failed", job.pk, job.kind)
            lines = traceback.format_exception_only(problem)
            end_job(job, JobState.FAILED, fault_text(), error="".join(lines))
            note_end(actor=actor, job=job, act="failed")
        else:
            _end_well(job, outcome)


def _end_well(job: Job, outcome: Outcome) -> None:
    end_job(job, JobState.DONE, outcome.message, link=outcome.link)


def fault_text() -> str:
    """What a person is told of a fault: the cause is for whoever runs the server."""
    return _(
        "Something went wrong on this server. Nothing was half saved. Try again; if it stays, "
        "tell whoever runs the server the time."
    )
