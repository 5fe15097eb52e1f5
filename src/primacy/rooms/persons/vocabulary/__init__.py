"""Ranks and roles: what the words of a posting mean, by country."""

from primacy.rooms.persons.vocabulary.reading import (
    Reading,
    Vocabulary,
    commanding_of,
    key_of,
    vocabulary,
)
from primacy.rooms.persons.vocabulary.shipped import LANGUAGES, RANKS, ROLES, languages_of

__all__ = [
    "LANGUAGES",
    "RANKS",
    "ROLES",
    "Reading",
    "Vocabulary",
    "commanding_of",
    "key_of",
    "languages_of",
    "vocabulary",
]
