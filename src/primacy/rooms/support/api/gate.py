"""The gate and the ledger over the API."""

import datetime as dt
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from primacy.platform.policy import Viewer, require
from primacy.rooms.forces.facade import Unit, unit_by_code
from primacy.rooms.persons.facade import Person, person_by_code
from primacy.rooms.places.api.frame import (
    READ,
    WRITE,
    Body,
    Call,
    Day,
    Line,
    Listing,
    OptionalDay,
    Paging,
    Title,
    Words,
    open_call,
)
from primacy.rooms.support.actions import (
    Handed,
    ask_gate,
    correct_delivery,
    deliver,
    report_unassessed,
)
from primacy.rooms.support.api.cases import SupportReasonIn
from primacy.rooms.support.api.listing import by_name, listed_by_name
from primacy.rooms.support.clearance import VIEW, Cleared, can_read, clearance
from primacy.rooms.support.models import Delivery
from primacy.rooms.support.named import Named
from primacy.rooms.support.queries import deliveries, delivery_by_id, recipient_by_id

router = Router(tags=["Support"])
HERE = "/missions/{slug:code}/support"
Quantity = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]


class ClearedOut(BaseModel):
    """The gate's answer. "unknown" is never a yes, nor that nothing stands against somebody."""

    id: uuid.UUID | None = None
    answer: str
    reasons: list[str]
    case: int | None
    until: dt.date | None

    @classmethod
    def of(cls, found: Cleared, row_id: uuid.UUID | None = None) -> "ClearedOut":
        """The answer, as far as its case is open to who asks."""
        return cls(
            id=row_id, answer=found.answer.value, reasons=list(found.reasons), until=found.until,
            case=found.case.number if found.case is not None else None,
        )  # fmt: skip


class DeliveryOut(BaseModel):
    """An entry of the ledger."""

    id: uuid.UUID
    number: int
    standing: str
    kind: str
    named: str
    unit: str | None
    person: str | None
    case: int | None
    what: str
    quantity: Decimal
    quantity_unit: str
    value: Decimal | None
    currency: str
    happens_on: dt.date
    place: str
    paper: str
    takes_back: uuid.UUID | None
    beyond_approval: list[str]

    @classmethod
    def of(cls, row: Delivery, names: Named, viewer: Viewer) -> "DeliveryOut":
        """An entry; its case only where it is open."""
        same = ("number", "standing", "kind", "what", "quantity", "quantity_unit", "happens_on",
                "place", "paper", "value", "currency")  # fmt: skip
        open_case = row.case is not None and can_read(viewer, row.case)
        return cls(
            id=row.pk, named=names.who(row, row.named), unit=names.unit_code(row),
            person=names.person_code(row),
            case=row.case.number if row.case is not None and open_case else None,
            takes_back=row.corrects_id, beyond_approval=list(map(str, row.outside)),
            **{name: getattr(row, name) for name in same},
        )  # fmt: skip


class AskIn(BaseModel):
    """For whom, for what, for which day."""

    unit: Line = ""
    person: Line = ""
    purpose: Line
    day: OptionalDay = None


class GateIn(Body):
    """For whom, for what, for which day; the answer is kept."""

    unit: Line = ""
    person: Line = ""
    purpose: Line
    day: OptionalDay = None


class LedgerFilter(Paging):
    """Which entries are wanted."""

    standing: Line = ""
    unit: Line = ""


class HandedIn(Body):
    """What was handed over."""

    what: Line
    quantity: Quantity
    quantity_unit: Annotated[str, Field(max_length=40)]
    happens_on: Day
    source: Title
    place: Line = ""
    paper: Annotated[str, Field(max_length=120)] = ""
    value: Quantity | None = None
    currency: Annotated[str, Field(max_length=3)] = ""

    def handed(self) -> Handed:
        """What was handed over, as the acts take it."""
        return Handed(
            what=self.what, quantity=self.quantity, quantity_unit=self.quantity_unit,
            happens_on=self.happens_on, source_title=self.source, place=self.place,
            paper=self.paper, value=self.value, currency=self.currency,
        )  # fmt: skip


class DeliverIn(HandedIn):
    """A delivery under a case."""

    recipient: uuid.UUID


