"""What the matcher reaches on names it was not fitted on: made-up ones, and real aliases."""

import os

import pytest

from benchmarks import names
from benchmarks.unit_names import made


def test_on_made_up_names_of_another_seed_it_beats_the_best_simple_way() -> None:
    sets = names.made_up(made.forces(names.OTHER_SEED + 7, questions=60))
    ours, best = names.ours(sets), names.peer("mean_of_sort_and_set_with_number_gate", sets)
    assert ours.first > best.first
    assert ours.right > best.right
    assert ours.right / ours.accepted >= 0.99
    assert ours.crossed == 0


def test_on_real_aliases_it_reaches_the_target() -> None:
    path = names.alias_file()
    if path is None or not path.exists():
        pytest.skip(
            "no *unit_names_distinct*.tsv among the real files; set UNIT_ALIASES to such a file"
            f" (PRIMACY_SHARED_DATA is {os.environ.get('PRIMACY_SHARED_DATA', 'not set')})"
        )
    _, single = names.real_aliases(path)
    figures = names.ours(single).figures()
    assert figures["top_1"] >= 0.76
    assert figures["accept_precision"] >= 0.98
    assert figures["accept_recall"] >= 0.40
    assert figures["accepted_across_other_numbers"] == 0
