"""Two records of persons side by side: all evidence, and what may be concluded from it."""

import math
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

from primacy.kernels.names.persons.evidence import evidence
from primacy.kernels.names.persons.features import aligned, of_aligned
from primacy.kernels.names.persons.model import DEFAULT, Model
from primacy.kernels.names.persons.naming import (
    Weight,
    as_name,
    says_something,
    weight_of,
    whole_names,
)
from primacy.kernels.names.persons.records import (
    BLOCKS,
    Comparison,
    Kind,
    NameScore,
    Person,
    PersonName,
    Reason,
    Verdict,
    Why,
)
from primacy.kernels.names.persons.word_reasons import numbers_apart, word_reasons
from primacy.kernels.names.persons.words import words_of

EVIDENCE = {
    Why.ID_EQUAL: 6.0,
    Why.ID_DIFFERS: -3.0,
    Why.BIRTH_EQUAL: 4.0,
    Why.BIRTH_TURNED: 2.0,
    Why.BIRTH_FITS: 1.0,
    Why.BIRTH_DIFFERS: -4.0,
    Why.SEX_DIFFERS: -3.0,
    Why.PLACE_EQUAL: 1.0,
    Why.POSTING_EQUAL: 3.0,
}
"""What evidence adds to the log odds of the name; for the order of candidates only."""

STRONG_NAME = 0.75
"""From this score on a full name and a birth or posting in common may make two records one."""

CERTAIN = 0.985


def name_similarity(
    one: PersonName | str, other: PersonName | str, model: Model = DEFAULT
) -> NameScore:
    """Returns how alike two names are, in any scripts, and why; the same both ways round."""
    first, second = as_name(one), as_name(other)
    return _explained(_scored(first, second, model), first, second)


def compare(one: Person, other: Person, model: Model = DEFAULT) -> Comparison:
    """Returns all evidence on two records, and whether they may be called one person.

    The verdict is `SAME` only with an equal number, or under a strong full name with an equal day
    of birth and a place or posting, or with a posting in common; and never against evidence.
    """
    name, weight = best_name(one.names, other.names, model)
    reasons = [_of_name(name), *evidence(one, other)]
    odds = _logit(name.score) + sum(EVIDENCE.get(reason.why, 0.0) for reason in reasons)
    verdict = _verdict(name, weight, {reason.why for reason in reasons}, model)
    if verdict is Verdict.REFER and not any(
        EVIDENCE.get(reason.why, 0.0) > 0 for reason in reasons
    ):
        reasons.append(Reason(Why.NAME_ALONE))
    return Comparison(name, round(1 / (1 + math.exp(-odds)), 6), verdict, tuple(reasons))


def best_name(
    names: Iterable[PersonName | str], others: Iterable[PersonName | str], model: Model = DEFAULT
) -> tuple[NameScore, Weight]:
    """Returns the pair of names that says most, and how much it can prove.

    A full name that agrees comes before a nickname that agrees better.
    """
    best = (False, Weight.NOTHING, 0.0)
    found: tuple[NameScore, PersonName, PersonName] | None = None
    for mine, yours in product(whole_names(names), whole_names(others)):
        score = _scored(mine, yours, model)
        weight = min(weight_of(mine), weight_of(yours)) if score.same else Weight.NOTHING
        if (score.same, weight, score.score) > best:
            best, found = (score.same, weight, score.score), (score, mine, yours)
    if found is None:
        return NameScore(0.0, False, "", ""), Weight.NOTHING
    return _explained(*found), best[1]


def _scored(one: PersonName, other: PersonName, model: Model) -> NameScore:
    if not (says_something(one) and says_something(other)):
        return NameScore(0.0, False, one.text, other.text)
    if one.text == other.text:
        return NameScore(1.0, True, one.text, other.text)
    organisation = Kind.ORGANISATION in (one.kind, other.kind)
    first, second = words_of(one.text, organisation), words_of(other.text, organisation)
    # Asked both ways and halved: ties in the pairing of words must not depend on who asks.
    score = (
        model.score(of_aligned(aligned(first, second), organisation))
        + model.score(of_aligned(aligned(second, first), organisation))
    ) / 2
    same = score >= model.same and not (organisation and numbers_apart(first, second))
    return NameScore(round(score, 6), same, one.text, other.text)


def _explained(name: NameScore, one: PersonName, other: PersonName) -> NameScore:
    organisation = Kind.ORGANISATION in (one.kind, other.kind)
    found = aligned(words_of(one.text, organisation), words_of(other.text, organisation))
    return replace(name, reasons=word_reasons(found))


def _verdict(name: NameScore, weight: Weight, whys: set[Why], model: Model) -> Verdict:
    if not name.same:
        near = name.score >= model.refer and Why.BIRTH_DIFFERS not in whys
        # A number in common under another name is a question, whatever else is known.
        return Verdict.REFER if Why.ID_EQUAL in whys or near else Verdict.NONE
    if whys & BLOCKS:
        return Verdict.REFER
    if Why.ID_EQUAL in whys and weight >= Weight.PART:
        return Verdict.SAME
    strong = weight is Weight.FULL and name.score >= STRONG_NAME
    born_there = Why.BIRTH_EQUAL in whys and Why.PLACE_EQUAL in whys
    return Verdict.SAME if strong and (born_there or Why.POSTING_EQUAL in whys) else Verdict.REFER


def _of_name(name: NameScore) -> Reason:
    values = (name.one, name.other)
    if not name.same:
        return Reason(Why.NAME_DIFFERS, values)
    return Reason(Why.NAME_EQUAL if name.score >= CERTAIN else Why.NAME_ALIKE, values)


def _logit(score: float) -> float:
    inside = min(max(score, 1e-4), 1 - 1e-4)
    return math.log(inside / (1 - inside))
