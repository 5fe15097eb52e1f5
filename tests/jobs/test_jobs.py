"""Long work: rights, progress, cancel, refusals, faults, effects that happen once."""

import uuid
from collections.abc import Callable, Mapping

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from primacy.platform.accounts.actions import ensure_organisation
from primacy.platform.accounts.models import Organisation
from primacy.platform.audit.models import AuditEntry
from primacy.platform.imports.errors import ImportRefused
from primacy.platform.jobs import kinds
from primacy.platform.jobs.actions import ask_for_work, cancel_job, take_up, try_again
from primacy.platform.jobs.errors import BadJobState, UnknownJob
from primacy.platform.jobs.kinds import Kind, Outcome, Running
from primacy.platform.jobs.models import Job
from primacy.platform.jobs.queries import job_by_id, jobs
from primacy.platform.jobs.rules import ATTEMPTS, ENDED, MOVES, JobState
from primacy.platform.jobs.watching import asked_to_cancel, note_progress, progress_of, running
from primacy.platform.jobs.worker import run_next
from primacy.platform.policy import Denied, Viewer
from tests.conftest import STEWARD as OPERATOR
from tests.conftest import Board

Register = Callable[[Callable[[Running, Mapping[str, str]], Outcome]], None]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Register:
    """Puts a function in as the kind of work "test"."""

    def register(function: Callable[[Running, Mapping[str, str]], Outcome]) -> None:
        kind = Kind("test", "imports.run", function, refusals=(ImportRefused,))
        monkeypatch.setitem(kinds._kinds, "test", kind)

    return register


def ask(viewer: Viewer, board: Board, **arguments: str) -> Job:
    return ask_for_work(
        actor=viewer,
        kind="test",
        title="A test",
        mission_id=board.mission.pk,
        arguments=arguments,
    )


def test_work_runs_with_the_rights_of_who_asked(board: Board, work: Register) -> None:
    seen = []

    def note(run: Running, arguments: Mapping[str, str]) -> Outcome:
        seen.append((run.actor.account_id, dict(arguments)))
        return Outcome("noted", "/there/")

    work(note)
    job = ask(board["planner"], board, what="this")
    assert run_next()
    job.refresh_from_db()
    assert (job.state, job.message, job.link) == (JobState.DONE, "noted", "/there/")
    assert seen == [(board["planner"].account_id, {"what": "this"})]
    assert not run_next()


def test_asking_needs_the_right_of_the_kind(board: Board, work: Register) -> None:
    work(lambda run, arguments: Outcome(""))
    with pytest.raises(Denied):
        ask(board["donor"], board)
    assert not Job.objects.exists()


def test_rights_taken_away_while_waiting_stop_the_work(board: Board, work: Register) -> None:
    def never(run: Running, arguments: Mapping[str, str]) -> Outcome:
        raise AssertionError("this must not run")

    work(never)
    job = ask(board["planner"], board)
    board.accounts["planner"].grants.all().delete()
    run_next()
    job.refresh_from_db()
    assert job.state == JobState.REFUSED
    assert "may not" in job.message


def test_a_refusal_is_told_and_a_fault_hides_its_cause(board: Board, work: Register) -> None:
    def refuse(run: Running, arguments: Mapping[str, str]) -> Outcome:
        if arguments["how"] == "refuse":
            raise ImportRefused("Row 3 has no date.")
        raise ZeroDivisionError("secret name")

    work(refuse)
    refused, failed = (ask(board["planner"], board, how=how) for how in ("refuse", "fail"))
    run_next()
    run_next()
    refused.refresh_from_db()
    failed.refresh_from_db()
    assert (refused.state, refused.message) == (JobState.REFUSED, "Row 3 has no date.")
    assert failed.state == JobState.FAILED
    assert "secret name" not in failed.message
    assert "secret name" in failed.error
    assert AuditEntry.objects.filter(action="jobs.job.failed").count() == 1


def test_effects_happen_once_over_a_retry(board: Board, work: Register) -> None:
    broken = [True]

    def make(run: Running, arguments: Mapping[str, str]) -> Outcome:
        name = f"made {Organisation.objects.filter(name__startswith='made').count()}"
        first = run.once("make", lambda: str(ensure_organisation(actor=OPERATOR, name=name).pk))
        if broken.pop() if broken else False:
            raise RuntimeError("after the first effect")
        return Outcome(str(first))

    work(make)
    job = ask(board["planner"], board)
    run_next()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    try_again(actor=board["planner"], job=job)
    run_next()
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert Organisation.objects.filter(name__startswith="made").count() == 1
    assert job.message == str(Organisation.objects.get(name="made 0").pk)


