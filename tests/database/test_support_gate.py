"""Fifty who hand over at once, against one who suspends: none gets through afterwards."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.db import DEFAULT_DB_ALIAS, connection
from pytest_django import DjangoDbBlocker

from primacy.platform.archive.places import DATABASE_FILE, Place, folder_site, site_at
from primacy.platform.database.owner import seeing_every_row
from tests import empty_site
from tests.archive.places import inside
from tests.database.conftest import OURS, url
from tests.rooms.support.conftest import money, small_desk

ROOT = Path(__file__).resolve().parents[2]
THREADS = 25
BEGIN = "import sys, django; django.setup()\n"
SHARED = """
import random, threading, time, traceback
from django.db import connection
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.database.viewer_scope import viewer_scope
from primacy.rooms.support import actions
from primacy.rooms.support.errors import NotCleared
from primacy.rooms.support.models import Delivery, Recipient, SupportCase
from decimal import Decimal
from django.utils import timezone
def person(label):
    return viewer_of(Account.objects.get(email__startswith=label + "@"))
def handed():
    return actions.Handed("Diesel", Decimal(1), "litres", timezone.localdate(), "Note")
problems = []
def alone(work):
    try:
        work()
    except Exception:
        problems.append(traceback.format_exc())
    finally:
        connection.close()
def together(works):
    threads = [threading.Thread(target=alone, args=(work,)) for work in works]
    sys.stdin.readline()  # all start together
    [one.start() for one in threads]
    [one.join() for one in threads]
    sys.exit("\\n".join(problems) or 0)
"""
DELIVERING = """
me = person("planner")
def handing_over():
    with viewer_scope(me):
        for _attempt in range(500):
            try:
                actions.deliver(actor=me, recipient=Recipient.objects.get(), handed=handed())
            except NotCleared:
                return
            time.sleep(random.random() / 5)
    raise RuntimeError("never refused")
together([handing_over] * int(sys.argv[1]))
"""
BESIDE = """
me, officer = person("planner"), person("human_rights")
def reporting():
    with viewer_scope(me):
        case = SupportCase.objects.get()
        for number in range(8):
            actions.report_unassessed(actor=me, mission=case.mission, kind="fuel", named="A patrol",
                                      handed=handed())
def visiting():
    with viewer_scope(officer):
        case = SupportCase.objects.get()
        for number in range(8):
            actions.plan_visit(actor=officer, case=case, planned_on=timezone.localdate(),
                               what="The tanks", owner="Monitors")
            actions.note_command(actor=officer, case=case)
def asking():
    with viewer_scope(me):
        case = SupportCase.objects.get()
        unit = case.recipients.get().unit
        for number in range(20):
            actions.ask_gate(actor=me, mission=case.mission, purpose="fuel",
                             day=timezone.localdate(), unit=unit)
def suspending():
    with viewer_scope(person("leader")) as _scope:
        while Delivery.objects.filter(standing="accepted").count() < 10:
            time.sleep(0.02)
        case = SupportCase.objects.get()
        actions.suspend(actor=person("leader"), mission=case.mission, reason="Beatings.",
                        told_host="Conduct.", unit=case.recipients.get().unit.parent)
together([reporting, visiting, asking, suspending])
"""
COUNTED = """
SELECT (SELECT MAX(sequence) FROM audit_auditentry WHERE action = 'support.delivery.accept'),
(SELECT MAX(sequence) FROM audit_auditentry WHERE action = 'support.suspension.order'),
(SELECT COUNT(*) FROM audit_auditentry WHERE action = 'support.delivery.accept'),
(SELECT COUNT(*) FROM support_delivery WHERE standing = 'accepted'),
(SELECT COUNT(*) FROM support_delivery WHERE standing = 'unassessed'),
(SELECT state FROM support_supportcase)
"""


@dataclass(frozen=True)
class Site:
    """A site of its own with one case in force, on the database under test."""

    environment: dict[str, str]
    place: Place
    address: str

    def query(self, statement: str) -> tuple[object, ...]:
        """The one row of a query, as a stranger to the program reads it."""
        if self.address:
            with psycopg.connect(self.address) as raw:
                found = raw.execute(statement).fetchone()  # type: ignore[arg-type]
        else:
            with closing(sqlite3.connect(self.place.folder / DATABASE_FILE)) as base:
                found = base.execute(statement).fetchone()
        assert found is not None
        return tuple(found)


@pytest.fixture
def site(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Site:
    """A desk with a case for so much fuel that it never runs out."""
    settings = {"DJANGO_SETTINGS_MODULE": "primacy.settings.embedded"}
    if connection.vendor == "postgresql":
        team = request.getfixturevalue("team_site")
        owner = url("PRIMACY_TEST_OWNER_URL", team.database)
        place = Place(tmp_path, site_at(owner).database)
        address = url("PRIMACY_TEST_DATABASE_URL", team.database)
        made = Site({**team.environment(owner=False), **settings}, place, address)
    else:
        folder = tmp_path / "site"
        empty_site.seed(folder)
        given = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        made = Site({**given, "PRIMACY_HOME": str(folder), **settings}, folder_site(folder), "")
    with django_db_blocker.unblock(), inside(made.place):
        with seeing_every_row(DEFAULT_DB_ALIAS) if made.address else nullcontext():
            desk = small_desk()
            desk.active(quantity=money(1_000_000))
    return made


def test_nothing_is_handed_over_once_the_suspension_stands(site: Site) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", BEGIN + SHARED + work, str(THREADS)], env=site.environment,
            text=True, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
        )
        for work in (DELIVERING, DELIVERING, BESIDE)
    ]  # fmt: skip
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    problems = [one.communicate(timeout=100)[1] for one in running]
    assert [one.returncode for one in running] == [0] * len(running), "\n".join(problems)[-3000:]
    last, stopped, accepted, kept, around, state = site.query(COUNTED)
    # Everything that was let through stands before the suspension in the log that orders all acts.
    assert (last < stopped, accepted == kept) == (True, True)  # type: ignore[operator]
    assert accepted >= 10  # type: ignore[operator]
    assert (around, state) == (8, "suspended")
