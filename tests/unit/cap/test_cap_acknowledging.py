"""Answers name what they answer, and are gathered under the alert they belong to."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from cap_messages import ATTACK, SENT, message, messages
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.platform.cap import (
    CapRefused,
    Message,
    MsgType,
    Reason,
    Scope,
    Status,
    Unmatch,
    acknowledge,
    chain,
    private_alert,
    read,
    write,
)


def answer(
    identifier: str,
    to: Message,
    msg_type: MsgType = MsgType.UPDATE,
    minutes: int = 1,
    status: Status = Status.ACTUAL,
) -> Message:
    return message(
        identifier=identifier,
        msg_type=msg_type,
        sent=SENT + timedelta(minutes=minutes),
        references=(to.reference,),
        status=status,
        infos=(),
    )


ALERT = message()
UPDATE = answer("U", ALERT, minutes=1)
ACK = answer("K", UPDATE, MsgType.ACK, minutes=2)
CANCEL = answer("C", UPDATE, MsgType.CANCEL, minutes=3)
ERROR = answer("E", ALERT, MsgType.ERROR, minutes=4)


@pytest.mark.parametrize("status", Status)
def test_an_acknowledgement_names_the_message_and_goes_to_its_sender_only(status: Status) -> None:
    theirs = message(status=status, incidents=("I-1",), scope=Scope.PUBLIC)
    ack = acknowledge(theirs, "us@example.org", "K-1", SENT + timedelta(minutes=1), "seen")
    assert ack.msg_type is MsgType.ACK
    assert ack.scope is Scope.PRIVATE
    assert ack.addresses == (theirs.sender,)
    assert ack.references == (theirs.reference,)
    assert (ack.status, ack.incidents, ack.note, ack.infos) == (status, ("I-1",), "seen", ())
    assert read(write(ack)).message == ack
    [thread] = chain([ack, theirs]).threads
    assert thread.acks == (ack,)


@pytest.mark.parametrize("last", [ACK, ERROR])
def test_an_acknowledgement_is_not_acknowledged(last: Message) -> None:
    with pytest.raises(CapRefused) as refused:
        acknowledge(last, "us@example.org", "K-2", SENT)
    assert refused.value.reasons == (Reason.NOT_ANSWERABLE,)


@pytest.mark.parametrize("status", [Status.ACTUAL, Status.EXERCISE, Status.TEST])
def test_a_private_alert_is_private_and_has_addressees(status: Status) -> None:
    alert = private_alert(
        identifier="P-1",
        sender="desk@example.org",
        sent=SENT,
        addresses=("post-7@example.org",),
        infos=(ATTACK,),
        status=status,
    )
    assert (alert.scope, alert.status, alert.msg_type) == (Scope.PRIVATE, status, MsgType.ALERT)
    assert b"<scope>Private</scope>" in write(alert)


def test_a_private_alert_without_addressees_is_refused() -> None:
    with pytest.raises(CapRefused) as refused:
        private_alert(identifier="P", sender="d", sent=SENT, addresses=(), infos=(ATTACK,))
    assert refused.value.reasons == (Reason.NO_ADDRESSES,)


def test_answers_are_found_through_answers_in_whatever_order_they_come() -> None:
    for given_order in permutations([ALERT, UPDATE, ACK, CANCEL, ERROR]):
        found = chain(given_order)
        [thread] = found.threads
        assert thread.original == ALERT
        assert thread.updates == (UPDATE,)
        assert thread.cancels == (CANCEL,)
        assert thread.acks == (ACK,)
        assert thread.errors == (ERROR,)
        assert thread.history == (ALERT, UPDATE, ACK, CANCEL, ERROR)
        assert found.unmatched == ()


def test_what_is_in_force_is_the_last_update_until_a_cancel() -> None:
    assert chain([ALERT]).threads[0].current == ALERT
    assert chain([ALERT, UPDATE, ACK, ERROR]).threads[0].current == UPDATE
    assert chain([ALERT, UPDATE, CANCEL]).threads[0].current is None
    again = answer("U2", CANCEL, minutes=9)
    assert chain([ALERT, UPDATE, CANCEL, again]).threads[0].current == again
    same_second = answer("Z", ALERT, minutes=3)
    assert chain([ALERT, CANCEL, UPDATE, same_second]).threads[0].current is None


def test_an_answer_to_nothing_known_is_listed() -> None:
    stranger = answer("X", message(identifier="not given"))
    onward = answer("Y", stranger, minutes=5)
    found = chain([onward, stranger, ALERT])
    assert [(one.message, one.reason) for one in found.unmatched] == [
        (stranger, Unmatch.UNKNOWN_REFERENCE),
        (onward, Unmatch.NO_ALERT),
    ]


def test_an_exercise_does_not_cancel_an_actual_alert() -> None:
    exercise = answer("C", ALERT, MsgType.CANCEL, status=Status.EXERCISE)
    found = chain([ALERT, exercise])
    assert found.threads[0].current == ALERT
    assert [(one.message, one.reason) for one in found.unmatched] == [
        (exercise, Unmatch.OTHER_STATUS)
    ]


def test_a_reference_must_agree_in_sender_identifier_and_time() -> None:
    for other in (
        replace(ALERT, sender="else@example.org"),
        replace(ALERT, identifier="B-2"),
        replace(ALERT, sent=SENT + timedelta(seconds=1)),
    ):
        assert chain([ALERT, answer("U", other)]).threads[0].updates == ()


def test_an_answer_to_two_alerts_stands_under_both_and_names_what_is_missing() -> None:
    second, third = replace(ALERT, identifier="A-2"), replace(ALERT, identifier="A-3")
    both = replace(UPDATE, references=tuple(m.reference for m in (ALERT, second, third)))
    found = chain([ALERT, second, both])
    assert [thread.updates for thread in found.threads] == [(both,), (both,)]
    assert found.threads[0].missing == (third.reference,)


def test_the_same_message_twice_counts_once_and_a_changed_one_is_listed() -> None:
    changed = replace(ALERT, note="other words")
    found = chain([ALERT, UPDATE, ALERT, UPDATE, changed])
    assert len(found.threads) == 1
    assert found.threads[0].updates == (UPDATE,)
    assert [(one.message, one.reason) for one in found.unmatched] == [(changed, Unmatch.SAME_NAME)]


def test_answers_that_name_each_other_in_a_circle_end() -> None:
    first, second = answer("1", ALERT), answer("2", ALERT)
    circle = [
        replace(first, references=(second.reference,)),
        replace(second, references=(first.reference,)),
    ]
    found = chain([ALERT, *circle])
    assert found.threads[0].history == (ALERT,)
    assert {one.reason for one in found.unmatched} == {Unmatch.NO_ALERT}


def test_ten_thousand_updates_in_one_line_are_followed() -> None:
    line = [ALERT]
    for number in range(10_000):
        line.append(answer(f"U{number}", line[-1], minutes=number + 1))
    [thread] = chain(reversed(line)).threads
    assert thread.updates == tuple(line[1:])
    assert thread.current == line[-1]


@settings(max_examples=40, deadline=None)
@given(st.lists(messages, max_size=4))
def test_no_message_is_lost(given_messages: list[Message]) -> None:
    found = chain(given_messages)
    placed = [m for thread in found.threads for m in thread.history]
    placed += [one.message for one in found.unmatched]
    assert all(message in placed for message in given_messages)
    assert all(message in given_messages for message in placed)
