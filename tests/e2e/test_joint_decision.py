"""Two parties type an assessment in the browser; an area changes hands, or cannot, and why."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.site import PEOPLE, Site

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("browser")]

MISSION = "joint-exercise"
TODAY = dt.date.today()


@pytest.fixture(scope="module")
def mission(site: Site, shapes: Path) -> str:
    """A mission with Timor-Leste's districts, all led jointly."""
    site.invite("human_rights")
    since = (TODAY - dt.timedelta(days=120)).isoformat()
    site.run_all(
        ("mission", "new", "Joint Exercise", "--country", "Exercise land", "--code", MISSION),
        (
            *("import", "areas", str(shapes / "timor_leste.geojson"), "--mission", MISSION),
            *("--level", "1", "--kind", "district", "--vintage", "test"),
        ),
        *(
            (
                *("assess", "lead", area, "patrol_presence", "joint", "--since", since),
                *("--source", "Framework agreement", "--mission", MISSION),
            )
            for area in ("Lautem", "Aileu", "Ermera")
        ),
    )
    return MISSION


def url(site: Site, path: str) -> str:
    return f"{site.url}/m/{MISSION}/{path}"


def open_assessment(page: Page, site: Site, area: str) -> str:
    page.goto(url(site, "assessments/new/"))
    page.get_by_label("Area").select_option(label=area)
    page.get_by_label("Responsibility").select_option(label="Patrol presence")
    page.get_by_label("Step to").select_option("local_supported")
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(area)
    return page.url


def fill_sheet(page: Page, address: str, method: str, certified: int) -> None:
    """Types one side's sheet: every line good, but for the number of certified officers."""
    page.goto(address)
    page.get_by_role("link", name="Enter evidence").click()
    page.get_by_label("This sheet is").select_option(method)
    page.get_by_label("Source", exact=False).first.fill(f"{method} visit")
    for row in page.locator("table.sheet tbody tr").all():
        label = row.locator("th").inner_text()
        fields = row.locator("input")
        if row.locator("select").count():
            row.locator("select").select_option("1")
        elif fields.count() == 2:
            fields.nth(0).fill(str(certified) if "certificate" in label else "95")
            fields.nth(1).fill("100")
        else:
            fields.nth(0).fill("0.5" if "at most" in row.inner_text() else "40")
    for row in page.locator("table.sheet tbody tr").all():
        if "interference" in row.inner_text():
            row.locator("input").fill("0")
    page.get_by_role("button", name="Enter this sheet").click()
    expect(page.get_by_text("values were entered")).to_be_visible()


def seat(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=re.compile("Take a seat")).click()
    expect(page.get_by_text("You have a seat on the team")).to_be_visible()


def survey_and_no_finding(site: Site, area: str) -> None:
    """A survey is entered, and that no grave-violation finding stands, by human rights."""
    site.run_all(
        (
            *("assess", "observe", area, "community.would_report_share", "--method", "survey"),
            *("--source", "Household survey", "--value", "0.66", "--low", "0.61"),
            *("--high", "0.71", "--mission", MISSION),
        ),
        (
            *("assess", "observe", area, "accountability.no_grave_finding", "--method", "records"),
            *("--source", "Due diligence register", "--value", "1", "--mission", MISSION),
            *("--as", PEOPLE["human_rights"][0]),
        ),
    )


def lead_of(site: Site, area: str) -> dict[str, str]:
    board = json.loads(site.run("board", "--mission", MISSION, "--json"))
    row = next(a for a in board["areas"] if a["name"] == area)
    return next(r for r in row["responsibilities"] if r["code"] == "patrol_presence")


