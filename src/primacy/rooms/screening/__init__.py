"""Screening: rosters and units held against the register and against published lists."""
