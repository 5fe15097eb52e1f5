"""Carana, the made-up country: generated from a seed, recorded through the actions a user uses."""

from primacy.demo.carana.options import BadOptions, CaranaOptions

CODE = "carana"

__all__ = ["CODE", "BadOptions", "CaranaOptions"]
