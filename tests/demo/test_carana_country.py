"""The land of Carana and its incidents: exact borders, seasons, an election, contagion."""

import datetime as dt

import numpy as np
import pytest
import shapely
from scipy.spatial import cKDTree

from primacy.demo.carana.geography import Land, make_land
from primacy.demo.carana.options import (
    BadOptions,
    CaranaOptions,
    country_settings,
    section,
)
from primacy.demo.carana.violence import (
    ELECTION_DAYS,
    KM_A_DEGREE,
    Violence,
    election_day,
    make_violence,
)

START, DAYS = dt.date(2023, 3, 1), 1096


def land(seed: int, districts: int = 40, provinces: int = 10) -> Land:
    return make_land(
        np.random.default_rng(seed),
        districts=districts,
        provinces=provinces,
        centre=(-22.6, -11.8),
        radius=(1.25, 0.95),
    )


@pytest.mark.parametrize(("seed", "districts"), [(1, 6), (2, 40), (3, 40), (4, 120)])
def test_districts_cover_the_country_without_gap_or_overlap(seed: int, districts: int) -> None:
    made = land(seed, districts, max(2, districts // 4))
    assert len(made.districts) == districts
    assert shapely.coverage_is_valid(made.districts)
    assert all(shape.geom_type == "Polygon" and shape.is_valid for shape in made.districts)
    whole = sum(shape.area for shape in made.districts)
    assert made.country.geom_type == "Polygon"
    assert whole == pytest.approx(made.country.area, rel=1e-9)
    assert shapely.union_all(made.districts).area == pytest.approx(whole, rel=1e-9)
    assert shapely.coverage_is_valid(made.provinces)
    assert sum(p.area for p in made.provinces) == pytest.approx(whole, rel=1e-9)
    west, south, east, north = made.country.bounds
    assert -25 < west < east < -20.5
    assert -13.5 < south < north < -10


def test_points_drawn_in_a_district_lie_in_it() -> None:
    made = land(5)
    wanted = np.repeat(np.arange(40), 25)
    lon, lat = made.points_in(wanted, np.random.default_rng(1))
    assert (made.district_of(lon, lat) == wanted).all()
    inside = shapely.contains_xy(np.array(made.districts)[wanted], lon, lat)
    assert inside.mean() > 0.999


@pytest.fixture(scope="module")
def violence() -> Violence:
    return make_violence(
        np.random.default_rng(3),
        land(3),
        settings=section(country_settings(), "violence"),
        levels=np.linspace(0.2, 3, 40),
        starts_on=START,
        days=DAYS,
        count=12_000,
    )


def test_exactly_as_many_incidents_as_asked_and_all_on_land(violence: Violence) -> None:
    assert len(violence) == 12_000
    assert (violence.district >= 0).all()
    assert (np.diff(violence.day) >= 0).all()
    assert violence.day.min() >= 0
    assert violence.day.max() < DAYS


def test_the_election_brings_public_order_incidents(violence: Violence) -> None:
    order = violence.type == violence.types.index("public_order")
    middle = (election_day(START, DAYS) - START).days
    near = np.abs(violence.day - middle) <= ELECTION_DAYS
    a_day_near = (order & near).sum() / (2 * ELECTION_DAYS + 1)
    a_day_else = (order & ~near).sum() / (DAYS - 2 * ELECTION_DAYS - 1)
    assert a_day_near / a_day_else > 2.5


def test_the_rains_slow_fighting_and_bring_theft(violence: Violence) -> None:
    months = np.array([(START + dt.timedelta(days=int(day))).month for day in violence.day])
    wet = np.isin(months, [11, 12, 1, 2, 3, 4])

    def share(kind: str) -> float:
        return float(wet[violence.type == violence.types.index(kind)].mean())

    assert share("state_based") < 0.45
    assert share("crime") > 0.5


def test_violent_districts_have_more(violence: Violence) -> None:
    counts = np.bincount(violence.district, minlength=40)
    assert np.corrcoef(counts, np.linspace(0.2, 3, 40))[0, 1] > 0.9


def near_repeats(violence: Violence, day: np.ndarray) -> int:
    """Pairs within 3 km and 7 days."""
    scaled = np.column_stack(
        [violence.lon * KM_A_DEGREE / 3, violence.lat * KM_A_DEGREE / 3, day / 7]
    )
    return len(cKDTree(scaled).query_pairs(1.0))


def test_incidents_bring_on_others_nearby(violence: Violence) -> None:
    children = (violence.parent >= 0).mean()
    assert 0.25 < children < 0.45
    shuffled = np.random.default_rng(0).permutation(violence.day)
    assert near_repeats(violence, violence.day) > 2 * near_repeats(violence, shuffled)


def test_a_child_follows_its_parent(violence: Violence) -> None:
    of = np.flatnonzero(violence.parent >= 0)
    parent = violence.parent[of]
    assert (violence.day[of] >= violence.day[parent]).all()
    away = np.hypot(
        violence.lon[of] - violence.lon[parent], violence.lat[of] - violence.lat[parent]
    )
    assert np.median(away) * KM_A_DEGREE < 6


@pytest.mark.parametrize(
    "size",
    [{"districts": 5}, {"districts": 501}, {"police": 10}, {"incidents": -1}, {"years": 0},
     {"districts": 100, "police": 300}],
)  # fmt: skip
def test_sizes_that_cannot_be_are_refused(size: dict[str, int]) -> None:
    with pytest.raises(BadOptions):
        CaranaOptions(until=dt.date(2026, 1, 1), **size)
