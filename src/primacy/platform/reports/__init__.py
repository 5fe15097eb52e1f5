"""Printed papers: blocks of text, tables and figures set as tagged PDF, each with its marking."""

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
from primacy.platform.reports.print import PaperNotPrinted, print_paper

__all__ = [
    "Block",
    "Cell",
    "Facts",
    "Figure",
    "Heading",
    "Listing",
    "Paper",
    "PaperNotPrinted",
    "Table",
    "Text",
    "print_paper",
]
