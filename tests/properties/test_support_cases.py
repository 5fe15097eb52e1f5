"""Random walks over cases of support, in the rules alone and on the real database.

What is checked after each step is read from plain data by this module's own words, not by the
guards under test: a guard that goes missing shows here.
"""

import datetime as dt
import os
import random
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from primacy.platform import clock
from primacy.rooms.support import rules
from primacy.rooms.support.guards import ConditionFacts, Facts, Guard, RecipientFacts
from primacy.rooms.support.models import CaseMove, CaseState, Delivery
from primacy.rooms.support.rules import acts_from
from tests.conftest import Board
from tests.rooms.support.conftest import Desk, make_desk
from tests.rooms.support.raw_rows import (
    Ground,
    against_coming_into_force,
    against_duties,
    against_handing_over,
    against_words,
    counts,
    replayed,
    standing,
)
from tests.rooms.support.walking import Walk

STEPS = 24_000
FEW = 300
"""Steps on the real database; `SUPPORT_STEPS` in the environment asks for more."""

DAY_ONE = dt.date(2026, 1, 5)
PEOPLE = [uuid.UUID(int=number) for number in range(1, 5)]
OFFICES = ("Human rights", "UN Police")
FRESH = 90
ONWARD = {
    "draft": "submit", "submitted": "validate", "validated": "screen", "screening": "consolidate",
    "consolidated": "send", "decision": "approve", "deferred": "resume", "approved": "activate",
    "approved_with_conditions": "activate", "active": "watch", "monitored": "settle",
    "interceded": "settle", "suspended": "reinstate", "expired": "reopen",
}  # fmt: skip


@dataclass
class Receiver:
    """A recipient in plain data: answers with their colour and day, and what stands against it."""

    named: str
    resolved: bool = True
    known: bool = True
    answers: dict[str, tuple[str, dt.date]] = field(default_factory=dict)
    recommended: str = ""
    finding: bool = False
    stopped: bool = False


@dataclass
class Measure:
    """A condition in plain data."""

    before: bool
    met: bool
    waived_until: dt.date | None
    due_on: dt.date

    def open_on(self, day: dt.date) -> bool:
        """True where it is neither met nor waived."""
        return not self.met and (self.waived_until is None or self.waived_until < day)


