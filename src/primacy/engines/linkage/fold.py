"""Names in one script: Latin, Arabic and Cyrillic folded to plain letters, and their consonants.

`folded` keeps the spelling, `skeleton` keeps what spellings of one name have in common: Mohamed,
Muhammad, Мухаммад and محمد all have `mhmd`. A skeleton finds pairs; it never proves one.
"""

import re
import unicodedata
from functools import lru_cache

ARABIC = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئٱپچژگکیھہ",
        "a b t th j h kh d dh r z s sh s d t z - gh f q k l m n h w y a a - a i a w y a p ch zh "
        "g k y h h".split(),
        strict=True,
    )
)
CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџ",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i yi e g w j "
        "lj nj c dj dz".split(),
        strict=True,
    )
)
LATIN = {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
LATIN |= {"ð": "d", "ħ": "h", "ŋ": "ng", "ɓ": "b", "ɗ": "d", "ɛ": "e", "ɔ": "o", "ƙ": "k"}
LETTERS = {
    letter: "" if plain == "-" else plain for letter, plain in (ARABIC | CYRILLIC | LATIN).items()
}
APOSTROPHES = re.compile("['`´‘’ʼʻʾʿ׳]")
TATWEEL = "\u0640"

PARTICLES = frozenset(
    "al el ul as ash ad ar an at az de del da do dos das du di la le van von der den "
    "bin ben ibn bint ould wuld walad mac".split()
)
SERVANTS = frozenset("abd bd abdal abdel abdul abdoul abdoel abdur abder abdou abdu".split())
SERVANT = re.compile(r"^a?bd(?:(?:[aeou]{1,2}[lrsn]?|l)(?=[^aeiou]|allah$|$))?(?=.)")
ARTICLE = re.compile(r"^(?:al|el|ul)(?=[^aeiou]{1}.{3})")
SOUNDS = (
    ("shch", "s"),
    ("tch", "s"),
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "s"),
    ("cz", "s"),
    ("sz", "s"),
    ("ts", "s"),
    ("tz", "s"),
    ("zh", "g"),
    ("dzh", "g"),
    ("dj", "g"),
    ("dz", "s"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("ck", "k"),
    ("qu", "k"),
    ("x", "ks"),
)
SOFT_C = re.compile("c(?=[eiy])")
SINGLE = str.maketrans({"c": "k", "q": "k", "j": "g", "z": "s", "v": "f"})
SILENT = re.compile("[aeiouyw]")
DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """Returns the text in plain lower-case letters and digits, its words parted by one blank."""
    lower = unicodedata.normalize("NFKC", text).casefold().replace(TATWEEL, "")
    words = []
    for word in re.split(r"[\W_]+", APOSTROPHES.sub("", strip_marks(lower))):
        bare = word[2:] if word.startswith("ال") and len(word) > 3 else word
        plain = "".join(LETTERS.get(letter, letter) for letter in bare)
        decomposed = unicodedata.normalize("NFKD", plain)
        words.append("".join(c for c in decomposed if not unicodedata.combining(c)))
    return " ".join(word for word in words if word)


def strip_marks(text: str) -> str:
    """Returns the text without Arabic vowel marks, which stand between the letters of a word."""
    return "".join(c for c in text if not ("\u064b" <= c <= "\u065f" or c == "\u0670"))


@lru_cache(maxsize=200_000)
def skeletons(plain: str) -> tuple[str, ...]:
    """Returns the consonants of each word of a folded name, particles left out."""
    words = plain.split()
    kept = [word for word in words if word not in PARTICLES] or words
    keys: list[str] = []
    servant = False
    for at, word in enumerate(kept):
        if servant:
            keys[-1] += consonants(word)
            servant = False
        else:
            servant = word in SERVANTS and at + 1 < len(kept)
            keys.append("bd" if servant else skeleton(word))
    return tuple(keys)


def skeleton(word: str) -> str:
    """Returns the consonants that spellings of one word share; the word itself if it has none."""
    if served := SERVANT.match(word):
        return "bd" + consonants(word[served.end() :])
    return consonants(ARTICLE.sub("", word)) or word


def consonants(word: str) -> str:
    """Returns the consonants of a word with sounds that are confused written alike."""
    for written, sound in SOUNDS:
        word = word.replace(written, sound)
    word = word[:-1] if word.endswith(("h", "ij")) else word
    word = SOFT_C.sub("s", word).translate(SINGLE)
    return DOUBLED.sub(r"\1", SILENT.sub("", word))
