"""Who walks the site: a guest, each role on its mission, and people of elsewhere."""

from collections.abc import Callable

from django.test import Client

from primacy.platform.accounts.models import Account
from primacy.platform.policy.roles import ROLES
from tests.conftest import PEOPLE, Board

LABELS: dict[str, str] = {known: label for label, (known, _, _) in reversed(PEOPLE.items())}
"""Role to the label of a person of the test board who holds it."""

GUEST = "guest"
ELSEWHERE = "elsewhere"
"""A planner of another mission: every right, none of them here."""
NO_ROLE = "no role"

COLUMNS = (GUEST, *ROLES, ELSEWHERE, NO_ROLE)


def clients(board: Board, other: Board, make_account: Callable[..., Account]) -> dict[str, Client]:
    """One signed-in client for each column."""
    found = {GUEST: Client(raise_request_exception=False)}
    for role in ROLES:
        if role in LABELS:
            found[role] = signed_in(board.accounts[LABELS[role]])
        else:
            found[role] = signed_in(make_account(f"adviser.{role}", board.mission, role))
    found[ELSEWHERE] = signed_in(other.accounts["planner"])
    nobody = make_account("adviser.norole", board.mission)
    nobody.grants.all().delete()
    found[NO_ROLE] = signed_in(nobody)
    return found


def signed_in(account: Account) -> Client:
    """A client signed in as the account; errors of the site come back as answers."""
    client = Client(raise_request_exception=False)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client
