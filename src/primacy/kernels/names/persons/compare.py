"""Two records of persons side by side: names, dates of birth, numbers, places, postings."""

import math
from collections.abc import Iterable
from itertools import product

from primacy.kernels.names.persons.features import features
from primacy.kernels.names.persons.model import DEFAULT, Model
from primacy.kernels.names.persons.records import (
    AGAINST,
    Comparison,
    Kind,
    NameScore,
    Person,
    PersonName,
    Reason,
    Verdict,
    Why,
)
from primacy.kernels.names.persons.scripts import in_latin
from primacy.kernels.time import DateRange

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
"""From this score on a name and a posting in common may make two records one."""

CERTAIN = 0.985


def as_name(name: PersonName | str) -> PersonName:
    """Returns the name with its kind."""
    return PersonName(name) if isinstance(name, str) else name


def name_similarity(
    one: PersonName | str, other: PersonName | str, model: Model = DEFAULT
) -> NameScore:
    """Returns how alike two names are, in any scripts; the same both ways round."""
    first, second = as_name(one), as_name(other)
    organisation = Kind.ORGANISATION in (first.kind, second.kind)
    if first.text == second.text:
        return NameScore(1.0, True, first.text, second.text)
    # Asked both ways and halved: ties in the pairing of words must not depend on who asks.
    score = (
        model.score(features(first.text, second.text, organisation))
        + model.score(features(second.text, first.text, organisation))
    ) / 2
    return NameScore(round(score, 6), score >= model.same, first.text, second.text)


def compare(one: Person, other: Person, model: Model = DEFAULT) -> Comparison:
    """Returns all evidence on two records, and whether they may be called one person.

    The verdict is `SAME` only with an equal number, an equal day of birth with a place or posting,
    or a posting in common under a strong name; and never against conflicting evidence.
    """
    name = best_name(one.names, other.names, model)
    return _with_evidence(name, one, other, model)


def best_name(
    one: Iterable[PersonName | str], other: Iterable[PersonName | str], model: Model = DEFAULT
) -> NameScore:
    """Returns the pair of names that are most alike."""
    found = NameScore(0.0, False, "", "")
    for mine, yours in product(one, list(other)):
        score = name_similarity(mine, yours, model)
        if score.score > found.score:
            found = score
    return found


def _with_evidence(name: NameScore, one: Person, other: Person, model: Model) -> Comparison:
    reasons = [_of_name(name), *_of_ids(one, other)]
    reasons += _of_births(one.births, other.births)
    if one.sex and other.sex and one.sex != other.sex:
        reasons.append(Reason(Why.SEX_DIFFERS))
    places = {in_latin(place).strip() for place in one.places}
    shared = [place for place in other.places if in_latin(place).strip() in places]
    reasons += [Reason(Why.PLACE_EQUAL, (shared[0],))] if shared else []
    posting = _shared_posting(one, other)
    reasons += [Reason(Why.POSTING_EQUAL, (posting,))] if posting else []
    odds = _logit(name.score) + sum(EVIDENCE.get(reason.why, 0.0) for reason in reasons)
    verdict = _verdict(name, {reason.why for reason in reasons}, model)
    if verdict is Verdict.REFER and not any(
        EVIDENCE.get(reason.why, 0.0) > 0 for reason in reasons
    ):
        reasons.append(Reason(Why.NAME_ALONE))
    return Comparison(name, round(1 / (1 + math.exp(-odds)), 6), verdict, tuple(reasons))


def _verdict(name: NameScore, whys: set[Why], model: Model) -> Verdict:
    if not name.same:
        near = name.score >= model.refer and Why.BIRTH_DIFFERS not in whys
        # A number in common under another name is a question, whatever else is known.
        return Verdict.REFER if Why.ID_EQUAL in whys or near else Verdict.NONE
    if whys & AGAINST:
        return Verdict.REFER
    born = Why.BIRTH_EQUAL in whys
    proof = (
        Why.ID_EQUAL in whys
        or (born and bool(whys & {Why.PLACE_EQUAL, Why.POSTING_EQUAL}))
        or (Why.POSTING_EQUAL in whys and name.score >= STRONG_NAME)
    )
    return Verdict.SAME if proof else Verdict.REFER


def _of_name(name: NameScore) -> Reason:
    if name.score >= CERTAIN:
        return Reason(Why.NAME_EQUAL, (name.one, name.other))
    return Reason(Why.NAME_ALIKE if name.same else Why.NAME_DIFFERS, (name.one, name.other))


def plain_number(number: str) -> str:
    """Returns a number without blanks, strokes and case."""
    return "".join(letter for letter in number.casefold() if letter.isalnum())


def _of_ids(one: Person, other: Person) -> list[Reason]:
    """An equal number of one kind outweighs a renewed one beside it."""
    mine: dict[str, set[str]] = {}
    yours: dict[str, set[str]] = {}
    for held, ids in ((mine, one.ids), (yours, other.ids)):
        for kind, number in ids:
            if plain_number(number):
                held.setdefault(kind.casefold(), set()).add(plain_number(number))
    for kind in sorted(mine.keys() & yours.keys()):
        for number in sorted(mine[kind] & yours[kind]):
            return [Reason(Why.ID_EQUAL, (kind, number))]
    return [Reason(Why.ID_DIFFERS, (kind,)) for kind in sorted(mine.keys() & yours.keys())][:1]


def _of_births(mine: tuple[DateRange, ...], yours: tuple[DateRange, ...]) -> list[Reason]:
    """The best of all pairs: one of several recorded dates may be wrong."""
    found: list[Reason] = []
    for one, other in product(mine, yours):
        shown = (str(one), str(other))
        if one.precise and other.precise and one == other:
            return [Reason(Why.BIRTH_EQUAL, (str(one),))]
        if one.overlaps(other):
            found.append(Reason(Why.BIRTH_FITS, shown))
        elif one.precise and other.precise and _turned(one, other):
            found.append(Reason(Why.BIRTH_TURNED, shown))
        else:
            found.append(Reason(Why.BIRTH_DIFFERS, shown))
    order = (Why.BIRTH_TURNED, Why.BIRTH_FITS, Why.BIRTH_DIFFERS)
    return sorted(found, key=lambda reason: order.index(reason.why))[:1]


def _turned(one: DateRange, other: DateRange) -> bool:
    a, b = one.earliest, other.earliest
    return a.year == b.year and a.month == b.day and a.day == b.month


def _shared_posting(one: Person, other: Person) -> str:
    for unit, when in one.postings:
        for same, then in other.postings:
            if unit == same and when is not None and then is not None and when.overlaps(then):
                return unit
    return ""


def _logit(score: float) -> float:
    inside = min(max(score, 1e-4), 1 - 1e-4)
    return math.log(inside / (1 - inside))
