"""A walk over cases of support by random people, acts and inputs, on the real database."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from primacy.platform import clock
from primacy.platform.clock import ExerciseClock
from primacy.platform.policy import Denied
from primacy.rooms.support.actions import (
    conditions,
    deciding,
    deliveries,
    requests,
    stops,
    watching,
)
from primacy.rooms.support.actions.moves import move_case
from primacy.rooms.support.actions.policy import NewOffice, put_policy_in_force
from primacy.rooms.support.actions.requests import NewRecipient
from primacy.rooms.support.actions.screening import answer_for, recommend
from primacy.rooms.support.elements import ELEMENTS
from primacy.rooms.support.errors import SupportError
from primacy.rooms.support.models import (
    CaseState,
    Condition,
    Delivery,
    GraveFinding,
    Intercession,
    PolicyVersion,
    Recipient,
    Ruling,
    ScreeningOffice,
    SupportCase,
    SupportKind,
    Suspension,
    Visit,
)
from primacy.rooms.support.rules import RIGHTS
from primacy.rooms.support.scope import BY_CODE
from tests.rooms.support.conftest import BEFORE, Desk

RowT = TypeVar("RowT")
WORDS = ("It is so.", "Seen on paper.", " ")
ONWARD = {
    "draft": "submitted", "submitted": "validated", "validated": "screening",
    "screening": "consolidated", "consolidated": "decision", "decision": "approved",
}  # fmt: skip
BACK = {"validated": "return", "consolidated": "screen_again", "monitored": "reopen",
        "active": "reopen"}  # fmt: skip
AT_ONCE = 4


@dataclass
class Walk:
    """The desk, the clock and the chance; `done` and `refused` count acts by name."""

    desk: Desk
    clock: ExerciseClock
    chance: random.Random
    haste: float = 0.03
    """How often days pass; three years at most: later the register knows no commander."""
    cases: list[SupportCase] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    case: SupportCase = field(init=False)

    def choose(self) -> None:
        """Nothing; chooses the case of the next step, and lets time pass now and then."""
        begun = SupportCase.objects.order_by("id").values_list("recorded_at", flat=True).first()
        passed = self.clock.moment - (begun or self.clock.moment)
        if self.chance.random() < self.haste and passed.days < 3 * 365:
            days = self.chance.choice((1, 1, 7, 30, 61, 95))
            self.clock.move_to(self.clock.moment + dt.timedelta(days=days))
        alive = [one for one in self.cases if one.state not in DONE and self.desk.kept(one)
                 and (one.ends_on >= clock.today() or self.chance.random() < 0.9)]  # fmt: skip
        self.cases = alive[-AT_ONCE:]
        if len(self.cases) < 2 or self.chance.random() < 0.02:
            self.cases.append(self.desk.draft(self.any_kind(), self.some_recipients()))
        self.case = self.pick(self.cases)
        self.case.refresh_from_db()

    def step(self) -> tuple[str, Exception | None]:
        """The name of the act that was tried on the chosen case, and what refused it."""
        act = self.onward if self.chance.random() < 0.5 else self.pick(self.acts())
        name = act.__name__.strip("_")
        try:
            act()
        except (SupportError, Denied) as problem:
            self.refused[name] += 1
            return name, problem
        finally:
            self.case.refresh_from_db()
        self.done[name] += 1
        return name, None

    def pick(self, among: Any) -> Any:
        """One of these."""
        return self.chance.choice(list(among))

    def row(self, rows: Any) -> Any:
        """One of these rows; a refusal where there are none."""
        found = list(rows.order_by("id"))
        if not found:
            raise SupportError("Nothing of this kind is there yet.")
        return self.pick(found)

    def who(self, *likely: str) -> Any:
        """A likely person for an act, or anybody at all."""
        label = self.pick(likely) if self.chance.random() < 0.8 else self.pick(self.desk.people)
        return self.desk[label]

    def day(self, first: int, last: int) -> dt.date:
        """A day from today on or back."""
        return clock.today() + dt.timedelta(days=self.chance.randint(first, last))

    def any_kind(self) -> str:
        """A kind of support."""
        return str(self.pick(("fuel", "training", "transport", "joint_operation")))

    def some_recipients(self) -> list[Any]:
        """One to three recipients, most of them in the register."""
        known = [self.desk.battalion, self.desk.battalion, self.desk.other, self.desk.brigade,
                 self.desk.persons["sergeant"], self.desk.persons["general"]]  # fmt: skip
        found = self.chance.sample(known, self.chance.choice((1, 1, 2)))
        named = NewRecipient(kind="unit", named="A company nobody knows")
        return [*found, named] if self.chance.random() < 0.1 else found

    def acts(self) -> list[Callable[[], object]]:
        """Everything that may be tried, with what is tried often named twice."""
        return [
            self.move, self.move, self.move, self.answer, self.answer, self.recommend, self.assess,
            self.draft_condition, self.meet, self.waive, self.drop, self.decide, self.decide,
            self.find, self.lift, self.lift, self.suspend, self.suspend_case, self.reinstate,
            self.reinstate, self.withdraw, self.deliver, self.deliver, self.ask, self.report,
            self.correct, self.visit, self.intercede, self.respond, self.tell, self.change,
            self.add, self.resolve, self.note, self.exclude, self.scope, self.new_procedure,
        ]  # fmt: skip

    def onward(self) -> object:
        """The right people do what leads the case on."""
        desk, case = self.desk, self.case
        if self.chance.random() < 0.15:
            return self._clear_away()
        if case.state in BACK and self.chance.random() < 0.1:
            return desk.move(case, BACK[case.state])
        if case.state in (*IN_FORCE, "approved", "approved_with_conditions", "suspended"):
            return self._keep_going()
        if case.state == "submitted":
            for one in desk.kept(case):
                if not one.resolved:
                    requests.exclude_recipient(actor=desk["human_rights"], recipient=one,
                                               reason="Not found.")  # fmt: skip
        ahead = ONWARD.get(case.state)
        if ahead is None:
            return desk.move(case, "reopen")
        if case.state == "decision" and self.chance.random() < 0.4:
            ahead = "approved_with_conditions"
        assert BEFORE[ahead] == case.state
        return desk.to(ahead, case)

    def _keep_going(self) -> object:
        """The right people keep an approved case going."""
        desk, case = self.desk, self.case
        if case.state.startswith("approved"):
            for condition in case.conditions.filter(round=case.round, state="open"):
                desk.meet(condition)
            return desk.move(case, "activate")
        if case.state == "suspended":
            ordered = case.suspensions.filter(ended_on__isnull=True).exists()
            return self._lift_all() if ordered else desk.move(case, "reopen")
        if case.ends_on < clock.today():
            return desk.move(case, "expire")
        if self.chance.random() < 0.5:
            return desk.deliver(case, happens_on=clock.today())
        if case.state == "active":
            return desk.to("monitored", case)
        if case.state == "monitored" and self.chance.random() < 0.3:
            return desk.to("interceded", case)
        for raised in case.intercessions.filter(responded_on__isnull=True):
            watching.record_response(actor=desk["human_rights"], intercession=raised,
                                     response="Charged.", enough=True)  # fmt: skip
        return desk.move(case, "settle")

    def _clear_away(self) -> object:
        for finding in GraveFinding.objects.filter(lifted_on__isnull=True):
            by = self.other_than(finding.recorded_by_id, "human_rights", "human_rights_2")
            stops.lift_finding(actor=by, finding=finding, reason="Tried and sentenced.")
        return self._lift_all()

    def _lift_all(self) -> object:
        for order in Suspension.objects.filter(ended_on__isnull=True):
            by = self.other_than(order.ordered_by_id, "leader", "leader_2")
            stops.reinstate(actor=by, suspension=order, reason="Corrected.")
        return None

    def other_than(self, account: Any, *labels: str) -> Any:
        """One of these people who has another account."""
        return self.pick(self.desk[one] for one in labels
                         if self.desk[one].account_id != account)  # fmt: skip

    def move(self) -> object:
        act = self.pick(RIGHTS)
        people = ("human_rights", "human_rights_2", "planner", "leader", "adviser")
        return move_case(actor=self.who(*people), case=self.case, act=act, reason=self.pick(WORDS))

    def answer(self) -> object:
        one = self.row(self.case.recipients)
        offices = ScreeningOffice.objects.filter(policy__mission=self.desk.mission)
        office = self.row(offices if self.chance.random() < 0.1 else self.case.policy.offices)
        return answer_for(
            actor=self.who("human_rights", "adviser", "adviser_2"), recipient=one, office=office,
            colour=self.pick(("green", "green", "yellow", "red", "pending", "blue")),
            reason=self.pick(WORDS), searched=self.pick(WORDS),
        )  # fmt: skip

    def recommend(self) -> object:
        return recommend(
            actor=self.who("human_rights", "human_rights_2"),
            recipient=self.row(self.case.recipients), commentary=self.pick(WORDS),
            colour=self.pick(("green", "yellow", "red", "pending")),
        )  # fmt: skip

    def assess(self) -> object:
        level = self.chance.randint(1, 6)
        risk = deciding.Risk("Sold", level, 2, self.pick(WORDS), self.chance.randint(1, 5), 2)
        answers = {one.code: "Text" for one in ELEMENTS if self.chance.random() < 0.97}
        return deciding.assess_risk(
            actor=self.who("human_rights", "human_rights_2"), case=self.case, answers=answers,
            risks=[risk] * self.pick((0, 1, 2)), real_risk=self.pick((False, False, True, None)),
        )  # fmt: skip

    def draft_condition(self) -> object:
        return conditions.draft_condition(
            actor=self.who("human_rights", "leader"), case=self.case,
            kind=self.pick(("before", "during", "exclusion", "never")), pillar="training",
            text=self.pick(WORDS), owner="Police", due_on=self.day(-1, 40),
        )  # fmt: skip

    def meet(self) -> object:
        return conditions.meet_condition(
            actor=self.who("human_rights", "adviser"), condition=self.row(self._conditions()),
            evidence=self.pick(WORDS), met_on=self.day(-3, 1),
        )  # fmt: skip

    def waive(self) -> object:
        return conditions.waive_condition(
            actor=self.who("leader", "leader_2", "human_rights"), reason=self.pick(WORDS),
            condition=self.row(self._conditions()), authority=self.pick(WORDS),
            expires_on=self.day(-1, 20),
        )  # fmt: skip

    def drop(self) -> object:
        return conditions.drop_condition(
            actor=self.who("human_rights", "leader"), condition=self.row(self._conditions()),
            reason=self.pick(WORDS),
        )  # fmt: skip

    def _conditions(self) -> Any:
        return Condition.objects.filter(case=self.case)

    def decide(self) -> object:
        said = [
            deciding.OnRecipient(one, self.pick(("green", "yellow", "red", "pending")),
                                 self.pick(WORDS))
            for one in self.case.recipients.all() if self.chance.random() < 0.2
        ]  # fmt: skip
        return deciding.decide(
            actor=self.who("leader", "leader_2", "human_rights", "planner"), case=self.case,
            ruling=self.pick((*Ruling.values, "maybe")), reasons=self.pick(WORDS),
            valid_until=self.pick((None, self.day(-2, 60))), on_recipients=said,
            what_would_change=self.pick(WORDS),
        )  # fmt: skip

    def _subject(self) -> dict[str, Any]:
        desk = self.desk
        units = (desk.brigade, desk.battalion, desk.other)
        if self.chance.random() < 0.6:
            return {"unit": self.pick(units)}
        return {"person": self.pick(desk.persons.values())}

    def find(self) -> object:
        return stops.record_finding(
            actor=self.who("human_rights", "human_rights_2"), mission=self.desk.mission,
            test=self.pick(("gross", "command", "rumour")), basis=self.pick(WORDS),
            source_title="Report", found_on=self.day(-9, 1), **self._subject(),
        )  # fmt: skip

    def lift(self) -> object:
        rows = GraveFinding.objects.filter(mission=self.desk.mission)
        return stops.lift_finding(
            actor=self.who("human_rights", "human_rights_2"), finding=self.row(rows),
            reason=self.pick(WORDS),
        )  # fmt: skip

    def suspend(self) -> object:
        return stops.suspend(
            actor=self.who("leader", "human_rights"), mission=self.desk.mission,
            reason=self.pick(WORDS), told_host=self.pick(WORDS), **self._subject(),
        )  # fmt: skip

    def suspend_case(self) -> object:
        return stops.suspend_case(actor=self.who("leader", "human_rights"), case=self.case,
                                  reason=self.pick(WORDS), told_host=self.pick(WORDS))  # fmt: skip

    def reinstate(self) -> object:
        rows = Suspension.objects.filter(mission=self.desk.mission)
        return stops.reinstate(
            actor=self.who("leader", "leader_2", "human_rights"), suspension=self.row(rows),
            reason=self.pick(WORDS),
        )  # fmt: skip

    def withdraw(self) -> object:
        return stops.withdraw_support(actor=self.who("leader"), case=self.case,
                                      reason=self.pick(WORDS))  # fmt: skip

    def deliver(self) -> object:
        return deliveries.deliver(
            actor=self.who("planner", "adviser"), recipient=self.row(self.case.recipients),
            handed=self.desk.handed(self.pick((100, 900, 0, -5)), happens_on=self.day(-40, 1)),
        )  # fmt: skip

    def ask(self) -> object:
        return deliveries.ask_gate(
            actor=self.who("planner", "human_rights", "commander"), mission=self.desk.mission,
            purpose=self.pick((*SupportKind.values, "gold")), day=self.day(-30, 120),
            **self._subject(),
        )  # fmt: skip

    def report(self) -> object:
        return deliveries.report_unassessed(
            actor=self.who("planner"), mission=self.desk.mission, kind="fuel",
            named=self.pick(WORDS), handed=self.desk.handed(happens_on=self.day(-9, 1)),
        )  # fmt: skip

    def correct(self) -> object:
        rows = Delivery.objects.filter(mission=self.desk.mission)
        return deliveries.correct_delivery(actor=self.who("planner"), delivery=self.row(rows),
                                           reason=self.pick(WORDS))  # fmt: skip

    def visit(self) -> object:
        if self.chance.random() < 0.5:
            return watching.plan_visit(
                actor=self.who("human_rights"), case=self.case, planned_on=self.day(-1, 9),
                what=self.pick(WORDS), owner="Monitors",
            )  # fmt: skip
        return watching.report_visit(
            actor=self.who("human_rights"), visit=self.row(Visit.objects.filter(case=self.case)),
            done_on=self.day(-3, 1), access=self.pick(("full", "refused", "none")),
            seen=self.pick(WORDS), signs=self.pick(((), ("hate",), ("smell",))),
        )  # fmt: skip

    def intercede(self) -> object:
        return watching.intercede(
            actor=self.who("human_rights"), case=self.case, way=self.pick(("letter", "shout")),
            addressee="Minister", text=self.pick(WORDS), asked=self.pick(WORDS),
            response_due=self.day(-1, 14),
        )  # fmt: skip

    def respond(self) -> object:
        rows = Intercession.objects.filter(case=self.case)
        return watching.record_response(
            actor=self.who("human_rights"), intercession=self.row(rows), response=self.pick(WORDS),
            enough=self.pick((True, False)),
        )  # fmt: skip

    def tell(self) -> object:
        return watching.tell_host(
            actor=self.who("human_rights", "leader"), mission=self.desk.mission,
            kind=self.pick(("withdrawn", "suspended", "gossip")), addressee="Minister",
            text=self.pick(WORDS), what_would_change=self.pick(WORDS), case=self.case,
        )  # fmt: skip

    def change(self) -> object:
        terms = self.desk.terms(kind=self.any_kind(), budget_line=self.pick(WORDS),
                                ends_on=self.day(-1, 90))  # fmt: skip
        return requests.change_request(actor=self.who("planner", "requester"), case=self.case,
                                       terms=terms)  # fmt: skip

    def add(self) -> object:
        return requests.add_recipient(
            actor=self.who("planner"), case=self.case,
            recipient=NewRecipient(kind=self.pick(("unit", "person", "authority", "army")),
                                   named=self.pick(WORDS)),
        )  # fmt: skip

    def resolve(self) -> object:
        return requests.resolve_recipient(
            actor=self.who("human_rights", "planner"), recipient=self.row(self.case.recipients),
            **self._subject(),
        )  # fmt: skip

    def note(self) -> object:
        return requests.note_command(actor=self.who("human_rights"), case=self.case)

    def exclude(self) -> object:
        rows = Recipient.objects.filter(case=self.case)
        return requests.exclude_recipient(
            actor=self.who("human_rights"), recipient=self.row(rows),
            reason=self.pick((" ", " ", " ", "A known case.")),
        )  # fmt: skip

    def scope(self) -> object:
        return requests.determine_scope(
            actor=self.who("human_rights", "human_rights_2"), case=self.case,
            clause=self.pick((*BY_CODE, "in.nothing")), reason=self.pick(WORDS),
        )  # fmt: skip

    def new_procedure(self) -> object:
        """Another version of the procedure, now and then with a further office."""
        if PolicyVersion.objects.filter(mission=self.desk.mission).count() > 4:
            raise SupportError("There are procedures enough.")
        offices = [NewOffice(o.code, o.name, o.organisation_id) for o in self.desk.offices.values()]
        return put_policy_in_force(
            actor=self.who("human_rights"), mission=self.desk.mission, title=self.pick(WORDS),
            offices=offices, source_title="Procedure", freshness_days=self.pick((60, 90)),
        )  # fmt: skip


DONE = frozenset({CaseState.OUT_OF_SCOPE.value, CaseState.NOT_APPROVED.value,
                  CaseState.WITHDRAWN.value, CaseState.COMPLETED.value,
                  CaseState.CANCELLED.value})  # fmt: skip
IN_FORCE = ("active", "monitored", "interceded")
