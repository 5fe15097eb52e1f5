"""Two records of persons side by side: all evidence, and what may be concluded from it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

from primacy.kernels.names.persons.evidence import evidence
from primacy.kernels.names.persons.features import Aligned, aligned, of_aligned
from primacy.kernels.names.persons.model import DEFAULT, Model
from primacy.kernels.names.persons.naming import (
    Weight,
    as_name,
    firmly_one,
    names_left_over,
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

CERTAIN = 0.985


def name_similarity(
    one: PersonName | str, other: PersonName | str, model: Model = DEFAULT
) -> NameScore:
    """Returns how alike two names are, in any scripts, and why; the same both ways round."""
    first, second = as_name(one), as_name(other)
    reasons = word_reasons(_side_by_side(first, second))
    return replace(_scored(first, second, model), reasons=reasons)


def compare(one: Person, other: Person, model: Model = DEFAULT) -> Comparison:
    """Returns all evidence on two records, and whether they may be called one person.

    The verdict is `SAME` only with an equal number, or under full names that sound the same with an
    equal day of birth and a place, or with a posting in common; and never against evidence.
    """
    best = best_name(one.names, other.names, model)
    name = best.score
    reasons = [_of_name(name), *evidence(one, other)]
    odds = _logit(name.score) + sum(EVIDENCE.get(reason.why, 0.0) for reason in reasons)
    verdict = _verdict(best, {reason.why for reason in reasons}, model)
    if verdict is Verdict.REFER and not any(
        EVIDENCE.get(reason.why, 0.0) > 0 for reason in reasons
    ):
        reasons.append(Reason(Why.NAME_ALONE))
    return Comparison(name, round(1 / (1 + math.exp(-odds)), 6), verdict, tuple(reasons))


@dataclass(frozen=True)
class BestName:
    """The pair of names that says most of two records, and how much that can prove.

    `firm` where all names of the shorter sound the same in the longer, `whole` where none is over.
    """

    score: NameScore
    weight: Weight
    firm: bool = False
    whole: bool = False

    @property
    def rank(self) -> tuple[bool, Weight, bool, bool, float]:
        """What comes first: what proves more, then what is more alike."""
        return (self.score.same, self.weight, self.firm, self.whole, self.score.score)


def best_name(
    names: Iterable[PersonName | str], others: Iterable[PersonName | str], model: Model = DEFAULT
) -> BestName:
    """Returns the pair of names that says most: a full name that agrees before a nickname."""
    best = BestName(NameScore(0.0, False, "", ""), Weight.NOTHING)
    found: tuple[PersonName, PersonName] | None = None
    for mine, yours in product(whole_names(names), whole_names(others)):
        one = _weighed(mine, yours, model)
        if one.rank > best.rank:
            best, found = one, (mine, yours)
    if found is None:
        return best
    return replace(best, score=replace(best.score, reasons=word_reasons(_side_by_side(*found))))


def _weighed(one: PersonName, other: PersonName, model: Model) -> BestName:
    score = _scored(one, other, model)
    weight = min(weight_of(one), weight_of(other)) if score.same else Weight.NOTHING
    if weight is not Weight.FULL:
        return BestName(score, weight)
    both_ways = (_side_by_side(one, other), _side_by_side(other, one))
    firm = all(firmly_one(found) for found in both_ways)
    whole = firm and all(names_left_over(found) == (0, 0) for found in both_ways)
    return BestName(score, weight, firm, whole)


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


def _side_by_side(one: PersonName, other: PersonName) -> Aligned:
    organisation = Kind.ORGANISATION in (one.kind, other.kind)
    return aligned(words_of(one.text, organisation), words_of(other.text, organisation))


def _verdict(name: BestName, whys: set[Why], model: Model) -> Verdict:
    if not name.score.same:
        near = name.score.score >= model.refer and Why.BIRTH_DIFFERS not in whys
        # A number in common under another name is a question, whatever else is known.
        return Verdict.REFER if Why.ID_EQUAL in whys or near else Verdict.NONE
    if whys & BLOCKS:
        return Verdict.REFER
    proof = (
        (Why.ID_EQUAL in whys and name.weight >= Weight.PART)
        or (name.firm and {Why.BIRTH_EQUAL, Why.PLACE_EQUAL} <= whys)
        or (name.firm and {Why.BIRTH_EQUAL, Why.POSTING_EQUAL} <= whys)
        or (name.whole and Why.POSTING_EQUAL in whys)
    )
    return Verdict.SAME if proof else Verdict.REFER


def _of_name(name: NameScore) -> Reason:
    values = (name.one, name.other)
    if not name.same:
        return Reason(Why.NAME_DIFFERS, values)
    return Reason(Why.NAME_EQUAL if name.score >= CERTAIN else Why.NAME_ALIKE, values)


def _logit(score: float) -> float:
    inside = min(max(score, 1e-4), 1 - 1e-4)
    return math.log(inside / (1 - inside))
