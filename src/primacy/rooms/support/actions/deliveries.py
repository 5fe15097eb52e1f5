"""Acts at the gate: asking it on record, and the ledger of what was handed over."""

import datetime as dt
import decimal
from dataclasses import dataclass

from django.db import IntegrityError, InternalError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Denied, Marking, Viewer, may_read, require
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import Person
from primacy.rooms.places.facade import Area, Mission
from primacy.rooms.support.actions.adding import add_task
from primacy.rooms.support.actions.locks import pass_gate
from primacy.rooms.support.clearance import VIEW, Cleared, can_read, clearance
from primacy.rooms.support.delivered import going_beyond
from primacy.rooms.support.errors import BadRequest, NotCleared
from primacy.rooms.support.models import (
    Clearance,
    Delivery,
    Recipient,
    Standing,
    SupportCase,
    SupportKind,
    TaskKind,
)

DELIVER = "support.deliver"


@dataclass(frozen=True)
class Handed:
    """What was handed over: how much of what, when, where, on which paper."""

    what: str
    quantity: decimal.Decimal
    quantity_unit: str
    happens_on: dt.date
    source_title: str
    value: decimal.Decimal | None = None
    currency: str = ""
    area: Area | None = None
    place: str = ""
    paper: str = ""


def ask_gate(
    *,
    actor: Viewer,
    mission: Mission,
    purpose: str,
    day: dt.date,
    unit: Unit | None = None,
    person: Person | None = None,
    case: SupportCase | None = None,
) -> tuple[Clearance, Cleared]:
    """The gate's answer, kept: what a patrol, a course or a hand-over rests on names it.

    Asking is for everybody who reads support (`clearance`); keeping the answer is a write.
    """
    require(actor, DELIVER, mission.pk)
    with transaction.atomic():
        # Asked and kept in one: what is kept must not be out of date before it is written.
        pass_gate(mission.pk, alone=False)
        found = clearance(
            actor, mission, purpose=purpose, day=day, unit=unit, person=person, case=case
        )
        row = _keep(actor, mission, purpose, day, unit, person, found)
        record(actor, "support.gate.ask", row, {"answer": str(found.answer)})
    return row, found


def deliver(*, actor: Viewer, recipient: Recipient, handed: Handed) -> Delivery:
    """An entry of the ledger under a case; `NotCleared` where the gate does not let it through.

    What goes beyond the approval in quantity, place or day is kept, said to, and raises a task.
    """
    require(actor, DELIVER, recipient.case.mission_id)
    reasons = _against(handed)
    if reasons:
        raise BadRequest(" ".join(reasons))
    mission = recipient.case.mission
    unit = recipient.unit if recipient.kind != "person" else None
    try:
        with transaction.atomic():
            pass_gate(mission.pk, alone=False)
            case = _readable(actor, recipient.case)
            if unit is None and recipient.person is None:
                raise NotCleared([_("The recipient is not found in the register yet.")])
            found = clearance(
                actor, mission, purpose=case.kind, day=handed.happens_on, unit=unit,
                person=recipient.person if unit is None else None, case=case,
            )  # fmt: skip
            if not found.lets_through:
                raise NotCleared(found.reasons)
            person = recipient.person if unit is None else None
            cleared = _keep(actor, mission, case.kind, handed.happens_on, unit, person, found)
            row = _write(
                actor, mission, handed, Standing.ACCEPTED, case=case, recipient=recipient,
                unit=unit, person=person, clearance=cleared, kind=case.kind,
                named=recipient.named, outside=going_beyond(case, handed.quantity,
                handed.quantity_unit, handed.happens_on, handed.area),
            )  # fmt: skip
            for at, words in enumerate(row.outside):
                add_task(
                    mission=mission, case=case, recipient=recipient, delivery=row,
                    kind=TaskKind.OUTSIDE, key=f"outside:{row.number}:{at}", reason=words,
                )  # fmt: skip
            body = {"number": row.number, "kind": row.kind, "beyond": len(row.outside)}
            record(actor, "support.delivery.accept", row, body)
    except (IntegrityError, InternalError) as problem:
        if "support:" not in str(problem):
            raise
        # Stopped between the question and the entry: the database's own gate.
        raise NotCleared([_("The gate closed while this was written: ask it again.")]) from problem
    return row


def report_unassessed(
    *,
    actor: Viewer,
    mission: Mission,
    kind: str,
    named: str,
    handed: Handed,
    unit: Unit | None = None,
    person: Person | None = None,
) -> Delivery:
    """An entry for what reached a force around the gate: kept, said to have done so, looked into.

    It is no way to deliver: it speaks of what has happened.
    """
    require(actor, DELIVER, mission.pk)
    reasons = _against(handed)
    if kind not in SupportKind.values:
        reasons.append(_("Choose the kind of support."))
    if not named.strip() and unit is None and person is None:
        reasons.append(_("Say who received it."))
    if reasons:
        raise BadRequest(" ".join(reasons))
    with transaction.atomic():
        pass_gate(mission.pk, alone=False)
        row = _write(
            actor, mission, handed, Standing.UNASSESSED, unit=unit, person=person, kind=kind,
            named=named.strip() or str(unit or person),
        )  # fmt: skip
        words = _("Delivery %(number)d reached its recipient without a due-diligence decision.") % {
            "number": row.number
        }
        add_task(mission=mission, delivery=row, kind=TaskKind.UNASSESSED,
                 key=f"unassessed:{row.number}", reason=words, level=2)  # fmt: skip
        record(actor, "support.delivery.report", row, {"number": row.number, "kind": kind})
    return row


