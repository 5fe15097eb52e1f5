"""What a person meets on every page: no accessibility fault, no outside request, no overflow."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.screens import PUBLIC
from tests.e2e.site import ROOT, Site

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("browser")]

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `make assets` with npm")
    return AXE.read_text(encoding="utf-8")


def faults(page: Page, axe: str) -> list[str]:
    """The WCAG faults axe finds on a page, one line each."""
    page.evaluate(axe)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then(r => r.violations)", WCAG
    )
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_accessible_closed_and_fits(
    name: str, site: Site, enter: Enter, axe: str
) -> None:
    page = enter("guest")
    outside: list[str] = []
    errors: list[str] = []
    page.on(
        "request",
        lambda r: (
            outside.append(r.url) if not r.url.startswith((site.url, "blob:", "data:")) else 0
        ),
    )
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.goto(site.url + PUBLIC[name])
    page.wait_for_timeout(1200 if name == "map" else 50)
    assert faults(page, axe) == []
    assert outside == []
    assert [e for e in errors if "404" not in e] == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_signed_in_pages_are_accessible(site: Site, enter: Enter, axe: str) -> None:
    page = enter("planner")
    for path in (
        "/m/timor-leste/imports/",
        "/m/timor-leste/leads/record/",
        "/m/timor-leste/evidence/new/",
        "/m/timor-leste/standard/new/",
        "/m/timor-leste/incidents/new/",
        "/missions/new/",
        "/accounts/password/change/",
    ):
        page.goto(site.url + path)
        assert faults(page, axe) == [], path


def test_board_reads_and_sorts_without_script(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/m/timor-leste/board/?as_of=2010-06-01")
    led = page.locator("table.board").first.locator("tbody tr", has_text="Local, overseen")
    expect(led).to_have_count(6)
    page.get_by_label("Sort by").select_option("binding")
    page.locator("main").get_by_role("button", name="Show").click()
    expect(page.locator("table.board tbody th").first).to_contain_text("Aileu")
    page.get_by_label("As of").fill("2011-03-28")
    page.get_by_role("button", name="Show").first.click()
    led = page.locator("table.board").first.locator("tbody tr", has_text="Local, overseen")
    expect(led).to_have_count(13)
    context.close()


def test_map_shows_areas_and_opens_one(site: Site, enter: Enter) -> None:
    page = enter("guest")
    page.goto(f"{site.url}/m/timor-leste/map/?as_of=2010-06-01")
    page.wait_for_selector(".maplibregl-canvas", timeout=15_000)
    expect(page.locator("[data-count=sites]")).to_be_attached()
    expect(page.locator("body")).to_contain_text("do not imply official")


def test_one_time_link_works_once(site: Site, browser: Browser) -> None:
    path = site.invite("oversight", "once@test.example")
    first, second = browser.new_page(), browser.new_page()
    first.goto(site.url + path)
    first.get_by_role("button", name="Enter").click()
    expect(first.locator("header.top")).to_contain_text("Oversight")
    second.goto(site.url + path)
    second.get_by_role("button", name="Enter").click()
    expect(second.locator("main")).to_contain_text("used already")
    first.close()
    second.close()


def test_hostile_file_name_and_content_are_refused_in_words(
    site: Site, enter: Enter, tmp_path: Path
) -> None:
    file = tmp_path / "..%2f<script>alert(1)<.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    page = enter("planner")
    page.goto(f"{site.url}/m/timor-leste/imports/")
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("button", name="Preview").first.click()
    expect(page.locator("main")).to_contain_text("othing")
    assert "<script>alert" not in page.content()
