"""What a list teaches: how often each step is seen by chance, and among records of one person.

Chance agreement is counted on a sample drawn with the seed, from which records that are plainly of
one person are taken out first. Agreement within a person is learnt by expectation maximisation on
pairs that share a birth date, and on pairs that share both names. Both are mixed with first guesses
worth a few observations, so that a short list can't teach nonsense.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np

from primacy.engines.linkage.backends import Engine
from primacy.engines.linkage.comparisons import COMPARISONS, Comparison
from primacy.engines.linkage.keys import LISTED_KEYS, SINGLE_KEYS
from primacy.engines.linkage.people import Prepared, Row
from primacy.engines.linkage.records import LinkageSettings, TrainedModel

ENOUGH_TO_LEARN = 200
ENOUGH_PAIRS = 20
ENOUGH_MATCHES = 10
GUESS_IS_WORTH = 10.0
FOUND_BY_RULE = 0.8
LEAST_SHARE_TWICE = 0.01
DIGITS = 6
RAREST = 1e-5
TRAINED_ON = {"birth_date": ("birth_date",), "names": ("given", "family")}

EVERYONE, DRAWN = "primacy_everyone", "primacy_drawn"

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


def splink_settings(
    engine: Engine, model: TrainedModel, across: bool, frequencies: bool, detail: bool = False
) -> dict[str, object]:
    """Returns the model as Splink wants it, the keys as its blocking rules."""
    other_list = " AND l.source <> r.source" if across else ""
    # A shared number comes first: Splink names the first rule that brought a pair together.
    rules: list[dict[str, object]] = [
        {"blocking_rule": f"l.{key} = r.{key}{other_list}", "arrays_to_explode": [key]}
        for key in LISTED_KEYS
    ]
    rules += [{"blocking_rule": f"l.{key} = r.{key}{other_list}"} for key in SINGLE_KEYS]
    chosen = [comparison for comparison in COMPARISONS if comparison.field in model.m]
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record",
        "probability_two_random_records_match": model.prior,
        "max_iterations": 50,
        "comparisons": [splink_comparison(engine, c, model, frequencies) for c in chosen],
        "blocking_rules_to_generate_predictions": rules,
        "retain_matching_columns": detail,
        "retain_intermediate_calculation_columns": detail,
    }


def splink_comparison(
    engine: Engine, comparison: Comparison, model: TrainedModel, frequencies: bool
) -> dict[str, object]:
    """Returns one comparison as Splink wants it."""
    levels: list[dict[str, object]] = [
        {
            "sql_condition": engine.sql(comparison.unknown),
            "is_null_level": True,
            "label_for_charts": "unknown",
        }
    ]
    m, u = model.m[comparison.field], model.u[comparison.field]
    for level, seen_within, seen_by_chance in zip(comparison.levels, m, u, strict=True):
        entry: dict[str, object] = {
            "sql_condition": engine.sql(level.condition),
            "label_for_charts": level.code,
            "m_probability": seen_within,
            "u_probability": seen_by_chance,
        }
        if frequencies and level.frequency:
            entry |= {
                "tf_adjustment_column": level.frequency,
                "tf_adjustment_weight": 1.0,
                "tf_minimum_u_value": RAREST,
                "disable_tf_exact_match_detection": True,
            }
        levels.append(entry)
    return {"output_column_name": comparison.field, "comparison_levels": levels}


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
    return within_persons(engine, prepared, model, plain, across)


def plain_matches(rows: Sequence[Row], across: bool) -> int:
    """Returns how many pairs share a birth date and the consonants of both names."""
    groups: dict[object, Counter[object]] = {}
    for row in rows:
        key = (row["birth_date"], row["given_key"], row["family_key"])
        if all(key):
            groups.setdefault(key, Counter())[row["source"]] += 1
    return sum(pairs_in(sources, across) for sources in groups.values())


def pairs_in(sources: Counter[object], across: bool) -> int:
    """Returns how many pairs a group makes, only between the two lists if `across`."""
    everyone = math.comb(sources.total(), 2)
    return everyone - sum(math.comb(n, 2) for n in sources.values()) if across else everyone


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


def within_persons(
    engine: Engine, prepared: Prepared, model: TrainedModel, plain: int, across: bool
) -> TrainedModel:
    """Returns the model with how often each step is seen among records of one person."""
    from splink import Linker

    other_list = " AND l.source <> r.source" if across else ""
    sessions: list[dict[str, list[float | None]]] = []
    notes: list[str] = []
    for name, columns in TRAINED_ON.items():
        pairs = pairs_sharing(prepared.rows, columns, across)
        if pairs < ENOUGH_PAIRS or plain < ENOUGH_MATCHES:
            notes.append(f"too few pairs share {name.replace('_', ' ')} to learn from them")
            continue
        linker = Linker(
            engine.table(EVERYONE), splink_settings(engine, model, across, False), log_level=None
        )
        rule = " AND ".join(f"l.{column} = r.{column}" for column in columns) + other_list
        session = linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True
        )
        trained = {c.output_column_name for c in session.core_model_settings.comparisons}
        seen = parameters(linker.misc.save_model_to_json(), "m_probability")
        sessions.append({field: values for field, values in seen.items() if field in trained})
    m = {field: mixed(field, sessions, model, plain, notes) for field in model.m}
    return replace(model, m=m, notes=tuple(notes))


def pairs_sharing(rows: Sequence[Row], columns: Sequence[str], across: bool) -> int:
    """Returns how many pairs share the columns."""
    groups: dict[object, Counter[object]] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        if all(key):
            groups.setdefault(key, Counter())[row["source"]] += 1
    return sum(pairs_in(sources, across) for sources in groups.values())


def mixed(
    field: str,
    sessions: Sequence[dict[str, list[float | None]]],
    model: TrainedModel,
    plain: int,
    notes: list[str],
) -> tuple[float, ...]:
    """Returns what the sessions taught about one comparison, mixed with the first guess."""
    taught = [session[field] for session in sessions if field in session]
    guess, u = model.m[field], model.u[field]
    if not taught:
        return guess
    means = [np.mean([values[i] or 0.0 for values in taught]) for i in range(len(guess))]
    blended = normed(
        (plain * float(mean) + GUESS_IS_WORTH * first) / (plain + GUESS_IS_WORTH)
        for mean, first in zip(means, guess, strict=True)
    )
    if blended[0] <= u[0] or blended[-1] >= u[-1]:
        notes.append(f"training on “{field}” went astray; its first guesses were kept")
        return guess
    return blended


def parameters(saved: dict[str, object], name: str) -> dict[str, list[float | None]]:
    """Returns one kind of parameter of a saved model, level by level; None where not seen."""
    found: dict[str, list[float | None]] = {}
    for comparison in cast(list[dict[str, Any]], saved["comparisons"]):
        levels = [x for x in comparison["comparison_levels"] if not x.get("is_null_level")]
        found[str(comparison["output_column_name"])] = [level.get(name) for level in levels]
    return found


def normed(values: Iterable[float]) -> tuple[float, ...]:
    """Returns values that add up to one, in so many digits that the order of adding is lost."""
    listed = list(values)
    total = sum(listed)
    return tuple(float(f"{value / total:.{DIGITS}g}") for value in listed)
