"""Records of case studies."""

from primacy.rooms.cases.models.fact import Fact

__all__ = ["Fact"]
