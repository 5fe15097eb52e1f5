"""Errors of places.

PlacesError
├── NoSuchMission     no mission with this code that the viewer may see
├── NoSuchArea        no area with this code in the mission
└── BadPlace          coordinates or names that cannot be
"""


class PlacesError(Exception):
    """Any refusal that concerns places."""


class NoSuchMission(PlacesError):
    """No such mission, or none the viewer may see: the two are not told apart."""


class NoSuchArea(PlacesError):
    """No such area in the mission."""


class BadPlace(PlacesError):
    """Coordinates off the earth, or an empty name."""
