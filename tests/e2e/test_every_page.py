"""Every page of the site, for who sees it: wide and narrow, light and dark, mirrored."""

import gzip
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, StorageState
from playwright.sync_api import Page as Tab

from tests.e2e.addresses import ROLES, Page, open_pages
from tests.e2e.site import Site
from tests.e2e.test_pages import AXE, WCAG

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("browser")]

DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
LATER_PAGE = 10_000
"""What a page may weigh, compressed, once styles and scripts are there."""

RUN = "rules => axe.run(document, {runOnly: rules}).then(r => r.violations)"
WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation",
  e => window.broken.push(e.violatedDirective + " " + e.blockedURI));
"""
# The page must not scroll sideways; the widest culprits say why.
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  const page = document.scrollingElement;
  if (page.scrollWidth <= wide) return null;
  const out = [...document.querySelectorAll("main *, .top *, .foot *")].filter(e => {
    const box = e.getBoundingClientRect();
    const out = box.right > wide + 1 || box.left < -1;
    return out && !e.closest(".table-wrap, .chart-wrap, .vh");
  });
  const named = out.slice(0, 2).map(e => e.outerHTML.slice(0, 90));
  return page.scrollWidth + " px; " + named.join(" | ");
}"""


class Look(NamedTuple):
    """One way of looking at a page."""

    name: str
    size: dict[str, int]
    colours: str
    rules: list[str]


LOOKS = {
    # Structure is the same in every look: axe reads all of it once, then only what a look changes.
    "en": (
        Look("light", DESKTOP, "light", WCAG),
        Look("dark", DESKTOP, "dark", ["color-contrast"]),
        Look("phone", PHONE, "light", ["target-size", "scrollable-region-focusable"]),
        Look("dark phone", PHONE, "dark", []),
    ),
    "ar": (
        Look("mirrored", DESKTOP, "light", ["valid-lang", "html-lang-valid"]),
        Look("mirrored phone", PHONE, "dark", []),
    ),
}


@pytest.fixture(scope="module")
def states(
    site: Site, browser: Browser, signed_in: Callable[[str], StorageState]
) -> dict[str, StorageState | None]:
    """A signed-in browser's state for each role that is asked."""
    return {role: None if role == "guest" else signed_in(role) for role in ROLES}


@pytest.fixture(scope="module")
def every_page(site: Site, browser: Browser, states: dict[str, StorageState | None]) -> list[Page]:
    return open_pages(site, browser, states)


def test_the_walk_reaches_the_pages_of_work(every_page: list[Page]) -> None:
    assert {page.name for page in every_page} >= {
        "board", "area", "assessment", "assessments", "map", "forces", "unit", "incidents",
        "incident", "evidence-new", "standard", "imports", "import", "jobs", "people", "person",
        "compartments", "audit", "missions", "account_login", "mfa_index", "search",
    }  # fmt: skip


@pytest.mark.parametrize("language", LOOKS)
def test_every_page_is_accessible_closed_and_fits(
    language: str,
    site: Site,
    browser: Browser,
    states: dict[str, StorageState | None],
    every_page: list[Page],
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `make assets` with npm")
    axe = AXE.read_text(encoding="utf-8")
    faults: dict[str, list[str]] = defaultdict(list)
    for role in ROLES:
        context = browser.new_context(
            storage_state=states[role], viewport=DESKTOP, reduced_motion="reduce"
        )
        context.add_cookies([{"name": "primacy_language", "value": language, "url": site.url}])
        context.add_init_script(WATCH)
        tab = context.new_page()
        for page in every_page:
            if page.role == role:
                faults[page.path] += seen(tab, site, page, language, axe)
        context.close()
    told = [f"{path}\n    {fault}" for path, some in faults.items() for fault in some]
    assert not told, f"{len(told)} faults\n" + "\n".join(told)


def seen(tab: Tab, site: Site, page: Page, language: str, axe: str) -> list[str]:
    """What is wrong with a page in one language, one line for each fault."""
    faults: list[str] = []

    def request(url: str) -> None:
        if not url.startswith((site.url, "blob:", "data:")):
            faults.append(f"asks another site: {url}")

    listeners = {
        "request": lambda r: request(r.url),
        "console": lambda m: faults.append(f"console: {m.text}") if m.type == "error" else None,
        "pageerror": lambda problem: faults.append(f"script: {problem}"),
    }
    for name, listener in listeners.items():
        tab.on(name, listener)  # type: ignore[call-overload]
    first = LOOKS[language][0]
    tab.set_viewport_size(first.size)  # type: ignore[arg-type]
    tab.emulate_media(color_scheme=first.colours)  # type: ignore[arg-type]
    answer = tab.goto(site.url + page.path)
    assert answer is not None
    weight = len(gzip.compress(answer.body(), 6))
    if weight > LATER_PAGE:
        faults.append(f"weighs {weight} bytes compressed")
    tab.evaluate(axe)
    for look in LOOKS[language]:
        tab.set_viewport_size(look.size)  # type: ignore[arg-type]
        tab.emulate_media(color_scheme=look.colours)  # type: ignore[arg-type]
        wide = tab.evaluate(OVERFLOW)
        if wide:
            faults.append(f"{look.name}: wider than the screen: {wide}")
        for found in tab.evaluate(RUN, look.rules) if look.rules else []:
            shown = " | ".join(n["html"][:110] for n in found["nodes"][:2])
            faults.append(f"{look.name}: {found['id']} ×{len(found['nodes'])}: {shown}")
    faults += [f"policy: {one}" for one in tab.evaluate("window.broken")]
    for name, listener in listeners.items():
        tab.remove_listener(name, listener)
    return faults
