"""Acts on forces: units, claims about them, their lineage, strength figures."""

from primacy.platform.claims.terms import Terms
from primacy.rooms.forces.actions.claims import (
    claim_classification,
    claim_name,
    claim_position,
    claim_relation,
    confirm_claims,
    correct_claim,
    withdraw_claim,
)
from primacy.rooms.forces.actions.lineage import record_lineage, rename_unit
from primacy.rooms.forces.actions.many import (
    NewUnit,
    enter_units,
    make_claims,
    withdraw_claims,
)
from primacy.rooms.forces.actions.present import keep_units_present
from primacy.rooms.forces.actions.strengths import StrengthContent, add_strength, add_strengths
from primacy.rooms.forces.actions.units import add_unit

__all__ = [
    "NewUnit",
    "StrengthContent",
    "Terms",
    "add_strength",
    "add_strengths",
    "add_unit",
    "claim_classification",
    "claim_name",
    "claim_position",
    "claim_relation",
    "confirm_claims",
    "correct_claim",
    "enter_units",
    "keep_units_present",
    "make_claims",
    "record_lineage",
    "rename_unit",
    "withdraw_claim",
    "withdraw_claims",
]
