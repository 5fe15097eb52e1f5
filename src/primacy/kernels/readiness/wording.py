"""Numbers and nouns as they are read out in a margin."""

from primacy.kernels.readiness.sentence import Counted, Sentence

_RATES_OF_TIME = {
    "minutes": Sentence("too slow"),
    "hours": Sentence("too slow"),
    "days": Sentence("too long"),
}


def number(quantity: float) -> str:
    """A number with as many digits as a reader needs: 12, 4.2, 0.35, 1,240."""
    quantity = round(quantity, 9)
    if quantity == int(quantity):
        return f"{int(quantity):,}"
    if abs(quantity) >= 100:
        return f"{quantity:,.1f}"
    short = f"{quantity:.2f}".rstrip("0").rstrip(".")
    return short if float(short) else f"{quantity:.2g}"


def percent(share: float) -> str:
    """A share as a percentage: 79 %."""
    return f"{number(100 * share)} %"


def counted(quantity: float, noun: str) -> Counted | str:
    """The noun as it stands beside a quantity, singular for one; empty without a noun."""
    if not noun:
        return ""
    return Counted(one_of(noun), noun, 1 if number(quantity) == "1" else quantity)


def amount(quantity: float, noun: str) -> str:
    """A quantity and its noun, singular for one: "1 certified officer", "11 minutes"."""
    if not noun:
        return number(quantity)
    return Sentence("%(figure)s %(noun)s", figure=number(quantity), noun=counted(quantity, noun))


def one_of(noun: str) -> str:
    """The singular of a plural noun phrase: its first plural word loses its ending."""
    words = noun.split(" ")
    for place, word in enumerate(words):
        if word.endswith("ies") and len(word) > 4:
            words[place] = word[:-3] + "y"
            break
        if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
            words[place] = word[:-1]
            break
    return " ".join(words)


def too_much(unit: str) -> str:
    """How an excess is worded: minutes are too slow, reports too many, a ratio too high."""
    if unit in ("", "ratio", "share", "yes_no"):
        return Sentence("too high")
    return _RATES_OF_TIME.get(unit, Sentence("too many"))
