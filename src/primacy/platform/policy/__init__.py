"""Roles, compartments, markings and the permission layer that every query and action passes."""

from primacy.platform.policy.errors import Denied, PolicyError, UnknownPermission
from primacy.platform.policy.marking import Marking
from primacy.platform.policy.owning_team import in_owning_team
from primacy.platform.policy.permissions import may_read, require, visible
from primacy.platform.policy.reads import ReadNotRecorded, held_aside, is_protected, note_read
from primacy.platform.policy.secrecy import Restricted, restricted
from primacy.platform.policy.viewer import (
    Grant,
    Viewer,
    ViewerKind,
    computation,
    guest,
    operator,
)

__all__ = [
    "Denied",
    "Grant",
    "Marking",
    "PolicyError",
    "ReadNotRecorded",
    "Restricted",
    "UnknownPermission",
    "Viewer",
    "ViewerKind",
    "computation",
    "guest",
    "held_aside",
    "in_owning_team",
    "is_protected",
    "may_read",
    "note_read",
    "operator",
    "require",
    "restricted",
    "visible",
]
