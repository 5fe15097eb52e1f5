"""From the register of incidents to a forecast by area, with its skill on past origins."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from shapely import STRtree
from shapely.geometry import shape

from primacy.kernels.forecast.baselines import Baseline, baseline
from primacy.kernels.forecast.climatology import CELLS, COUNTRIES, Climatology, climatology
from primacy.kernels.forecast.errors import TooLittleHistory
from primacy.kernels.forecast.forecast import Forecast
from primacy.kernels.forecast.months import first_day, last_complete_month, month_of
from primacy.kernels.forecast.neighbours import Rings, border_rings
from primacy.kernels.forecast.panel import Panel, panel_of
from primacy.kernels.forecast.scores import (
    Scorecard,
    UnitScores,
    card_of,
    joined,
    judge,
    score_units,
)
from primacy.platform.policy import Marking, Viewer
from primacy.rooms.incidents.facade import IncidentType, areas_within, incidents
from primacy.rooms.places.facade import Area, Mission, areas, boundaries_at
from primacy.rooms.warning.models import Measure, Target

TYPES: dict[str, tuple[str, ...]] = {
    Target.ORGANISED: (IncidentType.STATE_BASED, IncidentType.NON_STATE, IncidentType.ONE_SIDED),
    Target.STATE_BASED: (IncidentType.STATE_BASED,),
    Target.ONE_SIDED: (IncidentType.ONE_SIDED,),
    Target.ALL: tuple(IncidentType.values),
}
"""Types of incident that each target counts."""

FEWEST_MONTHS = 24
MOST_MONTHS = 240
LEVELS = 1000
ORIGINS, APART = 8, 3
"""How many past origins the skill is measured on, and how many months lie between them."""

THRESHOLDS = (1, 10, 100)


@dataclass(frozen=True)
class Question:
    """What is to be forecast, and from what was known when."""

    level: int
    target: str
    measure: str
    known_on: dt.date
    horizons: int

    @property
    def cut(self) -> int:
        """The last month that was over on the day."""
        return last_complete_month(self.known_on)


@dataclass(frozen=True)
class Ground:
    """The history a forecast is made from: areas, counts, neighbours, and what was left out."""

    areas: tuple[Area, ...]
    panel: Panel
    rings: Rings
    incidents: int
    outside: int
    marking: int


@dataclass(frozen=True)
class AreaLine:
    """What a forecast says of one area."""

    area: uuid.UUID
    rank: int
    chance: float
    naive_chance: float
    months: list[dict[str, object]]


@dataclass(frozen=True)
class Made:
    """A forecast with its lines, its skill and the digest that equal runs share."""

    model: str
    lines: tuple[AreaLine, ...]
    skill: dict[str, object]
    digest: str


def ground_of(viewer: Viewer, mission: Mission, asked: Question) -> Ground:
    """The history of a level's areas as the viewer may see it, as known on the day.

    An incident counts in the month it began. `TooLittleHistory` where there are no two years.
    """
    rows = incidents(viewer, mission, known_on=asked.known_on).filter(
        type__in=TYPES[asked.target], date_start__lt=first_day(asked.cut + 1)
    )
    found = list(rows.order_by().values_list("area_id", "date_start", "deaths_best", "marking"))
    places = tuple(areas(viewer, mission, asked.level).order_by("code"))
    if not places:
        raise TooLittleHistory(f"There is no area of level {asked.level}.")
    number = _numbers(viewer, mission, places)
    inside = [row for row in found if row[0] in number]
    first = max(
        min((month_of(day) for _area, day, *_ in inside), default=asked.cut),
        asked.cut - MOST_MONTHS + 1,
    )
    if asked.cut - first + 1 < FEWEST_MONTHS:
        raise TooLittleHistory(
            f"The register holds {asked.cut - first + 1} months of such incidents before the cut; "
            f"{FEWEST_MONTHS} are needed."
        )
    value = [1 if asked.measure == Measure.EVENTS else deaths for *_, deaths, _m in inside]
    panel = panel_of(
        np.arange(len(places)), (first, asked.cut),
        ([number[row[0]] for row in inside], [month_of(row[1]) for row in inside], value),
        measure=asked.measure, known_on=asked.known_on.isoformat(),
    )  # fmt: skip
    rings = border_rings(_borders(viewer, mission, places, asked.known_on), len(places), 2)
    marking = max([int(Marking.INTERNAL), *(int(row[3]) for row in inside)])
    return Ground(places, panel, rings, len(inside), len(found) - len(inside), marking)


def make(ground: Ground, horizons: int) -> Made:
    """The forecast of the default model, with the benchmark beside it and its skill."""
    settings = settings_of(ground)
    ahead = tuple(range(1, horizons + 1))
    told = climatology(ground.panel, ground.rings, settings, ahead)
    naive = baseline(Baseline.NEIGHBOURHOOD_12, ground.panel, ground.rings, ahead)
    lines = tuple(_lines(ground, told, naive))
    shown = [[str(line.area), line.chance, line.months] for line in lines]
    digest = hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()
    return Made(told.model, lines, skill_of(ground, settings, ahead), digest)


def settings_of(ground: Ground) -> Climatology:
    """How the past is weighted: with neighbours where there are any on the map."""
    return CELLS if any(matrix.nnz for matrix in ground.rings.matrices) else COUNTRIES


def skill_of(ground: Ground, settings: Climatology, ahead: Sequence[int]) -> dict[str, object]:
    """Scores on past origins beside the benchmark, and whether the model may be offered.

    Each origin sees the months up to itself only. Empty where the history is too short.
    """
    panel, last = ground.panel, ground.panel.last_month
    origins = [last - len(ahead) - APART * n for n in range(ORIGINS)]
    origins = [cut for cut in origins if cut - panel.first_month + 1 >= FEWEST_MONTHS]
    if not origins:
        return {}
    ours, theirs = list[UnitScores](), list[UnitScores]()
    for cut in sorted(origins):
        known = panel.until(cut)
        outcomes = panel.at([cut + step for step in ahead]).ravel()
        blocks = np.repeat(np.arange(panel.units.size), len(ahead))
        for made, told in (
            (ours, climatology(known, ground.rings, settings, ahead)),
            (theirs, baseline(Baseline.NEIGHBOURHOOD_12, known, ground.rings, ahead)),
        ):
            draws = told.quantile_table(LEVELS).reshape(outcomes.size, LEVELS)
            made.append(score_units(draws, outcomes, blocks=blocks))
    model, benchmark = card_of(joined(ours)), card_of(joined(theirs))
    verdict = judge(model, benchmark)
    return {
        "origins": len(origins),
        "first_origin": min(origins),
        "last_origin": max(origins),
        "offered": verdict.offered,
        "reasons": [
            {"code": str(r.code), "value": _finite(r.value), "low": _finite(r.low),
             "high": _finite(r.high)}
            for r in verdict.reasons
        ],
        "model": _figures(model),
        "benchmark": _figures(benchmark),
        "reliability": [
            {"low": b.low, "high": b.high, "count": b.count, "predicted": _finite(b.predicted),
             "observed": _finite(b.observed)}
            for b in model.reliability.bins
        ],
    }  # fmt: skip


def _lines(ground: Ground, told: Forecast, naive: Forecast) -> list[AreaLine]:
    chances = {at: told.probability(at) for at in THRESHOLDS}
    means, table = told.mean(), told.quantile_table(LEVELS)
    bounds = np.quantile(table, [0.05, 0.25, 0.5, 0.75, 0.95], axis=2, method="inverted_cdf")
    order = np.lexsort((-means[:, 0], -chances[1][:, 0]))
    plain = naive.probability(1)[:, 0]
    lines = []
    for rank, at in enumerate(order.tolist(), start=1):
        months: list[dict[str, object]] = []
        for step, month in enumerate(told.months.tolist()):
            low90, low50, median, high50, high90 = (float(b) for b in bounds[:, at, step])
            months.append(
                {"month": month, "mean": round(float(means[at, step]), 4),
                 "median": median, "low50": low50, "high50": high50, "low90": low90,
                 "high90": high90,
                 **{f"chance_{n}": round(float(chances[n][at, step]), 6) for n in THRESHOLDS}}
            )  # fmt: skip
        lines.append(
            AreaLine(
                ground.areas[at].pk, rank, round(float(chances[1][at, 0]), 6),
                round(float(plain[at]), 6), months,
            )
        )  # fmt: skip
    return lines


def _numbers(
    viewer: Viewer, mission: Mission, places: Sequence[Area]
) -> dict[uuid.UUID | None, int]:
    """Of each area of any level below the row of the area it lies in."""
    within = areas_within(viewer, mission)
    return {part: row for row, area in enumerate(places) for part in within.get(area.pk, [area.pk])}


def _borders(
    viewer: Viewer, mission: Mission, places: Sequence[Area], day: dt.date
) -> npt.NDArray[np.int64]:
    """Pairs of rows whose areas touch on the map; none where no boundaries are on record."""
    drawn = boundaries_at(viewer, mission, day, places[0].level)
    rows = [row for row, area in enumerate(places) if area.pk in drawn]
    shapes = [shape(json.loads(drawn[places[row].pk].geometry)) for row in rows]
    if len(shapes) < 2:
        return np.empty((0, 2), dtype=np.int64)
    # Lines of two areas drawn apart by a hair still touch.
    one, other = STRtree(shapes).query(shapes, predicate="dwithin", distance=1e-4)
    number = np.asarray(rows, dtype=np.int64)
    return np.column_stack([number[one], number[other]])


def _figures(card: Scorecard) -> dict[str, float | int | None]:
    return {name: _finite(value) for name, value in card.figures().items()}


def _finite(value: float | int | None) -> float | int | None:
    """A figure that JSON can keep; None where it is endless."""
    if value is None or not np.isfinite(value):
        return None
    return round(float(value), 6) if isinstance(value, float) else value
