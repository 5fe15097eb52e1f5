"""Builds Carana: generates the land and its story, then lets its people act it out day by day."""

import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from django.db import transaction

from primacy.demo.carana.alerts import tell_alerts
from primacy.demo.carana.assessments import tell_assessments, told_leads
from primacy.demo.carana.country import Country
from primacy.demo.carana.diary import OFFICE_OPENS
from primacy.demo.carana.evidence import tell_evidence
from primacy.demo.carana.founding import tell_founding
from primacy.demo.carana.geography import make_land
from primacy.demo.carana.incident_log import tell_incidents
from primacy.demo.carana.leads import tell_leads
from primacy.demo.carana.naming import Names
from primacy.demo.carana.options import CaranaOptions, country_settings, figure, section, words
from primacy.demo.carana.order_of_battle import Forces
from primacy.demo.carana.people import People
from primacy.demo.carana.profiles import make_profiles
from primacy.demo.carana.support import tell_support
from primacy.platform import clock, ids
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import Mission

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """What was built: the mission, and the country as the generator knows it."""

    mission: Mission
    country: Country


def build_carana(*, operator: Viewer, options: CaranaOptions, progress: Progress) -> Built:
    """The made-up country, complete or not at all: everything is one transaction.

    The same options on an empty site give the same rows in every table, ids and times included.
    """
    settings = country_settings()
    rng = np.random.default_rng(options.seed)
    progress("the land")
    land = make_land(
        rng,
        districts=options.districts,
        provinces=options.provinces,
        centre=_pair(settings, "centre"),
        radius=_pair(settings, "radius_degrees"),
    )
    country = Country(
        options=options,
        settings=settings,
        rng=rng,
        land=land,
        profiles=make_profiles(rng, land, round(figure(settings, "residents"))),
        names=Names(rng, words(settings, "first_syllables"), words(settings, "last_syllables")),
        operator=operator,
    )
    with tempfile.TemporaryDirectory() as folder:
        tell_founding(country)
        Forces(country).tell()
        People(country).tell()
        tell_incidents(country, Path(folder))
        tell_evidence(country)
        tell_leads(country, told_leads(country))
        tell_assessments(country)
        tell_support(country)
        tell_alerts(country)
        morning = dt.datetime.combine(options.starts_on, OFFICE_OPENS)
        with (
            clock.standing(morning) as standing,
            ids.seeded(options.seed),
            transaction.atomic(),
        ):
            country.diary.carry_out(standing, progress)
    return Built(country.mission, country)


def _pair(settings: object, name: str) -> tuple[float, float]:
    """A longitude and a latitude of the settings."""
    found = section(cast("dict[str, object]", settings), name)
    return float(cast("float", found["lon"])), float(cast("float", found["lat"]))
