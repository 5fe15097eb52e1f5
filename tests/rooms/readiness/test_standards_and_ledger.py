"""Standards count once every party signed; the ledger answers for any day and never changes."""

import datetime as dt
import time

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from primacy.platform.policy import Denied
from primacy.rooms.readiness.actions import (
    adopt_sourced_standard,
    draft_standard,
    observe,
    sign_standard,
    withdraw_standard,
)
from primacy.rooms.readiness.errors import BadStandard, NotAllowed
from primacy.rooms.readiness.facade import (
    Standard,
    open_ledger,
    read_assessment,
    read_board,
    standard_at,
)
from primacy.rooms.readiness.standards import checked, read_standard
from primacy.rooms.readiness.starting import start_mission
from tests.conftest import FINDING_GATE, ROOT, STANDARD_FILE, STEWARD, Board

FUEL = {
    "code": "logistics.fuel_days",
    "dimension": "logistics",
    "indicator": "logistics.fuel_days",
    "label": "Fuel in days",
    "comparison": "at_least",
    "threshold": 5,
    "gate": True,
    "methods": ["field"],
    "max_age_days": 30,
    "unit": "days",
}


def draft(board: Board, **changed: object) -> Standard:
    content = checked({"name": "Second standard", "criteria": [{**FUEL, **changed}, FINDING_GATE]})
    return draft_standard(actor=board["planner"], mission=board.mission, content=content)


@pytest.mark.parametrize(
    "finding",
    [
        [],
        [{**FINDING_GATE, "gate": False}],
        [{**FINDING_GATE, "threshold": 0}],
        [{**FINDING_GATE, "leads": ["local"]}],
    ],
    ids=["dropped", "no gate", "turned round", "for one step only"],
)
def test_no_draft_can_agree_the_grave_violation_gate_away(
    board: Board, finding: list[dict[str, object]]
) -> None:
    content = checked({"name": "Softer", "criteria": [FUEL, *finding]})
    with pytest.raises(NotAllowed, match="has no override"):
        draft_standard(actor=board["planner"], mission=board.mission, content=content)
    assert board.mission.standards.count() == 1


def test_a_draft_counts_for_nothing_until_every_party_has_signed(
    board: Board, today: dt.date
) -> None:
    second = draft(board)
    with pytest.raises(NotAllowed, match="the standard is not in force"):
        board.open(standard=second)
    sign_standard(actor=board["adviser"], standard=second)
    sign_standard(actor=board["commander"], standard=second)
    assert standard_at(board["adviser"], board.mission, today).version == 1

    sign_standard(actor=board["official"], standard=second)

    board.standard.refresh_from_db()
    second.refresh_from_db()
    assert (board.standard.state, second.state) == ("replaced", "in_force")
    assert standard_at(board["adviser"], board.mission, today).pk == second.pk
    yesterday = today - dt.timedelta(days=1)
    assert standard_at(board["adviser"], board.mission, yesterday).version == 1
    before = board.standard.in_force_from - dt.timedelta(days=1)
    assert standard_at(board["adviser"], board.mission, before) is None


def test_a_standard_is_signed_once_a_party_by_people_of_the_parties(board: Board) -> None:
    second = draft(board)
    sign_standard(actor=board["adviser"], standard=second)
    for actor, expected in (
        (board["planner"], "the mission has signed already"),
        (board["adviser"], "you have signed already"),
        (STEWARD, "only a person with an account signs"),
    ):
        with pytest.raises(NotAllowed, match=expected):
            sign_standard(actor=actor, standard=second)
    for label in ("overseer", "human_rights", "donor"):
        with pytest.raises(Denied):
            sign_standard(actor=board[label], standard=second)
    assert second.signatures.count() == 1


def test_a_withdrawn_draft_is_never_signed_and_a_standard_in_force_never_withdrawn(
    board: Board,
) -> None:
    second = draft(board)
    with pytest.raises(NotAllowed, match="with a reason"):
        withdraw_standard(actor=board["planner"], standard=second, reason=" ")
    withdraw_standard(actor=board["planner"], standard=second, reason="wrong unit")
    with pytest.raises(NotAllowed, match="does not wait for signatures"):
        sign_standard(actor=board["adviser"], standard=second)
    with pytest.raises(NotAllowed, match="only a draft"):
        withdraw_standard(actor=board["planner"], standard=board.standard, reason="x")


def test_only_the_first_version_enters_without_signatures(board: Board, today: dt.date) -> None:
    with pytest.raises(NotAllowed, match="has a standard already"):
        adopt_sourced_standard(
            actor=board["planner"],
            mission=board.mission,
            content=read_standard(STANDARD_FILE),
            in_force_from=today,
        )


