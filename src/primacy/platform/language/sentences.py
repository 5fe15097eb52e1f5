"""Texts made elsewhere, said in the reader's language: sentences of kernels, and kept English.

What is computed or kept is English, because results, frozen evidence, import reports and the
audit log must read the same for everybody and for good. Here, at the edge, such a text is said in
the reader's language: a kernel's `Sentence` by its template and parts, a kept text by finding the
message it was made of. What no message fits stays as it is: names, sources, and words of people.
"""

import datetime as dt
import re
from functools import lru_cache

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation.trans_real import catalog

from primacy.kernels.readiness.sentence import Counted, Sentence
from primacy.platform.language.dates import long_day
from primacy.platform.language.figures import as_written, is_figure
from primacy.platform.language.nouns import NOUNS

_PLACE = re.compile(r"%\((\w+)\)(?:s|d|\.\df)")
_NUMBER = re.compile(r"(%\(\w+\))(?:d|\.\df)")
_BESIDE = re.compile(r"(.+?) (\(.+\))", re.S)
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DEEPEST = 6
_LONGEST = 2000
_FEWEST_LETTERS = 2
_TELLING_LETTERS = 4


def said(text: object) -> str:
    """A text in the reader's language; unchanged in English and where no message fits."""
    language = (get_language() or "en")[:2]
    if language == "en" or text is None:
        return "" if text is None else str(text)
    if isinstance(text, Sentence):
        return _composed(text)
    plain = str(text)
    if not plain.strip() or len(plain) > _LONGEST:
        return plain
    return _kept(plain, language, 0)


def _composed(sentence: Sentence) -> str:
    if not sentence.parts:
        return gettext(sentence.template)
    parts = {name: _part(part) for name, part in sentence.parts.items()}
    return gettext(sentence.template) % parts


def _part(part: object) -> str:
    if isinstance(part, Counted):
        return ngettext(part.one, part.several, _whole(part.how_many))
    return said(part)


def _whole(count: float) -> int:
    """The count that decides the plural: a broken number counts as several."""
    return int(count) if float(count).is_integer() else 2 + int(abs(count))


@lru_cache(maxsize=4096)
def _kept(text: str, language: str, depth: int) -> str:
    """A kept English text in a language, by the message it was made of."""
    if is_figure(text):
        return as_written(text)
    day = _day_of(text)
    if day is not None:
        return long_day(day)
    whole = gettext(text)
    if whole != text or depth > _DEEPEST:
        return whole
    beside = _BESIDE.fullmatch(text)
    if beside:
        finding, facts = (_kept(part, language, depth + 1) for part in beside.groups())
        if finding != beside.group(1):
            return f"{finding} {facts}"
    for template, shape, telling in _shapes(language):
        found = shape.fullmatch(text)
        if found and (telling or all(map(is_figure, found.groups()))):
            parts = _parts(found.groupdict(), language, depth + 1)
            # The parts are texts by now, figures too: a place for a number could not take them.
            return _NUMBER.sub(r"\1s", gettext(template)) % parts
    return _halves(text, language, depth)


def _parts(found: dict[str, str], language: str, depth: int) -> dict[str, str]:
    """The parts of a kept text in a language; a noun in the form its figure asks for."""
    said_parts = {name: _kept(part, language, depth) for name, part in found.items()}
    several = {one: many for many, one in NOUNS.items()}.get(found.get("noun", ""))
    noun = several or found.get("noun", "")
    if noun in NOUNS:
        count = found.get("figure", "").replace(",", "")
        said_parts["noun"] = ngettext(NOUNS[noun], noun, int(count) if count.isdigit() else 2)
    return said_parts


def _day_of(text: str) -> dt.date | None:
    """The day of a text such as "27 March 2009"; None for any other text."""
    if not _DAY.fullmatch(text):
        return None
    number, month, year = text.split(" ")
    try:
        return dt.date(int(year), _MONTHS.index(month) + 1, int(number))
    except ValueError:
        return None


def _halves(text: str, language: str, depth: int) -> str:
    """A text such as "Criterion: what stands against it" or several sentences, part by part."""
    for mark in ("\n", ": ", "; "):
        before, found, after = text.partition(mark)
        if found and before and after:
            said_before = _kept(before, language, depth + 1)
            said_after = _kept(after, language, depth + 1)
            if (said_before, said_after) != (before, after):
                return f"{said_before}{_mark(mark, language)}{said_after}"
    return text


def _mark(mark: str, language: str) -> str:
    """A mark between two parts as the language sets it."""
    if language == "fr" and mark in (": ", "; "):
        return "\u00a0: " if mark == ": " else "\u202f; "
    if language == "ar" and mark == "; ":
        return "؛ "
    return mark


@lru_cache(maxsize=4)
def _shapes(language: str) -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """Each message with places for parts, as a pattern; the most telling first.

    One with few letters of its own, such as "%(part)s of %(total)s", is taken between figures only:
    "Republic of Liberia" is a name.
    """
    found = []
    for message in _messages():
        letters = len(re.sub(r"\W", "", _PLACE.sub("", message)))
        if _PLACE.search(message) and letters >= _FEWEST_LETTERS:
            found.append((letters, message, _shape(message)))
    found.sort(key=lambda one: -one[0])
    return tuple((message, shape, letters >= _TELLING_LETTERS) for letters, message, shape in found)


def _messages() -> list[str]:
    # A catalogue of Django's maps messages to texts, and (message, form) to forms of plurals.
    known = catalog()._catalog  # type: ignore[attr-defined]
    keys = {key[0] if isinstance(key, tuple) else key for key in known.keys()}
    return sorted(key for key in keys if isinstance(key, str) and "\x04" not in key)


def _shape(message: str) -> re.Pattern[str]:
    """What a text made of the message looks like; a place seen twice must hold the same."""
    pattern, seen, at = "", set(), 0
    for place in _PLACE.finditer(message):
        pattern += re.escape(message[at : place.start()].replace("%%", "%"))
        name, at = place.group(1), place.end()
        pattern += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
        seen.add(name)
    return re.compile(pattern + re.escape(message[at:].replace("%%", "%")), re.S)
