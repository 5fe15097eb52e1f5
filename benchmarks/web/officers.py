"""The client: officers who read and write over HTTP, each with a session and a connection kept."""

import datetime as dt
import http.client
import random
import threading
import time
import urllib.parse
from collections import defaultdict
from dataclasses import dataclass, field

MIX = {
    # route: of a hundred requests
    "board": 26,
    "board sorted, later page": 10,
    "area": 14,
    "assessment": 10,
    "map areas": 5,
    "map incidents": 5,
    "incidents": 12,
    "evidence entry": 8,
    "incident entry": 6,
    "floor": 4,
}
M = "/m/carana"
THINKS = (2.0, 4.0)
"""Seconds between one answer and the next question of an officer."""


@dataclass
class Tally:
    """What one run measured, by route."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    acknowledged: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lock: threading.Lock = field(default_factory=threading.Lock)


class Officer(threading.Thread):
    """One person who asks for page after page until the time is over."""

    def __init__(
        self, number: int, port: int, site: dict[str, object], tally: Tally, end: float, marker: str
    ) -> None:
        super().__init__(daemon=True)
        self.chance = random.Random(number)
        self.site, self.tally, self.end, self.marker = site, tally, end, marker
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.token = "".join(self.chance.choices("abcdefghij0123456789", k=32))
        cookie = self.site["cookies"][number]  # type: ignore[index]
        self.cookie = f"{site['name']}={cookie}; {site['csrf']}={self.token}"

    def run(self) -> None:
        """Asks until the end; they do not all come in by the same second."""
        time.sleep(self.chance.uniform(0, THINKS[1]))
        while time.monotonic() < self.end:
            route = self.chance.choices(list(MIX), list(MIX.values()))[0]
            method, address, form = self.request_for(route)
            started = time.perf_counter()
            try:
                status = self.ask(method, address, form)
            except (OSError, http.client.HTTPException) as problem:
                self.line.close()
                status = f"{type(problem).__name__}"
            took = time.perf_counter() - started
            wanted = 302 if method == "POST" else 200
            with self.tally.lock:
                self.tally.seconds[route].append(took)
                if status != wanted:
                    self.tally.errors[route].append(f"{status} {address}")
                elif method == "POST":
                    self.tally.acknowledged[route] += 1
            time.sleep(self.chance.uniform(*THINKS))

    def ask(self, method: str, address: str, form: dict[str, str]) -> int:
        """The status of the answer."""
        headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip"}
        body = None
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.token
            body = urllib.parse.urlencode(form)
        self.line.request(method, address, body, headers)
        answer = self.line.getresponse()
        answer.read()
        return answer.status

    def request_for(self, route: str) -> tuple[str, str, dict[str, str]]:
        """Method, address and form of the next request."""
        area, code = self.chance.choice(self.site["areas"])  # type: ignore[arg-type]
        today = dt.date.today().isoformat()
        reads = {
            "board": f"{M}/board/",
            "board sorted, later page": f"{M}/board/?sort=binding&page={self.chance.randint(1, 8)}",
            "area": f"{M}/areas/{code}/",
            "map areas": f"{M}/map/areas.geojson",
            "map incidents": f"{M}/map/incidents.geojson?incidents=90",
            "incidents": f"{M}/incidents/",
            "floor": "/floor/",
        }
        if route == "assessment":
            return "GET", f"{M}/assessments/{self.chance.choice(self.site['assessments'])}/", {}  # type: ignore[arg-type]
        if route == "evidence entry":
            return (
                "POST",
                f"{M}/evidence/new/",
                {
                    "area": area,
                    "indicator": "logistics.fuel_days",
                    "method": "field",
                    "observed_on": today,
                    "value": str(self.chance.randint(1, 30)),
                    "source": "Joint visit",
                    "note": f"{self.marker} {self.chance.random()}",
                    "marking": "1",
                },
            )
        if route == "incident entry":
            return (
                "POST",
                f"{M}/incidents/new/",
                {
                    "area": area,
                    "type": "crime",
                    "date_start": today,
                    "date_precision": "1",
                    "where_precision": "3",
                    "deaths_best": "0",
                    "headline": f"{self.marker} {self.chance.random()}",
                    "source": "Patrol report",
                    "marking": "1",
                },
            )
        return "GET", reads[route], {}


def work(port: int, site: dict[str, object], officers: int, seconds: float, marker: str) -> Tally:
    """What the officers measured."""
    tally, end = Tally(), time.monotonic() + seconds
    people = [Officer(n, port, site, tally, end, marker) for n in range(officers)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return tally
