"""All errors of the readiness method, in one place.

ReadinessError (ValueError)
├── InvalidCriterion         a standard that cannot be applied as written
├── InvalidObservation       evidence that contradicts itself
├── InvalidConfidence        a confidence outside 0.5 to 1
├── DuplicateCriterion       two criteria of one standard share a code
├── InvalidLadder            lead steps out of order
└── InvalidLedger            an entry running backwards, or corrections in a circle
"""


class ReadinessError(ValueError):
    """Input the readiness method refuses; the message says what to change."""


class InvalidCriterion(ReadinessError):
    """A criterion that cannot be applied as written."""


class InvalidObservation(ReadinessError):
    """An observation that contradicts itself."""


class InvalidConfidence(ReadinessError):
    """A confidence outside 0.5 (included) to 1 (excluded)."""


class DuplicateCriterion(ReadinessError):
    """Two criteria of one standard with the same code."""


class InvalidLadder(ReadinessError):
    """A ladder whose steps are empty, repeated or out of order."""


class InvalidLedger(ReadinessError):
    """A ledger entry that runs backwards, or corrections that correct each other in a circle."""
