"""The cases that tasks are worked out from, read whole (`seen_whole`); nothing of it is shown."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Prefetch, QuerySet

from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.models import Recipient, SupportCase
from primacy.rooms.support.rules import ENDED


def open_cases(mission: Mission) -> QuerySet[SupportCase]:
    """The cases of a mission that are not at their end, with what tasks are worked out from."""
    rows = SupportCase.objects.filter(mission=mission).exclude(state__in=ENDED)
    related = rows.select_related("policy", "framework", "mission")
    # Joined, not fetched apart by id: SQLite takes no more than a thousand units that way.
    named = Recipient.objects.select_related("unit", "person")
    return related.prefetch_related(Prefetch("recipients", named)).order_by("number")


def within_reach(viewer: Viewer, cases: Iterable[SupportCase]) -> list[SupportCase]:
    """The cases whose tasks the viewer may put on record.

    PostgreSQL takes rows of a compartment from its members alone: one of them has to look there.
    """
    if connection.vendor != "postgresql":
        return list(cases)
    return [
        case
        for case in cases
        if case.compartment_id is None or case.compartment_id in viewer.compartments
    ]
