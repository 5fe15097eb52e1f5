"""Screening finds units and persons of the register by every name, and tells no closed one."""

import datetime as dt
from types import SimpleNamespace

import pytest

from primacy.platform.accounts.actions import create_compartment, ensure_organisation
from primacy.platform.accounts.models import Compartment
from primacy.platform.audit import kept_values
from primacy.platform.claims.actions import Cite
from primacy.platform.claims.rules import Dates
from primacy.platform.database.viewer_scope import viewer_scope
from primacy.platform.policy import Marking, Viewer
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import Terms, claim_name, rename_unit
from primacy.rooms.forces.facade import NameClaim, Unit
from primacy.rooms.persons.facade import (
    BirthClaim,
    IdNumberClaim,
    NewPerson,
    Person,
    PersonNameClaim,
    add_person,
    claim_number,
    claim_person_name,
)
from primacy.rooms.screening.facade import Screening, Standing, lines, passes, standing_of
from primacy.rooms.screening.models import PossibleMatch
from primacy.rooms.screening.wording import outcome_words
from tests.conftest import STEWARD, Board
from tests.rooms.screening.asking import persons, screen, unit, unit_names


def terms(board: Board, first: dt.date, last: dt.date | None = None, **more: object) -> Terms:
    source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Gazette")
    dates = Dates(
        first_precise=first, last_precise=last or first, starting=True, ending=last is not None
    )
    return Terms(dates=dates, cites=[Cite(source)], **more)  # type: ignore[arg-type]


def screened(board: Board, who: str, asked: list[object]) -> Screening:
    with viewer_scope(board[who]):
        return screen(board, asked, register=True, who=who)  # type: ignore[arg-type]


def matches(viewer: Viewer, made: Screening) -> list[PossibleMatch]:
    with viewer_scope(viewer):
        return [match for line in lines(viewer, made) for match in line.matches.all()]


@pytest.fixture
def compartment(board: Board) -> Compartment:
    """A compartment that nobody of the board belongs to."""
    owner = ensure_organisation(actor=STEWARD, name="Child protection", party="mission")
    return create_compartment(actor=STEWARD, code="child", name="Child", owner=owner)


def a_person(board: Board, name: str = "Oran Tel Davem", **more: object) -> Person:
    source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Personnel file")
    new = NewPerson(name=name, source=source, **more)  # type: ignore[arg-type]
    return add_person(actor=STEWARD, mission=board.mission, new=new)


def test_a_unit_is_found_by_the_name_it_had_and_the_days_are_said(board: Board) -> None:
    found = unit(board, "b21", "21 Mobile Brigade")
    rename_unit(
        actor=STEWARD,
        unit=found,
        name="Presidential Guard Regiment",
        terms=terms(board, dt.date(2014, 5, 1)),
    )
    claim_name(
        actor=STEWARD,
        unit=found,
        name="Black Cobra Squad",
        kind="alias",
        terms=terms(board, dt.date(2010, 3, 1), dt.date(2012, 8, 31)),
    )
    for asked in ("21st Mobile Bde", "Black Cobra Squad", "Presidential Guard Regiment"):
        (match,) = matches(board["planner"], screened(board, "planner", unit_names(asked)))
        assert match.record_id == found.pk
    (match,) = matches(
        board["planner"], screened(board, "planner", unit_names("Black Cobra Squad"))
    )
    assert (
        "on record under the name Black Cobra Squad: also known as, 1 March 2010 to 31 August 2012"
        in match.speaks_for
    )
    assert len(match.rests_on) == 1


def test_a_closed_name_of_an_open_unit_leads_to_whom_to_ask_and_not_to_the_unit(
    board: Board,
) -> None:
    found = unit(board, "b21", "21 Mobile Brigade")
    claim_name(
        actor=STEWARD,
        unit=found,
        name="Black Cobra Squad",
        kind="alias",
        terms=terms(board, dt.date(2010, 3, 1), marking=Marking.STRICT),
    )
    made = screened(board, "planner", unit_names("Black Cobra Squad"))
    (match,) = matches(board["planner"], made)
    assert (match.hidden, match.name, match.rests_on) == (True, "", [])
    # The unit itself is open by its own name, and nothing links the two.
    (match,) = matches(board["planner"], screened(board, "planner", unit_names("21 Mobile Bde")))
    assert match.reference == "b21"
    # Who may read the name sees the unit; a later reader who may not is shown neither.
    made = screened(board, "human_rights", unit_names("Black Cobra Squad"))
    (match,) = matches(board["human_rights"], made)
    assert (match.hidden, match.reference) == (False, "b21")
    (match,) = matches(board["planner"], made)
    assert (match.hidden, match.name, match.speaks_for) == (True, "", [])


