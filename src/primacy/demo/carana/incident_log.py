"""The operations centre's log: incidents written to files and imported each quarter, as users do.

A few that are marked above public are entered one by one.
"""

import csv
import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np

from primacy.demo.carana.country import Country
from primacy.demo.carana.options import section, words
from primacy.demo.carana.violence import Violence, make_violence
from primacy.platform.policy import Marking
from primacy.rooms.incidents.facade import (
    IncidentType,
    enter_incident,
    load_incidents,
    preview_incident_file,
)

COLUMNS = (
    "id", "type", "date_start", "lat", "lon", "where_precision", "place", "adm_1", "adm_2",
    "side_a", "side_b", "deaths_best", "deaths_low", "deaths_high", "headline", "source",
)  # fmt: skip
ORIGIN = "carana_log"
FILE_DAYS = 91


def tell_incidents(country: Country, folder: Path) -> None:
    """Writes the quarterly files of the log, and the imports of them into the diary."""
    from primacy.demo.carana.profiles import levels

    options = country.options
    violence = make_violence(
        country.rng,
        country.land,
        settings=section(country.settings, "violence"),
        levels=levels(country.profiles),
        starts_on=options.starts_on,
        days=options.days,
        count=options.incidents,
    )
    for start in range(0, options.days, FILE_DAYS):
        stop = min(start + FILE_DAYS, options.days)
        first, last = np.searchsorted(violence.day, [start, stop]).tolist()
        if first == last:
            continue
        day = min(options.starts_on + dt.timedelta(days=stop + 1), options.last_day)
        country.on(day, partial(_import, country, violence, folder, first, last))
    country.on(country.day(0.6), partial(_enter_marked, country))


def _import(country: Country, violence: Violence, folder: Path, first: int, last: int) -> None:
    """Writes one file of the log and loads it as the operations centre."""
    days = violence.day[[first, last - 1]].tolist()
    begin, end = (country.options.starts_on + dt.timedelta(days=day) for day in days)
    path = folder / f"operations-log-{begin}-{end}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(country, violence, first, last))
    seen = preview_incident_file(
        actor=country["operations"],
        mission=country.mission,
        path=path,
        origin=ORIGIN,
        marking=Marking.PUBLIC,
    )
    load_incidents(actor=country["operations"], batch_or_preview=seen, keep_good=False)
    path.unlink()


def _rows(country: Country, violence: Violence, first: int, last: int) -> Iterator[list[object]]:
    """The rows of some incidents, in the order of `COLUMNS`."""
    settings = section(country.settings, "violence")
    headlines = cast("dict[str, list[str]]", settings["headlines"])
    sides = cast("dict[str, list[str]]", settings["sides"])
    sources = words(settings, "sources")
    provinces = country.land.district_province.tolist()
    pick = country.rng.integers(0, 1 << 30, last - first).tolist()
    start = country.options.starts_on
    part = slice(first, last)
    columns = zip(
        violence.type[part].tolist(), violence.day[part].tolist(), violence.lat[part].tolist(),
        violence.lon[part].tolist(), violence.district[part].tolist(),
        violence.deaths[part].tolist(), violence.spread[part].tolist(), pick,
        strict=True,
    )  # fmt: skip
    for number, (kind, day, lat, lon, at, deaths, spread, chance) in enumerate(columns, first + 1):
        name = violence.types[kind]
        towns, said = country.towns[at], headlines[name]
        side_a, side_b = sides.get(name, ("", ""))
        yield [
            f"log-{number:07d}", name, start + dt.timedelta(days=day), lat, lon,
            1 if chance % 5 else 2, towns[chance % len(towns)],
            country.provinces[provinces[at]].name, country.districts[at].name,
            side_a, side_b, deaths, max(0, deaths - spread), deaths + spread,
            said[chance % len(said)], sources[chance % len(sources)],
        ]  # fmt: skip


def _enter_marked(country: Country) -> None:
    """Incidents that only some may read, entered by the adviser."""
    for at, headline in (
        (0, "Allegation of beatings in the district cells, under inquiry"),
        (1, "Weapons missing from the station store"),
        (2, "Informer threatened"),
    ):
        enter_incident(
            actor=country["adviser"],
            mission=country.mission,
            type=IncidentType.OTHER,
            date_start=country.day(0.6) - dt.timedelta(days=2),
            source="Team site report, restricted",
            area=country.districts[at],
            headline=headline,
            marking=Marking.CONFIDENTIAL,
        )
