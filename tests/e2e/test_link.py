"""A thin, slow link: how long a board takes, what a page weighs, what the browser keeps."""

import re
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.site import Site

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("browser")]

BOARD = "/m/carana/board/"
THIN = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
FIRST_VISIT, LATER_VISIT = 5.0, 2.0
FIRST_PAGE, FIRST_MAP, LATER_PAGE = 60_000, 520_000, 10_000

# Seconds until cells stand in the window and the page's own script has run.
USABLE = """() => {
  const cell = document.querySelector("table.board tbody td a");
  const box = cell && cell.getBoundingClientRect();
  const script = performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd;
  return box && box.height > 0 && script > 0 ? performance.now() / 1000 : null;
}"""


class Wire:
    """What crosses the link, in bytes of whole answers, as the browser counts them."""

    def __init__(self, page: Page, link: dict[str, object] | None = None) -> None:
        self.bytes = 0
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on("Network.loadingFinished", self._count)
        if link:
            devtools.send("Network.emulateNetworkConditions", link)

    def _count(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def taken(self) -> int:
        """The bytes since the last question."""
        taken, self.bytes = self.bytes, 0
        return taken


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def usable_after(page: Page, address: str) -> float:
    """Seconds from asking for a board until it can be used."""
    page.goto(address, wait_until="commit")
    handle = page.wait_for_function(USABLE, timeout=30_000)
    return float(handle.json_value())


def test_a_board_over_a_thin_link_is_usable_in_time(site: Site, page: Page) -> None:
    Wire(page, THIN)
    first = usable_after(page, site.url + BOARD)
    page.wait_for_load_state("load")
    later = usable_after(page, site.url + BOARD)
    print(f"\nboard at 400 kb/s, 400 ms: first {first:.2f} s, later {later:.2f} s")
    assert first <= FIRST_VISIT
    assert later <= LATER_VISIT


def test_a_first_and_a_later_page_stay_within_their_weight(site: Site, page: Page) -> None:
    wire = Wire(page)
    page.goto(site.url + BOARD, wait_until="networkidle")
    first = wire.taken()
    weights = {}
    for name in ("forces", "incidents", "assessments", "standard", "board"):
        page.goto(f"{site.url}/m/carana/{name}/", wait_until="networkidle")
        weights[name] = wire.taken()
    print(f"\nfirst page {first} bytes, later pages {weights}")
    assert first <= FIRST_PAGE
    assert {name: size for name, size in weights.items() if size > LATER_PAGE} == {}


def test_a_first_page_with_a_map_stays_within_its_weight(site: Site, page: Page) -> None:
    wire = Wire(page)
    page.goto(f"{site.url}/m/carana/map/")
    page.wait_for_selector(".maplibregl-canvas", timeout=30_000)
    page.wait_for_load_state("networkidle")
    weight = wire.taken()
    print(f"\nfirst page with a map {weight} bytes")
    assert weight <= FIRST_MAP


def test_what_never_changes_is_kept_and_the_rest_is_asked_again(site: Site) -> None:
    with urlopen(site.url + BOARD) as answer:
        html = answer.read().decode()
        assert "no-cache" in answer.headers["Cache-Control"]
    linked = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', html))
    assert len(linked) > 4
    for address in linked:
        with urlopen(site.url + address) as answer:
            assert "immutable" in answer.headers["Cache-Control"], address
    plain = re.sub(r"/static/[0-9a-f]+/", "/static/", min(linked))
    with urlopen(site.url + plain) as answer:
        assert "immutable" not in answer.headers["Cache-Control"]
