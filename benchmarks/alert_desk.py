"""The alert desk with 100,000 alerts: what is overdue, and what the accused are not shown.

The site is the embedded one as it is shipped (SQLite), in a folder that is thrown away; alerts are
made up from a seed and written as rows, one in ten accusing a unit. Asked is what the desk asks:
the overdue list from its top, how many are overdue, and the same as an officer of a unit that
stands in a chart of 2,000.

Peer, in the same run: all alerts read and the overdue ones sorted in Python.

    python -m benchmarks alert_desk      writes benchmarks/results/alert_desk.json
"""

import datetime as dt
import os
import platform
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks._register_site import set_up
from benchmarks._support_site import make_desk
from benchmarks.support import milliseconds

if TYPE_CHECKING:
    from primacy.platform.policy import Viewer
    from primacy.rooms.forces.facade import Unit
    from primacy.rooms.places.facade import Mission

ALERTS = int(os.environ.get("ALERT_DESK_ALERTS", "100000"))
UNITS, SEED, PAGE, TIMES = 2_000, 6, 50, 15
STATES = ("received", "triaged", "acknowledged", "tasked", "departed", "on_site", "fed_back")


def write_alerts(mission: "Mission", units: "list[Unit]", now: dt.datetime) -> None:
    """Nothing; alerts of two years in every state, and whom some accuse."""
    from primacy.rooms.warning.models import Accusation, Alert
    from primacy.rooms.warning.rules import DEFAULT_MINUTES, due_at

    draw = random.Random(SEED)
    made: list[Alert] = []
    for number in range(ALERTS):
        received = now - dt.timedelta(minutes=draw.uniform(0, 2 * 365 * 1440))
        state = draw.choices(STATES, [1, 1, 1, 1, 1, 1, 14])[0]
        urgency = draw.choice(list(DEFAULT_MINUTES))
        made.append(
            Alert(
                mission=mission, number=100_000 + number, state=state, channel="radio",
                threat="movement", text="Armed men at the ford.", received_at=received,
                urgency=urgency, marking=1 + (number % 3 > 0),
                due_at=due_at(state, urgency, received, DEFAULT_MINUTES),
            )
        )  # fmt: skip
    Alert.objects.bulk_create(made, batch_size=2_000)
    accusing = draw.sample(made, ALERTS // 10)
    Accusation.objects.bulk_create(
        [Accusation(alert=alert, unit=draw.choice(units)) for alert in accusing], batch_size=2_000
    )


def make_viewers(mission: "Mission", unit: "Unit") -> "dict[str, Viewer]":
    """An officer of the desk, and a commander who stands for a unit."""
    from primacy.platform.accounts.actions import create_account, ensure_organisation, grant_role
    from primacy.platform.accounts.queries import viewer_of
    from primacy.platform.policy import operator
    from primacy.rooms.warning.actions import name_stand

    me, viewers = operator("benchmark"), {}
    for role, party in (("operations", "mission"), ("commander", "force")):
        account = create_account(
            actor=me, email=f"{role}@bench.example.org", name=role,
            organisation=ensure_organisation(actor=me, name=role, party=party),
        )  # fmt: skip
        grant_role(actor=me, account=account, role=role, mission_id=mission.pk)
        if party == "force":
            name_stand(actor=viewers["operations"], mission=mission, account=account, unit=unit)
        viewers[role] = viewer_of(account)
    return viewers


def run() -> dict[str, object]:
    """Sizes and times, ready for JSON."""
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        from primacy.platform import clock
        from primacy.rooms.warning.models import Alert
        from primacy.rooms.warning.queries import alerts, overdue

        desk = make_desk("alerts", UNITS, SEED)
        started = time.perf_counter()
        now = clock.now()
        write_alerts(desk.mission, desk.units, now)
        written = time.perf_counter() - started
        viewers = make_viewers(desk.mission, desk.units[UNITS // 2])

        def plain() -> int:
            rows = [a for a in Alert.objects.filter(mission=desk.mission) if a.due_at]
            return len(sorted((a for a in rows if a.due_at < now), key=lambda a: a.due_at)[:PAGE])

        asked: dict[str, Callable[[], object]] = {}
        for role, viewer in viewers.items():
            asked[f"{role}_first_page"] = lambda v=viewer: list(
                overdue(v, desk.mission, now)[:PAGE]
            )
            asked[f"{role}_how_many"] = lambda v=viewer: overdue(v, desk.mission, now).count()
        whole = sorted(
            Alert.objects.filter(mission=desk.mission, due_at__lt=now).values_list("due_at", "pk")
        )
        shown = list(overdue(viewers["operations"], desk.mission, now).values_list("due_at", "pk"))
        return {
            "alerts": ALERTS,
            "units": UNITS,
            "seconds_to_write_rows": round(written, 1),
            "target_ms": 1000,
            "overdue": len(whole),
            "shown_to_the_desk": len(shown),
            "same_and_in_order": sorted(shown) == whole
            and [d for d, _ in shown] == [d for d, _ in whole],
            "open_to_the_commander": alerts(viewers["commander"], desk.mission).count(),
            **{name: milliseconds(work, TIMES) for name, work in asked.items()},
            "peer_all_read_and_sorted": milliseconds(plain, 2),
            "python": platform.python_version(),
            "processors": os.cpu_count(),
        }
