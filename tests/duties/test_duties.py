"""Each row of the table of duties: the forbidden combination is refused in the act itself, the
permitted one goes through."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.platform.accounts.actions import close_account, grant_role, revoke_role
from primacy.platform.accounts.errors import DutiesApart
from primacy.platform.accounts.models import Account, RoleGrant
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.imports.models import BatchStatus
from primacy.platform.orders.actions import (
    ask,
    close_emergency_account,
    open_emergency_account,
    release,
    review_opening,
)
from primacy.platform.orders.errors import NotReleasable
from primacy.platform.orders.models import Order
from primacy.platform.policy import Denied, Grant, Viewer
from primacy.platform.policy.duties import DUTIES, KEPT_APART, against_role
from primacy.platform.policy.roles import ROLES, permissions_of
from primacy.platform.vault.actions import begin_recovery, finish_recovery, make_key
from primacy.platform.vault.errors import RecoveryRefused
from primacy.rooms.incidents.facade import load_incidents, preview_ucdp, undo_incidents
from primacy.rooms.readiness.actions import (
    draft_standard,
    sign_decision,
    sign_standard,
    take_seat,
)
from primacy.rooms.readiness.errors import BadObservation, NotAllowed
from primacy.rooms.readiness.facade import checked
from primacy.rooms.readiness.models import DecisionState, LeadEntry
from primacy.rooms.support.actions import decide, lift_finding, record_finding, reinstate, suspend
from primacy.rooms.support.errors import MoveRefused
from tests.conftest import FINDING_GATE, STEWARD, Board
from tests.duties.page import PAGE, written
from tests.rooms.support.conftest import Desk, desk  # noqa: F401
from tests.unit.exchange.ucdp_samples import csv_text, event
from tests.vault.conftest import Circle, circle  # noqa: F401

WHY = "Both administrators are unreachable and the board must open."
NOTE = "Opened the board of one district; nothing else was touched."
pytestmark = pytest.mark.django_db

MakeAccount = Callable[..., Account]


def test_the_page_of_duties_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == written(), (
        "the table changed; run `python -m tests.duties` and read the difference"
    )


def test_every_row_has_its_tests() -> None:
    tests = [name for name in globals() if name.startswith("test_")]
    assert len({duty.code for duty in DUTIES}) == len(DUTIES)
    for duty in DUTIES:
        assert any(name.startswith(f"test_{duty.code}_") for name in tests), duty.code


# parties


def test_parties_one_person_cannot_sign_for_the_others(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=60))
    board.evidence()
    decision = board.proposed()
    board.sign(decision, "adviser")
    with pytest.raises(NotAllowed, match="signed already"):
        board.sign(decision, "adviser")
    with pytest.raises(NotAllowed, match="numbers stay equal"):
        board.sign(decision, "adviser_2")
    moved = viewer_of(_moved(board.accounts["adviser"], board.accounts["commander"]))
    with pytest.raises(NotAllowed, match="signed already"):
        sign_decision(actor=moved, decision=decision, agrees=True)
    decision.refresh_from_db()
    assert decision.state == DecisionState.PROPOSED


def test_parties_a_seat_counts_for_the_party_it_was_taken_for(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=60))
    board.evidence()
    decision = board.proposed()
    moved = viewer_of(_moved(board.accounts["commander"], board.accounts["official"]))
    with pytest.raises(NotAllowed, match="no seat"):
        sign_decision(actor=moved, decision=decision, agrees=True)


def test_parties_who_froze_and_proposed_signs_for_the_own_party(
    board: Board, today: dt.date
) -> None:
    board.lead("joint", today - dt.timedelta(days=60))
    board.evidence()
    decision = board.sign(board.proposed())
    assert decision.state == DecisionState.IN_FORCE


def test_parties_whoever_drafts_a_standard_signs_it_once(board: Board) -> None:
    standard = draft_standard(
        actor=board["planner"],
        mission=board.mission,
        content=checked(
            {"name": "New", "confidence": 0.8, "criteria": [FINDING_GATE],
             "parties": list(board.standard.parties)}
        ),
        change_note="only the gate",
    )  # fmt: skip
    sign_standard(actor=board["planner"], standard=standard)
    for again in ("planner", "adviser"):
        with pytest.raises(NotAllowed, match="signed already"):
            sign_standard(actor=board[again], standard=standard)
    standard.refresh_from_db()
    assert standard.state == "draft"
    sign_standard(actor=board["commander"], standard=standard)
    sign_standard(actor=board["official"], standard=standard)
    standard.refresh_from_db()
    assert standard.state == "in_force"


def _moved(account: Account, to: Account) -> Account:
    """The account, after the row of its organisation was changed past the program."""
    Account.objects.filter(pk=account.pk).update(organisation=to.organisation)
    return Account.objects.get(pk=account.pk)


# evidence


def test_evidence_of_a_force_about_itself_is_its_own(board: Board) -> None:
    given = {"method": "self", "source_title": "Self-assessment"}
    with pytest.raises(BadObservation, match="local force or its ministry"):
        board.see("logistics.fuel_days", 9, **given)
    board.see("logistics.fuel_days", 9, actor=board["commander"], **given)


def test_evidence_of_a_signatory_leaves_the_other_signatures_to_the_others(
    board: Board, today: dt.date
) -> None:
    board.lead("joint", today - dt.timedelta(days=60))
    board.evidence()
    decision = board.sign(board.proposed(), "adviser", "commander")
    assert decision.state == DecisionState.PROPOSED
    assert board.sign(decision, "official").state == DecisionState.IN_FORCE


# lead


@pytest.fixture
def decided(board: Board, today: dt.date) -> Board:
    """A board on which all parties decided the lead of patrols in the first area today."""
    board.lead("joint", today - dt.timedelta(days=60))
    board.evidence()
    board.sign(board.proposed())
    return board


def test_lead_that_the_parties_decided_is_not_overwritten_by_one(
    decided: Board, today: dt.date
) -> None:
    entry = LeadEntry.objects.get(decision_id__isnull=False)
    for actor in (decided["planner"], decided["official"], STEWARD):
        with pytest.raises(NotAllowed, match="the parties change it by a new decision"):
            decided.lead("mission", today, actor=actor, corrects=entry)
        with pytest.raises(NotAllowed, match="the parties decided who leads"):
            decided.lead("mission", today, actor=actor)
        with pytest.raises(NotAllowed, match="the parties decided who leads"):
            decided.lead("mission", today - dt.timedelta(days=9), actor=actor, from_latest=today)


def test_lead_before_the_first_decision_is_still_recorded(decided: Board, today: dt.date) -> None:
    decided.lead("mission", today - dt.timedelta(days=400))
    decided.lead("joint", today, area=decided.areas[1])


# finding, server, oversight


@pytest.mark.parametrize(
    ("duty", "held", "asked"),
    [
        ("finding", "human_rights", "adviser"),
        ("finding", "commander", "human_rights"),
        ("server", "administrator", "planner"),
        ("server", "partner", "administrator"),
        ("server", "ministry", "administrator"),
        ("oversight", "oversight", "adviser"),
        ("oversight", "operations", "oversight"),
    ],
)
def test_roles_that_are_kept_apart_are_refused_on_one_mission(
    board: Board, make_account: MakeAccount, duty: str, held: str, asked: str
) -> None:
    account = make_account("donor.both", board.mission, role=held)
    with pytest.raises(DutiesApart, match="Nothing was granted"):
        grant_role(actor=STEWARD, account=account, role=asked, mission_id=board.mission.pk)
    with pytest.raises(DutiesApart):
        grant_role(actor=STEWARD, account=account, role=asked)
    assert list(account.grants.values_list("role", flat=True)) == [held]
    assert duty in {d.code for d in DUTIES}


def test_finding_and_assessing_go_together_on_two_missions(
    make_board: Callable[..., Board], make_account: MakeAccount
) -> None:
    one, other = make_board(), make_board("other")
    account = make_account("human_rights.both", one.mission)
    grant_role(actor=STEWARD, account=account, role="adviser", mission_id=other.mission.pk)
    assert account.grants.count() == 2


def test_finding_is_entered_by_the_human_rights_component_alone(board: Board) -> None:
    gate = "accountability.no_grave_finding"
    for who in ("adviser", "planner", "commander", "official", "overseer", "administrator"):
        with pytest.raises(Denied):
            board.see(gate, 1, actor=board[who])
    board.see(gate, 1, actor=board["human_rights"])


def test_server_is_kept_by_somebody_who_reads_no_other_mission_either(
    make_board: Callable[..., Board], make_account: MakeAccount
) -> None:
    one, other = make_board(), make_board("other")
    account = make_account("donor.keeper", one.mission, role="administrator")
    RoleGrant.objects.filter(account=account).update(mission_id=one.mission.pk)
    with pytest.raises(DutiesApart):
        grant_role(actor=STEWARD, account=account, role="partner", mission_id=other.mission.pk)
    grant_role(actor=STEWARD, account=account, role="administrator", mission_id=other.mission.pk)


def test_server_keeper_holds_no_key(circle: Circle) -> None:  # noqa: F811
    with pytest.raises(Denied):
        make_key(actor=circle.board["administrator"], passphrase="four quiet words of nobody")


def test_server_role_can_follow_once_the_other_is_taken_away(
    board: Board, make_account: MakeAccount
) -> None:
    account = make_account("donor.later", board.mission)
    revoke_role(actor=STEWARD, grant=account.grants.get(), reason="new task")
    grant_role(actor=STEWARD, account=account, role="administrator")
    assert account.grants.get().role == "administrator"


def test_oversight_of_one_mission_and_work_on_another_go_together(
    make_board: Callable[..., Board], make_account: MakeAccount
) -> None:
    one, other = make_board(), make_board("other")
    account = make_account("overseer.both", one.mission)
    grant_role(actor=STEWARD, account=account, role="adviser", mission_id=other.mission.pk)
    assert account.grants.count() == 2


@given(
    held=st.lists(st.tuples(st.sampled_from([*ROLES]), st.sampled_from([None, 1, 2])), max_size=4),
    asked=st.sampled_from([*ROLES]),
    where=st.sampled_from([None, 1, 2]),
)
def test_roles_kept_apart_never_meet_in_whatever_order_they_are_given(
    held: list[tuple[str, int | None]], asked: str, where: int | None
) -> None:
    accepted: list[Grant] = []
    for role, mission in [*held, (asked, where)]:
        if not against_role(accepted, role, mission):  # type: ignore[arg-type]
            accepted.append(Grant(role, mission))  # type: ignore[arg-type]
    for mission in (1, 2):
        on_it = [g for g in accepted if g.mission_id in (None, mission)]
        for apart in KEPT_APART:
            among = accepted if apart.anywhere else on_it
            one = [g for g in among if permissions_of(g.role) & apart.one]
            other = [g for g in among if permissions_of(g.role) & apart.other]
            assert not one or not other, (apart.duty, accepted)


# own_rights


def test_own_rights_are_given_by_somebody_else(board: Board, make_account: MakeAccount) -> None:
    mine, me = board.accounts["administrator"], board["administrator"]
    with pytest.raises(Denied, match="themselves"):
        grant_role(actor=me, account=mine, role="administrator", mission_id=board.mission.pk)
    with pytest.raises(Denied):
        close_account(actor=me, account=mine, reason="leaving the mission")
    grant_role(actor=me, account=board.accounts["donor"], role="partner")


# order, review


@pytest.fixture
def people(make_account: MakeAccount) -> dict[str, Viewer]:
    labels = ("planner", "overseer", "overseer.third", "administrator")
    return {label: viewer_of(make_account(label)) for label in labels}


def test_order_is_released_by_another_person_and_never_by_the_emergency_account(
    people: dict[str, Viewer],
) -> None:
    emergency = _emergency(people, "planner")
    order = ask(actor=people["planner"], kind="wipe", reason=WHY)
    with pytest.raises(NotReleasable, match="yourself"):
        release(actor=people["planner"], order=order)
    with pytest.raises(Denied, match="no second person"):
        release(actor=emergency, order=order)
    with pytest.raises(Denied, match="no second person"):
        ask(actor=emergency, kind="wipe", reason=WHY)
    assert release(actor=people["overseer"], order=order).released_by_id


def test_review_is_by_nobody_who_had_a_part_in_it(people: dict[str, Viewer]) -> None:
    order = _asked(people, "oversight")
    release(actor=people["overseer"], order=order)
    # A third person carries it out, and so holds the link.
    opening = open_emergency_account(actor=people["overseer.third"], role="oversight").opening
    close_emergency_account(actor=people["planner"], opening=opening)
    for part in ("overseer", "overseer.third"):
        with pytest.raises(Denied):
            review_opening(actor=people[part], opening=opening, note=NOTE)
    again = _asked(people, "oversight")
    release(actor=people["overseer"], order=again)
    open_emergency_account(actor=people["planner"], role="oversight")
    emergency = viewer_of(Account.objects.get(emergency=True))
    with pytest.raises(Denied, match="review itself"):
        review_opening(actor=emergency, opening=opening, note=NOTE)
    assert review_opening(actor=people["administrator"], opening=opening, note=NOTE).reviewed_at


def _asked(people: dict[str, Viewer], role: str) -> Order:
    """An order for the emergency account on all missions, asked for by the planner."""
    return ask(
        actor=people["planner"], kind="break_glass", reason=WHY, subject=role, all_missions=True
    )


def _emergency(people: dict[str, Viewer], role: str) -> Viewer:
    """The emergency account, opened with a role by two persons."""
    order = _asked(people, role)
    release(actor=people["overseer"], order=order)
    open_emergency_account(actor=people["planner"], role=role)
    return viewer_of(Account.objects.get(emergency=True))


# recovery


def test_recovery_needs_two_different_holders(circle: Circle) -> None:  # noqa: F811
    first, second, reader = "human_rights.b", "human_rights.c", "human_rights.d"
    given = {
        "vault": circle.vault,
        "reader": circle.accounts[reader],
        "fingerprint": circle.keys[reader].fingerprint,
        "reason": "The only reader left the mission.",
    }
    mine = {"actor": circle.viewer(first), "key": circle.keys[first]}
    with pytest.raises(RecoveryRefused, match="no pair"):
        begin_recovery(**mine, second=circle.accounts[first], **given)
    begun = begin_recovery(**mine, second=circle.accounts[second], **given)
    finish = {"recovery": begun, "fingerprint": circle.keys[reader].fingerprint}
    with pytest.raises(RecoveryRefused, match="another holder"):
        finish_recovery(**mine, **finish)
    finish_recovery(actor=circle.viewer(second), key=circle.keys[second], **finish)
    begun.refresh_from_db()
    assert begun.finished_at is not None


# operator


def test_operator_signs_nothing_and_takes_no_seat(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=60))
    board.evidence()
    with pytest.raises(NotAllowed, match="person with an account"):
        take_seat(actor=STEWARD, assessment=board.open())
    decision = board.proposed()
    with pytest.raises(NotAllowed, match="person with an account"):
        sign_decision(actor=STEWARD, decision=decision, agrees=True)
    with pytest.raises(Denied):
        ask(actor=STEWARD, kind="wipe", reason=WHY)


# imports


def test_imports_are_undone_by_whoever_loaded_them(board: Board, tmp_path) -> None:
    file = tmp_path / "GEDEvent_v23_1.csv"
    file.write_text(csv_text([event(1)]), encoding="utf-8")
    seen = preview_ucdp(actor=board["planner"], mission=board.mission, path=file)
    load_incidents(actor=board["planner"], batch_or_preview=seen.batch, keep_good=True)
    seen.batch.refresh_from_db()
    for who in ("adviser", "commander", "official", "human_rights", "overseer"):
        with pytest.raises(Denied):
            undo_incidents(actor=board[who], batch=seen.batch, reason="wrong file")
    assert undo_incidents(actor=board["planner"], batch=seen.batch, reason="wrong file") == 1
    seen.batch.refresh_from_db()
    assert seen.batch.status == BatchStatus.UNDONE


# support


@pytest.mark.parametrize(
    ("held", "asked"),
    [("leadership", "planner"), ("leadership", "human_rights"), ("human_rights", "adviser")],
)
def test_support_no_account_asks_assesses_and_decides(held: str, asked: str) -> None:
    assert against_role([Grant(held)], asked, None)
    assert not against_role([Grant("planner")], "operations", None)


def test_support_who_asked_does_not_decide(desk: Desk, make_account: MakeAccount) -> None:  # noqa: F811
    case = desk.to("decision")
    # A role given after the request was made: the guards look at the case, not only at roles.
    case.requester_id = desk["leader"].account_id
    case.save(update_fields=["requester"])
    with pytest.raises(MoveRefused, match="You asked for this support"):
        decide(actor=desk["leader"], case=case, ruling="approved", reasons="It fits.")
    case.refresh_from_db()
    assert case.state == "decision"
    decide(actor=desk["leader_2"], case=case, ruling="approved", reasons="It fits.")


# scope


def test_scope_two_persons_take_support_out_of_the_policy(desk: Desk) -> None:  # noqa: F811
    case = desk.draft("training")
    desk.move(case, "submit", by="planner")
    desk.scope(case, "out.law")
    with pytest.raises(MoveRefused, match="second person"):
        desk.move(case, "out_of_scope", by="human_rights")
    desk.move(case, "out_of_scope", by="human_rights_2")
    assert case.state == "out_of_scope"


# reinstate


def test_reinstate_another_lifts_the_suspension_and_the_finding(desk: Desk) -> None:  # noqa: F811
    first, second = desk["human_rights"], desk["human_rights_2"]
    order = suspend(
        actor=first,
        mission=desk.mission,
        unit=desk.other,
        reason="Detention",
        told_host="Detention",
    )
    with pytest.raises(MoveRefused, match="somebody else must lift it"):
        reinstate(actor=first, suspension=order, reason="Over")
    assert reinstate(actor=second, suspension=order, reason="Over").suspension.ended_on
    finding = record_finding(
        actor=first, mission=desk.mission, unit=desk.other, test="gross", basis="Five incidents",
        source_title="Summary",
    )  # fmt: skip
    with pytest.raises(MoveRefused, match="somebody else must lift it"):
        lift_finding(actor=first, finding=finding, reason="Inquiry held")
    assert lift_finding(actor=second, finding=finding, reason="Inquiry held").lifted_on
