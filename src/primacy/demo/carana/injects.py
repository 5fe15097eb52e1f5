"""The exercise week: what a trainer tells a class, and the records each inject enters.

Records are entered as the account that would do it. An inject that was entered already is found
by the source its records name, and is not entered twice.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from primacy.demo.carana.options import ADDRESSES
from primacy.platform import clock
from primacy.platform.accounts.queries import account_by_email, viewer_of
from primacy.platform.policy import Marking, Viewer
from primacy.platform.shipped import shipped
from primacy.rooms.forces.facade import Unit, units
from primacy.rooms.incidents.facade import IncidentType, enter_incident, incidents
from primacy.rooms.places.facade import (
    Area,
    AreaPopulation,
    Mission,
    areas,
    populations_at,
)
from primacy.rooms.readiness.actions import observe, open_assessment
from primacy.rooms.readiness.facade import (
    assessments,
    decisions,
    observations,
    open_conditions,
    responsibilities,
    standard_at,
)

MARKINGS = {"public": Marking.PUBLIC, "confidential": Marking.CONFIDENTIAL}
FINDING = "accountability.no_grave_finding"
DISTRICT = 2
"""Level of the districts."""


class NoSuchInject(ValueError):
    """No inject has this number or day, or the mission is no exercise."""


@dataclass(frozen=True)
class Inject:
    """One event of the exercise week."""

    number: int
    day: int
    title: str
    tell: str
    discuss: tuple[str, ...]
    where: Mapping[str, object]
    records: tuple[Mapping[str, object], ...]

    @property
    def mark(self) -> str:
        """The source its records name."""
        return f"Exercise inject {self.number}: {self.title}"


@dataclass(frozen=True)
class Entered:
    """What came of an inject: where it happened, what to tell, how many records are new."""

    inject: Inject
    place: str
    tell: str
    records: int
    already: bool


def exercise_week() -> list[Inject]:
    """All injects in the order of the week."""
    raw = json.loads(shipped("cases/carana/exercise.json").read_text(encoding="utf-8"))
    return [
        Inject(
            number=int(one["number"]),
            day=int(one["day"]),
            title=one["title"],
            tell=one["tell"],
            discuss=tuple(one["discuss"]),
            where=one["where"],
            records=tuple(one["records"]),
        )
        for one in raw["injects"]
    ]


def injects_of(*, number: int | None = None, day: int | None = None) -> list[Inject]:
    """The inject of a number, or all of a day; `NoSuchInject` where there is none."""
    week = exercise_week()
    found = [one for one in week if one.number == number or one.day == day]
    if not found:
        days = max(one.day for one in week)
        raise NoSuchInject(
            _(
                "There is no such inject: numbers run from 1 to %(numbers)d, days from 1 to "
                "%(days)d. Nothing was entered."
            )
            % {"numbers": len(week), "days": days}
        )
    return found


def enter_inject(*, operator: Viewer, mission: Mission, inject: Inject) -> Entered:
    """Enters the records of an inject, all or nothing, unless they are there already."""
    if not mission.exercise:
        raise NoSuchInject(
            _(
                "%(mission)s is no exercise: injects are entered into made-up countries only. "
                "Nothing was entered. Build one with: primacy demo carana"
            )
            % {"mission": mission.name}
        )
    area, unit = _subject(operator, mission, inject)
    place = str(unit or area)
    tell = inject.tell.format(place=place)
    if is_entered(operator, mission, inject):
        return Entered(inject, place, tell, 0, already=True)
    with transaction.atomic():
        for entry in inject.records:
            _enter(mission, inject, entry, area, unit)
    return Entered(inject, place, tell, len(inject.records), already=False)


def is_entered(viewer: Viewer, mission: Mission, inject: Inject) -> bool:
    """True where the mission holds records of this inject."""
    seen = observations(viewer, mission).filter(source__title__startswith=inject.mark).exists()
    return seen or incidents(viewer, mission).filter(source_text=inject.mark).exists()


def _person(address: str) -> Viewer:
    return viewer_of(account_by_email(f"{address}@{ADDRESSES}"))


def _subject(viewer: Viewer, mission: Mission, inject: Inject) -> tuple[Area | None, Unit | None]:
    """The unit named, or the district that fits: where the records of the country say it lies."""
    if "unit" in inject.where:
        return None, units(viewer, mission).get(code=str(inject.where["unit"]))
    area = FINDERS[str(inject.where["find"])](viewer, mission)
    if area is None:
        raise NoSuchInject(
            _(
                "Inject %(number)d finds no district to happen in: the week has gone another "
                "way. Nothing was entered; tell it without records, or build the country anew."
            )
            % {"number": inject.number}
        )
    return area, None


def _crowded(viewer: Viewer, mission: Mission) -> Area | None:
    """The district with the most residents."""
    people = populations_at(viewer, mission, clock.today())
    districts = areas(viewer, mission, level=DISTRICT)
    return max(districts, key=lambda one: (_residents(people.get(one.pk)), one.code), default=None)


def _residents(figure: AreaPopulation | None) -> int:
    return figure.value if figure else 0


def _waiting(viewer: Viewer, mission: Mission) -> Area | None:
    """The district whose decision waits for a signature."""
    found = decisions(viewer, mission).filter(state="proposed", assessment__area__isnull=False)
    first = found.order_by("recorded_at", "pk").first()
    return first.assessment.area if first else _opened(viewer, mission)


def _finding(viewer: Viewer, mission: Mission) -> Area | None:
    """The district in which a grave-violation finding stands."""
    found = observations(viewer, mission).filter(indicator=FINDING, value=0, area__level=DISTRICT)
    newest = found.order_by("-observed_on", "pk").first()
    return newest.area if newest else None


def _conditions(viewer: Viewer, mission: Mission) -> Area | None:
    """The district that leads on conditions which are not closed."""
    first = open_conditions(viewer, mission).order_by("due_on", "pk").first()
    return first.assessment.area if first else _crowded(viewer, mission)


def _silent(viewer: Viewer, mission: Mission) -> Area | None:
    """The district of which nothing was heard for longest."""
    heard = dict(
        observations(viewer, mission)
        .filter(area__level=DISTRICT)
        .order_by()
        .values_list("area_id")
        .annotate(Max("observed_on"))
    )
    districts = areas(viewer, mission, level=DISTRICT)
    never = dt.date.min
    return min(districts, key=lambda one: (heard.get(one.pk, never), one.code), default=None)


def _opened(viewer: Viewer, mission: Mission) -> Area | None:
    """The district with the oldest open assessment."""
    found = assessments(viewer, mission).filter(state="open", area__isnull=False)
    first = found.order_by("recorded_at", "pk").first()
    return first.area if first else _crowded(viewer, mission)


Finder = Callable[[Viewer, Mission], Area | None]
FINDERS: dict[str, Finder] = {
    "crowded": _crowded,
    "waiting": _waiting,
    "finding": _finding,
    "conditions": _conditions,
    "silent": _silent,
    "open": _opened,
}
"""How an inject names the district it happens in."""


def _enter(
    mission: Mission,
    inject: Inject,
    entry: Mapping[str, object],
    area: Area | None,
    unit: Unit | None,
) -> None:
    act = entry["act"]
    if act == "incident":
        _incident(mission, inject, entry, area)
    elif act == "assess":
        _assess(mission, entry, area)
    else:
        _observe(mission, inject, entry, area, unit, finding=act == "finding")


def _incident(
    mission: Mission, inject: Inject, entry: Mapping[str, object], area: Area | None
) -> None:
    enter_incident(
        actor=_person("adviser"),
        mission=mission,
        type=IncidentType(str(entry["type"])),
        date_start=clock.today(),
        source=inject.mark,
        area=area,
        deaths_best=cast("int", entry.get("deaths", 0)),
        headline=str(entry["headline"]),
        marking=MARKINGS[str(entry.get("marking", "public"))],
    )


def _observe(
    mission: Mission,
    inject: Inject,
    entry: Mapping[str, object],
    area: Area | None,
    unit: Unit | None,
    *,
    finding: bool,
) -> None:
    def number(name: str) -> float | None:
        found = entry.get(name)
        return None if found is None else float(cast("float", found))

    marking = MARKINGS[str(entry.get("marking", "public"))]
    # One title is one source with one marking.
    title = inject.mark if marking is Marking.PUBLIC else f"{inject.mark} ({marking.label})"
    observe(
        actor=_person("rights" if finding else str(entry["person"])),
        mission=mission,
        indicator=FINDING if finding else str(entry["indicator"]),
        method="records" if finding else str(entry["method"]),
        observed_on=clock.today(),
        source_title=title,
        area=area,
        unit=unit,
        value=number("value"),
        numerator=number("numerator"),
        denominator=number("denominator"),
        sample=bool(entry.get("sample")),
        note=str(entry.get("note", "")),
        marking=marking,
    )


def _assess(mission: Mission, entry: Mapping[str, object], area: Area | None) -> None:
    """Opens the assessment a district asks for; the class goes on from there."""
    actor, today = _person(str(entry["person"])), clock.today()
    functions = responsibilities(actor, mission)
    function = next(one for one in functions if one.code == entry["function"])
    standard = standard_at(actor, mission, today)
    if standard is None or assessments(actor, mission).filter(
        area=area, responsibility=function, state="open"
    ):
        return
    open_assessment(
        actor=actor,
        responsibility=function,
        target_lead=str(entry["target"]),
        standard=standard,
        as_of=today,
        area=area,
        marking=Marking.PUBLIC,
    )
