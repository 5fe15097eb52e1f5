"""From the codes a request names to the records they stand for."""

from django.utils.translation import gettext as _

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
        raise NoSuchUnit(
            _("No unit '%(code)s' in %(short_name)s.")
            % {"code": code[:60], "short_name": call.mission.short_name}
        )
    return unit


def responsibility_named(call: Call, code: str) -> Responsibility:
    """The responsibility of a code; `NoSuchRecord` names those there are."""
    rows = responsibilities(call.viewer, call.mission, call.today)
    for row in rows:
        if row.code == code:
            return row
    raise NoSuchRecord(
        _("No responsibility '%(code)s' in %(short_name)s. There are: %(rows)s.")
        % {
            "code": code[:60],
            "short_name": call.mission.short_name,
            "rows": ", ".join(row.code for row in rows),
        }
    )
