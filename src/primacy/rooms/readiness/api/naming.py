"""From the codes a request names to the records they stand for."""

from primacy.rooms.forces.facade import NoSuchUnit, Unit, units
from primacy.rooms.places.api.frame import Call
from primacy.rooms.places.facade import Area, area_by_code
from primacy.rooms.readiness.board import responsibilities
from primacy.rooms.readiness.errors import NoSuchRecord
from primacy.rooms.readiness.models import Responsibility


def area_named(call: Call, code: str | None) -> Area | None:
    """The area of a code; None where none was named."""
    return area_by_code(call.viewer, call.mission, code) if code else None


def unit_named(call: Call, code: str | None) -> Unit | None:
    """The unit of a code; None where none was named."""
    if not code:
        return None
    unit = units(call.viewer, call.mission).filter(code=code).first()
    if unit is None:
        raise NoSuchUnit(f"No unit '{code[:60]}' in {call.mission.short_name}.")
    return unit


def responsibility_named(call: Call, code: str) -> Responsibility:
    """The responsibility of a code; `NoSuchRecord` names those there are."""
    rows = responsibilities(call.viewer, call.mission, call.today)
    for row in rows:
        if row.code == code:
            return row
    raise NoSuchRecord(
        f"No responsibility '{code[:60]}' in {call.mission.short_name}. "
        f"There are: {', '.join(row.code for row in rows)}."
    )
