"""From evidence to a lead that changes hands, through the actions a user uses."""

import datetime as dt

import pytest

from primacy.platform.audit.models import AuditEntry
from primacy.platform.audit.queries import verify
from primacy.platform.policy import Denied
from primacy.rooms.readiness.actions import (
    close_condition,
    freeze_assessment,
    plan_condition,
    propose_decision,
    propose_step_back,
    record_lead,
    sign_decision,
    take_seat,
    withdraw_assessment,
    withdraw_decision,
)
from primacy.rooms.readiness.errors import NotAllowed
from primacy.rooms.readiness.facade import (
    Decision,
    LeadEntry,
    open_ledger,
    read_assessment,
    read_board,
)
from primacy.rooms.readiness.queries import due
from tests.conftest import Board

CERTIFIED = "certification.certified_present_share"


def lead_on(board: Board, day: dt.date, viewer: str = "adviser") -> str | None:
    """Who leads patrols in the first area on a day, as a reader of the ledger sees it."""
    ledger = open_ledger(board[viewer], board.mission)
    return ledger.at(("area", board.area.pk), board.patrols.pk, day).at.lead


def reasons_of(refusal: pytest.ExceptionInfo[NotAllowed]) -> str:
    return "; ".join(refusal.value.reasons)


def test_three_signatures_move_the_lead_and_every_act_is_in_the_audit_chain(
    board: Board, today: dt.date
) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    decision = board.proposed()
    before = lead_on(board, today)

    board.sign(decision)

    assert before == "joint"
    assert decision.state == "in_force"
    assert lead_on(board, today - dt.timedelta(days=1)) == "joint"
    assert lead_on(board, today) == "local_supported"
    row = read_board(board["commander"], board.mission, today).rows[0]
    assert (row.name, row.cells[0].lead, row.cells[0].changed) == (
        "District 1",
        "local_supported",
        True,
    )
    decision.assessment.refresh_from_db()
    assert decision.assessment.state == "decided"
    acts = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
    for act, times in {
        "readiness.lead.record": 2,
        "readiness.assessment.open": 1,
        "readiness.assessment.seat": 3,
        "readiness.assessment.freeze": 1,
        "readiness.decision.propose": 1,
        "readiness.decision.sign": 3,
        "readiness.decision.in_force": 1,
    }.items():
        assert acts.count(act) == times, act
    assert acts.count("readiness.observation.enter") == board.mission.observations.count()
    assert verify(board["administrator"]).intact


def test_with_one_signature_short_nothing_changes_hands(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    decision = board.sign(board.proposed(), "adviser", "commander")

    assert decision.state == "proposed"
    assert LeadEntry.objects.count() == 1
    assert lead_on(board, today) == "joint"
    assert [text for _, text in due(board["planner"], board.mission, today)] == [
        "District 1: signatures awaited"
    ]


def test_one_certified_officer_short_is_named_and_stops_the_proposal(
    board: Board, today: dt.date
) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence({CERTIFIED: {"numerator": 79.0, "denominator": 100.0}})
    assessment = board.frozen()

    with pytest.raises(NotAllowed) as refusal:
        propose_decision(actor=board["adviser"], assessment=assessment, effective_on=today)

    assert assessment.result == "not_ready"
    assert assessment.binding == CERTIFIED
    assert "1 more certified officer" in reasons_of(refusal)
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(
    ("lead", "target", "expected"),
    [
        ("mission", "local_supported", "the next step from the present lead is 'joint'"),
        ("joint", "local", "the next step from the present lead is 'local supported'"),
        ("local", "local", "there is no further step"),
        (None, "joint", "who leads now is not known"),
        ("", "joint", "who leads now is not known"),
    ],
)
def test_only_the_next_step_from_a_known_lead_can_be_proposed(
    board: Board, today: dt.date, lead: str | None, target: str, expected: str
) -> None:
    if lead is not None:
        board.lead(lead, today - dt.timedelta(days=400))
    board.evidence()
    assessment = board.frozen(target)

    with pytest.raises(NotAllowed) as refusal:
        propose_decision(actor=board["adviser"], assessment=assessment, effective_on=today)

    assert expected in reasons_of(refusal)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(91, "the evidence would be 91 days old"), (-1, "before the day of its evidence")],
)
def test_a_decision_takes_effect_while_its_evidence_is_fresh(
    board: Board, today: dt.date, days: int, expected: str
) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    assessment = board.frozen()

    with pytest.raises(NotAllowed) as refusal:
        propose_decision(
            actor=board["adviser"],
            assessment=assessment,
            effective_on=today + dt.timedelta(days=days),
        )

    assert expected in reasons_of(refusal)


