"""Errors of readiness.

ReadinessError
├── NotAllowed        a guard refuses; `reasons` says each thing that is missing
├── BadObservation    a value, interval or date that cannot be
├── BadStandard       a criterion that cannot be read
├── NoStandard        no standard was in force on the day
└── NoSuchRecord      no such assessment, decision, standard or responsibility
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class ReadinessError(Exception):
    """Any refusal that concerns readiness."""


class NotAllowed(ReadinessError):
    """A guard refuses. Nothing was changed."""

    def __init__(self, act: str, reasons: Sequence[str]) -> None:
        self.act = act
        self.reasons = list(reasons)
        super().__init__(_("Cannot %(act)s: ") % {"act": act} + "; ".join(self.reasons) + ".")


class BadObservation(ReadinessError):
    """A value, interval or date that cannot be."""


class BadStandard(ReadinessError):
    """A criterion or version that cannot be read."""


class NoStandard(ReadinessError):
    """No standard was in force on the day."""


class NoSuchRecord(ReadinessError):
    """No such record, or none the viewer may see."""
