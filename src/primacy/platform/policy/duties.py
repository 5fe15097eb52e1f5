"""Separation of duties: which acts one person may not do on the same thing, and who may instead.

`DUTIES` is the table people read (docs/duties.md is made from it). `against_role` holds the part
of it that roles decide; the other rows are kept by the acts themselves, each in the place named.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from primacy.platform.language.later import later
from primacy.platform.policy.roles import ROLES, VIEW, permissions_of
from primacy.platform.policy.viewer import Grant


@dataclass(frozen=True)
class Duty:
    """One row: what one person may not do, why, who does it instead, what stays allowed."""

    code: str
    never: str
    why: str
    instead: str
    allowed: str
    kept_by: str


DUTIES: tuple[Duty, ...] = (
    Duty(
        "parties",
        "freeze or propose, and sign for another party or twice",
        "one side would decide alone",
        "a seated member of each party signs once, for the party of their organisation",
        "whoever opened, froze or proposed signs for their own party",
        "readiness: take_seat, sign_decision, sign_standard",
    ),
    Duty(
        "evidence",
        "enter evidence as another party's own assessment",
        "a force's word about itself must be its own",
        "the local force or its ministry enters it",
        "who entered evidence also signs: it names who entered it, and the other parties must sign",
        "readiness: observe",
    ),
    Duty(
        "lead",
        "overwrite alone, by a ledger entry or a correction, a lead that the parties decided",
        "one entry would undo every signature",
        "the parties, by a new decision or a step back",
        "entries for the time before the first decision, each with its source",
        "readiness: record_lead",
    ),
    Duty(
        "finding",
        "say whether a grave-violation finding stands, and assess or sign on the same mission",
        "who wants the step would clear its way",
        "the human rights component says it; others assess and sign",
        "the human rights component enters other evidence too",
        "accounts: grant_role; readiness: observe",
    ),
    Duty(
        "server",
        "keep accounts, and read, enter or sign records on any mission",
        "who makes accounts could make the second signature",
        "another person, with an account without that role",
        "the administrator reads the audit log and asks for emergency orders",
        "accounts: grant_role; vault: every act with keys",
    ),
    Duty(
        "oversight",
        "oversee a mission, and enter, assess, propose, sign or import there",
        "nobody checks their own work",
        "a member of the mission, the force or the ministry",
        "an overseer of one mission works on another",
        "accounts: grant_role",
    ),
    Duty(
        "support",
        "ask for support, assess its risk and decide on it: two of the three on one case",
        "who wants the support would clear its way",
        "a requesting component asks, the human rights component assesses, the head of mission or "
        "a delegate decides",
        "who asked also delivers and reports; who assessed also monitors",
        "support: rules (decider_is_apart, assessor_is_apart); accounts: grant_role",
    ),
    Duty(
        "scope",
        "take support out of the policy's scope alone, or as the one who asks for it",
        "most disputes are about scope, and out of scope nothing else is checked",
        "a second person with the right to validate",
        "one person determines that the policy applies",
        "support: rules (scope_is_outside_and_seconded)",
    ),
    Duty(
        "reinstate",
        "lift the suspension that one ordered, or the grave-violation finding that one recorded",
        "nobody checks their own work",
        "another person with the right to suspend, or to record findings",
        "whoever ordered it may end the case by withdrawing support",
        "support: reinstate, lift_finding",
    ),
    Duty(
        "own_rights",
        "give oneself a role, close or open one's own account, or take part in resetting it",
        "rights would have no second pair of eyes",
        "another administrator",
        "taking a role away from oneself",
        "accounts: grant_role, close_account, open_account; orders: ask, release, "
        "reset_second_factor",
    ),
    Duty(
        "order",
        "ask for an emergency order and release it; the emergency account does neither",
        "one person could wipe or open the site, by way of the account they opened",
        "a second person with the right to order",
        "either of the two carries it out; the operator may, though it neither asks nor releases",
        "orders: ask, release",
    ),
    Duty(
        "review",
        "use, ask for, release or open the emergency account, and review that opening",
        "nobody checks their own work",
        "an overseer or administrator who had no part in it",
        "any third person who reads the audit log",
        "orders: review_opening",
    ),
    Duty(
        "recovery",
        "recover the key of a compartment alone",
        "a key in one pair of hands is no compartment",
        "two different holders, one after the other",
        "the reader who gets the key may be one of the holders",
        "vault: create_vault, name_holders, begin_recovery, finish_recovery",
    ),
    Duty(
        "operator",
        "sign, take a seat or order from the server's command line without an account",
        "who owns the server belongs to no party",
        "a person with an account: --as ADDRESS",
        "the operator enters records and carries out what two persons ordered",
        "readiness: take_seat, sign_decision, sign_standard; orders: ask, release",
    ),
    Duty(
        "imports",
        "nothing: whoever loaded an import may undo it",
        "undoing needs a reason, takes nothing off the record, and is in the audit log",
        "anybody with the right to run imports on the mission",
        "the same person loads and undoes",
        "imports: undo",
    ),
)


@dataclass(frozen=True)
class Apart:
    """Two sets of permissions that no one account holds, on one mission or anywhere."""

    duty: str
    one: frozenset[str]
    other: frozenset[str]
    anywhere: bool
    why: str


WORK = frozenset(
    {
        "places.edit", "forces.edit", "incidents.edit", "cases.edit", "imports.run",
        "readiness.observe", "readiness.assess", "readiness.propose", "readiness.sign",
        "readiness.find", "vault.report", "support.request", "support.validate", "support.assess",
        "support.screen", "support.consolidate", "support.decide", "support.find",
        "support.deliver", "support.monitor", "support.suspend", "support.configure",
    }
)  # fmt: skip
"""What an overseer of the same mission leaves to others."""

KEPT_APART: tuple[Apart, ...] = (
    Apart(
        "server",
        frozenset({"accounts.manage"}),
        VIEW | WORK | {"vault.view", "audit.reads", "compartments.own"},
        anywhere=True,
        why=later(
            "who keeps accounts could make the second signature, so that person reads and signs "
            "nothing; give the role to an account of another person"
        ),
    ),
    Apart(
        "finding",
        frozenset({"readiness.find"}),
        frozenset({"readiness.assess", "readiness.sign", "readiness.propose"}),
        anywhere=False,
        why=later(
            "who says whether a grave-violation finding stands neither assesses nor signs on that "
            "mission; give the role to another person"
        ),
    ),
    Apart(
        "support",
        frozenset({"support.decide"}),
        frozenset({"support.request", "support.assess", "support.consolidate"}),
        anywhere=False,
        why=later(
            "who decides on support neither asks for it nor assesses it on that mission; give the "
            "role to another person"
        ),
    ),
    Apart(
        "support",
        frozenset({"support.assess"}),
        frozenset({"support.request"}),
        anywhere=False,
        why=later(
            "who assesses the risk of support does not ask for it on that mission; give the role "
            "to another person"
        ),
    ),
    Apart(
        "oversight",
        frozenset({"audit.read"}),
        WORK,
        anywhere=False,
        why=later(
            "who oversees a mission does not work on it; give the role to another person, or for "
            "another mission"
        ),
    ),
)


def against_role(held: Iterable[Grant], role: str, mission_id: uuid.UUID | None) -> list[str]:
    """Reasons an account that holds these roles cannot be given this one as well."""
    asked = permissions_of(role)
    reasons = []
    for grant in held:
        has = permissions_of(grant.role)
        meet = None in (grant.mission_id, mission_id) or grant.mission_id == mission_id
        for apart in KEPT_APART:
            if not (apart.anywhere or meet):
                continue
            if (asked & apart.one and has & apart.other) or (
                asked & apart.other and has & apart.one
            ):
                reasons.append(
                    _("it holds the role '%(held)s': %(why)s")
                    % {"held": ROLES[grant.role][0], "why": apart.why}
                )
                break
    return reasons
