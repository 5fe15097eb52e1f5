"""What the audit log says of a list of pseudonyms and of one opening; lists come in pages."""

from django.test import Client

from primacy.platform.audit.models import AuditEntry
from primacy.platform.vault.models import ProtectedIdentity
from tests.vault.conftest import Circle
from tests.vault.test_compartment_pages import INSIDE, text, unlocked


def noted(row: ProtectedIdentity) -> list[str]:
    """The acts in the log that name this identity, however they name it."""
    found = [
        entry.action
        for entry in AuditEntry.objects.order_by("sequence")
        if entry.subject_id == str(row.pk) or str(row.pk) in entry.body
    ]
    found.remove("vault.identity.report")
    return found


def test_an_opening_over_the_page_is_noted_exactly_once(circle: Circle) -> None:
    row = circle.report()
    client = unlocked(circle, "human_rights")
    assert client.post(f"{INSIDE}identities/{row.pk}/open/").status_code == 200
    assert noted(row) == ["vault.identity.read"]
    client.post(f"{INSIDE}identities/{row.pk}/open/")
    assert noted(row) == ["vault.identity.read"] * 2


def test_an_opening_that_is_refused_notes_no_reading(circle: Circle) -> None:
    row = circle.report()
    client = Client()
    client.force_login(circle.accounts["human_rights"])
    assert client.post(f"{INSIDE}identities/{row.pk}/open/").status_code == 409
    assert noted(row) == []


def test_a_list_comes_in_pages_of_fifty_and_only_the_page_shown_is_noted(circle: Circle) -> None:
    rows = [circle.report(name=f"Person {number}") for number in range(53)]
    client = unlocked(circle, "human_rights")
    before = {row.pk: len(noted(row)) for row in rows}
    second = text(client, f"{INSIDE}?page=2")
    shown = [row for row in rows if row.pseudonym in second]
    assert len(shown) == 3
    assert {row.pk for row in rows if len(noted(row)) > before[row.pk]} == {r.pk for r in shown}
    first = text(client, INSIDE)
    assert sum(row.pseudonym in first for row in rows) == 50
    assert "1–50 of 53" in first
    # A search hands out what it found and nothing else of the compartment.
    before = {row.pk: len(noted(row)) for row in rows}
    client.post(INSIDE, {"text": "person 7"})
    assert {r.pk for r in rows if len(noted(r)) > before[r.pk]} == {rows[7].pk}
