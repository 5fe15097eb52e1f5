"""A person without a mouse, and one without script, do the same work."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.site import Site

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("browser")]

BOARD = "/m/carana/board/"
FURTHEST = 250
"""More stops than any page has: who presses Tab so often is caught in a trap."""

# Where the focus is, and whether a person can see that it is there.
FOCUS = """() => {
  const on = document.activeElement;
  const style = getComputedStyle(on);
  const box = on.getBoundingClientRect();
  return {
    text: (on.innerText || on.value || on.getAttribute("aria-label") || "").trim(),
    name: on.getAttribute("name") || "", tag: on.tagName, href: on.getAttribute("href") || "",
    inCell: !!on.closest("table.board tbody td"),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    shown: box.bottom > 0 && box.top < innerHeight,
  };
}"""


def tab_to(page: Page, wanted: str) -> dict[str, object]:
    """Presses Tab until the focus meets a condition; every stop on the way must be visible."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["tag"] == "BODY":
            continue
        assert stop["ring"], f"no focus ring: {stop}"
        assert stop["shown"], f"focus out of sight: {stop}"
        if page.evaluate(f"() => {{ const on = document.activeElement; return !!({wanted}); }}"):
            return dict(stop)
    raise AssertionError(f"Tab never reached {wanted} on {page.url}")


def test_keys_alone_reach_a_cell_enter_evidence_and_sign_out(site: Site, enter: Enter) -> None:
    page = enter("adviser")
    page.goto(site.url + BOARD)
    page.keyboard.press("Tab")
    assert "skip" in (page.evaluate("document.activeElement.className") or "")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page, "on.closest('table.board tbody td')")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/board/" not in url)
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{site.url}/m/carana/assessments/")
    tab_to(page, "/assessments\\/[0-9a-f-]{36}\\/$/.test(on.pathname || '')")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/assessments/" in url and len(url.rstrip("/")) > 60)
    page.goto(f"{site.url}/m/carana/evidence/new/")
    tab_to(page, "on.name === 'source' || /source/.test(on.name)")
    page.keyboard.type("Visit on foot")
    tab_to(page, "on.tagName === 'BUTTON' && on.type === 'submit' && on.closest('main form')")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator("main")).to_be_visible()
    tab_to(page, "on.tagName === 'SUMMARY' && on.querySelector('.account-name')")
    page.keyboard.press("Enter")
    expect(page.locator(".account-name")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("details.menu[open]")).to_have_count(0)
    page.keyboard.press("Enter")
    tab_to(page, "on.closest('[data-sign-out]')")
    page.keyboard.press("Enter")
    expect(page.locator("header.top .sign-in")).to_be_visible()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_every_step_works_without_script(site: Site, plain: Page) -> None:
    plain.goto(site.url + site.invite("adviser", "plain@test.example"))
    plain.get_by_role("button", name="Enter").click()
    plain.goto(site.url + "/accounts/login/")
    plain.goto(site.url + BOARD)
    expect(plain.locator("table.board tbody td a").first).to_be_visible()
    plain.get_by_label("Sort by").select_option("binding")
    plain.locator("main").get_by_role("button", name="Show").click()
    assert "sort=binding" in plain.url
    plain.locator("details.menu-end summary").first.click()
    plain.get_by_role("button", name="Français").click()
    expect(plain.locator("html")).to_have_attribute("lang", "fr")
