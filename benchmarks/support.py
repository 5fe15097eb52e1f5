"""Cases of support through the site: the queue of 100,000, the gate, one look at 2,000 cases.

The site is the embedded one as it is shipped (SQLite), in a folder that is thrown away; cases are
made up from a seed and written as rows. Pages are asked through the whole site, signed in, with its
permission layer, its read log and its templates.

Peers, in the same run: the same queue page after its two indexes are dropped; the first page read
plainly, as it is written first (all open cases fetched and sorted in Python, recipients and tasks
asked for row by row, no rights, no page around it); and for the gate a walk up `Unit.parent`, one
query a level, which knows no dates, attachments, renamings, commanders or conditions, and so
answers less than it should.

    python -m benchmarks support      writes benchmarks/results/support.json
"""

import datetime as dt
import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import _support_site as made_site
from benchmarks._register_site import set_up

if TYPE_CHECKING:
    from primacy.rooms.forces.facade import Unit

CASES = int(os.environ.get("SUPPORT_CASES", "100000"))
UNITS, ACTIVE, FINDINGS, STOPS, SEED = 2_000, 2_000, 500, 4_500, 2013
PAGES, ASKED, CHANGES = 25, 60, 20
INDEXES = ("cases_by_due", "cases_by_state")
TARGET_MS = 200


def milliseconds(work: Callable[[], object], times: int) -> dict[str, float]:
    """What some work takes, by the clock and of the processor; one time first, uncounted."""
    work()
    started = time.process_time()
    found = spread([_once(work) for _ in range(times)])
    busy = 1000 * (time.process_time() - started) / times
    return {**found, "processor_milliseconds_mean": round(busy, 1)}


def spread(taken: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile, nearest rank."""
    ordered = sorted(taken)
    return {
        "milliseconds_median": round(statistics.median(ordered), 1),
        "milliseconds_p95": round(ordered[max(0, -(-95 * len(ordered) // 100) - 1)], 1),
    }


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def run() -> dict[str, object]:
    """All figures, ready for JSON."""
    with tempfile.TemporaryDirectory(prefix="primacy-bench-") as folder:
        set_up(Path(folder))
        return {
            "benchmark": "support",
            "python": platform.python_version(),
            "seed": SEED,
            "queue": queue(),
            **gate_and_sweep(),
        }


def queue() -> dict[str, object]:
    """The queue page of a mission with very many cases in every state."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    draw = random.Random(SEED)
    desk = made_site.make_desk("queue", 300, SEED)
    with made_site.gate_off():
        made_site.write_cases(desk, CASES, (*made_site.OPEN, *made_site.ENDED), draw)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    settings.ALLOWED_HOSTS = ["*"]
    # Nobody is here who could show a second factor; what is measured follows after it.
    settings.PRIMACY_SECOND_FACTOR = "off"
    client = Client()
    client.force_login(desk.account, backend="django.contrib.auth.backends.ModelBackend")
    language = {"accept-language": "en"}

    def page(query: str) -> Callable[[], object]:
        def ask() -> object:
            answer = client.get(f"/m/queue/support/{query}", headers=language)
            if answer.status_code != 200 or b"Support number" not in answer.content:
                raise AssertionError(f"no queue at {query!r}: {answer.status_code}")
            return answer

        return ask

    asked = {
        "first_page": "", "page_200": "?page=200", "last_page": "?page=last",
        "waiting_for_me": "?mine=on", "one_state": "?state=screening", "one_kind": "?kind=fuel",
        "one_number": f"?text={CASES // 2}", "a_name": "?text=Unit+77",
    }  # fmt: skip
    found: dict[str, object] = {"cases": CASES, "target_ms": TARGET_MS}
    for name, query in asked.items():
        found[name] = milliseconds(page(query), PAGES)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND name IN (%s, %s)", INDEXES
        )
        again = [row[0] for row in cursor.fetchall()]
        for name in INDEXES:
            cursor.execute(f'DROP INDEX "{name}"')
        found["peer_first_page_without_its_indexes"] = milliseconds(page(""), 5)
        for statement in again:
            cursor.execute(statement)
    found["peer_plain_rows_no_rights_no_page"] = milliseconds(lambda: plain_queue(desk), 3)
    return found


def plain_queue(desk: made_site.Desk) -> list[tuple[object, ...]]:
    """The first fifty open cases as they are read first: all fetched, sorted, asked row by row."""
    from primacy.rooms.support.models import SupportCase

    rows = [
        one
        for one in SupportCase.objects.filter(mission=desk.mission).iterator()
        if one.state not in made_site.ENDED
    ]
    rows.sort(key=lambda one: (one.due_on or dt.date.max, one.number))
    return [
        (one.number, [r.named for r in one.recipients.all()],
         one.tasks.filter(done_at__isnull=True).count())
        for one in rows[:50]
    ]  # fmt: skip


