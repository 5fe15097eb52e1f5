"""Forecasts of violence beside the benchmarks of the field: quality, time, memory.

Country-months are the four windows of the VIEWS prediction challenge 2018-2021 with its official
actuals (data to October of the year before, 3 to 14 months ahead). Cells are PRIO-GRID cells of the
Central African Republic and South Sudan with all organised violence (UCDP GED), the same windows as
far as the data reach. The whole grid of Africa and the Middle East is timed on made-up events as
sparse as real ones. Parts whose files are absent are left out and say so.

    python -m benchmarks forecast      writes benchmarks/results/forecast.json
"""

import platform
import resource
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from benchmarks import _forecast_data as data
from primacy.kernels.forecast import (
    CELL_POOL,
    CELLS,
    COUNTRIES,
    COUNTRY_POOL,
    Climatology,
    Forecast,
    Panel,
    Pool,
    Rings,
    climatology,
    draws_by_horizon,
    fit_pool,
    grid_rings,
    joint_draws,
    no_neighbours,
    panel_of,
    totals,
)
from primacy.kernels.forecast.baselines import baselines
from primacy.kernels.forecast.months import month_id
from primacy.kernels.forecast.scores import Scorecard, compare, scorecard

SEED = 1989
STEPS = tuple(range(3, 15))
COUNTRY_YEARS = (2018, 2019, 2020, 2021)
CELL_YEARS = (2018, 2019, 2020, 2021, 2022)
BLOCK_DEGREES = 4
DRAWS = 1000
GRID_CELLS, GRID_MONTHS = 13_110, 400
PROVINCE_DEGREES = 2

T = TypeVar("T")
Draws = list[npt.NDArray[np.float32]]


def run() -> dict[str, object]:
    """Quality of every model in each part, with seconds and memory, ready for JSON."""
    return {
        "benchmark": "forecast",
        "python": platform.python_version(),
        "seed": SEED,
        "draws": DRAWS,
        # First, so that its memory is not that of the parts before it.
        "whole_grid": whole_grid(),
        "country_months": country_months(),
        "cells": cells(),
        "peak_memory_gb": _memory(),
    }


def models(
    panel: Panel, rings: Rings, past: Climatology, pool: Pool
) -> tuple[list[Forecast], dict[str, float]]:
    """Every forecast at a cut, benchmarks first, and the seconds that each part took."""
    started = time.perf_counter()
    made = list(baselines(panel, rings, STEPS))
    based = time.perf_counter()
    made.append(climatology(panel, rings, past, STEPS))
    default = time.perf_counter()
    made.append(fit_pool(panel, rings, pool, STEPS).forecast)
    fitted = time.perf_counter()
    return made, {
        "all_benchmarks": based - started,
        "climatology": default - based,
        "pool": fitted - default,
    }


def country_months() -> dict[str, object]:
    """Scores of the four windows of the challenge."""
    panel = data.country_months()
    if panel is None:
        return {"left_out": f"no country-month panel in {data.VIEWS.name}/ of the data folder"}
    rings = no_neighbours(panel.units.size)
    board = Board()
    for year in COUNTRY_YEARS:
        actual = data.actuals(year, panel)
        if actual is None:
            continue
        made, seconds = models(panel.until(month_id(year - 1, 10)), rings, COUNTRIES, COUNTRY_POOL)
        board.add(year, made, actual, panel.units, None, seconds)
    return board.result("last_12")


def cells() -> dict[str, object]:
    """Scores on the cells of two countries, in the windows that their records reach."""
    records = [events for events in (data.car(), data.south_sudan()) if events is not None]
    if not records:
        return {"left_out": f"no UCDP files in {data.UCDP.name}/ of the data folder"}
    board, coverage = Board(), list[npt.NDArray[np.float64]]()
    for year in CELL_YEARS:
        there = [r for r in records if r.last >= month_id(year, 12)]
        if not there:
            continue
        panel = cell_panel(there)
        past, rings = panel.until(month_id(year - 1, 10)), grid_rings(panel.units)
        actual = panel.at(np.arange(month_id(year, 1), month_id(year, 12) + 1))
        made, seconds = models(past, rings, CELLS, CELL_POOL)
        quiet = past.counts[:, -12:].sum(axis=1) == 0
        board.add(year, made, actual, _blocks(panel.units, BLOCK_DEGREES), quiet, seconds)
        coverage.append(_covered(made[-1], rings, actual, panel.units))
    found = board.result("neighbourhood_12")
    inside, width = np.mean(coverage, axis=0)
    found["area_totals"] = {
        "coverage_of_90_percent_joint": inside,
        "coverage_of_90_percent_if_independent": width,
    }
    return found


