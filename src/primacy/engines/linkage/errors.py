"""What linkage refuses, all in one place.

LinkageError
├── LinkageMissing     the extra `linkage` is not installed
├── SparkMissing       Spark or Java is not installed
├── PeopleUnreadable   the list of persons cannot be read
└── LinkageFailed      the engine stopped; nothing was kept
"""


class LinkageError(Exception):
    """Linkage could not be done; no pair was proposed."""


class LinkageMissing(LinkageError):
    """The extra `linkage` is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Comparing whole lists of persons needs the extra “linkage”. "
            "Install it with: pip install 'primacy[linkage]'. Nothing was compared."
        )


class SparkMissing(LinkageError):
    """Spark or Java is not installed."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            f"The Spark engine needs {missing}. Install the extra “cluster” and Java 17, or leave "
            "the engine at DuckDB. Nothing was compared."
        )


class PeopleUnreadable(LinkageError):
    """The list of persons cannot be read."""


class LinkageFailed(LinkageError):
    """The engine stopped in the middle."""

    def __init__(self, engine: str) -> None:
        super().__init__(
            f"The comparison stopped inside {engine}; no pair was kept. "
            "Run it again with fewer records or more memory; the cause is in the log."
        )
