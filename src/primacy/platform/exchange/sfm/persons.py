"""What rows of the sheets of persons state: names, postings, sex, birth, the end of service."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from primacy.platform.claims.rules import Dates
from primacy.platform.exchange.sfm.columns import EXTRA, KEY_COLUMN, PERSONS
from primacy.platform.exchange.sfm.days import (
    A_DAY,
    Cited,
    between,
    cited_day,
    is_yes,
    written_day,
)
from primacy.platform.exchange.sfm.files import SheetRow
from primacy.platform.exchange.sfm.problems import RowWrong
from primacy.platform.exchange.sfm.statements import Statement, code_of, stated, values_of

NAME, POSTING = "person_name", "person_posting"
BIRTH, LEAVING = "person_birth", "person_leaving"
NAME_LENGTH = 250
SEXES = {"female": "f", "f": "f", "woman": "f", "male": "m", "m": "m", "man": "m"}
NAME_KINDS = ("full", "alias", "nickname")
LEAVINGS = ("died", "retired", "dismissed")
AT_SOME_TIME = Dates(since_beginning=True)


@dataclass(frozen=True)
class PersonStated:
    """A person as one row states them; a person has a row for each posting."""

    row: SheetRow
    code: str
    name: str
    sex: str
    statements: tuple[Statement, ...]


def person_of(row: SheetRow) -> PersonStated:
    """The person of a row of the sheet of persons; `RowWrong` where it cannot be kept."""
    code = code_of(row, KEY_COLUMN[PERSONS])
    name = row.get("person:name") or next(values_of(row, "person:other_names", NAME_LENGTH), "")
    return PersonStated(row, code, name, "", tuple(_of_person(row, code)))


def extra_of(row: SheetRow) -> PersonStated:
    """The person of a row of the sheet of more about persons; `RowWrong` likewise."""
    code = code_of(row, KEY_COLUMN[EXTRA])
    sex = row.get("person_extra:gender").lower()
    return PersonStated(
        row, code, row.get("person_extra:name"), SEXES.get(sex, ""), tuple(_of_extra(row, code))
    )


def _of_person(row: SheetRow, code: str) -> Iterator[Statement]:
    kind = row.get("person:name_kind").lower()
    if kind and kind not in NAME_KINDS:
        raise RowWrong("person:name_kind", kind, ", ".join(NAME_KINDS))
    for column, usual in (("person:name", "full"), ("person:other_names", "alias")):
        for name in values_of(row, column, NAME_LENGTH):
            yield stated(
                row, NAME, code, [kind or usual, name], AT_SOME_TIME, column=column,
                source_columns=[f"{column}:source"], confidence=f"{column}:confidence",
            )  # fmt: skip
    if row.get("person:posting_unit_id:admin"):
        yield _posting(row, code)


def _posting(row: SheetRow, code: str) -> Statement:
    unit = code_of(row, "person:posting_unit_id:admin")
    texts = []
    for name, longest in (("role", 120), ("title", 200), ("rank", 120)):
        text = row.get(f"person:posting_{name}")
        if len(text) > longest:
            expected = gettext_noop("at most %(limit)s characters") % {"limit": longest}
            raise RowWrong(f"person:posting_{name}", text[:60], expected)
        texts.append(text)
    start, end = "person:posting_first_cited_date_start", "person:posting_last_cited_date_end"
    dates = between(
        "person:posting_first_cited_date",
        cited_day(row, "person:posting_first_cited_date"),
        cited_day(row, "person:posting_last_cited_date"),
        starting=is_yes(row, start),
        ending=is_yes(row, end),
        start_context=row.get(f"{start}_context"),
        end_context=row.get(f"{end}_context"),
    )
    commanding = row.get("person:posting_commanding").upper()
    if commanding not in ("", "Y", "N"):
        raise RowWrong("person:posting_commanding", commanding[:20], gettext_noop("Y or N"))
    acting = "Y" if is_yes(row, "person:posting_acting") else "N"
    sources = (f"person:posting_{name}:source" for name in ("unit", "role", "title", "rank"))
    return stated(
        row, POSTING, code, [unit, *texts, commanding, acting], dates,
        column="person:posting_unit_id:admin",
        source_columns=sources, confidence="person:posting_unit:confidence",
    )  # fmt: skip


def _of_extra(row: SheetRow, code: str) -> Iterator[Statement]:
    earliest = written_day("person_extra:born_earliest", row.get("person_extra:born_earliest"))
    latest = written_day("person_extra:born_latest", row.get("person_extra:born_latest"))
    born = written_day("person_extra:date_of_birth", row.get("person_extra:date_of_birth"))
    days = _pair(earliest, latest) or _pair(born, born)
    place = row.get("person_extra:place_of_birth")[:200]
    if days or place:
        said = [*(str(day) for day in days or ()), *([] if days else ["", ""]), place]
        yield stated(
            row, BIRTH, code, said, AT_SOME_TIME, column="person_extra:date_of_birth",
            source_columns=["person_extra:date_of_birth:source"],
            confidence="person_extra:date_of_birth:confidence",
        )  # fmt: skip
    leaving = _leaving(row)
    if leaving is not None:
        yield stated(
            row, LEAVING, code, leaving, AT_SOME_TIME, column="person_extra:deceased",
            source_columns=["person_extra:deceased:source", "person_extra:deceased_date:source"],
            confidence="person_extra:deceased:confidence",
        )  # fmt: skip


def _leaving(row: SheetRow) -> list[str] | None:
    """How and between which days a person left; None where the row says nothing of it."""
    kind = row.get("person_extra:left_kind").lower()
    if kind:
        if kind not in LEAVINGS:
            raise RowWrong("person_extra:left_kind", kind[:20], ", ".join(LEAVINGS))
        first = written_day("person_extra:left_earliest", row.get("person_extra:left_earliest"))
        last = written_day("person_extra:left_latest", row.get("person_extra:left_latest"))
        days = _pair(first, last)
        if days is None:
            raise RowWrong("person_extra:left_earliest", "", A_DAY)
        return [kind, *(str(day) for day in days)]
    if not is_yes(row, "person_extra:deceased"):
        return None
    died = written_day("person_extra:deceased_date", row.get("person_extra:deceased_date"))
    days = _pair(died, died)
    if days is None:
        expected = gettext_noop("the day, month or year of death of a person who died")
        raise RowWrong("person_extra:deceased_date", "", expected)
    return ["died", *(str(day) for day in days)]


def _pair(first: Cited | None, last: Cited | None) -> tuple[dt.date, dt.date] | None:
    if first is None and last is None:
        return None
    one, two = first or last, last or first
    assert one is not None  # noqa: S101
    assert two is not None  # noqa: S101
    return one.first, two.last
