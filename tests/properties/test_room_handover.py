"""Random handovers through the actions: the record stays consistent whatever people try."""

import datetime as dt
from itertools import pairwise

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from primacy.platform.audit.models import AuditEntry
from primacy.platform.audit.queries import verify
from primacy.platform.policy import Denied
from primacy.rooms.readiness.actions import (
    draft_standard,
    freeze_assessment,
    propose_decision,
    propose_step_back,
    sign_decision,
    sign_standard,
    take_seat,
    withdraw_assessment,
    withdraw_decision,
    withdraw_standard,
)
from primacy.rooms.readiness.errors import NotAllowed
from primacy.rooms.readiness.facade import (
    Assessment,
    Decision,
    LeadEntry,
    Standard,
    open_ledger,
    read_assessment,
)
from primacy.rooms.readiness.rules import ASSESSMENT_MOVES, DECISION_MOVES, STANDARD_MOVES
from primacy.rooms.readiness.standards import checked
from tests.conftest import FINDING_GATE, Board

WALK = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PEOPLE = ("adviser", "planner", "commander", "official", "human_rights", "overseer")
# Whole steps are listed often, or a random walk would hardly ever decide anything.
ACTS = (
    *("proposal", "all_sign") * 5,
    *("back",) * 2,
    "open",
    "seat",
    "team",
    "freeze",
    "propose",
    "sign",
    "all_sign",
    "refuse",
    "withdraw_decision",
    "withdraw_assessment",
    "draft",
    "sign_standard",
    "withdraw_standard",
)
LADDER = ("mission", "joint", "local_supported", "local_overseen", "local")


