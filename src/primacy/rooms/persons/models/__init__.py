"""Records of persons."""

from primacy.rooms.persons.models.claims import (
    BirthClaim,
    IdNumberClaim,
    LeavingClaim,
    LeavingKind,
    PersonNameClaim,
    PersonNameKind,
    PostingClaim,
)
from primacy.rooms.persons.models.person import USUAL_MARKING, Person, Sex
from primacy.rooms.persons.models.review import (
    Ground,
    Merge,
    Opinion,
    Pair,
    PairJudgement,
    Unmerge,
)
from primacy.rooms.persons.models.term import Commands, Term, TermKind

__all__ = [
    "USUAL_MARKING",
    "BirthClaim",
    "Commands",
    "Ground",
    "IdNumberClaim",
    "LeavingClaim",
    "LeavingKind",
    "Merge",
    "Opinion",
    "Pair",
    "PairJudgement",
    "Person",
    "PersonNameClaim",
    "PersonNameKind",
    "PostingClaim",
    "Sex",
    "Term",
    "TermKind",
    "Unmerge",
]
