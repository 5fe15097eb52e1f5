"""Errors of the permission layer.

PolicyError
├── Denied            the viewer's roles do not allow the act or the record
└── UnknownPermission a permission code that the role table does not know (a programming error)
"""


class PolicyError(Exception):
    """Any refusal by the permission layer."""


class Denied(PolicyError):
    """The viewer may not do this. `reason` says which right is missing and whom to ask."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownPermission(PolicyError):
    """No role carries this permission code."""
