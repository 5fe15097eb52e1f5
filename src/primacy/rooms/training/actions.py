"""Acts on recipients of training: a person says which unit a written name means."""

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.audit.actions import record
from primacy.platform.database.viewer_scope import keeping
from primacy.platform.policy import Viewer, require
from primacy.rooms.forces.facade import Unit
from primacy.rooms.training.errors import BadReading
from primacy.rooms.training.models import Reading, RecipientName, RecipientReading

BY_A_PERSON = (Reading.UNIT, Reading.NOT_A_UNIT, Reading.NOT_REGISTERED, Reading.REFER)
"""What a person may say; "refer" puts the name back in the queue."""


def judge_recipient(
    *,
    actor: Viewer,
    name: RecipientName,
    reading: str,
    reason: str,
    unit: Unit | None = None,
) -> RecipientReading:
    """The reading that now holds for a name, and so for every training under it.

    Earlier readings stay on record. A unit must be of the same mission; a reason is always asked.
    """
    require(actor, "forces.edit", name.mission_id)
    if reading not in BY_A_PERSON:
        raise BadReading(
            _("'%(reading)s' is not for a person to say. Choose one of: %(known)s.")
            % {"reading": reading[:30], "known": ", ".join(str(one) for one in BY_A_PERSON)}
        )
    if (reading == Reading.UNIT) != (unit is not None):
        raise BadReading(_("Name a unit exactly where the name is read as one."))
    if unit is not None and unit.mission_id != name.mission_id:
        raise BadReading(_("%(unit)s is a unit of another mission.") % {"unit": unit.name})
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise BadReading(_("Say why, so that others can follow: a document, a list, a visit."))
    with keeping(name.mission_id), transaction.atomic():
        # Locked, so that of two who judge at once the later one follows the earlier.
        RecipientName.objects.select_for_update().get(pk=name.pk)
        RecipientReading.objects.filter(name=name, newest=True).update(newest=False)
        made = RecipientReading.objects.create(
            name=name,
            reading=reading,
            unit=unit,
            by_matcher=False,
            reason=reason,
            recorded_by_id=actor.account_id,
        )
        body = {"reading": str(reading), "unit": unit.code if unit else None, "reason": reason}
        record(actor, "training.recipient.judge", name, body)
    return made
