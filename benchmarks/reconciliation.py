"""Rosters: 5,000 lines held against 5,000 approvals, beside a match of names alone.

Lists and approvals are made from a seed, with problems planted whose answer is known: never vetted,
near, wrong unit, expired, left out, named twice, replaced, absent. The clean list varies only what
harms nothing. The peer is what a spreadsheet does: the best name by rapidfuzz's token_sort_ratio
among those whose approval holds, taken as the same from 90 on. A problem counts as found where its
line is not taken as approved; false is a line that is in order and is not taken so. The last part
is the act itself on a site as shipped: file, register of persons, answers of two offices, rows.

    python -m benchmarks reconciliation      writes benchmarks/results/reconciliation.json
"""

import datetime as dt
import os
import platform
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks._register_site import set_up

if TYPE_CHECKING:
    from primacy.rooms.support.models import SupportCase
    from tests.rooms.support.rosters import Roster

SEED, SIZE, EACH, UNITS = 5, 5_000, 60, 60
THRESHOLD, ROWS_AT_ONCE = 90, 500
TO_APPROVED = ("submitted", "validated", "screening", "consolidated", "decision", "approved")


def run(size: int = SIZE, each: int = EACH) -> dict[str, object]:
    """Times, memory, what was found and what was false, ours and the peer's."""
    with tempfile.TemporaryDirectory(prefix="primacy-bench-") as folder:
        set_up(Path(folder))
        from tests.rooms.support import rosters

        lists = {
            "planted": lambda: rosters.planted(SEED, size, each, UNITS),
            "clean": lambda: rosters.clean(SEED, size, UNITS),
        }
        found: dict[str, object] = {"approvals": size, "units": UNITS, "seed": SEED}
        for label, make in lists.items():
            found[label] = {"ours": ours(make()), "token_sort_ratio_90": peer(make())}
        found["whole_act"] = whole_act(lists["planted"](), Path(folder))
    return {
        **found,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "python": platform.python_version(),
        "processors": os.cpu_count(),
    }


def ours(roster: "Roster") -> dict[str, object]:
    """The list read by the room's method."""
    from primacy.rooms.support.reconciling import reconcile_lines

    began, worked = time.perf_counter(), time.process_time()
    readings = reconcile_lines(roster.lines, roster.approvals, roster.units)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    said = {one.row: one.standing for one in readings if one.row}
    exact = sum(said[row] == standing for row, standing in roster.expected.items())
    absent = {one.recipient for one in readings if not one.row}
    return {
        **judged(roster, {row for row, standing in said.items() if standing == "approved"}),
        "lines_with_the_very_standing": exact,
        "absent_found": len(absent & roster.absent),
        "absent_false": len(absent - roster.absent),
        "seconds": seconds,
        "seconds_of_processor": processor,
    }


def peer(roster: "Roster") -> dict[str, object]:
    """The list read by names alone."""
    from tests.rooms.support.rosters import plain

    began = time.perf_counter()
    valid = [one for one in roster.approvals if not (one.barred or one.expired)]
    known = [plain(one.named).lower() for one in valid]
    asked = [plain(line.name).lower() for line in roster.lines]
    taken: set[int] = set()
    met: set[str] = set()
    for at in range(0, len(asked), ROWS_AT_ONCE):
        table = process.cdist(
            asked[at : at + ROWS_AT_ONCE], known, scorer=fuzz.token_sort_ratio,
            score_cutoff=THRESHOLD, dtype=np.uint8,
        )  # fmt: skip
        best = table.argmax(axis=1)
        for line, place, score in zip(roster.lines[at:], best, table.max(axis=1), strict=False):
            if score >= THRESHOLD:
                taken.add(line.row)
                met.add(valid[int(place)].recipient)
    missing = {one.recipient for one in valid} - met
    return {
        **judged(roster, taken),
        "absent_found": len(missing & roster.absent),
        "absent_false": len(missing - roster.absent),
        "seconds": time.perf_counter() - began,
    }


def judged(roster: "Roster", approved: set[int]) -> dict[str, object]:
    """Problems found and lines falsely held back, when these rows are taken as approved."""
    problems = {row for row, standing in roster.expected.items() if standing != "approved"}
    missed = Counter(roster.kinds[row] for row in problems & approved)
    return {
        "lines": len(roster.lines),
        "problems": len(problems),
        "problems_found": len(problems - approved),
        "missed_by_kind": dict(missed.most_common()),
        "in_order": len(roster.lines) - len(problems),
        "false": len(roster.expected.keys() - problems - approved),
        "absent": len(roster.absent),
    }


