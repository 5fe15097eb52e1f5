"""Formats of dates and figures, one module a language, where Django's own do not fit."""
