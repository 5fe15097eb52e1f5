"""Long work: the list, one job with its progress, cancel and try again."""

import time
import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.platform.jobs.actions import cancel_job, try_again
from primacy.platform.jobs.models import Job
from primacy.platform.jobs.queries import job_by_id
from primacy.platform.jobs.queries import jobs as jobs_of
from primacy.platform.jobs.rules import ENDED, JobState
from primacy.platform.jobs.watching import asked_to_cancel, progress_of
from primacy.platform.jobs.worker import run_next, wake
from primacy.rooms.places.facade import open_page

PATIENCE = 2.0
"""Seconds a request waits for short work, so that small files need no second page."""


def started(request: HttpRequest, mission: str, job: Job) -> HttpResponse:
    """Where to go after asking for work: its own page, or its result where it was quick."""
    if settings.PRIMACY_JOBS == "inline":
        run_next()
    else:
        wake.set()
    deadline = time.monotonic() + PATIENCE
    while True:
        job.refresh_from_db()
        if job.state in ENDED:
            return _result(request, mission, job)
        if time.monotonic() > deadline:
            return redirect("job", mission=mission, pk=job.pk)
        time.sleep(0.05)


def job_list(request: HttpRequest, mission: str) -> HttpResponse:
    """The long work this viewer asked for on the mission, newest first."""
    page = open_page(request, mission)
    context = page.context(
        place="imports",
        title=_("Long work"),
        purpose=_("What you asked this server to do: it goes on when you leave the page."),
        rows=list(jobs_of(page.viewer, page.mission.pk)[:100]),
    )
    return render(request, "web/jobs.html", context)


def job(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """One job: how far it is, or how it ended. Asked by script, only the part that changes."""
    page = open_page(request, mission)
    found = job_by_id(page.viewer, pk, page.mission.pk)
    context = page.context(
        place="imports",
        title=found.title,
        purpose=_("Long work: it goes on when you leave this page."),
        crumbs=[(_("Long work"), reverse("jobs", args=[mission]))],
        job=found,
        progress=progress_of(found.pk) if found.state == JobState.RUNNING else None,
        ended=found.state in ENDED,
        stopping=found.state == JobState.RUNNING and asked_to_cancel(found.pk) is not None,
        may_cancel=found.state in (JobState.QUEUED, JobState.RUNNING),
        may_retry=found.state == JobState.FAILED,
    )
    part = request.headers.get("HX-Request") == "true"
    return render(request, "web/job_state.html" if part else "web/job.html", context)


@require_POST
def cancel(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Cancels waiting work at once; running work stops at its next report."""
    page = open_page(request, mission)
    found = job_by_id(page.viewer, pk, page.mission.pk)
    cancel_job(actor=page.viewer, job=found)
    return redirect("job", mission=mission, pk=pk)


@require_POST
def again(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Puts work that an error stopped back in the queue."""
    page = open_page(request, mission)
    found = try_again(actor=page.viewer, job=job_by_id(page.viewer, pk, page.mission.pk))
    return started(request, mission, found)


def _result(request: HttpRequest, mission: str, job: Job) -> HttpResponse:
    """The page the result points to, with what there is to say."""
    if job.state == JobState.DONE:
        messages.success(request, job.message)
    elif job.state == JobState.REFUSED:
        messages.error(request, job.message)
    if job.state in (JobState.DONE, JobState.REFUSED) and (link := job.link or _origin(job)):
        return redirect(link)
    return redirect("job", mission=mission, pk=job.pk)


def _origin(job: Job) -> str:
    return str(job.arguments.get("from", ""))
