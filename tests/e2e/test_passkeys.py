"""Passkeys and codes in a real browser, with a virtual authenticator, on a real server."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.site import Site, free_port
from tests.e2e.test_pages import AXE, faults

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that demands second factors, as every real one does."""
    home = tmp_path_factory.mktemp("guarded") / "site"
    site = Site(home=home, port=free_port(), factors="required")
    site.start()
    yield site
    site.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context
    context.close()


def at(site: Site, path: str) -> str:
    """An address by name: passkeys belong to a name, never to a number."""
    return f"http://localhost:{site.port}{path}"


def plug_in(page: Page) -> None:
    """Gives the browser an authenticator that knows its owner."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def sign_out(page: Page) -> None:
    page.locator("header.top details.menu", has_text="Account").locator("summary").click()
    page.get_by_role("button", name="Sign out").click()


def test_a_passkey_opens_the_site_and_signs_in_without_password(
    guarded: Site, context: BrowserContext
) -> None:
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    plug_in(page)
    page.goto(at(guarded, guarded.invite("planner")))
    page.get_by_role("button", name="Enter").click()
    expect(page.locator("h1")).to_have_text("Choose a password")
    page.get_by_role("link", name="Not now").click()
    expect(page.locator("h1")).to_have_text("Second factor")
    page.goto(at(guarded, "/missions/"))
    expect(page.locator("main")).to_contain_text("Nothing else opens until you have set one up")
    if AXE.exists():
        assert faults(page, AXE.read_text(encoding="utf-8")) == []
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add").click()
    expect(page.locator("h1")).to_have_text("Recovery codes")
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.goto(at(guarded, "/missions/"))
    expect(page.locator("h1")).to_have_text("Missions")
    sign_out(page)
    page.goto(at(guarded, "/accounts/login/"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("header.top")).to_contain_text("Planner")
    page.goto(at(guarded, "/emergency/"))
    expect(page.locator("h1")).to_have_text("Emergency")
    assert errors == []


def test_the_app_is_set_up_and_asked_for_at_the_next_sign_in(
    guarded: Site, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(at(guarded, guarded.invite("oversight")))
    page.get_by_role("button", name="Enter").click()
    page.get_by_role("link", name="Not now").click()
    page.get_by_role("link", name="Set up the app").click()
    secret = page.locator("[data-secret]").inner_text()
    expect(page.locator("img.factor-code")).to_be_visible()
    page.get_by_label("code").fill(shown(secret))
    page.get_by_role("button", name="Turn on").click()
    page.goto(at(guarded, "/audit/"))
    expect(page.locator("h1")).to_have_text("Audit log")
    sign_out(page)
    page.goto(at(guarded, link_for(guarded, "oversight@test.example")))
    page.get_by_role("button", name="Enter").click()
    expect(page.locator("main")).to_contain_text("code your app shows")
    page.goto(at(guarded, "/audit/"))
    expect(page.locator("h1")).not_to_have_text("Audit log")


def shown(secret: str) -> str:
    """The code the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def link_for(site: Site, address: str) -> str:
    """The path of a new one-time link."""
    found = re.search(r"/enter/[\w-]+/", site.run("account", "link", address))
    assert found is not None
    return found.group()
