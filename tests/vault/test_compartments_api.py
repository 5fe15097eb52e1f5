"""Compartments at the HTTP API: the same rights, nothing in the clear but where it is opened."""

import datetime as dt
import json
import logging
import uuid
from collections.abc import Callable

import pytest

from primacy.platform import clock
from primacy.platform.accounts.models import Account
from primacy.platform.audit.models import AuditEntry
from primacy.platform.vault.actions import HolderChoice, create_compartment, make_key
from primacy.platform.vault.models import OpenSitting, ProtectedIdentity
from tests.conftest import Board
from tests.contract.callers import Caller
from tests.vault.conftest import CONTACT, NAME, NOTE, Circle, passphrase

HERE = "/compartments/sources"


def caller(circle: Circle, label: str) -> Caller:
    return Caller(circle.accounts[label])


def words(label: str, **more: str) -> dict[str, str]:
    return {"passphrase": passphrase(label), **more}


def test_a_reader_lists_finds_and_opens(circle: Circle) -> None:
    row = circle.report()
    circle.report(name="Another", contact="")
    me = caller(circle, "human_rights")
    status, listed = me.get("/compartments")
    assert status == 200
    assert [(one["code"], one["member"], one["reader"]) for one in listed] == [
        ("sources", True, True)
    ]
    status, page = me.get(f"{HERE}/identities", limit=1)
    assert (status, page["count"], len(page["items"])) == (200, 2, 1)
    status, found = me.post(f"{HERE}/identities/find", words("human_rights", text=NAME.upper()))
    assert (status, [one["pseudonym"] for one in found]) == (200, [row.pseudonym])
    status, shown = me.post(f"{HERE}/identities/{row.pk}/open", words("human_rights"))
    assert status == 200
    assert (shown["name"], shown["contact"], shown["note"]) == (NAME, CONTACT, NOTE)
    assert not OpenSitting.objects.exists(), "the key is forgotten with the answer"
    assert "primacy_key" not in me.client.cookies
    reads = AuditEntry.objects.filter(subject_id=str(row.pk), action="vault.identity.read")
    assert reads.count() == 1
    raw = me.client.post(
        f"/api/v1{HERE}/identities/{row.pk}/open",
        json.dumps(words("human_rights")),
        content_type="application/json",
    )
    assert "no-store" in raw.headers["Cache-Control"]


def test_an_officer_seals_and_cannot_list_find_or_open(circle: Circle) -> None:
    circle.make_key("adviser")
    me = caller(circle, "adviser")
    given = {
        "mission": circle.board.mission.code,
        "kind": "witness",
        "name": NAME,
        "contact": CONTACT,
        "note": NOTE,
    }
    status, made = me.post(f"{HERE}/identities", given)
    assert status == 201
    assert NAME not in json.dumps(made)
    assert me.get(f"{HERE}/identities")[0] == 404
    for path, body in (
        ("find", words("adviser", text=NAME)),
        (f"{made['id']}/open", words("adviser")),
    ):
        assert me.post(f"{HERE}/identities/{path}", body)[0] == 404
    status, shown = caller(circle, "human_rights.b").post(
        f"{HERE}/identities/{made['id']}/open", words("human_rights.b")
    )
    assert (status, shown["name"]) == (200, NAME)


def test_wrong_passphrases_open_nothing_and_are_slowed_down(circle: Circle) -> None:
    row = circle.report()
    me = caller(circle, "human_rights")
    address = f"{HERE}/identities/{row.pk}/open"
    for _try in range(5):
        status, told = me.post(address, {"passphrase": "not these four words"})
        assert (status, told["error"]) == (409, "not_opened")
    status, told = me.post(address, words("human_rights"))
    assert (status, told["error"]) == (429, "too_many")
    assert AuditEntry.objects.filter(action="vault.key.refused").count() == 5
    with clock.standing(clock.now() + dt.timedelta(minutes=16)):
        later = caller(circle, "human_rights")
        assert later.post(address, words("human_rights"))[0] == 200


@pytest.fixture
def foreign(circle: Circle, make_account: Callable[..., Account]) -> ProtectedIdentity:
    """An identity in a compartment of the planners, into which nobody else reports."""
    keys = {}
    for label in ("planner", "planner.b", "planner.c"):
        if label not in circle.accounts:
            circle.accounts[label] = make_account(label, circle.board.mission)
        keys[label] = make_key(actor=circle.viewer(label), passphrase=passphrase(label))
    vault = create_compartment(
        actor=circle.viewer("planner"),
        key=keys["planner"],
        code="plans",
        name="Plans",
        holders=[
            HolderChoice(circle.accounts[label], keys[label].fingerprint)
            for label in ("planner.b", "planner.c")
        ],
    )
    first, circle.vault = circle.vault, vault
    row = circle.report(by="planner")
    circle.vault = first
    return row


