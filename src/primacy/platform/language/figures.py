"""Figures as the reader's language writes them; in English exactly as the kernels write them.

French sets a narrow no-break space between thousands and a comma before decimals. Arabic keeps
Latin digits: tables, codes and radio traffic of missions use them throughout.
"""

import re

from django.utils.translation import get_language

_SIGNS = {"fr": ("\u202f", ",")}
_FIGURE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?: %)?")


def grouped(number: float) -> str:
    """A number with its thousands set apart: 1,240; 1 240 in French."""
    return as_written(f"{number:,}")


def decimals(number: float, places: int) -> str:
    """A number with so many decimals: 0.80; 0,80 in French."""
    return as_written(f"{number:,.{places}f}")


def as_written(figure: str) -> str:
    """A figure written the English way, in the signs of the present language."""
    language = (get_language() or "en")[:2]
    if language not in _SIGNS:
        return figure
    thousands, point = _SIGNS[language]
    turned = figure.replace(",", "\0").replace(".", point).replace("\0", thousands)
    return turned.replace(" %", "\u202f%")


def is_figure(text: str) -> bool:
    """True where a text is nothing but a figure, such as "1,240", "0.8" or "79 %"."""
    return _FIGURE.fullmatch(text) is not None
