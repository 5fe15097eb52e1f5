"""Names in plain Latin letters whatever their script, and the consonants their spellings share.

`folded` keeps the spelling, `skeleton` keeps what spellings of one name have in common: Mohamed,
Muhammad, Мухаммад and محمد all have `mhmd`. A skeleton finds pairs; it never proves one.
"""

import re
from functools import lru_cache

from primacy.kernels.names.persons.scripts import in_latin

APOSTROPHES = re.compile("['`´‘’ʼʻʾʿ׳]")

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
    plain = in_latin(APOSTROPHES.sub("", text)).casefold()
    return " ".join(word for word in re.split(r"[\W_]+", APOSTROPHES.sub("", plain)) if word)


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
    word = word[:-1] + "v" if word.endswith(("ow", "ew")) else word
    word = SOFT_C.sub("s", word).translate(SINGLE)
    return DOUBLED.sub(r"\1", SILENT.sub("", word))