def whole_act(roster: "Roster", folder: Path) -> dict[str, object]:
    """Seconds of the act on a site: from the file to the rows that are kept."""
    from primacy.platform.policy import operator
    from primacy.rooms.support.actions.rosters import reconcile
    from primacy.rooms.support.models import ReconciledLine
    from tests.rooms.support.rosters import write_sheet

    case = on_record(roster)
    path = write_sheet(folder / "roster.csv", roster.lines)
    began, worked = time.perf_counter(), time.process_time()
    kept = reconcile(
        actor=operator("benchmark"), case=case, when="before", day=case.starts_on, path=path,
        file_name="roster.csv",
    )  # fmt: skip
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    counts = Counter(
        ReconciledLine.objects.filter(reconciliation=kept).values_list("standing", flat=True)
    )
    return {
        "rows_read": kept.rows_read,
        "rows_bad": kept.rows_bad,
        "standings": dict(counts.most_common()),
        "seconds": seconds,
        "seconds_of_processor": processor,
    }


def on_record(roster: "Roster") -> "SupportCase":
    """An approved case with everybody approved as a person of the register, written as rows.

    What bars single recipients is not written: the method's own figures show it.
    """
    from primacy.platform import clock
    from primacy.platform.policy import Marking, operator
    from primacy.platform.sources.actions import ensure_source
    from primacy.rooms.forces.facade import Unit
    from primacy.rooms.persons.models import BirthClaim, IdNumberClaim, Person, PersonNameClaim
    from primacy.rooms.places.facade import create_mission
    from primacy.rooms.support.models import PolicyVersion, Recipient, SupportCase

    me = operator("benchmark")
    mission = create_mission(
        actor=me, code="bench", name="Bench", short_name="Bench", country="Carana"
    )
    source = ensure_source(actor=me, mission_id=mission.pk, title="Made up")
    named = {one.unit: roster.units.name_of(one.unit) for one in roster.approvals}
    units = {
        at: Unit(mission=mission, code=f"U-{at}", name=name, force="Army", side="local",
                 source=source)
        for at, name in named.items()
    }  # fmt: skip
    Unit.objects.bulk_create(units.values())
    people = [
        Person(mission=mission, code=one.recipient, name=one.named, source=source)
        for one in roster.approvals
    ]
    Person.objects.bulk_create(people, batch_size=500)
    claims: dict[type, list[object]] = {PersonNameClaim: [], BirthClaim: [], IdNumberClaim: []}
    for row, one in zip(people, roster.approvals, strict=True):
        same = {"mission": mission, "person": row, "status": "accepted", "since_beginning": True,
                "marking": row.marking}  # fmt: skip
        claims[PersonNameClaim].append(PersonNameClaim(name=row.name, **same))
        for born in one.person.births if one.person else ():
            claims[BirthClaim].append(
                BirthClaim(earliest=born.earliest, latest=born.latest, **same)
            )
        for kind, number in one.person.ids if one.person else ():
            claims[IdNumberClaim].append(IdNumberClaim(kind=kind, number=number, **same))
    for model, made in claims.items():
        model.objects.bulk_create(made, batch_size=500)  # type: ignore[attr-defined]
    today = clock.today()
    policy = PolicyVersion.objects.create(
        mission=mission, number=1, title="Procedure", in_force_from=today, source=source,
        marking=Marking.INTERNAL,
    )  # fmt: skip
    case = SupportCase.objects.create(
        mission=mission, number=1, title="Course", kind="training", policy=policy,
        starts_on=today, ends_on=today + dt.timedelta(60), asked_for_by="Police",
        state_since=clock.now(), marking=Marking.CONFIDENTIAL,
    )  # fmt: skip
    recipients = [
        Recipient(case=case, kind="person", named=one.named, unit=units[one.unit], person=row)
        for row, one in zip(people, roster.approvals, strict=True)
    ]
    Recipient.objects.bulk_create(recipients, batch_size=500)
    _answered(case, recipients, today)
    for state in TO_APPROVED:
        SupportCase.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    return case


def _answered(case: "SupportCase", recipients: list[object], today: dt.date) -> None:
    """Two offices, each with an answer of today on everybody."""
    from primacy.platform.accounts.actions import create_account, ensure_organisation
    from primacy.platform.policy import operator
    from primacy.rooms.support.models import ScreeningAnswer, ScreeningOffice

    me = operator("benchmark")
    by = create_account(
        actor=me, email="desk@example.org", name="Desk",
        organisation=ensure_organisation(actor=me, name="Human rights", party="mission"),
    )  # fmt: skip
    for code in ("hr", "police"):
        office = ScreeningOffice.objects.create(policy=case.policy, code=code, name=code)
        ScreeningAnswer.objects.bulk_create(
            (ScreeningAnswer(case=case, recipient=one, office=office, round=1, colour="green",
                             reason="r", answered_on=today, by=by) for one in recipients),
            batch_size=500,
        )  # fmt: skip
