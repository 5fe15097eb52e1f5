"""People at the API."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from primacy.platform.accounts.models import Account

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
