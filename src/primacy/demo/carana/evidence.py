"""Quarterly rounds of evidence: records, self-assessments, joint field visits, surveys, findings.

Every indicator of the catalogue is observed somewhere, by more than one method where the standard
accepts that. Silent districts fall silent, others never keep a figure, stop handing it in, or miss
it now and then: what is missing or too old stays unknown.
"""

import datetime as dt
from functools import partial

from primacy.demo.carana.country import Country, heard
from primacy.demo.carana.profiles import Part, Profile
from primacy.demo.carana.special_evidence import set_apart, tell_of_units
from primacy.platform.policy import Marking
from primacy.rooms.places.facade import Area
from primacy.rooms.readiness.actions import ObservationContent, observe_many

SHORT_LIVED = {"logistics.fuel_days", "presence.priority_places_visited"}
"""Indicators that the standard accepts for 30 days only; reported each month of late."""

SHARES: dict[str, tuple[float, float, int]] = {
    "response.unaided_share": (0.35, 0.62, 48),
    "response.population_covered": (0.42, 0.52, 1000),
    "presence.priority_places_visited": (0.30, 0.69, 14),
    "logistics.vehicles_share": (0.25, 0.62, 36),
    "logistics.radios_share": (0.28, 0.62, 60),
    "accountability.complaints_concluded_share": (0.20, 0.70, 40),
    "community.concerns_closed_share": (0.25, 0.62, 52),
}
"""Share of able districts: at no ability, added at full ability, and out of how many, in a district
with as many residents as the average one."""

COUNTED_AGAIN = (
    "response.unaided_share",
    "response.population_covered",
    "accountability.complaints_concluded_share",
    "community.concerns_closed_share",
)
"""Shares that the joint team counts again from the books of every third middling district."""

ASKED = 320
"""Residents asked in a survey round."""

MISSING = 0.04
DEMO_REGISTER = "Carana registers, quarter to"


def tell_evidence(country: Country) -> None:
    """Writes the rounds into the diary."""
    rounds = country.rounds()
    for day in rounds:
        country.on(day + dt.timedelta(days=2), partial(_round, country, day))
    for back in (30, 61):
        day = rounds[-1] - dt.timedelta(days=back)
        if day > country.options.starts_on:
            country.on(day + dt.timedelta(days=1), partial(_monthly, country, day))
    country.on(rounds[-1] + dt.timedelta(days=4), partial(tell_of_units, country, rounds[-1]))
    country.on(rounds[-1] + dt.timedelta(days=5), partial(set_apart, country, rounds[-1]))


def finding_district(country: Country) -> int:
    """The district in which a grave-violation finding stands."""
    return country.with_part(Part.WEAK)[0]


def _round(country: Country, day: dt.date) -> None:
    """One quarter: the registers, the force's own view, the joint team, the survey, findings."""
    by_person: dict[str, list[ObservationContent]] = {
        "operations": [], "commander": [], "adviser": [], "rights": []
    }  # fmt: skip
    for at, area in enumerate(country.districts):
        if not heard(country, at, day):
            continue
        profile = country.profiles[at]
        able = profile.able(country.share(day))
        told = {
            "operations": _records(country, profile, able, area, day),
            "commander": _own_view(country, able, area, day),
            "adviser": [
                *_visit(country, profile, able, area, day),
                *_counted_again(country, at, able, area, day),
                _survey(country, able, area, day),
            ],
            "rights": [_finding(country, at, area, day)],
        }
        for person, entries in told.items():
            by_person[person] += _kept(country, at, day, entries)
    for person, entries in by_person.items():
        observe_many(actor=country[person], mission=country.mission, entries=entries)


def _monthly(country: Country, day: dt.date) -> None:
    entries = [
        entry
        for at, area in enumerate(country.districts)
        if heard(country, at, day)
        for entry in _quarter(country, at, area, day)
        if entry.indicator in SHORT_LIVED
    ]
    observe_many(actor=country["operations"], mission=country.mission, entries=entries)


def _quarter(country: Country, at: int, area: Area, day: dt.date) -> list[ObservationContent]:
    """What the district's registers hand in."""
    profile = country.profiles[at]
    able = profile.able(country.share(day))
    return _kept(country, at, day, _records(country, profile, able, area, day))


def _missed(country: Country, profile: Profile) -> bool:
    """True where a value was not reported this time; strong districts miss nothing."""
    steady = profile.part in (Part.STRONG, Part.CONDITIONS)
    return bool(country.rng.random() < MISSING) and not steady


def _counted(
    country: Country, profile: Profile, indicator: str, able: float
) -> tuple[float, float]:
    """How many of how many; the figures of strong districts do not jump about."""
    least, added, usual = SHARES[indicator]
    share = min(1.0, least + added * able)
    of = _out_of(country, profile, indicator, usual)
    if profile.part in (Part.STRONG, Part.CONDITIONS):
        return float(round(share * of)), float(of)
    return float(country.rng.binomial(of, share)), float(of)


def _out_of(country: Country, profile: Profile, indicator: str, usual: int) -> int:
    """Out of how many: residents are counted themselves, the rest grows with them."""
    if indicator == "response.population_covered":
        return profile.residents
    if profile.part is Part.CONDITIONS:
        return usual  # its shares lie near the thresholds: rounding must not move them
    mean = sum(one.residents for one in country.profiles) / len(country.profiles)
    return max(8, round(usual * min(2.5, profile.residents / mean)))


