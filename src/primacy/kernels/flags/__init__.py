"""Flags: rules on roll, pay roll, head counts and posts that end in a question to an office.

`raise_flags` runs the table of rules over a force. A flag is never a verdict: it says which rule,
which records, compared with whom, and why in words. Described in docs/methods/payroll-flags.md.
"""

from primacy.kernels.flags.errors import BadForce, BadLimits, FlagsError, NoSuchRule
from primacy.kernels.flags.records import (
    Card,
    Establishment,
    Force,
    HeadCount,
    Member,
    NumberRange,
    PayKind,
    PayLine,
    Promotion,
    Rations,
    Station,
)
from primacy.kernels.flags.rule import Flag, Limits, Office, Peers, Record, Rule, Severity
from primacy.kernels.flags.table import ENROLLED_TWICE, RULES, raise_flags, rule
from primacy.kernels.flags.wording import plain_account, plain_number

__all__ = [
    "ENROLLED_TWICE",
    "RULES",
    "BadForce",
    "BadLimits",
    "Card",
    "Establishment",
    "Flag",
    "FlagsError",
    "Force",
    "HeadCount",
    "Limits",
    "Member",
    "NoSuchRule",
    "NumberRange",
    "Office",
    "PayKind",
    "PayLine",
    "Peers",
    "Promotion",
    "Rations",
    "Record",
    "Rule",
    "Severity",
    "Station",
    "plain_account",
    "plain_number",
    "raise_flags",
    "rule",
]
