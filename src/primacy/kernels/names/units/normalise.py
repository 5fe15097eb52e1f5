"""A unit's name as the matcher reads it: meanings, numbers, plain words, in one alphabet."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from primacy.kernels.names.units import numbers
from primacy.kernels.names.units.vocabulary import STOPWORDS, WordClass
from primacy.kernels.names.units.words import (
    CLASSES,
    ECHELON_BITS,
    FIRST_WORDS,
    FORMS,
    class_of,
    corrected,
)

KEPT_READINGS = 8_192

ORDINAL_SIGN = re.compile(r"(\d)\s*\.?\s*[ºª°]")
NUMBER_SIGN = re.compile(r"\b(?:n°|(?:nr|nro|num|number|numero|no)\b)[.\s]*(?=\d)", re.IGNORECASE)
INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
ELISION = re.compile(r"\b(?:qu|[dl])['’`´]", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’`´](s?)(?=\W|$)", re.IGNORECASE)
PIECES = re.compile(r"\d+|[^\W\d_]+")
SUFFIX = re.compile(
    r"(?<=\d)(?:st|nd|rd|th|er|ere|re|e|eme|ieme|iem|em|de|nde|d|o|ro|ra|do|da|to|ta|mo|ma|vo|va|no)"
    r"(?![^\W\d_])"
)
FEMININE = re.compile(
    r"(?<=\d)a(?=\s+(?:briga|divis|compa|bater|zona|regi|secc|seca|esqua|comis|patru|legi|coman"
    r"|unid|jefat|deleg))"
)
ARABIC_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None}
)
ARABIC_ARTICLE = re.compile(r"^(?:وال|بال|لل|ال)(?=\w{2,})")
ARABIC = re.compile(r"[\u0600-\u06ff]")
LATIN_OF_ARABIC = str.maketrans(
    dict(
        zip(
            "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
            "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y".split(),
            strict=True,
        )
    )
    | {"ء": None}
)


def fold(name: str) -> str:
    """Returns the name in lower case without accents, elisions and ordinal signs."""
    text = ORDINAL_SIGN.sub(r"\1 ", name)
    text = unicodedata.normalize("NFKC", text)
    text = NUMBER_SIGN.sub(" ", text)
    text = INITIALS.sub(lambda found: found.group().replace(".", ""), text)
    text = ELISION.sub(" ", text)
    text = POSSESSIVE.sub(r"\1", text)
    text = unicodedata.normalize("NFD", text.casefold().translate(ARABIC_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.replace("ß", "ss").replace("ø", "o").replace("œ", "oe").replace("æ", "ae")
    return FEMININE.sub(" ", SUFFIX.sub(" ", text))


def pieces(name: str) -> list[str]:
    """Returns the words and digits of a name, folded; Arabic words without their article."""
    found = []
    for piece in PIECES.findall(fold(name)):
        if piece.isdecimal():
            found.append(str(int(piece)))
        elif ARABIC.search(piece):
            word = ARABIC_ARTICLE.sub("", piece)
            joined = piece.startswith("وال") and word in numbers.WORDS
            found.extend(["و", word] if joined else [word])
        else:
            found.append(piece)
    return found


@dataclass(frozen=True)
class Read:
    """What one name says.

    `words` are the meanings and plain words in their order, once each, with what was written;
    `designators` the numbers and letters; `attached` each designator with its echelon.
    """

    words: tuple[tuple[str, str], ...]
    designators: frozenset[str]
    attached: frozenset[tuple[str, str]]
    order: tuple[str, ...]
    from_arabic: frozenset[str]

    @cached_property
    def meanings(self) -> tuple[str, ...]:
        """The meanings and plain words, in their order."""
        return tuple(meaning for meaning, _ in self.words)


def with_meanings(found: list[str]) -> list[tuple[str, str]]:
    """Returns each meaning or remaining word with what was written for it, longest forms first."""
    read: list[tuple[str, str]] = []
    at = 0
    while at < len(found):
        number = None if found[at].isdecimal() else numbers.number_at(found, at)
        size = phrase_size(found, at)
        if size and (number is None or size > number[1]):
            written = " ".join(found[at : at + size])
            read.extend((meaning, written) for meaning in FORMS[tuple(found[at : at + size])])
            at += size
        elif number is not None:
            read.append((str(number[0]), found[at]))
            at += number[1]
        else:
            read.extend(one_word(found[at]))
            at += 1
    return read


def phrase_size(found: list[str], at: int) -> int:
    """Returns how many words the longest known form at a place has, 0 for none."""
    longest = min(FIRST_WORDS.get(found[at], 0), len(found) - at)
    for size in range(longest, 0, -1):
        if tuple(found[at : at + size]) in FORMS:
            return size
    return 0


def one_word(word: str) -> list[tuple[str, str]]:
    """Returns the word, or its meaning after one misspelt letter, or nothing for a stop word."""
    if word in STOPWORDS and len(word) > 1:
        return []
    better = corrected(word)
    return [(m, word) for m in FORMS[(better,)]] if (better,) in FORMS else [(word, word)]


def in_latin(word: str) -> str:
    """Returns the word in Latin letters, consonants as they are usually written."""
    return word.translate(LATIN_OF_ARABIC) if ARABIC.search(word) else word


def designator(read: list[tuple[str, str]], at: int) -> str | None:
    """Returns the number or letter that a word is, or None."""
    word = read[at][0]
    if word.isdecimal():
        return word
    if len(word) > 1 and word not in CLASSES:
        value = numbers.roman(word)
        if value is not None:
            return str(value)
    before = read[at - 1][0] if at else ""
    after = read[at + 1][0] if at + 1 < len(read) else ""
    return numbers.single_letter(word, (before, after))


def attach(items: list[tuple[str, bool]]) -> frozenset[tuple[str, str]]:
    """Returns each designator with the echelon it counts: the next one, else the one before."""
    found = set()
    for at, (item, is_designator) in enumerate(items):
        if not is_designator:
            continue
        for word, is_other in items[at + 1 :]:
            if is_other or word in ECHELON_BITS:
                break
        else:
            word, is_other = "", True
        if is_other:
            before = [w for w, other in items[:at] if not other and w in ECHELON_BITS]
            word = before[-1] if before else ""
        found.add((item, word))
    return frozenset(found)


@lru_cache(maxsize=KEPT_READINGS)
def read_name(name: str) -> Read:
    """Returns what a name says, whatever its language, spelling and order.

    A pure function; readings are kept because superior units and places come back all the time.
    """
    found = with_meanings(pieces(name))
    items: list[tuple[str, bool]] = []
    words: dict[str, str] = {}
    arabic = set()
    for at, (word, written) in enumerate(found):
        mark = designator(found, at)
        if mark is not None:
            items.append((mark, True))
            continue
        latin = in_latin(word)
        if not latin or (len(latin) == 1 and latin.isascii()):
            continue
        items.append((latin, False))
        words.setdefault(latin, written)
        if latin != word:
            arabic.add(latin)
    return Read(
        words=tuple(words.items()),
        designators=frozenset(word for word, mark in items if mark),
        attached=attach(items),
        order=tuple(word for word, _ in items),
        from_arabic=frozenset(arabic),
    )


SETTLES_WITHIN = 6


def normal_form(name: str) -> str:
    """Returns the name in English meanings and figures; its own normal form is itself.

    >>> normal_form("21ème Brigade blindée")
    '21 brigade armoured'
    """
    form = " ".join(read_name(name).order)
    for _ in range(SETTLES_WITHIN):
        again = " ".join(read_name(form).order)
        if again == form:
            break
        form = again
    return form


def is_plain(word: str) -> bool:
    """Returns whether a word is outside the vocabulary: a place, a person, a motto."""
    return class_of(word) is WordClass.PLAIN
