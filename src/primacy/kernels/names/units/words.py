"""The vocabulary as look-up tables: form → meaning, meaning → class and number of its bit."""

from collections.abc import Iterator

from primacy.kernels.names.units import vocabulary
from primacy.kernels.names.units.vocabulary import WordClass

TABLES = {
    WordClass.ECHELON: vocabulary.ECHELONS,
    WordClass.ARM: vocabulary.ARMS,
    WordClass.BRANCH: vocabulary.BRANCHES,
    WordClass.STAFF: vocabulary.STAFF,
    WordClass.SIDE: vocabulary.SIDES,
    WordClass.GENERIC: vocabulary.GENERIC,
    WordClass.COUNTRY: vocabulary.COUNTRIES,
}

# How much a word of each class says about which unit is meant, before its rarity in the register.
CLASS_WEIGHT = {
    WordClass.ECHELON: 0.7,
    WordClass.ARM: 1.0,
    WordClass.BRANCH: 0.5,
    WordClass.SIDE: 1.0,
    WordClass.STAFF: 0.25,
    WordClass.GENERIC: 0.35,
    WordClass.COUNTRY: 0.12,
    WordClass.PLAIN: 1.2,
}

# Words that are left out as often as they are written.
WEAK = frozenset({WordClass.GENERIC, WordClass.STAFF, WordClass.COUNTRY})

# Echelons that number their units in every force known to us: a number against none is a gap
# that only a person may close.
NUMBERED = frozenset(
    "corps division brigade regiment group battalion company squadron battery platoon "
    "section sector zone region legion wing squad troop team".split()
)

# In these a single letter is a letter ("C Company"); elsewhere i, v and x are Roman numerals.
LETTERED = frozenset("company battery squadron troop platoon team sector".split())

ELIDED = frozenset(("d", "l"))
"""Left of "d'" and "l'"; a name is read without them."""

Meaning = tuple[str, ...]


def lines(table: str) -> Iterator[tuple[str, list[str]]]:
    """Yields each meaning of a table with all its forms, itself among them."""
    for line in table.strip().splitlines():
        meaning, _, forms = line.partition("=")
        meaning = meaning.strip()
        yield meaning, [meaning, *(f.strip() for f in forms.split(",") if f.strip())]


def read_tables() -> tuple[dict[Meaning, Meaning], dict[str, WordClass]]:
    """Returns the forms, as tuples of words, with their meanings, and the class of each meaning."""
    forms: dict[Meaning, Meaning] = {}
    classes: dict[str, WordClass] = {}
    for word_class, table in TABLES.items():
        for meaning, found in lines(table):
            classes.setdefault(meaning, word_class)
            for form in found:
                forms.setdefault(tuple(form.split()), (meaning,))
                forms.setdefault(tuple(w for w in form.split() if w not in ELIDED), (meaning,))
    for short, (full,) in ((k, v[1:]) for k, v in lines(vocabulary.SERVICES)):
        forms.setdefault((short,), meanings_of(full, forms))
    return forms, classes


def meanings_of(phrase: str, forms: dict[Meaning, Meaning]) -> Meaning:
    """Returns the meanings in a phrase of known words, longest forms first."""
    words, found, at = phrase.split(), list[str](), 0
    while at < len(words):
        for size in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            meaning = forms.get(tuple(words[at : at + size]))
            if meaning or size == 1:
                found.extend(meaning or words[at : at + 1])
                at += size
                break
    return tuple(found)


LONGEST_PHRASE = 6
FORMS, CLASSES = read_tables()
FIRST_WORDS: dict[str, int] = {}
for _form in FORMS:
    FIRST_WORDS[_form[0]] = max(FIRST_WORDS.get(_form[0], 0), len(_form))

ECHELON_BITS = {m: 1 << i for i, (m, _) in enumerate(lines(vocabulary.ECHELONS))}
# Arms that a unit has or has not; those in ANY_ARM go with any and get no bit.
ANY_ARM = frozenset("special support training field light heavy security".split())
ARM_BITS = {
    meaning: 1 << at
    for at, meaning in enumerate(m for m, _ in lines(vocabulary.ARMS) if m not in ANY_ARM)
}
BRANCH_BITS = {m: 1 << i for i, (m, _) in enumerate(lines(vocabulary.BRANCHES))}
SIDE_BITS = {m: 1 << i for i, (m, _) in enumerate(lines(vocabulary.SIDES))}
COUNTRY_NUMBERS = {m: i for i, (m, _) in enumerate(lines(vocabulary.COUNTRIES), start=1)}
NUMBERED_BITS = sum(ECHELON_BITS[m] for m in NUMBERED)


def class_of(word: str) -> WordClass:
    """Returns the class of a meaning; words outside the vocabulary are plain."""
    return CLASSES.get(word, WordClass.PLAIN)


def is_strong(word: str) -> bool:
    """Returns whether a word tells units apart: not a country, staff or general word."""
    return class_of(word) not in WEAK


LONG_WORD = 8


def one_letter_out() -> dict[str, str]:
    """Returns, for each long form with one letter taken out, the form: finds misspelt words."""
    table: dict[str, str] = {}
    for form in FORMS:
        if len(form) == 1 and len(form[0]) >= LONG_WORD and form[0].isascii():
            for at in range(len(form[0])):
                table.setdefault(form[0][:at] + form[0][at + 1 :], form[0])
    return table


MISSPELT = one_letter_out()


def corrected(word: str) -> str:
    """Returns the vocabulary word that differs by one letter from a long word, or the word."""
    if len(word) < LONG_WORD or not word.isascii() or (word,) in FORMS:
        return word
    if word in MISSPELT:
        return MISSPELT[word]
    for at in range(len(word)):
        shorter = word[:at] + word[at + 1 :]
        if (shorter,) in FORMS and len(shorter) >= LONG_WORD:
            return shorter
        near = MISSPELT.get(shorter)
        if near is not None and len(near) == len(word):
            return near
    return word