def test_a_decision_waits_no_longer_when_its_standard_is_replaced(
    board: Board, today: dt.date
) -> None:
    from primacy.rooms.readiness.actions import sign_decision

    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    decision = board.proposed()
    board.sign(decision, "adviser", "commander")
    second = draft(board)
    for label in ("adviser", "commander", "official"):
        sign_standard(actor=board[label], standard=second)
    with pytest.raises(NotAllowed, match="no longer in force; assess again"):
        sign_decision(actor=board["official"], decision=decision, agrees=True)
    frozen = decision.assessment
    assert read_assessment(board["adviser"], frozen).result.readiness == "ready"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"code": ""}, "has no code"),
        ({"threshold": "many"}, "threshold must be a number"),
        ({"threshold": None}, "threshold must be a number"),
        ({"threshold": "nan"}, "finite"),
        ({"comparison": "about"}, "about"),
        ({"methods": []}, "at least one method"),
        ({"methods": ["rumour"]}, "rumour"),
        ({"methods": "field"}, "must be a list"),
        ({"unit": "share", "threshold": 80}, "between 0 and 1"),
        ({"tolerance": -1}, "tolerance cannot be negative"),
        ({"max_age_days": "old"}, "oldest age must be a number"),
        ({"max_age_days": -3}, "oldest acceptable age"),
        ({"bound": "middle"}, "bound"),
    ],
)
def test_a_criterion_that_cannot_be_applied_is_refused_by_name(
    changed: dict[str, object], expected: str
) -> None:
    with pytest.raises(BadStandard, match=expected):
        checked({"criteria": [{**FUEL, **changed}]})


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"criteria": None}, "needs a list of criteria"),
        ({"criteria": [FUEL, FUEL]}, "stand twice: logistics.fuel_days"),
        ({"confidence": 0.4}, "between 0.5 and 1"),
        ({"confidence": 1}, "between 0.5 and 1"),
        ({"parties": ["mission"]}, "two different parties"),
        ({"seats_per_party": 0}, "at least one seat"),
        ({"seats_per_party": 1.5}, "whole number"),
        ({"seats_per_party": "inf"}, "whole number"),
    ],
)
def test_a_standard_that_cannot_be_signed_is_refused(
    changed: dict[str, object], expected: str
) -> None:
    with pytest.raises(BadStandard, match=expected):
        checked({"criteria": [FUEL], **changed})


def test_the_shipped_standard_is_read_whole() -> None:
    content = read_standard(STANDARD_FILE)
    assert len(content.criteria) >= 16
    assert content.parties == ("mission", "force", "ministry")
    assert all(row["origin"] for row in content.criteria)
    with pytest.raises(BadStandard, match="not a readable JSON file"):
        read_standard(ROOT / "LICENSE")


def at(board: Board, day: dt.date, known_on: dt.datetime | None = None) -> object:
    ledger = open_ledger(board["adviser"], board.mission)
    return ledger.at(("area", board.area.pk), board.patrols.pk, day, known_on)


def test_the_ledger_answers_for_any_day(board: Board) -> None:
    board.lead("mission", dt.date(2006, 8, 25))
    board.lead("joint", dt.date(2008, 1, 1))
    board.lead("local_supported", dt.date(2009, 5, 14))
    expected = {
        dt.date(2006, 8, 24): None,
        dt.date(2006, 8, 25): "mission",
        dt.date(2007, 12, 31): "mission",
        dt.date(2008, 1, 1): "joint",
        dt.date(2009, 5, 13): "joint",
        dt.date(2009, 5, 14): "local_supported",
        dt.date(2030, 1, 1): "local_supported",
    }
    assert {day: at(board, day).at.lead for day in expected} == expected


def test_between_the_days_of_an_imprecise_change_the_lead_is_uncertain(board: Board) -> None:
    board.lead("mission", dt.date(2006, 8, 25))
    board.lead("joint", dt.date(2008, 1, 1), from_latest=dt.date(2008, 12, 31))
    inside = at(board, dt.date(2008, 6, 1)).at
    assert (inside.lead, inside.uncertain, inside.alternatives) == ("mission", True, ("joint",))
    after = at(board, dt.date(2009, 1, 1)).at
    assert (after.lead, after.since_earliest, after.since) == (
        "joint",
        dt.date(2008, 1, 1),
        dt.date(2008, 12, 31),
    )


