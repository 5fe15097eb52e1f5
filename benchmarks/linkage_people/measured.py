"""One list compared in a process of its own, so that its memory can be told: prints JSON.

python -m benchmarks.linkage_people.measured NAME [duckdb|spark]   NAME as in `SETS`
"""

import csv
import gzip
import io
import json
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from benchmarks.linkage_people import made
from primacy.engines.linkage import Backend, LinkageResult, Verdict, deduplicate

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("PRIMACY_SHARED_DATA") or ROOT.parent / "shared" / "data")
NAMES = SHARED / "forces" / "names"
OTHER_SEED = made.SEED + 5_000
LIKELIER_THAN_NOT = 0.5

Row = dict[str, object]
Pairs = set[frozenset[str]]


@dataclass(frozen=True)
class Ground:
    """A list with its truth: pairs of one person, and the pairs judged (None: all are)."""

    rows: list[Row]
    true: Pairs
    judged: Pairs | None = None


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, packed or not, blanks around names and values left out."""
    opened = gzip.open(path, "rt") if path.suffix == ".gz" else path.open()
    with io.StringIO(opened.read()) as text:
        opened.close()
        return [{k.strip(): v.strip() for k, v in row.items()} for row in csv.DictReader(text)]


def febrl(number: int) -> Ground:
    """One of the FEBRL sets: made-up Australians with made-up errors, who is who in the id."""
    rows: list[Row] = [
        {
            "id": row["rec_id"],
            "given": row["given_name"],
            "family": row["surname"],
            "birth_date": row["date_of_birth"],
            "place": row["suburb"],
            "address": f"{row['street_number']} {row['address_1']}",
            "numbers": row["soc_sec_id"],
        }
        for row in table(NAMES / f"febrl_dataset{number}.csv.gz")
    ]
    persons: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        persons[str(row["id"]).split("-")[1]].append(str(row["id"]))
    return Ground(rows, {frozenset(p) for ids in persons.values() for p in combinations(ids, 2)})


def fake_1000() -> Ground:
    """Splink's own made-up thousand; only the pairs somebody judged count."""
    rows: list[Row] = [
        {
            "id": row["unique_id"],
            "given": row["first_name"],
            "family": row["surname"],
            "birth_date": row["dob"],
            "place": row["city"],
            "contact": row["email"],
        }
        for row in table(NAMES / "fake_1000.csv")
    ]
    labels = {
        frozenset((row["unique_id_l"], row["unique_id_r"])): float(row["clerical_match_score"])
        for row in table(NAMES / "fake_1000_labels.csv")
    }
    true = {pair for pair, score in labels.items() if score > LIKELIER_THAN_NOT}
    return Ground(rows, true, set(labels))


def made_up(size: int, seed: int) -> Ground:
    """Made-up persons of a force."""
    people = made.people(size, seed=seed)
    return Ground(people.rows, people.pairs())


SETS: dict[str, Callable[[], Ground]] = {
    "febrl_1": lambda: febrl(1),
    "febrl_2": lambda: febrl(2),
    "febrl_3": lambda: febrl(3),
    "fake_1000": fake_1000,
    "made_up_10000": lambda: made_up(10_000, made.SEED),
    "made_up_10000_other_seed": lambda: made_up(10_000, OTHER_SEED),
    "made_up_1000": lambda: made_up(1_000, made.SEED),
    "made_up_100000": lambda: made_up(100_000, made.SEED),
}


def figures(found: Iterable[frozenset[str]], ground: Ground) -> dict[str, object]:
    """Precision, recall and F1 of pairs found."""
    pairs = set(found) if ground.judged is None else set(found) & ground.judged
    right = len(pairs & ground.true)
    precision, recall = right / max(len(pairs), 1), right / max(len(ground.true), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def inside(result: LinkageResult) -> Pairs:
    """The pairs inside the clusters proposed as one person."""
    accepted = (c for c in result.clusters if c.verdict is Verdict.ACCEPT)
    return {frozenset(pair) for cluster in accepted for pair in combinations(cluster.members, 2)}


def measured(ground: Ground, backend: Backend) -> dict[str, object]:
    """What the engine finds on one list."""
    started = time.perf_counter()
    result = deduplicate(ground.rows, backend=backend)
    seconds = time.perf_counter() - started
    likelier = {
        frozenset((p.left, p.right)) for p in result.pairs if p.probability >= LIKELIER_THAN_NOT
    }
    accepted = {frozenset((pair.left, pair.right)) for pair in result.accepted}
    referred = {frozenset((pair.left, pair.right)) for pair in result.referred}
    return {
        "records": result.records,
        "pairs_of_one_person": len(ground.true),
        "pairs_compared": result.compared,
        "likelier_than_not": figures(likelier, ground),
        "accepted_without_a_person": figures(accepted, ground),
        "pairs_a_person_judges": len(referred),
        "after_review": figures(accepted | (referred & ground.true), ground),
        "clusters_accepted": figures(inside(result), ground),
        "clusters_referred": sum(c.verdict is Verdict.REFER for c in result.clusters),
        "seconds": round(seconds, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "accepted_clusters": sorted(sorted(c.members) for c in result.clusters),
    }


if __name__ == "__main__":
    print(json.dumps(measured(SETS[sys.argv[1]](), Backend([*sys.argv, "duckdb"][2]))))
