"""An alert from the first word to the answer that is told back, and what it may not do."""

import contextlib
import copy
import datetime as dt
import random
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from primacy.platform import clock
from primacy.platform.policy import Denied, Marking
from primacy.rooms.warning.actions import (
    hand_over,
    join,
    mark_alert,
    move_alert,
    put_levels_in_force,
)
from primacy.rooms.warning.actions.holding import kept_value
from primacy.rooms.warning.errors import BadAlert, StepRefused, WarningError
from primacy.rooms.warning.models import Alert, AlertStep
from primacy.rooms.warning.queries import alerts, overdue, steps_of, waiting
from primacy.rooms.warning.rules import (
    ALERT_MOVES,
    DEFAULT_MINUTES,
    RUNNING,
    acts_from,
    levels_of_escalation,
    rebuilt,
)
from tests.rooms.warning.conftest import Watch, ago


def stored(alert: Alert) -> dict[str, object]:
    """Every field of an alert that its steps must be able to make again, as the row has it."""
    row = Alert.objects.get(pk=alert.pk)
    left_out = {"id", "mission", "number", "recorded_at", "recorded_by", "compartment"}
    return {
        field.attname: kept_value(getattr(row, field.attname))
        for field in Alert._meta.concrete_fields
        if field.name not in left_out
    }


def made_of_steps(watch: Watch, alert: Alert) -> dict[str, object]:
    """The same, made of the alert's steps alone; what no step ever set is as it began."""
    row = Alert.objects.get(pk=alert.pk)
    steps = steps_of(watch["operations"], row).values_list("changes", flat=True)
    begun = {
        field.attname: kept_value(field.get_default())
        for field in Alert._meta.concrete_fields
        if field.attname in stored(row)
    }
    return begun | rebuilt(steps)


def test_an_alert_goes_from_the_first_word_to_what_is_told_back(watch: Watch) -> None:
    alert = watch.to("fed_back")
    assert alert.state == "fed_back"
    times = [alert.received_at, alert.triaged_at, alert.acknowledged_at, alert.tasked_at,
             alert.departed_at, alert.on_site_at, alert.closed_at, alert.fed_back_at]  # fmt: skip
    assert times == sorted(times)  # type: ignore[type-var]
    assert alert.due_at is None
    assert alert.owner_id == watch["operations"].account_id
    acts = [step.act for step in steps_of(watch["operations"], alert)]
    assert acts == ["receive", "triage", "acknowledge", "task", "depart", "arrive", "close",
                    "feed_back"]  # fmt: skip


@pytest.mark.parametrize("state", sorted({state for state, _act in ALERT_MOVES} - {"merged"}))
def test_what_a_state_does_not_know_is_refused_with_what_it_can(watch: Watch, state: str) -> None:
    reach = {"monitored": "acknowledged", "passed_on": "acknowledged"}.get(state, state)
    alert = watch.to(reach)
    if reach != state:
        act = "monitor" if state == "monitored" else "pass_on"
        alert = watch.step(alert, act, reason="Told to wait.")
    known = set(acts_from(state))
    before = stored(alert)
    for act in {act for _state, act in ALERT_MOVES} - known - {"hand_over", "join"}:
        with pytest.raises(StepRefused, match="It can: "):
            watch.step(copy.copy(alert), act)
    assert stored(alert) == before


def test_nothing_is_closed_without_what_came_of_it(watch: Watch) -> None:
    alert = watch.to("acknowledged")
    for given, missing in (
        ({"outcome": ""}, "unknown' is an answer"),
        ({"outcome": "no"}, "say why nothing was done"),
        ({"outcome": "no", "no_action": "other"}, "other reason in words"),
        ({"outcome": "prevented", "no_action": "over"}, "on what evidence"),
    ):
        with pytest.raises(StepRefused, match=missing):
            watch.step(alert, "close", **given)
    closed = watch.step(alert, "close", outcome="no", no_action="not_credible")
    assert (closed.state, closed.decision, closed.no_action) == (
        "closed", "no_action", "not_credible",
    )  # fmt: skip


def test_times_are_neither_to_come_nor_before_the_last_step(watch: Watch) -> None:
    alert = watch.enter(received_at=ago(60))
    with pytest.raises(StepRefused, match="still to come"):
        watch.step(alert, "triage", at=ago(-5))
    alert = watch.step(alert, "triage", at=ago(50))
    with pytest.raises(StepRefused, match="before the last step"):
        watch.step(alert, "acknowledge", at=ago(55))
    assert watch.step(alert, "acknowledge", at=ago(50)).state == "acknowledged"


def test_clocks_run_by_urgency_and_a_second_look_does_not_set_them_back(watch: Watch) -> None:
    late = watch.enter(received_at=ago(16), urgency="expected")
    later = watch.enter(received_at=ago(16), urgency="future")
    assert list(overdue(watch["operations"], watch.mission, clock.now())) == [late]
    late = watch.step(late, "triage", at=ago(10))
    due = late.due_at
    assert due is not None
    assert abs((due - ago(-20)).total_seconds()) < 5
    again = watch.step(late, "triage")
    assert again.due_at == due
    assert list(waiting(watch["operations"], watch.mission)) == [late, later]