def cell_panel(records: list[data.Events]) -> Panel:
    """One panel of the cells of several countries, each observed from where its record begins."""
    owned = [data.cells_of(r.country, r) for r in records]
    units = np.unique(np.concatenate(owned))
    since = np.full(units.size, np.iinfo(np.int64).max)
    for record, cells_there in zip(records, owned, strict=True):
        at = np.searchsorted(units, cells_there)
        since[at] = np.minimum(since[at], record.first)
    events = [
        np.concatenate(part)
        for part in zip(*[(r.cells, r.months, r.deaths) for r in records], strict=True)
    ]
    span = (min(r.first for r in records), max(r.last for r in records))
    return panel_of(units, span, (events[0], events[1], events[2]), since=since)


def whole_grid() -> dict[str, object]:
    """Seconds of each model on the grid of Africa and the Middle East, with made-up events."""
    found = data.grid_cells()
    gids = made_up_cells() if found is None else found
    rings, panel = grid_rings(gids), made_up_panel(gids)
    ahead = tuple(range(1, 15))
    result: dict[str, object] = {
        "cells": int(gids.size),
        "months": GRID_MONTHS,
        "share_of_unit_months_with_an_event": float((panel.counts > 0).mean()),
    }
    default, seconds = _timed(lambda: climatology(panel, rings, CELLS, ahead))
    result["climatology_seconds"] = seconds
    _, result["climatology_quantiles_seconds"] = _timed(lambda: default.sample.table(DRAWS))
    pooled, seconds = _timed(lambda: fit_pool(panel, rings, CELL_POOL, ahead))
    result["pool_seconds"] = seconds
    result["pool_mean_chance"] = float(pooled.forecast.probability().mean())
    sums, seconds = _timed(lambda: _grid_totals(pooled.forecast, rings))
    result["joint_draws_of_14_months_seconds"] = seconds
    result["deaths_of_the_first_month_90_percent"] = np.quantile(sums[0], (0.05, 0.95)).tolist()
    result["peak_memory_gb_so_far"] = _memory()
    return result


def _grid_totals(forecast: Forecast, rings: Rings) -> list[npt.NDArray[np.float32]]:
    """The joint draws of the total of the grid, a month at a time so that memory holds one."""
    months = draws_by_horizon(forecast, rings, DRAWS, SEED)
    return [drawn.sum(axis=0, dtype=np.float32) for drawn in months]


def made_up_cells() -> npt.NDArray[np.int64]:
    """As many cells as the grid of Africa and the Middle East has, in one block."""
    return np.sort((np.arange(115)[:, None] + 110) * 720 + np.arange(114) + 330).ravel()


