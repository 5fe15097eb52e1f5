"""Acts on questions: put them, answer, contest, note who could not be heard, settle, withdraw."""

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.kernels.flags import Flag, Severity, rule
from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.database.viewer_scope import keeping
from primacy.platform.policy import Denied, Viewer, may_read, require
from primacy.rooms.census.doubles import doubles_of
from primacy.rooms.census.errors import BadQuestion
from primacy.rooms.census.models import (
    EnrolmentRound,
    Outcome,
    Question,
    QuestionEntry,
    QuestionState,
    Side,
)
from primacy.rooms.census.reading import flags_of
from primacy.rooms.census.rules import (
    DAYS_TO_ANSWER,
    QUESTION_MOVES,
    Said,
    against_settling,
    move,
)

AT_ONCE = 500
ENDED = (QuestionState.SETTLED, QuestionState.WITHDRAWN)


def put_questions(
    *,
    actor: Viewer,
    round: EnrolmentRound,
    rules: Collection[str] = (),
    linked_by: str = "",
) -> list[Question]:
    """The new questions of a round, by all rules or by those named; none is asked twice.

    `linked_by` names an engine that links the whole roll as well: rows it takes for one person are
    asked about, those it is less sure of are not.
    """
    require(actor, "census.keep", round.mission_id)
    flags = flags_of(actor, round, rules)
    if linked_by:
        found = doubles_of(actor, round, linked_by)
        flags += [flag for flag in found if flag.severity is not Severity.ROUTINE]
    today = clock.today()
    made = [_question(actor, round, flag, today) for flag in flags]
    with keeping(round.mission_id), transaction.atomic():
        asked = set(Question.objects.filter(round=round).values_list("key", flat=True))
        fresh = [question for question in made if question.key not in asked]
        Question.objects.bulk_create(fresh, batch_size=AT_ONCE)
        counts: dict[str, int] = {}
        for question in fresh:
            counts[question.rule] = counts.get(question.rule, 0) + 1
        if fresh:
            record(actor, "census.question.put", round, {"by_rule": counts})
    return fresh


def _question(actor: Viewer, round: EnrolmentRound, flag: Flag, today: dt.date) -> Question:
    known = rule(flag.rule)
    days = DAYS_TO_ANSWER[flag.severity]
    return Question(
        mission_id=round.mission_id,
        round=round,
        rule=flag.rule,
        key=hashlib.sha256(flag.key.encode()).hexdigest(),
        unit_id=flag.unit or None,
        office=known.office.value,
        severity=flag.severity.value,
        subjects=list(flag.subjects),
        records=[asdict(row) for row in flag.records],
        reasons=[str(reason) for reason in flag.reasons],
        peers={"who": str(flag.peers.who), "size": flag.peers.size, "alike": flag.peers.alike},
        due_on=today + dt.timedelta(days=days),
        state=QuestionState.ASKED,
        marking=round.marking,
        compartment=round.compartment,
        recorded_by_id=actor.account_id,
    )


def answer_question(*, actor: Viewer, question: Question, said_by: str, text: str) -> QuestionEntry:
    """The answer of the office asked, written down by the office or by those who asked it."""
    _require_reader(actor, question)
    if actor.has("census.keep", question.mission_id):
        require(actor, "census.keep", question.mission_id)
    else:
        require(actor, "census.answer", question.mission_id)
    with transaction.atomic():
        entry = _say(actor, question, "answer", Side.OFFICE, said_by, text)
        # The log is read by those who keep the server: no words, no names.
        record(actor, "census.question.answer", question, {})
    return entry


def contest_question(
    *, actor: Viewer, question: Question, said_by: str, text: str
) -> QuestionEntry:
    """What those concerned say against an answer or a settlement; the question is open again."""
    _require_reader(actor, question)
    if actor.has("census.keep", question.mission_id):
        require(actor, "census.keep", question.mission_id)
    else:
        require(actor, "census.answer", question.mission_id)
    with transaction.atomic():
        entry = _say(actor, question, "contest", Side.CONCERNED, said_by, text)
        # The log is read by those who keep the server: no words, no names.
        record(actor, "census.question.contest", question, {})
    return entry


