"""The HTTP API of places: missions, areas and their boundaries."""

from primacy.rooms.places.api.routes import router

__all__ = ["router"]
