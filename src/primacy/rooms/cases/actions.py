"""Entering facts of case studies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from primacy.platform.audit.actions import record
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.models import Source
from primacy.rooms.cases.models import Fact
from primacy.rooms.places.facade import Area, Mission


@dataclass(frozen=True)
class FactContent:
    """A sourced fact as it comes from a case file."""

    reference: str
    date_from: date
    date_to: date
    date_text: str
    theme: str
    place: str
    statement: str
    grade: str
    source: Source
    area: Area | None = None
    value: float | None = None
    value_low: float | None = None
    value_high: float | None = None
    value_text: str = ""
    qualifier: str = ""
    unit: str = ""
    note: str = ""
    conflict_group: str = ""


def add_facts(
    *,
    actor: Viewer,
    mission: Mission,
    facts: Sequence[FactContent],
    marking: Marking = Marking.INTERNAL,
) -> int:
    """The number of facts added; a reference already there is left as it is."""
    require(actor, "cases.edit", mission.pk)
    known = set(mission.facts.values_list("reference", flat=True))
    rows = [
        Fact(mission=mission, marking=marking, recorded_by_id=actor.account_id, **vars(fact))
        for fact in facts
        if fact.reference not in known
    ]
    with transaction.atomic():
        Fact.objects.bulk_create(rows)
        body = {"added": len(rows), "references": [row.reference for row in rows]}
        record(actor, "cases.facts.add", mission, body, mission_id=mission.pk)
    return len(rows)
