"""Fits the weights of the name model on labelled pairs, with what cross-validation makes of them.

    python -m benchmarks.person_names.fit

prints the figures and the numbers for `kernels/names/persons/model.py`. Every figure is out of
fold: a pair is judged by weights and a threshold that never saw it, nor a pair with its names.
"""

import csv
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from benchmarks.names import SHARED
from primacy.kernels.names.persons.features import NAMES, SIGNS, features
from primacy.kernels.names.persons.word_reasons import numbers_apart
from primacy.kernels.names.persons.words import words_of

Floats = NDArray[np.float64]
Bits = NDArray[np.bool_]
BOUNDS = [(None, None)] + [
    (0.0 if sign > 0 else None, 0.0 if sign < 0 else None) for sign in SIGNS.values()
]
RIDGE, FOLDS, REPEATS = 0.002, 10, 5
STRANGERS = 2
"""Names of other pairs that each name is held against: labelled pairs are all hard ones, and a
model that saw no others calls people the same who share nothing."""
PAIRS = SHARED / "forces" / "names" / "os_name_bench_cases.csv"


@dataclass(frozen=True)
class Pairs:
    """Labelled pairs as columns; `person` marks those of persons, `gated` those of
    organisations whose numbers differ: these never count as one, whatever the model says.
    Pairs that share a name are of one `family`, and always judged together.
    """

    columns: Floats
    same: Bits
    person: Bits
    gated: Bits
    family: NDArray[np.int64]


@dataclass(frozen=True)
class Strangers:
    """Pairs of names that have nothing to do with each other, with the families of both."""

    columns: Floats
    one: NDArray[np.int64]
    other: NDArray[np.int64]


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 of a set of judgements."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, said: Bits, true: Bits) -> "Score":
        """The figures of what was said against what is true."""
        right = float((said & true).sum())
        precision = right / max(float(said.sum()), 1.0)
        recall = right / max(float(true.sum()), 1.0)
        return cls(precision, recall, 2 * right / max(float(said.sum() + true.sum()), 1.0))


def read_pairs(path: Path = PAIRS) -> Pairs:
    """The labelled pairs of the OpenSanctions name bench."""
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    person = np.array([row["schema"] in ("Person", "LegalEntity") for row in rows])
    found = [
        features(row["name1"], row["name2"], not of_person)
        for row, of_person in zip(rows, person.tolist(), strict=True)
    ]
    return Pairs(
        family=families([(row["name1"], row["name2"]) for row in rows]),
        columns=np.array([[one[name] for name in NAMES] for one in found]),
        same=np.array([row["is_match"] == "true" for row in rows]),
        person=np.array([row["schema"] == "Person" for row in rows]),
        gated=np.array(
            [
                not of_person
                and numbers_apart(words_of(row["name1"], True), words_of(row["name2"], True))
                for row, of_person in zip(rows, person.tolist(), strict=True)
            ]
        ),
    )


def strangers(pairs: Pairs, path: Path = PAIRS, seed: int = 5) -> Strangers:
    """Each name beside some of other families, of the same kind."""
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    person = [row["schema"] in ("Person", "LegalEntity") for row in rows]
    rng = np.random.default_rng(seed)
    found, one, other = [], [], []
    for at in np.tile(np.arange(len(rows)), STRANGERS).tolist():
        beside = int(rng.integers(len(rows)))
        if person[at] != person[beside] or pairs.family[at] == pairs.family[beside]:
            continue
        seen = features(rows[at]["name1"], rows[beside]["name2"], not person[at])
        found.append([seen[name] for name in NAMES])
        one.append(pairs.family[at])
        other.append(pairs.family[beside])
    return Strangers(np.array(found), np.array(one), np.array(other))


def families(rows: list[tuple[str, str]]) -> NDArray[np.int64]:
    """The number of the family of each pair: pairs that share a name, directly or by others."""
    ids: dict[str, int] = {}
    ends = np.array([[ids.setdefault(name.casefold(), len(ids)) for name in row] for row in rows])
    links = coo_array((np.ones(len(rows)), (ends[:, 0], ends[:, 1])), shape=(len(ids), len(ids)))
    _, family = connected_components(links, directed=False)
    return np.asarray(family[ends[:, 0]], dtype=np.int64)


