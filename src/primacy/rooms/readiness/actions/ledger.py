"""Naming responsibilities and writing the lead ledger."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from primacy.platform.audit.actions import record
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.actions import ensure_source
from primacy.platform.sources.models import Source
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Area, Mission
from primacy.rooms.readiness.errors import NotAllowed
from primacy.rooms.readiness.models import LeadEntry, Responsibility
from primacy.rooms.readiness.rules import against_subject


@dataclass(frozen=True)
class ResponsibilityContent:
    """A function as a mission names it."""

    code: str
    name: str
    description: str = ""


DEFAULT_RESPONSIBILITIES = (
    ResponsibilityContent("patrol_presence", gettext_noop("Patrol presence")),
    ResponsibilityContent("access_points", gettext_noop("Access-point control")),
    ResponsibilityContent("protection_of_civilians", gettext_noop("Protection of civilians")),
    ResponsibilityContent(
        "protection_of_personnel", gettext_noop("Protection of UN and humanitarian personnel")
    ),
    ResponsibilityContent("key_sites", gettext_noop("Protection of key sites")),
    ResponsibilityContent("public_order", gettext_noop("Public order")),
    ResponsibilityContent("rapid_response", gettext_noop("Rapid response")),
    ResponsibilityContent("investigation_custody", gettext_noop("Investigation and custody")),
    ResponsibilityContent("ddr_arms_support", gettext_noop("DDR and arms control support")),
    ResponsibilityContent("community_policing", gettext_noop("Community policing and mediation")),
)


def define_responsibilities(
    *, actor: Viewer, mission: Mission, entries: Sequence[ResponsibilityContent]
) -> list[Responsibility]:
    """The mission's responsibilities: new ones added, known ones renamed, in this order."""
    require(actor, "readiness.propose", mission.pk)
    with transaction.atomic():
        rows = []
        for position, entry in enumerate(entries):
            row, _ = Responsibility.objects.update_or_create(
                mission=mission,
                code=entry.code,
                defaults={
                    "name": entry.name,
                    "description": entry.description,
                    "position": position,
                    "dropped_on": None,
                },
                create_defaults={
                    "name": entry.name,
                    "description": entry.description,
                    "position": position,
                    "recorded_by_id": actor.account_id,
                },
            )
            rows.append(row)
        body = {"responsibilities": [entry.code for entry in entries]}
        record(actor, "readiness.responsibilities.define", mission, body, mission_id=mission.pk)
    return rows


def record_lead(
    *,
    actor: Viewer,
    responsibility: Responsibility,
    lead: str,
    from_earliest: dt.date,
    source: Source,
    from_latest: dt.date | None = None,
    area: Area | None = None,
    unit: Unit | None = None,
    trial_until: dt.date | None = None,
    basis: str = "stated",
    note: str = "",
    references: Sequence[str] = (),
    decision_id: uuid.UUID | None = None,
    corrects: LeadEntry | None = None,
    marking: Marking = Marking.INTERNAL,
) -> LeadEntry:
    """A new ledger entry from a source; `lead` empty states that it is not known from then on.

    A decision made here writes its own entry; this act is for what was true before the board
    began, for closed cases and for corrections.
    """
    require(actor, "readiness.propose", responsibility.mission_id)
    latest = from_latest or from_earliest
    reasons = against_subject(responsibility.mission_id, area, unit)
    if latest < from_earliest:
        reasons.append(_("the latest day lies before the earliest"))
    if lead and lead not in responsibility.mission.ladder:
        reasons.append(_("'%(lead)s' is not on the mission's ladder") % {"lead": lead})
    if corrects is not None and (
        corrects.responsibility_id != responsibility.pk
        or corrects.area_id != (area and area.pk)
        or corrects.unit_id != (unit and unit.pk)
    ):
        reasons.append(_("the entry it corrects is about another responsibility, area or unit"))
    if trial_until is not None and trial_until <= latest:
        reasons.append(_("the trial would end before it begins"))
    with transaction.atomic():
        if not responsibility.mission.is_case:
            reasons += _against_decided(responsibility, area, unit, latest, corrects)
        if reasons:
            raise NotAllowed(_("record who leads"), reasons)
        entry = LeadEntry.objects.create(
            mission_id=responsibility.mission_id,
            responsibility=responsibility,
            area=area,
            unit=unit,
            lead=lead,
            from_earliest=from_earliest,
            from_latest=latest,
            trial_until=trial_until,
            basis=basis,
            note=note,
            references=list(references),
            decision_id=decision_id,
            corrects=corrects,
            source=source,
            marking=marking,
            recorded_by_id=actor.account_id,
        )
        record(
            actor,
            "readiness.lead.record",
            entry,
            {
                "subject": str(area or unit),
                "responsibility": responsibility.code,
                "lead": lead or "unknown",
                "from": [from_earliest, latest],
                "corrects": str(corrects.pk) if corrects else None,
            },
        )
    return entry


def record_leads(
    *,
    actor: Viewer,
    functions: Sequence[Responsibility],
    areas: Sequence[Area],
    lead: str,
    since: dt.date,
    source_title: str,
    note: str = "",
    marking: Marking = Marking.INTERNAL,
) -> list[LeadEntry]:
    """The present lead of several responsibilities in several areas, all or nothing."""
    if not functions or not areas:
        raise NotAllowed(
            _("record who leads"), [_("choose at least one responsibility and one area")]
        )
    mission_id = functions[0].mission_id
    require(actor, "readiness.propose", mission_id)
    with transaction.atomic():
        source = ensure_source(
            actor=actor, mission_id=mission_id, title=source_title, marking=marking
        )
        return [
            record_lead(
                actor=actor,
                responsibility=function,
                area=area,
                lead=lead,
                from_earliest=since,
                source=source,
                note=note,
                marking=marking,
            )
            for area in areas
            for function in functions
        ]


def _against_decided(
    responsibility: Responsibility,
    area: Area | None,
    unit: Unit | None,
    latest: dt.date,
    corrects: LeadEntry | None,
) -> list[str]:
    """Reasons one person's entry would undo what every party signed: only they decide it anew."""
    decided = LeadEntry.objects.filter(
        responsibility=responsibility, area=area, unit=unit, decision_id__isnull=False
    )
    first = decided.order_by("from_earliest").values_list("from_earliest", flat=True).first()
    if corrects is not None and corrects.decision_id is not None:
        return [_("a joint decision wrote that entry; the parties change it by a new decision")]
    if first is not None and latest >= first:
        return [
            _(
                "the parties decided who leads from %(day)s on; propose the next step or a step "
                "back instead"
            )
            % {"day": first.isoformat()}
        ]
    return []
