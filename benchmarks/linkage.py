"""Persons who stand in a list twice: the linkage engine beside an exact match and a string sort.

FEBRL 1 to 3 and Splink's fake_1000 are read from the folder of real files; the others are made
up here: 10,000 persons, 8 % enrolled again, with names in other spellings and scripts, slips,
exchanged names, partial dates. "After review" means that somebody who knows answered the referred
pairs, and only those.

    python -m benchmarks linkage     writes benchmarks/results/linkage.json
                                     (Spark stands beside DuckDB when LINKAGE_SPARK_PYTHON names a
                                     Python with splink, pyspark and scipy, and Java is there)
"""

import json
import os
import platform
import subprocess
import sys
import time

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.linkage_people.measured import NAMES, ROOT, SETS, Ground, Row, figures

MEASURED = (
    "febrl_1",
    "febrl_2",
    "febrl_3",
    "fake_1000",
    "made_up_10000",
    "made_up_10000_other_seed",
)
SORT_THRESHOLDS = (85, 90, 95)
CHUNK = 1_000
SPARK_SET = "made_up_1000"


def run() -> dict[str, object]:
    """All sets, engine and peers; ready for JSON."""
    found: dict[str, object] = {"python": platform.python_version()}
    for name in MEASURED:
        if not name.startswith("made_up") and not NAMES.exists():
            found[name] = f"skipped: no folder forces/names under {NAMES.parents[1].name}"
            continue
        ground = SETS[name]()
        ours = alone(name, "duckdb", sys.executable)
        ours.pop("accepted_clusters")
        found[name] = {"primacy": ours} | peers(ground)
    found["spark"] = spark()
    return found


def alone(name: str, backend: str, python: str) -> dict[str, object]:
    """One set in a process of its own."""
    done = subprocess.run(
        [python, "-m", "benchmarks.linkage_people.measured", name, backend],
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
    )
    figured: dict[str, object] = json.loads(done.stdout)
    return figured


def peers(ground: Ground) -> dict[str, object]:
    """What is usually done: the same family name and birth date, and a sort with a threshold."""
    started = time.perf_counter()
    exact = figures(same_family_and_birth(ground.rows), ground)
    result: dict[str, object] = {
        "exact_family_and_birth_date": exact | {"seconds": round(time.perf_counter() - started, 2)}
    }
    started = time.perf_counter()
    sorts = sorted_alike(ground.rows)
    seconds = round(time.perf_counter() - started, 1)
    for least, pairs in sorts.items():
        result[f"token_sort_{least}"] = figures(pairs, ground) | {"seconds": seconds}
    return result


def same_family_and_birth(rows: list[Row]) -> set[frozenset[str]]:
    """The pairs with the same family name and birth date."""
    groups: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        family, birth = str(row["family"]).casefold(), str(row["birth_date"])
        if family and birth:
            groups.setdefault((family, birth), []).append(str(row["id"]))
    return {
        frozenset((one, other))
        for ids in groups.values()
        for at, one in enumerate(ids)
        for other in ids[at + 1 :]
    }


def sorted_alike(rows: list[Row]) -> dict[int, set[frozenset[str]]]:
    """The pairs whose names and birth date, sorted by word, are alike, threshold by threshold."""
    ids = [str(row["id"]) for row in rows]
    texts = [
        " ".join(sorted(f"{r['given']} {r['family']} {r['birth_date']}".casefold().split()))
        for r in rows
    ]
    found: dict[int, set[frozenset[str]]] = {least: set() for least in SORT_THRESHOLDS}
    for start in range(0, len(texts), CHUNK):
        scores = process.cdist(
            texts[start : start + CHUNK],
            texts[start:],
            scorer=fuzz.ratio,
            score_cutoff=min(SORT_THRESHOLDS),
            dtype=np.uint8,
        )
        for at, to in np.argwhere(np.triu(scores, 1)):
            for least in SORT_THRESHOLDS:
                if scores[at, to] >= least:
                    found[least].add(frozenset((ids[start + at], ids[start + to])))
    return found


def spark() -> object:
    """The same model on Spark in this machine, and whether the clusters are the same."""
    python = os.environ.get("LINKAGE_SPARK_PYTHON")
    if not python:
        return "skipped: LINKAGE_SPARK_PYTHON names no Python with splink and pyspark"
    one = alone(SPARK_SET, "duckdb", sys.executable)
    try:
        other = alone(SPARK_SET, "spark", python)
    except subprocess.CalledProcessError:
        return f"failed: {SPARK_SET} could not be compared on Spark; what it said stands above"
    same = one.pop("accepted_clusters") == other.pop("accepted_clusters")
    return {"set": SPARK_SET, "same_clusters": same, "duckdb": one, "spark": other}
