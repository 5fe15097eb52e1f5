"""Fixtures of the browser tests; they are skipped, with the reason, where Chromium is missing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.site import Site, free_port

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(home=tmp_path_factory.mktemp("home") / "site", port=free_port())
    site.run("demo", "all", "--no-serve")
    site.start()
    yield site
    site.stop()


Enter = Callable[[str], Page]


@pytest.fixture(scope="session")
def _invited() -> set[str]:
    return set()


@pytest.fixture
def enter(browser: Browser, site: Site, _invited: set[str]) -> Iterator[Enter]:
    """Enters the site as a role, through a one-time link, in a browser of its own."""
    contexts = []

    def enter_as(role: str) -> Page:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        contexts.append(context)
        page = context.new_page()
        if role != "guest":
            path = site.link(role) if role in _invited else site.invite(role)
            _invited.add(role)
            page.goto(site.url + path)
            page.get_by_role("button", name="Enter").click()
        return page

    yield enter_as
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shapes() -> Path:
    return Path(__file__).resolve().parents[2] / "data" / "shapes"
