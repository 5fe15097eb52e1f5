"""The API alone, a guest, and one case study that all tests of a module read."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from primacy.demo.case import build_case
from primacy.platform.policy import operator
from primacy.rooms.places.facade import Mission
from tests.contract.callers import Caller


@pytest.fixture(autouse=True)
def api_alone() -> Iterator[None]:
    """The API needs none of the pages."""
    with override_settings(ROOT_URLCONF="tests.contract.urls"):
        yield


@pytest.fixture
def guest(db: None) -> Caller:
    return Caller()


@pytest.fixture(scope="module")
def built_case(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Timor-Leste, built once for the module and rolled back after it."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            build_case(actor=operator("test"), case="timor-leste", progress=lambda what: None)
            yield "timor-leste"
            transaction.set_rollback(True)


@pytest.fixture
def timor_leste(built_case: str, db: None) -> Mission:
    return Mission.objects.get(code=built_case)
