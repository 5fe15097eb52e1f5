"""Entering evidence."""

import datetime as dt

from django.db import transaction

from primacy.kernels.readiness import ReadinessError as KernelRefusal
from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.indicators import indicator as indicator_of
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.actions import ensure_source
from primacy.platform.sources.models import SourceKind
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Area, Mission
from primacy.rooms.readiness.errors import BadObservation
from primacy.rooms.readiness.evidence import evidence_of, readable
from primacy.rooms.readiness.models import Observation, StandardCriterion
from primacy.rooms.readiness.rules import (
    RIGHT_FOR,
    ObservationFacts,
    against_observation,
    against_subject,
    right_for,
)

SOURCE_KINDS = {
    "records": SourceKind.REGISTER,
    "self": SourceKind.STATEMENT,
    "field": SourceKind.VISIT,
    "survey": SourceKind.SURVEY,
}


def observe(
    *,
    actor: Viewer,
    mission: Mission,
    indicator: str,
    method: str,
    observed_on: dt.date,
    source_title: str,
    area: Area | None = None,
    unit: Unit | None = None,
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    numerator: float | None = None,
    denominator: float | None = None,
    sample: bool = False,
    note: str = "",
    corrects: Observation | None = None,
    marking: Marking = Marking.INTERNAL,
) -> Observation:
    """A new piece of evidence. It cannot be edited afterwards, only corrected by another."""
    require(actor, right_for(indicator), mission.pk)
    measure = unit_of_measure(mission, indicator)
    facts = ObservationFacts(
        method=method,
        party=actor.party,
        observed_on=observed_on,
        today=clock.today(),
        value=value,
        low=low,
        high=high,
        numerator=numerator,
        denominator=denominator,
        unit=measure or "",
    )
    reasons = against_observation(facts)
    if method not in SOURCE_KINDS:
        reasons.append("choose how it was obtained: records, self, field or survey")
    if measure is None:
        reasons.append(f"'{indicator}' is not an indicator of this mission's standards")
    reasons += against_subject(mission.pk, area, unit)
    if corrects is not None:
        reasons += _against_correction(actor, corrects, indicator, area, unit)
        marking = max(marking, Marking(corrects.marking))
    if indicator in RIGHT_FOR and actor.account_id is None:
        reasons.append("only a person of the human rights component, by account, enters this")
    if not source_title.strip():
        reasons.append("say where it comes from: a register, visit, survey or document")
    if reasons:
        raise BadObservation("Not entered: " + "; ".join(reasons) + ".")
    row = Observation(
        mission=mission,
        area=area,
        unit=unit,
        indicator=indicator,
        method=method,
        observed_on=observed_on,
        value=value,
        low=low,
        high=high,
        numerator=numerator,
        denominator=denominator,
        sample=sample,
        note=note,
        party=actor.party,
        entered_as=actor.label,
        corrects=corrects,
        marking=marking,
        recorded_by_id=actor.account_id,
    )
    with transaction.atomic():
        row.source = ensure_source(
            actor=actor,
            mission_id=mission.pk,
            title=source_title,
            kind=SOURCE_KINDS[method],
            marking=marking,
        )
        # Evidence is at least as sensitive as what it rests on.
        row.marking = max(marking, Marking(row.source.marking))
        _try_on_kernel(row)
        row.save()
        record(actor, "readiness.observation.enter", row, _audited(row, str(area or unit)))
    return row


def _audited(row: Observation, subject: str) -> dict[str, object]:
    """What the audit log says of an observation: no figures of what is marked above internal.

    Those who keep the server read the log and have no clearance; the row itself is append-only.
    """
    body: dict[str, object] = {
        "indicator": row.indicator,
        "method": row.method,
        "observed_on": row.observed_on,
        "subject": subject,
        "corrects": str(row.corrects_id) if row.corrects_id else None,
        "marking": int(row.marking),
    }
    if row.marking <= Marking.INTERNAL:
        body |= {"value": row.value, "counts": [row.numerator, row.denominator]}
    return body


def unit_of_measure(mission: Mission, indicator: str) -> str | None:
    """The unit of an indicator: from the registry, else from a criterion of the mission."""
    known = indicator_of(indicator)
    if known is not None:
        return known.unit
    rows = StandardCriterion.objects.filter(standard__mission=mission, indicator=indicator)
    return rows.values_list("unit", flat=True).first()


def _try_on_kernel(row: Observation) -> None:
    try:
        evidence_of(row)
    except KernelRefusal as problem:
        raise BadObservation(f"Not entered: {problem}") from problem


def _against_correction(
    actor: Viewer, earlier: Observation, indicator: str, area: Area | None, unit: Unit | None
) -> list[str]:
    """Reasons an observation cannot correct an earlier one."""
    reasons = []
    if (
        earlier.indicator != indicator
        or earlier.area_id != (area.pk if area else None)
        or earlier.unit_id != (unit.pk if unit else None)
    ):
        reasons.append("a correction is about the same indicator and the same area or unit")
    if not readable(actor, earlier.mission, evidence_of(earlier)):
        reasons.append("what it corrects is not open to you; ask who entered it to correct it")
    return reasons
