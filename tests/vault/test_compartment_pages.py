"""Compartments over HTTP: unlock, read, lock, report, and what nobody else is shown."""

import re

import pytest
from django.test import Client

from primacy.faces.web.vault_cookie import COOKIE
from primacy.platform.vault.models import OpenSitting, ProtectedIdentity
from tests.vault.conftest import CONTACT, NAME, Circle, passphrase

INSIDE = "/compartments/in/sources/"


def enter(circle: Circle, label: str) -> Client:
    client = Client()
    client.force_login(circle.accounts[label], backend="django.contrib.auth.backends.ModelBackend")
    return client


def unlocked(circle: Circle, label: str) -> Client:
    client = enter(circle, label)
    client.post("/compartments/unlock/", {"passphrase": passphrase(label)})
    return client


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def test_a_reader_unlocks_opens_and_locks(circle: Circle) -> None:
    row = circle.report()
    client = enter(circle, "human_rights")
    before = text(client, INSIDE)
    assert row.pseudonym in before
    assert "pseudonyms only" in before
    assert client.post(f"{INSIDE}identities/{row.pk}/open/").status_code == 409

    client = unlocked(circle, "human_rights")
    assert circle.keys["human_rights"].fingerprint in text(client, "/compartments/")
    assert NAME not in text(client, INSIDE)
    answer = client.post(f"{INSIDE}identities/{row.pk}/open/")
    assert NAME in answer.content.decode()
    assert CONTACT in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get(f"{INSIDE}identities/{row.pk}/open/").status_code == 405

    client.post("/compartments/lock/")
    assert not OpenSitting.objects.exists()
    assert client.post(f"{INSIDE}identities/{row.pk}/open/").status_code == 409


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(circle: Circle) -> None:
    client = unlocked(circle, "human_rights")
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"

    thief = enter(circle, "human_rights")  # the same person, another session
    thief.cookies[COOKIE] = cookie.value
    assert "Fingerprint" not in text(thief, "/compartments/")


def test_outsiders_and_administrators_are_told_nothing(circle: Circle) -> None:
    circle.vault.takes_reports = False
    circle.vault.save()
    for label, status in (("donor", 403), ("administrator", 403)):
        text(enter(circle, label), "/compartments/", status)
    for label in ("adviser", "donor", "administrator"):
        for address in (INSIDE, f"{INSIDE}report/", f"{INSIDE}admit/"):
            answer = text(enter(circle, label), address, 404)
            assert "Sources of the east" not in answer
        missing = text(enter(circle, label), "/compartments/in/nothing/", 404)
        assert "of this code, or it is not open to you" in missing
    assert Client().get("/compartments/").status_code == 302


def test_a_patrol_officer_reports_over_the_page_and_cannot_read_it(circle: Circle) -> None:
    client = enter(circle, "adviser")
    sent = {
        "mission": str(circle.board.mission.pk),
        "kind": "witness",
        "name": NAME,
        "contact": CONTACT,
        "note": "",
    }
    answer = client.post(f"{INSIDE}report/", sent, follow=True)
    row = ProtectedIdentity.objects.get()
    assert f"known as {row.pseudonym}" in answer.content.decode()
    assert NAME not in answer.content.decode()
    assert row.pseudonym not in text(client, INSIDE)
    assert client.post(f"{INSIDE}identities/{row.pk}/open/").status_code == 404
    shown = unlocked(circle, "human_rights").post(f"{INSIDE}identities/{row.pk}/open/")
    assert NAME in shown.content.decode()


def test_search_over_the_page_finds_the_whole_value_only(circle: Circle) -> None:
    row = circle.report()
    circle.report(name="Another", contact="")
    client = unlocked(circle, "human_rights")
    found = client.post(INSIDE, {"text": NAME.upper()}).content.decode()
    assert re.findall(r'<code dir="ltr">(\w{6})</code>', found) == [row.pseudonym]
    assert NAME.upper() not in found
    assert "Nothing equals" in client.post(INSIDE, {"text": "Mirelle"}).content.decode()


def test_creating_admitting_removing_and_rotating_over_pages(circle: Circle) -> None:
    row = circle.report()
    client = unlocked(circle, "human_rights")
    other = circle.accounts["human_rights.c"]
    given = {"account": str(other.pk), "fingerprint": "0000 0000 0000 0000 0000"}
    assert "not the fingerprint" in client.post(f"{INSIDE}admit/", given).content.decode()
    given["fingerprint"] = circle.keys["human_rights.c"].fingerprint
    assert client.post(f"{INSIDE}admit/", given).status_code == 302
    third = unlocked(circle, "human_rights.c")
    assert NAME in third.post(f"{INSIDE}identities/{row.pk}/open/").content.decode()

    client.post(f"{INSIDE}remove/{other.pk}/", {"reason": "left"})
    assert third.post(f"{INSIDE}identities/{row.pk}/open/").status_code == 404
    row.refresh_from_db()
    assert row.key_version.number == 2
    assert NAME in client.post(f"{INSIDE}identities/{row.pk}/open/").content.decode()

    new = {"code": "witnesses", "name": "Witnesses"}
    for number, label in enumerate(("human_rights.b", "human_rights.c"), start=1):
        new[f"holder_{number}"] = str(circle.accounts[label].pk)
        new[f"fingerprint_{number}"] = circle.keys[label].fingerprint
    assert client.post("/compartments/new/", new).status_code == 302
    assert "Witnesses" in text(client, "/compartments/in/witnesses/")


def test_recovery_over_pages_needs_both_holders(circle: Circle) -> None:
    row = circle.report()
    circle.make_key("human_rights")
    first, second = unlocked(circle, "human_rights.c"), unlocked(circle, "human_rights.d")
    told = circle.keys["human_rights"].fingerprint
    begun = first.post(
        f"{INSIDE}recover/",
        {
            "account": str(circle.accounts["human_rights"].pk),
            "fingerprint": told,
            "second": str(circle.accounts["human_rights.d"].pk),
            "reason": "the reader lost the passphrase",
        },
    )
    assert begun.status_code == 302
    from primacy.platform.vault.models import Recovery

    address = f"{INSIDE}recover/{Recovery.objects.get().pk}/"
    assert first.post(address, {"fingerprint": told}).status_code == 409
    assert second.post(address, {"fingerprint": told}).status_code == 302
    shown = unlocked(circle, "human_rights").post(f"{INSIDE}identities/{row.pk}/open/")
    assert NAME in shown.content.decode()


@pytest.mark.parametrize("label", ["human_rights", "human_rights.b"])
def test_a_lost_passphrase_is_answered_by_a_new_key(circle: Circle, label: str) -> None:
    client = enter(circle, label)
    assert "replaces the old one for good" in text(client, "/compartments/key/?lost=1")
    words = "an entirely new row of words"
    sent = {"passphrase": words, "again": words}
    made = client.post("/compartments/key/?lost=1", sent, follow=True).content.decode()
    assert "Your key is made" in made
    assert words not in made


def test_every_page_inside_leads_back_to_the_compartment_and_the_list(circle: Circle) -> None:
    row = circle.report()
    client = unlocked(circle, "human_rights")
    pages = [
        text(client, f"{INSIDE}{end}") for end in ("report/", "admit/", "holders/", "recover/")
    ]
    pages.append(client.post(f"{INSIDE}identities/{row.pk}/open/").content.decode())
    for page in pages:
        assert '<li><a href="/compartments/">Compartments</a></li>' in page
        assert f'<li><a href="{INSIDE}">Sources of the east</a></li>' in page
    assert '<li><a href="/compartments/">Compartments</a></li>' in text(client, INSIDE)
