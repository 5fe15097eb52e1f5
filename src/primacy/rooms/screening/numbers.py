"""Kinds of identity papers under one word each, so that equal numbers of one kind meet."""

import re

ANY_NUMBER = "number"
"""The kind of a number of which nobody said what it is."""
_INSIDE = re.compile(r"[A-Z]{0,3}[ -]?\d[\d./-]{3,}\d", re.IGNORECASE)
_KINDS = (
    ("passport", r"passport|travel document|reiseausweis"),
    (
        "national id",
        r"national|identity|identification|cedula|tazkira|c\.?u\.?r\.?p|d\.?n\.?i|citizen|card",
    ),
    ("service number", r"service|military|police|matricule|badge"),
)


def paper_kind(kind: str) -> str:
    """The word for a kind of paper; the kind itself in small letters where it is another."""
    plain = kind.lower()
    for word, pattern in _KINDS:
        if re.search(pattern, plain):
            return word
    return " ".join(plain.split())


def bare_number(text: str) -> str:
    """A number without blanks and signs, as it is compared."""
    return "".join(char for char in text.upper() if char.isalnum())


def numbers_in(text: str) -> tuple[str, ...]:
    """The number of a paper; where words stand around it, also what stands inside them."""
    whole = bare_number(text)
    inside = [bare_number(found) for found in _INSIDE.findall(text)] if " " in text else []
    return tuple(dict.fromkeys(number for number in (whole, *inside) if number))
