"""The queue of cases: filtered, counted by state, and read a page at a time."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet

from primacy.platform import clock
from primacy.platform.policy import Marking, Viewer, held_aside, may_read, visible
from primacy.rooms.forces.facade import units
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.models import CaseState, Recipient, SupportCase, SupportTask
from primacy.rooms.support.queries import VIEW, cases
from primacy.rooms.support.rules import ENDED, MOVES, RIGHTS

LEADS_ON = frozenset(
    {"submit", "validate", "screen", "consolidate", "send", "approve", "resume", "activate",
     "settle", "reinstate"}
)  # fmt: skip
"""Acts that bring a case nearer to its end; the others are always possible and wait for nobody."""
NAMED = 3
"""Recipients named in a line of the queue; the rest is counted."""
EXPORTED_AT_ONCE = 500
MOST_UNITS = 500
"""Units of one name that are looked for among recipients."""
SHOWN = (
    "mission", "compartment", "marking", "number", "title", "kind", "state", "due_on", "risk",
    "asked_for_by", "starts_on", "ends_on", "approved_until",
)  # fmt: skip
"""Columns of a case that the queue shows, and those that decide who reads it."""
COLUMNS = (
    "number", "title", "kind", "state", "due_on", "overdue", "recipients", "risk", "asked_for_by",
    "starts_on", "ends_on", "approved_until", "open_tasks",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Which cases are asked for."""

    state: str = ""
    kind: str = ""
    text: str = ""
    mine: bool = False


@dataclass(frozen=True)
class CaseLine:
    """A case as the queue shows it."""

    row: SupportCase
    recipients: tuple[str, ...]
    tasks: int
    days_left: int | None

    @property
    def named(self) -> tuple[str, ...]:
        """The recipients that stand in the line."""
        return self.recipients[:NAMED]

    @property
    def others(self) -> int:
        """How many recipients do not."""
        return max(0, len(self.recipients) - NAMED)

    @property
    def overdue(self) -> bool:
        """True where it waits longer than its state may last."""
        return self.days_left is not None and self.days_left < 0


class CountedPages(Paginator):  # type: ignore[type-arg]
    """Pages of a list whose length is known already: cases by state are counted anyway."""

    def __init__(self, rows: QuerySet[SupportCase], per_page: int, known: int) -> None:
        super().__init__(rows, per_page)
        self.known = known

    @property
    def count(self) -> int:
        """How many there are in all."""
        return self.known


def reads_cases(viewer: Viewer, mission: Mission) -> bool:
    """True where cases, which are all confidential at least, can be open to the viewer at all."""
    return may_read(
        viewer, VIEW, mission_id=mission.pk, open_to_guests=False,
        marking=Marking.CONFIDENTIAL, compartment_id=None,
    )  # fmt: skip


def asked_cases(viewer: Viewer, mission: Mission, asked: Asked) -> QuerySet[SupportCase]:
    """The cases asked for, those due first at the top, those without a clock last."""
    rows = _narrowed(viewer, mission, asked)
    if asked.state == "":
        rows = rows.exclude(state__in=ENDED)
    elif asked.state != "all":
        rows = rows.filter(state=asked.state)
    # In the order of the index and without the long texts: nothing is sorted, however many.
    return rows.order_by(F("due_on").asc(nulls_last=True), "number").only(*SHOWN)


def counted(viewer: Viewer, mission: Mission, asked: Asked) -> dict[str, int]:
    """How many cases stand in each state, of those asked for whatever their state."""
    rows = _narrowed(viewer, mission, asked).order_by()
    with held_aside():
        # Not by id: all that is asked for stands in the index then, and no row is opened.
        return dict(rows.values_list("state").annotate(n=Count("*")))


def total_of(counts: dict[str, int], state: str) -> int:
    """How many of the cases counted are asked for with this choice of state."""
    if state == "":
        return sum(n for code, n in counts.items() if code not in ENDED)
    return sum(counts.values()) if state == "all" else counts.get(state, 0)


def mine_to_do(viewer: Viewer, mission: Mission) -> Q:
    """Cases that wait for something the viewer has the right to do, and may do on this case."""
    states = {
        before for (before, act) in MOVES if act in LEADS_ON and viewer.has(RIGHTS[act], mission.pk)
    }
    if viewer.has("support.screen", mission.pk):
        states.add(CaseState.SCREENING)
    me = viewer.account_id
    mine = Q(state__in=sorted(str(state) for state in states))
    if me is not None:
        mine &= ~Q(state=CaseState.DRAFT) | Q(requester=me)
        mine &= ~(Q(state=CaseState.DECISION) & (Q(requester=me) | Q(assessor=me)))
    return mine


def case_lines(viewer: Viewer, rows: Sequence[SupportCase]) -> list[CaseLine]:
    """The cases with their recipients and open tasks: two further queries, however many."""
    ids = [row.pk for row in rows]
    named: dict[uuid.UUID, list[str]] = {pk: [] for pk in ids}
    # The cases were handed out through the layer: their recipients are part of them.
    part = Recipient.objects.filter(case__in=ids, excluded=False).order_by()
    for _pk, case_id, name in sorted(part.values_list("pk", "case_id", "named")):
        named[case_id].append(name)
    with held_aside():
        waiting = SupportTask.objects.filter(case__in=ids, done_at__isnull=True).order_by()
        tasks = dict(visible(viewer, waiting, VIEW).values_list("case_id").annotate(n=Count("pk")))
    today = clock.today()
    return [
        CaseLine(
            row=row,
            recipients=tuple(named[row.pk]),
            tasks=tasks.get(row.pk, 0),
            days_left=_days_left(row, today),
        )
        for row in rows
    ]


def export_rows(viewer: Viewer, rows: QuerySet[SupportCase]) -> Iterator[Sequence[object]]:
    """One row a case, in the order of the page."""
    batch: list[SupportCase] = []
    for row in rows.iterator(EXPORTED_AT_ONCE):
        batch.append(row)
        if len(batch) == EXPORTED_AT_ONCE:
            yield from _cells(viewer, batch)
            batch = []
    yield from _cells(viewer, batch)


def _cells(viewer: Viewer, rows: Iterable[SupportCase]) -> Iterator[Sequence[object]]:
    for line in case_lines(viewer, list(rows)):
        row = line.row
        names = "; ".join(line.recipients)
        yield (
            row.number, row.title, row.kind, row.state, row.due_on,
            "yes" if line.overdue else "", names, row.risk, row.asked_for_by, row.starts_on,
            row.ends_on, row.approved_until, line.tasks,
        )  # fmt: skip


def _narrowed(viewer: Viewer, mission: Mission, asked: Asked) -> QuerySet[SupportCase]:
    """The cases narrowed by all that is asked, but for the state."""
    rows = cases(viewer, mission).select_related(None)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    text = asked.text.strip()
    if text:
        with held_aside():
            called = units(viewer, mission).filter(Q(name__icontains=text) | Q(code__iexact=text))
            ids = list(called.order_by().values_list("pk", flat=True)[:MOST_UNITS])
        named = Recipient.objects.filter(Q(named__icontains=text) | Q(unit__in=ids))
        found = Q(title__icontains=text) | Q(pk__in=named.order_by().values("case_id"))
        if text.isdecimal() and len(text) < 9:
            found |= Q(number=int(text))
        rows = rows.filter(found)
    if asked.mine:
        rows = rows.filter(mine_to_do(viewer, mission))
    return rows


def _days_left(row: SupportCase, today: dt.date) -> int | None:
    if row.due_on is None or row.state in ENDED:
        return None
    return (row.due_on - today).days
