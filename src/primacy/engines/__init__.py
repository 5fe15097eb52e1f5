"""Engines for heavy tables: the only ring that may import duckdb, ibis, pyspark, dask or splink.

An engine takes Parquet or rows and gives frozen records back; it never opens the live database and
decides nothing. What it needs is an extra of the package, imported only when an engine is used:

* `primacy.engines.linkage` (extra `linkage`; `cluster` for Spark) finds records of persons that
  may be one person, within one list or between two.
"""
