"""The lead ledger, standards, evidence, assessments and joint decisions."""
