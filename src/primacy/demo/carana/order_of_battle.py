"""Units of the police, the other forces and the mission, their strength returns, their sites."""

import datetime as dt
from functools import partial
from math import ceil
from typing import cast

import numpy as np

from primacy.demo.carana.country import Country, heard
from primacy.demo.carana.options import section, table, words
from primacy.platform.claims.actions import Cite
from primacy.platform.policy import Marking
from primacy.rooms.forces.actions import StrengthContent, add_strengths, add_unit, confirm_claims
from primacy.rooms.forces.facade import (
    NameClaim,
    PositionClaim,
    RelationClaim,
    Unit,
    claims_of_kind,
)
from primacy.rooms.places.actions import add_site
from primacy.rooms.places.facade import Area

OFFICERS_A_UNIT = 75
REGISTER = "Force register of units"
HEADQUARTERS, REGIONS = 0.02, 0.05
"""Shares of the police in the headquarters and in the regional commands."""

KEPT_FOR = {
    "required": "presence.officers_share",
    "certified": "certification.certified_present_share",
}
"""Figures without which an indicator of strength can't be worked out."""

YEARLY = 4
"""Stations report every fourth round, all other units every round."""


class Forces:
    """The police in numbers: officers each unit should have, its subordinates included."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.specials = table(country.settings, "special_units")
        options, people = country.options, np.array([p.residents for p in country.profiles])
        named = sum(_number(entry, "share") for entry in self.specials)
        field = options.police * (1 - named - HEADQUARTERS - REGIONS)
        weight = people**0.8
        self.by_district = np.maximum(10, np.round(field * weight / weight.sum())).astype(int)
        wanted = round(options.police / OFFICERS_A_UNIT)
        fixed = 1 + options.provinces + options.districts + len(self.specials)
        spare = max(options.districts, wanted - fixed)
        self.stations = np.maximum(1, np.round(spare * weight / weight.sum())).astype(int)

    def tell(self) -> None:
        """Writes units, sites and returns into the diary."""
        country = self.country
        day = country.options.starts_on + dt.timedelta(days=5)
        country.on(day, self._police)
        country.on(day, self._others)
        country.on(day + dt.timedelta(days=3), self._sites)
        rounds = country.rounds()
        for number, day in enumerate(rounds):
            stations = (len(rounds) - 1 - number) % YEARLY == 0
            country.on(day + dt.timedelta(days=1), partial(self._return, day, stations))
            if stations:
                country.on(day + dt.timedelta(days=1), partial(self._return_of_others, day))
        last = country.options.last_day
        country.on(last, partial(self._confirm, last))

    def _confirm(self, day: dt.date) -> None:
        """The command list of the last day states the register of units again."""
        country = self.country
        actor = country["planner"]
        source = country.source(actor, f"Command list, {day}")
        for kind in (NameClaim, RelationClaim, PositionClaim):
            confirm_claims(
                actor=actor,
                mission=country.mission,
                claims=list(claims_of_kind(actor, kind, country.mission.pk).order_by("claim")),
                seen_on=day,
                cite=Cite(source, accessed_on=day),
                reason="stated again by the command list",
            )

    def _unit(
        self, code: str, name: str, force: str, parent: str = "", area: Area | None = None,
        on_board: bool = False,
    ) -> Unit:  # fmt: skip
        country = self.country
        forces = section(country.settings, "forces")
        unit = add_unit(
            actor=country["planner"],
            mission=country.mission,
            code=code,
            name=name,
            force=str(forces[force]),
            side="mission" if force == "mission" else "local",
            source=country.source(country["planner"], REGISTER),
            parent=country.units.get(parent),
            areas=[area] if area else [],
            on_board=on_board,
            marking=Marking.PUBLIC,
            seen_on=country.options.starts_on,
        )
        country.units[code] = unit
        return unit

    def _police(self) -> None:
        country = self.country
        self._unit("cnp", "National Police Headquarters", "police")
        for at, province in enumerate(country.provinces):
            self._unit(f"cnp-r{at + 1:02d}", f"{province.name} Regional Command", "police",
                       "cnp", province)  # fmt: skip
        for at, district in enumerate(country.districts):
            region = f"cnp-r{int(country.land.district_province[at]) + 1:02d}"
            code = f"cnp-d{at + 1:03d}"
            self._unit(code, f"{district.name} District Police", "police", region, district)
            for number in range(int(self.stations[at])):
                town = self._town(at, number)
                self._unit(f"{code}-s{number + 1}", f"{town} Station", "police", code, district)
        for entry in self.specials:
            self._unit(f"cnp-{entry['code']}", str(entry["name"]), "police", "cnp",
                       on_board=bool(entry.get("on_board")))  # fmt: skip

    def _town(self, at: int, number: int) -> str:
        """The town a station stands in; later ones are posts of the same towns."""
        towns = self.country.towns[at]
        again = number // len(towns)
        return towns[number % len(towns)] + (f" {again + 1}" if again else "")

    def _others(self) -> None:
        country = self.country
        for entry in table(country.settings, "other_units"):
            self._unit(str(entry["code"]), str(entry["name"]), str(entry["force"]),
                       str(entry.get("parent", "")))  # fmt: skip
        for entry in table(country.settings, "mission_units"):
            self._unit(str(entry["code"]), str(entry["name"]), "mission",
                       str(entry.get("parent", "")))  # fmt: skip
        for at, province in enumerate(country.provinces):
            self._unit(f"un-ts-{at + 1:02d}", f"{province.name} team site", "mission", "un-hq",
                       province)  # fmt: skip

    def _sites(self) -> None:
        """Stations, team sites, checkpoints, protected sites, camps, the academy."""
        rng, country = self.country.rng, self.country
        start = country.options.starts_on
        for at, district in enumerate(country.districts):
            posts = int(self.stations[at])
            lon, lat = country.land.points_in(np.full(posts + 2, at), rng)
            able = country.profiles[at].ends
            for number in range(posts):
                holder = "local" if able > 0.6 or number else "both"
                name = f"{self._town(at, number)} station"
                self._site(f"st-{at + 1:03d}-{number + 1}", name, "station", lon[number],
                           lat[number], district, holder, start)  # fmt: skip
            kinds = words(country.settings, "protected_sites")
            kind = kinds[at % len(kinds)]
            holder = "local" if able > 0.8 else "both" if able > 0.55 else "mission"
            self._site(f"ps-{at + 1:03d}", f"{district.name} {kind}", "protected_site",
                       lon[posts], lat[posts], district, holder, start)  # fmt: skip
            if at % 2 == 0:
                self._site(f"cp-{at + 1:03d}", f"{district.name} checkpoint", "checkpoint",
                           lon[-1], lat[-1], district, holder, start)  # fmt: skip
        self._sites_of_provinces(start)

    def _sites_of_provinces(self, start: dt.date) -> None:
        country = self.country
        of_province = country.land.district_province
        for at, province in enumerate(country.provinces):
            inside = int(np.flatnonzero(of_province == at)[0])
            lon, lat = country.land.points_in(np.full(3, inside), country.rng)
            area = country.districts[inside]
            self._site(f"un-{at + 1:02d}", f"{province.name} team site", "base", lon[0], lat[0],
                       area, "mission", start)  # fmt: skip
            if at % 3 == 0:
                self._site(f"camp-{at + 1:02d}", f"{area.name} cantonment", "camp", lon[1], lat[1],
                           area, "both", start)  # fmt: skip
            if at == 0:
                self._site("academy", "Police Academy", "training_centre", lon[2], lat[2], area,
                           "local", start)  # fmt: skip

    def _site(
        self, code: str, name: str, kind: str, lon: float, lat: float, area: Area, holder: str,
        since: dt.date,
    ) -> None:  # fmt: skip
        country = self.country
        add_site(
            actor=country["planner"],
            mission=country.mission,
            code=code,
            name=name,
            kind=kind,
            lat=round(float(lat), 5),
            lon=round(float(lon), 5),
            area=area,
            holder=holder,
            held_since=since,
            opened_on=since,
            source=country.source(country["planner"], "Mission register of sites"),
            marking=Marking.PUBLIC,
        )

    def _return(self, day: dt.date, stations: bool) -> None:
        """The police strength return of a round, handed in by the force."""
        country = self.country
        share = country.share(day)
        figures: list[StrengthContent] = []
        regions = np.zeros((len(country.provinces), 2))
        for at, district in enumerate(country.districts):
            if not heard(country, at, day):
                continue
            able = country.profiles[at].able(share)
            unit = country.units[f"cnp-d{at + 1:03d}"]
            planned = int(self.by_district[at])
            returned = self._figures(unit, planned, able, day, district, at)
            regions[int(country.land.district_province[at])] += planned, planned * able
            if stations:
                each = planned // (int(self.stations[at]) + 1)
                for number in range(int(self.stations[at])):
                    post = country.units[f"cnp-d{at + 1:03d}-s{number + 1}"]
                    returned += self._figures(post, each, able, day, district, at)
            figures += [one for one in returned if self._kept(at, one.kind, share)]
        extra = country.options.police * REGIONS / len(country.provinces)
        for at, province in enumerate(country.provinces):
            planned, weighted = regions[at]
            unit = country.units[f"cnp-r{at + 1:02d}"]
            able = float(weighted / planned) if planned else 0.5
            figures += self._figures(unit, round(planned + extra), able, day, province, at)
        for entry in self.specials:
            unit = country.units[f"cnp-{entry['code']}"]
            planned = max(5, round(country.options.police * _number(entry, "share")))
            figures += self._figures(unit, planned, 0.55 + 0.33 * share, day, None, 0)
        whole = float(regions[:, 1].sum() / regions[:, 0].sum())
        figures += self._figures(country.units["cnp"], country.options.police, whole, day, None, 0)
        add_strengths(
            actor=country["commander"],
            mission=country.mission,
            figures=figures,
            source=country.source(country["commander"], f"Police strength return, {day}"),
            reference=f"return-{day}",
            marking=Marking.PUBLIC,
        )

    def _kept(self, at: int, kind: str, share: float) -> bool:
        """True where the district's books hold this kind of figure at this share of the story."""
        indicator = KEPT_FOR.get(kind)
        return indicator is None or self.country.gaps.given(at, indicator, share)

    def _figures(
        self, unit: Unit, planned: int, able: float, day: dt.date, area: Area | None, at: int
    ) -> list[StrengthContent]:
        """Assigned, present, paid and the rest, kept apart as the records keep them."""
        present = min(planned, ceil(planned * (0.5 + 0.46 * able)))
        assigned = max(present, round(planned * min(1.0, 0.62 + 0.37 * able)))
        # In every ninth district more are paid than serve: something to find.
        paid = round(assigned * (1.12 if at % 9 == 4 else 1.01))
        certified = min(present, ceil(present * (0.46 + 0.5 * able)))
        trained = max(certified, round(assigned * min(0.98, 0.5 + 0.47 * able)))
        counts = {
            "authorised_ceiling": round(planned * 1.05),
            "required": planned,
            "assigned": assigned,
            "present": present,
            "paid": paid,
            "eligible": present,
            "certified": certified,
            "trained": trained,
        }
        share = 0.08 + 0.1 * able
        with_women = ("assigned", "present", "certified")
        return [
            StrengthContent(
                unit=unit,
                kind=kind,
                value=value,
                date_from=day,
                date_to=day,
                area=area,
                women=round(value * share) if kind in with_women else None,
            )
            for kind, value in counts.items()
        ]

    def _return_of_others(self, day: dt.date) -> None:
        """Strength of the other forces and of the mission, as the mission planner has it."""
        country = self.country
        entries = [
            *table(country.settings, "other_units"),
            *table(country.settings, "mission_units"),
        ]
        shrinks = 1 - 0.25 * country.share(day)
        figures = []
        for entry in entries:
            code, planned = str(entry["code"]), _number(entry, "strength")
            held = planned * shrinks if code.startswith("un-") else planned * 0.93
            for kind, value in (("authorised_ceiling", planned), ("assigned", held)):
                figures.append(StrengthContent(country.units[code], kind, round(value), day, day))
        for at in range(len(country.provinces)):
            unit = country.units[f"un-ts-{at + 1:02d}"]
            figures.append(StrengthContent(unit, "assigned", 14, day, day))
        add_strengths(
            actor=country["planner"],
            mission=country.mission,
            figures=figures,
            source=country.source(country["planner"], f"Mission order of battle, {day}"),
            reference=f"orbat-{day}",
            marking=Marking.PUBLIC,
        )


def _number(entry: dict[str, object], name: str) -> float:
    return float(cast("float", entry[name]))
