"""A real site for browser tests: its own folder, the real command line, the real server."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests import empty_site

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "primacy.faces.cli.main"]
SEVERAL = """
import json, sys
from primacy.faces.cli.main import main
for words in json.loads(sys.argv[1]):
    sys.argv = ["primacy", *words]
    try:
        main()
    except SystemExit as end:
        if end.code:
            sys.exit(f"primacy {' '.join(words)}: {end.code}")
"""
START_SECONDS = 40
PEOPLE = {
    # role: (address, organisation, party)
    "planner": ("planner@test.example", "Planning unit", "mission"),
    "adviser": ("adviser@test.example", "Mission police", "mission"),
    "human_rights": ("rights@test.example", "Human rights", "mission"),
    "commander": ("commander@test.example", "Local police", "force"),
    "ministry": ("ministry@test.example", "Interior ministry", "ministry"),
    "oversight": ("oversight@test.example", "Inspectorate", "oversight"),
    "administrator": ("keeper@test.example", "Server office", "mission"),
}


@dataclass
class Site:
    """A served site and the ways into it."""

    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    factors: str = "off"
    database: Mapping[str, str] = field(default_factory=dict)
    """The addresses of its records on PostgreSQL; without them they are in its folder."""
    log: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address of the site."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str, check: bool = True) -> str:
        """The output of a `primacy` command on this site."""
        self._prepare()
        done = subprocess.run(
            [*COMMAND, "--home", str(self.home), *arguments],
            capture_output=True,
            text=True,
            env=self.environment(),
            cwd=ROOT,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"primacy {' '.join(arguments)}: {done.stderr or done.stdout}")
        return done.stdout if check else done.stdout + done.stderr

    def run_all(self, *commands: tuple[str, ...]) -> None:
        """Runs several commands, one after the other, in one process: starting takes longest."""
        self._prepare()
        words = [[*command, "--home", str(self.home)] for command in commands]
        done = subprocess.run(
            [sys.executable, "-c", SEVERAL, json.dumps(words)],
            capture_output=True,
            text=True,
            env=self.environment(),
            cwd=ROOT,
            check=False,
        )
        if done.returncode:
            raise AssertionError(done.stderr or done.stdout)

    def _prepare(self) -> None:
        """A new folder begins with migrated tables; what is on PostgreSQL migrates itself."""
        if not self.database and empty_site.FOLDER in os.environ:
            empty_site.seed(self.home)

    def environment(self) -> dict[str, str]:
        """The environment of the site's processes: nothing of the test run leaks in."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PRIMACY_", "DJANGO_"))}
        own = {"PYTHONPATH": str(ROOT / "src"), "PRIMACY_SECOND_FACTOR": self.factors}
        return {**kept, **own, **self.database}

    def start(self) -> None:
        """Serves the site and waits until it answers."""
        self._prepare()
        self.process = subprocess.Popen(
            [*COMMAND, "--home", str(self.home), "serve", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.environment(),
            cwd=ROOT,
        )
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/missions/", timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the site did not answer in time")

    def stop(self) -> None:
        """Stops the server."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=40)

    def invite(self, role: str, address: str = "") -> str:
        """The path of a one-time link for a new person with this role."""
        usual, organisation, party = PEOPLE[role]
        address = address or usual
        options = ["--name", role.title(), "--organisation", organisation, "--role", role]
        return self._link(
            self.run("account", "create", address, *options, *(["--party", party] if party else []))
        )

    @staticmethod
    def _link(output: str) -> str:
        found = re.search(r"/enter/[\w-]+/", output)
        assert found, output
        return found.group()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