def test_three_signatures_hand_patrols_to_the_local_force(
    site: Site, mission: str, enter: Enter
) -> None:
    adviser, commander, ministry = enter("adviser"), enter("commander"), enter("ministry")
    address = open_assessment(adviser, site, "Lautem")
    fill_sheet(commander, address, "self", certified=93)
    fill_sheet(adviser, address, "field", certified=91)
    fill_sheet(adviser, address, "records", certified=91)
    survey_and_no_finding(site, "Lautem")
    for page in (adviser, commander, ministry):
        seat(page, address)
    adviser.goto(address)
    expect(adviser.locator("body")).to_contain_text("ready for the next step")
    adviser.get_by_role("button", name="Freeze the evidence").click()
    expect(adviser.get_by_text("The evidence is frozen.", exact=True)).to_be_visible()
    adviser.get_by_role("button", name="Propose for signature").click()
    expect(adviser.get_by_text("waits for the signatures")).to_be_visible()

    for page in (adviser, commander):
        page.goto(address)
        page.get_by_label("for", exact=True).check()
        page.get_by_role("button", name=re.compile("^Sign for")).click()
        expect(page.get_by_text(re.compile("^Signed"))).to_be_visible()
    assert lead_of(site, "Lautem")["lead"] == "joint", "one signature short: nothing moves"
    commander.goto(address)
    expect(commander.locator("#decision")).to_contain_text("1 signature of the ministry")

    ministry.goto(address)
    ministry.get_by_label("for", exact=True).check()
    ministry.get_by_label("Reservation or dissent").fill("Vehicles must arrive by March.")
    ministry.get_by_role("button", name="Sign for ministry").click()
    expect(ministry.locator("#decision")).to_contain_text("Signed by all parties")
    expect(ministry.locator("#decision")).to_contain_text("Vehicles must arrive by March.")
    moved = lead_of(site, "Lautem")
    assert (moved["lead"], moved["since"]) == ("local_supported", TODAY.isoformat())
    adviser.goto(url(site, "board/"))
    row = adviser.locator("table.board tbody tr", has_text="Lautem")
    expect(row.locator("td").first).to_contain_text("L+")
    expect(adviser.locator("aside")).to_contain_text("Lautem")


def test_seventy_nine_percent_certified_cannot_and_says_how_many_are_missing(
    site: Site, mission: str, enter: Enter
) -> None:
    adviser, commander, ministry = enter("adviser"), enter("commander"), enter("ministry")
    address = open_assessment(adviser, site, "Aileu")
    fill_sheet(commander, address, "self", certified=79)
    fill_sheet(adviser, address, "field", certified=79)
    survey_and_no_finding(site, "Aileu")
    for page in (adviser, commander, ministry):
        seat(page, address)
    adviser.goto(address)
    expect(adviser.locator("tr.binding")).to_contain_text("1 more certified officer")
    adviser.get_by_role("button", name="Freeze the evidence").click()
    adviser.get_by_text("Propose this step").click()
    adviser.get_by_role("button", name="Propose for signature").click()
    refusal = adviser.get_by_role("alert")
    expect(refusal).to_contain_text("1 more certified officer (79 of 100; 80 needed)")
    expect(refusal).to_contain_text("Nothing was changed")
    assert lead_of(site, "Aileu")["lead"] == "joint"


def test_evidence_cannot_be_frozen_with_a_party_missing(
    site: Site, mission: str, enter: Enter
) -> None:
    adviser, commander = enter("adviser"), enter("commander")
    address = open_assessment(adviser, site, "Ermera")
    for page in (adviser, commander):
        seat(page, address)
    adviser.goto(address)
    adviser.get_by_role("button", name="Freeze the evidence").click()
    expect(adviser.get_by_role("alert")).to_contain_text("1 seat of the ministry")


def test_sheet_errors_stand_beside_the_fields_and_keep_what_was_typed(
    site: Site, mission: str, enter: Enter
) -> None:
    adviser = enter("adviser")
    address = open_assessment(adviser, site, "Ermera")
    adviser.goto(address)
    adviser.get_by_role("link", name="Enter evidence").click()
    first = adviser.locator("table.sheet tbody tr", has_text="certificate").first
    first.locator("input").nth(0).fill("120")
    first.locator("input").nth(1).fill("100")
    adviser.get_by_label("Source", exact=False).first.fill("Visit")
    adviser.get_by_role("button", name="Enter this sheet").click()
    expect(adviser.get_by_role("alert")).to_contain_text("more are counted than there are")
    expect(first.locator("input").nth(0)).to_have_value("120")
