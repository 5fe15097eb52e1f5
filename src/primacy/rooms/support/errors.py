"""Errors of support.

SupportError
├── NoSuchSupport    no such case, task, finding, delivery or roster is open to the viewer
├── BadRequest       a request, its scope or one of its recipients cannot be taken as it stands
├── MoveRefused      a guard holds the case back; `reasons` say each thing that is missing
├── NotCleared       nothing may be handed over: the gate says no, or does not know
└── RosterRefused    a roster or hand-over note is not taken; nothing was changed
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class SupportError(ValueError):
    """Any refusal that concerns support."""


class NoSuchSupport(SupportError):
    """Nothing of this kind here that is open to the viewer."""


class BadRequest(SupportError):
    """Something typed cannot be taken as it stands."""


class MoveRefused(SupportError):
    """A guard holds the case back."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """`reasons` are sentences a person can act on."""
        self.reasons = tuple(reasons)
        super().__init__(" ".join([*self.reasons, _("Nothing was changed.")]))


class NotCleared(SupportError):
    """The gate lets nothing through for this recipient, purpose and day."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """`reasons` are the gate's own."""
        self.reasons = tuple(reasons)
        super().__init__(" ".join([*self.reasons, _("Nothing was handed over on record.")]))


class RosterRefused(SupportError):
    """A roster or hand-over note is not taken."""
