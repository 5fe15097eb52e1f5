"""Acts on persons."""

from primacy.rooms.persons.actions.claims import (
    claim_birth,
    claim_leaving,
    claim_number,
    claim_person_name,
    claim_posting,
    correct_person_claim,
    withdraw_person_claim,
)
from primacy.rooms.persons.actions.people import (
    NewPerson,
    NewPosting,
    add_people,
    add_person,
    withdraw_person,
)
from primacy.rooms.persons.actions.review import judge_pair, put_pairs, read_apart
from primacy.rooms.persons.actions.terms import keep_term, withdraw_term

__all__ = [
    "NewPerson",
    "NewPosting",
    "add_people",
    "add_person",
    "claim_birth",
    "claim_leaving",
    "claim_number",
    "claim_person_name",
    "claim_posting",
    "correct_person_claim",
    "judge_pair",
    "keep_term",
    "put_pairs",
    "read_apart",
    "withdraw_person",
    "withdraw_person_claim",
    "withdraw_term",
]
