"""Fits the unit matcher's weights and thresholds on the synthetic development set, prints them.

Half of the forces serve for the weights (logistic regression; each weight keeps the sign that its
column has by meaning), the other half for the thresholds: the widest pair of score and margin
whose accepted names are right in at least WANTED of the cases, in every language. From there
both are raised as long as KEPT of the accepted remain: real names are harder than made-up ones.

    python -m benchmarks.unit_names.fit
"""

from collections.abc import Iterable

import numpy as np
from scipy.optimize import minimize

from benchmarks.unit_names import made
from primacy.kernels.names.units.compare import SIGNS, candidates, compare
from primacy.kernels.names.units.match import UnitMatcher
from primacy.kernels.names.units.model import Model, Thresholds
from primacy.kernels.names.units.question import Question
from primacy.kernels.names.units.records import Asked, Unit

WANTED = 0.995
LEAST_WEIGHT = 0.3
"""No column is without meaning, even where the synthetic names give it nothing to decide."""

SHOWN_LEAST = 0.02
"""Share of the right candidates that may fall below the score from which a person is asked."""

KEPT = 0.95
"""Share of the accepted that may not be lost to stricter thresholds than the set asks for."""

PENALTY = 0.5
ACCEPTS = np.round(np.arange(0.5, 0.995, 0.01), 2)
MARGINS = np.round(np.arange(0.05, 0.8, 0.05), 2)


def units_of(force: made.Force) -> list[Unit]:
    """The register of a force as the matcher takes it."""
    return [
        Unit(
            u.id,
            (u.name,),
            parents=(u.parent,) if u.parent else (),
            places=(u.place,) if u.place else (),
        )
        for u in force.units
    ]


def asked_of(force: made.Force) -> list[Asked]:
    """The questions of a force as the matcher takes them."""
    return [Asked(q.name, parent=q.parent, place=q.place) for q in force.questions]


def labelled(forces: Iterable[made.Force]) -> tuple[np.ndarray, np.ndarray]:
    """Columns and labels of every pair of the forces' questions and candidates."""
    columns, labels = [], []
    for force in forces:
        matcher = UnitMatcher(units_of(force))
        register = matcher.register
        question = Question(register, asked_of(force))
        found = compare(register, question, candidates(register, question))
        columns.append(np.column_stack([found.columns[name] for name in SIGNS]))
        wanted = np.array([q.unit for q in force.questions])
        ids = np.array([u.id for u in register.units])
        pairs = found.pairs
        labels.append(wanted[question.of[pairs.of]] == ids[register.unit_of[pairs.row]])
    return np.vstack(columns), np.concatenate(labels).astype(float)


def fitted(columns: np.ndarray, labels: np.ndarray) -> tuple[float, dict[str, float]]:
    """Base and weights of the logistic model, each with its column's sign."""
    signs = np.array(list(SIGNS.values()), dtype=float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        z = weights[0] + columns @ weights[1:]
        p = 1 / (1 + np.exp(-np.clip(z, -40, 40)))
        value = np.logaddexp(0, z).sum() - labels @ z + PENALTY * (weights[1:] ** 2).sum()
        gradient = np.concatenate([[(p - labels).sum()], columns.T @ (p - labels)])
        gradient[1:] += 2 * PENALTY * weights[1:]
        return value, gradient

    bounds = [(None, None)] + [
        (LEAST_WEIGHT, None) if sign > 0 else (None, -LEAST_WEIGHT) for sign in signs
    ]
    start = np.concatenate([[-3.0], signs])
    best = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    return float(best[0]), dict(zip(SIGNS, best[1:].tolist(), strict=True))


def outcomes(
    model: Model, forces: Iterable[made.Force]
) -> list[tuple[str, float, float, bool, bool, bool]]:
    """For each question: language, best score, margin, gated, right, findable."""
    found = []
    for force in forces:
        matcher = UnitMatcher(units_of(force), model)
        for q, match in zip(force.questions, matcher.match_all(asked_of(force), 2), strict=True):
            first = match.candidates[0] if match.candidates else None
            found.append(
                (
                    force.language,
                    first.score if first else 0.0,
                    match.margin,
                    first.gated if first else True,
                    bool(first) and first.unit == q.unit,
                    bool(q.unit),
                )
            )
    return found


def thresholds(found: list[tuple[str, float, float, bool, bool, bool]]) -> Thresholds:
    """The score and margin that accept the most, with the precision wanted in each language."""
    language = np.array([f[0] for f in found])
    score, margin = np.array([f[1] for f in found]), np.array([f[2] for f in found])
    gated, right = np.array([f[3] for f in found]), np.array([f[4] for f in found])
    allowed = []
    for accept in ACCEPTS:
        for lead in MARGINS:
            taken = (score >= accept) & (margin >= lead) & ~gated
            worst = min(
                (right[taken & (language == one)].mean() for one in set(language)
                 if (taken & (language == one)).any()), default=0.0)  # fmt: skip
            if worst >= WANTED:
                allowed.append((int(right[taken].sum()), float(lead), float(accept)))
    most = max(allowed)[0]
    _, lead, accept = max(
        (a for a in allowed if a[0] >= KEPT * most), key=lambda a: (a[1] + a[2], a[1])
    )
    # Below this score a person would hardly ever find the right unit on top.
    refer = float(np.quantile(score[right], SHOWN_LEAST))
    return Thresholds(accept, lead, round(refer, 2))


def main() -> None:
    """Fits, prints the constants for `model.py` and how the second half fares."""
    forces = made.forces()
    base, weights = fitted(*labelled(forces[::2]))
    plain = Model(base, weights, Thresholds(0.9, 0.1, 0.0))
    found = outcomes(plain, forces[1::2])
    limits = thresholds(found)
    print(f"BASE = {base:.3f}")
    print("WEIGHTS = {")
    for name, value in weights.items():
        print(f'    "{name}": {value:.3f},')
    print("}")
    print(limits)
    for one in sorted({f[0] for f in found}):
        mine = [f for f in found if f[0] == one]
        taken = [f for f in mine if f[1] >= limits.accept and f[2] >= limits.margin and not f[3]]
        known = [f for f in mine if f[5]]
        right = sum(f[4] for f in taken)
        print(
            f"{one}: top-1 {sum(f[4] for f in known) / len(known):.3f}, accepted {len(taken)}, "
            f"precision {right / max(len(taken), 1):.4f}, recall {right / len(known):.3f}"
        )


if __name__ == "__main__":
    main()
