"""Names of persons compared in any script, and persons resolved: never on the name alone."""

from primacy.kernels.names.persons.compare import compare, name_similarity
from primacy.kernels.names.persons.evidence import of_births, of_ids
from primacy.kernels.names.persons.glance import closest_names
from primacy.kernels.names.persons.matcher import PersonMatcher
from primacy.kernels.names.persons.model import Model
from primacy.kernels.names.persons.records import (
    AGAINST,
    BLOCKS,
    Candidate,
    Comparison,
    Kind,
    NameScore,
    Person,
    PersonMatch,
    PersonName,
    Reason,
    Verdict,
    Why,
    in_words,
)

__all__ = [
    "AGAINST",
    "BLOCKS",
    "Candidate",
    "Comparison",
    "Kind",
    "Model",
    "NameScore",
    "Person",
    "PersonMatch",
    "PersonMatcher",
    "PersonName",
    "Reason",
    "Verdict",
    "Why",
    "closest_names",
    "compare",
    "in_words",
    "name_similarity",
    "of_births",
    "of_ids",
]
