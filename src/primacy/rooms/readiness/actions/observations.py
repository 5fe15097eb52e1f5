"""Entering evidence."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.kernels.readiness import ReadinessError as KernelRefusal
from primacy.platform import clock
from primacy.platform.accounts.models import Compartment
from primacy.platform.audit.actions import record
from primacy.platform.indicators import indicator as indicator_of
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.actions import ensure_source
from primacy.platform.sources.models import Source, SourceKind
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


WRITTEN_AT_ONCE = 500


@dataclass(frozen=True)
class ObservationContent:
    """One piece of evidence as it is given: what, of whom, how obtained, from where."""

    indicator: str
    method: str
    observed_on: dt.date
    source_title: str
    area: Area | None = None
    unit: Unit | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    sample: bool = False
    note: str = ""
    marking: Marking = Marking.INTERNAL


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
    compartment: Compartment | None = None,
) -> Observation:
    """A new piece of evidence. It cannot be edited afterwards, only corrected by another."""
    content = ObservationContent(
        indicator=indicator,
        method=method,
        observed_on=observed_on,
        source_title=source_title,
        area=area,
        unit=unit,
        value=value,
        low=low,
        high=high,
        numerator=numerator,
        denominator=denominator,
        sample=sample,
        note=note,
        marking=marking,
    )
    require(actor, right_for(indicator), mission.pk)
    reasons = _against(actor, mission, content, unit_of_measure(mission, indicator))
    if corrects is not None:
        reasons += _against_correction(actor, corrects, indicator, area, unit)
        marking = max(marking, Marking(corrects.marking))
    if compartment is not None and compartment.pk not in actor.compartments:
        reasons.append(_("you are not in that compartment; ask its owner to admit you"))
    if reasons:
        raise BadObservation(_("Not entered: ") + "; ".join(reasons) + ".")
    row = _row(actor, mission, content)
    row.corrects = corrects
    row.compartment = compartment
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


def observe_many(
    *, actor: Viewer, mission: Mission, entries: Sequence[ObservationContent]
) -> list[Observation]:
    """A round of evidence entered together, all or nothing; the log holds one entry for it.

    Each entry passes the same checks as one entered alone.
    """
    for right in sorted({right_for(entry.indicator) for entry in entries}):
        require(actor, right, mission.pk)
    measures = {code: unit_of_measure(mission, code) for code in {e.indicator for e in entries}}
    for number, entry in enumerate(entries, start=1):
        reasons = _against(actor, mission, entry, measures[entry.indicator])
        if reasons:
            raise BadObservation(
                _("Entry %(number)s, nothing entered: ") % {"number": number}
                + "; ".join(reasons)
                + "."
            )
    if not entries:
        return []
    with transaction.atomic():
        sources: dict[tuple[str, str, Marking], Source] = {}
        rows = []
        for entry in entries:
            key = (entry.source_title, entry.method, entry.marking)
            if key not in sources:
                sources[key] = ensure_source(
                    actor=actor,
                    mission_id=mission.pk,
                    title=entry.source_title,
                    kind=SOURCE_KINDS[entry.method],
                    marking=entry.marking,
                )
            row = _row(actor, mission, entry)
            row.source = sources[key]
            row.marking = max(entry.marking, Marking(row.source.marking))
            _try_on_kernel(row)
            rows.append(row)
        Observation.objects.bulk_create(rows, batch_size=WRITTEN_AT_ONCE)
        record(actor, "readiness.observation.round", mission, _round(rows), mission_id=mission.pk)
    return rows


def _round(rows: Sequence[Observation]) -> dict[str, object]:
    """What the audit log says of a round: how many of what, from when to when; no figures."""
    return {
        "observations": len(rows),
        "indicators": dict(sorted(Counter(row.indicator for row in rows).items())),
        "methods": sorted({row.method for row in rows}),
        "from": min(row.observed_on for row in rows),
        "to": max(row.observed_on for row in rows),
        "marking": max(row.marking for row in rows),
    }


def _against(
    actor: Viewer, mission: Mission, content: ObservationContent, measure: str | None
) -> list[str]:
    """Reasons one piece of evidence cannot be entered."""
    facts = ObservationFacts(
        method=content.method,
        party=actor.party,
        observed_on=content.observed_on,
        today=clock.today(),
        value=content.value,
        low=content.low,
        high=content.high,
        numerator=content.numerator,
        denominator=content.denominator,
        unit=measure or "",
    )
    reasons = against_observation(facts)
    if content.method not in SOURCE_KINDS:
        reasons.append(_("choose how it was obtained: records, self, field or survey"))
    if measure is None:
        reasons.append(
            _("'%(indicator)s' is not an indicator of this mission's standards")
            % {"indicator": content.indicator}
        )
    reasons += against_subject(mission.pk, content.area, content.unit)
    if content.indicator in RIGHT_FOR and actor.account_id is None:
        reasons.append(_("only a person of the human rights component, by account, enters this"))
    if not content.source_title.strip():
        reasons.append(_("say where it comes from: a register, visit, survey or document"))
    return reasons


def _row(actor: Viewer, mission: Mission, content: ObservationContent) -> Observation:
    """The observation, unsaved and without its source."""
    return Observation(
        mission=mission,
        area=content.area,
        unit=content.unit,
        indicator=content.indicator,
        method=content.method,
        observed_on=content.observed_on,
        value=content.value,
        low=content.low,
        high=content.high,
        numerator=content.numerator,
        denominator=content.denominator,
        sample=content.sample,
        note=content.note,
        party=actor.party,
        entered_as=actor.label,
        marking=content.marking,
        recorded_by_id=actor.account_id,
    )


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
        raise BadObservation(_("Not entered: %(problem)s") % {"problem": problem}) from problem


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
        reasons.append(_("a correction is about the same indicator and the same area or unit"))
    if not readable(actor, earlier.mission, evidence_of(earlier)):
        reasons.append(_("what it corrects is not open to you; ask who entered it to correct it"))
    return reasons
