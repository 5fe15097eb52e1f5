"""Records of persons that may be one person: found, weighed and explained, never merged.

>>> from primacy.engines.linkage import deduplicate
>>> result = deduplicate(
...     [
...         {"id": "a", "given": "Mohamed", "family": "Keita", "birth_date": "1990-05-17"},
...         {"id": "b", "given": "محمد", "family": "Keita", "birth_date": "1990-05-17"},
...     ]
... )
>>> [(pair.left, pair.right, pair.verdict.value) for pair in result.pairs]
[('a', 'b', 'accept')]

The method is described in `docs/methods/person-linkage.md`.
"""

from primacy.engines.linkage.backends import Backend
from primacy.engines.linkage.errors import (
    LinkageError,
    LinkageFailed,
    LinkageMissing,
    PeopleUnreadable,
    SparkMissing,
)
from primacy.engines.linkage.people import COLUMNS, People, birth_text
from primacy.engines.linkage.records import (
    Agreement,
    Cluster,
    Grade,
    LinkageResult,
    LinkageSettings,
    Pair,
    Thresholds,
    TrainedModel,
    Verdict,
    Why,
)
from primacy.engines.linkage.run import deduplicate, link

__all__ = [
    "COLUMNS",
    "Agreement",
    "Backend",
    "Cluster",
    "Grade",
    "LinkageError",
    "LinkageFailed",
    "LinkageMissing",
    "LinkageResult",
    "LinkageSettings",
    "Pair",
    "People",
    "PeopleUnreadable",
    "SparkMissing",
    "Thresholds",
    "TrainedModel",
    "Verdict",
    "Why",
    "birth_text",
    "deduplicate",
    "link",
]