def test_a_foreign_compartment_is_answered_like_one_that_is_not_there(
    circle: Circle, foreign: ProtectedIdentity
) -> None:
    me = caller(circle, "human_rights")
    assert [one["code"] for one in me.get("/compartments")[1]] == ["sources"]
    key = words("human_rights")
    seal = {"mission": circle.board.mission.code, "kind": "source", "name": NAME}
    for code in ("plans", "nowhere"):
        there = f"/compartments/{code}/identities"
        answers = [
            me.get(there),
            me.post(there, seal),
            me.post(f"{there}/find", {**key, "text": NAME}),
            me.post(f"{there}/{foreign.pk}/open", key),
        ]
        assert {status for status, _told in answers} == {404}
        assert len({json.dumps(told) for _status, told in answers}) == 1
    # A foreign identity named under one's own compartment is not there either.
    for pk in (foreign.pk, uuid.uuid4()):
        assert me.post(f"{HERE}/identities/{pk}/open", key)[0] == 404
    assert not AuditEntry.objects.filter(action="vault.identity.read").exists()


def test_an_identity_of_another_mission_is_not_there_for_who_has_no_right_on_it(
    circle: Circle, make_board: Callable[..., Board]
) -> None:
    other = make_board("elsewhere")
    row = circle.report()
    ProtectedIdentity.objects.filter(pk=row.pk).update(mission_id=other.mission.pk)
    me = caller(circle, "human_rights")
    assert me.get(f"{HERE}/identities")[1]["count"] == 0
    assert me.post(f"{HERE}/identities/{row.pk}/open", words("human_rights"))[0] == 404
    assert me.post(f"{HERE}/identities/find", words("human_rights", text=NAME)) == (200, [])
    given = {"mission": "elsewhere", "kind": "source", "name": NAME}
    assert me.post(f"{HERE}/identities", given)[0] == 404


@pytest.mark.parametrize(("label", "status"), [("administrator", 403), ("donor", 403)])
def test_who_keeps_the_server_or_only_pays_reaches_nothing(
    circle: Circle, label: str, status: int
) -> None:
    row = circle.report()
    me = caller(circle, label)
    assert me.get("/compartments")[0] == status
    assert me.get(f"{HERE}/identities")[0] == 404
    assert me.post(f"{HERE}/identities/{row.pk}/open", words("human_rights"))[0] == 404
    assert Caller().get("/compartments")[0] == 403


def test_what_was_sent_stands_in_no_log_refusal_or_audit_entry(
    circle: Circle, caplog: pytest.LogCaptureFixture
) -> None:
    row = circle.report()
    me = caller(circle, "human_rights")
    secret = "Mirelle of the broken bridge"
    mission = circle.board.mission.code
    told: list[object] = []
    with caplog.at_level(logging.DEBUG):
        for path, body in (
            ("", {"mission": mission, "kind": "none", "name": secret}),
            ("", {"mission": mission, "kind": "source", "name": secret * 40}),
            ("", {"mission": mission, "kind": "source", "name": secret, "more": secret}),
            ("", {"mission": mission, "kind": "source", "name": [secret]}),
            ("", {"mission": mission, "kind": "source", "name": "\ud800" + secret}),
            ("/find", {"passphrase": secret, "text": secret}),
            ("/find", {"passphrase": "\ud800" + secret, "text": secret}),
            ("/find", words("human_rights", text=secret)),
            (f"/{row.pk}/open", {"passphrase": secret}),
            (f"/{row.pk}/open", {"passphrase": {"a": secret}}),
            (f"/{row.pk}/open", words("human_rights")),
        ):
            status, answer = me.post(f"{HERE}/identities{path}", body)
            assert status in (200, 409, 422), (path, status, answer)
            told.append(answer)
    assert secret not in json.dumps(told)
    written = caplog.text + "\n".join(AuditEntry.objects.values_list("body", flat=True))
    for word in (secret, NAME, CONTACT, passphrase("human_rights")):
        assert word not in written


def test_a_passphrase_in_an_address_opens_nothing(circle: Circle) -> None:
    row = circle.report()
    me = caller(circle, "human_rights")
    address = f"{HERE}/identities/{row.pk}/open"
    query = f"?passphrase={passphrase('human_rights')}".replace(" ", "+")
    assert me.post(address + query)[0] == 422
    assert me.client.get(f"/api/v1{address}{query}").status_code == 405
