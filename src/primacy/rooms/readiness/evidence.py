"""From stored records to the kernel's inputs: criteria of a standard, evidence of a subject."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q
from django.utils.translation import gettext_noop

from primacy.kernels.readiness import Comparison, Criterion, Method
from primacy.kernels.readiness import Observation as Evidence
from primacy.platform.database.viewer_scope import computing
from primacy.platform.indicators import Subject, provider_of, values
from primacy.platform.policy import (
    Viewer,
    computation,
    is_protected,
    may_read,
    note_read,
    restricted,
)
from primacy.platform.sources.models import Source
from primacy.rooms.places.facade import Mission
from primacy.rooms.readiness.models import Observation, Standard, StandardCriterion
from primacy.rooms.readiness.rules import RIGHT_FOR

FEW_SUBJECTS = 50
"""Up to so many subjects are asked for by their ids; more are picked out of all rows."""

MEMORY_DAYS = 3 * 366
"""Evidence older than this is read only where a criterion of the standard accepts it."""

OBSERVATION = Observation._meta.label_lower
REGISTER_VALUE = "readiness.register_value"
"""How the audit log names a figure worked out from protected registers: by its indicator."""

REGISTERS = computation("registers")
"""Who reads the registers for an assessment: nobody's own rights may change its result."""


@dataclass(frozen=True)
class EvidenceItem:
    """One piece of evidence: the kernel's view of it and what a person wants to know about it."""

    evidence: Evidence
    source: str
    entered_as: str
    party: str
    note: str = ""
    observation_id: uuid.UUID | None = None
    marking: int = 0
    compartment_id: uuid.UUID | None = None
    restricted: bool = False


