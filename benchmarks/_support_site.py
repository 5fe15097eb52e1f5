"""A site with very many cases of support, written as rows into a folder that is thrown away.

The gate refuses a new case that is not a draft; for this database alone its trigger is taken away
while the rows are written, and put back as it was.
"""

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from primacy.platform.accounts.models import Account
    from primacy.platform.policy import Viewer
    from primacy.rooms.forces.facade import Unit
    from primacy.rooms.places.facade import Mission
    from primacy.rooms.support.models import PolicyVersion

AT_ONCE = 2_000
OPEN = ("draft", "submitted", "validated", "screening", "consolidated", "decision", "deferred",
        "approved", "approved_with_conditions", "active", "monitored", "interceded", "suspended",
        "expired")  # fmt: skip
ENDED = ("out_of_scope", "not_approved", "withdrawn", "completed", "cancelled")
KINDS = ("training", "equipment", "fuel", "transport", "money", "logistics", "joint_operation")


@dataclass
class Desk:
    """A mission, its units, who asks there, and the procedure of its cases."""

    mission: "Mission"
    units: "list[Unit]"
    account: "Account"
    viewer: "Viewer"
    policy: "PolicyVersion"


def make_desk(code: str, units: int, seed: int) -> Desk:
    """A mission whose units stand in levels of four, each with a commander."""
    from primacy.platform.accounts.actions import create_account, ensure_organisation, grant_role
    from primacy.platform.accounts.queries import viewer_of
    from primacy.platform.policy import operator
    from primacy.rooms.places.facade import create_mission
    from primacy.rooms.support.actions import NewOffice, put_policy_in_force

    me = operator("benchmark")
    mission = create_mission(
        actor=me, code=code, name=code.title(), short_name=code, country="Carana"
    )
    account = create_account(
        actor=me, email=f"{code}@bench.example.org", name="Officer",
        organisation=ensure_organisation(actor=me, name="Human rights", party="mission"),
    )  # fmt: skip
    grant_role(actor=me, account=account, role="human_rights", mission_id=mission.pk)
    viewer = viewer_of(account)
    policy = put_policy_in_force(
        actor=viewer, mission=mission, title="Procedure", source_title="Procedure",
        offices=[NewOffice(f"o{n}", f"Office {n}") for n in range(4)],
    )  # fmt: skip
    return Desk(mission, _units(mission, units, random.Random(seed)), account, viewer, policy)


