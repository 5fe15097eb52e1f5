"""Starting a mission's board: the mission, its responsibilities and a first standard."""

import datetime as dt

from django.db import transaction

from primacy.platform.policy import Viewer
from primacy.platform.shipped import shipped
from primacy.rooms.places.facade import Mission, create_mission
from primacy.rooms.readiness.actions import adopt_sourced_standard, define_responsibilities
from primacy.rooms.readiness.actions.ledger import DEFAULT_RESPONSIBILITIES
from primacy.rooms.readiness.standards import read_standard


def start_mission(
    *,
    actor: Viewer,
    code: str,
    name: str,
    country: str,
    today: dt.date,
    short_name: str = "",
    host_force: str = "",
) -> Mission:
    """A mission with the method's ten responsibilities and the shipped default standard.

    The default standard is in force from the mission's first day so that evidence can be
    entered; it says of itself that no party has signed it. Every change is signed.
    """
    with transaction.atomic():
        mission = create_mission(
            actor=actor,
            code=code,
            name=name,
            short_name=short_name or name[:40],
            country=country,
            host_force=host_force,
            starts_on=today,
        )
        define_responsibilities(actor=actor, mission=mission, entries=DEFAULT_RESPONSIBILITIES)
        adopt_sourced_standard(
            actor=actor,
            mission=mission,
            content=read_standard(shipped("standards/default.json")),
            in_force_from=dt.date(today.year, 1, 1),
        )
    return mission
