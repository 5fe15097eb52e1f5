"""Work that follows acts: asked for once such an act is on record, one job at a time."""

from collections.abc import Mapping

import pytest

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.jobs import daily, following, kinds
from primacy.platform.jobs.actions import take_up
from primacy.platform.jobs.following import after_acts, ask_after_acts
from primacy.platform.jobs.kinds import Outcome, Running
from primacy.platform.jobs.models import Job
from primacy.platform.jobs.rules import JobState
from primacy.platform.jobs.worker import ask_following, run_next
from tests.conftest import STEWARD

KIND = "test.follow"


@pytest.fixture(autouse=True)
def followed(monkeypatch: pytest.MonkeyPatch, db: None) -> list[str]:
    """One kind of work that follows acts on maps and boats; the places it was told of."""
    monkeypatch.setattr(following, "_following", {})
    monkeypatch.setattr(following, "_looked", {})
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    told: list[str] = []

    @after_acts(KIND, prefixes=("map.", "boat.sail."), permission="imports.run", title="Follow")
    def follow(run: Running, arguments: Mapping[str, str]) -> Outcome:
        told.append(arguments["seen"])
        act("followed.done")
        return Outcome("done")

    return told


def act(name: str) -> str:
    """Puts an act on record; its number."""
    return str(record(STEWARD, name, None, {}).sequence)


def asked() -> int:
    return len(ask_after_acts(STEWARD))


def test_an_act_it_follows_asks_for_it_once_and_no_other_act_does(followed: list[str]) -> None:
    act("boat.build")
    assert asked() == 0
    number = act("map.draw")
    assert asked() == 1
    assert Job.objects.get().title == "Follow"
    assert run_next()
    assert followed == [number]
    assert asked() == 0, "nor does its own act"
    act("boat.build")
    act("boat.sail.away")
    assert asked() == 1


def test_one_job_at_a_time_and_what_was_done_meanwhile_is_followed_next(
    followed: list[str],
) -> None:
    act("map.draw")
    assert asked() == 1
    act("map.fold")
    assert asked() == 0, "one waits"
    job = Job.objects.get()
    assert take_up(job.pk) is not None
    assert asked() == 0, "one runs"
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
    assert asked() == 1
    assert run_next()
    assert asked() == 0


def test_a_worker_that_was_stopped_makes_up_for_what_happened(
    monkeypatch: pytest.MonkeyPatch, followed: list[str]
) -> None:
    act("map.draw")
    ask_following()
    assert run_next()
    assert asked() == 0
    number = act("map.fold")
    monkeypatch.setattr(following, "_looked", {})
    ask_following()
    assert run_next()
    assert followed[-1] == number
    monkeypatch.setattr(following, "_looked", {})
    assert asked() == 0


def test_work_that_failed_is_not_asked_for_again_until_something_happens() -> None:
    act("map.draw")
    assert asked() == 1
    Job.objects.update(state=JobState.FAILED)
    assert asked() == 0
    act("map.draw")
    assert asked() == 1


def test_it_remembers_how_far_it_looked() -> None:
    for _number in range(20):
        act("boat.build")
    assert asked() == 0
    place = following._looked[KIND]
    act("boat.build")
    assert asked() == 0
    assert following._looked[KIND].sequence == place.sequence + 1


def test_work_of_the_day_of_the_same_kind_counts_days_alone() -> None:
    act("map.draw")
    assert asked() == 1
    assert run_next()
    assert daily.due(KIND, clock.today()).since is None