def test_a_unit_in_a_foreign_compartment_is_never_nothing_found(
    board: Board, compartment: Compartment
) -> None:
    row = unit(board, "c1", "Riverine Squadron 9")
    Unit.objects.filter(pk=row.pk).update(compartment=compartment)
    made = screened(board, "planner", unit_names("Riverine Squadron 9"))
    (match,) = matches(board["planner"], made)
    assert match.hidden
    with viewer_scope(board["planner"]):
        (line,) = lines(board["planner"], made)
        said = outcome_words(line, passes(board["planner"], made))
    assert said.startswith("restricted information: ask ")
    assert "Nothing found" not in said


def test_a_person_is_found_by_another_name_and_the_days_are_said(board: Board) -> None:
    person = a_person(board)
    claim_person_name(
        actor=STEWARD,
        person=person,
        name="Brusko Kalent",
        kind="alias",
        terms=terms(board, dt.date(2009, 1, 1), dt.date(2011, 1, 1), marking=Marking.CONFIDENTIAL),
    )
    (match,) = matches(
        board["human_rights"], screened(board, "human_rights", persons("Brusko Kalent"))
    )
    assert match.record_id == person.pk
    assert any("Brusko Kalent: also known as, 1 January 2009" in why for why in match.speaks_for)


def test_a_person_is_found_by_a_number_under_whatever_kind(board: Board) -> None:
    person = a_person(board)
    claim_number(
        actor=STEWARD,
        person=person,
        kind="service number",
        number="GP-10442",
        terms=terms(board, dt.date(2009, 1, 1), marking=Marking.CONFIDENTIAL),
    )
    made = screened(board, "human_rights", persons("Somebody Quite Else; ; GP 10442"))
    (match,) = matches(board["human_rights"], made)
    assert match.record_id == person.pk


@pytest.mark.parametrize("closed_by", ["marking", "compartment"])
def test_a_closed_person_leads_to_whom_to_ask_and_no_day_of_birth_is_given_away(
    board: Board, compartment: Compartment, closed_by: str
) -> None:
    closed = {"marking": Marking.STRICT}
    if closed_by == "compartment":
        closed = {"compartment_id": compartment.pk}
    a_person(board, born=(dt.date(1961, 3, 4), dt.date(1961, 3, 4)), **closed)
    for born in ("", "1961-03-04", "1975-11-30"):
        made = screened(board, "planner", persons(f"Oran Tel Davem; {born}"))
        (match,) = matches(board["planner"], made)
        assert (match.hidden, match.score, match.speaks_for, match.rests_on) == (True, None, [], [])
        with viewer_scope(board["planner"]):
            (line,) = lines(board["planner"], made)
            assert standing_of(list(line.matches.all())) is Standing.RESTRICTED
    # The day alone, under another name, tells nobody that such a record is there.
    other = screened(board, "planner", persons("Wenke Holtz Barrau; 1961-03-04"))
    assert matches(board["planner"], other) == []


def test_a_person_is_veiled_from_who_may_not_read_what_they_were_found_by(board: Board) -> None:
    person = a_person(board)
    claim_person_name(
        actor=STEWARD,
        person=person,
        name="Brusko Kalent",
        kind="alias",
        terms=terms(board, dt.date(2009, 1, 1), marking=Marking.STRICT),
    )
    made = screened(board, "human_rights", persons("Brusko Kalent"))
    (match,) = matches(board["human_rights"], made)
    assert match.record_id == person.pk
    (match,) = matches(board["planner"], made)
    assert (match.hidden, match.name, match.record_id) == (True, "", None)


def test_every_record_that_screening_looks_through_says_so_on_its_card() -> None:
    for model in (Unit, NameClaim, Person, PersonNameClaim, BirthClaim, IdNumberClaim):
        assert model.RECORD.matched


def test_what_is_kept_of_the_register_is_made_anew_after_an_act(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_values, "connection", SimpleNamespace(in_atomic_block=False))
    unit(board, "b21", "21 Mobile Brigade")
    assert matches(board["planner"], screened(board, "planner", unit_names("Cobra Squad"))) == []
    found = unit(board, "b22", "Cobra Squad")
    (match,) = matches(board["planner"], screened(board, "planner", unit_names("Cobra Squad")))
    assert match.record_id == found.pk
    claim_name(
        actor=STEWARD,
        unit=found,
        name="Night Heron Detachment",
        kind="alias",
        terms=terms(board, dt.date(2010, 3, 1), marking=Marking.STRICT),
    )
    asked = unit_names("Night Heron Detachment")
    assert matches(board["planner"], screened(board, "planner", asked))[0].hidden
    assert not matches(board["human_rights"], screened(board, "human_rights", asked))[0].hidden
