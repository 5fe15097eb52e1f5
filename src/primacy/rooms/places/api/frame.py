"""What every API route starts from: viewer and mission, days, paging, the shape of a refusal.

The API's counterpart of `page.py`; the routes of all rooms use it.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from primacy.platform import clock
from primacy.platform.as_of import parse_as_of
from primacy.platform.policy import Marking, Viewer
from primacy.rooms.places.models import Mission
from primacy.rooms.places.queries import opened_mission

PAGE_SIZE = 100
LARGEST_PAGE = 500
FURTHEST_OFFSET = 1_000_000

Item = TypeVar("Item", bound=BaseModel)
Row = TypeVar("Row", bound=Model)


class Refusal(BaseModel):
    """What every refused call answers: a code, the message, each reason in words.

    `fields` is there only where the request itself could not be read: field → what is wrong.
    """

    error: str
    message: str
    reasons: list[str]
    fields: dict[str, str] | None = None


READ: Mapping[int, type[BaseModel]] = {403: Refusal, 404: Refusal, 422: Refusal}
"""How any read may be refused: no right, not there (or not for you), request unreadable."""

WRITE: Mapping[int, type[BaseModel]] = {400: Refusal, 409: Refusal, **READ}
"""How any write may be refused: as a read, body unreadable, or the rules stand against it."""


def _day(value: object) -> object:
    """A day written as year-month-day; numbers are not taken for seconds since 1970."""
    if isinstance(value, dt.date) or value is None:
        return value
    if not isinstance(value, str) or not value.strip():
        raise ValueError(_("Write the day as year-month-day, e.g. 2010-06-01."))
    return parse_as_of(value, clock.today())


def _day_or_none(value: object) -> object:
    """As `_day`; an empty text counts as not given."""
    return None if isinstance(value, str) and not value.strip() else _day(value)


def _marking(value: object) -> object:
    """A marking by its name in small letters, as the API writes it."""
    names = {marking.name.lower(): marking for marking in Marking}
    if isinstance(value, str) and value in names:
        return value
    raise ValueError(_("Choose one of: %(names)s.") % {"names": ", ".join(names)})


NO_NUL = r"^[^\x00]*$"
Day = Annotated[dt.date, BeforeValidator(_day)]
OptionalDay = Annotated[dt.date | None, BeforeValidator(_day_or_none)]
MarkingName = Annotated[
    str,
    BeforeValidator(_marking),
    Field(json_schema_extra={"enum": [marking.name.lower() for marking in Marking]}),
]
Line = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
"""A name, code or search word."""
Title = Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)]
Words = Annotated[str, StringConstraints(max_length=5000, pattern=NO_NUL)]
"""Free text."""


def marking_of(name: str) -> Marking:
    """The marking of a name as the API writes it."""
    return Marking[name.upper()]


def marking_name(value: int) -> str:
    """A marking as the API writes it."""
    return Marking(value).name.lower()


class Body(BaseModel):
    """A request body: a field that is not known is refused, so that a slip is seen."""

    model_config = ConfigDict(extra="forbid")


class Paging(BaseModel):
    """Which part of a list is wanted."""

    limit: int = Field(PAGE_SIZE, ge=1, le=LARGEST_PAGE)
    offset: int = Field(0, ge=0, le=FURTHEST_OFFSET)


class Listing(BaseModel, Generic[Item]):
    """A part of a list, and how many there are in all."""

    count: int
    limit: int
    offset: int
    items: list[Item]


def listed(rows: QuerySet[Row], paging: Paging, show: Callable[[Row], Item]) -> Listing[Item]:
    """The part of the rows that was asked for."""
    part = rows[paging.offset : paging.offset + paging.limit]
    return Listing(
        count=rows.count(),
        limit=paging.limit,
        offset=paging.offset,
        items=[show(row) for row in part],
    )


@dataclass(frozen=True)
class Call:
    """Who asks, about which mission, on which day."""

    viewer: Viewer
    mission: Mission
    today: dt.date

    def day(self, asked: dt.date | None) -> dt.date:
        """The day asked for; else the day a closed case opens on; else today."""
        return asked or self.mission.default_as_of or self.today


def viewer_of(request: HttpRequest) -> Viewer:
    """Who asks: the account signed in, or a guest."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def open_call(request: HttpRequest, code: str) -> Call:
    """The call's frame; `NoSuchMission` where the viewer may not see the mission either."""
    viewer = viewer_of(request)
    return Call(viewer=viewer, mission=opened_mission(viewer, code), today=clock.today())