@dataclass
class World:
    """A case in plain data, and the chance that moves it."""

    chance: random.Random
    state: str = "draft"
    today: dt.date = DAY_ONE
    requester: uuid.UUID = PEOPLE[0]
    assessor: uuid.UUID | None = None
    form_lacks: tuple[str, ...] = ()
    real_risk: bool | None = False
    ruling: str = ""
    decider: uuid.UUID | None = None
    approved_until: dt.date | None = None
    ends_on: dt.date = DAY_ONE + dt.timedelta(days=200)
    clause: bool | None = True
    scoper: uuid.UUID | None = PEOPLE[1]
    missing: tuple[str, ...] = ()
    raised: bool = False
    response: bool | None = None
    told: bool = False
    tasks: int = 0
    suspended_by: uuid.UUID | None = None
    receivers: list[Receiver] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)

    def facts(self) -> Facts:
        """The world as the guards see it."""
        oldest = self.today - dt.timedelta(days=FRESH)
        return Facts(
            today=self.today, requester=self.requester, assessor=self.assessor,
            decider=self.decider, missing=self.missing, clause_inside=self.clause,
            scoper=self.scoper, assessed=self.assessor is not None,
            assessment_missing=self.form_lacks + ("real risk",) * (self.real_risk is None),
            real_risk=self.real_risk,
            approved=self.ruling.startswith("approve"), approved_until=self.approved_until,
            ends_on=self.ends_on, suspended_by=self.suspended_by, intercession=self.raised,
            waiting_response=self.raised and self.response is None, response_enough=self.response,
            notified=self.told, open_tasks=self.tasks,
            recipients=tuple(
                RecipientFacts(
                    named=one.named, resolved=one.resolved, commander_known=one.known,
                    pending=tuple(o for o in OFFICES
                                  if one.answers.get(o, ("pending", oldest))[0] == "pending"),
                    stale=tuple(o for o in OFFICES
                                if one.answers.get(o, ("", self.today))[1] < oldest),
                    red=one.recommended == "red", consolidated=one.recommended != "",
                    finding=one.finding, stopped=one.stopped,
                )
                for one in self.receivers
            ),
            conditions=tuple(
                ConditionFacts("a measure", one.before, one.open_on(self.today), one.due_on)
                for one in self.measures
            ),
        )  # fmt: skip

    def tidy(self) -> None:
        """Nothing; does what stands in the way of the next move."""
        if not self.receivers:
            self.receivers = [Receiver("First"), Receiver("Second")][: self.chance.randint(1, 2)]
        for one in self.receivers:
            one.resolved = one.known = True
            one.finding = one.stopped = False
            one.answers = {o: ("green", self.today) for o in OFFICES}
            one.recommended = "green"
        self.requester, self.assessor = PEOPLE[0], PEOPLE[1]
        self.form_lacks, self.real_risk, self.missing, self.clause = (), False, (), True
        self.ends_on = max(self.ends_on, self.today + dt.timedelta(days=100))
        for measure in self.measures:
            measure.met = True
        self.raised, self.response = self.raised, True if self.raised else None

    def spoil(self) -> None:
        """Nothing; one thing happens, for worse or for better."""
        pick = self.chance.choice
        if pick((True, False)):
            self._happens_to(pick(self.receivers) if self.receivers else Receiver("Late"))
        else:
            self._happens(self.chance.randrange(10))

    def _happens_to(self, one: Receiver) -> None:
        pick = self.chance.choice
        too_old = self.today - dt.timedelta(days=FRESH + 1)
        event = self.chance.randrange(7)
        if event == 0:
            one.answers[pick(OFFICES)] = ("pending", self.today)
        elif event == 1:
            one.answers.pop(pick(OFFICES), None)
        elif event == 2:
            one.answers[pick(OFFICES)] = ("green", too_old)
        elif event == 3:
            one.finding = not one.finding
        elif event == 4:
            one.stopped = not one.stopped
        elif event == 5:
            one.recommended = pick(("", "red", "yellow"))
        else:
            one.resolved, one.known = pick(((False, True), (True, False)))

    def _happens(self, event: int) -> None:
        pick, day = self.chance.choice, dt.timedelta(days=1)
        if event == 0:
            self.today += pick((1, 20, 95)) * day
        elif event == 1:
            self.assessor, self.form_lacks = pick([None, *PEOPLE]), pick(((), ("element b",)))
        elif event == 2:
            self.real_risk = pick((True, None, False))
        elif event == 3:
            self.requester = pick(PEOPLE)
        elif event == 4:
            due = self.today + self.chance.randint(-5, 5) * day
            self.measures.append(Measure(pick((True, False)), False, None, due))
        elif event == 5 and self.measures:
            pick(self.measures).waived_until = self.today + self.chance.randint(-3, 3) * day
        elif event == 6:
            self.receivers = self.receivers[:-1]
        elif event == 7:
            self.raised, self.response = True, pick((None, True, False))
        elif event == 8:
            self.clause, self.missing = pick((None, True, False)), pick(((), ("title",)))
            self.ends_on = self.today + self.chance.randint(-3, 90) * day
        else:
            self.told, self.tasks = pick((True, False)), pick((0, 1))

    def moved(self, act: str, actor: uuid.UUID | None) -> None:
        """Nothing; what a move brings with it."""
        if act.startswith("approve"):
            self.ruling, self.decider = act, actor
            self.approved_until = self.today + dt.timedelta(days=self.chance.randint(0, 150))
        if act in ("refuse", "defer"):
            self.ruling, self.decider = act, None
        if act == "suspend":
            self.suspended_by = actor
        if act == "reopen":
            self.assessor, self.ruling, self.decider, self.measures = None, "", None, []
            self.approved_until, self.raised, self.response = None, False, None
            for one in self.receivers:
                one.answers, one.recommended = {}, ""

    def wrong_in_force(self) -> list[str]:
        """Everything for which this case should not have come into force now."""
        oldest = self.today - dt.timedelta(days=FRESH)
        wrong = ["nobody left"] if not self.receivers else []
        for one in self.receivers:
            newest = [one.answers.get(office) for office in OFFICES]
            wrong += ["unresolved"] * (not one.resolved) + ["commander"] * (not one.known)
            wrong += ["pending"] * any(a is None or a[0] == "pending" for a in newest)
            wrong += ["stale"] * any(a is not None and a[1] < oldest for a in newest)
            wrong += ["finding"] * one.finding + ["stopped"] * one.stopped
            wrong += ["recommendation"] * (one.recommended == "")
            wrong += ["red"] * (one.recommended == "red")
        wrong += ["assessment"] * (self.assessor is None or bool(self.form_lacks))
        wrong += ["real risk"] * (self.real_risk is not False)
        wrong += ["approval"] * (self.ruling not in ("approve", "approve_with_conditions"))
        wrong += ["expired"] * (self.approved_until is None or self.approved_until < self.today)
        wrong += ["over"] * (self.ends_on < self.today)
        wrong += ["precondition"] * any(m.before and m.open_on(self.today) for m in self.measures)
        roles = [self.requester, self.assessor, self.decider]
        wrong += ["two roles"] * (None in roles or len(set(roles)) < 3)
        return wrong


