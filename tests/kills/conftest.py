"""Databases of their own: an act that is killed cannot stand in the transaction of a test."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Access to databases without a transaction around the test."""
    with django_db_blocker.unblock():
        yield
