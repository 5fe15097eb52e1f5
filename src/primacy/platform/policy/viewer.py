"""Who is asking: the one object that every query and every action receives."""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum

from primacy.platform.policy.errors import UnknownPermission
from primacy.platform.policy.marking import Marking
from primacy.platform.policy.roles import (
    GUEST_PERMISSIONS,
    PERMISSIONS,
    clearance_of,
    permissions_of,
)


class ViewerKind(StrEnum):
    """Where the viewer comes from."""

    ACCOUNT = "account"
    GUEST = "guest"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Grant:
    """One role, for one mission or (None) for all."""

    role: str
    mission_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Viewer:
    """A person or process with its rights, read once per request or command."""

    kind: ViewerKind
    label: str
    account_id: uuid.UUID | None = None
    organisation_id: uuid.UUID | None = None
    party: str = ""
    grants: tuple[Grant, ...] = ()
    compartments: frozenset[uuid.UUID] = field(default_factory=frozenset)
    computing: bool = False
    """True for a computation that shows nothing: what it reads was seen by nobody."""

    @property
    def is_guest(self) -> bool:
        """True for a visitor without account."""
        return self.kind is ViewerKind.GUEST

    @property
    def is_operator(self) -> bool:
        """True for the person at the server's own command line."""
        return self.kind is ViewerKind.OPERATOR

    def roles(self, mission_id: uuid.UUID | None) -> frozenset[str]:
        """The roles held for a mission; with None, those held for all missions."""
        return frozenset(
            g.role for g in self.grants if g.mission_id is None or g.mission_id == mission_id
        )

    def reading_class(self, mission_id: uuid.UUID) -> tuple[object, ...]:
        """All that decides which of a mission's records the viewer may read, and nothing else.

        Two viewers of one class are shown the same; nothing worked out for one class may be shown
        to another.
        """
        return self.kind, self.roles(mission_id), self.compartments, self.computing

    def has(self, permission: str, mission_id: uuid.UUID | None = None) -> bool:
        """True where some role carries the permission for this mission."""
        if permission not in PERMISSIONS:
            raise UnknownPermission(permission)
        if self.is_operator:
            return True
        return any(permission in permissions_of(role) for role in self.roles(mission_id))

    def missions_with(self, permission: str) -> tuple[bool, dict[uuid.UUID, Marking], Marking]:
        """Where the permission is held: everywhere?, clearance by mission, clearance everywhere."""
        if permission not in PERMISSIONS:
            raise UnknownPermission(permission)
        if self.is_operator:
            return True, {}, Marking.STRICT
        everywhere, by_mission, general = False, dict[uuid.UUID, Marking](), Marking.PUBLIC
        for grant in self.grants:
            if permission not in permissions_of(grant.role):
                continue
            clearance = clearance_of(grant.role)
            if grant.mission_id is None:
                everywhere, general = True, max(general, clearance)
            else:
                held = by_mission.get(grant.mission_id, Marking.PUBLIC)
                by_mission[grant.mission_id] = max(held, clearance)
        return everywhere, by_mission, general


def guest() -> Viewer:
    """The visitor without account."""
    return Viewer(kind=ViewerKind.GUEST, label="guest")


def operator(label: str) -> Viewer:
    """The person at the command line of the server, who already owns its files.

    Reads all but compartments; may enter records, never sign for a party.
    """
    return Viewer(kind=ViewerKind.OPERATOR, label=label)


def computation(label: str) -> Viewer:
    """The operator's rights for working a figure out; whoever shows the figure notes the read."""
    return Viewer(kind=ViewerKind.OPERATOR, label=label, computing=True)


def guest_may(permission: str) -> bool:
    """True where visitors hold the permission on missions opened to them."""
    return permission in GUEST_PERMISSIONS
