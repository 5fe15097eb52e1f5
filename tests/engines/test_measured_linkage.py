"""What the engine reaches on lists whose truth is known."""

import os

import pytest

from benchmarks.linkage import same_family_and_birth, sorted_alike
from benchmarks.linkage_people.measured import NAMES, febrl, figures, measured
from primacy.engines.linkage import Backend

pytest.importorskip("splink", reason="the extra “linkage” is not installed")


def test_on_febrl_1_it_reaches_the_target_and_beats_the_simple_ways() -> None:
    if not (NAMES / "febrl_dataset1.csv.gz").exists():
        pytest.skip(
            "no forces/names/febrl_dataset1.csv.gz among the real files"
            f" (PRIMACY_SHARED_DATA is {os.environ.get('PRIMACY_SHARED_DATA', 'not set')})"
        )
    ground = febrl(1)
    found = measured(ground, Backend.DUCKDB)
    for kind in ("likelier_than_not", "after_review"):
        reached = found[kind]
        assert isinstance(reached, dict)
        assert min(reached.values()) >= 0.97
    accepted = found["accepted_without_a_person"]
    assert isinstance(accepted, dict)
    assert accepted["precision"] == 1.0
    for simple in (same_family_and_birth(ground.rows), *sorted_alike(ground.rows).values()):
        assert float(str(figures(simple, ground)["recall"])) < accepted["recall"]
