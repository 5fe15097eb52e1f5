"""Lists of support over the API: who is meant stands there only where the reader may know them."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import QuerySet
from pydantic import BaseModel

from primacy.rooms.places.api.frame import Call, Listing, Paging
from primacy.rooms.support.models import (
    Delivery,
    GraveFinding,
    Recipient,
    StopEntry,
    Suspension,
)
from primacy.rooms.support.named import Named, named_in

Item = TypeVar("Item", bound=BaseModel)
Row = TypeVar("Row", bound=Recipient | Delivery | StopEntry | Suspension | GraveFinding)


def listed_by_name(
    call: Call, rows: QuerySet[Row], paging: Paging, show: Callable[[Row, Named], Item]
) -> Listing[Item]:
    """The part of the rows that was asked for, with the names that are open to the caller."""
    part = list(rows[paging.offset : paging.offset + paging.limit])
    names = named_in(call.viewer, call.mission, part)
    return Listing(
        count=rows.count(),
        limit=paging.limit,
        offset=paging.offset,
        items=[show(row, names) for row in part],
    )


def by_name(call: Call, row: Row, show: Callable[[Row, Named], Item]) -> Item:
    """One row, with the names that are open to the caller."""
    return show(row, named_in(call.viewer, call.mission, [row]))
