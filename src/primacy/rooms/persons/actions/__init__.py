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
from primacy.rooms.persons.actions.many import (
    confirm_postings,
    enter_people,
    make_person_claims,
    restore_person,
    withdraw_person_claims,
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
    "confirm_postings",
    "correct_person_claim",
    "enter_people",
    "judge_pair",
    "keep_term",
    "make_person_claims",
    "put_pairs",
    "read_apart",
    "restore_person",
    "withdraw_person",
    "withdraw_person_claim",
    "withdraw_person_claims",
    "withdraw_term",
]
