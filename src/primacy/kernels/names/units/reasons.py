"""Why a candidate was found and what stands against it: codes with values, and English for them."""

from collections.abc import Callable

from primacy.kernels.names.units.normalise import Read
from primacy.kernels.names.units.records import Reason, Why
from primacy.kernels.names.units.vocabulary import WordClass
from primacy.kernels.names.units.words import class_of

GATE_CODES = {
    "numbers_other": Why.OTHER_NUMBERS,
    "number_missing": Why.NUMBER_MISSING,
    "numbers_swapped": Why.NUMBERS_SWAPPED,
    "echelon_other": Why.OTHER_ECHELON,
    "arm_other": Why.OTHER_ARM,
    "branch_other": Why.OTHER_BRANCH,
    "side_other": Why.OTHER_SIDE,
    "country_other": Why.OTHER_COUNTRY,
    "too_short": Why.TWO_LETTERS,
    "parent_other": Why.PARENT_DIFFERS,
    "place_other": Why.PLACE_DIFFERS,
}

ENGLISH = {
    Why.SAME_NAME: "the same name in another spelling: {0}",
    Why.SAME_WORDS: "all words agree: {0}",
    Why.SHARED_WORDS: "words in common: {0}",
    Why.ALIKE_WORDS: "words nearly alike: {0}",
    Why.SHORT_NAME: "initials spelt out from the register: {0}",
    Why.SAME_NUMBERS: "the same number: {0}",
    Why.PARENT_NUMBERS: "the other number belongs to the superior unit: {0}",
    Why.OTHER_NUMBERS: "another number: {0} asked, {1} in the register",
    Why.NUMBER_MISSING: "a number on one side only: {0} asked, {1} in the register",
    Why.NUMBERS_SWAPPED: "the same numbers count other things: {0} asked, {1} in the register",
    Why.OTHER_ECHELON: "another level of unit: {0} asked, {1} in the register",
    Why.OTHER_ARM: "another arm: {0} asked, {1} in the register",
    Why.OTHER_BRANCH: "another service: {0} asked, {1} in the register",
    Why.OTHER_SIDE: "another side of the country: {0} asked, {1} in the register",
    Why.TWO_LETTERS: "two letters may stand for many units: {0}",
    Why.OTHER_COUNTRY: "another country: {0} asked, {1} in the register",
    Why.ONLY_ASKED: "only in the name asked: {0}",
    Why.ONLY_REGISTER: "only in the register: {0}",
    Why.PARENT_AGREES: "the superior unit agrees: {0}",
    Why.PARENT_DIFFERS: "another superior unit: {0} asked, {1} in the register",
    Why.PLACE_AGREES: "the place agrees: {0}",
    Why.PLACE_DIFFERS: "another place: {0} asked, {1} in the register",
    Why.CLOSE_SECOND: "a second unit fits nearly as well: {0}",
    Why.LOW_SCORE: "the best score, {0}, is below {1}",
}


def in_words(reason: Reason) -> str:
    """Returns the reason as an English clause; a face translates by code and values instead."""
    values = [value or "none" for value in reason.values]
    return ENGLISH[reason.why].format(*values, "", "")


def listed(words: list[str]) -> str:
    """Returns words as one value of a reason."""
    return ", ".join(words)


def of_class(read: Read, wanted: WordClass) -> str:
    """Returns the words of one class in a name."""
    return listed([word for word in read.meanings if class_of(word) is wanted])


def numbers_of(read: Read) -> str:
    """Returns the numbers of a name with what they count, in a fixed order."""
    return listed([f"{mark} {counted}".strip() for mark, counted in sorted(read.attached)])


GATE_VALUES: dict[str, Callable[[Read], str]] = {
    "numbers_other": numbers_of,
    "number_missing": numbers_of,
    "numbers_swapped": numbers_of,
    "echelon_other": lambda read: of_class(read, WordClass.ECHELON),
    "arm_other": lambda read: of_class(read, WordClass.ARM),
    "branch_other": lambda read: of_class(read, WordClass.BRANCH),
    "side_other": lambda read: of_class(read, WordClass.SIDE),
    "country_other": lambda read: of_class(read, WordClass.COUNTRY),
}


def word_reasons(asked: Read, own: Read, same: bool) -> list[Reason]:
    """Returns what the words of two names have in common and what only one has."""
    mine, theirs = asked.meanings, set(own.meanings)
    shared = [word for word in mine if word in theirs]
    if same:
        return [Reason(Why.SAME_NAME, (" ".join(own.order),))]
    found = [Reason(Why.SHARED_WORDS, (listed(shared),))] if shared else []
    only = [word for word in mine if word not in theirs]
    missing = [word for word in own.meanings if word not in set(mine)]
    if only:
        found.append(Reason(Why.ONLY_ASKED, (listed(only),)))
    if missing:
        found.append(Reason(Why.ONLY_REGISTER, (listed(missing),)))
    return found
