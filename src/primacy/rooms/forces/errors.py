"""Errors of forces.

ForcesError
├── NoSuchUnit     no unit with this code in the mission
├── BadUnit        a unit without name, or its own superior
└── BadStrength    a figure that cannot be
"""


class ForcesError(Exception):
    """Any refusal that concerns forces."""


class NoSuchUnit(ForcesError):
    """No such unit in the mission."""


class BadUnit(ForcesError):
    """A unit without a name, or one that would command itself."""


class BadStrength(ForcesError):
    """A negative figure, or dates in the wrong order."""
