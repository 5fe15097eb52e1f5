"""Answers to messages: the acknowledgement of one, and what belongs to each alert of many.

An alert is answered by messages that name it, or that name an answer to it. Whether their sender
had the right to, is not for CAP to say: messages are compared, nobody is authenticated.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from primacy.platform.cap.errors import CapRefused, Problem, Reason
from primacy.platform.cap.message import (
    Info,
    Message,
    MsgType,
    Reference,
    Scope,
    Status,
)
from primacy.platform.cap.validity import ANSWERS, check


class Unmatch(StrEnum):
    """Why a message belongs to no alert."""

    UNKNOWN_REFERENCE = "unknown_reference"
    """It names none of the messages given."""
    OTHER_STATUS = "other_status"
    """It names one of another status: an exercise does not answer an actual alert."""
    NO_ALERT = "no_alert"
    """It names only messages that themselves belong to no alert."""
    SAME_NAME = "same_name"
    """Another message has the same sender, identifier and time, and says something else."""


@dataclass(frozen=True)
class Unmatched:
    """A message that belongs to no alert, and why."""

    message: Message
    reason: Unmatch


@dataclass(frozen=True)
class Thread:
    """An alert and all that answers it, each in the order of time."""

    original: Message
    updates: tuple[Message, ...] = ()
    cancels: tuple[Message, ...] = ()
    acks: tuple[Message, ...] = ()
    errors: tuple[Message, ...] = ()
    missing: tuple[Reference, ...] = ()
    """Messages that the answers name beside this one, and that were not given."""

    @property
    def history(self) -> tuple[Message, ...]:
        """The alert and every answer in the order of time."""
        answers = self.updates + self.cancels + self.acks + self.errors
        return (self.original, *sorted(answers, key=_order))

    @property
    def current(self) -> Message | None:
        """What is in force: the last update, or the alert; None once it is cancelled.

        An update after a cancel puts it in force again.
        """
        # Of an update and a cancel of the same second the cancel counts.
        last = max(
            (self.original, *self.updates, *self.cancels),
            key=lambda message: (message.sent, message.msg_type is MsgType.CANCEL),
        )
        return None if last.msg_type is MsgType.CANCEL else last


@dataclass(frozen=True)
class Chain:
    """Every alert with its answers, and the messages that belong to none."""

    threads: tuple[Thread, ...]
    unmatched: tuple[Unmatched, ...]


def acknowledge(
    message: Message, sender: str, identifier: str, sent: datetime, note: str | None = None
) -> Message:
    """The acknowledgement of a message, Private to its sender, of the same status.

    Raises `CapRefused` for an Ack or an Error, which nobody acknowledges.
    """
    if message.msg_type in (MsgType.ACK, MsgType.ERROR):
        raise CapRefused(
            [
                Problem(
                    "alert/msgType",
                    Reason.NOT_ANSWERABLE,
                    "an Alert, Update or Cancel",
                    f"an {message.msg_type}",
                    "Acknowledging it would never end: leave it as it is.",
                )
            ]
        )
    answer = Message(
        identifier=identifier,
        sender=sender,
        sent=sent,
        status=message.status,
        msg_type=MsgType.ACK,
        scope=Scope.PRIVATE,
        addresses=(message.sender,),
        note=note,
        references=(message.reference,),
        incidents=message.incidents,
    )
    check(answer)
    return answer


def private_alert(
    *,
    identifier: str,
    sender: str,
    sent: datetime,
    addresses: tuple[str, ...],
    infos: tuple[Info, ...],
    status: Status = Status.ACTUAL,
    incidents: tuple[str, ...] = (),
    codes: tuple[str, ...] = (),
    note: str | None = None,
) -> Message:
    """A new alert for its addressees only; raises `CapRefused` without any, or where a rule breaks.

    There is no builder for a public one: that is a decision, taken where a message is written out.
    """
    alert = Message(
        identifier=identifier,
        sender=sender,
        sent=sent,
        status=status,
        msg_type=MsgType.ALERT,
        scope=Scope.PRIVATE,
        addresses=addresses,
        codes=codes,
        note=note,
        incidents=incidents,
        infos=infos,
    )
    check(alert)
    return alert


def chain(messages: Iterable[Message]) -> Chain:
    """Each alert with what answers it; the same message given twice counts once."""
    known: dict[Reference, Message] = {}
    unmatched = []
    for message in messages:
        first = known.setdefault(message.reference, message)
        if first != message:
            unmatched.append(Unmatched(message, Unmatch.SAME_NAME))
    answers: dict[Reference, list[Message]] = defaultdict(list)
    for message in known.values():
        if message.msg_type in ANSWERS:
            for reference in dict.fromkeys(message.references):
                answers[reference].append(message)
    originals = [message for message in known.values() if message.msg_type not in ANSWERS]
    threads, placed = [], {message.reference for message in originals}
    for original in sorted(originals, key=_order):
        found = _answers_to(original, answers)
        placed |= {message.reference for message in found}
        threads.append(_thread(original, found, known))
    for reference, message in known.items():
        if reference not in placed:
            unmatched.append(Unmatched(message, _why_unmatched(message, known)))
    return Chain(tuple(threads), tuple(sorted(unmatched, key=lambda one: _order(one.message))))


def _why_unmatched(message: Message, known: dict[Reference, Message]) -> Unmatch:
    named = [known[reference] for reference in message.references if reference in known]
    if not named:
        return Unmatch.UNKNOWN_REFERENCE
    other = any(one.status is not message.status for one in named)
    return Unmatch.OTHER_STATUS if other else Unmatch.NO_ALERT


def _answers_to(original: Message, answers: dict[Reference, list[Message]]) -> list[Message]:
    """What names the alert, what names that, and so on; each once, whatever circles they make."""
    seen = {original.reference}
    found: list[Message] = []
    waiting = [original.reference]
    while waiting:
        for answer in answers.get(waiting.pop(), ()):
            if answer.status is original.status and answer.reference not in seen:
                seen.add(answer.reference)
                found.append(answer)
                waiting.append(answer.reference)
    return sorted(found, key=_order)


def _thread(original: Message, found: list[Message], known: dict[Reference, Message]) -> Thread:
    named = dict.fromkeys(reference for answer in found for reference in answer.references)

    def of(msg_type: MsgType) -> tuple[Message, ...]:
        return tuple(answer for answer in found if answer.msg_type is msg_type)

    return Thread(
        original,
        updates=of(MsgType.UPDATE),
        cancels=of(MsgType.CANCEL),
        acks=of(MsgType.ACK),
        errors=of(MsgType.ERROR),
        missing=tuple(reference for reference in named if reference not in known),
    )


def _order(message: Message) -> tuple[datetime, str, str]:
    return message.sent, message.sender, message.identifier
