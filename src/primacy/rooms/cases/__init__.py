"""Sourced facts of the built-in case studies."""
