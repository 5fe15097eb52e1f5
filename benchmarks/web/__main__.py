"""`make bench-web`: twenty officers on the big country, on SQLite and PostgreSQL.

The country is built once and kept under .bench. The run ends with a count: every write that was
acknowledged must be there, and the audit chain must hold. `--quick` builds a small country.
"""

import argparse
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.web.officers import M, Officer, Tally, work

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"big": ("500", "150000", "1000000"), "quick": ("8", "400", "300")}
STARTS_WITHIN = STOPS_WITHIN = 60
READY_WITHIN = 240
QUICK = 0.5
QUICK_IN_A_ROW = 12


def main() -> None:
    """Runs what was asked for, prints a table, writes the JSON; fails on an error or a loss."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="a small country and a short run")
    asked.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    asked.add_argument("--officers", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--home", type=Path, help="a site that is built already")
    given = asked.parse_args()
    size = "quick" if given.quick else "big"
    kinds = ("sqlite", "postgresql") if given.database == "both" else (given.database,)
    results = {kind: measured(kind, size, given) for kind in kinds}
    path = ROOT / "benchmarks" / "results" / f"web{'_quick' if given.quick else ''}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    for kind, result in results.items():
        show(kind, result)
    if any(
        result["lost"] or result["errors"] or not result["chain"] for result in results.values()
    ):
        sys.exit("A write was lost, an answer failed, or the audit chain does not hold.")


def measured(kind: str, size: str, given: argparse.Namespace) -> dict[str, object]:
    """The figures of one database."""
    home = given.home or ROOT / ".bench" / size / kind
    home.mkdir(parents=True, exist_ok=True)
    with database(kind) as more:
        env = {**os.environ, "PRIMACY_HOME": str(home), **more}
        call(env, "build", *SIZES[size])
        site = json.loads(call(env, "sessions", str(given.officers)))
        marker = f"run {secrets.token_hex(4)}"
        with serving(env) as (port, process):
            ready = until_ready(port, site)
            seconds = 5.0 if given.quick else given.seconds
            work(port, site, given.officers, seconds / 3, f"warm {marker}")
            started = time.monotonic()
            tally = work(port, site, given.officers, seconds, marker)
            took = time.monotonic() - started
            memory = resident(process)
        found = json.loads(call(env, "count", marker))
    about = {"cold_start_seconds": ready, "server_mb": memory}
    return {**figures(tally, took), **about, **losses(tally, found)}


@contextmanager
def database(kind: str) -> Iterator[dict[str, str]]:
    """The environment of a database: nothing for SQLite, a private cluster for PostgreSQL."""
    if kind == "sqlite":
        yield {}
        return
    from tests.postgres import APPLICATION, OWNER, cluster

    with cluster(durable=True) as server:
        name = server.new_database()
        yield {
            "PRIMACY_DATABASE_URL": server.url(APPLICATION, name),
            "PRIMACY_DATABASE_OWNER_URL": server.url(OWNER, name),
        }


def call(env: dict[str, str], *words: str) -> str:
    """What one act of the site printed."""
    command = [sys.executable, "-m", "benchmarks.web.site", *words]
    done = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode()


@contextmanager
def serving(env: dict[str, str]) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A running server and its port, as `primacy serve` starts it on this database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "benchmarks.web.site", "serve", str(port)]
    env = {**env, "DJANGO_SETTINGS_MODULE": "primacy.settings.embedded"}
    process = subprocess.Popen(words, env=env, cwd=ROOT)
    try:
        wait_for(port)
        yield port, process
    finally:
        process.terminate()
        process.wait(STOPS_WITHIN)


def wait_for(port: int) -> None:
    """Nothing, once the server answers."""
    end = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/floor/", timeout=5).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def until_ready(port: int, site: dict[str, object]) -> float:
    """Seconds until each process of the server answers the board at once."""
    started, quick = time.monotonic(), 0
    while quick < QUICK_IN_A_ROW:
        asked = time.monotonic()
        if asked - started > READY_WITHIN:
            sys.exit(f"The board was not answered within {QUICK:.1f} s for {READY_WITHIN} s.")
        officer = Officer(0, port, site, Tally(), 0.0, "")
        try:
            status = officer.ask("GET", f"{M}/board/", {})
        except TimeoutError:
            status = 0
        if status not in (0, 200):
            sys.exit(f"The board answered {status}.")
        quick = quick + 1 if time.monotonic() - asked < QUICK else 0
        officer.line.close()
        time.sleep(0.2)
    return round(time.monotonic() - started, 1)


def resident(process: subprocess.Popen[bytes]) -> int:
    """Megabytes of memory the server and its workers hold."""
    rows = subprocess.run(
        ["ps", "-o", "rss=", "--pid", str(process.pid), "--ppid", str(process.pid)],
        stdout=subprocess.PIPE,
        check=True,
    )
    return sum(map(int, rows.stdout.split())) // 1024


def figures(tally: Tally, took: float) -> dict[str, object]:
    """Percentiles in milliseconds, by route and of all routes but the floor."""
    everything = [t for route, some in tally.seconds.items() if route != "floor" for t in some]
    rows = {"all": everything, **tally.seconds}
    return {
        "requests_per_second": round(len(everything) / took, 1),
        "milliseconds": {
            route: {
                "requests": len(some),
                "p50": percentile(some, 0.50),
                "p95": percentile(some, 0.95),
                "p99": percentile(some, 0.99),
            }
            for route, some in rows.items()
        },
        "errors": sum(map(len, tally.errors.values())),
        "first_errors": {route: some[:3] for route, some in tally.errors.items()},
    }


def percentile(values: list[float], share: float) -> int:
    """The value in milliseconds that this share of all stays within."""
    ordered = sorted(values) or [0.0]
    return round(1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)])


def losses(tally: Tally, found: dict[str, object]) -> dict[str, object]:
    """Writes acknowledged, found again, and lost."""
    said = {
        "evidence": tally.acknowledged["evidence entry"],
        "incidents": tally.acknowledged["incident entry"],
    }
    lost = {kind: said[kind] - int(str(found[kind])) for kind in said}
    return {
        "acknowledged": said,
        "lost": sum(max(0, n) for n in lost.values()),
        "chain": bool(found["chain"]),
    }


def show(kind: str, result: dict[str, object]) -> None:
    """Nothing; prints one database's figures."""
    print(
        f"\n{kind}: {result['requests_per_second']} requests/s, {result['server_mb']} MB, "
        f"first boards ready in {result['cold_start_seconds']} s,",
        end=" ",
    )
    print(f"{result['errors']} errors, {result['lost']} writes lost of {result['acknowledged']}")
    print(f"  {'route':<26}{'n':>6}{'p50':>7}{'p95':>7}{'p99':>7}  ms")
    for route, row in result["milliseconds"].items():  # type: ignore[attr-defined]
        print(f"  {route:<26}{row['requests']:>6}{row['p50']:>7}{row['p95']:>7}{row['p99']:>7}")
    for route, some in result["first_errors"].items():  # type: ignore[attr-defined]
        print(f"  {route}: {some}")


if __name__ == "__main__":
    main()
