"""What an alert may do next, what holds it back, and when the next step is due. Pure.

The steps are a table. Times run from one step to the next by the urgency of the alert; what an
alert may skip (nobody departs for an alert that is only passed on) carries no clock.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from primacy.rooms.warning.models.alert import AlertState as S
from primacy.rooms.warning.models.alert import Urgency as U
from primacy.rooms.warning.models.answer import NoActionReason, Outcome

ALERT_MOVES: dict[tuple[str, str], str] = {
    (S.RECEIVED, "triage"): S.TRIAGED,
    (S.RECEIVED, "join"): S.MERGED,
    (S.TRIAGED, "triage"): S.TRIAGED,
    (S.TRIAGED, "acknowledge"): S.ACKNOWLEDGED,
    (S.TRIAGED, "join"): S.MERGED,
    (S.ACKNOWLEDGED, "triage"): S.ACKNOWLEDGED,
    (S.ACKNOWLEDGED, "hand_over"): S.ACKNOWLEDGED,
    (S.ACKNOWLEDGED, "task"): S.TASKED,
    (S.ACKNOWLEDGED, "monitor"): S.MONITORED,
    (S.ACKNOWLEDGED, "pass_on"): S.PASSED_ON,
    (S.ACKNOWLEDGED, "close"): S.CLOSED,
    (S.ACKNOWLEDGED, "join"): S.MERGED,
    (S.MONITORED, "triage"): S.MONITORED,
    (S.MONITORED, "hand_over"): S.MONITORED,
    (S.MONITORED, "task"): S.TASKED,
    (S.MONITORED, "pass_on"): S.PASSED_ON,
    (S.MONITORED, "close"): S.CLOSED,
    (S.PASSED_ON, "hand_over"): S.PASSED_ON,
    (S.PASSED_ON, "task"): S.TASKED,
    (S.PASSED_ON, "close"): S.CLOSED,
    (S.TASKED, "hand_over"): S.TASKED,
    (S.TASKED, "task"): S.TASKED,
    (S.TASKED, "depart"): S.DEPARTED,
    (S.TASKED, "stand_down"): S.ACKNOWLEDGED,
    (S.TASKED, "close"): S.CLOSED,
    (S.DEPARTED, "hand_over"): S.DEPARTED,
    (S.DEPARTED, "arrive"): S.ON_SITE,
    (S.DEPARTED, "stand_down"): S.ACKNOWLEDGED,
    (S.DEPARTED, "close"): S.CLOSED,
    (S.ON_SITE, "hand_over"): S.ON_SITE,
    (S.ON_SITE, "close"): S.CLOSED,
    (S.CLOSED, "feed_back"): S.FED_BACK,
    (S.CLOSED, "reopen"): S.ACKNOWLEDGED,
    (S.FED_BACK, "reopen"): S.ACKNOWLEDGED,
    (S.MERGED, "part"): S.RECEIVED,
}
"""State and act → next state. What is not here cannot be done."""

STAMPS: dict[str, str] = {
    "triage": "triaged_at",
    "acknowledge": "acknowledged_at",
    "task": "tasked_at",
    "depart": "departed_at",
    "arrive": "on_site_at",
    "close": "closed_at",
    "feed_back": "fed_back_at",
}
"""The time each act sets; a second one of its kind keeps the first."""

RUNNING: dict[str, str] = {
    S.RECEIVED: "triage",
    S.TRIAGED: "acknowledge",
    S.ACKNOWLEDGED: "task",
    S.TASKED: "depart",
    S.DEPARTED: "arrive",
    S.ON_SITE: "close",
    S.MONITORED: "close",
    S.PASSED_ON: "close",
    S.CLOSED: "feed_back",
}
"""The step whose clock runs in each state; none runs where an alert is fed back or joined."""

NEEDS_REASON = frozenset({"join", "part", "stand_down", "reopen", "monitor", "pass_on"})

HOUR, DAY = 60, 24 * 60
DEFAULT_MINUTES: dict[str, dict[str, int]] = {
    U.IMMEDIATE: {"triage": 5, "acknowledge": 10, "task": 15, "depart": 15, "arrive": 2 * HOUR,
                  "close": 12 * HOUR, "feed_back": 3 * DAY},
    U.EXPECTED: {"triage": 15, "acknowledge": 30, "task": HOUR, "depart": HOUR, "arrive": 4 * HOUR,
                 "close": DAY, "feed_back": 3 * DAY},
    U.FUTURE: {"triage": 2 * HOUR, "acknowledge": 6 * HOUR, "task": DAY, "depart": DAY,
               "arrive": DAY, "close": 7 * DAY, "feed_back": 7 * DAY},
    U.PAST: {"triage": 2 * HOUR, "acknowledge": 12 * HOUR, "task": 2 * DAY, "depart": 2 * DAY,
             "arrive": 2 * DAY, "close": 14 * DAY, "feed_back": 7 * DAY},
    # Nobody knows yet how much time there is: the careful answer is little.
    U.UNKNOWN: {"triage": 15, "acknowledge": 30, "task": HOUR, "depart": HOUR, "arrive": 4 * HOUR,
                "close": DAY, "feed_back": 3 * DAY},
}  # fmt: skip
"""Minutes each step may take from the one before, by urgency, until a mission sets its own.

