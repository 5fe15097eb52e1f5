"""Two names word by word: which words answer which, and what is left over."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from primacy.kernels.names.persons.likeness import alike, all_sounds, skeleton, skeletons
from primacy.kernels.names.persons.words import Use, Word, words_of

ANSWERS = 0.7
"""From this likeness on a word counts as answered."""

WEIGHTS = {
    Use.NAME: 1.0, Use.PARTICLE: 0.15, Use.HONOUR: 0.1, Use.FORM: 0.25, Use.INITIAL: 0.5,
    Use.NUMBER: 1.0,
}  # fmt: skip
MOST_WORDS = 24
SOUNDS_SAME, TELLS = 0.97, 0.9
DESCENT = frozenset({"bin", "ibn", "ben", "bint", "ould"})
"""Words between a person and the father: the same names in the other order are another person."""


@dataclass(frozen=True)
class Pair:
    """A word of one name beside the word of the other that answers it best."""

    one: Word
    other: Word
    likeness: float


@dataclass(frozen=True)
class Aligned:
    """Two names laid side by side: words that answer each other, and those left over."""

    pairs: tuple[Pair, ...]
    left: tuple[Word, ...]
    right: tuple[Word, ...]
    one: tuple[Word, ...]
    other: tuple[Word, ...]


def aligned(one: tuple[Word, ...], other: tuple[Word, ...]) -> Aligned:
    """Returns the best pairing of the words of two names, whatever their order."""
    from scipy.optimize import linear_sum_assignment  # half a second to load

    one, other = one[:MOST_WORDS], other[:MOST_WORDS]
    table = np.zeros((len(one), len(other)))
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            table[i, j] = _worth(a, b)
    rows, columns = linear_sum_assignment(table, maximize=True)
    pairs, taken, given = [], set(), set()
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        if table[i, j] > 0.4:
            pairs.append(Pair(one[i], other[j], float(table[i, j])))
            taken.add(i)
            given.add(j)
    left = tuple(word for i, word in enumerate(one) if i not in taken)
    right = tuple(word for j, word in enumerate(other) if j not in given)
    return Aligned(tuple(pairs), left, right, one, other)


def _worth(one: Word, other: Word) -> float:
    minor = {Use.PARTICLE, Use.HONOUR, Use.FORM}
    if Use.NUMBER in (one.use, other.use):
        return 1.0 if one.text == other.text else 0.0
    if (one.use in minor) != (other.use in minor):
        return 0.9 * alike(one.text, other.text) if one.text == other.text else 0.0
    return alike(one.text, other.text)


SIGNS = {
    "mean": 1, "cover_long": 1, "cover_short": 1, "worst": 1, "worst_squared": 1,
    "second_worst": 0, "left_over": 0, "clash": -1, "clash_likeness": 1, "clash_short": -1,
    "first_differs": -1, "last_differs": -1, "joined": 1, "joined_sound": 1, "whole_jaro": 1,
    "set_ratio": 1, "numbers_differ": -1, "one_word": 0, "same_order": 0, "descent_turned": -1,
    "edits_in_worst": -1, "edits_all": -1, "one_edit": 1,
    "two_edits": 0, "only_left_over": 0, "long_left_over": -1, "short_clash": 0,
    "skeletons": -1, "sound_same": 1,
    "initial_fits": 0, "initial_clash": -1, "worst_first": 0, "worst_last": 0, "both_left": -1,
    "exact_words": 0, "tokens": 0, "organisation": 0, "org_clash": -1, "org_left_over": 0,
    "org_worst": 1, "org_numbers": -1, "form_differs": -1, "person_clash_one": -1,
}  # fmt: skip
"""The columns of a comparison, and which way each may pull: 1 for one name, -1 against, 0 either.

