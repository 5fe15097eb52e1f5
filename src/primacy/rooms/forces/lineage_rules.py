"""How many units stand on each side of a lineage event, and on what dates it can fall. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from primacy.platform.claims.rules import Dates
from primacy.rooms.forces.models import LineageKind, Unit

MANY = 1_000
SIDES: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    # kind: (least and most before, least and most after)
    LineageKind.RENAMED: ((1, 1), (1, 1)),
    LineageKind.MERGED: ((1, MANY), (1, 1)),
    LineageKind.SPLIT: ((1, 1), (1, MANY)),
    LineageKind.DISBANDED: ((1, MANY), (0, 0)),
    LineageKind.ATTACHED: ((1, 1), (1, 1)),
}


def against_lineage(
    kind: str, froms: Sequence[Unit], tos: Sequence[Unit], dates: Dates, new_name: str
) -> list[str]:
    """Reasons against a lineage event."""
    if kind not in SIDES:
        return [_("'%(kind)s' is no kind of lineage event.") % {"kind": kind}]
    reasons = []
    for found, (least, most), words in (
        (froms, SIDES[kind][0], _("before")),
        (tos, SIDES[kind][1], _("after")),
    ):
        if not least <= len(set(found)) <= most:
            reasons.append(
                _("%(event)s: %(least)d to %(most)d units stand %(side)s the event, not %(n)d.")
                % {
                    "event": LineageKind(kind).label,
                    "least": least,
                    "most": most,
                    "side": words,
                    "n": len(set(found)),
                }
            )
    same = set(froms) & set(tos)
    if kind == LineageKind.ATTACHED and same:
        reasons.append(_("A unit cannot be attached to itself."))
    if kind == LineageKind.RENAMED and same and not new_name:
        reasons.append(_("A renaming needs the new name."))
    if new_name and (kind != LineageKind.RENAMED or len(new_name) > 200):
        reasons.append(_("Only a renaming gives a new name, of at most 200 letters."))
    if len({unit.mission_id for unit in (*froms, *tos)}) > 1:
        reasons.append(_("These units belong to different missions. Nothing was recorded."))
    if dates.since_beginning or not (dates.first_precise or dates.first_imprecise):
        reasons.append(_("Say on which day it happened, or between which days."))
    return reasons
