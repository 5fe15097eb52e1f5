"""A case as the pages and the interface read it: steps, acts, answers, conditions, clocks.

What holds a case back is worked out by the rules from all that is on record; what is shown of it
passes the permission layer like everything else.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from primacy.platform import clock
from primacy.platform.language.later import later
from primacy.platform.policy import Viewer
from primacy.rooms.persons.facade import CommandReading, commander, commanders
from primacy.rooms.support.actions.moves import BY_OWN_ACT
from primacy.rooms.support.delivered import Balance, balance
from primacy.rooms.support.facts import facts_of, is_open
from primacy.rooms.support.guards import Facts
from primacy.rooms.support.models import (
    CaseMove,
    CaseState,
    Condition,
    ConditionState,
    Consolidation,
    Intercession,
    Recipient,
    RiskAssessment,
    ScreeningAnswer,
    ScreeningOffice,
    SupportCase,
    SupportDecision,
    SupportTask,
    Visit,
    Waiver,
)
from primacy.rooms.support.queries import (
    answers_of,
    assessments_of,
    conditions_of,
    consolidations_of,
    decisions_of,
    intercessions_of,
    moves_of,
    offices_of,
    recipients_of,
    tasks,
    visits_of,
)
from primacy.rooms.support.rules import ENDED, NEEDS_REASON, RIGHTS, acts_from, after, against
from primacy.rooms.support.scope import BY_CODE, Clause

S = CaseState
FEW = 5
"""Units whose command is read one by one; beyond, the postings of the mission are read once."""

MAIN = (S.DRAFT, S.SUBMITTED, S.VALIDATED, S.SCREENING, S.CONSOLIDATED, S.DECISION, S.APPROVED,
        S.ACTIVE)  # fmt: skip
"""The main line of a case."""

BESIDE_LINE: dict[str, CaseState] = {
    S.OUT_OF_SCOPE: S.SUBMITTED,
    S.CANCELLED: S.DRAFT,
    S.DEFERRED: S.DECISION,
    S.NOT_APPROVED: S.DECISION,
    S.MONITORED: S.ACTIVE,
    S.INTERCEDED: S.ACTIVE,
    S.SUSPENDED: S.ACTIVE,
    S.WITHDRAWN: S.ACTIVE,
    S.EXPIRED: S.ACTIVE,
    S.COMPLETED: S.ACTIVE,
}
"""States beside the main line, each with the state of the line it comes after."""

ON_THE_LINE: dict[str, tuple[str, ...]] = {
    S.DRAFT: ("submit",),
    S.SUBMITTED: ("validate",),
    S.VALIDATED: ("screen",),
    S.SCREENING: ("consolidate",),
    S.CONSOLIDATED: ("send",),
    S.DECISION: ("approve", "approve_with_conditions"),
    S.APPROVED: ("activate",),
    S.CONDITIONS: ("activate",),
}
"""The acts that lead on along the main line."""

ACT_WORDS: Mapping[str, str] = {
    "submit": later("Submit the request"),
    "cancel": later("Cancel the request"),
    "return": later("Return it to who asked"),
    "validate": later("Validate: it is within the policy and complete"),
    "out_of_scope": later("End it as out of scope"),
    "screen": later("Open screening"),
    "consolidate": later("Close screening and consolidate"),
    "screen_again": later("Ask the offices again"),
    "send": later("Send it for decision"),
    "approve": later("Approve"),
    "approve_with_conditions": later("Approve with conditions"),
    "refuse": later("Do not approve"),
    "defer": later("Defer the decision"),
    "resume": later("Take up the decision again"),
    "activate": later("Activate: support may begin"),
    "watch": later("Put it under closer monitoring"),
    "settle": later("Back to ordinary monitoring"),
    "intercede": later("Raise it with the authorities"),
    "suspend": later("Suspend"),
    "reinstate": later("Reinstate"),
    "withdraw": later("Withdraw support"),
    "expire": later("Record that it has run out"),
    "reopen": later("Reopen: screen and assess anew"),
    "complete": later("Complete the case"),
    "draft": later("Drafted"),
}

COLOUR_WORDS: Mapping[str, str] = {
    "green": later("Green"),
    "yellow": later("Yellow"),
    "red": later("Red"),
    "pending": later("Pending"),
}
COLOUR_LETTERS: Mapping[str, str] = {"green": "G", "yellow": "Y", "red": "R", "pending": "P"}
"""The letters stand for the colours in every language: they are also the keys of the desk."""


@dataclass(frozen=True)
class Step:
    """One state of the line; `state` is done, current, todo or blocked, as the stepper draws it."""

    code: str
    label: str
    state: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Act:
    """Something the viewer has the right to do from here, with all that stands against it now."""

    code: str
    label: str
    leads_to: str
    reasons: tuple[str, ...]
    needs_reason: bool
    own_form: bool
    """True where it is done with a form of its own: a decision, a suspension, a letter."""


@dataclass(frozen=True)
class AnswerCell:
    """What an office last answered on a recipient in this round; `answer` is None: nothing yet."""

    office: ScreeningOffice
    answer: ScreeningAnswer | None
    colour: str
    letter: str
    word: str
    too_old: bool


@dataclass(frozen=True)
class RecipientReading:
    """A recipient with who commands it at the start, its answers and the recommendation."""

    row: Recipient
    command: CommandReading | None
    command_noted: bool
    cells: tuple[AnswerCell, ...]
    recommendation: Consolidation | None
    letter: str = ""
    word: str = ""


@dataclass(frozen=True)
class ConditionReading:
    """A condition with its clock: days left (negative: overdue), and the waiver that counts."""

    row: Condition
    open: bool
    days_left: int
    overdue: bool
    waiver: Waiver | None
    waiver_over: bool


@dataclass(frozen=True)
class MoveReading:
    """A move with its words, and how long the state it led to lasted beside what was allowed."""

    row: CaseMove
    act: str
    before: str
    after: str
    days: int
    running: bool
    allowed: int | None

    @property
    def over(self) -> bool:
        """True where the state lasted longer than the procedure lets it."""
        return self.allowed is not None and self.days > self.allowed


@dataclass(frozen=True)
class CaseReading:
    """A case with all that its page shows."""

    case: SupportCase
    today: dt.date
    facts: Facts
    steps: tuple[Step, ...]
    acts: tuple[Act, ...]
    clause: Clause | None
    offices: tuple[ScreeningOffice, ...]
    command_on: dt.date
    recipients: tuple[RecipientReading, ...]
    conditions: tuple[ConditionReading, ...]
    assessments: tuple[RiskAssessment, ...]
    decisions: tuple[SupportDecision, ...]
    balance: Balance
    visits: tuple[Visit, ...]
    intercessions: tuple[Intercession, ...]
    tasks: tuple[SupportTask, ...]
    moves: tuple[MoveReading, ...]

    @property
    def overdue(self) -> bool:
        """True where the case waits longer than its state may last."""
        due = self.case.due_on
        return due is not None and due < self.today and self.case.state not in ENDED

    @property
    def assessment(self) -> RiskAssessment | None:
        """The newest version of the risk form of this round."""
        mine = [row for row in self.assessments if row.round == self.case.round]
        return mine[-1] if mine else None


def case_reading(viewer: Viewer, case: SupportCase) -> CaseReading:
    """A case that was handed to the viewer, with all that its page shows."""
    today = clock.today()
    facts = facts_of(case, today)
    moves = moves_of(viewer, case)
    offices = offices_of(viewer, case)
    rows = recipients_of(viewer, case)
    day = max(today, case.starts_on)
    return CaseReading(
        case=case,
        today=today,
        facts=facts,
        steps=steps_of(viewer, case, facts, moves),
        acts=acts_of(viewer, case, facts),
        clause=BY_CODE.get(case.clause),
        offices=tuple(offices),
        command_on=day,
        recipients=_recipients(viewer, case, rows, offices, day, today),
        conditions=tuple(_condition(row, today) for row in conditions_of(viewer, case)),
        assessments=tuple(assessments_of(viewer, case)),
        decisions=tuple(decisions_of(viewer, case)),
        balance=balance(case),
        visits=tuple(visits_of(viewer, case)),
        intercessions=tuple(intercessions_of(viewer, case)),
        tasks=tuple(tasks(viewer, case.mission).filter(case=case)),
        moves=_moves(case, moves, today),
    )


def steps_of(
    viewer: Viewer, case: SupportCase, facts: Facts, moves: Iterable[CaseMove]
) -> tuple[Step, ...]:
    """The main line with where the case stands; a state beside the line stands where it left it."""
    with_conditions = any(m.after == S.CONDITIONS and m.round == case.round for m in moves)
    line = [S.CONDITIONS if with_conditions and s == S.APPROVED else s for s in MAIN]
    here = S(case.state)
    beside = BESIDE_LINE.get(here)
    at = line.index(beside if beside is not None else here)
    if beside is not None:
        at += 1
        ended = here in ENDED or beside == S.ACTIVE
        line[at:] = [here] if ended else [here, *line[at:]]
    # Where two acts lead on, the one that is held back least tells what is missing.
    held_back = [
        tuple(against(act, here, facts, viewer.account_id, "-"))
        for act in ON_THE_LINE.get(here, ())
    ]
    missing = min(held_back, key=len, default=())
    steps = []
    for place, state in enumerate(line):
        how = "done" if place < at else "current" if place == at else "todo"
        held = missing if place == at + 1 else ()
        steps.append(Step(state.value, str(state.label), "blocked" if held else how, held))
    return tuple(steps)


def acts_of(viewer: Viewer, case: SupportCase, facts: Facts) -> tuple[Act, ...]:
    """What the viewer has the right to do from here, each with all that stands against it now."""
    found = []
    for code in acts_from(case.state):
        if not viewer.has(RIGHTS[code], case.mission_id):
            continue
        # The reason is asked for beside the button: that it is not typed yet holds nothing back.
        reasons = against(code, case.state, facts, viewer.account_id, "-")
        target = after(case.state, code)
        found.append(
            Act(
                code=code,
                label=str(ACT_WORDS[code]),
                leads_to=str(S(target).label) if target else "",
                reasons=tuple(reasons),
                needs_reason=code in NEEDS_REASON,
                own_form=code in BY_OWN_ACT,
            )
        )
    return tuple(found)


def command_of(
    viewer: Viewer, case: SupportCase, rows: Sequence[Recipient], day: dt.date
) -> Mapping[uuid.UUID, CommandReading]:
    """Who commands the unit of each recipient on a day, by unit; nothing without the right."""
    if not viewer.has("persons.view", case.mission_id):
        return {}
    units = {row.unit.pk: row.unit for row in rows if row.unit is not None and row.kind != "person"}
    if len(units) > FEW:
        return commanders(viewer, case.mission, units.values(), day)
    return {pk: commander(viewer, unit, day) for pk, unit in units.items()}


def _recipients(
    viewer: Viewer,
    case: SupportCase,
    rows: Sequence[Recipient],
    offices: Sequence[ScreeningOffice],
    day: dt.date,
    today: dt.date,
) -> tuple[RecipientReading, ...]:
    newest = {
        (row.recipient_id, row.office_id): row
        for row in answers_of(viewer, case)
        if row.round == case.round
    }
    recommended = {
        row.recipient_id: row for row in consolidations_of(viewer, case) if row.round == case.round
    }
    command = command_of(viewer, case, rows, day)
    oldest = today - dt.timedelta(days=case.policy.freshness_days)
    found = []
    for row in rows:
        said = recommended.get(row.pk)
        colour = said.colour if said is not None else ""
        found.append(
            RecipientReading(
                row=row,
                command=command.get(row.unit_id) if row.unit_id and row.kind != "person" else None,
                command_noted=bool(row.command),
                cells=tuple(_cell(one, newest.get((row.pk, one.pk)), oldest) for one in offices),
                recommendation=said,
                letter=COLOUR_LETTERS.get(colour, ""),
                word=str(COLOUR_WORDS.get(colour, "")),
            )
        )
    return tuple(found)


def _cell(office: ScreeningOffice, answer: ScreeningAnswer | None, oldest: dt.date) -> AnswerCell:
    colour = answer.colour if answer is not None else "pending"
    return AnswerCell(
        office=office,
        answer=answer,
        colour=colour,
        letter=COLOUR_LETTERS[colour],
        word=str(COLOUR_WORDS[colour]),
        too_old=answer is not None and answer.answered_on < oldest,
    )


def _condition(row: Condition, today: dt.date) -> ConditionReading:
    waivers = sorted(row.waivers.all(), key=lambda one: one.pk)
    waiver = waivers[-1] if waivers else None
    until = waiver.expires_on if waiver is not None else None
    stands = is_open(row, until, today)
    return ConditionReading(
        row=row,
        open=stands,
        days_left=(row.due_on - today).days,
        overdue=stands and row.due_on < today,
        waiver=waiver,
        waiver_over=row.state == ConditionState.WAIVED and stands,
    )


def _moves(case: SupportCase, rows: Sequence[CaseMove], today: dt.date) -> tuple[MoveReading, ...]:
    found = []
    for at, row in enumerate(rows):
        ended = rows[at + 1].recorded_at.date() if at + 1 < len(rows) else None
        allowed = case.policy.clocks.get(row.after)
        found.append(
            MoveReading(
                row=row,
                act=str(ACT_WORDS.get(row.act, row.act)),
                before=_state_word(row.before),
                after=_state_word(row.after),
                days=((ended or today) - row.recorded_at.date()).days,
                running=ended is None and row.after not in ENDED,
                allowed=int(allowed) if allowed is not None else None,
            )
        )
    return tuple(found)


def _state_word(code: str) -> str:
    return str(S(code).label) if code in S.values else ""
