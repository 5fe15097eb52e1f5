"""How often each step is seen among records of one person: expectation maximisation on patterns.

The engine counts the patterns of agreement among pairs that share a birth date, and among those
that share both names; the counts are whole numbers, the same on every engine. What follows is done
here in a fixed order, with first guesses as a prior: Splink's own iteration lets a step that is
never seen sink to nothing and stops there.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from primacy.engines.linkage.backends import Engine
from primacy.engines.linkage.people import Prepared, Row
from primacy.engines.linkage.records import TrainedModel
from primacy.engines.linkage.shape import normed, pairs_in, splink_settings

ENOUGH_PAIRS = 20
ENOUGH_MATCHES = 10
GUESS_IS_WORTH = 10.0
MOST_PAIRS = 100_000
MOST_ROUNDS, STILL = 200, 1e-7
MARK = "taught_by"


@dataclass(frozen=True)
class Ground:
    """Pairs to learn from: the columns they share, and what they say nothing about."""

    words: str
    table: str
    columns: tuple[str, ...]
    silent: frozenset[str]


GROUNDS = (
    Ground("birth date", "primacy_same_birth", ("birth_date",), frozenset({"birth"})),
    Ground("both names", "primacy_same_names", ("given", "family"), frozenset({"given", "family"})),
)
Patterns = tuple[NDArray[np.int64], NDArray[np.float64]]


def learnt_within(
    engine: Engine, prepared: Prepared, model: TrainedModel, plain: int, across: bool
) -> TrainedModel:
    """Returns the model with `m` learnt, as far as the list has pairs to learn from."""
    taught: list[tuple[float, Mapping[str, tuple[float, ...]]]] = []
    notes: list[str] = []
    for ground in GROUNDS:
        pairs = ground_of(prepared, ground, across)
        if pairs < ENOUGH_PAIRS or plain < ENOUGH_MATCHES:
            notes.append(f"too few pairs share the {ground.words} to learn from them")
            continue
        fields = [field for field in model.m if field not in ground.silent]
        patterns = counted(engine, prepared, model, ground, fields, across)
        taught.append(maximised(patterns, fields, model, min(plain / pairs, 0.95)))
    for row in prepared.rows:
        row.pop(MARK, None)
    m = {field: together(field, taught, model, notes) for field in model.m}
    return replace(model, m=m, notes=tuple(notes))


def ground_of(prepared: Prepared, ground: Ground, across: bool) -> int:
    """Returns how many pairs serve to learn, and marks their records with the key they share.

    Rare values first, up to `MOST_PAIRS`: who shares a rare name is seldom a namesake, and a
    common one alone would make more pairs than the memory holds.
    """
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in prepared.rows:
        row[MARK] = None
        key = tuple(row[column] for column in ground.columns)
        if all(key):
            groups.setdefault(key, []).append(row)
    pairs = 0
    for key, rows in sorted(groups.items(), key=lambda item: (len(item[1]), str(item[0]))):
        added = pairs_in(Counter(row["source"] for row in rows), across)
        if pairs + added > MOST_PAIRS:
            break
        pairs += added
        for row in rows if added else ():
            row[MARK] = "|".join(str(part) for part in key)
    return pairs


def counted(
    engine: Engine,
    prepared: Prepared,
    model: TrainedModel,
    ground: Ground,
    fields: Sequence[str],
    across: bool,
) -> Patterns:
    """Returns the patterns of agreement among the pairs, in a fixed order, and how often each."""
    from splink import Linker

    engine.load(ground.table, [row for row in prepared.rows if row[MARK] is not None])
    settings = splink_settings(
        engine, model, across, False, rules=[f"l.{MARK} = r.{MARK}"], detail=True
    )
    linker = Linker(engine.table(ground.table), settings, log_level=None)
    scored = linker.inference.predict(warning_mode="never").physical_name
    steps = ", ".join(f"gamma_{field}" for field in fields)
    grouped = f"SELECT {steps}, count(*) AS pairs FROM {scored} GROUP BY {steps}"  # noqa: S608
    rows = linker.misc.query_sql(grouped).as_record_list()
    columns = [f"gamma_{field}" for field in fields]
    ordered = sorted([*(int(row[c]) for c in columns), int(row["pairs"])] for row in rows)
    table = np.array(ordered, dtype=np.int64)
    return table[:, :-1], table[:, -1].astype(np.float64)


def maximised(
    patterns: Patterns, fields: Sequence[str], model: TrainedModel, share: float
) -> tuple[float, dict[str, tuple[float, ...]]]:
    """Returns how many pairs are of one person and how often they are in each step."""
    seen, number = patterns
    # Splink counts steps from the furthest (0); ours stand closest first.
    closest_first = {f: len(model.m[f]) - 1 - seen[:, at] for at, f in enumerate(fields)}
    known = {field: seen[:, at] >= 0 for at, field in enumerate(fields)}
    m = {field: np.array(model.m[field]) for field in fields}
    u = {field: np.array(model.u[field]) for field in fields}
    guess = {field: GUESS_IS_WORTH * np.array(model.m[field]) for field in fields}
    matches = 0.0
    for _ in range(MOST_ROUNDS):
        odds = np.full(len(number), math.log(share / (1 - share)))
        for field in fields:
            step = np.where(known[field], closest_first[field], 0)
            odds += np.where(known[field], np.log(m[field][step] / u[field][step]), 0.0)
        same = number / (1 + np.exp(-np.clip(odds, -50, 50)))
        matches = float(same.sum())
        share = (matches + 1) / (float(number.sum()) + 2)
        change = 0.0
        for field in fields:
            at, weight = closest_first[field][known[field]], same[known[field]]
            counts = np.bincount(at, weights=weight, minlength=len(m[field])) + guess[field]
            change = max(change, float(np.abs(counts / counts.sum() - m[field]).max()))
            m[field] = counts / counts.sum()
        if change < STILL:
            break
    return matches, {field: normed(m[field].tolist()) for field in fields}


def together(
    field: str,
    taught: Sequence[tuple[float, Mapping[str, tuple[float, ...]]]],
    model: TrainedModel,
    notes: list[str],
) -> tuple[float, ...]:
    """Returns what all grounds taught about one comparison; the first guess if it went astray."""
    lessons = [(matches, m[field]) for matches, m in taught if field in m]
    guess, u = model.m[field], model.u[field]
    if not lessons:
        return guess
    m = normed(sum(matches * values[at] for matches, values in lessons) for at in range(len(guess)))
    if m[0] <= u[0] or m[-1] >= u[-1]:
        notes.append(f"training on “{field}” went astray; its first guesses were kept")
        return guess
    return m
