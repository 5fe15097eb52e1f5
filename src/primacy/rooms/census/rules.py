"""What is allowed and what follows: state tables of questions and classes, guards with reasons."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from primacy.platform.language.dates import long_day
from primacy.rooms.census.models.cohort import CohortState, ObjectionState
from primacy.rooms.census.models.question import QuestionState, Side

QUESTION_MOVES: dict[tuple[str, str], str] = {
    (QuestionState.ASKED, "answer"): QuestionState.ANSWERED,
    (QuestionState.ASKED, "withdraw"): QuestionState.WITHDRAWN,
    (QuestionState.ANSWERED, "answer"): QuestionState.ANSWERED,
    (QuestionState.ANSWERED, "contest"): QuestionState.CONTESTED,
    (QuestionState.ANSWERED, "settle"): QuestionState.SETTLED,
    (QuestionState.ANSWERED, "withdraw"): QuestionState.WITHDRAWN,
    (QuestionState.CONTESTED, "answer"): QuestionState.ANSWERED,
    (QuestionState.CONTESTED, "settle"): QuestionState.SETTLED,
    (QuestionState.CONTESTED, "withdraw"): QuestionState.WITHDRAWN,
    # Whoever is concerned may contest what was settled: pay was stopped wrongly before.
    (QuestionState.SETTLED, "contest"): QuestionState.CONTESTED,
}
"""From a state by an act to a state; every other move is refused."""

COHORT_MOVES: dict[tuple[str, str], str] = {
    (CohortState.OPEN, "confirm"): CohortState.CONFIRMED,
    (CohortState.OPEN, "cancel"): CohortState.CANCELLED,
}
OBJECTION_MOVES: dict[tuple[str, str], str] = {
    (ObjectionState.OPEN, "decide"): ObjectionState.DECIDED,
}

DAYS_TO_ANSWER = {"first": 7, "soon": 21, "routine": 45}
"""Days an office has, by how soon a question is asked."""

SHORTEST_WINDOW = 14
"""Days a window for objections is open at least, so that word can reach a village."""


def move(table: Mapping[tuple[str, str], str], state: str, act: str) -> str | None:
    """The state after an act, or None where the table does not know the move."""
    return table.get((state, act))


def moves_from(table: Mapping[tuple[str, str], str], state: str) -> list[str]:
    """The acts a state knows, in the order of the table."""
    return [act for known, act in table if known == state]


@dataclass(frozen=True)
class Said:
    """One entry on a question: the act, which side spoke, who wrote it down."""

    act: str
    side: str
    account: uuid.UUID | None


def against_settling(entries: Sequence[Said], outcome: str, actor: uuid.UUID | None) -> list[str]:
    """Reasons a question cannot be settled now. Both sides are heard first."""
    reasons = []
    sides = {entry.side for entry in entries if entry.act in ("answer", "contest", "unheard")}
    if Side.OFFICE not in sides:
        reasons.append(_("the office asked has not answered"))
    if Side.CONCERNED not in sides:
        reasons.append(
            _("those concerned have not been heard, and no reason is given why they could not be")
        )
    if actor is not None and any(
        entry.account == actor and entry.act in ("answer", "contest") for entry in entries
    ):
        reasons.append(_("whoever answered or contested does not settle"))
    if not outcome:
        reasons.append(_("no outcome is given"))
    return reasons


@dataclass(frozen=True)
class Confirmation:
    """What the confirmation of a class is checked against."""

    today: dt.date
    closes_on: dt.date | None
    open_objections: int
    confirmed: int
    vetted: bool


def against_confirming(case: Confirmation) -> list[str]:
    """Reasons a class of recruits cannot be confirmed yet."""
    reasons = []
    if case.closes_on is None:
        reasons.append(_("no window for public objections was held"))
    elif case.today <= case.closes_on:
        reasons.append(
            _("the window for public objections is open until %(day)s")
            % {"day": long_day(case.closes_on)}
        )
    if case.open_objections:
        reasons.append(_("objections without an outcome: %(n)s") % {"n": case.open_objections})
    if not case.vetted:
        reasons.append(_("no counts for the stage of vetting are on record"))
    if not case.confirmed:
        reasons.append(_("nobody is counted at the last stage"))
    return reasons
