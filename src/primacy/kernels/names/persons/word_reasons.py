"""Why two names are alike or not, word by word."""

from primacy.kernels.names.persons.features import ANSWERS, Aligned
from primacy.kernels.names.persons.records import Reason, Why
from primacy.kernels.names.persons.words import Use, Word

ASIDE = (Use.PARTICLE, Use.HONOUR, Use.FORM)


def word_reasons(found: Aligned) -> tuple[Reason, ...]:
    """Returns which words agree, which are alike, and which stand in one name only."""
    agree, alike, left, right = [], [], list(found.left), list(found.right)
    for pair in found.pairs:
        shown = f"{pair.one.text} / {pair.other.text}"
        if pair.one.text == pair.other.text:
            agree.append(pair.one.text)
        elif pair.likeness >= ANSWERS:
            alike.append(shown)
        else:
            left.append(pair.one)
            right.append(pair.other)
    reasons = []
    if agree:
        reasons.append(Reason(Why.WORDS_AGREE, (", ".join(agree),)))
    if alike:
        reasons.append(Reason(Why.WORDS_ALIKE, (", ".join(alike),)))
    apart = (_naming(left), _naming(right))
    if any(apart):
        reasons.append(Reason(Why.WORDS_APART, tuple(", ".join(side) or "–" for side in apart)))
    aside = [word.text for word in (*left, *right) if word.use in ASIDE]
    if aside:
        reasons.append(Reason(Why.WORDS_ASIDE, (", ".join(dict.fromkeys(aside)),)))
    return tuple(reasons)


def numbers_apart(one: tuple[Word, ...], other: tuple[Word, ...]) -> bool:
    """Returns whether both names have numbers and none in common: "Fund II" is not "Fund III"."""
    first, second = (
        {word.text for word in side if word.use is Use.NUMBER} for side in (one, other)
    )
    return bool(first and second) and first.isdisjoint(second)


def _naming(words: list[Word]) -> list[str]:
    return [word.text for word in words if word.use not in ASIDE]
