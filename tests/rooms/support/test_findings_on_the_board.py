"""A standing finding speaks on the board, with its date and marking; its absence says nothing."""

import datetime as dt

from primacy.platform.claims.rules import Dates
from primacy.platform.indicators import IndicatorValue, Subject, indicator, provider_of, values
from primacy.platform.policy import Marking, computation
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.actions import NewPerson, NewPosting, add_people
from primacy.rooms.readiness.kept_board import read_board
from primacy.rooms.support.actions import lift_finding, record_finding
from primacy.rooms.support.indicators import NO_GRAVE_FINDING
from primacy.rooms.support.models import GraveFinding
from tests.rooms.support.conftest import Desk

TODAY = dt.date.today()


def said_of(desk: Desk, *units: Unit, day: dt.date = TODAY) -> dict[Subject, IndicatorValue]:
    """What the register says of the areas of the board and of these units."""
    subjects = [Subject("area", area.pk, desk.mission.pk) for area in desk.board.areas]
    subjects += [Subject("unit", unit.pk, desk.mission.pk) for unit in units]
    found = values(computation("registers"), NO_GRAVE_FINDING, subjects, day)
    return {one.subject: one for one in found}


def find(desk: Desk, **more: object) -> GraveFinding:
    """A finding of three days ago."""
    given = {
        "actor": desk["human_rights"], "mission": desk.mission, "test": "gross",
        "basis": "Three incidents, verified.", "source_title": "Inquiry",
        "found_on": TODAY - dt.timedelta(days=3),
    }  # fmt: skip
    return record_finding(**{**given, **more})


def company(desk: Desk) -> Unit:
    """A unit under the battalion that is responsible for the first area."""
    return add_unit(
        actor=desk["planner"], mission=desk.mission, code="c1", name="First company",
        force="Police", side="local", parent=desk.battalion, areas=[desk.board.area],
        source=desk.source(),
    )  # fmt: skip


def test_nothing_on_record_says_nothing(desk: Desk) -> None:
    unit = company(desk)
    assert said_of(desk, unit) == {}


def test_a_finding_reaches_units_below_and_their_areas(desk: Desk) -> None:
    unit = company(desk)
    finding = find(desk, unit=desk.brigade, marking=Marking.STRICT)
    found = said_of(desk, unit, desk.brigade, desk.other)
    reached = {one.id for one in found}
    assert reached == {unit.pk, desk.brigade.pk, desk.board.area.pk}
    for one in found.values():
        assert one.value == 0.0
        assert one.marking == Marking.STRICT
        # It stands today, so an older word that none stands does not outlive it.
        assert one.observed_on == TODAY
        assert finding.found_on.isoformat() in one.source
    assert said_of(desk, unit, day=finding.found_on - dt.timedelta(days=1)) == {}
    lift_finding(actor=desk["human_rights_2"], finding=finding, reason="A court found otherwise.")
    assert said_of(desk, unit, desk.brigade) == {}
    # What stood on a day before goes on having stood then.
    assert said_of(desk, unit, day=TODAY - dt.timedelta(days=1))


def test_a_finding_on_a_person_reaches_what_they_command(desk: Desk) -> None:
    find(desk, person=desk.persons["major"])
    assert {one.id for one in said_of(desk, desk.battalion, desk.brigade)} == {desk.battalion.pk}
    since = Dates(TODAY, TODAY, starting=True)
    add_people(
        actor=desk["planner"], mission=desk.mission,
        people=[NewPerson(name="Ewa Noe", source=desk.source(),
                          postings=[NewPosting(desk.battalion, since, role="commander")])],
    )  # fmt: skip
    assert said_of(desk, desk.battalion) == {}


def test_of_several_the_least_closed_speaks_and_compartments_stay_closed(desk: Desk) -> None:
    unit = company(desk)
    find(desk, unit=desk.battalion, marking=Marking.STRICT)
    find(desk, unit=unit)
    found = said_of(desk, unit, desk.battalion)
    assert {one.id: value.marking for one, value in found.items()} == {
        unit.pk: Marking.CONFIDENTIAL,
        desk.board.area.pk: Marking.CONFIDENTIAL,
        desk.battalion.pk: Marking.STRICT,
    }


def test_it_fails_the_gate_on_the_board(desk: Desk) -> None:
    """The indicator is another room's; the board asks for it by its code."""
    assert indicator(NO_GRAVE_FINDING) is not None
    assert provider_of(NO_GRAVE_FINDING) is not None
    unit = company(desk)
    desk.board.lead("joint", TODAY - dt.timedelta(days=400))
    desk.board.evidence({NO_GRAVE_FINDING: None})
    # Five days ago the records said that none stood.
    desk.board.see(NO_GRAVE_FINDING, 1.0, method="records")

    def binding() -> object:
        board = read_board(desk["human_rights"], desk.mission, TODAY)
        [row] = [one for one in board.rows if one.id == desk.board.area.pk]
        return row.cells[0].readiness, row.cells[0].binding

    assert binding() != ("not_ready", NO_GRAVE_FINDING)
    find(desk, unit=unit)
    assert binding() == ("not_ready", NO_GRAVE_FINDING)
    # Nobody's word overrules it, by whatever method it was entered and how fresh it is.
    desk.board.see(NO_GRAVE_FINDING, 1.0, method="field", observed_on=TODAY)
    assert binding() == ("not_ready", NO_GRAVE_FINDING)
