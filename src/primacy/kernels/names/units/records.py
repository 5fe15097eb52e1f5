"""What goes into the matcher and what comes out of it."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Unit:
    """A unit of the register: its names (the first is the one to show) and where it belongs.

    `parents` are names of superior units, `places` names of its sites or areas, `country` a
    country's code or name; each may stay empty.
    """

    id: str
    names: tuple[str, ...]
    country: str = ""
    parents: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A name to be matched, with what else the source says about the unit."""

    name: str
    country: str = ""
    parent: str = ""
    place: str = ""


class Verdict(StrEnum):
    """What may be done with the best candidate: accept it, show it to a person, or neither."""

    ACCEPT = "accept"
    REFER = "refer"
    NO_MATCH = "no_match"


class Why(StrEnum):
    """What speaks for or against a candidate; `reasons.in_words` says it in English."""

    SAME_NAME = "same_name"
    SAME_WORDS = "same_words"
    SHARED_WORDS = "shared_words"
    ALIKE_WORDS = "alike_words"
    SHORT_NAME = "short_name"
    SAME_NUMBERS = "same_numbers"
    PARENT_NUMBERS = "parent_numbers"
    OTHER_NUMBERS = "other_numbers"
    NUMBER_MISSING = "number_missing"
    NUMBERS_SWAPPED = "numbers_swapped"
    OTHER_ECHELON = "other_echelon"
    OTHER_ARM = "other_arm"
    OTHER_BRANCH = "other_branch"
    OTHER_SIDE = "other_side"
    OTHER_COUNTRY = "other_country"
    TWO_LETTERS = "two_letters"
    ONLY_ASKED = "only_asked"
    ONLY_REGISTER = "only_register"
    PARENT_AGREES = "parent_agrees"
    PARENT_DIFFERS = "parent_differs"
    PLACE_AGREES = "place_agrees"
    PLACE_DIFFERS = "place_differs"
    CLOSE_SECOND = "close_second"
    LOW_SCORE = "low_score"


GATES = frozenset(
    {
        Why.OTHER_NUMBERS,
        Why.NUMBER_MISSING,
        Why.NUMBERS_SWAPPED,
        Why.OTHER_ECHELON,
        Why.OTHER_ARM,
        Why.OTHER_BRANCH,
        Why.OTHER_SIDE,
        Why.OTHER_COUNTRY,
        Why.TWO_LETTERS,
        Why.PARENT_DIFFERS,
        Why.PLACE_DIFFERS,
    }
)
"""Any of these keeps a candidate from being accepted without a person, at any score."""


@dataclass(frozen=True)
class Reason:
    """One thing for or against a candidate, with the words or numbers it rests on."""

    why: Why
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A unit that the name may mean; `score` is 0 to 1 and `name` the unit's name that fits."""

    unit: str
    name: str
    score: float
    reasons: tuple[Reason, ...]

    @property
    def gated(self) -> bool:
        """Whether something stands against accepting it without a person."""
        return any(reason.why in GATES for reason in self.reasons)


@dataclass(frozen=True)
class Match:
    """What a name may mean: candidates, best first, and the verdict on the first.

    `margin` is its lead over the second unit's score; `because` says what kept it from more.
    """

    asked: Asked
    verdict: Verdict
    candidates: tuple[Candidate, ...]
    margin: float
    because: tuple[Reason, ...] = ()

    @property
    def accepted(self) -> str | None:
        """The id of the accepted unit, or None."""
        return self.candidates[0].unit if self.verdict is Verdict.ACCEPT else None
