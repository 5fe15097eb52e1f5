"""Acts on incidents."""

from primacy.rooms.incidents.actions.entering import enter_incident
from primacy.rooms.incidents.actions.responsibility import (
    ATTRIBUTE,
    claim_responsibility,
    correct_responsibility,
    withdraw_responsibility,
)

__all__ = [
    "ATTRIBUTE",
    "claim_responsibility",
    "correct_responsibility",
    "enter_incident",
    "withdraw_responsibility",
]
