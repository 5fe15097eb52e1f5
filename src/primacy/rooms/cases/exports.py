"""The facts of a case as rows of a file."""

from collections.abc import Iterable

from primacy.rooms.cases.models import Fact

COLUMNS = (
    "id",
    "date",
    "date_from",
    "date_to",
    "theme",
    "place",
    "area",
    "statement",
    "value",
    "value_low",
    "value_high",
    "value_text",
    "qualifier",
    "unit",
    "grade",
    "source",
    "note",
    "conflict_group",
)


def fact_rows(facts: Iterable[Fact]) -> list[list[object]]:
    """One row for each fact, in the order of `COLUMNS`."""
    return [
        [
            fact.reference,
            fact.date_text,
            fact.date_from.isoformat(),
            fact.date_to.isoformat(),
            fact.theme,
            fact.place,
            fact.area.code if fact.area else None,
            fact.statement,
            fact.value,
            fact.value_low,
            fact.value_high,
            fact.value_text,
            fact.qualifier,
            fact.unit,
            fact.grade,
            str(fact.source),
            fact.note,
            fact.conflict_group,
        ]
        for fact in facts
    ]