class UnassessedIn(HandedIn):
    """What reached a force around the gate."""

    kind: Line
    named: Words
    unit: Line = ""


@router.get(f"{HERE}/clearance", response={200: ClearedOut, **READ})
def get_clearance(request: HttpRequest, code: str, asked: Query[AskIn]) -> ClearedOut:
    """Whether a unit or person may receive a kind of support on a day, with reasons."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    unit, person = _who(call, asked.unit, asked.person)
    found = clearance(
        call.viewer, call.mission, purpose=asked.purpose, day=asked.day or call.today, unit=unit,
        person=person,
    )  # fmt: skip
    return ClearedOut.of(found)


@router.post(f"{HERE}/clearances", response={201: ClearedOut, **WRITE})
def keep_clearance(request: HttpRequest, code: str, body: GateIn) -> Status[ClearedOut]:
    """The same, kept: what is handed over on it names it."""
    call = open_call(request, code)
    require(call.viewer, "support.deliver", call.mission.pk)
    unit, person = _who(call, body.unit, body.person)
    row, found = ask_gate(
        actor=call.viewer, mission=call.mission, purpose=body.purpose,
        day=body.day or call.today, unit=unit, person=person,
    )  # fmt: skip
    return Status(201, ClearedOut.of(found, row.pk))


@router.get(f"{HERE}/deliveries", response={200: Listing[DeliveryOut], **READ})
def list_deliveries(
    request: HttpRequest, code: str, asked: Query[LedgerFilter]
) -> Listing[DeliveryOut]:
    """The ledger, the newest first."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    rows = deliveries(call.viewer, call.mission)
    rows = rows.filter(standing=asked.standing) if asked.standing else rows
    rows = rows.filter(unit__code=asked.unit) if asked.unit else rows
    return listed_by_name(call, rows, asked, _shown(call))


@router.post(f"{HERE}/deliveries", response={201: DeliveryOut, **WRITE})
def enter_delivery(request: HttpRequest, code: str, body: DeliverIn) -> Status[DeliveryOut]:
    """Enters a delivery under a case, if the gate lets it through."""
    call = open_call(request, code)
    require(call.viewer, "support.deliver", call.mission.pk)
    recipient = recipient_by_id(call.viewer, call.mission, body.recipient)
    row = deliver(actor=call.viewer, recipient=recipient, handed=body.handed())
    return Status(201, by_name(call, row, _shown(call)))


@router.post(f"{HERE}/deliveries/unassessed", response={201: DeliveryOut, **WRITE})
def enter_unassessed_delivery(
    request: HttpRequest, code: str, body: UnassessedIn
) -> Status[DeliveryOut]:
    """Enters what reached a force around the gate."""
    call = open_call(request, code)
    require(call.viewer, "support.deliver", call.mission.pk)
    unit = unit_by_code(call.viewer, call.mission, body.unit) if body.unit else None
    row = report_unassessed(
        actor=call.viewer, mission=call.mission, kind=body.kind, named=body.named[:250],
        unit=unit, handed=body.handed(),
    )  # fmt: skip
    return Status(201, by_name(call, row, _shown(call)))


@router.post(f"{HERE}/deliveries/{{uuid:pk}}/correct", response={201: DeliveryOut, **WRITE})
def take_delivery_back(
    request: HttpRequest, code: str, pk: uuid.UUID, body: SupportReasonIn
) -> Status[DeliveryOut]:
    """Takes a wrong entry back by another; both stay."""
    call = open_call(request, code)
    require(call.viewer, "support.deliver", call.mission.pk)
    row = delivery_by_id(call.viewer, call.mission, pk)
    made = correct_delivery(actor=call.viewer, delivery=row, reason=body.reason)
    return Status(201, by_name(call, made, _shown(call)))


def _shown(call: Call) -> Callable[[Delivery, Named], DeliveryOut]:
    return lambda row, names: DeliveryOut.of(row, names, call.viewer)


def _who(call: Call, unit: str, person: str) -> tuple[Unit | None, Person | None]:
    return (
        unit_by_code(call.viewer, call.mission, unit) if unit else None,
        person_by_code(call.viewer, call.mission, person) if person else None,
    )
