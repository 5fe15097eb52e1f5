"""How alike two words of names are: spelling, sound, initials, and forms that languages bend."""

import re
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

KEPT = 65_536
EVERYWHERE = (
    ("x", "ks"), ("qu", "k"), ("q", "k"), ("ck", "k"), ("kh", "h"), ("gh", "g"), ("ph", "f"),
    ("th", "t"), ("dh", "d"), ("zh", "j"), ("dj", "j"), ("dzh", "j"), ("w", "v"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("aa", "a"),
)  # fmt: skip
ENDING = (
    ("ts", "s"), ("tz", "s"), ("ie", "i"), ("ei", "i"), ("ye", "e"), ("yo", "o"), ("yu", "u"),
    ("ya", "a"), ("ia", "a"), ("iu", "u"), ("y", "i"),
)  # fmt: skip
CH, SH = "1", "2"
"""Signs for the first sound of "church" and of "shore", which spellings share most unevenly."""

READINGS = (
    (("shch", SH), ("tch", CH), ("ch", CH), ("sh", SH)),
    (("schtsch", SH), ("tsch", CH), ("sch", SH), ("ch", "h"), ("sh", SH), ("j", "i")),
    (("chtch", SH), ("tch", CH), ("ch", SH), ("sh", SH)),
)
"""How English, German and French writers mean the letters that they use differently."""

VOWELS = re.compile(r"[aeiou]+")
TWICE = re.compile(r"(.)\1+")
BENDING = (
    ("ovich", "ovna"), ("evich", "evna"), ("ovitch", "ovna"), ("skiy", "skaya"), ("sky", "skaya"),
    ("ski", "ska"), ("ov", "ova"), ("ev", "eva"), ("in", "ina"), ("ev", "yev"), ("ovic", "ovich"),
    ("opoulos", "opoulou"), ("zadeh", "zada"), ("oglu", "ogly"), ("uly", "kyzy"),
)  # fmt: skip
SHORT = {
    frozenset(pair.split("-"))
    for pair in (
        "william-bill william-will robert-bob richard-dick richard-rick james-jim john-jack"
        " thomas-tom edward-ted edward-ed michael-mike joseph-joe charles-charlie henry-harry"
        " alexander-alex alexander-sasha alexandr-sasha vladimir-volodya dmitri-dima mikhail-misha"
        " nikolai-kolya sergei-seryozha yevgeni-zhenya elizabeth-liz elizabeth-beth margaret-peggy"
        " katherine-kate anthony-tony andrew-andy daniel-dan samuel-sam benjamin-ben francisco-paco"
        " jose-pepe ignacio-nacho guadalupe-lupe josef-sepp johannes-hans friedrich-fritz"
        " mohammed-mo ibrahim-brahim augustin-gus donald-don ronald-ron matthew-matt peter-pete"
        " stephen-steve timothy-tim kenneth-ken gregory-greg jeffrey-jeff philip-phil david-dave"
    ).split()
    if "-" in pair
}
SPELLINGS = (
    "diallo jalloh jallow djalo dialo jalo", "camara kamara", "toure touray ture turay",
    "cisse ceesay sesay sisay", "conde konde conteh conde", "diop jobe jope", "ndiaye njie njai",
    "sissoko cissokho sissokho cissoko", "traore trawally trawalli", "bah ba", "barry bari",
    "coulibaly kulibaly koulibaly", "kone conneh koneh", "diarra jarra jara", "fofana fofanah",
    "sangare sankareh", "dembele dembelle", "sow so", "jones joans", "mohamed mohammed muhammad"
    " mahomed mamadou mamadu mohamadou muhammadu mehmet magomed mohamad",
    "hussein husain hussain huseyin oussein", "ibrahim ibrahima brahim ibrahimu", "yusuf youssef"
    " yousif yussuf youssouf isufu joseph", "osman ousmane usman uthman othman ousman",
    "omar umar oumar umaru oumarou", "ali aliou aliyu alieu", "fatima fatou fatoumata fatmata",
    "aisha aissatou aishatu ayesha isatu", "mariam mariama mariatu maryam meryem",
    "said saeed sayeed saidu seydou", "haroun harun aaron", "suleiman souleymane solomon sulaiman"
    " suleyman sulayman",
)  # fmt: skip
"""Spellings of one name across languages and colonial orthographies that sound alone parts."""

SPELLING_OF = {word: at for at, words in enumerate(SPELLINGS) for word in words.split()}
NO, INITIAL_FITS, BENT = 0.0, 0.75, 0.9


@lru_cache(maxsize=KEPT)
def all_sounds(word: str) -> tuple[str, ...]:
    """Returns the word as it sounds to an English, a German and a French reader, in this order."""
    return tuple(_read(word, reading) for reading in READINGS)


@lru_cache(maxsize=KEPT)
def sounds(word: str) -> tuple[str, ...]:
    """Returns the ways the word may sound, each once."""
    return tuple(dict.fromkeys(all_sounds(word)))


def _read(word: str, reading: tuple[tuple[str, str], ...]) -> str:
    for written, heard in (*reading, *EVERYWHERE):
        word = word.replace(written, heard)
    word = word.replace("c", "k").replace("z", "s")
    for written, heard in ENDING:
        word = word.replace(written, heard)
    return TWICE.sub(r"\1", word)


def sound(word: str) -> str:
    """Returns the word as it sounds to an English reader."""
    return sounds(word)[0]


@lru_cache(maxsize=KEPT)
def skeletons(word: str) -> tuple[str, ...]:
    """Returns the consonants of each reading, with a mark where it begins with a vowel."""
    return tuple(dict.fromkeys(_bare(heard) for heard in sounds(word)))


def _bare(heard: str) -> str:
    bare = TWICE.sub(r"\1", VOWELS.sub("", heard).replace("h", "")) or heard[:1]
    return ("a" + bare) if heard[:1] in "aeiou" else bare


def skeleton(word: str) -> str:
    """Returns the consonants of the English reading."""
    return skeletons(word)[0]


@lru_cache(maxsize=KEPT)
def alike(one: str, other: str) -> float:
    """Returns how alike two words are, 0 to 1; the same both ways round."""
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        return INITIAL_FITS if one[0] == other[0] else NO
    if frozenset((one, other)) in SHORT:
        return 0.9
    if "abd" + one == other or one == "abd" + other:
        return 0.86
    if SPELLING_OF.get(one, -1) == SPELLING_OF.get(other, -2):
        return 0.95
    heard, others = sounds(one), sounds(other)
    if not set(heard).isdisjoint(others):
        return 0.97
    spelt = DamerauLevenshtein.normalized_similarity(one, other)
    best = max(
        spelt,
        *(
            DamerauLevenshtein.normalized_similarity(mine, yours) - 0.02
            for mine in heard
            for yours in others
        ),
        0.6 * spelt + 0.4 * JaroWinkler.similarity(one, other),
    )
    shared = set(skeletons(one)) & set(skeletons(other))
    if shared:
        longest = max(len(bare) for bare in shared)
        best = max(best, 0.92 if longest >= 3 else 0.8 if longest == 2 else 0.0)
    return max(best, BENT) if _bent(one, other) else best


def _bent(one: str, other: str) -> bool:
    """Returns whether the words differ by the ending a language gives to men and women."""
    for masculine, feminine in BENDING:
        for a, b in ((one, other), (other, one)):
            if a.endswith(masculine) and b.endswith(feminine):
                stem = a[: -len(masculine)]
                if len(stem) > 2 and stem == b[: -len(feminine)]:
                    return True
    return False
