"""The names of a record as they can be compared, and how much each of them can prove."""

from collections.abc import Iterable
from enum import IntEnum
from itertools import product

from primacy.kernels.names.persons.features import Aligned
from primacy.kernels.names.persons.likeness import sounds_one
from primacy.kernels.names.persons.records import Kind, PersonName
from primacy.kernels.names.persons.words import HONOURS, PARTICLES, Use, words_of

MOST_JOINED = 16
"""Full names put together from given and family names of one record, at most."""

NO_NAMES = frozenset(
    "unknown unnamed anonymous unidentified inconnu inconnue anonyme desconocido desconocida"
    " anonimo desconhecido desconhecida unbekannt neizvestno neizvestnyi majhul none null nil"
    " nn na tbc tbd xx xxx xxxx test".split()
)
"""What is written where the name is not known."""

SHORTEST_WORD = 2


class Weight(IntEnum):
    """How much a name can prove beside other evidence."""

    NOTHING = 0
    PART = 1
    FULL = 2


def as_name(name: PersonName | str) -> PersonName:
    """Returns the name with its kind."""
    return PersonName(name) if isinstance(name, str) else name


def whole_names(names: Iterable[PersonName | str]) -> tuple[PersonName, ...]:
    """Returns the names to compare: given and family names put together where a record has both.

    Else two brothers would have the same family name, and two namesakes the same given name.
    """
    found = [as_name(name) for name in names]
    given = [name.text for name in found if name.kind is Kind.GIVEN]
    family = [name.text for name in found if name.kind is Kind.FAMILY]
    if not (given and family):
        return tuple(found)
    joined = [PersonName(f"{a} {b}") for a, b in product(given, family)][:MOST_JOINED]
    kept = [name for name in found if name.kind not in (Kind.GIVEN, Kind.FAMILY)]
    return tuple(dict.fromkeys([*kept, *joined]))


def weight_of(name: PersonName) -> Weight:
    """Returns what the name can prove: a full name most, a nickname or "unknown" nothing."""
    if name.kind in (Kind.NICKNAME, Kind.GIVEN):
        return Weight.NOTHING
    naming = naming_words(name)
    if name.kind is Kind.FAMILY:
        return Weight.PART if naming else Weight.NOTHING
    return Weight(min(len(naming), Weight.FULL))


def naming_words(name: PersonName) -> list[str]:
    """Returns the words that tell one person from another: no ranks, particles or initials."""
    words = words_of(name.text, name.kind is Kind.ORGANISATION)
    return [
        word.text
        for word in words
        if len(word.text) >= SHORTEST_WORD
        and word.text not in NO_NAMES
        and word.text not in HONOURS
        and word.text not in PARTICLES
    ]


def firmly_one(found: Aligned) -> bool:
    """Returns whether all names of the shorter side sound the same in the longer.

    A letter more or less parts twins and comrades: Hassan and Hussein, Sankoh and Sannoh. Readings
    of several countries would make one of Chan and Han.
    """
    core = [pair for pair in found.pairs if Use.NAME in (pair.one.use, pair.other.use)]
    left, right = names_left_over(found)
    return (
        bool(core)
        and not (left and right)
        and all(sounds_one(p.one.text, p.other.text) for p in core)
    )


def names_left_over(found: Aligned) -> tuple[int, int]:
    """Returns how many names of either side nothing on the other answers."""
    names = (Use.NAME, Use.INITIAL, Use.NUMBER)
    left, right = (sum(word.use in names for word in side) for side in (found.left, found.right))
    return left, right


def says_something(name: PersonName) -> bool:
    """Returns whether there is a name at all: "?", "-" and "unknown" are none."""
    words = words_of(name.text, name.kind is Kind.ORGANISATION)
    return any(word.text not in NO_NAMES for word in words)