def correct_delivery(*, actor: Viewer, delivery: Delivery, reason: str) -> Delivery:
    """An entry that takes a wrong one back; both stay in the ledger."""
    require(actor, DELIVER, delivery.mission_id)
    if not reason.strip():
        raise BadRequest(_("Say what was wrong with the entry."))
    if not may_read(
        actor, VIEW, mission_id=delivery.mission_id, open_to_guests=False,
        marking=delivery.marking, compartment_id=delivery.compartment_id,
    ):  # fmt: skip
        raise Denied(_("This record is not open to you. Nothing was changed."))
    with transaction.atomic():
        pass_gate(delivery.mission_id, alone=False)
        Mission.objects.select_for_update(no_key=True).get(pk=delivery.mission_id)
        if delivery.corrects_id is not None or delivery.corrections.exists():
            raise BadRequest(_("This entry is taken back already, or takes another back."))
        row = Delivery.objects.create(
            mission_id=delivery.mission_id, number=_next_number(delivery.mission),
            # A turned entry hands nothing over: it passes no gate, and stands beside the first.
            standing=Standing.UNASSESSED, kind=delivery.kind, named=delivery.named,
            what=reason.strip()[:200], quantity=-delivery.quantity,
            quantity_unit=delivery.quantity_unit,
            value=None if delivery.value is None else -delivery.value,
            currency=delivery.currency, happens_on=delivery.happens_on, unit=delivery.unit,
            person=delivery.person, source=delivery.source, corrects=delivery,
            marking=delivery.marking, compartment=delivery.compartment,
            recorded_by_id=actor.account_id,
        )  # fmt: skip
        record(actor, "support.delivery.correct", row, {"corrects": delivery.number})
    return row


def _write(
    actor: Viewer,
    mission: Mission,
    handed: Handed,
    standing: str,
    **more: object,
) -> Delivery:
    # The mission's row is locked before the audit log is, here as everywhere.
    number = _next_number(mission)
    case = more.get("case")
    # The ledger is as closely kept as the case it is under.
    under = case if isinstance(case, SupportCase) else None
    marking = max(Marking.CONFIDENTIAL, under.marking) if under else Marking.CONFIDENTIAL
    source = ensure_source(
        actor=actor,
        mission_id=mission.pk,
        title=handed.source_title,
        marking=Marking(marking),
    )
    return Delivery.objects.create(
        mission=mission,
        number=number,
        standing=standing,
        what=" ".join(handed.what.split())[:200],
        quantity=handed.quantity,
        quantity_unit=handed.quantity_unit.strip()[:40],
        value=handed.value,
        currency=handed.currency.upper()[:3],
        happens_on=handed.happens_on,
        area=handed.area,
        place=handed.place.strip()[:200],
        paper=handed.paper.strip()[:120],
        source=source,
        marking=marking,
        compartment_id=under.compartment_id if under else None,
        recorded_by_id=actor.account_id,
        **more,
    )


def _readable(actor: Viewer, case: SupportCase) -> SupportCase:
    """The case as it stands now; refused to who may not read it."""
    row = SupportCase.objects.select_related("policy", "mission", "area").get(pk=case.pk)
    if not can_read(actor, row):
        raise Denied(_("This case is not open to you. Nothing was handed over on record."))
    return row


def _next_number(mission: Mission) -> int:
    Mission.objects.select_for_update(no_key=True).get(pk=mission.pk)
    return (Delivery.objects.filter(mission=mission).aggregate(n=Max("number"))["n"] or 0) + 1


def _keep(
    actor: Viewer,
    mission: Mission,
    purpose: str,
    day: dt.date,
    unit: Unit | None,
    person: Person | None,
    found: Cleared,
) -> Clearance:
    case = found.rests_on
    marking = Marking.CONFIDENTIAL if case is None else case.marking
    return Clearance.objects.create(
        mission=mission, case=case, unit=unit, person=person, purpose=purpose, day=day,
        answer=found.answer, reasons=list(found.reasons), marking=marking,
        compartment_id=case.compartment_id if case is not None else None,
        recorded_by_id=actor.account_id,
    )  # fmt: skip


def _against(handed: Handed) -> list[str]:
    reasons = []
    if not handed.what.strip() or not handed.quantity_unit.strip():
        reasons.append(_("Say what was handed over, and in which unit it is counted."))
    if not handed.quantity.is_finite() or handed.quantity <= 0:
        reasons.append(_("Give a quantity above zero."))
    if handed.happens_on > clock.today():
        reasons.append(_("The ledger holds what has happened: the day cannot be one to come."))
    if handed.value is not None and len(handed.currency) != 3:
        reasons.append(_("Give the currency as three letters, e.g. USD."))
    return reasons
