"""What a printed paper is made of. Plain values: nothing typed by a person is ever markup."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from primacy.platform.policy import Marking


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is a section of the paper."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph; `quiet` for notes under a table."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Listing:
    """A list of sentences."""

    items: Sequence[str]


@dataclass(frozen=True)
class Facts:
    """Pairs of name and value."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Cell:
    """A table cell: its words, aligned as figures or text, strong or shaded where it matters."""

    text: str
    figure: bool = False
    strong: bool = False
    shade: int = 0
    """Per cent of grey behind the words: 0 to 30, so that black stays legible."""


@dataclass(frozen=True)
class Table:
    """A table with its heads; `widths` are shares of the line (0: as wide as its words)."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell | str]]
    widths: Sequence[float] = ()


@dataclass(frozen=True)
class Figure:
    """A drawing as SVG, with the words that say what it shows."""

    svg: str
    alt: str
    caption: str = ""
    width: int = 100
    """Per cent of the line."""


Block = Heading | Text | Listing | Facts | Table | Figure


@dataclass(frozen=True)
class Paper:
    """A whole paper. `marking` stands on every page; `as_of` is the day it speaks of."""

    title: str
    subtitle: str
    mission: str
    as_of: dt.date
    marking: Marking
    printed_for: str
    blocks: Sequence[Block]
    sources: Sequence[str] = field(default=())
    landscape: bool = False
