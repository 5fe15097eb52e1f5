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
    ("ts", "z"), ("tz", "z"), ("ie", "i"), ("ei", "i"), ("ye", "e"), ("yo", "o"), ("yu", "u"),
    ("ya", "a"), ("ia", "a"), ("iu", "u"), ("y", "i"),
)  # fmt: skip
CH, SH = "1", "2"
"""Signs for the first sound of "church" and of "shore", which spellings share most unevenly."""

READINGS = (
    (("shch", SH), ("tch", CH), ("ch", CH), ("sh", SH)),
    (("schtsch", SH), ("tsch", CH), ("sch", SH), ("ch", "h"), ("sh", SH), ("j", "i")),
    (("chtch", SH), ("tch", CH), ("ch", SH), ("sh", SH)),
    (("cz", CH), ("sz", SH), ("ch", "h"), ("c", "z"), ("sh", SH), ("j", "i")),
)
"""How English, German, French and Slavic writers mean the letters that they use differently."""

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
    "mohamed mohammed muhammad muhammed mohammad mohamad mohamet muhamad mohd muhd",
    "ahmed ahmad ahmet", "mahmud mahmoud mehmud mahmood", "hussein husain hussain hossein husayn"
    " hosein", "hassan hasan", "yusuf youssef yousif yussuf youssouf yousef yousuf yusif",
    "osman ousmane usman uthman othman ousman othmane", "omar umar oumar omer", "ali aly",
    "said saeed sayeed", "suleiman souleymane sulaiman suleyman sulayman soleiman souleiman",
    "ibrahim ebrahim ibraheem ibrahima", "khalid khaled", "hamid hameed", "karim kareem",
    "fatima fatema fatimah", "aisha ayesha aicha aysha", "mariam maryam meryem mariama",
    "toure touray ture turay", "cisse ceesay sise", "diop jobe jope", "ndiaye njie njai",
    "sissoko cissokho sissokho cissoko", "traore trawally trawalli", "diallo jalloh jallow djalo"
    " dialo jalo", "barry bari", "coulibaly kulibaly koulibaly", "kone conneh koneh",
    "diarra jarra jara", "sangare sankareh",
)  # fmt: skip
"""Spellings of one name that sound alone keeps apart: transliterations, colonial orthographies."""

KINDRED = (
    "mohamed mamadou mamadu mohamadou muhammadu mehmet magomed", "ahmed ahmadou amadou amadu",
    "hussein huseyin ousseini", "ibrahim brahim ibrahimu", "yusuf isufu joseph",
    "omar umaru oumarou", "ali aliou aliyu alieu", "fatima fatou fatoumata fatmata",
    "aisha aissatou aishatu isatu", "mariam mariatu", "said saidu seydou seidu",
    "harun haroun aaron", "suleiman solomon", "cisse sesay", "conde konde conteh",
)  # fmt: skip
"""Names of one root in different languages: often one person's, but two brothers may have them."""

SPELLING_OF = {word: words.split()[0] for words in SPELLINGS for word in words.split()}
ROOT_OF = {word: words.split()[0] for words in KINDRED for word in words.split()}
ONE_SOUND, ONE_ROOT = 0.97, 0.95
NO, INITIAL_FITS, BENT = 0.0, 0.75, 0.9


@lru_cache(maxsize=KEPT)
def all_sounds(word: str) -> tuple[str, ...]:
    """Returns the word as it sounds to each kind of reader, in the order of READINGS."""
    spelt = SPELLING_OF.get(word, word)
    return tuple(_read(spelt, reading) for reading in READINGS)


@lru_cache(maxsize=KEPT)
def sounds(word: str) -> tuple[str, ...]:
    """Returns the ways the word may sound, each once."""
    return tuple(dict.fromkeys(all_sounds(word)))


def _read(word: str, reading: tuple[tuple[str, str], ...]) -> str:
    for written, heard in (*reading, *EVERYWHERE):
        word = word.replace(written, heard)
    word = word.replace("c", "k")
    for written, heard in ENDING:
        word = word.replace(written, heard)
    return TWICE.sub(r"\1", word)


def sounds_one(one: str, other: str) -> bool:
    """Returns whether two words sound the same to one reader."""
    return all_sounds(one)[0] == all_sounds(other)[0]


def root(word: str) -> str:
    """Returns the name that stands for those of one root, else the word itself."""
    plain = SPELLING_OF.get(word, word)
    return ROOT_OF.get(word, ROOT_OF.get(plain, plain))


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
    heard, others = sounds(one), sounds(other)
    if not set(heard).isdisjoint(others):
        return ONE_SOUND
    if root(one) == root(other):
        return ONE_ROOT
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
    if one[:3] != other[:3]:
        # The stem has three letters at least, and both words begin with it.
        return False
    for masculine, feminine in BENDING:
        for a, b in ((one, other), (other, one)):
            if a.endswith(masculine) and b.endswith(feminine):
                stem = a[: -len(masculine)]
                if len(stem) > 2 and stem == b[: -len(feminine)]:
                    return True
    return False
