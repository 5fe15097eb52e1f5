"""The same model on Spark proposes the same clusters as on DuckDB."""

import importlib.util
import shutil

import pytest

from benchmarks.linkage_people import made
from primacy.engines.linkage import Backend, LinkageSettings, deduplicate

MISSING = [
    words
    for words, absent in (
        ("pyspark (extra “cluster”)", importlib.util.find_spec("pyspark") is None),
        ("Java", shutil.which("java") is None),
        ("splink (extra “linkage”)", importlib.util.find_spec("splink") is None),
    )
    if absent
]


@pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}")
def test_spark_and_duckdb_agree() -> None:
    rows = made.people(250, seed=5).rows
    settings = LinkageSettings(sample=220)
    one = deduplicate(rows, settings, seed=3)
    other = deduplicate(rows, settings, seed=3, backend=Backend.SPARK)
    assert one.clusters
    assert other.model == one.model
    assert other.clusters == one.clusters
    assert [(p.left, p.right, p.verdict) for p in other.pairs] == [
        (p.left, p.right, p.verdict) for p in one.pairs
    ]
