"""Acts on strength: one figure, or those of a return."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.audit.actions import record
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.models import Source
from primacy.rooms.forces.errors import BadStrength
from primacy.rooms.forces.models import Strength, StrengthKind, Unit
from primacy.rooms.places.facade import Area, Mission

WRITTEN_AT_ONCE = 1_000


@dataclass(frozen=True)
class StrengthContent:
    """One figure of a strength return: whose, what is counted, how many, over which days."""

    unit: Unit
    kind: str
    value: float
    date_from: dt.date
    date_to: dt.date
    area: Area | None = None
    women: int | None = None
    definition: str = ""


def add_strength(
    *,
    actor: Viewer,
    unit: Unit,
    kind: str,
    value: float | None,
    date_from: dt.date,
    date_to: dt.date,
    source: Source,
    area: Area | None = None,
    value_low: float | None = None,
    value_high: float | None = None,
    women: int | None = None,
    qualifier: str = "exact",
    definition: str = "",
    note: str = "",
    reference: str = "",
    marking: Marking = Marking.INTERNAL,
) -> Strength:
    """A strength figure; contradicting figures are kept side by side."""
    require(actor, "forces.edit", unit.mission_id)
    given = [v for v in (value, value_low, value_high) if v is not None]
    if not given or min(given) < 0:
        raise BadStrength(_("A strength needs a figure, and none below zero."))
    if area is not None and area.mission_id != unit.mission_id:
        raise BadStrength(
            _("%(area)s is an area of another mission. Nothing was recorded.") % {"area": area.name}
        )
    if date_from > date_to:
        raise BadStrength(
            _("The span ends (%(date_to)s) before it begins (%(date_from)s).")
            % {"date_to": date_to, "date_from": date_from}
        )
    with transaction.atomic():
        strength = Strength.objects.create(
            mission_id=unit.mission_id,
            unit=unit,
            area=area,
            kind=kind,
            value=value,
            value_low=value_low,
            value_high=value_high,
            women=women,
            qualifier=qualifier,
            date_from=date_from,
            date_to=date_to,
            definition=definition,
            note=note,
            reference=reference,
            source=source,
            marking=marking,
            recorded_by_id=actor.account_id,
        )
        body = {"unit": unit.code, "kind": kind, "value": value, "on": date_to}
        record(actor, "forces.strength.add", strength, body)
    return strength


def add_strengths(
    *,
    actor: Viewer,
    mission: Mission,
    figures: Sequence[StrengthContent],
    source: Source,
    reference: str = "",
    marking: Marking = Marking.INTERNAL,
) -> list[Strength]:
    """The figures of one strength return, all or nothing; the log holds one entry for it."""
    require(actor, "forces.edit", mission.pk)
    for number, figure in enumerate(figures, start=1):
        wrong = _against_figure(figure, mission)
        if wrong:
            raise BadStrength(
                _("Figure %(number)s of the return: %(wrong)s Nothing was recorded.")
                % {"number": number, "wrong": wrong}
            )
    rows = [
        Strength(
            mission=mission,
            unit=figure.unit,
            area=figure.area,
            kind=figure.kind,
            value=figure.value,
            women=figure.women,
            date_from=figure.date_from,
            date_to=figure.date_to,
            definition=figure.definition,
            reference=reference,
            source=source,
            marking=marking,
            recorded_by_id=actor.account_id,
        )
        for figure in figures
    ]
    if not rows:
        return []
    with transaction.atomic():
        Strength.objects.bulk_create(rows, batch_size=WRITTEN_AT_ONCE)
        body = {
            "figures": len(rows),
            "units": len({row.unit_id for row in rows}),
            "from": min(row.date_from for row in rows),
            "to": max(row.date_to for row in rows),
            "source": str(source.pk),
            "reference": reference,
        }
        record(actor, "forces.strength.return", mission, body, mission_id=mission.pk)
    return rows


def _against_figure(figure: StrengthContent, mission: Mission) -> str:
    """Why a figure of a return cannot be recorded; empty where it can."""
    if figure.unit.mission_id != mission.pk:
        return _("%(unit)s is a unit of another mission.") % {"unit": figure.unit.name}
    if figure.area is not None and figure.area.mission_id != mission.pk:
        return _("%(area)s is an area of another mission.") % {"area": figure.area.name}
    if figure.kind not in StrengthKind.values:
        return _("'%(kind)s' is not a kind of strength: %(values)s.") % {
            "kind": figure.kind,
            "values": ", ".join(StrengthKind.values),
        }
    if figure.value < 0:
        return _("a strength needs a figure, and none below zero.")
    if figure.women is not None and figure.women > figure.value:
        return _("%(women)s women of %(figure)s cannot be.") % {
            "women": figure.women,
            "figure": format(figure.value, "g"),
        }
    if figure.date_from > figure.date_to:
        return _("the span ends (%(date_to)s) before it begins (%(date_from)s).") % {
            "date_to": figure.date_to,
            "date_from": figure.date_from,
        }
    return ""