def note_unheard(*, actor: Viewer, question: Question, text: str) -> QuestionEntry:
    """Why those concerned could not be heard, so that the question can be settled without them."""
    require(actor, "census.keep", question.mission_id)
    _require_reader(actor, question)
    if question.state in ENDED:
        raise BadQuestion(_("This question is closed. Nothing was recorded."))
    words = _words(text)
    with transaction.atomic():
        entry = _entry(actor, question, "unheard", Side.CONCERNED, _label(actor), words)
        record(actor, "census.question.unheard", question, {"state": str(question.state)})
    return entry


def settle_question(*, actor: Viewer, question: Question, outcome: str, text: str) -> QuestionEntry:
    """The settlement, after both sides were heard, by somebody who spoke for neither."""
    require(actor, "census.keep", question.mission_id)
    _require_reader(actor, question)
    words = _words(text)
    if outcome and outcome not in Outcome.values:
        raise BadQuestion(
            _("'%(outcome)s' is no outcome. There are: %(known)s.")
            % {"outcome": outcome[:30], "known": ", ".join(Outcome.values)}
        )
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=question.pk)
        said = [
            Said(row.act, row.side, row.recorded_by_id)
            for row in QuestionEntry.objects.filter(question=question)
        ]
        against = against_settling(said, outcome, actor.account_id)
        state = move(QUESTION_MOVES, question.state, "settle")
        if state is None:
            raise BadQuestion(_refused(question, "settle"))
        if against:
            raise BadQuestion(_not_yet(against))
        question.state = state
        question.outcome = outcome
        question.save(update_fields=["state", "outcome"])
        entry = _entry(actor, question, "settle", Side.ASKER, _label(actor), words)
        record(actor, "census.question.settle", question, {"outcome": outcome})
    return entry


def withdraw_question(*, actor: Viewer, question: Question, text: str) -> QuestionEntry:
    """The end of a question that should not have been asked, with the reason."""
    require(actor, "census.keep", question.mission_id)
    _require_reader(actor, question)
    with transaction.atomic():
        entry = _say(actor, question, "withdraw", Side.ASKER, _label(actor), text)
        # The log is read by those who keep the server: no words, no names.
        record(actor, "census.question.withdraw", question, {})
    return entry


def _say(
    actor: Viewer, question: Question, act: str, side: str, said_by: str, text: str
) -> QuestionEntry:
    """An entry that moves the question by its table; the caller holds the transaction."""
    words, speaker = _words(text), " ".join(said_by.split())[:200]
    if not speaker:
        raise BadQuestion(_("Say who speaks: the office with its post, or those concerned."))
    question = Question.objects.select_for_update().get(pk=question.pk)
    state = move(QUESTION_MOVES, question.state, act)
    if state is None:
        raise BadQuestion(_refused(question, act))
    question.state = state
    if act == "contest":
        question.outcome = ""
    question.save(update_fields=["state", "outcome"])
    return _entry(actor, question, act, side, speaker, words)


def _entry(
    actor: Viewer, question: Question, act: str, side: str, said_by: str, text: str
) -> QuestionEntry:
    return QuestionEntry.objects.create(
        question=question,
        act=act,
        side=side,
        said_by=said_by,
        text=text,
        recorded_by_id=actor.account_id,
    )


def _require_reader(actor: Viewer, question: Question) -> None:
    """Nothing; `Denied` for whoever may not read the question they speak on."""
    if not may_read(
        actor,
        "census.view",
        mission_id=question.mission_id,
        open_to_guests=False,
        marking=question.marking,
        compartment_id=question.compartment_id,
    ):
        raise Denied(_("This question is not open to you. Nothing was recorded."))


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise BadQuestion(_("Say it in words: what happened, and which paper shows it."))
    return words


def _label(actor: Viewer) -> str:
    return actor.label[:200]


def _refused(question: Question, act: str) -> str:
    words = {
        "answer": _("answered"),
        "contest": _("contested"),
        "settle": _("settled"),
        "withdraw": _("withdrawn"),
    }
    return _("This question is '%(state)s' and cannot be %(act)s now. Nothing was recorded.") % {
        "state": question.get_state_display(),
        "act": words[act],
    }


def _not_yet(reasons: Sequence[str]) -> str:
    return _("This question cannot be settled yet: %(reasons)s. Nothing was recorded.") % {
        "reasons": "; ".join(reasons)
    }
