"""Fixtures of the browser tests; they are skipped, with the reason, where Chromium is missing."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from tests.database.conftest import drop_database, new_database, url
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

SMALL_CARANA = ("--districts", "10", "--police", "1500", "--incidents", "2000")


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
    with database() as addresses:
        site = Site(
            home=tmp_path_factory.mktemp("home") / "site", port=free_port(), database=addresses
        )
        site.run("demo", "all", *SMALL_CARANA, "--no-serve")
        site.start()
        yield site
        site.stop()


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """Where the site keeps its records: a new database where the tests run on PostgreSQL."""
    if not os.environ.get("PRIMACY_TEST_DATABASE_URL"):
        yield {}
        return
    name = f"e2e_{os.getpid()}"
    new_database(name)
    try:
        yield {
            "PRIMACY_DATABASE_URL": url("PRIMACY_TEST_APP_URL", name),
            "PRIMACY_DATABASE_OWNER_URL": url("PRIMACY_TEST_OWNER_URL", name),
        }
    finally:
        drop_database(name)


Enter = Callable[[str], Page]


@pytest.fixture(scope="session")
def _signed_in() -> dict[str, StorageState]:
    """Where each role's browser left off after its one-time link, so that it signs in once."""
    return {}


@pytest.fixture(scope="session")
def signed_in(
    browser: Browser, site: Site, _signed_in: dict[str, StorageState]
) -> Callable[[str], StorageState]:
    """The state of a browser signed in as a role, through a one-time link, once a run."""

    def state_of(role: str) -> StorageState:
        if role not in _signed_in:
            context = browser.new_context()
            page = context.new_page()
            page.goto(site.url + site.invite(role))
            page.get_by_role("button", name="Enter").click()
            _signed_in[role] = context.storage_state()
            context.close()
        return _signed_in[role]

    return state_of


@pytest.fixture
def enter(browser: Browser, site: Site, _signed_in: dict[str, StorageState]) -> Iterator[Enter]:
    """Enters the site as a role, through a one-time link, in a browser of its own."""
    contexts = []

    def enter_as(role: str) -> Page:
        context = browser.new_context(
            viewport={"width": 1366, "height": 768}, storage_state=_signed_in.get(role)
        )
        contexts.append(context)
        page = context.new_page()
        if role != "guest" and role not in _signed_in:
            page.goto(site.url + site.invite(role))
            page.get_by_role("button", name="Enter").click()
            _signed_in[role] = context.storage_state()
        return page

    yield enter_as
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shapes() -> Path:
    return Path(__file__).resolve().parents[2] / "data" / "shapes"
