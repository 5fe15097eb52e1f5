"""Indicators computed from support."""
