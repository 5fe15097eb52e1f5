"""What the database is told of a viewer: kind, clearances by mission, compartments."""

import uuid
from dataclasses import dataclass, replace

from primacy.platform.policy import Marking, Viewer
from primacy.platform.policy.roles import PERMISSIONS

READING = tuple(sorted(code for code in PERMISSIONS if code.endswith(".view")))
"""The permissions that open records to reading; each room has one."""


@dataclass(frozen=True)
class RowRights:
    """The rights the row policies know. The empty one opens no protected row."""

    kind: str = ""
    general: int | None = None
    missions: tuple[tuple[uuid.UUID, Marking], ...] = ()
    compartments: tuple[uuid.UUID, ...] = ()
    computing: uuid.UUID | None = None
    keeping: uuid.UUID | None = None
    matching: uuid.UUID | None = None

    def settings(self) -> dict[str, str]:
        """The settings of a connection, by name; every one is always given."""
        named = {
            "primacy.kind": self.kind,
            "primacy.general": "" if self.general is None else str(int(self.general)),
            "primacy.compartments": ",".join(map(str, self.compartments)),
            "primacy.computing": str(self.computing or ""),
            "primacy.keeping": str(self.keeping or ""),
            "primacy.matching": str(self.matching or ""),
        }
        for marking in Marking:
            held = (str(key) for key, clearance in self.missions if clearance == marking)
            named[f"primacy.missions_{marking.value}"] = ",".join(held)
        return named

    def computing_on(self, mission_id: uuid.UUID) -> "RowRights":
        """These rights, and reading a mission's rows that count towards a result."""
        return replace(self, computing=mission_id)

    def keeping_of(self, mission_id: uuid.UUID) -> "RowRights":
        """These rights, and keeping a mission's registers whatever the marking of a row."""
        return replace(self, keeping=mission_id)

    def matching_in(self, mission_id: uuid.UUID) -> "RowRights":
        """These rights, and looking through a mission's registers for who is asked for."""
        return replace(self, matching=mission_id)


NOBODY = RowRights()


def rights_of(viewer: Viewer) -> RowRights:
    """The rights of a viewer over rows: of each mission the highest clearance of any role.

    Wider than `policy.visible`, which asks for one permission: this is the lock behind it.
    """
    general: Marking | None = None
    missions: dict[uuid.UUID, Marking] = {}
    for permission in READING:
        everywhere, by_mission, clearance = viewer.missions_with(permission)
        if everywhere:
            general = clearance if general is None else max(general, clearance)
        for mission_id, held in by_mission.items():
            missions[mission_id] = max(held, missions.get(mission_id, Marking.PUBLIC))
    return RowRights(
        kind=str(viewer.kind),
        general=general,
        missions=tuple(sorted(missions.items(), key=lambda pair: str(pair[0]))),
        compartments=tuple(sorted(viewer.compartments, key=str)),
    )
