"""A private PostgreSQL for tests: `python -m tests.postgres -- COMMAND…` runs COMMAND beside it.

The cluster is Debian's package, made in a temporary folder on a free port of this machine, and
removed afterwards whatever happened. Unless it is asked to be durable it waits for nothing to
reach the disk, so it is fast and good for tests only. `with cluster() as server:` does the same
inside Python.
"""

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import types
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

INSTALLED = Path("/usr/lib/postgresql")
DATABASE = "primacy"
SUPERUSER = "postgres"
OWNER = "primacy_owner"
APPLICATION = "primacy_app"
START_SECONDS = "60"
MISSING = (
    "No PostgreSQL server is installed. On Debian: apt-get install postgresql "
    "(as root, `make postgres` does it)."
)
CONFIGURATION = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
max_connections = 100
max_wal_size = 2GB
logging_collector = off
log_min_messages = warning
log_min_error_statement = panic
timezone = 'UTC'
"""
HASTY = """
shared_buffers = 64MB
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum_naptime = 5min
"""
DURABLE = """
shared_buffers = 512MB
"""


class PostgresMissing(RuntimeError):
    """No PostgreSQL binaries on this machine."""


@dataclass(frozen=True)
class Server:
    """A running cluster: where it listens and how each role reaches it."""

    folder: Path
    port: int
    passwords: Mapping[str, str]

    def url(self, role: str = SUPERUSER, database: str = DATABASE) -> str:
        """The address of a database for a role, over the local network with its password."""
        secret = self.passwords[role]
        return f"postgresql://{role}:{secret}@127.0.0.1:{self.port}/{database}"

    def environment(self) -> dict[str, str]:
        """The variables the test suite reads."""
        return {
            "PRIMACY_TEST_DATABASE_URL": self.url(SUPERUSER),
            "PRIMACY_TEST_OWNER_URL": self.url(OWNER),
            "PRIMACY_TEST_APP_URL": self.url(APPLICATION),
        }

    def new_database(self, name: str = "") -> str:
        """The name of a new, empty database that belongs to the owner role."""
        name = name or f"t_{secrets.token_hex(6)}"
        _sql(self, [f'CREATE DATABASE "{name}" OWNER {OWNER}'])
        _sql(self, [f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC'])
        _sql(self, [f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO {APPLICATION}'])
        _sql(
            self,
            [
                f"ALTER SCHEMA public OWNER TO {OWNER}",
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
                f"GRANT USAGE ON SCHEMA public TO {APPLICATION}",
            ],
            database=name,
        )
        return name


def installed() -> Path | None:
    """The folder of the newest PostgreSQL's programs; None where there is none."""
    found = [
        (int(folder.parent.name), folder)
        for folder in INSTALLED.glob("*/bin")
        if folder.parent.name.isdigit() and (folder / "initdb").exists()
    ]
    if found:
        return max(found)[1]
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[Server]:
    """A running cluster with its roles and an empty database; gone afterwards."""
    programs = installed()
    if programs is None:
        raise PostgresMissing(MISSING)
    # A socket's path may have 107 characters: the folder stays directly under the temporary one.
    folder = Path(tempfile.mkdtemp(prefix="primacy-pg-"))
    folder.chmod(0o755)
    data, passwords = folder / "data", {SUPERUSER: secrets.token_urlsafe(18)}
    passwords.update({role: secrets.token_urlsafe(18) for role in (OWNER, APPLICATION)})
    server = Server(folder, _free_port(), passwords)
    started = False
    try:
        secret = folder / "password"
        with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT, 0o600), "w") as handle:
            handle.write(passwords[SUPERUSER])
        _give_away(folder)
        initdb = ["-D", str(data), "-U", SUPERUSER, "-A", "scram-sha-256", "--no-sync"]
        initdb += [f"--pwfile={secret}", "--encoding=UTF8", "--locale=C.UTF-8"]
        _run([str(programs / "initdb"), *initdb])
        _as_server(["rm", "-f", str(secret)])
        _as_server(
            ["tee", "-a", str(data / "postgresql.conf")],
            given=CONFIGURATION.format(port=server.port, folder=folder)
            + (DURABLE if durable else HASTY),
        )
        control = [str(programs / "pg_ctl"), "-D", str(data)]
        started = True
        _run([*control, "-w", "-t", START_SECONDS, "-l", str(folder / "log"), "start"])
        _make_roles(server)
        yield server
    finally:
        if started:
            stop = [str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
            _as_server(stop, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _make_roles(server: Server) -> None:
    """The three roles: the superuser is there; an owner for the tables, a login for the site."""
    words = server.passwords
    plain = "NOSUPERUSER NOCREATEROLE NOBYPASSRLS"
    _sql(
        server,
        [
            f"CREATE ROLE {OWNER} LOGIN {plain} CREATEDB PASSWORD '{words[OWNER]}'",
            f"CREATE ROLE {APPLICATION} LOGIN {plain} NOCREATEDB PASSWORD '{words[APPLICATION]}'",
        ],
        database="postgres",
    )
    server.new_database(DATABASE)


def _sql(server: Server, statements: Sequence[str], database: str = "postgres") -> None:
    """Runs statements as the superuser, each on its own."""
    import psycopg

    with psycopg.connect(server.url(SUPERUSER, database), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]


def _is_root() -> bool:
    return os.geteuid() == 0


def _give_away(folder: Path) -> None:
    """Hands the folder to the account the server runs as: PostgreSQL refuses to run as root."""
    if _is_root():
        owner = pwd.getpwnam("postgres")
        for path in (folder, *folder.iterdir()):
            os.chown(path, owner.pw_uid, owner.pw_gid)


def _as_server(
    command: list[str], *, given: str | None = None, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """The outcome of a command run as the account that owns the cluster."""
    if _is_root():
        command = ["runuser", "-u", "postgres", "--", *command]
    return subprocess.run(
        command, input=given, text=True, check=check, stdout=subprocess.DEVNULL, cwd="/"
    )


def _run(command: list[str]) -> None:
    """Runs a program of PostgreSQL; its own words where it fails."""
    try:
        _as_server(command)
    except subprocess.CalledProcessError as problem:
        raise RuntimeError(f"{Path(command[0]).name} failed: {problem}") from problem


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _stop_by_signal(number: int, _: types.FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(arguments: Sequence[str]) -> int:
    """The exit code of COMMAND, run with the cluster's addresses in its environment."""
    if list(arguments) == ["--installed"]:
        return 0 if installed() else 3
    command = list(arguments[1:] if arguments[:1] == ["--"] else arguments)
    if not command:
        print("usage: python -m tests.postgres -- COMMAND…", file=sys.stderr)
        return 2
    # SIGTERM would end Python without `finally`, and leave the cluster running.
    signal.signal(signal.SIGTERM, _stop_by_signal)
    signal.signal(signal.SIGHUP, _stop_by_signal)
    try:
        with cluster() as server:
            return _command(command, {**os.environ, **server.environment()})
    except PostgresMissing as problem:
        print(problem, file=sys.stderr)
        return 3


def _command(command: list[str], environment: Mapping[str, str]) -> int:
    """The exit code of a command, which is ended together with this program."""
    process = subprocess.Popen(command, env=dict(environment))
    try:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # the command got the same Ctrl-C and decides itself
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=30)


def hidden(url: str) -> str:
    """The address without its password, for messages."""
    return re.sub(r"://([^:/@]+):[^@]*@", r"://\1:***@", url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
