"""A form or a call that another site sent for somebody is refused."""

import pytest
from django.test import Client

from tests.conftest import Board


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/m/exercise/imports/", "application/x-www-form-urlencoded"),
        ("/emergency/", "application/x-www-form-urlencoded"),
        ("/api/v1/missions/exercise/leads", "application/json"),
    ],
)
def test_a_write_without_the_token_of_the_site_is_refused(
    board: Board, address: str, kind: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(board.accounts["planner"])
    assert client.post(address, "{}", content_type=kind).status_code == 403
