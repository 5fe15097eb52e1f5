"""The first day: the mission, its people, the land, who lives there, the first standard."""

import datetime as dt
from functools import partial
from typing import cast

from primacy.demo.carana.country import Country
from primacy.demo.carana.options import ADDRESSES, section, table, words
from primacy.platform.accounts.actions import (
    create_account,
    create_compartment,
    ensure_organisation,
    grant_role,
)
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.policy import Marking
from primacy.platform.shipped import shipped
from primacy.rooms.places.actions import add_area, add_boundary, add_population
from primacy.rooms.places.facade import Area, create_mission
from primacy.rooms.readiness.actions import adopt_sourced_standard, define_responsibilities
from primacy.rooms.readiness.facade import DEFAULT_RESPONSIBILITIES
from primacy.rooms.readiness.standards import read_standard

VINTAGE = "Carana survey office, year 0"
SURVEY = "Carana survey office: map of districts"
CENSUS = "Carana statistics office: estimate of residents"
LEVELS = {"country": 0, "province": 1, "district": 2}


def tell_founding(country: Country) -> None:
    """Writes the first day into the diary."""
    start = country.options.starts_on
    country.on(start, partial(_open_mission, country))
    country.on(start, partial(_invite, country))
    country.on(start, partial(_draw_map, country))
    country.on(start, partial(_agree_first_standard, country))
    for year in range(country.options.years):
        day = start + dt.timedelta(days=20 + round(year * 365.25))
        if day <= country.options.last_day:
            country.on(day, partial(_count_residents, country, day.year, year))


def _open_mission(country: Country) -> None:
    about = section(country.settings, "mission")
    country.mission = create_mission(
        actor=country.operator,
        code=str(about["code"]),
        name=str(about["name"]),
        short_name=str(about["short_name"]),
        country=str(about["country"]),
        host_force=str(about["host_force"]),
        starts_on=country.options.starts_on,
        summary=str(about["summary"]),
        story=shipped("cases/carana/story.md").read_text(encoding="utf-8"),
        exercise=True,
        open_to_guests=True,
    )


def _invite(country: Country) -> None:
    """Makes the exercise accounts, and the one person who keeps sources apart.

    Exercise accounts enter without a second factor, so none of them is in a compartment.
    """
    for entry in [*table(country.settings, "people"), section(country.settings, "keeper")]:
        keeper = entry["address"] == "keeper"
        account = create_account(
            actor=country.operator,
            email=f"{entry['address']}@{ADDRESSES}",
            name=str(entry["name"]),
            organisation=ensure_organisation(
                actor=country.operator, name=str(entry["organisation"]), party=str(entry["party"])
            ),
            exercise=not keeper,
        )
        grant_role(
            actor=country.operator,
            account=account,
            role=str(entry["role"]),
            mission_id=country.mission.pk,
            exercise_mission=True,
        )
        country.people[str(entry["address"])] = viewer_of(account)
    about = section(country.settings, "compartment")
    owner = ensure_organisation(
        actor=country.operator, name=str(section(country.settings, "keeper")["organisation"])
    )
    create_compartment(
        actor=country.operator, code=str(about["code"]), name=str(about["name"]), owner=owner
    )


def _draw_map(country: Country) -> None:
    """Country, provinces and districts with their shapes."""
    title = str(section(country.settings, "mission")["country"])
    whole = _area(country, "CA", title, "country", None)
    _shape(country, whole, country.land.country)
    kinds = words(country.settings, "province_words")
    for at, shape in enumerate(country.land.provinces):
        name = f"{country.names.draw()} {kinds[at % len(kinds)]}"
        province = _area(country, f"CA{at + 1:02d}", name, "province", whole)
        country.provinces.append(province)
        _shape(country, province, shape)
    of_province = country.land.district_province.tolist()
    for at, shape in enumerate(country.land.districts):
        name = country.names.draw()
        code = f"CA{of_province[at] + 1:02d}{at + 1:03d}"
        district = _area(country, code, name, "district", country.provinces[of_province[at]])
        country.districts.append(district)
        country.towns.append([name, *(country.names.draw() for _ in range(3))])
        _shape(country, district, shape)


def _area(country: Country, code: str, name: str, kind: str, parent: Area | None) -> Area:
    return add_area(
        actor=country["planner"],
        mission=country.mission,
        code=code,
        p_code=code,
        name=name,
        level=LEVELS[kind],
        kind=kind,
        parent=parent,
        marking=Marking.PUBLIC,
    )


def _shape(country: Country, area: Area, shape: object) -> None:
    add_boundary(
        actor=country["planner"],
        area=area,
        geometry=shape,  # type: ignore[arg-type]
        vintage=VINTAGE,
        source=country.source(country["planner"], SURVEY),
        basis="made by the generator",
    )


def _count_residents(country: Country, year: int, since: int) -> None:
    """Residents of each district and province; the figures grow by two in a hundred a year."""
    groups = table(country.settings, "groups")
    source = country.source(country["planner"], CENSUS)
    totals = [0] * len(country.provinces)
    for at, district in enumerate(country.districts):
        residents = round(country.profiles[at].residents * 1.02**since)
        totals[int(country.land.district_province[at])] += residents
        tilt = country.rng.dirichlet([max(0.4, 9 * _share(group)) for group in groups])
        parts = [f"{g['name']} {round(100 * part)} %" for g, part in zip(groups, tilt, strict=True)]
        add_population(
            actor=country["planner"],
            area=district,
            year=year,
            value=residents,
            qualifier="about",
            definition=f"residents; {', '.join(parts)}"[:200],
            source=source,
        )
    for province, total in zip(country.provinces, totals, strict=True):
        add_population(
            actor=country["planner"],
            area=province,
            year=year,
            value=total,
            qualifier="about",
            definition="residents, sum of its districts",
            source=source,
        )


def _share(group: dict[str, object]) -> float:
    return float(cast("float", group["share"]))


def _agree_first_standard(country: Country) -> None:
    made = define_responsibilities(
        actor=country["planner"], mission=country.mission, entries=DEFAULT_RESPONSIBILITIES
    )
    country.functions = {row.code: row for row in made}
    country.standards.append(
        adopt_sourced_standard(
            actor=country["planner"],
            mission=country.mission,
            content=read_standard(shipped("standards/default.json")),
            in_force_from=country.options.starts_on,
        )
    )
