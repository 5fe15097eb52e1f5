"""A site as a team has it, served by gunicorn: kept connections that hand nobody's rights on."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from tests.database.conftest import COMMAND, TeamSite, requires_postgresql

pytestmark = requires_postgresql()

WORKERS, THREADS = 2, 8
START_SECONDS = 60
TWO_PEOPLE = """
import datetime as dt, json, django
django.setup()
from django.test import Client
from primacy.platform.accounts.actions import create_account, ensure_organisation, grant_role
from primacy.platform.database.viewer_scope import viewer_scope
from primacy.platform.policy import operator
from primacy.rooms.incidents.actions import enter_incident
from primacy.rooms.incidents.models.incident import IncidentType
from primacy.rooms.places.facade import create_mission
me, keys = operator("test"), {}
with viewer_scope(me):
    police = ensure_organisation(actor=me, name="Mission police", party="mission")
    for code in ("alpha", "beta"):
        mission = create_mission(
            actor=me, code=code, name=code, short_name=code, country=code, open_to_guests=False
        )
        enter_incident(
            actor=me, mission=mission, type=IncidentType.STATE_BASED,
            date_start=dt.date(2026, 1, 3), lat=1.0, lon=1.0,
            headline=f"Shots in {code}", source="Daily report",
        )
        account = create_account(
            actor=me, email=f"{code}@example.org", name=code, organisation=police
        )
        grant_role(actor=me, account=account, role="adviser", mission_id=mission.pk)
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        keys[code] = client.cookies["sessionid"].value
print(json.dumps(keys))
"""


@dataclass
class Served:
    """A served site and a session for one adviser of each of its two missions."""

    site: TeamSite
    process: subprocess.Popen[bytes]
    port: int
    sessions: dict[str, str]

    def get(self, who: str, path: str) -> tuple[int, str]:
        """Status and text of a page, as this person sees it."""
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}")
        if who:
            asked.add_header("Cookie", f"sessionid={self.sessions[who]}")
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as problem:
            return problem.code, problem.read().decode()

    def connections(self) -> int:
        """Connections of the site's role to its database."""
        with self.site.connect("PRIMACY_TEST_DATABASE_URL") as raw:
            found = raw.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = %s AND usename = 'primacy_app'",
                [self.site.database],
            ).fetchone()
        assert found is not None
        return int(found[0])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def served(team_site: TeamSite) -> Iterator[Served]:
    given = {
        **team_site.environment(),
        "PRIMACY_SECOND_FACTOR": "off",
        "PRIMACY_STATEMENT_SECONDS": "1",
        "DJANGO_SETTINGS_MODULE": "primacy.settings.embedded",
    }
    made = subprocess.run(
        [sys.executable, "-c", TWO_PEOPLE], env=given, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port), "--workers", str(WORKERS)],
        env=given,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    served = Served(team_site, process, port, json.loads(made.stdout.splitlines()[-1]))
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            served.get("", "/missions/")
            break
        except OSError:
            time.sleep(0.2)
    yield served
    if process.poll() is None:
        process.terminate()
        process.wait(timeout=60)


def interleaved(look: Callable[[str], object], times: int) -> list[object]:
    """What each saw, many at once, turn by turn."""
    turns = ["alpha", "beta", ""] * times
    with ThreadPoolExecutor(WORKERS * THREADS) as pool:
        return list(pool.map(look, turns))


def looked(served: Served, who: str) -> tuple[str, frozenset[str]]:
    """Who looked, and whose incidents were in any answer."""
    texts = [served.get(who, f"/m/{code}/incidents.csv")[1] for code in ("alpha", "beta")]
    return who, frozenset(
        code for code in ("alpha", "beta") if any(f"Shots in {code}" in text for text in texts)
    )


RIGHT = {
    ("alpha", frozenset({"alpha"})),
    ("beta", frozenset({"beta"})),
    ("", frozenset[str]()),
}


def test_two_people_on_kept_connections_see_their_own_and_a_failed_page_changes_nothing(
    served: Served,
) -> None:
    assert set(interleaved(lambda who: looked(served, who), 16)) == RIGHT
    kept = served.connections()
    # Eight threads in each process, the thread that keeps boards, and the worker of the queue.
    assert kept <= WORKERS * (THREADS + 1) + 2
    with served.site.connect("PRIMACY_TEST_OWNER_URL") as raw, raw.transaction():
        # Every page that reads incidents runs into the time limit in the middle of its work.
        raw.execute("LOCK TABLE incidents_incident IN ACCESS EXCLUSIVE MODE")
        failed = interleaved(lambda who: served.get(who, f"/m/{who}/incidents/")[0], 4)
    assert 500 in failed
    assert 200 not in failed
    assert set(interleaved(lambda who: looked(served, who), 16)) == RIGHT
    assert served.connections() <= kept + WORKERS * THREADS


def test_connections_are_kept_between_requests_and_not_one_more_is_made(served: Served) -> None:
    def pids() -> set[int]:
        with served.site.connect("PRIMACY_TEST_DATABASE_URL") as raw:
            rows = raw.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename = 'primacy_app'",
                [served.site.database],
            ).fetchall()
        return {int(pid) for (pid,) in rows}

    interleaved(lambda who: looked(served, who), 8)
    before = pids()
    interleaved(lambda who: looked(served, who), 8)
    assert len(pids() | before) <= WORKERS * (THREADS + 1) + 2


def test_the_server_ends_cleanly_and_leaves_no_connection(served: Served) -> None:
    served.process.send_signal(signal.SIGTERM)
    _, said = served.process.communicate(timeout=40)
    assert served.process.returncode == 0, said.decode()
    assert b"Traceback" not in said, said.decode()
    end = time.monotonic() + 10
    while served.connections() and time.monotonic() < end:
        time.sleep(0.1)
    assert served.connections() == 0
    with pytest.raises(OSError, match="refused"):
        served.get("", "/missions/")