@dataclass
class EvidenceBook:
    """All evidence of a mission as of a day, by subject."""

    items: dict[tuple[str, uuid.UUID], list[EvidenceItem]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def of(self, subject: Subject) -> list[EvidenceItem]:
        """The evidence of one area or unit."""
        return self.items.get((subject.kind, subject.id), [])


def criterion_of(row: StandardCriterion) -> Criterion:
    """The kernel's criterion of a stored row."""
    return Criterion(
        code=row.code,
        dimension=row.dimension,
        indicator=row.indicator,
        comparison=Comparison(row.comparison),
        threshold=row.threshold,
        gate=row.gate,
        methods=frozenset(Method(m) for m in row.methods),
        max_age_days=row.max_age_days,
        tolerance=row.tolerance,
        bound=row.bound,  # type: ignore[arg-type]
        unit=row.unit,
        numerator_noun=row.numerator_noun,
        denominator_noun=row.denominator_noun,
        label=row.label,
    )


def criteria_for(
    rows: Iterable[StandardCriterion], responsibility: str, lead: str
) -> list[StandardCriterion]:
    """The rows of a standard that apply to a step of a responsibility."""
    return [
        row
        for row in rows
        if (not row.responsibilities or responsibility in row.responsibilities)
        and (not row.leads or lead in row.leads)
    ]


def evidence_of(row: Observation) -> EvidenceItem:
    """The kernel's view of a stored observation."""
    return EvidenceItem(
        evidence=Evidence(
            id=str(row.pk),
            indicator=row.indicator,
            method=Method(row.method),
            observed_on=row.observed_on,
            value=row.value,
            low=row.low,
            high=row.high,
            numerator=row.numerator,
            denominator=row.denominator,
            sample=row.sample,
            source=str(row.source),
        ),
        source=str(row.source),
        entered_as=row.entered_as,
        party=row.party,
        note=row.note,
        observation_id=row.pk,
        marking=row.marking,
        compartment_id=row.compartment_id,
    )


def collect(
    viewer: Viewer,
    mission: Mission,
    standard: Standard | None,
    subjects: Sequence[Subject],
    as_of: dt.date,
    known_on: dt.datetime | None = None,
) -> EvidenceBook:
    """All evidence of subjects as of a day, as this viewer may read it."""
    book = gather(mission, standard, subjects, as_of, known_on)
    for items in book.items.values():
        items[:] = shown_evidence(viewer, mission, items)
    return book


def shown_evidence(
    viewer: Viewer, mission: Mission, items: Iterable[EvidenceItem]
) -> list[EvidenceItem]:
    """Evidence as this viewer may read it; what is read in full is noted."""
    shown = [item if readable(viewer, mission, item) else emptied(item) for item in items]
    note_evidence(viewer, mission, shown)
    return shown


def note_evidence(viewer: Viewer, mission: Mission, items: Iterable[EvidenceItem]) -> None:
    """Nothing; notes that the viewer is shown this evidence, as far as it is protected.

    What was emptied for the viewer, and what a result was worked out on unseen, is not noted.
    """
    for item in items:
        if item.restricted or not is_protected(item.marking, item.compartment_id):
            continue
        if item.observation_id is None:
            note_read(viewer, REGISTER_VALUE, {item.evidence.indicator: mission.pk})
        else:
            note_read(viewer, OBSERVATION, {str(item.observation_id): mission.pk})


def readable(viewer: Viewer, mission: Mission, item: EvidenceItem) -> bool:
    """True where the viewer may read this piece of evidence in full."""
    return may_read(
        viewer,
        "readiness.view",
        mission_id=mission.pk,
        open_to_guests=mission.open_to_guests,
        marking=item.marking,
        compartment_id=item.compartment_id,
    )


def emptied(item: EvidenceItem) -> EvidenceItem:
    """The item with nothing left but its indicator, its method and its day."""
    seen = item.evidence
    hidden = restricted().text
    return replace(
        item,
        evidence=Evidence(
            id=seen.id,
            indicator=seen.indicator,
            method=seen.method,
            observed_on=seen.observed_on,
            source=hidden,
        ),
        source=hidden,
        entered_as=hidden,
        party="",
        note="",
        restricted=True,
    )


def weighed(items: Iterable[EvidenceItem]) -> list[Evidence]:
    """What a result is worked out on: all evidence but what a standing finding overrules.

    Where the register of findings says that one stands, nobody's entry says that none does.
    """
    kept = list(items)
    found = {
        item.evidence.indicator
        for item in kept
        if item.observation_id is None and item.evidence.indicator in RIGHT_FOR
        and item.evidence.value == 0
    }  # fmt: skip
    return [
        item.evidence
        for item in kept
        if item.observation_id is None or item.evidence.indicator not in found
    ]


def gather(
    mission: Mission,
    standard: Standard | None,
    subjects: Sequence[Subject],
    as_of: dt.date,
    known_on: dt.datetime | None = None,
) -> EvidenceBook:
    """All evidence of subjects as of a day: what people entered and what registers yield.

    In full, for computing only: whatever is shown passes `collect` or `disclosure` first.
    """
    book = entered_evidence(mission, standard, subjects, as_of, known_on)
    for key, items in register_evidence(mission, standard, subjects, as_of).items.items():
        book.items[key].extend(items)
    return book


def register_evidence(
    mission: Mission,
    standard: Standard | None,
    subjects: Sequence[Subject],
    as_of: dt.date,
    wanted: Callable[[str], bool] = lambda code: True,
) -> EvidenceBook:
    """What the rooms' registers yield of subjects as of a day; for computing only.

    `wanted` picks the indicators.
    """
    book = EvidenceBook()
    if standard is not None:
        with computing(mission.pk):
            _add_from_registers(book, standard, subjects, as_of, wanted)
    return book


def entered_evidence(
    mission: Mission,
    standard: Standard | None,
    subjects: Sequence[Subject],
    as_of: dt.date,
    known_on: dt.datetime | None = None,
) -> EvidenceBook:
    """What people entered of subjects as of a day; for computing only."""
    with computing(mission.pk):
        return _entered(mission, standard, subjects, as_of, known_on)


def _entered(
    mission: Mission,
    standard: Standard | None,
    subjects: Sequence[Subject],
    as_of: dt.date,
    known_on: dt.datetime | None,
) -> EvidenceBook:
    book = EvidenceBook()
    rows = mission.observations.all()
    if len(subjects) <= FEW_SUBJECTS:
        # One assessment reads its own evidence, not that of the whole mission.
        keys = [subject.id for subject in subjects]
        rows = rows.filter(Q(area_id__in=keys) | Q(unit_id__in=keys))
    if known_on is not None:
        rows = rows.filter(recorded_at__lte=known_on)
    # A correction takes its original out even where it moves the value to a later day.
    corrected = set(rows.exclude(corrects=None).values_list("corrects_id", flat=True))
    rows = rows.filter(observed_on__lte=as_of)
    memory = memory_of(standard)
    if memory is not None:
        rows = rows.filter(observed_on__gt=as_of - memory)
    # A source stands behind many rows: each is made once, not once a row.
    sources = Source.objects.in_bulk(set(rows.order_by().values_list("source_id", flat=True)))
    for row in rows:
        if row.pk in corrected:
            continue
        row.source = sources[row.source_id]
        key = ("area", row.area_id) if row.area_id else ("unit", row.unit_id)
        if key[1] is not None:
            book.items[(key[0], key[1])].append(evidence_of(row))
    return book


def memory_of(standard: Standard | None) -> dt.timedelta | None:
    """How far back evidence is read; None where a criterion accepts evidence of any age."""
    ages = [row.max_age_days for row in standard.criteria.all()] if standard else []
    longest = MEMORY_DAYS
    for age in ages:
        if age is None:
            return None
        longest = max(longest, age + 1)
    return dt.timedelta(days=longest)


def _add_from_registers(
    book: EvidenceBook,
    standard: Standard,
    subjects: Sequence[Subject],
    as_of: dt.date,
    wanted: Callable[[str], bool],
) -> None:
    """Adds values that rooms compute from their own records, once per indicator."""
    for code in sorted({row.indicator for row in standard.criteria.all()}):
        if provider_of(code) is None or not wanted(code):
            continue
        for value in values(REGISTERS, code, subjects, as_of):
            item = EvidenceItem(
                evidence=Evidence(
                    id=f"register:{code}:{value.observed_on}",
                    indicator=code,
                    method=Method.RECORDS,
                    observed_on=value.observed_on,
                    value=value.value,
                    low=value.low,
                    high=value.high,
                    numerator=value.numerator,
                    denominator=value.denominator,
                    source=value.source,
                ),
                source=value.source,
                entered_as=gettext_noop("computed from the registers"),
                party="",
                marking=value.marking,
            )
            book.items[(value.subject.kind, value.subject.id)].append(item)


def frozen_content(item: EvidenceItem) -> Mapping[str, object]:
    """Evidence in full, as kept with a frozen assessment."""
    seen = item.evidence
    return {
        "id": seen.id,
        "indicator": seen.indicator,
        "method": seen.method.value,
        "observed_on": seen.observed_on.isoformat(),
        "value": seen.value,
        "low": seen.low,
        "high": seen.high,
        "level": seen.level,
        "numerator": seen.numerator,
        "denominator": seen.denominator,
        "sample": seen.sample,
        "source": item.source,
        "entered_as": item.entered_as,
        "party": item.party,
        "note": item.note,
        "marking": item.marking,
        "compartment": str(item.compartment_id) if item.compartment_id else None,
    }


def thawed(content: Mapping[str, object]) -> EvidenceItem:
    """The evidence kept with a frozen assessment, for reading it again under its own standard."""

    def number(name: str) -> float | None:
        found = content.get(name)
        return float(found) if isinstance(found, int | float) else None

    return EvidenceItem(
        evidence=Evidence(
            id=str(content["id"]),
            indicator=str(content["indicator"]),
            method=Method(str(content["method"])),
            observed_on=dt.date.fromisoformat(str(content["observed_on"])),
            value=number("value"),
            low=number("low"),
            high=number("high"),
            level=number("level") or 0.95,
            numerator=number("numerator"),
            denominator=number("denominator"),
            sample=bool(content.get("sample")),
            source=str(content.get("source", "")),
        ),
        source=str(content.get("source", "")),
        entered_as=str(content.get("entered_as", "")),
        party=str(content.get("party", "")),
        note=str(content.get("note", "")),
        marking=int(number("marking") or 0),
        compartment_id=uuid.UUID(str(content["compartment"]))
        if content.get("compartment")
        else None,
    )
