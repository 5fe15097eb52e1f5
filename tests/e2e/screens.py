"""Screenshots of each page at both widths, in docs/screens: `make screens`."""

import datetime as dt
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.e2e.conftest import FLAGS
from tests.e2e.site import PEOPLE, ROOT, Site, free_port

FOLDER = ROOT / "docs" / "screens"
WIDTHS = {"desktop": (1366, 768), "phone": (390, 844)}
PUBLIC = {
    "missions": "/missions/",
    "board-timor-leste": "/m/timor-leste/board/?as_of=2010-06-01",
    "board-sierra-leone": "/m/sierra-leone/board/?as_of=2004-09-23",
    "board-liberia": "/m/liberia/board/?as_of=2016-06-30",
    "area": "/m/timor-leste/areas/TL-LA/?as_of=2010-06-01",
    "assessments": "/m/timor-leste/assessments/",
    "map": "/m/timor-leste/map/?as_of=2010-06-01",
    "case": "/m/timor-leste/case/?as_of=2010-06-01",
    "case-liberia": "/m/liberia/case/",
    "forces": "/m/liberia/forces/",
    "standard": "/m/timor-leste/standard/",
    "incidents": "/m/timor-leste/incidents/",
    "sign-in": "/accounts/login/",
    "not-found": "/m/nowhere/board/",
}
SIGNED_IN = {
    "exercise-board": "/m/exercise/board/",
    "exercise-map": "/m/exercise/map/",
    "evidence-new": "/m/exercise/evidence/new/",
    "assessment-new": "/m/exercise/assessments/new/",
    "standard-new": "/m/exercise/standard/new/",
    "imports": "/m/exercise/imports/",
    "leads-record": "/m/exercise/leads/record/",
    "mission-new": "/missions/new/",
}
EVIDENCE = (
    ("certification.certified_present_share", "--count", "79", "--of", "100"),
    ("stability.commander_and_chain", "--value", "1"),
    ("logistics.vehicles_share", "--count", "6", "--of", "10"),
    ("logistics.fuel_days", "--value", "19"),
    ("response.median_minutes", "--value", "48"),
)


def main() -> None:
    """Builds a site, takes the pictures, stops the site."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(home=Path(folder) / "site", port=free_port())
        site.run("demo", "all", "--no-serve")
        assessment = exercise(site)
        link = site.invite("planner")
        site.start()
        try:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            pages = SIGNED_IN | {"assessment": f"/m/exercise/assessments/{assessment}/"}
            state = sign_in(browser, site, link)
            for name, size in WIDTHS.items():
                shoot(browser, site, PUBLIC, name, size, None)
                shoot(browser, site, pages, name, size, state)
            browser.close()
        finally:
            site.stop()
    print(f"Pictures are in {FOLDER.relative_to(ROOT)}")


def exercise(site: Site) -> str:
    """A mission with some evidence and one open assessment; the assessment's id."""
    today = dt.date.today()
    site.run("mission", "new", "Exercise", "--country", "Exercise land", "--code", "exercise")
    shapes = str(ROOT / "data" / "shapes" / "liberia.geojson")
    level = ("--level", "1", "--kind", "county", "--vintage", "exercise")
    site.run("import", "areas", shapes, "--mission", "exercise", *level)
    since = ("--since", (today - dt.timedelta(days=100)).isoformat())
    source = ("--source", "Framework agreement", "--mission", "exercise")
    for place, lead in (("Lofa", "joint"), ("Bong", "joint"), ("Nimba", "mission")):
        site.run("assess", "lead", place, "all", lead, *since, *source)
    site.invite("adviser")
    for indicator, *value in EVIDENCE:
        how = ("--method", "field", "--source", "Joint visit", "--as", PEOPLE["adviser"][0])
        site.run("assess", "observe", "Lofa", indicator, *how, *value, "--mission", "exercise")
    done = site.run(
        *("assess", "open", "Lofa", "patrol_presence", "--to", "local_supported"),
        *("--mission", "exercise"),
    )
    return done.split()[-1]


def sign_in(browser: Browser, site: Site, link: str) -> Path:
    """The stored state of a signed-in browser."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(site.url + link)
    page.get_by_role("button", name="Enter").click()
    path = Path(tempfile.mkstemp(suffix=".json")[1])
    context.storage_state(path=path)
    context.close()
    return path


def shoot(
    browser: Browser,
    site: Site,
    pages: dict[str, str],
    width: str,
    size: tuple[int, int],
    state: Path | None,
) -> None:
    """One picture of each page at one width; complains about errors in the console."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, storage_state=state, locale="en-GB"
    )
    page = context.new_page()
    page.on("console", lambda m: print(m.text, file=sys.stderr) if m.type == "error" else None)
    for name, path in pages.items():
        page.goto(site.url + path)
        page.wait_for_timeout(1500 if "map" in name else 150)
        page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page="map" not in name)
    context.close()


if __name__ == "__main__":
    main()
