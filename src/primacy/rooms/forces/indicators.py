"""Indicators computed from strength figures."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from primacy.platform.indicators import IndicatorValue, Subject, provide
from primacy.platform.policy import Viewer, visible
from primacy.rooms.forces.models import Strength, StrengthKind

PAIRS = {
    "presence.officers_share": (StrengthKind.PRESENT, StrengthKind.REQUIRED),
    "certification.certified_present_share": (StrengthKind.CERTIFIED, StrengthKind.ELIGIBLE),
}

FEW_SUBJECTS = 50
"""Up to so many subjects are asked for by their ids; more are picked out of all figures."""


@dataclass(frozen=True)
class _Pair:
    """The newest figure of each kind that one unit has, for an area or as a whole."""

    above: Strength
    below: Strength


def _share(
    viewer: Viewer, subjects: Sequence[Subject], as_of: dt.date, code: str
) -> Iterable[IndicatorValue]:
    """Newest figure of the one kind over the newest of the other, dated by the older of the two.

    Both figures are of the same unit; an area with several units counts them together.
    """
    pairs = _pairs(viewer, subjects, as_of, code)
    by_area: dict[uuid.UUID | None, dict[uuid.UUID, _Pair]] = {}
    for (unit, area), pair in pairs.items():
        by_area.setdefault(area, {})[unit] = pair
    for subject in subjects:
        if subject.kind == "unit":
            found = [pairs[key] for key in [(subject.id, None)] if key in pairs]
        else:
            found = _outermost(by_area.get(subject.id, {}))
        if not found:
            continue
        figures = [figure for pair in found for figure in (pair.above, pair.below)]
        sources = dict.fromkeys(str(figure.source) for figure in figures)
        yield IndicatorValue(
            subject=subject,
            observed_on=min(figure.date_to for figure in figures),
            value=None,
            numerator=sum(pair.above.value or 0 for pair in found),
            denominator=sum(pair.below.value or 0 for pair in found),
            source=f"strength register: {' / '.join(sources)}",
            marking=max(max(f.marking, f.source.marking) for f in figures),
        )


def _pairs(
    viewer: Viewer, subjects: Sequence[Subject], as_of: dt.date, code: str
) -> dict[tuple[uuid.UUID, uuid.UUID | None], _Pair]:
    """By unit and area (None: the unit as a whole), where both figures are on record."""
    above, below = PAIRS[code]
    missions = {subject.mission_id for subject in subjects}
    rows = Strength.objects.filter(
        mission_id__in=missions, kind__in=(above, below), date_to__lte=as_of, unit__side="local"
    ).exclude(value=None)
    if len(subjects) <= FEW_SUBJECTS:
        keys = [subject.id for subject in subjects]
        rows = rows.filter(Q(area_id__in=keys) | Q(area__isnull=True, unit_id__in=keys))
    rows = visible(viewer, rows, "forces.view").order_by("date_to", "recorded_at", "pk")
    # Years of returns lie behind the newest figures: only those are read in full.
    last = {
        (unit, area, kind): pk
        for unit, area, kind, pk in rows.values_list("unit_id", "area_id", "kind", "pk")
    }
    found = Strength.objects.select_related("source", "unit").in_bulk(list(last.values()))
    newest = {key: found[pk] for key, pk in last.items()}
    pairs: dict[tuple[uuid.UUID, uuid.UUID | None], _Pair] = {}
    for (unit, area, kind), figure in newest.items():
        base = newest.get((unit, area, below))
        if kind == above and base is not None and base.value:
            pairs[(unit, area)] = _Pair(figure, base)
    return pairs


def _outermost(pairs: dict[uuid.UUID, _Pair]) -> list[_Pair]:
    """The pairs of units whose superior has no figures of its own, so that nobody counts twice."""
    return [pair for pair in pairs.values() if pair.above.unit.parent_id not in pairs]


@provide("presence.officers_share")
def officers_share(
    viewer: Viewer, subjects: Sequence[Subject], as_of: dt.date
) -> Iterable[IndicatorValue]:
    """Officers present over officers required, where both are on record."""
    return _share(viewer, subjects, as_of, "presence.officers_share")


@provide("certification.certified_present_share")
def certified_share(
    viewer: Viewer, subjects: Sequence[Subject], as_of: dt.date
) -> Iterable[IndicatorValue]:
    """Certified officers over eligible officers, where both are on record."""
    return _share(viewer, subjects, as_of, "certification.certified_present_share")
