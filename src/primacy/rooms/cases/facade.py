"""What faces may use of cases."""

from primacy.rooms.cases.models import Fact
from primacy.rooms.cases.queries import conflicts, facts, themes
from primacy.rooms.cases.reading import GAP, FactLine, fact_lines
from primacy.rooms.cases.story import marked, story_markup, story_title

__all__ = [
    "GAP",
    "Fact",
    "FactLine",
    "conflicts",
    "fact_lines",
    "facts",
    "marked",
    "story_markup",
    "story_title",
    "themes",
]
