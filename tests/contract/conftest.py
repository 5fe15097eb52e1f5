"""A client for each person, and one case study that all tests of a module read."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from primacy.demo.case import build_case
from primacy.platform.accounts.models import Account
from primacy.platform.policy import operator
from primacy.rooms.places.facade import Mission

ROOT = "/api/v1"


class Caller:
    """One person, or a guest, at the API; answers are (status, JSON)."""

    def __init__(self, account: Account | None = None) -> None:
        self.client = Client()
        if account is not None:
            self.client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    def get(self, path: str, **query: object) -> tuple[int, Any]:
        return self._read(self.client.get(f"{ROOT}{path}", query))

    def post(self, path: str, body: object = None) -> tuple[int, Any]:
        text = json.dumps(body) if body is not None else ""
        answer = self.client.post(f"{ROOT}{path}", text, content_type="application/json")
        return self._read(answer)

    @staticmethod
    def _read(answer: HttpResponse) -> tuple[int, Any]:
        return answer.status_code, json.loads(answer.content)


@pytest.fixture(autouse=True)
def api_alone() -> Iterator[None]:
    """The API needs none of the pages."""
    with override_settings(ROOT_URLCONF="tests.contract.urls"):
        yield


@pytest.fixture
def guest(db: None) -> Caller:
    return Caller()


@pytest.fixture
def caller(db: None) -> Callable[[Account], Caller]:
    return Caller


@pytest.fixture(scope="module")
def built_case(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Timor-Leste, built once for the module and rolled back after it."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            build_case(actor=operator("test"), case="timor-leste", progress=lambda what: None)
            yield "timor-leste"
            transaction.set_rollback(True)


@pytest.fixture
def case(built_case: str, db: None) -> Mission:
    return Mission.objects.get(code=built_case)
