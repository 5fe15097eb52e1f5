"""Questions: put once, both sides heard, settled by a third, never a verdict."""

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Denied
from primacy.rooms.census.actions import (
    answer_question,
    contest_question,
    note_unheard,
    put_questions,
    settle_question,
    withdraw_question,
)
from primacy.rooms.census.errors import BadQuestion
from primacy.rooms.census.models import Question, QuestionEntry
from primacy.rooms.census.rules import QUESTION_MOVES, Said, against_settling, move, moves_from
from tests.rooms.census.conftest import PAY, Census


@pytest.fixture
def question(census: Census) -> Question:
    """The question why somebody was paid and not seen."""
    put_questions(actor=census.filled()["planner"], round=census.round)
    return Question.objects.get(rule="paid_not_present")


def test_the_same_facts_are_asked_about_once(census: Census) -> None:
    first = put_questions(actor=census.filled()["planner"], round=census.round)
    assert len(first) == Question.objects.count() == 5
    assert put_questions(actor=census["planner"], round=census.round) == []
    census.bring("census_pay", PAY.replace("2026-05", "2026-06").replace("P99", "P98"))
    again = put_questions(actor=census["planner"], round=census.round)
    assert {row.rule for row in again} == {"paid_not_on_roll"}


def test_a_question_says_whom_it_asks_by_when_and_why(question: Question) -> None:
    assert question.office == "personnel"
    assert question.state == "asked"
    assert (question.due_on - question.recorded_at.date()).days in (6, 7)
    assert "not seen at 2 head counts" in question.reasons[0]
    assert question.peers["size"] >= question.peers["alike"] == 1
    assert {row["register"] for row in question.records} == {"pay", "head_count"}
    assert question.marking == question.round.marking


def test_both_sides_are_heard_before_a_third_settles(census: Census, question: Question) -> None:
    planner, adviser = census["planner"], census["adviser"]
    with pytest.raises(BadQuestion, match="cannot be settled now"):
        settle_question(actor=adviser, question=question, outcome="explained", text="Fine.")
    answer_question(
        actor=planner, question=question, said_by="Head of personnel", text="On escort, order 9."
    )
    with pytest.raises(BadQuestion, match="have not been heard"):
        settle_question(actor=adviser, question=question, outcome="explained", text="Fine.")
    contest_question(actor=planner, question=question, said_by="The officer", text="I was ill.")
    with pytest.raises(BadQuestion, match="does not settle"):
        settle_question(actor=planner, question=question, outcome="explained", text="Fine.")
    with pytest.raises(BadQuestion, match="no outcome"):
        settle_question(actor=adviser, question=question, outcome="guilty", text="Fine.")
    settle_question(actor=adviser, question=question, outcome="corrected", text="Leave recorded.")
    question.refresh_from_db()
    assert (question.state, question.outcome) == ("settled", "corrected")
    assert [one.side for one in question.entries.all()] == ["office", "concerned", "asker"]


def test_a_settlement_can_be_contested_by_those_concerned(
    census: Census, question: Question
) -> None:
    answer_question(actor=census["planner"], question=question, said_by="Pay office", text="Gone.")
    note_unheard(actor=census["planner"], question=question, text="No address; asked the village.")
    settle_question(actor=census["adviser"], question=question, outcome="referred", text="To audit")
    contest_question(
        actor=census["human_rights"], question=question, said_by="The officer", text="I served."
    )
    question.refresh_from_db()
    assert (question.state, question.outcome) == ("contested", "")


def test_a_question_that_should_not_have_been_asked_is_withdrawn_with_a_reason(
    census: Census, question: Question
) -> None:
    with pytest.raises(BadQuestion, match="in words"):
        withdraw_question(actor=census["planner"], question=question, text=" ")
    withdraw_question(actor=census["planner"], question=question, text="Two men of one number.")
    with pytest.raises(BadQuestion, match="Withdrawn"):
        answer_question(actor=census["planner"], question=question, said_by="x", text="y")


def test_who_may_not_read_a_question_cannot_speak_on_it(census: Census, question: Question) -> None:
    for label in ("commander", "official", "donor"):
        with pytest.raises(Denied):
            answer_question(actor=census[label], question=question, said_by="x", text="y")
    with pytest.raises(Denied):
        settle_question(actor=census["overseer"], question=question, outcome="explained", text="x")
    with pytest.raises(Denied):
        put_questions(actor=census["overseer"], round=census.round)


def test_what_was_said_is_never_changed_and_the_log_holds_no_words(
    census: Census, question: Question
) -> None:
    entry = answer_question(
        actor=census["planner"], question=question, said_by="Pay office", text="SECRETWORD"
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        QuestionEntry.objects.filter(pk=entry.pk).update(text="other")
    with pytest.raises(DatabaseError), transaction.atomic():
        QuestionEntry.objects.filter(pk=entry.pk).delete()
    assert not any("SECRETWORD" in str(row.body) for row in AuditEntry.objects.all())


@settings(max_examples=200)
@given(st.lists(st.sampled_from(["answer", "contest", "settle", "withdraw"]), max_size=12))
def test_no_path_settles_a_question_nobody_answered(acts: list[str]) -> None:
    state, said = "asked", list[Said]()
    for act in acts:
        after = move(QUESTION_MOVES, state, act)
        if after is None:
            continue
        if act == "settle" and against_settling(said, "explained", None):
            continue
        side = {"answer": "office", "contest": "concerned"}.get(act, "asker")
        said.append(Said(act, side, None))
        state = after
        if state == "settled":
            assert {"office", "concerned"} <= {one.side for one in said}
    assert state == "withdrawn" or moves_from(QUESTION_MOVES, state)
