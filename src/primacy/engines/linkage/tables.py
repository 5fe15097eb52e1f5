"""Results as Parquet: one row a pair, one row a record of a cluster."""

from pathlib import Path

from primacy.engines.linkage.records import LinkageResult


def write(result: LinkageResult, folder: Path) -> tuple[Path, Path]:
    """Returns the two files written, readable by their owner only: pairs and clusters."""
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    pairs = arrow.Table.from_pylist(
        [
            {
                "left": pair.left,
                "right": pair.right,
                "probability": pair.probability,
                "verdict": pair.verdict.value,
                "reasons": [reason.value for reason in pair.reasons],
                "levels": [agreement.code for agreement in pair.agreements],
                "words": pair.in_words(),
            }
            for pair in result.pairs
        ],
        schema=arrow.schema(
            {
                "left": arrow.string(),
                "right": arrow.string(),
                "probability": arrow.float64(),
                "verdict": arrow.string(),
                "reasons": arrow.list_(arrow.string()),
                "levels": arrow.list_(arrow.string()),
                "words": arrow.string(),
            }
        ),
    )
    clusters = arrow.Table.from_pylist(
        [
            {
                "cluster": number,
                "id": member,
                "verdict": cluster.verdict.value,
                "weakest": cluster.weakest,
                "reasons": [reason.value for reason in cluster.reasons],
            }
            for number, cluster in enumerate(result.clusters, start=1)
            for member in cluster.members
        ],
        schema=arrow.schema(
            {
                "cluster": arrow.int64(),
                "id": arrow.string(),
                "verdict": arrow.string(),
                "weakest": arrow.float64(),
                "reasons": arrow.list_(arrow.string()),
            }
        ),
    )
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / "pairs.parquet", folder / "clusters.parquet"
    for path, table in zip(written, (pairs, clusters), strict=True):
        path.unlink(missing_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        parquet.write_table(table, path)
    return written
