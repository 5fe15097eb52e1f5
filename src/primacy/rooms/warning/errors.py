"""Errors of warning.

WarningError
├── NoSuchAlert      no such alert is open to the viewer
├── BadAlert         something typed cannot be taken as it stands
├── StepRefused      the alert cannot make this step now; `reasons` say each thing that is missing
├── NotToBeTold      somebody may not learn of this alert, so nothing that would tell them is done
└── CannotForecast   what is asked for cannot be forecast from what is on record
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class WarningError(ValueError):
    """Any refusal that concerns alerts."""


class NoSuchAlert(WarningError):
    """No alert here that is open to the viewer."""


class BadAlert(WarningError):
    """Something typed cannot be taken as it stands."""


class StepRefused(WarningError):
    """The alert cannot make this step now."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """`reasons` are sentences a person can act on."""
        self.reasons = tuple(reasons)
        super().__init__(" ".join([*self.reasons, _("Nothing was changed.")]))


class NotToBeTold(WarningError):
    """Somebody may not learn of this alert."""


class CannotForecast(WarningError):
    """What is asked for cannot be forecast from what is on record."""
