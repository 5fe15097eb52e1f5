"""Acts on jobs: ask, cancel, try again; and, for the worker, take up, do once, end."""

import socket
import uuid
from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.jobs.errors import BadJobState
from primacy.platform.jobs.kinds import kind_named
from primacy.platform.jobs.models import Job, JobEffect
from primacy.platform.jobs.rules import ATTEMPTS, ENDED, JobState, may_move
from primacy.platform.jobs.watching import ask_to_cancel, forget
from primacy.platform.policy import Viewer, require


def ask_for_work(
    *,
    actor: Viewer,
    kind: str,
    title: str,
    mission_id: uuid.UUID | None,
    arguments: Mapping[str, str],
) -> Job:
    """A new job in the queue; the right of its kind is checked now and again when it runs."""
    require(actor, kind_named(kind).permission, mission_id)
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            title=title[:300],
            mission_id=mission_id,
            arguments=dict(arguments),
            by_operator=actor.is_operator,
            recorded_by_id=actor.account_id,
        )
        record(actor, "jobs.job.ask", job, {"kind": kind, "title": title[:300]})
    return job


def cancel_job(*, actor: Viewer, job: Job) -> Job:
    """The job, cancelled at once where it waits; where it runs, its work is told to stop."""
    require(actor, kind_named(job.kind).permission, job.mission_id)
    # Told first and beside the database: the running work may hold the only write lock.
    ask_to_cancel(job.pk, actor.label)
    if Job.objects.only("state").get(pk=job.pk).state == JobState.RUNNING:
        return job
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk)
        if job.state in ENDED:
            raise BadJobState(
                _("This work has ended already: %(state)s.") % {"state": job.get_state_display()}
            )
        if job.state == JobState.QUEUED:
            _end(job, JobState.CANCELLED, _("Cancelled before it began."))
            record(actor, "jobs.job.cancelled", job, {"by": actor.label})
    return job


def try_again(*, actor: Viewer, job: Job) -> Job:
    """A job that an error stopped, back in the queue; effects it has had are not repeated."""
    require(actor, kind_named(job.kind).permission, job.mission_id)
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk)
        _move(job, JobState.QUEUED)
        job.attempts, job.ended_at, job.error, job.message = 0, None, "", ""
        job.save()
        record(actor, "jobs.job.again", job, {})
    return job


def take_up(job_id: uuid.UUID) -> Job | None:
    """The job, now running here; None where it cannot run. The caller holds the job's lock."""
    here = socket.gethostname()
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id).first()
        if job is None or not may_move(job.state, JobState.RUNNING):
            return None
        if job.state == JobState.RUNNING and job.host != here:
            # Only the machine that ran it can know that its worker is dead.
            return None
        if job.attempts >= ATTEMPTS:
            end_job(
                job, JobState.FAILED, _("Its worker was stopped %(n)d times.") % {"n": ATTEMPTS}
            )
            return None
        _move(job, JobState.RUNNING)
        job.attempts += 1
        job.host = here
        job.started_at = clock.now()
        job.save()
    return job


def do_once(job_id: uuid.UUID, key: str, effect: Callable[[], object]) -> object:
    """The result of the effect, had now or by an earlier run of the job."""
    with transaction.atomic():
        # The job's row is held, so that two workers could not both find nothing.
        Job.objects.select_for_update().only("pk").get(pk=job_id)
        earlier = JobEffect.objects.filter(job_id=job_id, key=key).first()
        if earlier is not None:
            return earlier.result
        result = effect()
        JobEffect.objects.create(job_id=job_id, key=key, result=result)
    return result


def end_job(job: Job, state: JobState, message: str, *, error: str = "", link: str = "") -> None:
    """Ends a running job with what there is to say of it."""
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk)
        _end(job, state, message, error=error, link=link)
    forget(job.pk)


def note_end(*, actor: Viewer, job: Job, act: str) -> None:
    """Leaves the audit entry of a job that was cancelled or failed while it ran."""
    record(actor, f"jobs.job.{act}", job, {"kind": job.kind, "attempts": job.attempts})


def _end(job: Job, target: JobState, message: str, *, error: str = "", link: str = "") -> None:
    _move(job, target)
    job.message, job.error, job.link = message, error[:4000], link
    job.ended_at = clock.now()
    job.save()


def _move(job: Job, target: JobState) -> None:
    """Puts the job in its next state, unsaved; `BadJobState` where the table has no such move."""
    if not may_move(job.state, target):
        raise BadJobState(
            _("This work is '%(now)s' and cannot become '%(then)s'. Nothing was changed.")
            % {"now": job.get_state_display(), "then": target.label}
        )
    job.state = target
