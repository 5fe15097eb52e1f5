"""How far a value is from its threshold, in units a person can act on."""

import math
from dataclasses import dataclass
from fractions import Fraction

from primacy.kernels.readiness.sentence import Sentence
from primacy.kernels.readiness.standard import SHARE, YES_NO, Comparison, Criterion
from primacy.kernels.readiness.weighing import Weighed
from primacy.kernels.readiness.wording import amount, counted, number, percent, too_much

POINTS = "percentage points"


@dataclass(frozen=True)
class Margin:
    """A distance to the threshold: positive is spare, negative is missing.

    `unit` is what the amount counts; `shortfall` is relative to the threshold, 0 where it is met.
    """

    amount: float
    unit: str
    text: str
    shortfall: float


def margin_of(criterion: Criterion, weighed: Weighed, confidence: float) -> Margin:
    """The margin of a weighed observation."""
    shortfall = 0.0
    if not weighed.meets:
        shortfall = abs(weighed.careful - criterion.threshold) / criterion.scale
    if criterion.comparison is Comparison.EQUALS:
        distance, unit, text = _equals(criterion, weighed.careful, weighed.meets)
    elif _complete_count(criterion, weighed):
        distance, unit, text = _counted(criterion, weighed)
    else:
        distance, unit, text = _measured(criterion, weighed, confidence)
    return Margin(distance, unit, text, shortfall)


def _complete_count(criterion: Criterion, weighed: Weighed) -> bool:
    """True where whole people or things can be named as missing."""
    seen = weighed.seen
    return criterion.unit == SHARE and seen.counted and not seen.is_sample and not seen.has_interval


def _counted(criterion: Criterion, weighed: Weighed) -> tuple[float, str, str]:
    """Margin in whole numbers of the numerator, the denominator being fixed."""
    have, total = weighed.seen.numerator or 0.0, weighed.seen.denominator or 0.0
    at_least = criterion.comparison is Comparison.AT_LEAST
    limit = _limit(criterion.threshold, have, total, at_least)
    distance = have - limit if at_least else limit - have
    noun = criterion.numerator_noun
    counts = Sentence("%(part)s of %(total)s", part=number(have), total=number(total))
    if at_least:
        facts = Sentence("(%(counts)s; %(limit)s needed)", counts=counts, limit=number(limit))
        if distance < 0:
            return distance, noun, _beside(_more(-distance, noun), facts)
        spare = _spare(amount(distance, noun)) if distance else _NOTHING
        return distance, noun, _beside(spare, facts)
    facts = Sentence("(%(counts)s; at most %(limit)s)", counts=counts, limit=number(limit))
    if distance < 0:
        excess = Sentence("%(amount)s too many", amount=amount(-distance, noun))
        return distance, noun, _beside(excess, facts)
    room: str = _NOTHING
    if distance:
        room = Sentence("met with room for %(more)s", more=_more(distance, noun))
    return distance, noun, _beside(room, facts)


_NOTHING = Sentence("met with nothing to spare")


def _limit(threshold: float, have: float, total: float, at_least: bool) -> float:
    """The smallest count that reaches the threshold, or the largest that keeps below it.

    Worked out in fractions of the threshold as it was written: 0.8 of 35 is 28, where floating
    point would ask for 29.
    """
    exact = Fraction(str(threshold)) * Fraction(total)
    if not float(have).is_integer():
        return float(exact)
    return math.ceil(exact) if at_least else math.floor(exact)


def _more(quantity: float, noun: str) -> str:
    """A quantity with "more" between the number and its noun: "11 more certified officers"."""
    figure = number(quantity)
    if not noun:
        return Sentence("%(figure)s more", figure=figure)
    return Sentence("%(figure)s more %(noun)s", figure=figure, noun=counted(quantity, noun))


def _spare(size: str) -> str:
    """That a threshold is met, and by how much."""
    return Sentence("met with %(size)s to spare", size=size)