def made_up_panel(gids: npt.NDArray[np.int64]) -> Panel:
    """Events that cluster in a few hundred cells and in bouts, about 1 unit-month in 200."""
    random = np.random.default_rng(SEED)
    hot = random.choice(gids.size, gids.size // 20, replace=False)
    level = random.gamma(0.4, 0.3, hot.size)
    bouts = np.exp(np.cumsum(random.normal(0, 0.15, (hot.size, GRID_MONTHS)), axis=1))
    chance = np.clip(level[:, None] * bouts / bouts.mean(axis=1, keepdims=True), 0, 0.9)
    counts = np.zeros((gids.size, GRID_MONTHS))
    counts[hot] = (random.random(chance.shape) < chance) * np.ceil(
        random.lognormal(1.2, 1.3, chance.shape)
    )
    return Panel(gids, 121, counts, np.full(gids.size, 121))


class Board:
    """The draws of every model over all windows, scored together."""

    def __init__(self) -> None:
        self.draws: dict[str, Draws] = {}
        self.outcomes: list[npt.NDArray[np.float64]] = []
        self.blocks: list[npt.NDArray[np.int64]] = []
        self.quiet: list[npt.NDArray[np.bool_]] = []
        self.years: list[int] = []
        self.seconds: list[dict[str, float]] = []

    def add(
        self,
        year: int,
        made: list[Forecast],
        actual: npt.NDArray[np.float64],
        blocks: npt.NDArray[np.int64],
        quiet: npt.NDArray[np.bool_] | None,
        seconds: dict[str, float],
    ) -> None:
        """Keeps the draws of one window; units come first, months within."""
        for forecast in made:
            table = forecast.quantile_table(DRAWS).reshape(-1, DRAWS)
            self.draws.setdefault(forecast.model, []).append(np.array(table, np.float32))
        months = actual.shape[1]
        self.outcomes.append(actual.ravel())
        self.blocks.append(np.repeat(blocks, months))
        still = np.zeros(actual.shape[0], bool) if quiet is None else quiet
        self.quiet.append(np.repeat(still, months))
        self.years.append(year)
        self.seconds.append(seconds)

    def result(self, benchmark: str) -> dict[str, object]:
        """Every model's scores, and ours against a benchmark with block bootstrap intervals."""
        outcomes, blocks = np.concatenate(self.outcomes), np.concatenate(self.blocks)
        onset = np.concatenate(self.quiet)
        sizes = np.cumsum([part.size for part in self.outcomes])[:-1]
        cards: dict[str, Scorecard] = {}
        shown: dict[str, object] = {}
        for name, parts in self.draws.items():
            card = scorecard(np.concatenate(parts), outcomes, blocks=blocks, onset=onset)
            cards[name] = card
            windows = np.split(card.scores.crps, sizes)
            shown[name] = {
                "crps": card.crps.on_all,
                **{
                    f"crps_{year}": float(part.mean())
                    for year, part in zip(self.years, windows, strict=True)
                },
                "mean_crps_of_windows": float(np.mean([part.mean() for part in windows])),
                "crps_on_events": card.crps.on_events,
                "crps_on_quiet": card.crps.on_quiet,
                "ignorance": card.ignorance,
                "interval_score": card.interval_score,
                "auc": card.auc,
                "average_precision": card.average_precision,
                "onset_auc": card.onset_auc,
                "calibration_error": card.calibration_error,
            }
        return {
            "windows": str(self.years),
            "unit_months": int(outcomes.size),
            "events": int((outcomes >= 1).sum()),
            "models": shown,
            f"against_{benchmark}": {
                name: _against(cards[name], cards[benchmark]) for name in ("climatology", "pool")
            },
            "longest_seconds": {k: max(row[k] for row in self.seconds) for k in self.seconds[0]},
        }


def _against(ours: Scorecard, theirs: Scorecard) -> dict[str, object]:
    found = compare(ours, theirs)
    shown: dict[str, object] = {}
    for name, difference in (("crps", found.crps), ("ignorance", found.ignorance)):
        if difference.relative is not None:
            span = difference.relative
            shown[f"{name}_percent"] = 100 * span.value
            shown[f"{name}_percent_interval"] = f"{100 * span.low:.2f} .. {100 * span.high:.2f}"
    shown["blocks"] = found.crps.blocks
    return shown


def _blocks(gids: npt.NDArray[np.int64], degrees: int) -> npt.NDArray[np.int64]:
    row, column = np.divmod(gids - 1, 720)
    return np.asarray((row // (2 * degrees)) * 1000 + column // (2 * degrees), dtype=np.int64)


def _covered(
    forecast: Forecast, rings: Rings, actual: npt.NDArray[np.float64], gids: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Shares of provinces with a year total inside the 90 % interval: joint and independent."""
    from primacy.kernels.forecast.draws import INDEPENDENT, Dependence

    areas = _blocks(gids, PROVINCE_DEGREES)
    _, truth = totals(actual[:, :, None].astype(np.float32), areas)
    inside = list[float]()
    for dependence in (Dependence(), INDEPENDENT):
        _, drawn = totals(joint_draws(forecast, rings, DRAWS, SEED, dependence), areas)
        low, high = np.quantile(drawn.sum(axis=1), (0.05, 0.95), axis=1)
        year = truth[:, :, 0].sum(axis=1)
        inside.append(float(((year >= low) & (year <= high)).mean()))
    return np.array(inside)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
