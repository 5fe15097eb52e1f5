"""Where the comparison runs: DuckDB in this process, or Spark; both forget everything afterwards.

DuckDB works in memory only: it may not touch files or the network and never spills names to disk.
Spark must write between steps; it does so in a folder of its own, which is removed.
"""

import importlib.util
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from primacy.engines.linkage.errors import LinkageMissing, SparkMissing
from primacy.engines.linkage.people import Row
from primacy.engines.linkage.records import LinkageSettings

if TYPE_CHECKING:
    from splink.internals.database_api import DatabaseAPISubClass
    from splink.internals.splink_dataframe import SplinkDataFrame


class Backend(Enum):
    """The engine a comparison runs on."""

    DUCKDB = "duckdb"
    SPARK = "spark"


OVERLAP = {Backend.DUCKDB: "list_has_any", Backend.SPARK: "arrays_overlap"}
LISTS = frozenset(
    "given_parts family_parts father_parts address_parts numbers numbers_near kinds contact "
    "contact_near key_numbers key_contact".split()
)
WHOLE_NUMBERS = frozenset({"record", "source", "birth_year", "intake"})


@dataclass(frozen=True)
class Engine:
    """A running engine of Splink and how it spells what DuckDB and Spark spell differently."""

    backend: Backend
    start: "Callable[[], DatabaseAPISubClass]"

    def sql(self, condition: str) -> str:
        """Returns a condition in this engine's words."""
        return condition.replace("{overlap}", OVERLAP[self.backend])

    def load(self, name: str, rows: list[Row]) -> None:
        """Loads rows as a table of that name."""
        import pyarrow as arrow

        kinds = {
            column: arrow.list_(arrow.string())
            if column in LISTS
            else (arrow.int32() if column in WHOLE_NUMBERS else arrow.string())
            for column in rows[0]
        }
        table = arrow.Table.from_pylist(rows, schema=arrow.schema(kinds.items()))
        self.start().register(table, table_name=name)

    def table(self, name: str) -> "SplinkDataFrame":
        """Returns a table in a Splink that remembers nothing of what was asked before.

        Splink keeps its steps by their names, so that two questions to one Splink could mix.
        """
        return self.start().register(name)


@contextmanager
def engine(backend: Backend, settings: LinkageSettings) -> Iterator[Engine]:
    """Yields a running engine and closes it, with all it held, afterwards."""
    if importlib.util.find_spec("splink") is None:
        raise LinkageMissing
    # Splink warns of every step it did not see; training fills those in and says so itself.
    logging.getLogger("splink").setLevel(logging.ERROR)
    opened = duckdb_api(settings) if backend is Backend.DUCKDB else spark_api(settings)
    with opened as start:
        yield Engine(backend, start)


@contextmanager
def duckdb_api(settings: LinkageSettings) -> "Iterator[Callable[[], DatabaseAPISubClass]]":
    """Yields Splink on a DuckDB that holds everything in memory and reaches nothing outside."""
    import duckdb
    from splink.internals.duckdb.database_api import DuckDBAPI

    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": settings.threads,
            "memory_limit": f"{settings.memory_mb}MB",
            "temp_directory": "",
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    try:
        connection.execute("SET enable_external_access = false")
        yield lambda: DuckDBAPI(connection)
    finally:
        connection.close()


@contextmanager
def spark_api(settings: LinkageSettings) -> "Iterator[Callable[[], DatabaseAPISubClass]]":
    """Yields Splink on Spark: the session that is active, or one in this process."""
    if importlib.util.find_spec("pyspark") is None:
        raise SparkMissing("pyspark")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise SparkMissing("Java")
    from pyspark.sql import SparkSession
    from splink.backends.spark import SparkAPI, similarity_jar_location

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    running = SparkSession.getActiveSession()
    with tempfile.TemporaryDirectory(prefix="primacy-linkage-") as folder:
        session = running or (
            SparkSession.builder.master(f"local[{settings.threads}]")
            .appName("primacy-linkage")
            .config("spark.jars", similarity_jar_location())
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.memory", f"{settings.memory_mb}m")
            .config("spark.local.dir", str(Path(folder, "local")))
            .config("spark.sql.warehouse.dir", str(Path(folder, "warehouse")))
            .config("spark.sql.catalogImplementation", "in-memory")
            .config("spark.sql.shuffle.partitions", str(2 * settings.threads))
            .config("spark.default.parallelism", str(2 * settings.threads))
            .config("spark.sql.adaptive.enabled", "true")
            .getOrCreate()
        )
        try:
            if running is None:
                session.sparkContext.setLogLevel("ERROR")
                session.sparkContext.setCheckpointDir(str(Path(folder, "steps")))
            yield lambda: SparkAPI(spark_session=session)
        finally:
            if running is None:
                session.stop()
