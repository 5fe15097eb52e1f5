"""Who commanded on a day, with the failures of earlier registers as tests."""

from itertools import pairwise

import pytest

from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Denied, Marking
from primacy.rooms.forces.actions import claim_relation
from primacy.rooms.persons.actions import (
    claim_leaving,
    claim_posting,
    correct_person_claim,
    keep_term,
    withdraw_person,
    withdraw_person_claim,
)
from primacy.rooms.persons.command import CommandReading, chain, commander
from primacy.rooms.persons.models import PostingClaim
from tests.conftest import Board
from tests.rooms.persons.conftest import MakePerson, MakeTerms, MakeUnit, on


def names(found: CommandReading, certain: bool = True) -> list[str]:
    """The names of the commanders that are certain, or of the possible ones."""
    return [one.name for one in found.commanders if one.certain is certain]


def test_an_ended_posting_never_shows(
    board: Board, make_unit: MakeUnit, make_person: MakePerson
) -> None:
    unit = make_unit("First station")
    make_person("Abel Doe", (unit, "station commander", "2019-01-01", "2020-03-01"))
    assert names(commander(board["planner"], unit, on("2019-06-01"))) == ["Abel Doe"]
    after = commander(board["planner"], unit, on("2020-03-02"))
    assert not after.commanders


def test_a_unit_without_commander_says_since_when(
    board: Board, make_unit: MakeUnit, make_person: MakePerson
) -> None:
    unit = make_unit("First station")
    make_person("Abel Doe", (unit, "station commander", "2019-01-01", "2020-03-01"))
    found = commander(board["planner"], unit, on("2021-01-01"))
    assert found.vacant_since == on("2020-03-02")
    assert found.last_commander == "Abel Doe"
    assert "1 March 2020" in found.vacancy
    never = commander(board["planner"], make_unit("Second station"), on("2021-01-01"))
    assert never.vacant_since is None
    assert not never.commanders


@pytest.mark.parametrize(
    "role", ["deputy commander", "Chief of staff", "commandant adjoint", "porta-voz", "driver"]
)
def test_a_role_that_does_not_command_never_shows(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, role: str
) -> None:
    unit = make_unit("First station")
    make_person("Abel Doe", (unit, role, "2019-01-01", "2020-03-01"))
    found = commander(board["planner"], unit, on("2019-06-01"))
    assert not found.commanders
    assert any(role in words for words in found.left_out)


def test_a_role_nobody_knows_is_possible_at_most(
    board: Board, make_unit: MakeUnit, make_person: MakePerson
) -> None:
    unit = make_unit("First station")
    make_person("Abel Doe", (unit, "keeper of the gate", "2019-01-01", "2020-03-01"))
    found = commander(board["planner"], unit, on("2019-06-01"))
    assert names(found, certain=False) == ["Abel Doe"]
    assert names(found) == []


def test_the_missions_own_word_takes_the_place_of_the_shipped_one(
    board: Board, make_unit: MakeUnit, make_person: MakePerson
) -> None:
    unit = make_unit("First station")
    make_person("Abel Doe", (unit, "keeper of the gate", "2019-01-01", "2020-03-01"))
    keep_term(actor=board["planner"], mission=board.mission, kind="role",
              words="Keeper of the Gate", commands="yes", source_title="Police act")  # fmt: skip
    assert names(commander(board["planner"], unit, on("2019-06-01"))) == ["Abel Doe"]


def test_several_first_and_last_days_make_no_duplicate(
    board: Board, make_unit: MakeUnit, make_person: MakePerson
) -> None:
    unit = make_unit("First station")
    make_person(
        "Abel Doe",
        (unit, "station commander", "2019-01-01", "2019-08-01"),
        (unit, "station commander", "2019-02-01", "2019-09-01"),
        (unit, "commander", "2019-01-15", "2019-08-15"),
    )
    found = commander(board["planner"], unit, on("2019-06-01"))
    assert names(found) == ["Abel Doe"]
    assert len(found.commanders) == 1
    assert len(found.commanders[0].claims) == 3


def test_two_records_of_one_person_show_once_after_the_merge(
    board: Board, make_unit: MakeUnit, make_person: MakePerson
) -> None:
    from primacy.rooms.persons.actions import judge_pair, put_pairs
    from primacy.rooms.persons.models import Pair

    unit = make_unit("First station")
    one = make_person("Abel Doe", (unit, "station commander", "2019-01-01", "2019-08-01"),
                      numbers=[("service number", "77123")])  # fmt: skip
    two = make_person("DOE, Abel", (unit, "commander", "2019-02-01", "2019-09-01"),
                      numbers=[("service number", "77123")])  # fmt: skip
    day, officer = on("2019-06-01"), board["human_rights"]
    assert len(commander(officer, unit, day).commanders) == 2
    put_pairs(actor=officer, mission=board.mission, pairs=[(one, two, 0.9)])
    judge_pair(actor=officer, pair=Pair.objects.get(), opinion="same",
               reasons="The same service number and station.")  # fmt: skip
    assert names(commander(officer, unit, day)) == ["Abel Doe"]
    assert len(commander(officer, unit, day).commanders) == 1


def test_the_dead_command_nothing(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, terms: MakeTerms
) -> None:
    unit = make_unit("First station")
    doe = make_person("Abel Doe", (unit, "station commander", "2019-01-01"))
    assert commander(board["planner"], unit, on("2019-06-01")).commanders
    claim_leaving(actor=board["planner"], person=doe, kind="died", earliest=on("2019-03-01"),
                  terms=terms())  # fmt: skip
    assert not commander(board["planner"], unit, on("2019-06-01")).commanders


