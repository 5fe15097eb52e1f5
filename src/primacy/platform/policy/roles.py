"""Roles and the permissions each carries. Deny by default: what is not listed is refused.

The split follows the separation of duties of the field: those who enter evidence, those who sign,
those who keep the server, those who oversee. Signing also needs an account whose organisation is
one of the parties of the standard (mission, force, ministry).
"""

from primacy.platform.policy.marking import Marking

VIEW = frozenset(
    {
        "places.view",
        "forces.view",
        "incidents.view",
        "readiness.view",
        "cases.view",
    }
)

PERMISSIONS: dict[str, str] = {
    "places.view": "see areas, boundaries, population and sites",
    "places.edit": "change areas, boundaries, population and sites",
    "forces.view": "see units and strength",
    "forces.edit": "change units and strength",
    "incidents.view": "see incidents",
    "incidents.edit": "enter incidents",
    "readiness.view": "see the board, assessments and decisions",
    "readiness.observe": "enter observations (evidence)",
    "readiness.find": "enter whether a grave-violation finding stands",
    "readiness.assess": "open an assessment and freeze its evidence",
    "readiness.sign": "sign a decision or a standard for one's party",
    "readiness.propose": "propose a decision, a step back or a new standard",
    "cases.view": "see case study facts",
    "cases.edit": "enter case study facts",
    "imports.run": "preview, load and undo imports",
    "missions.create": "start a mission board",
    "audit.read": "read and verify the audit log",
    "accounts.manage": "invite people and grant roles",
}

ROLES: dict[str, tuple[str, frozenset[str], Marking]] = {
    # code: (title, permissions, clearance)
    "adviser": (
        "UN police or force adviser",
        VIEW | {"readiness.observe", "readiness.assess", "incidents.edit", "readiness.sign"},
        Marking.CONFIDENTIAL,
    ),
    "planner": (
        "Mission planner",
        VIEW
        | {
            "places.edit",
            "forces.edit",
            "incidents.edit",
            "imports.run",
            "readiness.observe",
            "readiness.assess",
            "readiness.propose",
            "readiness.sign",
            "cases.edit",
            "missions.create",
        },
        Marking.CONFIDENTIAL,
    ),
    "commander": (
        "Host-state commander or police planner",
        VIEW | {"readiness.observe", "readiness.assess", "readiness.sign", "forces.edit"},
        Marking.INTERNAL,
    ),
    "ministry": (
        "Ministry official",
        VIEW | {"readiness.assess", "readiness.propose", "readiness.sign"},
        Marking.INTERNAL,
    ),
    "human_rights": (
        "Human rights officer",
        VIEW | {"readiness.observe", "readiness.find"},
        Marking.STRICT,
    ),
    "operations": (
        "Operations and analysis centre",
        VIEW | {"incidents.edit", "imports.run", "readiness.observe"},
        Marking.CONFIDENTIAL,
    ),
    "oversight": (
        "Oversight body or auditor",
        VIEW | {"audit.read"},
        Marking.CONFIDENTIAL,
    ),
    "partner": ("Donor or partner", VIEW, Marking.PUBLIC),
    "administrator": (
        "Server administrator",
        frozenset({"accounts.manage", "audit.read", "missions.create"}),
        Marking.PUBLIC,
    ),
}

GUEST_PERMISSIONS = VIEW
"""What a visitor without account may do, and only on missions opened to guests, marked public."""


def permissions_of(role: str) -> frozenset[str]:
    """The permissions of a role; empty for a role that does not exist."""
    entry = ROLES.get(role)
    return entry[1] if entry else frozenset()


def clearance_of(role: str) -> Marking:
    """The highest marking a role may read."""
    entry = ROLES.get(role)
    return entry[2] if entry else Marking.PUBLIC
