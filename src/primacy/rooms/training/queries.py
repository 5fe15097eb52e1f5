"""Reads of training: recipients with what they were read as, and the trainings under them."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, UUIDField
from django.utils.translation import gettext as _

from primacy.platform.policy import Viewer, held_aside, visible
from primacy.rooms.forces.facade import Unit, units
from primacy.rooms.places.facade import Mission
from primacy.rooms.training.errors import NoSuchRecipient
from primacy.rooms.training.models import Reading, RecipientName, RecipientReading, TrainingReport


@dataclass(frozen=True)
class NameLine:
    """A name with the reading that holds, and how much was trained under it."""

    row: RecipientName
    reading: Reading
    unit: Unit | None
    by_matcher: bool
    score: float | None
    trainings: int
    seats: int | None
    first_year: str
    last_year: str


@dataclass(frozen=True)
class UnitTraining:
    """What reports state of one unit: trainings, seats, and between which years."""

    unit_id: uuid.UUID
    code: str
    name: str
    trainings: int
    seats: int
    unstated: int
    first_year: str
    last_year: str


def trainings(
    viewer: Viewer, mission: Mission, as_of: dt.date | None = None
) -> QuerySet[TrainingReport]:
    """The trainings reports state; with a day, of years of report that began by that year."""
    rows = TrainingReport.objects.filter(mission=mission).select_related("recipient", "source")
    if as_of is not None:
        rows = rows.filter(fiscal_year__lt=f"{as_of.year + 1}")
    return visible(viewer, rows, "forces.view")


def name_ids(
    viewer: Viewer, mission: Mission, reading: str = "", text: str = ""
) -> list[uuid.UUID]:
    """The names that bear trainings open to the viewer, most trainings first; narrowed if asked."""
    rows = _named(viewer, mission)
    if reading:
        rows = rows.filter(read_as=reading)
    if text:
        rows = rows.filter(written__icontains=text)
    # All are looked through to show a page of them: those shown are noted when they are read.
    with held_aside():
        return list(rows.order_by("-trained", "country", "written").values_list("pk", flat=True))


def name_lines(viewer: Viewer, mission: Mission, ids: Sequence[uuid.UUID]) -> list[NameLine]:
    """The names of these ids, in their order; their units where these are open to the viewer."""
    rows = {row.pk: row for row in _named(viewer, mission).filter(pk__in=ids)}
    read = units(viewer, mission).in_bulk([r.read_unit for r in rows.values() if r.read_unit])
    return [
        NameLine(
            row=row,
            reading=Reading(row.read_as),
            unit=read.get(row.read_unit) if row.read_unit else None,
            by_matcher=row.matched,
            score=row.likeness,
            trainings=row.trained,
            seats=row.seats,
            first_year=row.first_year,
            last_year=row.last_year,
        )
        for row in (rows[pk] for pk in ids if pk in rows)
    ]


def name_line(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> NameLine:
    """The name of this id; `NoSuchRecipient` where none is open to the viewer."""
    found = name_lines(viewer, mission, [pk])
    if not found:
        raise NoSuchRecipient(_("No such name is open to you."))
    return found[0]


def _named(viewer: Viewer, mission: Mission):  # type: ignore[no-untyped-def]
    """Names with the reading that holds and the trainings under each; typed by its annotations."""
    held = RecipientReading.objects.filter(name=OuterRef("pk"), newest=True)
    counted = Q(trainings__in=_open_reports(viewer, mission))
    rows = (
        visible(viewer, RecipientName.objects.filter(mission=mission), "forces.view")
        .annotate(
            read_as=Subquery(held.values("reading")[:1]),
            read_unit=Subquery(held.values("unit_id")[:1], output_field=UUIDField()),
            matched=Subquery(held.values("by_matcher")[:1]),
            likeness=Subquery(held.values("score")[:1]),
            trained=Count("trainings", filter=counted),
            seats=Sum("trainings__trainees", filter=counted),
            first_year=Min("trainings__fiscal_year", filter=counted),
            last_year=Max("trainings__fiscal_year", filter=counted),
        )
        .filter(trained__gt=0)
    )
    return rows


def _open_reports(viewer: Viewer, mission: Mission) -> QuerySet[TrainingReport]:
    rows = TrainingReport.objects.filter(mission=mission)
    return visible(viewer, rows, "forces.view").order_by()


def readings(viewer: Viewer, name: RecipientName) -> QuerySet[RecipientReading]:
    """Every reading of a name, newest first."""
    rows = name.readings.select_related("unit", "recorded_by")
    return visible(viewer, rows, "forces.view", via="name").order_by("-recorded_at")


def counts_by_reading(viewer: Viewer, mission: Mission) -> dict[str, tuple[int, int]]:
    """By reading: how many names, and how many trainings under them."""
    found: dict[str, tuple[int, int]] = {}
    with held_aside():
        rows = list(_named(viewer, mission).order_by().values_list("read_as", "trained"))
    for reading, trained in rows:
        names, sum_of = found.get(reading, (0, 0))
        found[reading] = (names + 1, sum_of + trained)
    return found


def training_by_unit(
    viewer: Viewer, mission: Mission, as_of: dt.date | None = None
) -> list[UnitTraining]:
    """What reports state of each unit of the register, most trainings first.

    Seats are as reported: the same person in two courses is two seats. `unstated` counts trainings
    whose report gives no number.
    """
    open_units = dict(
        (pk, (code, name))
        for pk, code, name in units(viewer, mission).order_by().values_list("pk", "code", "name")
    )
    held = RecipientReading.objects.filter(name=OuterRef("recipient"), newest=True)
    rows = (
        trainings(viewer, mission, as_of)
        .order_by()
        .annotate(read_unit=Subquery(held.values("unit_id")[:1], output_field=UUIDField()))
        .filter(read_unit__isnull=False)
        .values("read_unit")
        .annotate(
            n=Count("pk"),
            seats=Sum("trainees"),
            unstated=Count("pk", filter=Q(trainees__isnull=True)),
            first=Min("fiscal_year"),
            last=Max("fiscal_year"),
        )
    )
    found = [
        UnitTraining(
            row["read_unit"],
            *open_units[row["read_unit"]],
            trainings=row["n"],
            seats=row["seats"] or 0,
            unstated=row["unstated"],
            first_year=row["first"],
            last_year=row["last"],
        )
        for row in rows
        if row["read_unit"] in open_units
    ]
    return sorted(found, key=lambda one: (-one.trainings, one.name))


def newest_first(rows: QuerySet[TrainingReport]) -> QuerySet[TrainingReport]:
    """Trainings by year, then day, newest first; those without a day last in their year."""
    return rows.order_by("-fiscal_year", F("date_from").desc(nulls_last=True), "origin_id")
