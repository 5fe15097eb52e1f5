"""Recruitment: the funnel by stage and group, representation, and what of both may be shown.

Described in docs/methods/representation.md.
"""

from primacy.kernels.recruitment.errors import BadFunnel, BadShares, RecruitmentError
from primacy.kernels.recruitment.funnel import STAGES, Funnel, Step, funnel
from primacy.kernels.recruitment.intervals import CONFIDENCE, Estimate, ratio_of_shares, share
from primacy.kernels.recruitment.representation import (
    Population,
    Representation,
    representation,
)
from primacy.kernels.recruitment.shown import ALL, ShownFunnel, shown_counts, shown_funnel

__all__ = [
    "ALL",
    "CONFIDENCE",
    "STAGES",
    "BadFunnel",
    "BadShares",
    "Estimate",
    "Funnel",
    "Population",
    "RecruitmentError",
    "Representation",
    "ShownFunnel",
    "Step",
    "funnel",
    "ratio_of_shares",
    "representation",
    "share",
    "shown_counts",
    "shown_funnel",
]
