"""Acts of the census."""

from primacy.rooms.census.actions.objections import (
    decide_objection,
    open_objection_window,
    receive_objection,
)
from primacy.rooms.census.actions.questions import (
    answer_question,
    contest_question,
    note_unheard,
    put_questions,
    settle_question,
    withdraw_question,
)
from primacy.rooms.census.actions.recruitment import (
    Group,
    cancel_cohort,
    confirm_cohort,
    record_population,
    record_stage,
    start_cohort,
)
from primacy.rooms.census.actions.rounds import add_number_range, close_round, open_round

__all__ = [
    "Group",
    "add_number_range",
    "answer_question",
    "cancel_cohort",
    "close_round",
    "confirm_cohort",
    "contest_question",
    "decide_objection",
    "note_unheard",
    "open_objection_window",
    "open_round",
    "put_questions",
    "receive_objection",
    "record_population",
    "record_stage",
    "settle_question",
    "start_cohort",
    "withdraw_question",
]
