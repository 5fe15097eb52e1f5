"""Roles and the permissions each carries. Deny by default: what is not listed is refused.

The split follows the separation of duties of the field: those who enter evidence, those who sign,
those who keep the server, those who oversee. Signing also needs an account whose organisation is
one of the parties of the standard (mission, force, ministry).
"""

from primacy.platform.language.later import later
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

KEYED = frozenset({"vault.view", "vault.report"})
"""What those who work with sources hold; never who keeps the server."""

PERMISSIONS: dict[str, str] = {
    "places.view": later("see areas, boundaries, population and sites"),
    "places.edit": later("change areas, boundaries, population and sites"),
    "forces.view": later("see units and strength"),
    "forces.edit": later("change units and strength"),
    "persons.view": later("see persons, their postings and who commands, as far as cleared"),
    "persons.keep": later("enter persons and claims about them, keep ranks and roles"),
    "persons.judge": later("judge whether two records are one person"),
    "census.view": later("see rolls, head counts, pay rolls and questions about them"),
    "census.keep": later("keep rolls, head counts, pay rolls and recruitment, put questions"),
    "census.answer": later("answer questions about rolls and pay for an office"),
    "screening.view": later("see screenings and the lists they were held against"),
    "screening.run": later("load lists, upload rosters and screen them"),
    "screening.decide": later("judge possible matches of a screening"),
    "incidents.view": later("see incidents"),
    "incidents.edit": later("enter incidents"),
    "incidents.attribute": later("enter whom a source names as responsible for an incident"),
    "support.view": later("see support cases, deliveries and the stop list, as far as cleared"),
    "support.request": later("ask for support to a force, end a request"),
    "support.validate": later("determine scope, validate requests, open screening, activate"),
    "support.assess": later("assess the risk of support and draft measures"),
    "support.screen": later("answer on recipients of support for an office"),
    "support.consolidate": later("consolidate answers and send cases for decision"),
    "support.decide": later("decide on support and waive conditions"),
    "support.find": later("record and lift grave-violation findings"),
    "support.deliver": later("record deliveries and reconcile rosters"),
    "support.monitor": later("monitor support: visits, conditions, intercession, reopening"),
    "support.suspend": later("suspend, reinstate or withdraw support"),
    "support.configure": later("put procedures, offices and the country framework in force"),
    "warning.view": later("see alerts, as far as cleared and as they are not kept from one"),
    "forecasts.view": later("see forecasts of violence by area"),
    "forecasts.run": later("make forecasts of violence by area"),
    "warning.enter": later("enter alerts and protect who warned"),
    "warning.desk": later("judge, own, task and close alerts"),
    "warning.shield": later("withdraw accusations, let somebody know of an alert"),
    "warning.configure": later("set times of answer, name the unit an account stands for"),
    "readiness.view": later("see the board, assessments and decisions"),
    "readiness.observe": later("enter observations (evidence)"),
    "readiness.find": later("enter whether a grave-violation finding stands"),
    "readiness.assess": later("open an assessment and freeze its evidence"),
    "readiness.sign": later("sign a decision or a standard for one's party"),
    "readiness.propose": later("propose a decision, a step back or a new standard"),
    "vault.view": later("hold a key and see the pseudonyms of one's compartments"),
    "vault.report": later("report a source or witness into a compartment"),
    "compartments.own": later("create a compartment with keys for one's own organisation"),
    "cases.view": later("see case study facts"),
    "cases.edit": later("enter case study facts"),
    "imports.run": later("preview, load and undo imports"),
    "missions.create": later("start a mission board"),
    "audit.read": later("read and verify the audit log"),
    "audit.reads": later("see who was shown protected records"),
    "accounts.manage": later("invite people and grant roles"),
    "emergency.order": later("ask for or release an emergency order"),
    "site.keep": later("back up, restore, move or wipe the whole site, at its command line"),
}

