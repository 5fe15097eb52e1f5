"""What the comparison of persons' names reaches on labelled pairs it was not judged by."""

import pytest

from benchmarks import persons
from benchmarks.person_names import fit, russian


def test_out_of_fold_on_labelled_pairs() -> None:
    if not fit.PAIRS.exists():
        pytest.skip(f"no {fit.PAIRS.name}: set PRIMACY_SHARED_DATA to the folder of real files")
    pairs = fit.read_pairs()
    found, wrong = fit.cross_validated(pairs, fit.strangers(pairs), repeats=1)
    # Labelled pairs are all hard ones; people who share nothing must never look like one.
    assert wrong <= 0.002
    assert found["all"].f1 >= 0.85
    assert found["persons"].f1 >= 0.82


def test_russian_in_two_romanisations() -> None:
    found = persons.judged(russian.pairs(300))["primacy"]
    assert isinstance(found, dict)
    assert found["precision"] >= 0.98
    assert found["recall"] >= 0.9


def test_search_finds_misspelt_names_in_any_order() -> None:
    found = persons.searched(count=5_000, asked=60)["by_name_and_day_of_birth"]
    assert isinstance(found, dict)
    assert found["among_the_first_five"] >= 0.95
