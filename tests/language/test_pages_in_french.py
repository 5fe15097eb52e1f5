"""No page in French speaks English, names and sources aside."""

import html
import re

import pytest
from django.test import Client

from language.catalogue import load
from primacy.platform.accounts.models import Account

pytestmark = pytest.mark.django_db
PAGES = ("", "map/", "incidents/", "forces/", "standard/", "assessments/", "evidence/", "sites/")


@pytest.fixture(scope="module")
def english() -> list[str]:
    """Messages long enough to be told from a name, and that read differently in French."""
    return [
        one.id
        for one in load("fr")
        if isinstance(one.id, str)
        and len(one.id) > 20
        and " " in one.id
        and "%(" not in one.id
        and one.id != one.string
    ]


def _text(page: str) -> str:
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)
    spoken = re.findall(r'(?:title|aria-label|placeholder)="([^"]*)"', page)
    return html.unescape(" ".join([re.sub(r"<[^>]*>", " ", page), *spoken]))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_page_is_in_the_readers_language(page, language, board, english):
    client = Client(headers={"accept-language": language})
    account = Account.objects.get(email=f"planner@{board.mission.code}.example.org")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/m/{board.mission.code}/{page}")
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.text
    if language == "fr":
        text = _text(answer.text)
        assert [said for said in english if said in text] == []