class Walk:
    """One random sequence of acts on one board."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.today = timezone.localdate()

    def do(self, act: str, who: str, pick: int) -> None:
        try:
            with transaction.atomic():
                getattr(self, act)(who, pick)
        except (NotAllowed, Denied):
            pass

    def _one(self, rows: list[object], pick: int) -> object:
        if not rows:
            raise NotAllowed("act", ["nothing there"])
        return rows[pick % len(rows)]

    def _assessment(self, pick: int) -> Assessment:
        return self._one(list(Assessment.objects.order_by("-recorded_at")[:2]), pick)

    def _decision(self, pick: int) -> Decision:
        return self._one(list(Decision.objects.order_by("-recorded_at")[:2]), pick)

    def _standard(self, pick: int) -> Standard:
        return self._one(list(Standard.objects.order_by("-version")[:2]), pick)

    def proposal(self, who: str, pick: int) -> None:
        ledger = open_ledger(self.board["adviser"], self.board.mission)
        place = ("area", self.board.area.pk)
        lead = ledger.at(place, self.board.patrols.pk, self.today).at.lead
        self.board.standard = Standard.objects.get(state="in_force")
        self.board.proposed(LADDER[min(LADDER.index(lead) + 1, 4)])

    def all_sign(self, who: str, pick: int) -> None:
        for label in ("adviser", "commander", "official"):
            self.do("sign", label, 0)

    def open(self, who: str, pick: int) -> None:
        target = LADDER[1 + pick % 4]
        self.board.open(target, actor=self.board[who], standard=self._standard(pick))

    def seat(self, who: str, pick: int) -> None:
        take_seat(actor=self.board[who], assessment=self._assessment(pick))

    def team(self, who: str, pick: int) -> None:
        for label in ("adviser", "commander", "official"):
            self.do("seat", label, pick)

    def freeze(self, who: str, pick: int) -> None:
        freeze_assessment(actor=self.board[who], assessment=self._assessment(pick))

    def propose(self, who: str, pick: int) -> None:
        assessment = self._assessment(pick)
        propose_decision(actor=self.board[who], assessment=assessment, effective_on=self.today)

    def sign(self, who: str, pick: int) -> None:
        sign_decision(actor=self.board[who], decision=self._decision(pick), agrees=True)

    def refuse(self, who: str, pick: int) -> None:
        decision = self._decision(pick)
        sign_decision(actor=self.board[who], decision=decision, agrees=False, dissent="no")

    def withdraw_decision(self, who: str, pick: int) -> None:
        withdraw_decision(actor=self.board[who], decision=self._decision(pick), reason="x")

    def withdraw_assessment(self, who: str, pick: int) -> None:
        withdraw_assessment(actor=self.board[who], assessment=self._assessment(pick), reason="x")

    def back(self, who: str, pick: int) -> None:
        propose_step_back(
            actor=self.board[who],
            responsibility=self.board.patrols,
            standard=self._standard(pick),
            area=self.board.area,
            lead=LADDER[pick % 4],
            effective_on=self.today,
            reason="unrest",
        )

    def draft(self, who: str, pick: int) -> None:
        content = checked({"criteria": [criterion(5 + pick), FINDING_GATE]})
        draft_standard(actor=self.board[who], mission=self.board.mission, content=content)

    def sign_standard(self, who: str, pick: int) -> None:
        sign_standard(actor=self.board[who], standard=self._standard(pick))

    def withdraw_standard(self, who: str, pick: int) -> None:
        withdraw_standard(actor=self.board[who], standard=self._standard(pick), reason="x")


def criterion(threshold: float, **more: object) -> dict[str, object]:
    return {
        "code": "logistics.fuel_days",
        "indicator": "logistics.fuel_days",
        "label": "Fuel in days",
        "comparison": "at_least",
        "threshold": threshold,
        "methods": ["field"],
        "unit": "days",
        **more,
    }


def states() -> dict[tuple[str, object], str]:
    found: dict[tuple[str, object], str] = {}
    for model in (Assessment, Decision, Standard):
        for key, state in model.objects.values_list("pk", "state"):
            found[(model.__name__, key)] = state
    return found


MOVES = {
    "Assessment": set((a, b) for (a, _), b in ASSESSMENT_MOVES.items()),
    "Decision": set((a, b) for (a, _), b in DECISION_MOVES.items()),
    "Standard": set((a, b) for (a, _), b in STANDARD_MOVES.items()),
}
STARTS = {"Assessment": {"open", "frozen"}, "Decision": {"proposed"}, "Standard": {"draft"}}


@WALK
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(ACTS), st.sampled_from(PEOPLE), st.integers(0, 3)),
        min_size=6,
        max_size=14,
    )
)
def test_whatever_people_try_the_record_stays_consistent(
    small: Board, steps: list[tuple[str, str, int]]
) -> None:
    with transaction.atomic():
        walk = Walk(small)
        before = states()
        for act, who, pick in steps:
            walk.do(act, who, pick)
            after = states()
            for key, state in after.items():
                if key in before and before[key] != state:
                    assert (before[key], state) in MOVES[key[0]], (act, key)
                if key not in before:
                    assert state in STARTS[key[0]], (act, key)
            before = after
        _check(small)
        transaction.set_rollback(True)


def _check(board: Board) -> None:
    assert Standard.objects.filter(state="in_force").count() == 1
    entries = LeadEntry.objects.filter(basis="decided")
    decided = Decision.objects.filter(state="in_force")
    assert set(entries.values_list("decision_id", flat=True)) == set(
        decided.values_list("pk", flat=True)
    )
    assert entries.count() == decided.count()
    for decision in decided:
        assert {s.party for s in decision.signatures.all()} == {"mission", "force", "ministry"}
        assert all(s.agrees for s in decision.signatures.all())
    order = list(LeadEntry.objects.order_by("recorded_at"))
    for earlier, later in pairwise(order):
        rise = LADDER.index(later.lead) - LADDER.index(earlier.lead)
        assert rise <= 1, "a step was skipped"
        assert rise != 0
    ledger = open_ledger(board["adviser"], board.mission)
    now = ledger.at(("area", board.area.pk), board.patrols.pk, timezone.localdate())
    assert now.at.lead == order[-1].lead
    log = AuditEntry.objects
    assert log.filter(action="readiness.lead.record").count() == len(order)
    assert verify(board["administrator"]).intact


@pytest.fixture
def small(board: Board) -> Board:
    """A board with a small standard in force, met, and a known lead."""
    content = checked({"criteria": [criterion(5), FINDING_GATE]})
    standard = draft_standard(actor=board["planner"], mission=board.mission, content=content)
    for label in ("adviser", "commander", "official"):
        sign_standard(actor=board[label], standard=standard)
    board.standard = Standard.objects.get(pk=standard.pk)
    board.lead("mission", timezone.localdate() - dt.timedelta(days=100))
    board.see("logistics.fuel_days", 50.0)
    board.see("accountability.no_grave_finding", 1.0)
    return board


@WALK
@given(thresholds=st.lists(st.floats(0, 1000), min_size=1, max_size=3), gate=st.booleans())
def test_a_past_assessment_reads_the_same_under_any_later_standard(
    small: Board, thresholds: list[float], gate: bool
) -> None:
    with transaction.atomic():
        frozen = small.frozen("joint")
        stored = list(frozen.results.values())
        before = read_assessment(small["adviser"], frozen)
        for threshold in thresholds:
            content = checked({"criteria": [criterion(threshold, gate=gate), FINDING_GATE]})
            standard = draft_standard(
                actor=small["planner"], mission=small.mission, content=content
            )
            for label in ("adviser", "commander", "official"):
                sign_standard(actor=small[label], standard=standard)
        small.see("logistics.fuel_days", 0.0)

        again = Assessment.objects.get(pk=frozen.pk)

        assert again.standard_id == small.standard.pk
        assert read_assessment(small["adviser"], again) == before
        assert list(again.results.values()) == stored
        assert again.result == before.result.readiness == "ready"
        transaction.set_rollback(True)
