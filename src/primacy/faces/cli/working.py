"""`primacy worker` and `primacy work`: run and watch long work."""

import signal
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.site import open_site
from primacy.platform.archive.moved import require_here
from primacy.platform.jobs.actions import cancel_job, try_again
from primacy.platform.jobs.errors import UnknownJob
from primacy.platform.jobs.queries import job_by_id, jobs
from primacy.platform.jobs.watching import progress_of
from primacy.platform.jobs.worker import ask_following, ask_today, run_next, run_until

group = typer.Typer(help="Long work: imports and other jobs in the queue.", no_args_is_help=True)

STOP_WAIT = 10.0
"""Seconds the server waits for running work when it is told to stop; it is resumed later."""


def worker(
    once: Annotated[bool, typer.Option(help="run what waits now, then end")] = False,
) -> None:
    """Runs long work from the queue until Ctrl-C: for servers; `primacy serve` has its own."""
    open_site()
    require_here()
    if once:
        ask_today()
        ask_following()
        count = 0
        while run_next():
            count += 1
        say(f"{count} jobs run. The queue is empty.")
        return
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    say("Waiting for work. Ctrl-C stops; work that is stopped half-way is taken up again.")
    run_until(stop)


@contextmanager
def working_beside() -> Iterator[None]:
    """A worker in a thread of this process, for as long as the site is served."""
    stop = threading.Event()
    thread = threading.Thread(target=run_until, args=(stop,), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(STOP_WAIT)


@group.command("list")
def list_work(
    limit: Annotated[int, typer.Option(help="how many, newest first")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """The newest jobs with their state and progress."""
    lines = []
    for row in jobs(open_site())[:limit]:
        progress = progress_of(row.pk)
        share = f"{progress.percent} %" if progress and progress.percent is not None else ""
        lines.append(
            {
                "id": str(row.pk),
                "title": row.title,
                "state": row.state,
                "progress": share,
                "asked_at": row.recorded_at.isoformat(timespec="seconds"),
                "message": row.message or row.error,
            }
        )
    if as_json:
        print_json(lines)
        return
    heads = ("Id", "Work", "State", "Done", "Asked for", "What came of it")
    print_table("Long work", heads, [list(line.values()) for line in lines])


@group.command("cancel")
def cancel(job: Annotated[str, typer.Argument(help="id of the job")]) -> None:
    """Cancels a job: at once where it waits, at its next report where it runs."""
    me = open_site()
    found = cancel_job(actor=me, job=job_by_id(me, _id(job)))
    say("Told to stop." if found.state == "running" else "Cancelled. Nothing was changed.")


@group.command("again")
def again(job: Annotated[str, typer.Argument(help="id of the job")]) -> None:
    """Puts a job that an error stopped back in the queue."""
    me = open_site()
    try_again(actor=me, job=job_by_id(me, _id(job)))
    say("Back in the queue. A running server or `primacy worker` takes it up.")


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise UnknownJob(
            f"'{text[:40]}' is not the id of a job. `primacy work list` shows them."
        ) from None
