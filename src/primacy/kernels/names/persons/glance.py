"""Which names are worth a full comparison: whole names side by side, at a glance."""

from functools import lru_cache

from rapidfuzz import fuzz

from primacy.kernels.names.persons.likeness import all_sounds, root, skeletons
from primacy.kernels.names.persons.naming import as_name, whole_names
from primacy.kernels.names.persons.records import Kind, PersonName
from primacy.kernels.names.persons.words import Use, words_of

KEPT = 65_536
WORTH_A_LOOK = 70.0
"""From this likeness of two whole names on, 0 to 100, they are compared in full."""

CLOSEST = 2
"""Names of one record compared in full with one name, those most alike."""


def closest_names(
    asked: tuple[PersonName | str, ...], known: tuple[PersonName | str, ...]
) -> tuple[PersonName, ...]:
    """Returns the names of a record that are worth comparing in full, the most alike first.

    Two names none of whose words are alike, as written, as heard or by their consonants, are none:
    a full comparison of them costs much and says nothing.
    """
    wanted = [_forms(as_name(name)) for name in asked]
    found: list[tuple[float, int, PersonName]] = []
    for name in whole_names(known):
        forms = _forms(name)
        alike = max((_alike(one, forms) for one in wanted), default=0.0)
        if alike >= WORTH_A_LOOK:
            found.append((-alike, len(found), name))
    return tuple(name for _alike, _at, name in sorted(found)[:CLOSEST])


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return max(
        fuzz.token_set_ratio(one[0], other[0]),
        fuzz.token_set_ratio(one[1], other[1]),
        fuzz.token_set_ratio(one[2], other[2]),
        # Words may be written in one, or parted where the other script does not part them.
        fuzz.ratio(one[3], other[3]),
        fuzz.ratio(one[4], other[4]),
    )


@lru_cache(maxsize=KEPT)
def _forms(name: PersonName) -> tuple[str, ...]:
    """Returns the words that name somebody as written, as heard, and by their consonants.

    First parted, then the latter two in one.
    """
    words = [
        word.text
        for word in words_of(name.text, name.kind is Kind.ORGANISATION)
        if word.use in (Use.NAME, Use.INITIAL)
    ]
    heard = [all_sounds(word)[0] for word in words]
    bare = [skeletons(root(word))[0] for word in words]
    return " ".join(words), " ".join(heard), " ".join(bare), "".join(heard), "".join(bare)