def test_an_overdue_step_is_escalated_by_allowances_gone(watch: Watch) -> None:
    since = ago(100)
    due = since + dt.timedelta(minutes=30)
    at = [levels_of_escalation(due, since, since + dt.timedelta(minutes=m))
          for m in (10, 30, 31, 61, 95, 500)]  # fmt: skip
    assert at == [0, 0, 1, 2, 3, 3]


def test_a_mission_sets_its_own_times(watch: Watch) -> None:
    minutes = copy.deepcopy(DEFAULT_MINUTES)
    minutes["expected"]["triage"] = 3
    with pytest.raises(Denied):
        put_levels_in_force(actor=watch["adviser"], mission=watch.mission, minutes=minutes,
                            reason="Hotline is manned.")  # fmt: skip
    broken = {**minutes, "past": {**minutes["past"], "close": 0}}
    with pytest.raises(BadAlert, match="Past, close: give whole minutes"):
        put_levels_in_force(actor=watch["planner"], mission=watch.mission, minutes=broken,
                            reason="Hotline is manned.")  # fmt: skip
    put_levels_in_force(actor=watch["planner"], mission=watch.mission, minutes=minutes,
                        reason="Hotline is manned.")  # fmt: skip
    alert = watch.enter(urgency="expected")
    assert alert.due_at == alert.received_at + dt.timedelta(minutes=3)


def test_two_alerts_of_the_same_are_joined_and_parted(watch: Watch) -> None:
    first, second = watch.enter(), watch.enter(text="Men with guns at the ford")
    joined = join(actor=watch["operations"], alert=second, to=first, reason="Same ford and hour.")
    assert (joined.state, joined.joined_to_id, joined.due_at) == ("merged", first.pk, None)
    with pytest.raises(BadAlert, match="joined to another itself"):
        join(actor=watch["operations"], alert=first, to=joined, reason="Same.")
    back = move_alert(actor=watch["operations"], alert=joined, act="part", reason="Two groups.")
    assert (back.state, back.joined_to_id) == ("received", None)
    assert back.due_at is not None


def test_an_alert_is_handed_over_to_who_works_there_and_may_see_it(watch: Watch) -> None:
    alert, accounts = watch.to("acknowledged"), watch.desk.accounts
    with pytest.raises(BadAlert, match="does not work at the desk"):
        hand_over(actor=watch["operations"], alert=alert, to=accounts["of_other"])
    alert = hand_over(actor=watch["operations"], alert=alert, to=accounts["operations_2"])
    assert alert.owner_id == accounts["operations_2"].pk


def test_a_step_on_record_is_never_changed(watch: Watch) -> None:
    alert = watch.to("triaged")
    for statement in ("UPDATE warning_alertstep SET act = 'x'", "DELETE FROM warning_alertstep"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert AlertStep.objects.filter(alert=alert).count() == 2


def test_only_the_desk_moves_an_alert(watch: Watch) -> None:
    alert = watch.enter()
    for label in ("planner", "adviser", "of_other", "overseer", "human_rights"):
        with pytest.raises(Denied):
            move_alert(actor=watch[label], alert=alert, act="acknowledge")


def test_any_walk_can_be_made_again_of_its_steps(watch: Watch) -> None:
    chance = random.Random(6)
    alert, other = watch.enter(), watch.enter()
    acts = sorted({act for _state, act in ALERT_MOVES})
    done = 0
    for _turn in range(150):
        act = chance.choice([*acts, *acts_from(Alert.objects.get(pk=alert.pk).state) * 4])
        row = Alert.objects.get(pk=alert.pk)
        with contextlib.suppress(WarningError):
            _random_step(watch, row, act, other, chance)
            done += 1
        assert made_of_steps(watch, alert) == stored(alert)
        running = Alert.objects.get(pk=alert.pk)
        assert (running.due_at is not None) == (running.state in RUNNING)
    assert done > 40


def _random_step(watch: Watch, row: Alert, act: str, other: Alert, chance: random.Random) -> None:
    more: dict[str, Any] = {"reason": chance.choice(["", "Seen."])}
    if act == "join":
        join(actor=watch["operations"], alert=row, to=other, reason="Same.")
    elif act == "hand_over":
        hand_over(actor=watch["operations"], alert=row, to=watch.desk.accounts["operations_2"])
    elif act == "close":
        watch.step(row, act, outcome=chance.choice(["no", "unknown", "prevented", ""]),
                   no_action=chance.choice(["", "over", "other"]), **more)  # fmt: skip
    else:
        watch.step(row, act, **more)
    if chance.random() < 0.1:
        mark_alert(actor=watch["operations"], alert=Alert.objects.get(pk=row.pk),
                   marking=Marking.CONFIDENTIAL, reason="Named.")  # fmt: skip


def test_every_alert_is_somewhere(watch: Watch) -> None:
    entered = [watch.enter() for _ in range(3)]
    join(actor=watch["operations"], alert=entered[1], to=entered[0], reason="Same.")
    watch.step(watch.to("acknowledged", entered[2]), "close", outcome="no", no_action="over")
    assert alerts(watch["operations"], watch.mission).count() == 3