def gate_and_sweep() -> dict[str, object]:
    """The gate's answers and looks at all cases, on a mission of its own."""
    desk = made_site.make_desk("gate", UNITS, SEED)
    draw = random.Random(SEED)
    with made_site.gate_off():
        made_site.write_cases(desk, ACTIVE, ("active",), draw)
    made_site.confirm(desk)
    quiet = looks(desk)
    named = made_site.write_stops(desk, FINDINGS, STOPS, draw)
    return {
        "clearance": gate(desk, named, draw),
        "looking_at_all_cases": {"cases": ACTIVE, "units": UNITS, **quiet, **looks_after(desk)},
    }


def gate(desk: made_site.Desk, named: set[object], draw: random.Random) -> dict[str, object]:
    """Milliseconds of one question to the gate, about units named and not named."""
    from django.utils import timezone

    from primacy.rooms.support.clearance import clearance
    from primacy.rooms.support.models import Answer, Recipient

    today = timezone.localdate()
    answers: dict[str, int] = dict.fromkeys(Answer.values, 0)
    kinds = {
        row.unit_id: row.case.kind
        for row in Recipient.objects.filter(case__mission=desk.mission).select_related("case")
    }

    def timed(some: "list[Unit]") -> dict[str, float]:
        taken = []
        for unit in some:
            start = time.perf_counter()
            purpose = kinds.get(unit.pk, "fuel")
            said = clearance(desk.viewer, desk.mission, purpose=purpose, day=today, unit=unit)
            taken.append(1000 * (time.perf_counter() - start))
            answers[said.answer] += 1
        return spread(taken)

    stopped = [unit for unit in desk.units if unit.pk in named]
    free = [unit for unit in desk.units if unit.pk not in named and unit.pk in kinds]
    one, other = draw.sample(stopped, ASKED), draw.sample(free, ASKED)
    timed(other[:3])
    answers = dict.fromkeys(Answer.values, 0)
    found: dict[str, object] = {
        "units": UNITS, "findings": FINDINGS, "stop_entries": STOPS, "units_named": len(stopped),
        "of_units_not_named": timed(other), "of_units_named": timed(one),
    }  # fmt: skip
    found["answers"] = dict(answers)
    taken, stops = [], 0
    for unit in (*other, *one):
        start = time.perf_counter()
        stops += plain_gate(desk, unit)
        taken.append(1000 * (time.perf_counter() - start))
    found["peer_walk_up_parents"] = {**spread(taken), "stopped": stops}
    return found


def plain_gate(desk: made_site.Desk, unit: "Unit") -> bool:
    """Whether the unit or one above it is named, by its parents as they stand; nothing else."""
    from primacy.rooms.forces.models import Unit
    from primacy.rooms.support.models import GraveFinding, StopEntry

    at: Unit | None = Unit.objects.get(pk=unit.pk)
    while at is not None:
        if (
            GraveFinding.objects.filter(unit=at, lifted_on__isnull=True).exists()
            or StopEntry.objects.filter(unit=at, lifted_at__isnull=True).exists()
        ):
            return True
        at = at.parent
    return False


def looks(desk: made_site.Desk) -> dict[str, object]:
    """Seconds of a look at all cases when nothing changed, the first and once more."""
    first, raised = _look(desk)
    again, none = _look(desk)
    return {
        "seconds_first": first, "raised_first": raised,
        "seconds_again": again, "raised_again": none,
    }  # fmt: skip


def looks_after(desk: made_site.Desk) -> dict[str, object]:
    """The same after some commands changed, and with findings on record."""
    from django.utils import timezone

    from primacy.platform.claims.rules import Dates
    from primacy.platform.policy import operator
    from primacy.platform.sources.actions import ensure_source
    from primacy.rooms.persons.actions import NewPerson, NewPosting, add_people

    me, today = operator("benchmark"), timezone.localdate()
    source = ensure_source(actor=me, mission_id=desk.mission.pk, title="Order of the day")
    dates = Dates(today, today, starting=True)
    add_people(
        actor=me, mission=desk.mission,
        people=[
            NewPerson(name=f"Successor {n}", source=source,
                      postings=[NewPosting(desk.units[100 + n], dates, role="commander")])
            for n in range(CHANGES)
        ],
    )  # fmt: skip
    changed, raised = _look(desk)
    again, none = _look(desk)
    return {
        "changes_of_command": CHANGES, "findings": FINDINGS,
        "seconds_after_changes_and_findings": changed, "raised_after": raised,
        "seconds_with_findings_again": again, "raised_with_findings_again": none,
    }  # fmt: skip


def _look(desk: made_site.Desk) -> tuple[float, int]:
    from primacy.rooms.support.actions import raise_tasks

    start = time.perf_counter()
    made = raise_tasks(actor=desk.viewer, mission=desk.mission)
    return round(time.perf_counter() - start, 2), len(made)
