"""One small Carana, built once for all tests of this folder and rolled back after them."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction

from primacy.demo.carana import Built, CaranaOptions, build_carana
from primacy.platform.policy import operator

UNTIL = dt.date(2026, 3, 2)
SMALL = CaranaOptions(until=UNTIL, seed=11, districts=6, police=300, incidents=200)


@pytest.fixture(scope="module")
def carana(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Built]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield build_carana(operator=operator("tester"), options=SMALL, progress=lambda _: None)
        transaction.set_rollback(True)
