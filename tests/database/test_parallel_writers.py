"""Many writers at once: no write is lost and the chain of the audit log stays whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.database.conftest import COMMAND, OURS

ACTS = 15
WRITERS = {"sqlite": 5, "postgresql": 8}
WRITER = """
import sys, django
django.setup()
from primacy.platform.accounts.actions import ensure_organisation
from primacy.platform.database.viewer_scope import viewer_scope
from primacy.platform.policy import operator
me = operator("writer")
sys.stdin.readline()  # all start together
with viewer_scope(me):
    for number in range(int(sys.argv[2])):
        ensure_organisation(actor=me, name=f"writer {sys.argv[1]} {number}")
"""
COUNT = """
import django
django.setup()
from primacy.platform.accounts.models import Organisation
from primacy.platform.audit.models import AuditEntry
made = AuditEntry.objects.filter(actor_label__contains="writer")
made = made.filter(action="accounts.organisation.create")
print(Organisation.objects.filter(name__startswith="writer ").count(), made.count())
"""


@pytest.fixture
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """A site of its own on the database under test."""
    if connection.vendor == "postgresql":
        given = request.getfixturevalue("team_site").environment()
    else:
        given = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        given["PRIMACY_HOME"] = str(tmp_path / "site")
        subprocess.run([*COMMAND, "account", "list"], env=given, check=True, capture_output=True)
    return {**given, "DJANGO_SETTINGS_MODULE": "primacy.settings.embedded"}


def test_parallel_writers_lose_nothing_and_keep_the_chain(environment: dict[str, str]) -> None:
    count = WRITERS[connection.vendor]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(number), str(ACTS)],
            env=environment,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(count)
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    problems = [writer.communicate(timeout=100)[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * count, problems
    done = subprocess.run(
        [sys.executable, "-c", COUNT], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(count * ACTS)] * 2
    verified = subprocess.run(
        [*COMMAND, "audit", "verify"], env=environment, capture_output=True, text=True, check=False
    )
    assert verified.returncode == 0, verified.stdout + verified.stderr
