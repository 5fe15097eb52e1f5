"""Acts on two-person orders, and on the emergency account that one of them opens."""

from primacy.platform.orders.actions.break_glass import (
    Opened,
    close_emergency_account,
    open_emergency_account,
    review_opening,
)
from primacy.platform.orders.actions.lost_factor import reset_second_factor
from primacy.platform.orders.actions.ordering import ask, release, take_up, withdraw

__all__ = [
    "Opened",
    "ask",
    "close_emergency_account",
    "open_emergency_account",
    "release",
    "reset_second_factor",
    "review_opening",
    "take_up",
    "withdraw",
]