ROLES: dict[str, tuple[str, frozenset[str], Marking]] = {
    # code: (title, permissions, clearance)
    "adviser": (
        later("UN police or force adviser"),
        VIEW
        | KEYED
        | {
            "persons.view",
            "census.view",
            "census.keep",
            "readiness.observe",
            "readiness.assess",
            "incidents.edit",
            "readiness.sign",
            "audit.reads",
            "support.view",
            "support.request",
            "support.screen",
            "support.deliver",
            "support.monitor",
            "warning.view",
            "forecasts.view",
            "warning.enter",
        },
        Marking.CONFIDENTIAL,
    ),
    "planner": (
        later("Mission planner"),
        VIEW
        | KEYED
        | {
            "persons.view",
            "persons.keep",
            "persons.judge",
            "census.view",
            "census.keep",
            "screening.view",
            "screening.run",
            "compartments.own",
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
            "emergency.order",
            "audit.reads",
            "support.view",
            "support.request",
            "support.screen",
            "support.deliver",
            "warning.view",
            "forecasts.view",
            "forecasts.run",
            "warning.enter",
            "warning.configure",
        },
        Marking.CONFIDENTIAL,
    ),
    "commander": (
        later("Host-state commander or police planner"),
        VIEW
        | KEYED
        | {
            "persons.view",
            "census.view",
            "census.answer",
            "readiness.observe",
            "readiness.assess",
            "readiness.sign",
            "forces.edit",
            "compartments.own",
            "support.view",
            "warning.view",
            "forecasts.view",
        },
        Marking.INTERNAL,
    ),
    "ministry": (
        later("Ministry official"),
        VIEW
        | {
            "census.view",
            "census.answer",
            "readiness.assess",
            "readiness.propose",
            "readiness.sign",
            "vault.view",
            "support.view",
            "warning.view",
            "forecasts.view",
        },
        Marking.INTERNAL,
    ),
    "human_rights": (
        later("Human rights officer"),
        VIEW
        | KEYED
        | {
            "persons.view",
            "persons.keep",
            "persons.judge",
            "census.view",
            "census.answer",
            "screening.view",
            "screening.run",
            "screening.decide",
            "compartments.own",
            "incidents.attribute",
            "readiness.observe",
            "readiness.find",
            "emergency.order",
            "audit.reads",
            "support.view",
            "support.validate",
            "support.assess",
            "support.screen",
            "support.consolidate",
            "support.find",
            "support.monitor",
            "support.suspend",
            "support.configure",
            "warning.view",
            "forecasts.view",
            "warning.enter",
            "warning.shield",
        },
        Marking.STRICT,
    ),
    "operations": (
        later("Operations and analysis centre"),
        VIEW
        | KEYED
        | {
            "incidents.edit",
            "imports.run",
            "readiness.observe",
            "audit.reads",
            "support.view",
            "support.request",
            "support.screen",
            "support.deliver",
            "warning.view",
            "forecasts.view",
            "forecasts.run",
            "warning.enter",
            "warning.desk",
            "warning.shield",
            "warning.configure",
        },
        Marking.CONFIDENTIAL,
    ),
    "leadership": (
        later("Head of mission or delegate"),
        VIEW
        | {
            "persons.view",
            "screening.view",
            "support.view",
            "support.decide",
            "support.suspend",
            "audit.reads",
            "warning.view",
            "forecasts.view",
        },
        Marking.STRICT,
    ),
    "oversight": (
        later("Oversight body or auditor"),
        VIEW
        | {
            "persons.view",
            "census.view",
            "census.answer",
            "vault.view",
            "screening.view",
            "compartments.own",
            "audit.read",
            "audit.reads",
            "emergency.order",
            "support.view",
            "warning.view",
            "forecasts.view",
        },
        Marking.CONFIDENTIAL,
    ),
    "partner": (later("Donor or partner"), VIEW, Marking.PUBLIC),
    "administrator": (
        later("Server administrator"),
        frozenset({"accounts.manage", "audit.read", "missions.create", "emergency.order"}),
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
