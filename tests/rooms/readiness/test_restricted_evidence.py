"""Evidence held in confidence counts for everyone and is told to nobody who may not read it."""

import dataclasses
import datetime as dt

import pytest

from primacy.platform.audit.models import AuditEntry
from primacy.platform.indicators import Subject
from primacy.platform.policy import Denied, Marking, restricted
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_strength, add_unit
from primacy.rooms.readiness.actions import freeze_assessment, observe, propose_decision
from primacy.rooms.readiness.errors import BadObservation, NotAllowed
from primacy.rooms.readiness.evidence import collect
from primacy.rooms.readiness.facade import board_data, read_assessment, read_board
from primacy.rooms.readiness.models import Observation
from tests.conftest import FINDING_GATE, STEWARD, Board

FINDING = "accountability.no_grave_finding"
FUEL = "logistics.fuel_days"
SECRET = "Statement of a survivor, file 77"
NOTE = "two beatings in the cells of post 4"


def hold_finding(board: Board) -> Observation:
    """A strictly confidential finding by the human rights component."""
    return board.see(
        FINDING,
        0.0,
        actor=board["human_rights"],
        source_title=SECRET,
        note=NOTE,
        marking=Marking.STRICT,
    )


def all_text(shown: object) -> str:
    """Everything a page, a file or the API could print of it."""
    return str(dataclasses.asdict(shown) if dataclasses.is_dataclass(shown) else shown)


@pytest.mark.parametrize("label", ["commander", "adviser", "planner", "official", "overseer"])
def test_a_confidential_finding_stops_readiness_without_being_told(
    board: Board, today: dt.date, label: str
) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence({FINDING: None})
    hold_finding(board)
    assessment = board.open()

    reading = read_assessment(board[label], assessment)

    assert (reading.result.readiness, reading.result.binding) == ("not_ready", FINDING)
    one = next(r for r in reading.result.results if r.criterion.code == FINDING)
    assert (one.value, one.margin, one.self_value, one.field_value, one.age_days) == (None,) * 5
    assert one.margin_text == restricted().text
    assert restricted().text in reading.result.binding_text
    item = next(i for i in reading.items if i.evidence.indicator == FINDING)
    assert item.restricted
    assert (item.evidence.value, item.source, item.evidence.source) == (
        None,
        restricted().text,
        restricted().text,
    )
    for told in (SECRET, NOTE, "human rights", "no; yes required"):
        assert told not in all_text(reading).replace(restricted().text, "")
    board_now = read_board(board[label], board.mission, today)
    cell = board_now.rows[0].cells[0]
    assert (cell.readiness, cell.binding) == ("not_ready", FINDING)
    for told in (SECRET, NOTE, "no; yes required"):
        assert told not in all_text(board_now)
        assert told not in all_text(board_data(board_now))
    subject = Subject("area", board.area.pk, board.mission.pk)
    book = collect(board[label], board.mission, board.standard, [subject], today)
    assert SECRET not in str([dataclasses.asdict(i) for i in book.of(subject)])


def test_those_who_may_read_it_see_the_finding_in_full(board: Board) -> None:
    board.evidence({FINDING: None})
    hold_finding(board)
    reading = read_assessment(board["human_rights"], board.open())
    one = next(r for r in reading.result.results if r.criterion.code == FINDING)
    assert (one.value, one.margin_text) == (0.0, "no; yes required")
    assert SECRET in {item.source for item in reading.items}


def test_open_evidence_beside_a_confidential_finding_stays_readable(board: Board) -> None:
    board.evidence({FINDING: None})
    hold_finding(board)
    reading = read_assessment(board["commander"], board.open())
    fuel = next(r for r in reading.result.results if r.criterion.code == FUEL)
    assert fuel.value == 28.0
    assert [i.restricted for i in reading.items if i.evidence.indicator == FUEL] == [False] * 2