def pure_walk(seed: int, steps: int) -> Iterator[tuple[World, str, list[str]]]:
    """Steps of a walk over one case after another: the world after each, the act, its refusal."""
    chance = random.Random(seed)
    world = World(chance)
    for _step in range(steps):
        if chance.random() < 0.55:
            world.tidy()
        for _times in range(chance.choice((0, 0, 1, 1, 2))):
            world.spoil()
        act = ONWARD.get(world.state, "")
        if not act or chance.random() < 0.3:
            act = chance.choice([*acts_from(world.state), "approve", "activate", "dance"])
        actor = chance.choice([None, *PEOPLE, PEOPLE[2], PEOPLE[3]])
        reason = chance.choice(("It is so.", "It is so.", "It is so.", " "))
        reasons = rules.against(act, world.state, world.facts(), actor, reason)
        if not reasons:
            world.state = str(rules.after(world.state, act))
            world.moved(act, actor)
        yield world, act, reasons
        if world.state in rules.ENDED or chance.random() < 0.004:
            world = World(chance)


def test_no_random_path_brings_a_case_into_force_against_the_rules() -> None:
    into_force: Counter[str] = Counter()
    refused = 0
    for world, act, reasons in pure_walk(20260105, STEPS):
        if reasons:
            refused += 1
            assert all(len(one.split()) > 2 for one in reasons), (act, reasons)
        elif world.state == CaseState.ACTIVE:
            into_force[act] += 1
            assert world.wrong_in_force() == [], (act, world)
    # The walk goes where it is to look: often into force, each way, and often refused.
    assert set(into_force) == rules.INTO_FORCE
    assert min(into_force.values()) > 40, into_force
    assert refused > STEPS / 5


@contextmanager
def without(act: str, guard: Guard) -> Iterator[None]:
    """Within, the act goes without one of its guards."""
    kept = rules.GUARDS[act]
    rules.GUARDS[act] = tuple(one for one in kept if one is not guard)
    try:
        yield
    finally:
        rules.GUARDS[act] = kept


@pytest.mark.parametrize("act", sorted(rules.INTO_FORCE))
def test_the_walk_notices_each_guard_that_goes_missing(act: str) -> None:
    beside = {"another_ends_the_suspension", "nothing_is_overdue", "response_is_in"}
    guards = [one for one in rules.GUARDS[act] if one.__name__ not in beside]
    assert len(guards) >= 10
    for guard in guards:
        with without(act, guard):
            found = any(
                not reasons and world.state == CaseState.ACTIVE and world.wrong_in_force()
                for world, _act, reasons in pure_walk(7, STEPS)
            )
        assert found, guard.__name__


def ground_of(desk: Desk) -> Ground:
    """Who is under and who commands whom on a desk."""
    who = {label: person.pk for label, person in desk.persons.items()}
    brigade, battalion, other = desk.brigade.pk, desk.battalion.pk, desk.other.pk
    return Ground(
        above={brigade: (), battalion: (brigade,), other: ()},
        commander={brigade: who["colonel"], battalion: who["major"], other: who["general"]},
        serves={who["colonel"]: brigade, who["major"]: battalion, who["sergeant"]: battalion,
                who["general"]: other},
    )  # fmt: skip


def test_random_people_acts_and_inputs_never_break_the_rules(board: Board) -> None:
    steps = int(os.environ.get("SUPPORT_STEPS") or FEW)
    desk = make_desk(board)
    ground = ground_of(desk)
    into_force: Counter[str] = Counter()
    handed_over = 0
    with clock.standing(clock.now()) as standing_clock:
        walk = Walk(desk, standing_clock, random.Random(steps), min(0.03, 25 / steps))
        last_move, last_delivery = newest(CaseMove), newest(Delivery)
        for number in range(steps):
            walk.choose()
            before = (counts(), standing(walk.case))
            name, refusal = walk.step()
            at = f"step {number}, {name} on case {walk.case.number}: {refusal}"
            if refusal is not None:
                assert against_words(refusal) == [], at
                if name != "onward":  # which is several acts, of which the last was refused
                    assert (counts(), standing(walk.case)) == before, at
            for move in CaseMove.objects.filter(id__gt=last_move).select_related("case"):
                if move.after == "active":
                    into_force[move.act] += 1
                    assert against_coming_into_force(move.case, ground, clock.today()) == [], at
                assert replayed(move.case) == [], at
            for row in Delivery.objects.filter(id__gt=last_delivery, standing="accepted"):
                handed_over += 1
                assert against_handing_over(row, ground) == [], at
            assert replayed(walk.case) == [], at
            assert against_duties() == [], at
            last_move, last_delivery = newest(CaseMove), newest(Delivery)
    # The walk goes where it is to look.
    assert into_force["activate"] >= steps / 80, (into_force, walk.done)
    assert handed_over >= steps / 100, walk.done
    assert sum(walk.refused.values()) > steps / 5


def newest(model: type[CaseMove] | type[Delivery]) -> uuid.UUID:
    """The id of the newest row."""
    found = model.objects.order_by("-id").values_list("id", flat=True).first()
    return found or uuid.UUID(int=0)