def _units(mission: "Mission", count: int, draw: random.Random) -> "list[Unit]":
    from primacy.platform.policy import operator
    from primacy.platform.sources.actions import ensure_source
    from primacy.rooms.forces.models import NameClaim, RelationClaim, Unit
    from primacy.rooms.persons.models import Person, PostingClaim

    source = ensure_source(actor=operator("benchmark"), mission_id=mission.pk, title="Made up")
    first, last = dt.date(2020, 1, 1), dt.date(2020, 1, 1)
    since = {"first_precise": first, "last_precise": last, "starting": True, "status": "accepted",
             "mission": mission}  # fmt: skip
    rows: list[Unit] = []
    for n in range(count):
        parent = rows[max(0, n // 4 - draw.randrange(3))] if n else None
        rows.append(
            Unit(mission=mission, code=f"{mission.code}-{n}", name=f"Unit {n}", force="Police",
                 side="local", source=source, parent=parent)
        )  # fmt: skip
    Unit.objects.bulk_create(rows, batch_size=500)
    NameClaim.objects.bulk_create(
        [NameClaim(unit=unit, name=unit.name, kind="name", **since) for unit in rows],
        batch_size=500,
    )
    RelationClaim.objects.bulk_create(
        [RelationClaim(unit=unit, superior_id=unit.parent_id, kind="command", **since)
         for unit in rows if unit.parent_id is not None],
        batch_size=500,
    )  # fmt: skip
    people = [
        Person(mission=mission, code=f"{mission.code}-p{n}", name=f"Officer {n}", source=source)
        for n in range(count)
    ]
    Person.objects.bulk_create(people, batch_size=500)
    PostingClaim.objects.bulk_create(
        [PostingClaim(person=person, unit=unit, role="commander", commanding=True, **since)
         for person, unit in zip(people, rows, strict=True)],
        batch_size=500,
    )  # fmt: skip
    return rows


@contextmanager
def gate_off() -> Iterator[None]:
    """Within it a case may be written in any state; afterwards the trigger stands as before."""
    from django.db import connection

    name = "support_supportcase_insert_gate"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [name])
        [made] = cursor.fetchone()
        cursor.execute(f"DROP TRIGGER {name}")
        try:
            yield
        finally:
            cursor.execute(made)


def write_cases(desk: Desk, count: int, states: tuple[str, ...], draw: random.Random) -> None:
    """Nothing; cases in these states, each for one unit, one in ten with an open task."""
    from django.utils import timezone

    from primacy.rooms.support.models import Recipient, SupportCase, SupportTask

    now = timezone.now()
    today = now.date()
    for at in range(0, count, AT_ONCE):
        cases, recipients, tasks = [], [], []
        for number in range(at + 1, min(at + AT_ONCE, count) + 1):
            state = draw.choice(states)
            unit = draw.choice(desk.units)
            clocked = state not in ENDED and draw.random() < 0.8
            case = SupportCase(
                mission=desk.mission, number=number, title=f"Support number {number}",
                kind=draw.choice(KINDS), state=state, policy=desk.policy,
                starts_on=today - dt.timedelta(days=30), ends_on=today + dt.timedelta(days=300),
                place="District", quantity=Decimal(100), quantity_unit="units",
                budget=Decimal(1000), currency="USD", budget_line="B-1",
                asked_for_by="Police component", objective="Patrols. " * 20,
                absorption="Enough. " * 20, baseline="Four. " * 20, sustainment="Paid. " * 20,
                state_since=now, marking=2,
                due_on=today + dt.timedelta(days=draw.randrange(-20, 60)) if clocked else None,
                approved_until=today + dt.timedelta(days=200),
            )  # fmt: skip
            cases.append(case)
            one = Recipient(case=case, kind="unit", named=unit.name, unit=unit)
            recipients.append(one)
            if draw.random() < 0.1:
                tasks.append(
                    SupportTask(mission=desk.mission, case=case, recipient=one, kind="visit",
                                key=f"made:{number}", reason="A visit is due.", raised_on=today,
                                due_on=today, marking=2)
                )  # fmt: skip
        SupportCase.objects.bulk_create(cases, batch_size=400)
        Recipient.objects.bulk_create(recipients, batch_size=900)
        SupportTask.objects.bulk_create(tasks, batch_size=900)


def write_stops(desk: Desk, findings: int, stops: int, draw: random.Random) -> "set[object]":
    """The units named; findings against some units, and entries of the stop list."""
    from django.utils import timezone

    from primacy.platform.policy import operator
    from primacy.platform.sources.actions import ensure_source
    from primacy.rooms.support.models import GraveFinding, StopEntry

    me = operator("benchmark")
    source = ensure_source(actor=me, mission_id=desk.mission.pk, title="Inquiry")
    today = timezone.localdate()
    # Of units low in the order of battle: what stands at the top would reach everybody.
    low = desk.units[len(desk.units) // 2 :]
    rows = [
        GraveFinding(mission=desk.mission, unit=draw.choice(low), test="gross", basis="Verified.",
                     found_on=today, source=source, marking=2)
        for _ in range(findings)
    ]  # fmt: skip
    GraveFinding.objects.bulk_create(rows, batch_size=500)
    entries = [
        StopEntry(mission=desk.mission, finding=draw.choice(rows), unit=draw.choice(low),
                  inherited=True, since=today, marking=1)
        for _ in range(stops)
    ]  # fmt: skip
    StopEntry.objects.bulk_create(entries, batch_size=500)
    return {row.unit_id for row in rows} | {row.unit_id for row in entries}


def confirm(desk: Desk) -> None:
    """Nothing; keeps with each recipient what the registers say now, and fresh answers."""
    from django.utils import timezone

    from primacy.rooms.support.models import Recipient, ScreeningAnswer
    from primacy.rooms.support.snapshots import snapshots_of

    today = timezone.localdate()
    rows = list(Recipient.objects.filter(case__mission=desk.mission).select_related("unit", "case"))
    seen = snapshots_of(desk.mission, rows, today, desk.policy.levels_above)
    for row in rows:
        row.command = seen[row.pk]
    Recipient.objects.bulk_update(rows, ["command"], batch_size=200)
    offices = list(desk.policy.offices.all())
    ScreeningAnswer.objects.bulk_create(
        [ScreeningAnswer(case=row.case, recipient=row, office=office, round=1, colour="green",
                         reason="Files.", searched="files", answered_on=today, by=desk.account)
         for row in rows for office in offices],
        batch_size=500,
    )  # fmt: skip
