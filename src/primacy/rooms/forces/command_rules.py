"""Whether a new command relation would put a unit above itself."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from primacy.platform.claims.rules import RELIED_ON
from primacy.platform.language.dates import long_day
from primacy.platform.policy import Viewer, held_aside
from primacy.rooms.forces.claim_queries import claims_of_kind
from primacy.rooms.forces.models import RelationClaim, RelationKind, Unit


@dataclass(frozen=True)
class _Edge:
    """A certain command relation: superior, from and to."""

    superior: uuid.UUID
    first: dt.date
    last: dt.date


def against_ring(actor: Viewer, row: RelationClaim) -> list[str]:
    """The reason against a relation that certainly closes a ring on some day, its chain in words.

    Only what the actor may read is looked at, so that the words give nothing away; a ring through
    closed claims is left out of the tree by whoever reads it, and shown there as a conflict.
    """
    if row.status not in RELIED_ON or not (row.first_precise and row.last_precise):
        return []
    return _against(row, _certain_relations(actor, row))


def _against(row: RelationClaim, above: dict[uuid.UUID, list[_Edge]]) -> list[str]:
    """The reason against a certain relation beside those on record."""
    if row.first_precise is None or row.last_precise is None:
        return []
    days = {row.first_precise}
    days |= {
        edge.first
        for edges in above.values()
        for edge in edges
        if row.first_precise <= edge.first <= row.last_precise
    }
    for day in sorted(days):
        chain = _path(above, row.superior_id, row.unit_id, day)
        if chain:
            return [_ring_words(chain, row, day)]
    return []


class RingsAtOnce:
    """Looks for rings among many new relations: those on record are read once.

    Each relation that stands is added, so that the next is looked at with it.
    """

    def __init__(self, actor: Viewer, mission_id: uuid.UUID) -> None:
        rows = claims_of_kind(actor, RelationClaim, mission_id)
        self._above = _edges(rows.filter(kind=RelationKind.COMMAND, status__in=RELIED_ON))

    def against(self, row: RelationClaim) -> list[str]:
        """The reason against a relation that would certainly close a ring on some day."""
        return _against(row, self._above) if _is_certain(row) else []

    def add(self, row: RelationClaim) -> None:
        """Nothing; looks at the next relations with this one."""
        first, last = row.first_precise, row.last_precise
        if _is_certain(row) and first is not None and last is not None:
            self._above[row.unit_id].append(_Edge(row.superior_id, first, last))


def _is_certain(row: RelationClaim) -> bool:
    """Whether a relation is one of command that holds on some day beyond doubt."""
    dated = row.first_precise is not None and row.last_precise is not None
    return row.kind == RelationKind.COMMAND and row.status in RELIED_ON and dated


def _certain_relations(actor: Viewer, row: RelationClaim) -> dict[uuid.UUID, list[_Edge]]:
    rows = claims_of_kind(actor, RelationClaim, row.mission_id).exclude(claim=row.claim)
    rows = rows.filter(
        kind=RelationKind.COMMAND, status__in=RELIED_ON,
        first_precise__lte=row.last_precise, last_precise__gte=row.first_precise,
    )  # fmt: skip
    return _edges(rows)


def _edges(rows: QuerySet[RelationClaim]) -> dict[uuid.UUID, list[_Edge]]:
    """Relations of claims by the unit below."""
    above: dict[uuid.UUID, list[_Edge]] = defaultdict(list)
    # Looked through to check one act: nothing of it is shown but the names of a ring.
    with held_aside():
        found = list(rows.values_list("unit_id", "superior_id", "first_precise", "last_precise"))
    for unit, superior, first, last in found:
        if first is not None and last is not None:
            above[unit].append(_Edge(superior, first, last))
    return above


def _path(
    above: dict[uuid.UUID, list[_Edge]], start: uuid.UUID, goal: uuid.UUID, day: dt.date
) -> list[uuid.UUID]:
    """The units from one up to another that certainly stands above it on the day; empty if none."""
    came: dict[uuid.UUID, uuid.UUID | None] = {start: None}
    waiting = [start]
    while waiting:
        unit = waiting.pop(0)
        if unit == goal:
            chain: list[uuid.UUID] = []
            at: uuid.UUID | None = unit
            while at is not None:
                chain.append(at)
                at = came[at]
            return chain[::-1]
        for edge in above.get(unit, ()):
            if edge.first <= day <= edge.last and edge.superior not in came:
                came[edge.superior] = unit
                waiting.append(edge.superior)
    return []


def _ring_words(chain: list[uuid.UUID], row: RelationClaim, day: dt.date) -> str:
    names = dict(Unit.objects.filter(pk__in=[*chain, row.unit_id]).values_list("pk", "name"))
    under = _(" is under ")
    links = under.join(names[unit] for unit in [row.unit_id, *chain])
    return _(
        "On %(day)s this would put %(unit)s above itself: %(chain)s. Nothing was recorded. Check "
        "the dates, or withdraw or correct the relation that is wrong."
    ) % {"day": long_day(day), "unit": names[row.unit_id], "chain": links}
