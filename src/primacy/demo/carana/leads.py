"""The lead ledger: the mission everywhere at first, then district by district the local force."""

import datetime as dt
from collections import defaultdict
from functools import partial
from typing import cast

from primacy.demo.carana.country import Country
from primacy.demo.carana.options import section
from primacy.demo.carana.profiles import Part
from primacy.platform.policy import Marking
from primacy.rooms.readiness.actions import (
    propose_step_back,
    record_lead,
    record_leads,
    sign_decision,
)

REACHED_AT = {"joint": 0.42, "local_supported": 0.64, "local_overseen": 0.97, "local": 1.0}
"""Ability from which a responsibility stands at a lead; the last is reached by few."""

DELAY = 45
"""Days from reaching the ability to handing over."""

BACK_FUNCTION = "patrol_presence"
FORWARD_AT, BACK_AT = 0.5, 0.66

UNIT_LEADS = {
    "cnp-fpu-1": "public_order",
    "cnp-rapid": "rapid_response",
    "cnp-crime": "investigation_custody",
    "cnp-border": "access_points",
}

Cell = tuple[int, str]


def tell_leads(country: Country, fixed: dict[Cell, list[tuple[float, str]]]) -> None:
    """Writes the ledger into the diary. `fixed` gives the leads of cells with a story of their own.

    What is recorded together (a district, a day, a lead) is one act, as an order names it.
    """
    start = country.options.starts_on + dt.timedelta(days=10)
    country.on(start, partial(_begin, country))
    back = (step_back_district(country), BACK_FUNCTION)
    told = {**fixed, back: [(FORWARD_AT / 2, "joint"), (FORWARD_AT, "local_supported")]}
    for at in range(country.options.districts):
        orders: dict[tuple[dt.date, str], list[str]] = defaultdict(list)
        for function in _functions(country):
            for day, lead in _steps(country, at, function, told.get((at, function))):
                orders[(day, lead)].append(function)
        for (day, lead), functions in sorted(orders.items()):
            country.on(day, partial(_order, country, at, functions, lead, day))
    country.on(country.day(BACK_AT), partial(_step_back, country, back[0]))


def step_back_district(country: Country) -> int:
    """The district that stepped back: the last of the weak ones."""
    return country.with_part(Part.WEAK)[-1]


def _functions(country: Country) -> list[str]:
    return list(section(country.settings, "responsibilities"))


def _begin(country: Country) -> None:
    """On the first days the mission leads everywhere."""
    for area in country.districts:
        record_leads(
            actor=country["planner"],
            functions=list(country.functions.values()),
            areas=[area],
            lead="mission",
            since=country.options.starts_on,
            source_title="Mandate and ceasefire agreement of Carana",
            marking=Marking.PUBLIC,
        )
    for code, function in UNIT_LEADS.items():
        record_lead(
            actor=country["planner"],
            responsibility=country.functions[function],
            unit=country.units[code],
            lead="joint",
            from_earliest=country.options.starts_on,
            source=country.source(country["planner"], "Mandate and ceasefire agreement of Carana"),
            marking=Marking.PUBLIC,
        )


def _steps(
    country: Country, at: int, function: str, told: list[tuple[float, str]] | None
) -> list[tuple[dt.date, str]]:
    """When each lead begins in a cell; told cells follow their story."""
    if told is not None:
        return [(country.day(share), lead) for share, lead in told]
    offset = cast("dict[str, float]", section(country.settings, "responsibilities"))[function]
    profile, found = country.profiles[at], []
    last = country.before_end(30)
    for lead, needed in REACHED_AT.items():
        day = country.options.starts_on + dt.timedelta(days=60)
        while day <= last:
            if profile.able(country.share(day)) + offset >= needed:
                begins = day + dt.timedelta(days=DELAY)
                if begins <= last:
                    found.append((begins, lead))
                break
            day += dt.timedelta(days=14)
    days = [day for day, _ in found]
    # Two steps on one day would be one order too many.
    return [step for number, step in enumerate(found) if days.index(step[0]) == number]


def _order(country: Country, at: int, functions: list[str], lead: str, day: dt.date) -> None:
    record_leads(
        actor=country["planner"],
        functions=[country.functions[one] for one in functions],
        areas=[country.districts[at]],
        lead=lead,
        since=day,
        source_title=f"Joint handover order of {day}",
        marking=Marking.PUBLIC,
    )


def _step_back(country: Country, at: int) -> None:
    """One step back, signed by every party, with its reason."""
    standard = country.standard
    decision = propose_step_back(
        actor=country["adviser"],
        responsibility=country.functions[BACK_FUNCTION],
        area=country.districts[at],
        lead="joint",
        standard=standard,
        effective_on=country.day(BACK_AT) + dt.timedelta(days=2),
        reason=str(country.settings["step_back"]),
    )
    for people in (("planner", "adviser", "adviser2"), ("commander", "commander2", "commander3"),
                   ("ministry", "ministry2", "ministry3")):  # fmt: skip
        for person in people[: standard.seats_per_party]:
            sign_decision(actor=country[person], decision=decision, agrees=True)
