"""As-of dates, identifiers, sources, import batches."""

import datetime as dt
import time
from collections.abc import Sequence

import pytest

from primacy.platform.as_of import BadDate, parse_as_of
from primacy.platform.audit.models import AuditEntry
from primacy.platform.ids import uuid7
from primacy.platform.imports.actions import Counts, mark, mark_undone, open_batch
from primacy.platform.imports.errors import BadState
from primacy.platform.imports.models import BatchStatus
from primacy.platform.imports.queries import batches
from primacy.platform.indicators import (
    Indicator,
    IndicatorValue,
    Subject,
    indicator,
    provide,
    register,
    values,
)
from primacy.platform.policy import Denied, Marking, Viewer, guest, operator
from primacy.platform.sources.actions import SourceMissing, ensure_source
from primacy.platform.sources.models import Source

TODAY = dt.date(2024, 5, 17)


def test_identifiers_sort_by_the_time_they_were_made() -> None:
    made = []
    for _ in range(4):
        made.append(uuid7())
        time.sleep(0.002)
    assert made == sorted(made)
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    assert len({uuid7() for _ in range(2000)}) == 2000


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (None, TODAY),
        ("  ", TODAY),
        (" 2010-06-01 ", dt.date(2010, 6, 1)),
        ("2044-12-31", dt.date(2044, 12, 31)),
    ],
)
def test_a_day_is_read_as_typed(text: str | None, day: dt.date) -> None:
    assert parse_as_of(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 June", "year-month-day"),
        ("2010-02-30", "is not a date"),
        ("0010-06-01", "outside the years"),
        ("2045-01-01", "1945 to 2044"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_the_form_expected(text: str, expected: str) -> None:
    with pytest.raises(BadDate, match=expected):
        parse_as_of(text, TODAY)


@pytest.mark.django_db
def test_the_same_title_in_a_mission_is_the_same_source(steward: Viewer) -> None:
    here, there = uuid7(), uuid7()
    first = ensure_source(actor=steward, mission_id=here, title="Census  2010 ")
    assert ensure_source(actor=steward, mission_id=here, title="Census 2010") == first
    assert ensure_source(actor=steward, mission_id=there, title="Census 2010") != first
    with pytest.raises(SourceMissing):
        ensure_source(actor=steward, mission_id=here, title=" \n ")
    assert Source.objects.count() == 2


@pytest.mark.django_db
def test_the_title_of_a_confidential_source_stays_out_of_the_log(steward: Viewer) -> None:
    ensure_source(
        actor=steward, mission_id=None, title="Statement 77", marking=Marking.CONFIDENTIAL
    )
    assert "Statement 77" not in AuditEntry.objects.get().body


@pytest.mark.django_db
def test_an_import_moves_only_along_its_table(steward: Viewer) -> None:
    moves = {
        (BatchStatus.PREVIEWED, BatchStatus.LOADED),
        (BatchStatus.PREVIEWED, BatchStatus.REFUSED),
        (BatchStatus.LOADED, BatchStatus.UNDONE),
    }
    for before in BatchStatus:
        for target in BatchStatus:
            batch = open_batch(actor=steward, mission_id=uuid7(), kind="areas", origin="a.geojson")
            batch.status = before
            batch.save()

            def act(batch: object = batch, target: BatchStatus = target) -> None:
                if target == BatchStatus.UNDONE:
                    mark_undone(actor=steward, batch=batch, reason="wrong file", removed=3)
                else:
                    mark(actor=steward, batch=batch, status=target, counts=Counts(read=1))

            if (before, target) in moves:
                act()
            else:
                with pytest.raises(BadState, match="Nothing was changed"):
                    act()
            batch.refresh_from_db()
            assert batch.status == (target if (before, target) in moves else before)


@pytest.mark.django_db
def test_imports_are_listed_for_those_who_may_run_them() -> None:
    with pytest.raises(Denied):
        batches(guest(), uuid7())
    with pytest.raises(Denied):
        open_batch(actor=guest(), mission_id=uuid7(), kind="areas", origin="a.geojson")


def test_an_indicator_has_values_once_a_room_provides_them() -> None:
    code = f"test.{uuid7()}"
    register(Indicator(code, "n", "share", "d", "m"))
    subject = Subject("area", uuid7(), uuid7())
    assert values(operator("x"), code, [subject], TODAY) == []
    assert indicator(f"{code}.unknown") is None

    @provide(code)
    def provider(
        viewer: Viewer, subjects: Sequence[Subject], as_of: dt.date
    ) -> list[IndicatorValue]:
        return [IndicatorValue(one, as_of, 0.5, viewer.label) for one in subjects]

    assert values(operator("x"), code, [subject], TODAY) == [
        IndicatorValue(subject, TODAY, 0.5, "x")
    ]