def test_an_effect_that_fails_leaves_no_note_of_itself(board: Board, work: Register) -> None:
    def half(run: Running, arguments: Mapping[str, str]) -> Outcome:
        def effect() -> object:
            ensure_organisation(actor=OPERATOR, name="half")
            raise ImportRefused("not this time")

        run.once("make", effect)
        return Outcome("")

    work(half)
    job = ask(board["planner"], board)
    run_next()
    assert not Organisation.objects.filter(name="half").exists()
    assert not job.effects.exists()


def test_cancel_before_it_begins(board: Board, work: Register) -> None:
    work(lambda run, arguments: Outcome("ran"))
    job = ask(board["planner"], board)
    cancel_job(actor=board["planner"], job=job)
    assert not run_next()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_cancel_while_it_runs_takes_back_what_was_written(board: Board, work: Register) -> None:
    def long(run: Running, arguments: Mapping[str, str]) -> Outcome:
        def effect() -> object:
            ensure_organisation(actor=OPERATOR, name="taken back")
            cancel_job(actor=board["planner"], job=Job.objects.get(pk=run.job_id))
            run._noted = 0
            run.progress(1, 2)
            return None

        run.once("make", effect)
        return Outcome("ran to its end")

    work(long)
    job = ask(board["planner"], board)
    run_next()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert "planner" in job.message
    assert not Organisation.objects.filter(name="taken back").exists()
    assert asked_to_cancel(job.pk) is None


def test_progress_tells_share_and_time_left(settings: LazySettings, tmp_path: object) -> None:
    settings.PRIMACY_HOME = tmp_path
    job = uuid.uuid4()
    assert progress_of(job) is None
    import time

    note_progress(job, 25, 100, "rows", time.monotonic() - 10)
    told = progress_of(job)
    assert told is not None
    assert (told.percent, told.left_seconds, told.text) == (25, 30, "rows")
    note_progress(job, 5, None, "pages", time.monotonic())
    told = progress_of(job)
    assert told is not None
    assert (told.percent, told.left_seconds) == (None, None)


def test_work_that_another_process_runs_is_left_alone(board: Board, work: Register) -> None:
    work(lambda run, arguments: Outcome("ran"))
    job = ask(board["planner"], board)
    with running(job.pk) as mine:
        assert mine
        assert not run_next()
    assert run_next()


def test_work_whose_worker_died_is_taken_up_a_few_times_only(board: Board, work: Register) -> None:
    work(lambda run, arguments: Outcome("ran"))
    job = ask(board["planner"], board)
    for attempt in range(1, ATTEMPTS + 1):
        taken = take_up(job.pk)
        assert taken is not None
        assert taken.attempts == attempt
    assert take_up(job.pk) is None
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_only_the_machine_that_ran_it_takes_work_up_again(board: Board, work: Register) -> None:
    work(lambda run, arguments: Outcome("ran"))
    job = ask(board["planner"], board)
    take_up(job.pk)
    Job.objects.update(host="elsewhere")
    assert take_up(job.pk) is None
    assert Job.objects.get().attempts == 1


def test_ended_work_stays_ended(board: Board, work: Register) -> None:
    work(lambda run, arguments: Outcome("ran"))
    job = ask(board["planner"], board)
    run_next()
    assert all(not MOVES[state] for state in ENDED - {JobState.FAILED})
    with pytest.raises(BadJobState):
        cancel_job(actor=board["planner"], job=job)
    with pytest.raises(BadJobState):
        try_again(actor=board["planner"], job=job)


def test_others_do_not_see_it(board: Board, work: Register) -> None:
    work(lambda run, arguments: Outcome("ran"))
    job = ask(board["planner"], board)
    assert list(jobs(board["planner"])) == [job]
    assert not jobs(board["adviser"]).exists()
    assert job_by_id(board["operations"], job.pk) == job
    with pytest.raises(UnknownJob):
        job_by_id(board["donor"], job.pk)


def test_pages_of_work(board: Board, work: Register, client: Client) -> None:
    work(lambda run, arguments: Outcome("It is done."))
    client.force_login(board.accounts["planner"])
    job = ask(board["planner"], board)
    address = reverse("job", args=["exercise", job.pk])
    waiting = client.get(address).content.decode()
    assert "Waiting for its turn" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="job"')
    run_next()
    done = client.get(address).content.decode()
    assert "It is done." in done
    assert "hx-trigger" not in done
    assert "A test" in client.get(reverse("jobs", args=["exercise"])).content.decode()
    client.force_login(board.accounts["donor"])
    assert client.get(address).status_code == 404
    assert client.post(f"{address}cancel/").status_code == 404
