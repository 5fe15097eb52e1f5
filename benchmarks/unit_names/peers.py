"""Simple ways to match unit names, with rapidfuzz: what the matcher has to beat."""

# ruff: noqa: E501 (tables of words)

import re
import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

EXPANSIONS = {
    "bn": "battalion", "batt": "battalion", "btn": "battalion", "bde": "brigade", "brig": "brigade",
    "div": "division", "regt": "regiment", "rgt": "regiment", "coy": "company", "cie": "company",
    "compagnie": "company", "bataillon": "battalion", "batalhao": "battalion", "batallon": "battalion",
    "brigada": "brigade", "divisao": "division", "sqn": "squadron", "gp": "group", "hq": "headquarters",
    "arty": "artillery", "armd": "armoured", "armored": "armoured", "mech": "mechanised",
    "mechanized": "mechanised", "inf": "infantry", "engr": "engineer", "sig": "signal", "recce": "reconnaissance",
    "sf": "special forces", "jtf": "joint task force", "tf": "task force", "op": "operation", "dept": "department",
    "comd": "command", "naf": "nigerian air force", "na": "nigerian army", "npf": "nigeria police force", "stn": "station",
}  # fmt: skip
WORDS = dict(zip(
    "first second third fourth fifth sixth seventh eighth ninth tenth one two three four five six seven eight nine ten".split(),
    [str(n) for n in [*range(1, 11), *range(1, 11)]], strict=True))  # fmt: skip
ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th|er|e|eme|o|a)\b")
OTHER_NUMBERS = 60.0


def simple(name: str) -> str:
    """The name in lower case without accents and ordinals, number words and short forms resolved."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = ORDINAL.sub(r"\1", re.sub(r"[^\w\s]", " ", text))
    return " ".join(WORDS.get(w, EXPANSIONS.get(w, w)) for w in text.split())


def numbers(name: str) -> frozenset[str]:
    """The numbers in a name as a simple reader sees them."""
    return frozenset(str(int(n)) for n in re.findall(r"\d+", simple(name)))


Scorer = Callable[[Sequence[str], Sequence[str]], np.ndarray]


def levenshtein(asked: Sequence[str], names: Sequence[str]) -> np.ndarray:
    """Levenshtein ratio of the names as they are, 0 to 100."""
    return process.cdist(asked, names, scorer=fuzz.ratio, workers=1)


def token_sort(asked: Sequence[str], names: Sequence[str]) -> np.ndarray:
    """Token-sort ratio of the simply normalised names."""
    return process.cdist(
        [simple(a) for a in asked],
        [simple(n) for n in names],
        scorer=fuzz.token_sort_ratio,
        workers=1,
    )


def sort_and_set(asked: Sequence[str], names: Sequence[str]) -> np.ndarray:
    """Mean of token-sort and token-set ratio, less 60 where the numbers differ."""
    left, right = [simple(a) for a in asked], [simple(n) for n in names]
    value = (
        process.cdist(left, right, scorer=fuzz.token_sort_ratio, workers=1)
        + process.cdist(left, right, scorer=fuzz.token_set_ratio, workers=1)
    ) / 2
    own = [numbers(n) for n in names]
    for at, one in enumerate(asked):
        said = numbers(one)
        value[at] -= OTHER_NUMBERS * np.array([said != other for other in own])
    return value


PEERS: dict[str, tuple[Scorer, float, float]] = {
    "levenshtein_ratio": (levenshtein, 90.0, 0.0),
    "token_sort_with_normaliser": (token_sort, 90.0, 0.0),
    "mean_of_sort_and_set_with_number_gate": (sort_and_set, 90.0, 5.0),
}
"""Name, scores, and the score and margin from which an answer would be accepted."""
