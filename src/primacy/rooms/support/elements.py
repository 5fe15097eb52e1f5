"""What the risk form, the country framework and monitoring ask.

Elements of risk: A/67/775-S/2013/110, paragraph 14; form: Guidance Note 2015, annexes I and III.
"""

from dataclasses import dataclass

from primacy.platform.language.later import later
from primacy.rooms.support.models import RiskLevel


@dataclass(frozen=True)
class Element:
    """One question of the risk form; `framework` is the section it inherits its draft from."""

    code: str
    title: str
    question: str
    framework: str = ""
    beside: str = ""
    """What of the register is laid beside it: record, response, command or support."""


ELEMENTS: tuple[Element, ...] = (
    Element("a", later("Needs, type of support and leverage"),
            later("What needs it, what is given, and what influence comes with it?"),
            beside="support"),
    Element("b", later("Record of the recipient"),
            later("What is on record of violations, of which unit and commander at the time?"),
            "record", "record"),
    Element("c", later("Record of holding perpetrators to account"),
            later("What did those in authority do about it?"), "response", "response"),
    Element("d", later("Corrective measures and institutions"),
            later("What has been put in place so that it does not happen again?"), "measures",
            "command"),
    Element("e", later("Effect of giving and of withholding"),
            later("What does giving, and what does withholding, do to the influence on conduct?"),
            "influence"),
    Element("f", later("Feasibility of monitoring"),
            later("Who will see how it is used, how often, with what access?"), "monitoring"),
    Element("g", later("Resulting risk of grave violations"),
            later("How likely is it, after all measures, that the recipient commits them?"),
            "risks"),
)  # fmt: skip

SECTIONS: tuple[tuple[str, str], ...] = (
    ("forces", later("Forces and who is responsible for them")),
    ("record", later("Record of grave violations")),
    ("response", later("What the authorities do about them")),
    ("measures", later("Institutions and corrective measures")),
    ("influence", later("What giving and withholding support does")),
    ("monitoring", later("What can be monitored")),
    ("risks", later("Main risks")),
)
"""Sections of the general and preliminary risk assessment framework."""

LIKELIHOODS: tuple[tuple[int, str], ...] = (
    (1, later("very unlikely")),
    (2, later("unlikely")),
    (3, later("possible")),
    (4, later("likely")),
    (5, later("very likely")),
)
SEVERITIES: tuple[tuple[int, str], ...] = (
    (1, later("negligible")),
    (2, later("minor")),
    (3, later("moderate")),
    (4, later("severe")),
    (5, later("critical")),
)
LOW, MEDIUM, HIGH = RiskLevel.LOW.value, RiskLevel.MEDIUM.value, RiskLevel.HIGH.value
MATRIX: list[list[str]] = [
    [LOW, LOW, LOW, MEDIUM, MEDIUM],
    [LOW, LOW, MEDIUM, MEDIUM, HIGH],
    [LOW, MEDIUM, MEDIUM, HIGH, HIGH],
    [LOW, MEDIUM, HIGH, HIGH, HIGH],
    [MEDIUM, MEDIUM, HIGH, HIGH, HIGH],
]
"""The matrix a new procedure starts with: likelihood down, severity across.

Missions set their own; the policy prescribes none."""

CLOCKS: dict[str, int] = {
    "draft": 30, "submitted": 3, "validated": 2, "screening": 10, "consolidated": 3, "decision": 5,
    "deferred": 14, "approved": 30, "approved_with_conditions": 30, "interceded": 14,
    "suspended": 30, "expired": 7,
}  # fmt: skip
"""Days each state may last where a procedure does not say; the policy sets no time limits."""

SIGNS: tuple[tuple[str, str], ...] = (
    ("hate", later("Commanders or members speak of a group as the enemy")),
    ("command", later("Orders come from outside the chain of command")),
    ("diverted", later("What was delivered is used for something else or by others")),
    ("access", later("Access for monitors is refused or delayed")),
    ("complaints", later("Complaints about the unit increase")),
    ("detention", later("People are held outside recorded places of detention")),
    ("impunity", later("A known case is not investigated")),
    ("pay", later("Pay is late or withheld")),
    ("redeployed", later("The unit is moved to another area or task without notice")),
    ("reprisals", later("Witnesses or complainants are threatened")),
)
"""Early-warning signs of misconduct that monitors report."""

SIGN_CODES = frozenset(code for code, _title in SIGNS)


def level_of(matrix: list[list[str]], likelihood: int, severity: int) -> str:
    """The risk level of a likelihood and a severity, each from 1; empty where not rated."""
    if not (1 <= likelihood <= len(matrix)) or not (1 <= severity <= len(matrix[0])):
        return ""
    return str(matrix[likelihood - 1][severity - 1])


def highest(levels: list[str]) -> str:
    """The highest of some levels; empty where there are none, or one is not rated."""
    order = [LOW, MEDIUM, HIGH]
    if not levels or any(level not in order for level in levels):
        return ""
    return max(levels, key=order.index)
