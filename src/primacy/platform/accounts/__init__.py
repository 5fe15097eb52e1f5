"""Organisations, accounts, role grants, compartments and one-time sign-in."""
