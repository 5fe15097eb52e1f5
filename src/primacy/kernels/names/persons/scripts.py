"""Names of any script in Latin letters: own tables where spellings vary most, anyascii elsewhere.

Cyrillic follows the passport and BGN/PCGN spellings, Arabic gives consonants and long vowels as
English and French papers mostly write them, Greek the spoken form. The aim is one likely spelling;
the comparison forgives the others.
"""

import re
import unicodedata

from anyascii import anyascii

from primacy.kernels.names.persons.arabic_names import VOWELLED

CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "),
        strict=True,
    )
) | {
    "є": "ye", "і": "i", "ї": "yi", "ґ": "g", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c",
    "ђ": "dj", "џ": "dz", "ѓ": "gj", "ќ": "kj", "ѕ": "dz", "қ": "k", "ұ": "u", "ү": "u", "ө": "o",
    "ә": "a", "ғ": "g", "ң": "n", "һ": "h", "ҳ": "h", "ҷ": "j", "ӣ": "i", "ӯ": "u",
}  # fmt: skip
ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h",
    "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d",
    "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m",
    "ن": "n", "ه": "h", "و": "w", "ي": "y", "ى": "a", "ئ": "i", "ؤ": "u", "ء": "", "ة": "a",
    "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ک": "k", "ی": "y", "ے": "e", "ڤ": "v", "ں": "n",
    "ٹ": "t", "ڈ": "d", "ڑ": "r", "ہ": "h", "ھ": "h", "ټ": "t", "ډ": "d", "ړ": "r", "ښ": "kh",
    "ږ": "g", "ڼ": "n", "ې": "e", "ۍ": "ay", "ځ": "z", "څ": "ts",
}  # fmt: skip
GREEK_PAIRS = {
    "ου": "u", "αι": "e", "ει": "i", "οι": "i", "μπ": "b", "ντ": "d", "γκ": "g", "γγ": "ng",
    "αυ": "av", "ευ": "ev", "τσ": "ts", "τζ": "tz",
}  # fmt: skip
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),
        strict=True,
    )
)
SYLLABLES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Signs that stand for a syllable or a word: each is read by itself."""

ARABIC_WORD = re.compile(r"[\u0600-\u06ff\u0750-\u077f]+")
ARABIC_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
LONG_WAW = re.compile(r"(?:(?<=[^aiuwy])|(?<=^y))w(?=[^aiuwy]|$)")
LONG_YA = re.compile(r"(?:(?<=[^aiuwy])|(?<=^w))y(?=[^aiuwy]|$)")
PERSIAN = frozenset("پچژگکی")
"""Letters that tell a name written in Persian, where some Arabic letters sound otherwise."""

INNER_VAV = re.compile(r"(?<=[^aiuvy])v(?=[^aiuvy]|$)")
PERSIAN_SOUNDS = {"ض": "z", "ذ": "z", "ث": "s", "و": "v"}


def in_latin(text: str) -> str:
    """Returns the text in small Latin letters, figures and blanks; other signs become blanks."""
    text = unicodedata.normalize("NFKC", text)
    text = SYLLABLES.sub(r" \g<0> ", text)
    persian = not PERSIAN.isdisjoint(text)
    text = ARABIC_WORD.sub(lambda found: _arabic(found.group(), persian), text)
    text = text.casefold()
    if any("\u0370" <= letter <= "\u03ff" or "\u1f00" <= letter <= "\u1fff" for letter in text):
        text = _greek(text)
    text = "".join(CYRILLIC.get(letter, letter) for letter in text)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return text if text.isascii() else anyascii(text).casefold()


def _arabic(word: str, persian: bool) -> str:
    word = ARABIC_MARKS.sub("", word)
    article = ""
    if word not in VOWELLED and word.startswith("ال") and len(word) > 4:
        article, word = "al ", word[2:]
    if word in VOWELLED:
        return article + VOWELLED[word]
    table = ARABIC | PERSIAN_SOUNDS if persian else ARABIC
    latin = "".join(table.get(letter, letter) for letter in word)
    if persian:
        # Vav is a vowel between consonants and at the end, as waw is.
        latin = INNER_VAV.sub("u", latin)
    # Waw and ya are vowels between consonants and at the end, and consonants beside vowels.
    return article + LONG_YA.sub("i", LONG_WAW.sub("u", latin))


def _greek(text: str) -> str:
    text = unicodedata.normalize("NFD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    for pair, latin in GREEK_PAIRS.items():
        text = text.replace(pair, latin)
    return "".join(GREEK.get(letter, letter) for letter in text)