def _kept(
    country: Country, at: int, day: dt.date, entries: list[ObservationContent]
) -> list[ObservationContent]:
    """The entries without what this district does not hand in."""
    share = country.share(day)
    return [one for one in entries if country.gaps.given(at, one.indicator, share)]


def _records(
    country: Country, profile: Profile, able: float, area: Area, day: dt.date
) -> list[ObservationContent]:
    """What the registers yield in a quarter."""
    title = f"{DEMO_REGISTER} {day}"
    found: list[ObservationContent] = []
    for indicator in SHARES:
        if _missed(country, profile):
            continue
        many, of = _counted(country, profile, indicator, able)
        found.append(
            ObservationContent(
                indicator, "records", day, title, area=area, numerator=many, denominator=of,
                marking=Marking.PUBLIC,
            )
        )  # fmt: skip
    values = {
        "response.median_minutes": round(25 + (1 - able) * 130 + _jump(country, profile, 4)),
        "logistics.fuel_days": round(4 + 14.4 * able + _jump(country, profile, 1.5)),
        "sustainability.domestic_share": round(min(1.0, 0.2 + 0.55 * able), 2),
        "threat.incident_ratio": round(1.6 - 0.9 * able + _jump(country, profile, 0.05), 2),
    }
    for indicator, value in values.items():
        if not _missed(country, profile):
            found.append(
                ObservationContent(
                    indicator, "records", day, title, area=area, value=float(max(0, value)),
                    marking=Marking.PUBLIC,
                )
            )  # fmt: skip
    return found


def _jump(country: Country, profile: Profile, size: float) -> float:
    noise = float(country.rng.normal(0, size))
    return 0.0 if profile.part in (Part.STRONG, Part.CONDITIONS) else noise


def _own_view(country: Country, able: float, area: Area, day: dt.date) -> list[ObservationContent]:
    """The force's self-assessment; a little better than the joint team finds."""
    title = f"Self-assessment of the district commands, {day}"
    brighter = min(1.0, able + 0.03 + abs(float(country.rng.normal(0, 0.02))))
    return [
        ObservationContent(indicator, "self", day, title, area=area,
                           value=round(min(1.0, SHARES[indicator][0] + SHARES[indicator][1]
                                           * brighter), 2), marking=Marking.PUBLIC)
        for indicator in ("logistics.vehicles_share", "logistics.radios_share")
    ]  # fmt: skip


def _visit(
    country: Country, profile: Profile, able: float, area: Area, day: dt.date
) -> list[ObservationContent]:
    """What the joint field team found."""
    title = f"Joint field visits, {day}"
    steady = profile.part in (Part.STRONG, Part.CONDITIONS, Part.MIDDLING)
    chain = 1.0 if steady or country.rng.random() < 0.7 else 0.0
    meddling = 0.0 if able > 0.6 else float(country.rng.poisson(0.8))
    least, added, usual = SHARES["logistics.vehicles_share"]
    of = _out_of(country, profile, "logistics.vehicles_share", usual)
    vehicles = round(of * min(1.0, least + added * able))
    return [
        ObservationContent("stability.commander_and_chain", "field", day, title, area=area,
                           value=chain, marking=Marking.PUBLIC),
        ObservationContent("stability.open_interference", "field", day, title, area=area,
                           value=meddling,
                           marking=Marking.CONFIDENTIAL if meddling else Marking.PUBLIC),
        ObservationContent("logistics.vehicles_share", "field", day, title, area=area,
                           numerator=float(vehicles), denominator=float(of),
                           marking=Marking.PUBLIC),
    ]  # fmt: skip


def _counted_again(
    country: Country, at: int, able: float, area: Area, day: dt.date
) -> list[ObservationContent]:
    """What the joint team finds in the books and on the ground; less than the registers say."""
    profile = country.profiles[at]
    if at not in country.with_part(Part.MIDDLING)[::3]:
        return []
    title = f"Joint check of the district's books, {day}"
    found = [
        ObservationContent("response.median_minutes", "field", day, f"Clocked alerts, {day}",
                           area=area, value=float(round(32 + (1 - able) * 130)),
                           marking=Marking.PUBLIC)
    ]  # fmt: skip
    for indicator in COUNTED_AGAIN:
        many, of = _counted(country, profile, indicator, max(0.0, able - 0.08))
        found.append(
            ObservationContent(indicator, "field", day, title, area=area, numerator=many,
                               denominator=of, note="Entries without a date were left out.",
                               marking=Marking.PUBLIC)
        )  # fmt: skip
    return found


def _survey(country: Country, able: float, area: Area, day: dt.date) -> ObservationContent:
    """The survey question on reporting a crime: a sample, so an interval."""
    would = int(country.rng.binomial(ASKED, min(0.95, 0.24 + 0.52 * able)))
    return ObservationContent(
        "community.would_report_share", "survey", day, f"Residents' survey, round of {day}",
        area=area, numerator=float(would), denominator=float(ASKED), sample=True,
        marking=Marking.PUBLIC,
    )  # fmt: skip


def _finding(country: Country, at: int, area: Area, day: dt.date) -> ObservationContent:
    """Whether a grave-violation finding stands; only the human rights component says so."""
    stands = at == finding_district(country) and country.share(day) > 0.5
    title = "Human rights screening" if not stands else "Human rights finding (restricted)"
    return ObservationContent(
        "accountability.no_grave_finding", "records", day, f"{title}, {day}", area=area,
        value=0.0 if stands else 1.0,
        note="Finding on the district command after an internal inquiry." if stands else "",
        marking=Marking.STRICT if stands else Marking.PUBLIC,
    )  # fmt: skip