def _beside(finding: str, facts: str) -> str:
    """A finding with the figures behind it."""
    return Sentence("%(finding)s %(facts)s", finding=finding, facts=facts)


def _measured(criterion: Criterion, weighed: Weighed, confidence: float) -> tuple[float, str, str]:
    """Margin in the criterion's unit; shares in percentage points."""
    careful, share = weighed.careful, criterion.unit == SHARE
    at_least = criterion.comparison is Comparison.AT_LEAST
    distance = careful - criterion.threshold if at_least else criterion.threshold - careful
    distance = round(100 * distance if share else distance, 9)
    if weighed.meets:
        distance = max(distance, 0.0)
    unit = POINTS if share else _noun(criterion.unit)
    facts = _facts(criterion, weighed, confidence)
    size = amount(abs(distance), unit)
    if weighed.meets:
        return distance, unit, _beside(_spare(size) if distance else _NOTHING, facts)
    if at_least:
        lack = (
            Sentence("%(size)s short", size=size)
            if unit
            else Sentence("%(size)s too low", size=size)
        )
        return distance, unit, _beside(lack, facts)
    excess = Sentence("%(size)s %(excess)s", size=size, excess=too_much(criterion.unit))
    return distance, unit, _beside(excess, facts)


def _facts(criterion: Criterion, weighed: Weighed, confidence: float) -> str:
    """In brackets: the value, the careful figure where it differs, and the threshold."""
    write = percent if criterion.unit == SHARE else number
    figure, careful = weighed.figure, weighed.careful
    at_least = criterion.comparison is Comparison.AT_LEAST
    parts: list[str] = []
    if careful != figure:
        bound = {"lower": weighed.low, "upper": weighed.high}.get(criterion.bound)
        if bound == careful:
            parts.append(
                Sentence("lower bound %(figure)s", figure=write(careful))
                if criterion.bound == "lower"
                else Sentence("upper bound %(figure)s", figure=write(careful))
            )
        else:
            sure = {"figure": write(careful), "confidence": percent(confidence)}
            parts.append(
                Sentence("at least %(figure)s with %(confidence)s confidence", **sure)
                if at_least
                else Sentence("at most %(figure)s with %(confidence)s confidence", **sure)
            )
    limit = write(criterion.threshold)
    needs = (
        Sentence("at least %(figure)s needed", figure=limit)
        if at_least
        else Sentence("at most %(figure)s needed", figure=limit)
    )
    if parts:
        return Sentence(
            "(%(value)s; %(careful)s; %(needs)s)",
            value=write(figure),
            careful=parts[0],
            needs=needs,
        )
    return Sentence("(%(value)s; %(needs)s)", value=write(figure), needs=needs)


def _equals(criterion: Criterion, figure: float, meets: bool) -> tuple[float, str, str]:
    """Margin of a comparison with 'equals': 0 where met, otherwise the distance as missing."""
    if criterion.unit == YES_NO:
        wanted = _yes_or_no(criterion.threshold)
        if meets:
            return 0.0, "", _as_required(wanted)
        return (
            -1.0,
            "",
            Sentence("%(found)s; %(wanted)s required", found=_yes_or_no(figure), wanted=wanted),
        )
    write = percent if criterion.unit == SHARE else number
    if meets:
        return 0.0, _noun(criterion.unit), _as_required(write(figure))
    distance = abs(figure - criterion.threshold)
    text = Sentence(
        "%(found)s; exactly %(wanted)s required",
        found=write(figure),
        wanted=write(criterion.threshold),
    )
    return -distance, _noun(criterion.unit), text


def _as_required(value: str) -> str:
    """That a value is the one asked for."""
    return Sentence("%(value)s, as required", value=value)


def _yes_or_no(figure: float) -> str:
    """Yes for 1, no for 0, the number for anything between."""
    return {1.0: Sentence("yes"), 0.0: Sentence("no")}.get(figure, number(figure))


def _noun(unit: str) -> str:
    """The unit where it is a noun that can be counted; empty for a bare number."""
    return "" if unit in ("ratio", "share", YES_NO) else unit
