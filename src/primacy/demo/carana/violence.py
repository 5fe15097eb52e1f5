"""Made-up incidents: seasons, an election, levels by district, and events that bring on others.

A self-exciting process: background events follow the season and the place; each event then
brings on others nearby in the days after it (branching ratio below one, so that it dies out).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from primacy.demo.carana.geography import Floats, Ints, Land
from primacy.demo.carana.options import figure, section

KM_A_DEGREE = 111.195
ELECTION_DAYS = 21
"""Days before and after an election in which it shows."""

ELECTION_AT = 0.55
"""Where in the story the general election falls."""

SAME_KIND = 0.8
"""How often an event brings on one of its own kind."""


@dataclass(frozen=True)
class Violence:
    """Incidents in the order of their days; `parent` is -1 for background events."""

    types: list[str]
    type: Ints
    day: Ints
    lon: Floats
    lat: Floats
    district: Ints
    parent: Ints
    deaths: Ints
    spread: Ints

    def __len__(self) -> int:
        return len(self.day)


def election_day(starts_on: dt.date, days: int) -> dt.date:
    """The day of the general election."""
    return starts_on + dt.timedelta(days=round(days * ELECTION_AT))


def make_violence(
    rng: np.random.Generator,
    land: Land,
    *,
    settings: Mapping[str, object],
    levels: Floats,
    starts_on: dt.date,
    days: int,
    count: int,
) -> Violence:
    """`count` incidents over the days; `levels` is the weight of each district."""
    kinds = section(settings, "types")
    names = list(kinds)
    tables = [cast("Mapping[str, object]", kinds[name]) for name in names]
    weights = np.array([_by_day(one, settings, starts_on, days) for one in tables])
    chance = (weights / weights.sum()).ravel()
    branching = figure(settings, "branching")
    grown = _grow(rng, land, settings, chance, levels, days, round(count * (1 - branching)), count)
    kind, day, lon, lat, parent = grown
    order = np.argsort(day, kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    parent = np.where(parent >= 0, place[parent], -1)[order]
    kind, day, lon, lat = kind[order], day[order], lon[order], lat[order]
    means = np.array([figure(one, "deaths") for one in tables])[kind]
    deaths = rng.poisson(means * rng.lognormal(-0.3, 0.8, len(kind)))
    return Violence(
        types=names,
        type=kind,
        day=day,
        lon=np.round(lon, 5),
        lat=np.round(lat, 5),
        district=land.district_of(lon, lat),
        parent=parent,
        deaths=deaths,
        spread=rng.poisson(deaths * 0.3),
    )


def _by_day(
    kind: Mapping[str, object], settings: Mapping[str, object], starts_on: dt.date, days: int
) -> Floats:
    """How many background events of a kind to expect on each day, up to a factor."""
    wet = set(cast("list[int]", settings["wet_months"]))
    calendar = [starts_on + dt.timedelta(days=at) for at in range(days)]
    season = np.array([figure(kind, "wet") if day.month in wet else 1.0 for day in calendar])
    vote = election_day(starts_on, days)
    distance = np.array([abs((day - vote).days) for day in calendar])
    near = np.where(distance <= ELECTION_DAYS, figure(kind, "election"), 1.0)
    # Peace takes hold slowly: a third less violence at the end of the story.
    calmer = np.linspace(1.2, 0.8, days)
    return np.asarray(figure(kind, "share") * season * near * calmer, np.float64)


Grown = tuple[Ints, Ints, Floats, Floats, Ints]


def _grow(
    rng: np.random.Generator,
    land: Land,
    settings: Mapping[str, object],
    chance: Floats,
    levels: Floats,
    days: int,
    background: int,
    count: int,
) -> Grown:
    """Background events and what they bring on, cut or filled up to `count`."""
    parts = [_background(rng, land, chance, levels, days, background)]
    total, first = background, 0
    while len(parts[-1][0]) and total < count:
        children = _children(rng, land, settings, parts[-1], len(chance) // days, days, first)
        first = total
        total += len(children[0])
        parts.append(children)
    if total < count:
        parts.append(_background(rng, land, chance, levels, days, count - total))
    kind, day, lon, lat, parent = (
        np.concatenate(column)[:count] for column in zip(*parts, strict=True)
    )
    return kind, day, lon, lat, parent


def _background(
    rng: np.random.Generator, land: Land, chance: Floats, levels: Floats, days: int, count: int
) -> Grown:
    """Events that nothing brought on."""
    drawn = rng.choice(len(chance), size=count, p=chance)
    district = rng.choice(len(levels), size=count, p=levels / levels.sum())
    lon, lat = land.points_in(district, rng)
    return drawn // days, drawn % days, lon, lat, np.full(count, -1, np.int64)


def _children(
    rng: np.random.Generator,
    land: Land,
    settings: Mapping[str, object],
    parents: Grown,
    kinds: int,
    days: int,
    first: int,
) -> Grown:
    """The next generation: near in place and days; what would fall outside both is left out."""
    kind, day, lon, lat, _ = parents
    number = rng.poisson(figure(settings, "branching"), len(kind))
    of = np.repeat(np.arange(len(kind)), number)
    later = day[of] + np.floor(rng.exponential(figure(settings, "repeat_days"), len(of)))
    away = rng.normal(0, figure(settings, "repeat_km") / KM_A_DEGREE, (2, len(of)))
    where = np.array([lon[of], lat[of]])
    moved = where + away
    at_sea = land.district_of(moved[0], moved[1]) < 0
    moved = np.where(at_sea, where, moved)
    other = rng.integers(0, kinds, len(of))
    becomes = np.where(rng.random(len(of)) < SAME_KIND, kind[of], other)
    kept = later < days
    return (
        becomes[kept],
        later[kept].astype(np.int64),
        moved[0][kept],
        moved[1][kept],
        (first + of)[kept],
    )
