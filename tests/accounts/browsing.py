"""A browser over real HTTP: it keeps cookies, sends forms with their token, follows redirects."""

import re
from urllib.parse import urljoin, urlsplit

import requests

SESSION = "sessionid"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Browser:
    """One browser at one site."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.session = requests.Session()
        self.page = requests.Response()

    @property
    def path(self) -> str:
        """Where the browser stands now."""
        return urlsplit(self.page.url).path

    @property
    def status(self) -> int:
        return int(self.page.status_code)

    @property
    def text(self) -> str:
        return str(self.page.text)

    @property
    def session_id(self) -> str:
        """The session this browser carries; empty without one."""
        return str(self.session.cookies.get(SESSION) or "")

    def carry(self, session_id: str) -> None:
        """Puts another session into the browser, as an attacker would."""
        self.session.cookies.clear()
        host = f"{urlsplit(self.site).hostname}.local"
        self.session.cookies.set(SESSION, session_id, domain=host)

    def open(self, path: str) -> "Browser":
        """The browser at this address, or where it leads."""
        self.page = self.session.get(urljoin(self.site, path), timeout=20)
        return self

    def send(self, path: str = "", **fields: str) -> "Browser":
        """The browser after it sent the form of the page it stands on."""
        token = TOKEN.search(self.text)
        assert token is not None, f"no form on {self.path}"
        self.page = self.session.post(
            urljoin(self.page.url, path) if path else self.page.url,
            data={"csrfmiddlewaretoken": token[1], **fields},
            headers={"Referer": self.page.url},
            timeout=20,
        )
        return self

    def whoami(self) -> str:
        """Who the API says this browser is; the error where it opens nothing."""
        answer = self.session.get(urljoin(self.site, "/api/v1/session"), timeout=20).json()
        return str(answer.get("label") or answer.get("error"))
