"""The command line in this process on built cases, and as a program of its own on a folder."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from primacy.demo.case import CASES, build_case
from primacy.faces.cli.main import main
from primacy.platform.policy import operator
from tests.empty_site import seed
from tests.rooms.persons.conftest import make_person, make_unit

__all__ = ["make_person", "make_unit"]


@dataclass(frozen=True)
class Outcome:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def built_cases(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All three cases, built once for the module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        for case in CASES:
            build_case(actor=operator("test"), case=case, progress=lambda what: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def run(db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command by the real entry point, in this process."""

    def run_here(*arguments: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["primacy", *arguments])
        # A wide terminal, so that no table breaks a sentence that a test looks for.
        monkeypatch.setenv("COLUMNS", "250")
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1 if end.code else 0
        printed = capsys.readouterr()
        return Outcome(code, printed.out, printed.err)

    return run_here


@pytest.fixture
def cases(built_cases: None, run: Run) -> Run:
    """The same, where the three cases are built."""
    return run


def program(*arguments: str, **variables: str) -> Outcome:
    """Runs a command as a program of its own, with these variables set; costs seconds."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PRIMACY", "DJANGO"))}
    done = subprocess.run(
        [sys.executable, "-m", "primacy.faces.cli.main", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment | {"COLUMNS": "250"} | variables,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def timor_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `primacy demo timor-leste --no-serve` has run."""
    home = tmp_path_factory.mktemp("timor") / "site"
    seed(home)
    done = program("demo", "timor-leste", "--no-serve", "--home", str(home))
    assert done.code == 0, done.err
    assert "Next: primacy board --mission timor-leste" in done.out
    return home
