"""The web server behind `primacy serve`: one process on SQLite, several on PostgreSQL."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, connections
from django.utils.translation import gettext as _

from primacy.faces.cli.working import working_beside
from primacy.platform.database.errors import DatabaseSetupError
from primacy.platform.database.viewer_scope import no_viewer

THREADS = 8
MOST_WORKERS = 8
QUIET_SECONDS = 120
"""A worker silent for so long is replaced; long work runs in the queue, not in a request."""


class TeamServerMissing(DatabaseSetupError):
    """The packages of the extra `team` are not installed."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "On PostgreSQL the site is served by gunicorn, which is not installed. Nothing was "
                "started. Install it with: pip install 'primacy[team]'"
            )
        )


def serve_site(host: str, port: int, workers: int | None = None) -> None:
    """Serves until interrupted; nobody asks until a request does."""
    from primacy.faces.web.board_keeper import boards_kept
    from primacy.faces.web.wsgi import application

    with no_viewer():
        if connection.vendor != "postgresql":
            from waitress import serve as waitress_serve

            with working_beside(), boards_kept():
                waitress_serve(application, host=host, port=port, threads=THREADS, ident="Primacy")
            return
        # A connection must not be shared with the processes made from here on.
        connections.close_all()
        with _worker_beside():
            _gunicorn(application, host, port, workers or default_workers())


def default_workers() -> int:
    """One process a core, and at least two."""
    return min(max(2, os.cpu_count() or 1), MOST_WORKERS)


def _gunicorn(application: Callable[..., object], host: str, port: int, workers: int) -> None:
    """Runs gunicorn's own loop with threads in each process."""
    try:
        from gunicorn.app.base import BaseApplication
    except ImportError as problem:
        raise TeamServerMissing from problem
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    class Site(BaseApplication):  # type: ignore[misc]
        """The site, with settings from here and from no file."""

        def load_config(self) -> None:
            """The settings of the server."""
            for name, value in {
                "bind": address,
                "workers": workers,
                "worker_class": "gthread",
                "threads": THREADS,
                "timeout": QUIET_SECONDS,
                "graceful_timeout": 30,
                # Longer than a person takes over a page, and than a proxy keeps its lines open.
                "keepalive": 75,
                "proc_name": "primacy",
                "loglevel": "warning",
                "post_worker_init": _keep_boards,
            }.items():
                self.cfg.set(name, value)

        def load(self) -> Callable[..., object]:
            """The WSGI application."""
            return application

    Site().run()


def _keep_boards(worker: object) -> None:
    """Starts the thread of one gunicorn process; it ends with the process."""
    from primacy.faces.web.board_keeper import keep_boards

    keep_boards(threading.Event())


@contextmanager
def _worker_beside() -> Iterator[None]:
    """A `primacy worker` for as long as the site is served: a process, as the server forks."""
    process = subprocess.Popen([sys.executable, "-m", "primacy.faces.cli.main", "worker"])
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
