"""The only place that may import duckdb, ibis, pyspark, dask or splink."""
