"""Backtests: forecasts made again as at past data cuts, then scored on what followed.

Each model gets the panel cut off at the origin, so nothing later is in its reach. Origins and
models run through any `map` (of a pool of processes, of a cluster), and origins already done are
taken over. The same data, models and settings give the same hash.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.errors import BadSettings, CannotResume
from primacy.kernels.forecast.forecast import Forecast, checked_horizons
from primacy.kernels.forecast.neighbours import Rings
from primacy.kernels.forecast.panel import Panel
from primacy.kernels.forecast.sample import Floats
from primacy.kernels.forecast.scores import crps, ignorance

DECIMALS = 6
"""Decimals that enter the hash: what is equal for any reader."""

QUANTILES = (0.05, 0.5, 0.95)


class Model(Protocol):
    """A model of a backtest: a name, and a forecast from a panel that ends at its cut.

    To run in other processes it must be picklable, such as the dataclasses of `pool`.
    """

    @property
    def name(self) -> str:
        """The name under which results stand; the same for all settings that are the same."""

    def __call__(self, panel: Panel, rings: Rings, horizons: tuple[int, ...]) -> Forecast:
        """The forecast at the cut of the panel."""


@dataclass(frozen=True)
class Plan:
    """The data cuts, the months ahead, and the draws that are scored."""

    cuts: tuple[int, ...]
    horizons: tuple[int, ...]
    draws: int = 1000

    def __post_init__(self) -> None:
        checked_horizons(self.horizons)
        if not self.cuts or list(self.cuts) != sorted(set(self.cuts)):
            raise BadSettings("Give data cuts, each once, in rising order.")
        if self.draws < 1:
            raise BadSettings("A backtest needs 1 draw at least; take 1,000.")


@dataclass(frozen=True)
class Origin:
    """What one model said at one cut, and how it scored; all tables are (units x horizons).

    `quantiles` are (units x horizons x 3): 5 %, 50 % and 95 %. `key` tells data up to the cut,
    model and settings; `forecast_hash` is of what was said, whatever followed.
    """

    model: str
    cut: int
    key: str
    probability: Floats
    mean: Floats
    quantiles: Floats
    crps: Floats
    ignorance: Floats
    outcomes: Floats

    @property
    def forecast_hash(self) -> str:
        """The hash of the forecast alone."""
        return _hash((self.key, self.probability, self.mean, self.quantiles))


@dataclass(frozen=True)
class Backtest:
    """All origins of all models, in the order of the cuts and then of the models."""

    plan: Plan
    origins: tuple[Origin, ...]

    @property
    def hash(self) -> str:
        """The sha256 of forecasts, outcomes and scores, rounded to 6 decimals."""
        return _hash(
            part
            for o in self.origins
            for part in (o.forecast_hash, o.outcomes, o.crps, o.ignorance)
        )

    def of(self, model: str) -> tuple[Origin, ...]:
        """The origins of one model."""
        return tuple(origin for origin in self.origins if origin.model == model)

    def mean_crps(self, model: str) -> float:
        """The mean CRPS of one model over all origins, units and horizons."""
        return float(np.mean(np.concatenate([o.crps.ravel() for o in self.of(model)])))


@dataclass(frozen=True)
class Task:
    """One model at one origin: `panel` is what the model is given, `outcomes` score it later."""

    model: Model
    panel: Panel
    rings: Rings
    plan: Plan
    key: str
    outcomes: Floats


Mapper = Callable[[Callable[[Task], Origin], Iterable[Task]], Iterable[Origin]]
Progress = Callable[[int, int, str, int], None]


def backtest(
    panel: Panel,
    rings: Rings,
    models: Sequence[Model],
    plan: Plan,
    *,
    done: Sequence[Origin] = (),
    mapper: Mapper = map,
    progress: Progress | None = None,
    keep: Callable[[Origin], None] | None = None,
) -> Backtest:
    """The forecasts of models at past cuts, with their scores.

    `done` are origins kept from a run before; they are taken over where their key is the same, and
    `CannotResume` is raised where not. `mapper` runs the tasks, in order (`map`, `Executor.map`, a
    cluster's). `progress` is told (done, of all, model, cut) and `keep` given each new origin, to
    store it. Raises `BadMonth` where the outcomes lie outside the panel.
    """
    if len({model.name for model in models}) != len(models) or not models:
        raise BadSettings("Give models, each with a name of its own.")
    rest = {(o.model, o.cut): o for o in done}
    tasks, found = list[Task](), list[Origin]()
    for cut in plan.cuts:
        outcomes_there = panel.at(cut + np.asarray(plan.horizons))
        past = panel.until(cut)
        data = _hash((str(past.first_month), past.units, past.since, past.counts, *_of(rings)))
        for model in models:
            key = _hash((data, repr(model), repr((plan.horizons, plan.draws))))
            old = rest.get((model.name, cut))
            if old is None:
                tasks.append(Task(model, past, rings, plan, key, outcomes_there))
                continue
            _check(old, key, outcomes_there)
            found.append(old)
    count, total = len(found), len(found) + len(tasks)
    for made in mapper(run_task, tasks):
        found.append(made)
        count += 1
        if keep:
            keep(made)
        if progress:
            progress(count, total, made.model, made.cut)
    place = {model.name: at for at, model in enumerate(models)}
    found.sort(key=lambda origin: (origin.cut, place[origin.model]))
    return Backtest(plan, tuple(found))


def run_task(task: Task) -> Origin:
    """What the model says at one origin, and its scores: run in whatever process the mapper has."""
    forecast = task.model(task.panel, task.rings, task.plan.horizons)
    draws = task.plan.draws
    table = forecast.quantile_table(draws)
    places = np.minimum((np.array(QUANTILES) * draws).astype(np.int64), draws - 1)
    shape = task.outcomes.shape
    flat, outcomes = table.reshape(-1, draws), task.outcomes.ravel()
    return Origin(
        task.model.name,
        forecast.cut,
        task.key,
        forecast.probability(),
        forecast.mean(),
        table[:, :, places].astype(np.float64),
        crps(flat, outcomes).reshape(shape),
        ignorance(flat, outcomes).reshape(shape),
        task.outcomes,
    )


def _check(old: Origin, key: str, outcomes: Floats) -> None:
    if old.key != key or not np.array_equal(old.outcomes, outcomes):
        raise CannotResume(
            f"The finished origin {old.cut} of {old.model} was made with other data or settings. "
            "Start the backtest anew, or give it the data and settings of before."
        )


def _of(rings: Rings) -> Iterator[npt.NDArray[np.generic]]:
    for matrix in rings.matrices:
        yield from (matrix.indptr, matrix.indices, matrix.data)


def _hash(parts: Iterable[str | npt.NDArray[np.generic]]) -> str:
    """The sha256 of texts and tables, the tables rounded."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            digest.update(part.encode())
            continue
        # Adding 0 turns -0.0 into 0.0, which are equal but not the same bytes.
        rounded = np.round(np.asarray(part, dtype=np.float64), DECIMALS) + 0.0
        digest.update(repr(rounded.shape).encode() + np.ascontiguousarray(rounded).tobytes())
    return digest.hexdigest()
