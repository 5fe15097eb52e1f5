"""Acts of the shield: whom an alert accuses, from whom it is kept, for whom an account stands."""

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.models import Account, Organisation
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import Person
from primacy.rooms.places.facade import Mission
from primacy.rooms.warning.actions.holding import locked, named_person
from primacy.rooms.warning.errors import BadAlert, StepRefused
from primacy.rooms.warning.models import Accusation, Alert, KeptFrom, StandsFor
from primacy.rooms.warning.shield import HOST

DESK, SHIELD, CONFIGURE = "warning.desk", "warning.shield", "warning.configure"


def accuse(
    *,
    actor: Viewer,
    alert: Alert,
    unit: Unit | None = None,
    person: Person | None = None,
    force: str = "",
) -> Accusation:
    """Whom the alert accuses; from this moment on it is kept from them and theirs."""
    require(actor, DESK if actor.has(DESK, alert.mission_id) else SHIELD, alert.mission_id)
    force = " ".join(force.split())[:200]
    if unit is None and person is None and not force:
        raise BadAlert(_("Name the unit, the person, or at least the force that is accused."))
    with transaction.atomic():
        alert = locked(actor, alert)
        row = Accusation.objects.create(
            alert=alert, unit=unit, person=person, force=force, recorded_by_id=actor.account_id
        )
        record(actor, "warning.alert.accuse", alert, {})
    return row


def withdraw_accusation(*, actor: Viewer, accusation: Accusation, reason: str) -> Accusation:
    """The accusation, withdrawn by another person than the one who entered it.

    Who was kept away may be told from now on: two persons answer for that.
    """
    require(actor, SHIELD, accusation.alert.mission_id)
    by = named_person(actor)
    if not reason.strip():
        raise BadAlert(_("Say why they are not accused."))
    with transaction.atomic():
        alert = locked(actor, accusation.alert)
        row = Accusation.objects.select_for_update(no_key=True).get(pk=accusation.pk)
        if row.withdrawn_at is not None:
            raise BadAlert(_("This accusation is withdrawn already."))
        if row.recorded_by_id == by:
            raise StepRefused([_("You entered this accusation: somebody else must withdraw it.")])
        row.withdrawn_at, row.withdrawn_reason = clock.now(), reason.strip()
        row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record(actor, "warning.alert.withdraw_accusation", alert, {})
    return row


def keep_from(
    *,
    actor: Viewer,
    alert: Alert,
    reason: str,
    organisation: Organisation | None = None,
    account: Account | None = None,
    unit: Unit | None = None,
) -> KeptFrom:
    """Somebody from whom the alert is kept as well, with the reason."""
    require(actor, DESK if actor.has(DESK, alert.mission_id) else SHIELD, alert.mission_id)
    given = [one for one in (organisation, account, unit) if one is not None]
    if len(given) != 1:
        raise BadAlert(_("Name one organisation, one account or one unit."))
    if not reason.strip():
        raise BadAlert(_("Say why it is kept from them."))
    if account is not None and account.pk == actor.account_id:
        raise BadAlert(_("Nobody keeps an alert from themselves."))
    with transaction.atomic():
        alert = locked(actor, alert)
        row = KeptFrom.objects.create(
            alert=alert, organisation=organisation, account=account, unit=unit,
            reason=reason.strip(), recorded_by_id=actor.account_id,
        )  # fmt: skip
        record(actor, "warning.alert.keep_from", alert, {})
    return row


def let_know(*, actor: Viewer, kept: KeptFrom, reason: str) -> KeptFrom:
    """The entry, lifted by another person than the one who made it."""
    require(actor, SHIELD, kept.alert.mission_id)
    by = named_person(actor)
    if not reason.strip():
        raise BadAlert(_("Say why they may know."))
    with transaction.atomic():
        alert = locked(actor, kept.alert)
        row = KeptFrom.objects.select_for_update(no_key=True).get(pk=kept.pk)
        if row.lifted_at is not None:
            raise BadAlert(_("This is lifted already."))
        if row.recorded_by_id == by:
            raise StepRefused([_("You entered this: somebody else must lift it.")])
        row.lifted_at, row.lifted_reason = clock.now(), reason.strip()
        row.save(update_fields=["lifted_at", "lifted_reason"])
        record(actor, "warning.alert.let_know", alert, {})
    return row


def name_stand(*, actor: Viewer, mission: Mission, account: Account, unit: Unit) -> StandsFor:
    """The unit an account of the host state stands for, beside those it stands for already."""
    require(actor, CONFIGURE, mission.pk)
    if account.party not in HOST:
        raise BadAlert(_("Only an account of the host state stands for a unit of its forces."))
    if unit.mission_id != mission.pk or unit.side != "local":
        raise BadAlert(_("Choose a unit of the host state."))
    if account.pk == actor.account_id:
        raise StepRefused([_("Somebody else says for which unit you stand.")])
    with transaction.atomic():
        row, _new = StandsFor.objects.get_or_create(
            mission=mission, account=account, unit=unit, ended_at=None,
            defaults={"recorded_by_id": actor.account_id},
        )  # fmt: skip
        record(actor, "warning.stand.name", row, {})
    return row