def test_freezing_and_proposing_tell_no_more_than_the_pages(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence({FUEL: None})
    board.see(FUEL, 2.25, marking=Marking.STRICT, source_title=SECRET, actor=board["human_rights"])
    assessment = board.open()
    board.seat(assessment)

    result = freeze_assessment(actor=board["commander"], assessment=assessment)
    with pytest.raises(NotAllowed) as refusal:
        propose_decision(actor=board["commander"], assessment=assessment, effective_on=today)

    assert (result.readiness, result.binding) == ("not_ready", FUEL)
    assessment.refresh_from_db()
    after = read_assessment(board["commander"], assessment)
    for text in (
        all_text(result),
        str(refusal.value),
        assessment.binding_text,
        all_text(after),
    ):
        assert "2.25" not in text
        assert SECRET not in text
    whole = read_assessment(board["human_rights"], assessment)
    assert next(i for i in whole.items if i.evidence.indicator == FUEL).evidence.value == 2.25


def test_the_audit_log_names_the_act_and_not_the_finding(board: Board) -> None:
    hold_finding(board)
    board.see(FUEL, 9.0)
    bodies = AuditEntry.objects.filter(action="readiness.observation.enter")
    kept = dict(bodies.values_list("subject_id", "body"))
    secret = Observation.objects.get(marking=Marking.STRICT)
    assert '"value"' not in kept[str(secret.pk)]
    assert FINDING in kept[str(secret.pk)]
    assert any('"value":9.0' in body for body in kept.values())
    assert not AuditEntry.objects.filter(body__contains=SECRET).exists()


def test_a_finding_cannot_be_corrected_away_by_somebody_who_may_not_read_it(board: Board) -> None:
    finding = hold_finding(board)
    for label in ("adviser", "planner", "commander"):
        with pytest.raises(Denied, match="Human rights officer"):
            board.see(FINDING, 1.0, corrects=finding, actor=board[label])
        with pytest.raises(Denied, match="Human rights officer"):
            board.see(FINDING, 1.0, actor=board[label])
    with pytest.raises(BadObservation, match="human rights component"):
        board.see(FINDING, 1.0, actor=STEWARD)
    corrected = board.see(FINDING, 1.0, corrects=finding, actor=board["human_rights"])
    assert corrected.marking == Marking.STRICT


def test_evidence_is_marked_at_least_as_high_as_the_source_it_rests_on(board: Board) -> None:
    hold_finding(board)
    again = board.see(FUEL, 20.0, source_title=SECRET, actor=board["human_rights"])
    assert again.marking == Marking.STRICT


def test_confidential_strength_counts_the_same_for_everyone(board: Board, today: dt.date) -> None:
    board.evidence({"presence.officers_share": None})
    source = ensure_source(
        actor=STEWARD, mission_id=board.mission.pk, title="Roster", marking=Marking.CONFIDENTIAL
    )
    unit = add_unit(
        actor=board["planner"],
        mission=board.mission,
        code="u1",
        name="District police 1",
        force="National police",
        side="local",
        source=source,
    )
    for kind, value in (("present", 40.0), ("required", 100.0)):
        add_strength(
            actor=board["planner"],
            unit=unit,
            area=board.area,
            kind=kind,
            value=value,
            date_from=today,
            date_to=today,
            source=source,
            marking=Marking.CONFIDENTIAL,
        )
    assessment = board.open()

    seen = {who: read_assessment(board[who], assessment) for who in ("planner", "commander")}

    for reading in seen.values():
        assert (reading.result.readiness, reading.result.binding) == (
            "not_ready",
            "presence.officers_share",
        )
    assert "40 more officers present" in seen["planner"].result.binding_text
    assert "40" not in seen["commander"].result.binding_text
    assert "Roster" not in all_text(seen["commander"])


def test_who_leads_is_judged_on_the_whole_ledger(board: Board, today: dt.date) -> None:
    board.lead("mission", today - dt.timedelta(days=400))
    board.lead("joint", today - dt.timedelta(days=10), marking=Marking.CONFIDENTIAL)
    board.evidence()
    assessment = board.frozen("joint")

    with pytest.raises(NotAllowed, match="marked above what you may read"):
        propose_decision(actor=board["commander"], assessment=assessment, effective_on=today)
    with pytest.raises(NotAllowed, match="the next step from the present lead"):
        propose_decision(actor=board["planner"], assessment=assessment, effective_on=today)


def test_observations_that_cannot_be_are_refused_with_what_to_do(
    board: Board, today: dt.date
) -> None:
    tomorrow = today + dt.timedelta(days=1)
    for wrong, expected in (
        ({"indicator": "weather", "value": 1.0}, "not an indicator of this mission"),
        ({"indicator": FUEL}, "give a value"),
        ({"indicator": FUEL, "value": 3.0, "observed_on": tomorrow}, "in the future"),
        ({"indicator": FUEL, "value": -1.0}, "below zero"),
        ({"indicator": FUEL, "value": float("nan")}, "not a number"),
        ({"indicator": FUEL, "value": float("inf")}, "finite"),
        ({"indicator": FUEL, "value": 3.0, "method": "rumour"}, "choose how it was obtained"),
        ({"indicator": FUEL, "value": 3.0, "method": "self"}, "by the local force or its ministry"),
        ({"indicator": FUEL, "value": 3.0, "source_title": " "}, "say where it comes from"),
        ({"indicator": FUEL, "value": 3.0, "low": 4.0, "high": 2.0}, "lower end"),
        ({"indicator": FINDING, "value": 0.5}, "answer yes or no"),
        ({"indicator": "logistics.radios_share", "value": 79.0}, "write 79 % as 0.79"),
        ({"indicator": "logistics.radios_share", "numerator": 3.0}, "give both"),
        (
            {"indicator": "logistics.radios_share", "numerator": 3.0, "denominator": 2.0},
            "the first number is the larger",
        ),
        ({"indicator": FUEL, "value": 3.0, "area": None}, "one area or one unit"),
    ):
        before = Observation.objects.count(), AuditEntry.objects.count()
        with pytest.raises(BadObservation, match=expected):
            board.see(**wrong)
        assert (Observation.objects.count(), AuditEntry.objects.count()) == before


def test_a_correction_takes_its_original_out_even_when_it_moves_the_day(
    board: Board, today: dt.date
) -> None:
    first = board.see(FUEL, 30.0, observed_on=today - dt.timedelta(days=20))
    board.see(FUEL, 3.0, observed_on=today - dt.timedelta(days=2), corrects=first)
    subject = Subject("area", board.area.pk, board.mission.pk)
    then = today - dt.timedelta(days=10)

    known_now = collect(STEWARD, board.mission, board.standard, [subject], then)
    known_then = collect(
        STEWARD, board.mission, board.standard, [subject], then, known_on=first.recorded_at
    )

    assert known_now.of(subject) == []
    assert [i.evidence.value for i in known_then.of(subject)] == [30.0]


def test_evidence_that_never_expires_is_found_however_old(board: Board, today: dt.date) -> None:
    row = board.standard.criteria.get(code=FUEL)
    board.see(FUEL, 30.0, observed_on=today - dt.timedelta(days=2000))
    subject = Subject("area", board.area.pk, board.mission.pk)
    assert collect(STEWARD, board.mission, board.standard, [subject], today).of(subject) == []
    from primacy.rooms.readiness.actions import draft_standard
    from primacy.rooms.readiness.standards import checked

    lasting = draft_standard(
        actor=board["planner"],
        mission=board.mission,
        content=checked(
            {
                "criteria": [
                    {
                        "code": FUEL,
                        "indicator": FUEL,
                        "comparison": row.comparison,
                        "threshold": row.threshold,
                        "methods": row.methods,
                        "unit": row.unit,
                        "max_age_days": None,
                    },
                    FINDING_GATE,
                ]
            }
        ),
    )
    found = collect(STEWARD, board.mission, lasting, [subject], today).of(subject)
    assert [item.evidence.value for item in found] == [30.0]


def test_only_those_with_the_right_enter_evidence(board: Board) -> None:
    from primacy.platform.policy import Denied

    for label in ("overseer", "donor", "administrator", "official"):
        with pytest.raises(Denied):
            observe(
                actor=board[label],
                mission=board.mission,
                area=board.area,
                indicator=FUEL,
                method="field",
                observed_on=board.standard.in_force_from,
                source_title="x",
                value=1.0,
            )
