"""All errors of recruitment.

RecruitmentError (ValueError)
├── BadFunnel       counts that grow from one stage to the next, stages twice, a group missing
└── BadShares       a part larger than its whole, no population, a confidence outside 0.5 to 1
"""


class RecruitmentError(ValueError):
    """Figures that cannot be compared; the message says what to change."""


class BadFunnel(RecruitmentError):
    """Counts of stages that contradict each other."""


class BadShares(RecruitmentError):
    """Counts no share can be taken of."""