def test_a_person_is_own_superior_only_through_two_posts(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, terms: MakeTerms
) -> None:
    district, station = make_unit("District"), make_unit("Station")
    claim_relation(actor=board["planner"], unit=station, superior=district,
                   terms=terms("2019-01-01", "2019-12-31"))  # fmt: skip
    make_person("Abel Doe", (station, "station commander", "2019-01-01", "2019-12-31"))
    day = on("2019-06-01")
    levels = chain(board["planner"], station, day)
    assert [level.name for level in levels] == ["Station", "District"]
    assert not levels[1].command.commanders
    assert not any(level.own_superiors for level in levels)
    both = make_person(
        "Ben Roe",
        (station, "commander", "2019-01-01", "2019-12-31"),
        (district, "district commander", "2019-01-01", "2019-12-31"),
    )
    levels = chain(board["planner"], station, day)
    assert [one.name for one in levels[1].command.commanders] == [both.name]
    assert [both.name in words for words in levels[1].own_superiors] == [True], levels[
        1
    ].own_superiors


def test_the_chain_goes_up_so_many_levels_and_gives_its_reasons(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, terms: MakeTerms
) -> None:
    units = [make_unit(name) for name in ("Post", "Station", "District", "Region")]
    for lower, upper in pairwise(units):
        claim_relation(actor=board["planner"], unit=lower, superior=upper,
                       terms=terms("2019-01-01", "2019-12-31"))  # fmt: skip
    make_person("Abel Doe", (units[3], "regional commander", "2019-01-01", "2019-12-31"))
    levels = chain(board["planner"], units[0], on("2019-06-01"), 3)
    assert [level.name for level in levels] == ["Post", "Station", "District", "Region"]
    assert names(levels[3].command) == ["Abel Doe"]
    assert all(level.certain for level in levels)
    assert levels[3].reasons
    short = chain(board["planner"], units[0], on("2019-06-01"), 1)
    assert [level.name for level in short] == ["Post", "Station"]


def test_acting_is_said_so(board: Board, make_unit: MakeUnit, make_person: MakePerson) -> None:
    unit = make_unit("First station")
    make_person("Abel Doe", (unit, "acting station commander", "2019-01-01", "2019-12-31"))
    found = commander(board["planner"], unit, on("2019-06-01"))
    assert [one.acting for one in found.commanders] == [True]


def test_a_correction_does_not_change_what_was_known_before(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, terms: MakeTerms
) -> None:
    first, second = make_unit("First station"), make_unit("Second station")
    make_person("Abel Doe", (first, "station commander", "2019-01-01", "2019-12-31"))
    row = PostingClaim.objects.get()
    new = correct_person_claim(actor=board["planner"], claim=row, reason="wrong station",
                               changes={"unit": second})  # fmt: skip
    day = on("2019-06-01")
    assert not commander(board["planner"], first, day).commanders
    assert names(commander(board["planner"], second, day)) == ["Abel Doe"]
    assert names(commander(board["planner"], first, day, row.recorded_at)) == ["Abel Doe"]
    withdraw_person_claim(actor=board["planner"], claim=new, reason="not him at all")
    assert not commander(board["planner"], second, day).commanders


def test_a_withdrawn_person_commands_nothing(
    board: Board, make_unit: MakeUnit, make_person: MakePerson
) -> None:
    unit = make_unit("First station")
    doe = make_person("Abel Doe", (unit, "station commander", "2019-01-01", "2019-12-31"))
    withdraw_person(actor=board["planner"], person=doe, reason="entered twice")
    assert not commander(board["planner"], unit, on("2019-06-01")).commanders


def test_a_closed_posting_is_said_to_be_closed_and_nothing_of_it_told(
    board: Board, make_unit: MakeUnit, make_person: MakePerson
) -> None:
    unit = make_unit("First station")
    make_person("Abel Doe", (unit, "station commander", "2019-01-01", "2019-12-31"))
    make_person("Ben Roe", (unit, "commander", "2018-01-01", "2018-12-31"),
                marking=Marking.INTERNAL)  # fmt: skip
    found = commander(board["commander"], unit, on("2019-06-01"))
    assert found.restricted
    assert not found.commanders
    assert "Doe" not in repr(found)
    assert names(commander(board["commander"], unit, on("2018-06-01"))) == ["Ben Roe"]
    assert not commander(board["planner"], unit, on("2019-06-01")).restricted


def test_who_is_shown_a_commander_is_on_record(
    board: Board, make_unit: MakeUnit, make_person: MakePerson
) -> None:
    unit = make_unit("First station")
    doe = make_person("Abel Doe", (unit, "station commander", "2019-01-01", "2019-12-31"))
    other = make_unit("Second station")
    roe = make_person("Ben Roe", (other, "station commander", "2019-01-01", "2019-12-31"))
    before = AuditEntry.objects.count()
    commander(board["planner"], unit, on("2019-06-01"))
    seen = [entry.body for entry in AuditEntry.objects.order_by("sequence")[before:]]
    assert any(str(doe.pk) in str(body) for body in seen)
    assert not any(str(roe.pk) in str(body) for body in seen)


def test_without_the_right_nothing_is_told(board: Board, make_unit: MakeUnit) -> None:
    unit = make_unit("First station")
    with pytest.raises(Denied):
        commander(board["donor"], unit, on("2019-06-01"))


def test_a_posting_is_made_by_those_who_keep_persons_alone(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, terms: MakeTerms
) -> None:
    unit, doe = make_unit("First station"), make_person("Abel Doe")
    with pytest.raises(Denied):
        claim_posting(actor=board["adviser"], person=doe, unit=unit, terms=terms("2019-01-01"))
