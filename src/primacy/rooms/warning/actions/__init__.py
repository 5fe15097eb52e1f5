"""Acts on alerts: the only place that writes them."""

from primacy.rooms.warning.actions.accusing import (
    accuse,
    keep_from,
    let_know,
    name_stand,
    withdraw_accusation,
)
from primacy.rooms.warning.actions.entering import NewAlert, Warned, enter_alert, protect_source
from primacy.rooms.warning.actions.forecasting import run_forecast
from primacy.rooms.warning.actions.levels import put_levels_in_force
from primacy.rooms.warning.actions.marking import mark_alert
from primacy.rooms.warning.actions.stepping import (
    Judged,
    Sent,
    close,
    hand_over,
    join,
    move_alert,
    task,
    triage,
)

__all__ = [
    "Judged",
    "NewAlert",
    "Sent",
    "Warned",
    "accuse",
    "close",
    "enter_alert",
    "hand_over",
    "join",
    "keep_from",
    "let_know",
    "mark_alert",
    "move_alert",
    "name_stand",
    "protect_source",
    "put_levels_in_force",
    "run_forecast",
    "task",
    "triage",
    "withdraw_accusation",
]
