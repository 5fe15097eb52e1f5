"""Readiness for primacy: criteria × observations → ready, with conditions, not ready, unknown.

`assess` judges an area, `evaluate_criterion` one criterion, `lead_at` says who led on a day.
The method is described in docs/methods/readiness.md.
"""

from primacy.kernels.readiness.areas import AreaResult, Condition, Readiness, assess
from primacy.kernels.readiness.errors import (
    DuplicateCriterion,
    InvalidConfidence,
    InvalidCriterion,
    InvalidLadder,
    InvalidLedger,
    InvalidObservation,
    ReadinessError,
)
from primacy.kernels.readiness.evaluation import CriterionResult, Result, evaluate_criterion
from primacy.kernels.readiness.evidence import PREFERENCE, Observation
from primacy.kernels.readiness.leads import LADDER, Lead, next_lead, previous_lead
from primacy.kernels.readiness.ledger import LeadAt, LedgerEntry, lead_at
from primacy.kernels.readiness.probability import (
    SampleShare,
    TwoPieceNormal,
    jeffreys_interval,
    two_piece_normal,
)
from primacy.kernels.readiness.standard import Comparison, Criterion, Method

__all__ = [
    "LADDER",
    "PREFERENCE",
    "AreaResult",
    "Comparison",
    "Condition",
    "Criterion",
    "CriterionResult",
    "DuplicateCriterion",
    "InvalidConfidence",
    "InvalidCriterion",
    "InvalidLadder",
    "InvalidLedger",
    "InvalidObservation",
    "Lead",
    "LeadAt",
    "LedgerEntry",
    "Method",
    "Observation",
    "Readiness",
    "ReadinessError",
    "Result",
    "SampleShare",
    "TwoPieceNormal",
    "assess",
    "evaluate_criterion",
    "jeffreys_interval",
    "lead_at",
    "next_lead",
    "previous_lead",
    "two_piece_normal",
]
