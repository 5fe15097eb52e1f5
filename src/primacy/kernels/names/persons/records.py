"""What goes into the person matcher and what comes out of it."""

from dataclasses import dataclass
from enum import StrEnum

from primacy.kernels.time import DateRange


class Kind(StrEnum):
    """What sort of name it is. An organisation's name has legal forms and numbers."""

    FULL = "full"
    GIVEN = "given"
    FAMILY = "family"
    NICKNAME = "nickname"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class PersonName:
    """A name as written, in any script."""

    text: str
    kind: Kind = Kind.FULL


@dataclass(frozen=True)
class Person:
    """What is known of a person. Everything but the names may stay empty.

    A place proves the more the smaller it is: leave out the country. `births` are dates as precise
    as they are known, `ids` pairs of kind and number, `postings` pairs of a unit's id and the time,
    None for a time that is not known. `sex` is "f", "m" or "".
    """

    id: str
    names: tuple[PersonName | str, ...]
    births: tuple[DateRange, ...] = ()
    sex: str = ""
    places: tuple[str, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    postings: tuple[tuple[str, DateRange | None], ...] = ()


class Verdict(StrEnum):
    """What may be done with a candidate. Never is a person the same on the name alone."""

    SAME = "same"
    REFER = "refer"
    NONE = "none"


class Why(StrEnum):
    """What speaks for or against two records being one person; `in_words` says it in English."""

    NAME_EQUAL = "name_equal"
    NAME_ALIKE = "name_alike"
    NAME_DIFFERS = "name_differs"
    ID_EQUAL = "id_equal"
    ID_DIFFERS = "id_differs"
    BIRTH_EQUAL = "birth_equal"
    BIRTH_FITS = "birth_fits"
    BIRTH_TURNED = "birth_turned"
    BIRTH_DIFFERS = "birth_differs"
    SEX_DIFFERS = "sex_differs"
    PLACE_EQUAL = "place_equal"
    POSTING_EQUAL = "posting_equal"
    NAME_ALONE = "name_alone"
    SEVERAL = "several"
    WORDS_AGREE = "words_agree"
    WORDS_ALIKE = "words_alike"
    WORDS_APART = "words_apart"
    WORDS_ASIDE = "words_aside"


AGAINST = frozenset({Why.ID_DIFFERS, Why.BIRTH_DIFFERS, Why.SEX_DIFFERS, Why.NAME_DIFFERS})
"""What speaks against two records being one person."""

BLOCKS = AGAINST | {Why.BIRTH_TURNED}
"""Any of these keeps two records from being called the same without a person."""

ENGLISH = {
    Why.NAME_EQUAL: "the same name: {0} / {1}",
    Why.NAME_ALIKE: "names alike: {0} / {1}",
    Why.NAME_DIFFERS: "other names: {0} / {1}",
    Why.ID_EQUAL: "the same {0}: {1}",
    Why.ID_DIFFERS: "another {0}",
    Why.BIRTH_EQUAL: "born on the same day: {0}",
    Why.BIRTH_FITS: "dates of birth fit: {0} / {1}",
    Why.BIRTH_TURNED: "day and month of birth in the other order: {0} / {1}",
    Why.BIRTH_DIFFERS: "born at another time: {0} / {1}",
    Why.SEX_DIFFERS: "of another sex",
    Why.PLACE_EQUAL: "a place in common: {0}",
    Why.POSTING_EQUAL: "a posting in common: {0}",
    Why.NAME_ALONE: "nothing but the name speaks for it",
    Why.SEVERAL: "another record fits as well",
    Why.WORDS_AGREE: "words that agree: {0}",
    Why.WORDS_ALIKE: "words alike: {0}",
    Why.WORDS_APART: "words in one name only: {0} / {1}",
    Why.WORDS_ASIDE: "ranks, titles and small words left aside: {0}",
}


@dataclass(frozen=True)
class Reason:
    """One thing for or against, with the words it rests on."""

    why: Why
    values: tuple[str, ...] = ()


def in_words(reason: Reason) -> str:
    """Returns the reason as an English clause; a face translates by code and values instead."""
    return ENGLISH[reason.why].format(*reason.values, "", "")


@dataclass(frozen=True)
class NameScore:
    """How alike two names are, 0 to 1, whether that is enough to be one name, and why."""

    score: float
    same: bool
    one: str
    other: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Two records side by side: the score of names apart, all evidence, and the verdict."""

    name: NameScore
    score: float
    verdict: Verdict
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Candidate:
    """A person of the register who may be the one asked for."""

    person: str
    comparison: Comparison

    @property
    def score(self) -> float:
        """All evidence together, 0 to 1."""
        return self.comparison.score


@dataclass(frozen=True)
class PersonMatch:
    """Who may be meant: candidates, best first, and the verdict on the first."""

    asked: Person
    verdict: Verdict
    candidates: tuple[Candidate, ...]
    because: tuple[Reason, ...] = ()

    @property
    def same(self) -> str | None:
        """The id of the person it is, or None where a person must decide or nobody fits."""
        return self.candidates[0].person if self.verdict is Verdict.SAME else None
