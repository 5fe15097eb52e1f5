"""How far a value is from its threshold, in units a person can act on."""

import math
from dataclasses import dataclass
from fractions import Fraction

from primacy.kernels.readiness.standard import SHARE, YES_NO, Comparison, Criterion
from primacy.kernels.readiness.weighing import Weighed
from primacy.kernels.readiness.wording import amount, number, percent, too_much

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
    counts = f"{number(have)} of {number(total)}"
    if at_least:
        facts = f"({counts}; {number(limit)} needed)"
        if distance < 0:
            return distance, noun, f"{_more(-distance, noun)} {facts}"
        spare = f"met with {amount(distance, noun)} to spare" if distance else _NOTHING
        return distance, noun, f"{spare} {facts}"
    facts = f"({counts}; at most {number(limit)})"
    if distance < 0:
        return distance, noun, f"{amount(-distance, noun)} too many {facts}"
    room = f"met with room for {_more(distance, noun)}" if distance else _NOTHING
    return distance, noun, f"{room} {facts}"


_NOTHING = "met with nothing to spare"


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
    figure, _, rest = amount(quantity, noun).partition(" ")
    return f"{figure} more {rest}".strip()


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
        spare = f"met with {size} to spare" if distance else _NOTHING
        return distance, unit, f"{spare} ({facts})"
    if at_least:
        lack = "short" if unit else "too low"
        return distance, unit, f"{size} {lack} ({facts})"
    return distance, unit, f"{size} {too_much(criterion.unit)} ({facts})"


def _facts(criterion: Criterion, weighed: Weighed, confidence: float) -> str:
    """The value, the careful figure where it differs, and the threshold."""
    write = percent if criterion.unit == SHARE else number
    figure, careful = weighed.figure, weighed.careful
    at_least = criterion.comparison is Comparison.AT_LEAST
    parts = [write(figure)]
    if careful != figure:
        bound = {"lower": weighed.low, "upper": weighed.high}.get(criterion.bound)
        if bound == careful:
            parts.append(f"{criterion.bound} bound {write(careful)}")
        else:
            side = "at least" if at_least else "at most"
            parts.append(f"{side} {write(careful)} with {percent(confidence)} confidence")
    parts.append(f"{'at least' if at_least else 'at most'} {write(criterion.threshold)} needed")
    return "; ".join(parts)


def _equals(criterion: Criterion, figure: float, meets: bool) -> tuple[float, str, str]:
    """Margin of a comparison with 'equals': 0 where met, otherwise the distance as missing."""
    if criterion.unit == YES_NO:
        wanted = _yes_or_no(criterion.threshold)
        if meets:
            return 0.0, "", f"{wanted}, as required"
        return -1.0, "", f"{_yes_or_no(figure)}; {wanted} required"
    write = percent if criterion.unit == SHARE else number
    if meets:
        return 0.0, _noun(criterion.unit), f"{write(figure)}, as required"
    distance = abs(figure - criterion.threshold)
    text = f"{write(figure)}; exactly {write(criterion.threshold)} required"
    return -distance, _noun(criterion.unit), text


def _yes_or_no(figure: float) -> str:
    """Yes for 1, no for 0, the number for anything between."""
    return {1.0: "yes", 0.0: "no"}.get(figure, number(figure))


def _noun(unit: str) -> str:
    """The unit where it is a noun that can be counted; empty for a bare number."""
    return "" if unit in ("ratio", "share", YES_NO) else unit
