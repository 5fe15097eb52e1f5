"""Reads of jobs."""

import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from primacy.platform.jobs.errors import UnknownJob
from primacy.platform.jobs.kinds import kind_named
from primacy.platform.jobs.models import Job
from primacy.platform.policy import Viewer


def jobs(viewer: Viewer, mission_id: uuid.UUID | None = None) -> QuerySet[Job]:
    """The viewer's own jobs, newest first; all of them for the operator of the server."""
    rows = Job.objects.select_related("recorded_by")
    if mission_id is not None:
        rows = rows.filter(mission_id=mission_id)
    if viewer.is_operator:
        return rows
    if viewer.account_id is None:
        return rows.none()
    return rows.filter(Q(recorded_by_id=viewer.account_id))


def job_by_id(viewer: Viewer, job_id: uuid.UUID, mission_id: uuid.UUID | None = None) -> Job:
    """The job, for who asked for it or who holds the right of its kind on its mission."""
    rows = Job.objects.select_related("recorded_by").filter(pk=job_id)
    if mission_id is not None:
        rows = rows.filter(mission_id=mission_id)
    job = rows.first()
    if job is None or not _open_to(viewer, job):
        raise UnknownJob(_("There is no such work here, or it is not open to you."))
    return job


def _open_to(viewer: Viewer, job: Job) -> bool:
    if viewer.is_operator or (viewer.account_id and job.recorded_by_id == viewer.account_id):
        return True
    return viewer.has(kind_named(job.kind).permission, job.mission_id)
