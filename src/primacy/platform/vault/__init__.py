"""Compartments whose keys the owning organisation holds: protected identities and their keys."""
