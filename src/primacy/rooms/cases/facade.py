"""What faces may use of cases."""

from primacy.rooms.cases.models import Fact
from primacy.rooms.cases.queries import conflicts, facts, themes

__all__ = ["Fact", "conflicts", "facts", "themes"]
