"""Setting a paper as PDF with Typst: tagged (PDF/UA-1), fonts shipped, nothing from the network."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import typst
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.reports.paper import (
    Block,
    Cell,
    Facts,
    Figure,
    Heading,
    Listing,
    Paper,
    Table,
    Text,
)
from primacy.platform.reports.words import long_day

TEMPLATE = Path(__file__).with_name("paper.typ")
FONTS = Path(__file__).resolve().parents[2] / "faces" / "web" / "static" / "vendor" / "fonts"


class PaperNotPrinted(RuntimeError):
    """The paper could not be set; the message says why."""


def print_paper(paper: Paper) -> bytes:
    """The paper as PDF, in the language now in force."""
    try:
        made = typst.compile(
            TEMPLATE.read_bytes(),
            font_paths=_fonts(),
            sys_inputs={"paper": json.dumps(_content(paper), ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=int(clock.now().timestamp()),
        )
    except typst.TypstError as problem:
        raise PaperNotPrinted(
            _("The paper could not be printed: %(why)s.") % {"why": problem.message}
        ) from problem
    if not isinstance(made, bytes):
        raise PaperNotPrinted(_("The paper could not be printed: %(why)s.") % {"why": "no pages"})
    return made


@cache
def _fonts() -> typst.Fonts:
    """The shipped fonts, read once; without them the ones inside Typst."""
    folders = [str(FONTS)] if FONTS.is_dir() else []
    return typst.Fonts(include_system_fonts=not folders, font_paths=folders)


def _content(paper: Paper) -> dict[str, object]:
    now = clock.now()
    return {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "mission": paper.mission,
        "lang": (get_language() or "en").split("-")[0],
        "rtl": get_language_bidi(),
        "landscape": paper.landscape,
        "marking": paper.marking.label.upper(),
        "as_of": _("As of %(day)s") % {"day": long_day(paper.as_of)},
        "printed": _("Printed %(day)s %(time)s UTC for %(who)s")
        % {"day": long_day(now.date()), "time": now.strftime("%H:%M"), "who": paper.printed_for},
        "page_word": _("Page"),
        "sources_word": _("Sources"),
        "sources": list(dict.fromkeys(s for s in paper.sources if s)),
        "blocks": [_block(block) for block in paper.blocks],
    }


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level}
        case Text():
            return {"kind": "text", "text": block.text, "quiet": block.quiet}
        case Listing():
            return {"kind": "list", "items": list(block.items)}
        case Facts():
            return {"kind": "facts", "pairs": [list(pair) for pair in block.pairs]}
        case Figure():
            return {
                "kind": "figure",
                "svg": block.svg,
                "alt": block.alt,
                "caption": block.caption,
                "width": block.width,
            }
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "heads": list(block.heads),
                "widths": list(block.widths) or [1] * len(block.heads),
                "rows": [_row(row) for row in block.rows],
            }


def _row(row: Iterable[Cell | str]) -> list[dict[str, object]]:
    cells = [Cell(cell) if isinstance(cell, str) else cell for cell in row]
    return [
        {"text": c.text, "figure": c.figure, "strong": c.strong, "shade": min(c.shade, 30)}
        for c in cells
    ]
