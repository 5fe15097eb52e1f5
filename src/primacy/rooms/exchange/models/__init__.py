"""Records of the exchange."""

from primacy.rooms.exchange.models.access_point import AccessPoint
from primacy.rooms.exchange.models.brought import Brought, BroughtKind

__all__ = ["AccessPoint", "Brought", "BroughtKind"]
