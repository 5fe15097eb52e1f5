"""Who is said to be responsible for an incident: claims with sources, kept as closely as needed."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from primacy.platform.claims.actions import Cite
from primacy.platform.claims.errors import BadClaim
from primacy.platform.claims.rules import Dates
from primacy.platform.claims.terms import Terms
from primacy.platform.policy import Denied, Marking
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_unit, rename_unit
from primacy.rooms.forces.facade import Unit
from primacy.rooms.incidents.actions import (
    claim_responsibility,
    correct_responsibility,
    enter_incident,
    withdraw_responsibility,
)
from primacy.rooms.incidents.facade import (
    Incident,
    IncidentType,
    responsible_for,
    said_of_person,
    said_of_unit,
)
from primacy.rooms.incidents.responsibility import responsibility_history
from primacy.rooms.persons.actions import NewPerson, add_person
from primacy.rooms.persons.facade import Person
from tests.conftest import STEWARD, Board

DAY = dt.date(2026, 5, 4)


@pytest.fixture
def terms(board: Board) -> Callable[..., Terms]:
    """Terms with one citation."""

    def make(**more: object) -> Terms:
        source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Inquiry")
        return Terms(**{"cites": [Cite(source, "page", "12")], **more})  # type: ignore[arg-type]

    return make


@pytest.fixture
def unit(board: Board) -> Unit:
    """A station."""
    source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Register")
    return add_unit(
        actor=board["planner"], mission=board.mission, code="s1", name="First station",
        force="Police", side="local", source=source,
    )  # fmt: skip


@pytest.fixture
def incident(board: Board) -> Incident:
    """An attack on the market."""
    return enter_incident(
        actor=board["planner"], mission=board.mission, type=IncidentType.ONE_SIDED,
        date_start=DAY, source="Patrol", area=board.area, place="Market",
        lat=1.0, lon=1.0,
    )  # fmt: skip


def person_of(board: Board, marking: Marking = Marking.CONFIDENTIAL) -> Person:
    """A person of the force."""
    source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Register")
    new = NewPerson("Abel Doe", source, code="P-1", marking=marking)
    return add_person(actor=board["human_rights"], mission=board.mission, new=new)


def test_it_speaks_of_the_days_of_the_incident_and_cites(
    board: Board, unit: Unit, incident: Incident, terms: Callable[..., Terms]
) -> None:
    officer = board["human_rights"]
    claim_responsibility(actor=officer, incident=incident, unit=unit, part="committed",
                         terms=terms())  # fmt: skip
    [found] = responsible_for(officer, incident)
    assert (found.name, found.row.part) == ("First station", "committed")
    assert (found.row.first_precise, found.row.last_precise) == (DAY, DAY)
    assert [cite.point for cite in found.citations] == ["12"]


def test_without_a_source_it_is_only_work_needed(
    board: Board, unit: Unit, incident: Incident, terms: Callable[..., Terms]
) -> None:
    with pytest.raises(BadClaim, match="citation"):
        claim_responsibility(actor=board["human_rights"], incident=incident, unit=unit,
                             part="committed", terms=terms(cites=()))  # fmt: skip


def test_renaming_a_unit_never_loses_an_incident(
    board: Board, unit: Unit, incident: Incident, terms: Callable[..., Terms]
) -> None:
    officer = board["human_rights"]
    claim_responsibility(actor=officer, incident=incident, unit=unit, part="committed",
                         terms=terms())  # fmt: skip
    dates = Dates(dt.date(2026, 7, 1), dt.date(2026, 7, 1), starting=True)
    rename_unit(actor=board["planner"], unit=unit, name="Harbour station",
                terms=terms(dates=dates))  # fmt: skip
    unit.refresh_from_db()
    [found] = said_of_unit(officer, unit)
    assert found.row.incident_id == incident.pk
    assert (found.name, found.name_then) == ("Harbour station", "First station")
    assert not said_of_unit(officer, unit, until=DAY - dt.timedelta(days=1))


def test_it_is_kept_as_closely_as_what_it_is_about(
    board: Board, unit: Unit, incident: Incident, terms: Callable[..., Terms]
) -> None:
    officer = board["human_rights"]
    doe = person_of(board)
    row = claim_responsibility(actor=officer, incident=incident, person=doe, part="ordered",
                               terms=terms(marking=Marking.PUBLIC))  # fmt: skip
    assert row.marking == Marking.CONFIDENTIAL
    assert [one.name for one in said_of_person(officer, doe)] == ["Abel Doe"]
    assert responsible_for(board["commander"], incident) == []
    assert responsible_for(board["donor"], incident) == []
    assert responsible_for(board["operations"], incident) == []
    lower = correct_responsibility(actor=officer, claim=row, reason="typed wrong",
                                   terms=terms(marking=Marking.PUBLIC))  # fmt: skip
    assert lower.marking == Marking.CONFIDENTIAL


def test_a_correction_and_a_withdrawal_stay_on_record(
    board: Board, unit: Unit, incident: Incident, terms: Callable[..., Terms]
) -> None:
    officer = board["human_rights"]
    row = claim_responsibility(actor=officer, incident=incident, unit=unit, part="committed",
                               terms=terms())  # fmt: skip
    new = correct_responsibility(actor=officer, claim=row, reason="they were only there",
                                 terms=terms(), part="present")  # fmt: skip
    assert [one.row.part for one in responsible_for(officer, incident)] == ["present"]
    gone = withdraw_responsibility(actor=officer, claim=new, reason="another unit")
    assert responsible_for(officer, incident) == []
    parts = [one.part for one in responsibility_history(officer, gone)]
    assert parts == ["committed", "present", "present"]
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM incidents_responsibilityclaim")


def test_only_those_who_may_attribute_do(
    board: Board, unit: Unit, incident: Incident, terms: Callable[..., Terms]
) -> None:
    for caller in ("planner", "adviser", "commander", "operations"):
        with pytest.raises(Denied):
            claim_responsibility(actor=board[caller], incident=incident, unit=unit,
                                 part="committed", terms=terms())  # fmt: skip


def test_one_is_named_a_unit_or_a_person(
    board: Board, unit: Unit, incident: Incident, terms: Callable[..., Terms]
) -> None:
    officer = board["human_rights"]
    for named in ({}, {"unit": unit, "person": person_of(board)}):
        with pytest.raises(BadClaim, match="one of them"):
            claim_responsibility(actor=officer, incident=incident, part="committed",
                                 terms=terms(), **named)  # fmt: skip


def test_it_is_entered_corrected_and_withdrawn_on_its_pages(
    board: Board, unit: Unit, incident: Incident, client: Client
) -> None:
    client.force_login(board.accounts["human_rights"])
    base = f"/m/{board.mission.code}/incidents/{incident.pk}/"
    typed = {"unit": "s1", "person": "", "part": "committed", "source": "Inquiry",
             "status": "accepted", "marking": "2"}  # fmt: skip
    refused = client.post(f"{base}responsible/", {**typed, "unit": "nobody"})
    assert "No unit" in refused.content.decode()
    made = client.post(f"{base}responsible/", typed, follow=True)
    assert "said to have committed it" in made.content.decode()
    [found] = responsible_for(board["human_rights"], incident)
    page = f"/m/{board.mission.code}/incidents/responsibility/{found.row.claim}/"
    moved = client.post(page, {**typed, "version": "7", "reason": "x", "part": "present"})
    assert "Somebody else changed" in moved.content.decode()
    client.post(page, {**typed, "version": "1", "reason": "only there", "part": "present",
                       "first_precise": "2026-05-04"})  # fmt: skip
    assert "said to have been present" in client.get(base).content.decode()
    client.post(f"{page}withdraw/", {"withdraw-reason": "another unit"})
    assert "present" not in client.get(base).content.decode().split('id="responsible"')[1][:600]
    client.force_login(board.accounts["commander"])
    assert client.get(page).status_code == 404
    assert client.get(f"{base}responsible/").status_code == 403


def test_the_api_says_it_with_its_sources_to_those_cleared(
    board: Board, unit: Unit, incident: Incident, terms: Callable[..., Terms], client: Client
) -> None:
    claim_responsibility(actor=board["human_rights"], incident=incident, unit=unit,
                         part="committed", terms=terms(marking=Marking.CONFIDENTIAL))  # fmt: skip
    base = f"/api/v1/missions/{board.mission.code}"
    for address in (f"{base}/incidents/{incident.pk}/responsible", f"{base}/units/s1/incidents"):
        client.force_login(board.accounts["human_rights"])
        [line] = client.get(address).json()
        assert (line["unit"], line["part"], line["sources"]) == (
            "s1", "committed", ["Inquiry, 12"],
        )  # fmt: skip
        client.force_login(board.accounts["commander"])
        assert client.get(address).json() == []
