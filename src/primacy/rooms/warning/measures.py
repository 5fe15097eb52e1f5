"""How alerts were answered in a period, each figure with what it is a share of.

"85 % addressed" says nothing: of what, by whom, and was anybody there in time? Four shares take its
place: acknowledged, tasked, reached in time, outcome known; and whether who warned was told.
Alerts joined to another count with that one.
"""

import datetime as dt
import statistics
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from primacy.kernels.recruitment.intervals import share
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import Mission
from primacy.rooms.warning.indicators import told_to_all
from primacy.rooms.warning.models import Alert, AlertState, Outcome, Responder, Tasking, Urgency
from primacy.rooms.warning.queries import alerts, levels_of
from primacy.rooms.warning.shield import HOST

KNOWN = frozenset({Outcome.YES.value, Outcome.NO.value, Outcome.PREVENTED.value})
ON_THE_WAY = ("triage", "acknowledge", "task", "depart", "arrive")
LABELS = ("", "area", "urgency", "responder")

NAMES = {
    "acknowledged": (gettext_noop("Acknowledged"), gettext_noop("alerts received")),
    "tasked": (gettext_noop("Somebody was sent"), gettext_noop("alerts received")),
    "in_time": (gettext_noop("Reached in time"), gettext_noop("alerts to which somebody was sent")),
    "known": (gettext_noop("Outcome known"), gettext_noop("alerts closed")),
    "told": (gettext_noop("Told back"), gettext_noop("alerts closed whose source can be told")),
}
"""What each share says, and of what it is a share."""

SPANS = ("acknowledged_at", "tasked_at", "on_site_at")
"""Steps whose minutes since the alert came in are told."""


@dataclass(frozen=True)
class Share:
    """Part of a whole with Wilson's 95 % interval; the whole 0 leaves it unknown."""

    code: str
    part: int
    whole: int
    low: float | None
    high: float | None

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Span:
    """Minutes from the alert to a step: how many were counted, the median, the ninth decile."""

    step: str
    count: int
    median: float | None
    p90: float | None


@dataclass(frozen=True)
class Measured:
    """The figures of one group of alerts."""

    label: str
    received: int
    shares: tuple[Share, ...]
    spans: tuple[Span, ...]


def measured(
    viewer: Viewer, mission: Mission, start: dt.datetime, end: dt.datetime, by: str = ""
) -> list[Measured]:
    """Figures of the alerts received from `start` until before `end`, by label or all together.

    The host state's figures hold only alerts that accuse nobody and are kept from nobody. An alert
    to which several responders were sent counts with each of them.
    """
    rows = alerts(viewer, mission).filter(received_at__gte=start, received_at__lt=end)
    rows = rows.exclude(state=AlertState.MERGED)
    if viewer.party in HOST:
        rows = told_to_all(rows)
    levels = levels_of(mission)
    groups = _grouped(list(rows), by, _responders(rows) if by == "responder" else {})
    return [_measure(label, groups[label], levels) for label in sorted(groups)]


def _grouped(
    rows: Sequence[Alert], by: str, responders: Mapping[uuid.UUID, set[str]]
) -> dict[str, list[Alert]]:
    labels: Mapping[str, Callable[[Alert], Iterable[str]]] = {
        "": lambda row: [""],
        "area": lambda row: [row.area.name if row.area else str(_("no area"))],
        "urgency": lambda row: [str(Urgency(row.urgency).label)],
        "responder": lambda row: [
            str(Responder(one).label) for one in responders.get(row.pk, ())
        ],
    }  # fmt: skip
    groups: dict[str, list[Alert]] = defaultdict(list)
    for row in rows:
        for label in labels[by](row):
            groups[label].append(row)
    return groups


def _responders(rows: QuerySet[Alert]) -> dict[uuid.UUID, set[str]]:
    sent = Tasking.objects.filter(alert__in=rows.order_by())
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    for alert, responder in sent.values_list("alert_id", "responder"):
        found[alert].add(responder)
    return found


def _measure(
    label: str, rows: Sequence[Alert], levels: Mapping[str, Mapping[str, int]]
) -> Measured:
    closed = [row for row in rows if row.closed_at is not None]
    sent = [row for row in rows if row.tasked_at is not None]
    to_tell = [row for row in closed if row.feedback_due]
    return Measured(
        label,
        len(rows),
        (
            _share("acknowledged", [row.acknowledged_at is not None for row in rows]),
            _share("tasked", [row.tasked_at is not None for row in rows]),
            _share("in_time", [_in_time(row, levels) for row in sent]),
            _share("known", [row.outcome in KNOWN for row in closed]),
            _share("told", [row.fed_back_at is not None for row in to_tell]),
        ),
        tuple(_span(step, rows) for step in SPANS),
    )


def _in_time(row: Alert, levels: Mapping[str, Mapping[str, int]]) -> bool:
    """True where somebody was there within all the minutes that the steps until then may take."""
    allowed = sum(levels[row.urgency][step] for step in ON_THE_WAY)
    return row.on_site_at is not None and (
        row.on_site_at - row.received_at <= dt.timedelta(minutes=allowed)
    )


def _share(code: str, held: Sequence[bool]) -> Share:
    if not held:
        return Share(code, 0, 0, None, None)
    found = share(sum(held), len(held))
    return Share(code, sum(held), len(held), found.low, found.high)


def _span(step: str, rows: Sequence[Alert]) -> Span:
    minutes = sorted(
        (getattr(row, step) - row.received_at).total_seconds() / 60
        for row in rows
        if getattr(row, step) is not None
    )
    if not minutes:
        return Span(step, 0, None, None)
    ninth = minutes[max(0, -(-9 * len(minutes) // 10) - 1)]
    return Span(step, len(minutes), statistics.median(minutes), ninth)
