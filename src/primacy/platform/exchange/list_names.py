"""The names inside one written name: lists put several, and remarks, into one field."""

import re
import unicodedata

REMARKS = re.compile(
    r"previously listed|formerly listed|birth name|false identity|combat name|original script:?"
    r"|possibly|listed as|^original script$|\bborn\b|passport|nickname|\bthird\b"
    r"|given name|maiden name",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(([^()]*)\)")
_BORN = re.compile(r",?\s+born\b.*$", re.IGNORECASE | re.DOTALL)
_SHORT_FORM = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z][A-Z/-]{0,7}")
"""What a bracket holds where it is the letters an organisation is known by: (FDLR), (JuA)."""
SHORTEST = 2


def names_within(text: str) -> tuple[str, ...]:
    """Each name that a written name holds: "A; B (C)" gives A, B and C; remarks are left out.

    A bracket is a name of its own where it is in another script or lists names; otherwise it may
    be part of the name ("(Sheikh) Musa"), which is then given with and without it.
    """
    found: dict[str, None] = {}
    outside, inside = _without_brackets(text)
    for part in outside.split(";"):
        _add(found, _BORN.sub("", part))
    for bracket in inside:
        named = re.sub(r"^\s*original script\s*:", "", bracket, flags=re.IGNORECASE)
        if named == bracket and REMARKS.search(bracket):
            continue
        if (
            named != bracket
            or ";" in bracket
            or _SHORT_FORM.fullmatch(bracket.strip())
            or script_of(bracket) != script_of(outside)
        ):
            for part in named.split(";"):
                _add(found, part)
        elif len(inside) == 1:
            _add(found, text)
    return tuple(found)


def _without_brackets(text: str) -> tuple[str, list[str]]:
    """The text outside all brackets, and what stands in each, inner ones first."""
    inside: list[str] = []
    while found := _BRACKET.findall(text):
        inside += found
        text = _BRACKET.sub(" ", text)
    return text, inside


def script_of(text: str) -> str:
    """The script most letters of a text are in, as Unicode names it: LATIN, ARABIC, CYRILLIC."""
    counts: dict[str, int] = {}
    for char in text:
        if char.isalpha():
            script = unicodedata.name(char, "UNKNOWN").split(" ")[0]
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else ""


def _add(found: dict[str, None], text: str) -> None:
    name = " ".join(text.replace("(", " ").replace(")", " ").split()).strip(" ,;:")
    if len(name) >= SHORTEST and any(char.isalpha() for char in name):
        found.setdefault(name)
