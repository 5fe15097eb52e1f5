"""Whether the policy applies: its classes of support inside and outside, each with its clause.

Source: Human rights due diligence policy on United Nations support to non-United Nations security
forces (A/67/775-S/2013/110), section on the definition of support; inter-agency Guidance Note,
2015. The numbers of clauses are Primacy's own, in the order of the policy's lists.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from primacy.platform.language.later import later
from primacy.rooms.support.models import SupportKind


@dataclass(frozen=True)
class Clause:
    """One class of the policy: what it covers, a question that tells it, kinds it can be."""

    code: str
    inside: bool
    title: str
    question: str
    kinds: frozenset[str]


_ALL = frozenset(SupportKind.values)
_TRAINING = frozenset({SupportKind.TRAINING.value})
_MONEY = frozenset({SupportKind.MONEY.value})
_GOODS = frozenset(
    {
        SupportKind.EQUIPMENT.value, SupportKind.FUEL.value, SupportKind.TRANSPORT.value,
        SupportKind.LOGISTICS.value,
    }
)  # fmt: skip
_OPERATIONS = frozenset({SupportKind.OPERATIONAL.value, SupportKind.JOINT_OPERATION.value})
_JOINT = frozenset({SupportKind.JOINT_OPERATION.value})

CLAUSES: tuple[Clause, ...] = (
    Clause("in.training", True,
           later("Training, mentoring, advice, capacity- or institution-building"),
           later("Does it make the force more able to operate?"), _TRAINING),
    Clause("in.authority", True,
           later("Support to authorities responsible for the forces"),
           later("Does it go to those who manage, administer, command or control the forces?"),
           _ALL),
    Clause("in.finance", True,
           later("Financial support, whatever the source of the funds"),
           later("Does it pay salaries, bursaries, allowances or other costs of the force?"),
           _MONEY),
    Clause("in.logistics", True,
           later("Strategic or tactical logistical support to operations in the field"),
           later("Does it move, feed, fuel, equip or house the force in the field?"), _GOODS),
    Clause("in.operations", True,
           later("Operational support, fire support, strategic or tactical planning"),
           later("Does the mission plan, command, fire or provide intelligence for it?"),
           _OPERATIONS),
    Clause("in.joint", True,
           later("Joint operations"),
           later("Do mission and force carry it out together?"), _JOINT),
    Clause("out.law", False,
           later("Training or sensitisation on humanitarian, human rights and refugee law"),
           later("Is this law the whole content, with nothing that adds to operational skill?"),
           _TRAINING),
    Clause("out.standards", False,
           later("Standard setting and capacity for compliance and democratic governance"),
           later("Is it advice on laws, codes or policies, or capacity tied directly to human "
                 "rights compliance and democratic oversight?"), _TRAINING | _MONEY),
    Clause("out.access", False,
           later("Engagement to promote compliance, negotiate access and carry out relief"),
           later("Is it dialogue with the force for compliance, humanitarian access or relief?"),
           _TRAINING | _GOODS),
    Clause("out.mediation", False,
           later("Mediation and support to mediation"),
           later("Does it serve talks between parties and nothing else?"), _ALL),
    Clause("out.medevac", False,
           later("Medical and casualty evacuation"),
           later("Does it only carry the sick or wounded?"),
           frozenset({SupportKind.TRANSPORT.value, SupportKind.LOGISTICS.value})),
)  # fmt: skip
"""Every class of the policy."""

BY_CODE = {clause.code: clause for clause in CLAUSES}


def clauses_for(kind: str) -> tuple[Clause, ...]:
    """The clauses that a kind of support can fall under."""
    return tuple(clause for clause in CLAUSES if kind in clause.kinds)


def is_inside(code: str) -> bool:
    """True where the clause brings the support under the policy."""
    return BY_CODE[code].inside


def against_scope(code: str, reason: str, kind: str, recipients: Collection[str]) -> list[str]:
    """Reasons against determining the scope of a kind of support by this clause."""
    clause = BY_CODE.get(code)
    if clause is None:
        return [
            _("'%(code)s' is no clause of the policy. There are: %(known)s.")
            % {"code": code[:20], "known": ", ".join(BY_CODE)}
        ]
    reasons = []
    if kind not in clause.kinds:
        reasons.append(
            _("The clause '%(clause)s' does not speak of %(kind)s. Choose the clause that does.")
            % {"clause": clause.title, "kind": SupportKind(kind).label.lower()}
        )
    if code == "in.authority" and "authority" not in recipients:
        reasons.append(
            _("The clause on authorities needs an authority among the recipients. Add it, or "
              "choose another clause.")
        )  # fmt: skip
    if not reason.strip():
        reasons.append(_("Say in words why this clause applies."))
    return reasons