No standard sets these; a mission states its own table with its reason.
"""

STEPS = ("triage", "acknowledge", "task", "depart", "arrive", "close", "feed_back")


@dataclass(frozen=True)
class Asked:
    """What an act brings along, as far as rules look at it."""

    reason: str = ""
    outcome: str = ""
    no_action: str = ""
    responded: bool = False
    happened_at: dt.datetime | None = None
    last_at: dt.datetime | None = None
    now: dt.datetime | None = None


def after(state: str, act: str) -> str | None:
    """The state an act leads to; None where the table does not know it."""
    return ALERT_MOVES.get((state, act))


def acts_from(state: str) -> tuple[str, ...]:
    """The acts that the table knows from a state."""
    return tuple(act for (before, act) in ALERT_MOVES if before == state)


def against(act: str, state: str, asked: Asked) -> list[str]:
    """Every reason against an act now, as sentences a person can act on; empty where it may be."""
    if after(state, act) is None:
        known = ", ".join(acts_from(state)) or _("none")
        return [
            _("An alert that is '%(state)s' cannot do '%(act)s'. It can: %(known)s.")
            % {"state": S(state).label, "act": act, "known": known}
        ]
    reasons = _against_times(asked)
    if act in NEEDS_REASON and not asked.reason.strip():
        reasons.append(_("Type the reason."))
    if act == "close":
        reasons += _against_closing(asked)
    return reasons


def _against_times(asked: Asked) -> list[str]:
    reasons = []
    if asked.happened_at and asked.now and asked.happened_at > asked.now:
        reasons.append(_("This time is still to come."))
    if asked.happened_at and asked.last_at and asked.happened_at < asked.last_at:
        reasons.append(_("This time is before the last step. Correct it, or leave it out."))
    return reasons


def _against_closing(asked: Asked) -> list[str]:
    reasons = []
    if asked.outcome not in Outcome.values:
        reasons.append(_("Say what came of it; 'unknown' is an answer."))
    if not asked.responded and asked.no_action not in NoActionReason.values:
        reasons.append(_("Nobody was tasked and nothing passed on: say why nothing was done."))
    if asked.no_action == NoActionReason.OTHER and not asked.reason.strip():
        reasons.append(_("Say the other reason in words."))
    if asked.outcome == Outcome.PREVENTED and not asked.reason.strip():
        reasons.append(_("Say on what evidence it is held to have been prevented."))
    return reasons


def due_at(
    state: str,
    urgency: str,
    since: dt.datetime,
    minutes: Mapping[str, Mapping[str, int]],
    feedback_due: bool = True,
) -> dt.datetime | None:
    """When the running step is due, counted from the step before; None where no clock runs."""
    step = RUNNING.get(state)
    if step is None or (step == "feed_back" and not feedback_due):
        return None
    return since + dt.timedelta(minutes=minutes[urgency][step])


def levels_of_escalation(due: dt.datetime, since: dt.datetime, now: dt.datetime) -> int:
    """How far an overdue step is escalated: 0 in time, then 1 for each further allowance gone.

    At 1 the owner's superior is told, at 2 the head of the component, at 3 the leadership.
    """
    if now <= due:
        return 0
    allowance = max(due - since, dt.timedelta(minutes=1))
    return min(3, 1 + int((now - due) / allowance))


def against_levels(minutes: Mapping[str, Mapping[str, object]]) -> list[str]:
    """What is wrong with a table of allowances; each urgency and step must have whole minutes."""
    wrong = []
    for urgency in U.values:
        for step in STEPS:
            given = minutes.get(urgency, {}).get(step)
            if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= 90 * DAY:
                wrong.append(
                    _("%(urgency)s, %(step)s: give whole minutes from 1 to 129,600.")
                    % {"urgency": U(urgency).label, "step": step}
                )
    return wrong


def rebuilt(steps: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """The fields of an alert as its steps make them, first to last."""
    fields: dict[str, object] = {}
    for changes in steps:
        fields.update(changes)
    return fields