def fitted(columns: Floats, same: Bits, ridge: float = RIDGE) -> tuple[float, Floats]:
    """The base and weights of a ridge logistic regression, on the scale of the columns."""
    centre, spread = columns.mean(0), columns.std(0)
    spread = np.where(spread < 1e-9, 1.0, spread)
    scaled, label = (columns - centre) / spread, same.astype(float)

    def loss(w: Floats) -> tuple[float, Floats]:
        odds = scaled @ w[1:] + w[0]
        cost = np.logaddexp(0, -odds) * label + np.logaddexp(0, odds) * (1 - label)
        slope = 1 / (1 + np.exp(-odds)) - label
        grown = np.r_[slope.mean(), scaled.T @ slope / len(label) + 2 * ridge * w[1:]]
        return float(cost.mean() + ridge * (w[1:] ** 2).sum()), grown

    found = minimize(
        loss, np.zeros(columns.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=BOUNDS
    ).x
    weights = found[1:] / spread
    return float(found[0] - centre @ weights), weights


def best_threshold(scores: Floats, same: Bits) -> float:
    """The threshold with the highest F1; of several equal ones the middle."""
    steps = np.linspace(0.02, 1.0, 197)
    reached = np.array([Score.of(scores >= step, same).f1 for step in steps])
    return float(np.median(steps[reached >= reached.max() - 1e-9]))


def scores_of(base: float, weights: Floats) -> Callable[[Floats], Floats]:
    """The model as a function of columns."""
    return lambda columns: 1 / (1 + np.exp(-(columns @ weights + base)))


def with_strangers(pairs: Pairs, some: Bits, apart: Strangers, seen: Bits) -> tuple[Floats, Bits]:
    """Columns and labels to learn from: labelled pairs, and strangers that are never one."""
    columns = np.vstack([pairs.columns[some], apart.columns[seen]])
    return columns, np.r_[pairs.same[some], np.zeros(int(seen.sum()), dtype=bool)]


def cross_validated(
    pairs: Pairs, apart: Strangers, repeats: int = REPEATS
) -> tuple[dict[str, Score], float]:
    """Out-of-fold figures for all pairs and for persons, the mean over several partings; and the
    share of unseen strangers that count as one."""
    wrong: list[float] = []
    found: dict[str, list[Score]] = {"all": [], "persons": [], "organisations": []}
    for seed in range(repeats):
        fold_of = np.random.default_rng(seed).integers(FOLDS, size=pairs.family.max() + 1)
        said = np.zeros(len(pairs.same), dtype=bool)
        for fold in range(FOLDS):
            test = fold_of[pairs.family] == fold
            train = ~test
            seen = (fold_of[apart.one] != fold) & (fold_of[apart.other] != fold)
            model = scores_of(*fitted(*with_strangers(pairs, train, apart, seen)))
            limit = best_threshold(model(pairs.columns[train]), pairs.same[train])
            said[test] = (model(pairs.columns[test]) >= limit) & ~pairs.gated[test]
            wrong.append(float((model(apart.columns[~seen]) >= limit).mean()))
        for name, some in (
            ("all", np.ones_like(said)),
            ("persons", pairs.person),
            ("organisations", ~pairs.person),
        ):
            found[name].append(Score.of(said[some], pairs.same[some]))
    means = {
        name: Score(*np.mean([(s.precision, s.recall, s.f1) for s in scores], 0).tolist())
        for name, scores in found.items()
    }
    return means, float(np.mean(wrong))


def main() -> int:
    """Prints the figures and the model."""
    pairs = read_pairs()
    apart = strangers(pairs)
    scores, wrong = cross_validated(pairs, apart)
    for name, score in scores.items():
        print(f"# {name}: P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f}")
    print(f"# unseen strangers that count as one: {wrong:.5f}")
    every = np.ones_like(pairs.same)
    seen = np.ones(len(apart.one), dtype=bool)
    base, weights = fitted(*with_strangers(pairs, every, apart, seen))
    limit = best_threshold(scores_of(base, weights)(pairs.columns), pairs.same)
    print(f"BASE = {base:.4f}\nWEIGHTS = {{")
    for name, weight in zip(NAMES, weights.tolist(), strict=True):
        print(f'    "{name}": {weight:.4f},')
    print(f"}}\nSAME = {limit:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
