"""Indicators computed from strength figures."""

import datetime as dt
from collections.abc import Iterable, Sequence

from primacy.platform.indicators import IndicatorValue, Subject, provide
from primacy.platform.policy import Viewer, visible
from primacy.rooms.forces.models import Strength, StrengthKind

PAIRS = {
    "presence.officers_share": (StrengthKind.PRESENT, StrengthKind.REQUIRED),
    "certification.certified_present_share": (StrengthKind.CERTIFIED, StrengthKind.ELIGIBLE),
}


def _share(
    viewer: Viewer, subjects: Sequence[Subject], as_of: dt.date, code: str
) -> Iterable[IndicatorValue]:
    """Newest figure of the one kind over the newest of the other, dated by the older of the two."""
    above, below = PAIRS[code]
    missions = {subject.mission_id for subject in subjects}
    rows = Strength.objects.filter(
        mission_id__in=missions, kind__in=(above, below), date_to__lte=as_of, unit__side="local"
    ).exclude(value=None)
    newest: dict[tuple[str, object, str], Strength] = {}
    for figure in visible(viewer, rows.select_related("source"), "forces.view").order_by("date_to"):
        if figure.area_id:
            newest[("area", figure.area_id, figure.kind)] = figure
        newest[("unit", figure.unit_id, figure.kind)] = figure
    for subject in subjects:
        top = newest.get((subject.kind, subject.id, above))
        base = newest.get((subject.kind, subject.id, below))
        if top is None or base is None or not base.value or top.value is None:
            continue
        yield IndicatorValue(
            subject=subject,
            observed_on=min(top.date_to, base.date_to),
            value=None,
            numerator=top.value,
            denominator=base.value,
            source=f"strength register: {top.source} / {base.source}",
        )


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