def test_evidence_older_than_its_criterion_accepts_counts_as_none(
    board: Board, today: dt.date
) -> None:
    old = {"observed_on": today - dt.timedelta(days=181)}
    board.evidence({CERTIFIED: old})

    result = read_assessment(board["adviser"], board.open()).result

    assert result.readiness == "unknown"
    assert "181 days old; at most 180" in result.binding_text


def test_an_open_assessment_cannot_be_proposed(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    with pytest.raises(NotAllowed, match="is not frozen"):
        propose_decision(actor=board["adviser"], assessment=board.open(), effective_on=today)


def test_unequal_seats_stop_the_freeze(board: Board) -> None:
    board.evidence()
    assessment = board.open()
    board.seat(assessment, "adviser", "commander")

    with pytest.raises(NotAllowed, match="1 seat of the ministry on the team not taken"):
        freeze_assessment(actor=board["adviser"], assessment=assessment)
    with pytest.raises(NotAllowed, match="the seats of the mission are taken"):
        take_seat(actor=board["planner"], assessment=assessment)
    with pytest.raises(NotAllowed, match="you have a seat already"):
        take_seat(actor=board["adviser"], assessment=assessment)
    assessment.refresh_from_db()
    assert (assessment.state, assessment.evidence.count()) == ("open", 0)


def test_the_operator_and_those_of_no_party_neither_sit_nor_sign(
    board: Board, today: dt.date, steward: object
) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    assessment = board.open()
    with pytest.raises(NotAllowed, match="only a person with an account takes a seat"):
        take_seat(actor=steward, assessment=assessment)
    with pytest.raises(Denied):
        take_seat(actor=board["overseer"], assessment=assessment)
    decision = board.proposed()
    with pytest.raises(NotAllowed, match="only a person with an account signs"):
        sign_decision(actor=steward, decision=decision, agrees=True)
    with pytest.raises(Denied):
        sign_decision(actor=board["overseer"], decision=decision, agrees=True)
    assert decision.signatures.count() == 0


def test_nobody_signs_twice_or_without_a_seat(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    decision = board.proposed()
    sign_decision(actor=board["adviser"], decision=decision, agrees=True)

    with pytest.raises(NotAllowed, match="you have signed already"):
        sign_decision(actor=board["adviser"], decision=decision, agrees=True)
    with pytest.raises(NotAllowed, match="you have no seat"):
        sign_decision(actor=board["commander_2"], decision=decision, agrees=True)
    assert decision.signatures.count() == 1


def test_a_seat_of_one_party_does_not_sign_for_another(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    decision = board.proposed()
    moved = board.people["official"].__class__(
        **{**vars(board["commander"]), "party": "ministry", "label": "moved to the ministry"}
    )

    with pytest.raises(NotAllowed, match="you have no seat"):
        sign_decision(actor=moved, decision=decision, agrees=True)


def test_a_refusal_keeps_the_dissent_and_the_lead(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    decision = board.proposed()
    board.sign(decision, "adviser", "official")
    with pytest.raises(NotAllowed, match="say in words why you are against"):
        sign_decision(actor=board["commander"], decision=decision, agrees=False, dissent=" ")

    sign_decision(
        actor=board["commander"], decision=decision, agrees=False, dissent="No fuel until May"
    )

    decision.refresh_from_db()
    assert decision.state == "refused"
    assert decision.signatures.get(party="force").dissent == "No fuel until May"
    assert lead_on(board, today) == "joint"
    with pytest.raises(NotAllowed, match="no longer waits"):
        sign_decision(actor=board["commander_2"], decision=decision, agrees=True)


@pytest.mark.parametrize(("against", "outcome"), [((), "in_force"), (("commander_2",), "refused")])
def test_with_two_seats_a_party_is_for_only_by_majority(
    make_board: object, today: dt.date, against: tuple[str, ...], outcome: str
) -> None:
    board: Board = make_board(seats=2)
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    assessment = board.open()
    team = ("adviser", "adviser_2", "commander", "commander_2", "official", "official_2")
    board.seat(assessment, *team)
    freeze_assessment(actor=board["adviser"], assessment=assessment)
    decision = propose_decision(actor=board["adviser"], assessment=assessment, effective_on=today)
    for label in team:
        assert Decision.objects.get().state == "proposed"
        sign_decision(
            actor=board[label],
            decision=decision,
            agrees=label not in against,
            dissent="too early" if label in against else "",
        )
    decision.refresh_from_db()
    assert decision.state == outcome
    assert LeadEntry.objects.count() == (2 if outcome == "in_force" else 1)


def test_a_minority_of_three_is_kept_and_does_not_stop_the_step(
    make_board: object, today: dt.date
) -> None:
    from primacy.rooms.readiness.rules import Signing, signing_outcome

    votes = [("mission", True), ("mission", True), ("mission", False)]
    others = [(party, True) for party in ("force", "ministry") for _ in range(3)]
    parties = ("mission", "force", "ministry")
    assert signing_outcome(Signing((*votes, *others), parties, 3)) == "complete"
    assert signing_outcome(Signing((*votes[1:], *others), parties, 2)) == "refuse"


def test_a_trial_is_on_the_board_until_it_ends(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    with pytest.raises(NotAllowed, match="the trial would end before it begins"):
        board.proposed(trial_until=today)
    assessment = board.mission.assessments.get()
    end = today + dt.timedelta(days=60)
    decision = propose_decision(
        actor=board["adviser"], assessment=assessment, effective_on=today, trial_until=end
    )
    board.sign(decision)

    ledger = open_ledger(board["adviser"], board.mission)
    at = ledger.at(("area", board.area.pk), board.patrols.pk, end).at
    after = ledger.at(("area", board.area.pk), board.patrols.pk, end + dt.timedelta(days=1)).at
    assert (at.on_trial, at.trial_until, after.on_trial) == (True, end, False)
    assert (end, "District 1: trial period ends") in due(board["planner"], board.mission, today)


def step_back(board: Board, lead: str, reason: str, today: dt.date) -> Decision:
    return propose_step_back(
        actor=board["planner"],
        responsibility=board.patrols,
        standard=board.standard,
        area=board.area,
        lead=lead,
        effective_on=today,
        reason=reason,
    )


def test_a_step_back_needs_a_reason_an_earlier_lead_and_every_signature(
    board: Board, today: dt.date
) -> None:
    board.lead("local_overseen", today - dt.timedelta(days=100))
    for lead, reason, expected in (
        ("joint", "  ", "say why in words"),
        ("local", "unrest", "a step back goes to an earlier lead"),
        ("local_overseen", "unrest", "a step back goes to an earlier lead"),
        ("nobody", "unrest", "'nobody' is not a lead"),
    ):
        with pytest.raises(NotAllowed, match=expected):
            step_back(board, lead, reason, today)
    decision = step_back(board, "joint", "Two posts were overrun", today)
    board.sign(decision, "planner", "commander")
    assert lead_on(board, today) == "local_overseen"

    board.sign(decision, "official")

    assert lead_on(board, today) == "joint"
    assert lead_on(board, today - dt.timedelta(days=1)) == "local_overseen"
    history = open_ledger(board["donor"], board.mission).history(
        ("area", board.area.pk), board.patrols.pk
    )
    assert history == []  # a partner reads only what is marked public
    history = open_ledger(board["commander"], board.mission).history(
        ("area", board.area.pk), board.patrols.pk
    )
    assert [(e.lead, e.basis) for e in history] == [
        ("local_overseen", "stated"),
        ("joint", "decided"),
    ]
    assert history[1].note == "Two posts were overrun"


def test_a_proposal_overtaken_by_a_step_back_cannot_be_signed_any_more(
    board: Board, today: dt.date
) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    forward = board.proposed()
    board.sign(forward, "adviser", "commander")
    board.sign(
        step_back(board, "mission", "Posts abandoned", today), "planner", "commander", "official"
    )
    assert lead_on(board, today) == "mission"

    with pytest.raises(NotAllowed, match="withdraw this proposal"):
        sign_decision(actor=board["official"], decision=forward, agrees=True)

    assert lead_on(board, today) == "mission"
    withdraw_decision(actor=board["adviser"], decision=forward, reason="overtaken")
    assert forward.state == "lapsed"


def test_a_page_opened_earlier_cannot_undo_what_happened_since(
    board: Board, today: dt.date
) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    decision = board.proposed()
    stale = Decision.objects.get(pk=decision.pk)
    early = decision.assessment.__class__.objects.get(pk=decision.assessment_id)
    early.state = "open"
    board.sign(decision)

    with pytest.raises(NotAllowed, match="only a proposal can be withdrawn"):
        withdraw_decision(actor=board["adviser"], decision=stale, reason="changed my mind")
    with pytest.raises(NotAllowed, match="it is not open"):
        freeze_assessment(actor=board["adviser"], assessment=early)
    with pytest.raises(NotAllowed, match="decided or withdrawn already"):
        withdraw_assessment(actor=board["adviser"], assessment=early, reason="changed my mind")
    decision.refresh_from_db()
    assert decision.state == "in_force"


def test_two_proposals_never_stand_on_one_assessment(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence()
    decision = board.proposed()
    with pytest.raises(NotAllowed, match="waits for signatures already"):
        propose_decision(actor=board["planner"], assessment=decision.assessment, effective_on=today)


def test_a_shortfall_with_action_owner_and_date_can_be_decided(
    board: Board, today: dt.date
) -> None:
    board.lead("joint", today - dt.timedelta(days=400))
    board.evidence({"logistics.fuel_days": {"value": 6.0}})
    assessment = board.open()
    assert read_assessment(board["adviser"], assessment).result.readiness == "not_ready"
    given = {
        "actor": board["adviser"],
        "assessment": assessment,
        "criterion_code": "logistics.fuel_days",
        "action": "Second fuel tank at the district post",
        "owner": "Ministry, logistics",
        "due_on": today + dt.timedelta(days=30),
    }
    for wrong, expected in (
        ({"owner": " "}, "an action and an owner"),
        ({"due_on": today}, "must lie after"),
        ({"criterion_code": CERTIFIED}, "is a gate"),
        ({"criterion_code": "weather"}, "no criterion 'weather'"),
    ):
        with pytest.raises(NotAllowed, match=expected):
            plan_condition(**{**given, **wrong})
    condition = plan_condition(**given)
    board.seat(assessment)
    result = freeze_assessment(actor=board["adviser"], assessment=assessment)
    assert (result.readiness, result.binding) == ("ready_with_conditions", "logistics.fuel_days")

    decision = propose_decision(actor=board["adviser"], assessment=assessment, effective_on=today)
    board.sign(decision)

    assert lead_on(board, today) == "local_supported"
    awaited = (today + dt.timedelta(days=30), f"District 1: {given['action']} ({given['owner']})")
    assert awaited in due(board["commander"], board.mission, today)
    close_condition(
        actor=board["official"], condition=condition, closed_on=today, evidence="Tank inspected"
    )
    assert awaited not in due(board["commander"], board.mission, today)
    with pytest.raises(NotAllowed, match="closed already"):
        close_condition(
            actor=board["official"], condition=condition, closed_on=today, evidence="again"
        )


def test_a_gate_that_fails_is_not_ready_whatever_conditions_are_set(
    board: Board, today: dt.date
) -> None:
    board.evidence({"stability.commander_and_chain": {"value": 0.0}})
    assessment = board.open()
    with pytest.raises(NotAllowed, match="it must be met"):
        plan_condition(
            actor=board["adviser"],
            assessment=assessment,
            criterion_code="stability.commander_and_chain",
            action="Appoint a commander",
            owner="Ministry",
            due_on=today + dt.timedelta(days=9),
        )
    assert read_assessment(board["adviser"], assessment).result.readiness == "not_ready"


def test_records_of_one_mission_never_point_into_another(
    make_board: object, today: dt.date
) -> None:
    ours, theirs = make_board("ours"), make_board("theirs")
    with pytest.raises(NotAllowed, match="belongs to another mission"):
        ours.open(area=theirs.area)
    with pytest.raises(NotAllowed, match="belongs to another mission"):
        ours.lead("joint", today, area=theirs.area)
    with pytest.raises(NotAllowed, match="not in force for this mission"):
        ours.open(standard=theirs.standard)
    with pytest.raises(Denied):
        record_lead(
            actor=ours["planner"],
            responsibility=theirs.patrols,
            area=theirs.area,
            lead="joint",
            from_earliest=today,
            source=ours.lead("joint", today).source,
        )