def test_a_correction_changes_what_is_known_now_and_not_what_was_known_then(board: Board) -> None:
    wrong = board.lead("local", dt.date(2009, 5, 14))
    known_then = timezone.now()
    time.sleep(0.001)
    board.lead("local_supported", dt.date(2009, 5, 14), corrects=wrong)
    day = dt.date(2010, 1, 1)
    assert at(board, day).at.lead == "local_supported"
    assert at(board, day, known_then).at.lead == "local"
    boards = [
        read_board(board["adviser"], board.mission, day, known).rows[0].cells[0].lead
        for known in (None, known_then)
    ]
    assert boards == ["local_supported", "local"]


def test_a_correction_is_about_the_same_place_and_responsibility(board: Board) -> None:
    entry = board.lead("local", dt.date(2009, 5, 14))
    for more in (
        {"area": board.areas[1]},
        {"responsibility": list(board.functions.values())[5]},
    ):
        with pytest.raises(NotAllowed, match="about another responsibility, area or unit"):
            board.lead("joint", dt.date(2009, 5, 14), corrects=entry, **more)


def test_an_area_reads_its_parents_lead_until_it_has_one_of_its_own(board: Board) -> None:
    country = board.area.parent
    board.lead("mission", dt.date(2006, 8, 25), area=country)
    inherited = at(board, dt.date(2007, 1, 1))
    assert (inherited.at.lead, inherited.inherited) == ("mission", True)
    board.lead("joint", dt.date(2008, 1, 1))
    own = at(board, dt.date(2008, 1, 1))
    assert (own.at.lead, own.inherited) == ("joint", False)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"lead": "nobody"}, "not on the mission's ladder"),
        ({"from_latest": dt.date(2000, 1, 1)}, "the latest day lies before the earliest"),
        ({"area": None}, "name one area or one unit"),
        ({"trial_until": dt.date(2009, 5, 14)}, "the trial would end before it begins"),
    ],
)
def test_a_ledger_entry_that_cannot_be_is_refused(
    board: Board, more: dict[str, object], expected: str
) -> None:
    given = {"lead": "joint", "since": dt.date(2009, 5, 14), **more}
    with pytest.raises(NotAllowed, match=expected):
        board.lead(**given)
    assert board.mission.lead_entries.count() == 0


GUARDED = (
    "audit_auditentry",
    "readiness_leadentry",
    "readiness_observation",
    "readiness_decisionsignature",
    "readiness_standardsignature",
    "readiness_standardcriterion",
    "readiness_frozenevidence",
    "readiness_frozenresult",
    "readiness_assessmentseat",
    "readiness_remark",
)


def test_the_database_itself_refuses_to_change_or_delete_what_is_append_only(
    board: Board, today: dt.date
) -> None:
    from primacy.rooms.readiness.actions import add_remark

    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    decision = board.proposed()
    add_remark(actor=board["adviser"], assessment=decision.assessment, text="Good roads.")
    board.sign(decision)
    second = draft(board)
    sign_standard(actor=board["adviser"], standard=second)
    for table in GUARDED:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            before = cursor.fetchone()[0]
            cursor.execute(f"SELECT * FROM {table} LIMIT 1")
            column = cursor.description[-1][0]
        assert before > 0, table
        for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with (
                pytest.raises(DatabaseError, match="append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            assert cursor.fetchone()[0] == before


def test_a_new_mission_starts_with_an_unknown_lead_and_the_default_standard(
    db: None, today: dt.date
) -> None:
    mission = start_mission(
        actor=STEWARD, code="new", name="New mission", country="Carana", today=today
    )
    standard = standard_at(STEWARD, mission, today)
    assert standard.version == 1
    assert standard.signatures.count() == 0
    assert mission.responsibilities.count() == 10


def test_a_person_without_clearance_for_an_area_reads_none_of_its_row(
    make_board: object, today: dt.date
) -> None:
    from primacy.platform.policy import Marking

    board: Board = make_board(marking=Marking.CONFIDENTIAL)
    board.lead("joint", today)
    assert read_board(board["commander"], board.mission, today).rows == ()
    assert len(read_board(board["adviser"], board.mission, today).rows) == 3


def test_evidence_is_entered_for_an_area_of_the_own_mission_only(make_board: object) -> None:
    from primacy.rooms.readiness.errors import BadObservation

    ours, theirs = make_board("ours"), make_board("theirs")
    with pytest.raises(BadObservation, match="belongs to another mission"):
        ours.see("logistics.fuel_days", 3.0, area=theirs.area)
    with pytest.raises(Denied):
        observe(
            actor=ours["adviser"],
            mission=theirs.mission,
            area=theirs.area,
            indicator="logistics.fuel_days",
            method="field",
            observed_on=dt.date(2020, 1, 1),
            source_title="visit",
            value=3.0,
        )