Without signs a few oddly labelled pairs teach a model that other numbers speak for one name.
"""

NAMES = tuple(SIGNS)


def features(one: str, other: str, organisation: bool = False) -> dict[str, float]:
    """Returns the columns of a comparison of two names."""
    return of_aligned(
        aligned(words_of(one, organisation), words_of(other, organisation)), organisation
    )


def of_aligned(found: Aligned, organisation: bool) -> dict[str, float]:
    """Returns the columns of two names laid side by side."""
    org = float(organisation)
    columns = _of_weights(found) | _of_core(found) | _of_whole(found) | _of_small_words(found)
    columns["organisation"] = org
    columns["org_clash"] = org * columns["clash"]
    columns["org_left_over"] = org * columns["left_over"]
    columns["org_worst"] = org * columns["worst"]
    columns["org_numbers"] = org * columns["numbers_differ"]
    columns["numbers_differ"] *= 1 - org
    columns["person_clash_one"] = (1 - org) * float(columns["clash"] == 1)
    return columns


def _of_weights(found: Aligned) -> dict[str, float]:
    """How much of the two names, by the weight of their words, is answered."""
    answered = sum(WEIGHTS[pair.one.use] * pair.likeness for pair in found.pairs)
    totals = [sum(WEIGHTS[word.use] for word in side) or 1.0 for side in (found.one, found.other)]
    return {
        "mean": answered / (sum(totals) / 2),
        "cover_long": answered / max(totals),
        "cover_short": min(answered / min(totals), 1.2),
    }


def _of_core(found: Aligned) -> dict[str, float]:
    """The words that name: how well the worst are answered, and what nothing answers."""
    left = [word for word in found.left if word.use in (Use.NAME, Use.NUMBER)]
    right = [word for word in found.right if word.use in (Use.NAME, Use.NUMBER)]
    core = [pair for pair in found.pairs if Use.NAME in (pair.one.use, pair.other.use)]
    weak = [pair for pair in core if pair.likeness < ANSWERS]
    likenesses = sorted(pair.likeness for pair in core)
    worst = likenesses[0] if likenesses else 0.0
    edits = {id(pair): _edits(pair) for pair in core}
    worst_pair = min(core, key=lambda pair: (pair.likeness, pair.one.text), default=None)
    clashes = min(len(left), len(right)) + len(weak)
    named = min(
        sum(word.use in (Use.NAME, Use.INITIAL) for word in side)
        for side in (found.one, found.other)
    )
    is_last = worst_pair is not None and (
        worst_pair.one is found.one[-1] or worst_pair.other is found.other[-1]
    )
    return {
        "worst": worst,
        "worst_squared": worst * worst,
        "second_worst": likenesses[1] if len(likenesses) > 1 else worst,
        "left_over": float(abs(len(left) - len(right))),
        "clash": float(min(clashes, 3)),
        "clash_likeness": _clash_likeness(left, right, weak),
        "clash_short": float(clashes == 1 and named <= 2),
        "edits_in_worst": float(min(edits[id(worst_pair)] if worst_pair else 4, 6)),
        "edits_all": float(min(sum(edits.values()), 8)),
        "one_edit": float(sum(edits.values()) <= 1 and not left and not right),
        "two_edits": float(sum(edits.values()) == 2 and not left and not right),
        "only_left_over": float(bool(left) != bool(right) and not weak),
        "long_left_over": float(not weak and abs(len(left) - len(right)) > 2),
        "short_clash": float(any(min(len(p.one.text), len(p.other.text)) <= 4 for p in weak)),
        "skeletons": float(sum(skeleton(p.one.text) != skeleton(p.other.text) for p in core)),
        "sound_same": float(all(p.likeness >= SOUNDS_SAME for p in core)),
        "exact_words": float(sum(p.likeness == 1.0 for p in core)),
        "both_left": float(bool(left and right)),
        "worst_first": float(worst < TELLS and not is_last),
        "worst_last": float(worst < TELLS and is_last),
    }


def _of_whole(found: Aligned) -> dict[str, float]:
    """The names as wholes, as written or as they sound: joined, sorted, and at their ends."""
    one, other = (
        [word.text for word in side if word.use in (Use.NAME, Use.INITIAL)]
        for side in (found.one, found.other)
    )
    as_written = _strings(one, other)
    # Each side may be written by a hand of another country: the best pair of readings tells.
    as_heard = [
        _strings(mine, yours)
        for mine, yours in product(_readings(one), _readings(other))
        if mine != one or yours != other
    ]
    joined, joined_other = "".join(one), "".join(other)
    return {
        **{
            name: max([value, *(heard[name] for heard in as_heard)])
            for name, value in as_written.items()
        },
        "joined_sound": max(
            JaroWinkler.similarity(mine, yours)
            for mine, yours in product(_bare(joined), _bare(joined_other))
        ),
        "first_differs": _differs(one[:1], other[:1]),
        "last_differs": _differs(one[-1:], other[-1:]),
        "one_word": float(min(len(one), len(other)) <= 1),
        "tokens": float(min(max(len(one), len(other)), 6)),
    }


def _readings(words: list[str]) -> list[list[str]]:
    """Returns the words as they sound in each reading that differs from the ones before."""
    found = [list(heard) for heard in zip(*(all_sounds(word) for word in words), strict=True)]
    return [heard for at, heard in enumerate(found) if heard not in found[:at]] or [words]


def _bare(joined: str) -> tuple[str, ...]:
    return skeletons(joined) if joined else ("",)


def _strings(one: list[str], other: list[str]) -> dict[str, float]:
    in_order, other_in_order = " ".join(sorted(one)), " ".join(sorted(other))
    return {
        "joined": DamerauLevenshtein.normalized_similarity("".join(one), "".join(other)),
        "whole_jaro": JaroWinkler.similarity(in_order, other_in_order),
        "set_ratio": fuzz.token_set_ratio(in_order, other_in_order) / 100,
    }


def _of_small_words(found: Aligned) -> dict[str, float]:
    """Initials, numbers, legal forms, and the order of father and son."""
    numbers, forms = (
        [{word.text for word in side if word.use is use} for side in (found.one, found.other)]
        for use in (Use.NUMBER, Use.FORM)
    )
    initials = [word for word in (*found.left, *found.right) if word.use is Use.INITIAL]
    others = [word for word in (*found.left, *found.right) if word.use is Use.NAME]
    in_order = _same_order(found)
    descent = any(word.text in DESCENT for word in found.one + found.other)
    return {
        "numbers_differ": float(numbers[0] != numbers[1]),
        "form_differs": float(bool(forms[0] and forms[1] and forms[0] != forms[1])),
        "initial_clash": float(bool(initials) and (bool(others) or len(initials) > 1)),
        "initial_fits": float(any(Use.INITIAL in (p.one.use, p.other.use) for p in found.pairs)),
        "same_order": in_order,
        "descent_turned": float(descent and not in_order),
    }


def _edits(pair: Pair) -> int:
    return DamerauLevenshtein.distance(pair.one.text, pair.other.text)


def _clash_likeness(left: list[Word], right: list[Word], weak: list[Pair]) -> float:
    found = [p.likeness for p in weak]
    found += [alike(a.text, b.text) for a in left for b in right]
    return max(found, default=1.0)


def _differs(one: list[str], other: list[str]) -> float:
    return 1.0 - alike(one[0], other[0]) if one and other else 1.0


def _same_order(found: Aligned) -> float:
    """Returns 1 where the words that answer each other stand in one order."""
    place = {id(word): at for at, word in enumerate(found.other)}
    order = [place.get(id(pair.other), 0) for pair in found.pairs]
    return float(order == sorted(order))
