"""What a list teaches: how often each step is seen by chance, and among records of one person.

Chance agreement is counted on a sample drawn with the seed, from which records that are plainly of
one person are taken out first. What is never seen there gets what the sample's size allows.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np

from primacy.engines.linkage.backends import Engine
from primacy.engines.linkage.comparisons import COMPARISONS, Comparison
from primacy.engines.linkage.people import Prepared, Row
from primacy.engines.linkage.records import LinkageSettings, TrainedModel
from primacy.engines.linkage.shape import normed, pairs_in, splink_settings
from primacy.engines.linkage.within import learnt_within

ENOUGH_TO_LEARN = 200
FOUND_BY_RULE = 0.8
LEAST_SHARE_TWICE = 0.01

DRAWN = "primacy_drawn"

Levels = dict[str, tuple[float, ...]]


def compared(prepared: Prepared) -> tuple[Comparison, ...]:
    """Returns the comparisons for which the list says enough."""
    return tuple(comparison for comparison in COMPARISONS if prepared.has(comparison.needs))


def first_guess(comparisons: Iterable[Comparison], prior: float) -> TrainedModel:
    """Returns the model training starts from."""
    chosen = list(comparisons)
    return TrainedModel(
        prior,
        {c.field: tuple(level.m for level in c.levels) for c in chosen},
        {c.field: tuple(level.u for level in c.levels) for c in chosen},
    )


def learnt(
    engine: Engine, prepared: Prepared, settings: LinkageSettings, seed: int, across: bool
) -> TrainedModel:
    """Returns what the list teaches about its own records."""
    comparisons = compared(prepared)
    plain = plain_matches(prepared.rows, across)
    guess = first_guess(comparisons, prior_of(prepared.rows, plain, across))
    if len(prepared.rows) < ENOUGH_TO_LEARN:
        note = f"fewer than {ENOUGH_TO_LEARN} records: the first guesses were used, nothing learnt"
        return replace(guess, notes=(note,))
    model = replace(guess, u=by_chance(engine, prepared, guess, settings, seed))
    return learnt_within(engine, prepared, model, plain, across)


def plain_matches(rows: Sequence[Row], across: bool) -> int:
    """Returns how many pairs share a birth date and the consonants of both names."""
    groups: dict[object, Counter[object]] = {}
    for row in rows:
        key = (row["birth_date"], row["given_key"], row["family_key"])
        if all(key):
            groups.setdefault(key, Counter())[row["source"]] += 1
    return sum(pairs_in(sources, across) for sources in groups.values())


def prior_of(rows: Sequence[Row], plain: int, across: bool) -> float:
    """Returns the probability that two records drawn by lot are of one person."""
    sources: Counter[object] = Counter(row["source"] for row in rows)
    pairs = max(pairs_in(sources, across), 1)
    expected = max(plain / FOUND_BY_RULE, LEAST_SHARE_TWICE * len(rows))
    return round(min(expected / pairs, 0.5), 12)


def sample_of(rows: Sequence[Row], size: int, seed: int) -> list[Row]:
    """Returns records drawn by lot, of plainly equal persons only one."""
    order = np.random.default_rng(seed).permutation(len(rows))
    drawn: list[Row] = []
    met: set[object] = set()
    for at in order:
        row = rows[int(at)]
        if len(drawn) == size:
            break
        signs = plain_signs(row)
        if not met.intersection(signs):
            drawn.append(row)
        met.update(signs)
    return sorted(drawn, key=lambda row: int(str(row["record"])))


def plain_signs(row: Row) -> set[object]:
    """Returns what two records have in common only when they are plainly of one person."""
    signs: set[object] = set()
    for column in ("numbers", "contact"):
        own = row[column]
        signs.update((column, value) for value in (own if isinstance(own, list) else ()))
    for column in ("given_key", "family_key"):
        if row["birth_date"] and row[column]:
            signs.add((column, row["birth_date"], row[column]))
    if row["given"] and row["family"] and row["birth_year"]:
        signs.add((row["given"], row["family"], row["birth_year"]))
    return signs


def by_chance(
    engine: Engine, prepared: Prepared, guess: TrainedModel, settings: LinkageSettings, seed: int
) -> Levels:
    """Returns how often each step is seen between different people."""
    from splink import Linker

    drawn = sample_of(prepared.rows, settings.sample, seed)
    pairs = math.comb(len(drawn), 2)
    engine.load(DRAWN, drawn)
    linker = Linker(
        engine.table(DRAWN), splink_settings(engine, guess, False, False), log_level=None
    )
    linker.training.estimate_u_using_random_sampling(
        max_pairs=2 * pairs, min_count_per_level=None, num_chunks=1
    )
    seen = parameters(linker.misc.save_model_to_json(), "u_probability")
    # What was not seen in so many pairs is rarer than three in that number (the rule of three).
    return {
        field: normed(
            value if value is not None else min(first, 3 / pairs)
            for value, first in zip(seen[field], guess.u[field], strict=True)
        )
        for field in guess.u
    }


def parameters(saved: dict[str, object], name: str) -> dict[str, list[float | None]]:
    """Returns one kind of parameter of a saved model, level by level; None where not seen."""
    found: dict[str, list[float | None]] = {}
    for comparison in cast(list[dict[str, Any]], saved["comparisons"]):
        levels = [x for x in comparison["comparison_levels"] if not x.get("is_null_level")]
        found[str(comparison["output_column_name"])] = [level.get(name) for level in levels]
    return found
