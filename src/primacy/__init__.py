"""Primacy: who leads security now, who is ready to lead, and on what evidence."""

__version__ = "0.1.0"
