"""Roles, compartments, markings and the permission layer that every query and action passes."""

from primacy.platform.policy.errors import Denied, PolicyError, UnknownPermission
from primacy.platform.policy.marking import Marking
from primacy.platform.policy.permissions import may_read, require, visible
from primacy.platform.policy.viewer import Grant, Viewer, ViewerKind, guest, operator

__all__ = [
    "Denied",
    "Grant",
    "Marking",
    "PolicyError",
    "UnknownPermission",
    "Viewer",
    "ViewerKind",
    "guest",
    "may_read",
    "operator",
    "require",
    "visible",
]
