"""What was delivered under a case against what was approved."""

import datetime as dt
import decimal
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from primacy.platform.accounts.whole import seen_whole
from primacy.platform.language.dates import long_day
from primacy.platform.language.figures import grouped
from primacy.rooms.places.facade import Area
from primacy.rooms.support.models import Delivery, SupportCase


@dataclass(frozen=True)
class Balance:
    """Approved and delivered, in the unit of the request; None where it is counted otherwise."""

    approved: decimal.Decimal | None
    delivered: decimal.Decimal
    unit: str
    other_units: tuple[tuple[str, decimal.Decimal], ...] = ()

    @property
    def left(self) -> decimal.Decimal | None:
        """What may still be delivered; negative where more was."""
        return None if self.approved is None else self.approved - self.delivered


def balance(case: SupportCase) -> Balance:
    """What was delivered under a case, corrections taken off, beside what was approved."""
    with seen_whole(case.mission_id):
        direct = Delivery.objects.filter(case=case)
        turned = Delivery.objects.filter(corrects__case=case)
        sums: dict[str, decimal.Decimal] = {}
        for rows in (direct, turned):
            for unit, total in (
                rows.order_by().values_list("quantity_unit").annotate(Sum("quantity"))
            ):
                sums[unit.casefold()] = sums.get(unit.casefold(), decimal.Decimal(0)) + total
    own = case.quantity_unit.casefold()
    others = tuple((unit, total) for unit, total in sorted(sums.items()) if unit != own)
    return Balance(case.quantity, sums.get(own, decimal.Decimal(0)), case.quantity_unit, others)


def counted(quantity: decimal.Decimal) -> str:
    """A quantity as it is written: without decimals where it is whole."""
    whole = quantity == quantity.to_integral_value()
    return grouped(int(quantity) if whole else float(quantity))


def going_beyond(
    case: SupportCase,
    quantity: decimal.Decimal,
    quantity_unit: str,
    day: dt.date,
    area: Area | None,
) -> list[str]:
    """In what a delivery would go beyond what was approved: quantity, unit, place, day."""
    beyond = []
    so_far = balance(case)
    if quantity_unit.casefold().strip() != case.quantity_unit.casefold().strip():
        beyond.append(
            _("Counted in '%(given)s', approved in '%(approved)s': the quantities cannot be "
              "compared.") % {"given": quantity_unit, "approved": case.quantity_unit}
        )  # fmt: skip
    elif so_far.approved is not None and so_far.delivered + quantity > so_far.approved:
        beyond.append(
            _("With this delivery %(total)s %(unit)s are delivered; %(approved)s were approved.")
            % {
                "total": counted(so_far.delivered + quantity),
                "unit": case.quantity_unit,
                "approved": counted(so_far.approved),
            }
        )
    if case.area_id is not None and area is not None and area.pk != case.area_id:
        beyond.append(
            _("Delivered in %(place)s; approved for %(approved)s.")
            % {"place": area.name, "approved": case.area.name if case.area else ""}
        )
    if not case.starts_on <= day <= case.ends_on:
        beyond.append(
            _("Delivered on %(day)s, outside the days approved.") % {"day": long_day(day)}
        )
    return beyond
