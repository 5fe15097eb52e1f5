"""A desk of due diligence: a procedure, offices, units under command, and people for every act."""

import datetime as dt
import decimal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from primacy.platform import clock
from primacy.platform.accounts.actions import create_account, ensure_organisation, grant_role
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.claims.rules import Dates
from primacy.platform.policy import Marking, Viewer
from primacy.platform.sources.actions import ensure_source
from primacy.platform.sources.models import Source
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.actions import NewPerson, NewPosting, add_people
from primacy.rooms.persons.facade import Person
from primacy.rooms.places.facade import Mission, create_mission
from primacy.rooms.support.actions.conditions import draft_condition, meet_condition
from primacy.rooms.support.actions.deciding import Risk, assess_risk, decide
from primacy.rooms.support.actions.deliveries import Handed, deliver
from primacy.rooms.support.actions.moves import move_case
from primacy.rooms.support.actions.policy import (
    NewOffice,
    put_framework_in_force,
    put_policy_in_force,
)
from primacy.rooms.support.actions.requests import (
    NewRecipient,
    RequestTerms,
    determine_scope,
    draft_request,
    note_command,
)
from primacy.rooms.support.actions.screening import answer_for, recommend
from primacy.rooms.support.actions.stops import suspend_case, withdraw_support
from primacy.rooms.support.actions.watching import intercede, tell_host
from primacy.rooms.support.elements import ELEMENTS
from primacy.rooms.support.models import (
    Condition,
    CountryFramework,
    Delivery,
    PolicyVersion,
    Recipient,
    ScreeningAnswer,
    ScreeningOffice,
    SupportCase,
    SupportDecision,
)
from tests.conftest import PEOPLE, STEWARD, Board

MORE_PEOPLE = {
    # label: (role, organisation, party); made for a desk only
    "leader": ("leadership", "Office of the head of mission", "mission"),
    "leader_2": ("leadership", "Office of the head of mission", "mission"),
    "human_rights_2": ("human_rights", "Human rights component", "mission"),
    "requester": ("planner", "Police support unit", "mission"),
}
CLAUSE_OF = {
    "training": "in.training", "equipment": "in.logistics", "fuel": "in.logistics",
    "transport": "in.logistics", "logistics": "in.logistics", "money": "in.finance",
    "joint_operation": "in.joint", "operational": "in.operations",
}  # fmt: skip
"""For each kind of support a clause that brings it under the policy."""

BEFORE = {
    "submitted": "draft", "cancelled": "draft", "out_of_scope": "submitted",
    "validated": "submitted", "screening": "validated", "consolidated": "screening",
    "decision": "consolidated", "approved": "decision", "approved_with_conditions": "decision",
    "not_approved": "decision", "deferred": "decision", "active": "approved",
    "monitored": "active", "interceded": "monitored", "suspended": "active",
    "withdrawn": "suspended", "expired": "active", "completed": "active",
}  # fmt: skip
"""The state from which `Desk.to` comes to a state."""


def money(amount: float) -> decimal.Decimal:
    """An amount as requests have it."""
    return decimal.Decimal(str(amount))


@dataclass
class Desk:
    """A board with what a case of support needs."""

    board: Board
    people: dict[str, Viewer]
    policy: PolicyVersion
    framework: CountryFramework
    offices: dict[str, ScreeningOffice]
    brigade: Unit
    battalion: Unit
    other: Unit
    persons: dict[str, Person]
    accounts: dict[str, Account] = field(default_factory=dict)

    def __getitem__(self, label: str) -> Viewer:
        return self.people[label]

    @property
    def mission(self) -> Mission:
        """The mission."""
        return self.board.mission

    def source(self, title: str = "Register") -> Source:
        """A source of this mission."""
        return ensure_source(actor=STEWARD, mission_id=self.mission.pk, title=title)

    def terms(self, **more: Any) -> RequestTerms:
        """A whole request for fuel that runs from today for ninety days, unless said otherwise."""
        today = clock.today()
        given: dict[str, Any] = {
            "title": "Fuel for patrols", "kind": "fuel", "starts_on": today,
            "ends_on": today + dt.timedelta(days=90), "asked_for_by": "Police component",
            "place": "District 1", "quantity": money(1000), "quantity_unit": "litres",
            "budget": money(5000), "currency": "USD", "budget_line": "B-1",
            "objective": "Patrols reach the outposts.", "absorption": "Two tanks, one keeper.",
            "baseline": "Four patrols a week.", "sustainment": "The ministry pays from year 2.",
            "cost_year_3": money(6000), "cost_year_5": money(7000),
        }  # fmt: skip
        return RequestTerms(**{**given, **more})

    def draft(
        self,
        kind: str = "fuel",
        recipients: Sequence[Unit | Person | NewRecipient] | None = None,
        *,
        by: str = "planner",
        marking: Marking = Marking.CONFIDENTIAL,
        **more: Any,
    ) -> SupportCase:
        """A draft for these recipients; for the battalion unless said otherwise."""
        named = [self.battalion] if recipients is None else recipients
        return draft_request(
            actor=self[by], mission=self.mission, terms=self.terms(kind=kind, **more),
            recipients=[recipient(one) for one in named], marking=marking,
        )  # fmt: skip

    def move(self, case: SupportCase, act: str, by: str = "human_rights", reason: str = "") -> None:
        """Nothing; makes a plain move, with a reason."""
        move_case(actor=self[by], case=case, act=act, reason=reason or f"because {act}")
        case.refresh_from_db()

    def scope(self, case: SupportCase, clause: str = "", by: str = "human_rights") -> None:
        """Nothing; determines the scope, inside the policy unless a clause is given."""
        determine_scope(
            actor=self[by], case=case, clause=clause or CLAUSE_OF[case.kind], reason="It fits."
        )
        case.refresh_from_db()

    def who_answers(self, office: ScreeningOffice) -> str:
        """The label of somebody who may answer for an office."""
        return "human_rights" if office.code == "hr" else "adviser"

    def answer(
        self, one: Recipient, office: ScreeningOffice, colour: str = "green", **more: Any
    ) -> ScreeningAnswer:
        """The answer of an office on a recipient, by somebody of that office."""
        given: dict[str, Any] = {
            "actor": self[self.who_answers(office)], "recipient": one, "office": office,
            "colour": colour, "reason": "Searched the register.", "searched": "register, today",
        }  # fmt: skip
        return answer_for(**{**given, **more})

    def kept(self, case: SupportCase) -> list[Recipient]:
        """The recipients that are not left out."""
        return list(case.recipients.filter(excluded=False).order_by("id"))

    def answer_all(self, case: SupportCase, colour: str = "green") -> None:
        """Nothing; every office of the case's procedure answers on every recipient."""
        for one in self.kept(case):
            for office in case.policy.offices.all():
                self.answer(one, office, colour)

    def recommend_all(self, case: SupportCase, colour: str = "green") -> None:
        """Nothing; one recommendation on each recipient."""
        for one in self.kept(case):
            recommend(
                actor=self["human_rights"], recipient=one, colour=colour, commentary="All agree."
            )

    def assess(self, case: SupportCase, by: str = "human_rights", **more: Any) -> None:
        """Nothing; fills in the risk form whole, with one low risk."""
        given: dict[str, Any] = {
            "answers": {one.code: f"Answer {one.code}" for one in ELEMENTS},
            "risks": [Risk("Fuel is sold", 1, 1, "Log sheets", 1, 1)],
            "real_risk": False,
        }
        assess_risk(actor=self[by], case=case, **{**given, **more})
        case.refresh_from_db()

    def condition(self, case: SupportCase, by: str = "leader", **more: Any) -> Condition:
        """A condition that comes first, due in ten days, unless said otherwise."""
        given: dict[str, Any] = {
            "kind": "before", "pillar": "training", "text": "Train the keepers of the tanks",
            "owner": "Police component", "due_on": clock.today() + dt.timedelta(days=10),
        }  # fmt: skip
        return draft_condition(actor=self[by], case=case, **{**given, **more})

    def meet(self, condition: Condition) -> None:
        """Nothing; the condition is met, with evidence."""
        meet_condition(
            actor=self["human_rights"], condition=condition, evidence="Attendance list, seen"
        )

    def decide(self, case: SupportCase, ruling: str = "approved", **more: Any) -> SupportDecision:
        """The decision of the head of mission."""
        given: dict[str, Any] = {
            "actor": self["leader"], "case": case, "ruling": ruling, "reasons": "It helps.",
            "what_would_change": "Another commander.",
        }  # fmt: skip
        decision = decide(**{**given, **more})
        case.refresh_from_db()
        return decision

    def to(self, state: str, case: SupportCase | None = None, **more: Any) -> SupportCase:
        """A case in this state, come there by the acts of the right people.

        Without a case a new one is drafted; `more` goes to `draft`.
        """
        case = case or self.draft(**more)
        ahead = [state]
        while ahead[-1] != case.state:
            if ahead[-1] not in BEFORE:
                raise AssertionError(f"no way from {case.state} to {state}")
            ahead.append(BEFORE[ahead[-1]])
        for one in reversed(ahead[:-1]):
            self._step(case, one)
            case.refresh_from_db()
            assert case.state == one
        return case

    def approve(self, case: SupportCase, **more: Any) -> SupportDecision:
        """The approval of a case, after all that comes first."""
        return self.decide(self.to("decision", case), "approved", **more)

    def active(self, **more: Any) -> SupportCase:
        """A new case in force."""
        return self.to("active", **more)

    def handed(self, quantity: float = 100, **more: Any) -> Handed:
        """Fuel handed over today, unless said otherwise."""
        given: dict[str, Any] = {
            "what": "Diesel", "quantity": money(quantity), "quantity_unit": "litres",
            "happens_on": clock.today(), "source_title": "Hand-over note",
        }  # fmt: skip
        return Handed(**{**given, **more})

    def deliver(self, case: SupportCase, by: str = "planner", **more: Any) -> Delivery:
        """An entry of the ledger for the first recipient of a case."""
        return deliver(actor=self[by], recipient=self.kept(case)[0], handed=self.handed(**more))

    def _step(self, case: SupportCase, state: str) -> None:
        """Nothing; makes the one step that leads to a state."""
        plain = {
            "submitted": ("submit", "planner"), "cancelled": ("cancel", "planner"),
            "screening": ("screen", "human_rights"), "active": ("activate", "human_rights"),
            "monitored": ("watch", "human_rights"), "completed": ("complete", "planner"),
        }  # fmt: skip
        if state in plain:
            act, by = plain[state]
            self.move(case, act, by)
        elif state in ("approved", "not_approved", "deferred"):
            self.decide(case, state)
        else:
            getattr(self, f"_to_{state}")(case)

    def _to_out_of_scope(self, case: SupportCase) -> None:
        self.scope(case, "out.mediation")
        self.move(case, "out_of_scope", "human_rights_2")

    def _to_validated(self, case: SupportCase) -> None:
        self.scope(case)
        note_command(actor=self["human_rights"], case=case)
        self.move(case, "validate")

    def _to_consolidated(self, case: SupportCase) -> None:
        self.answer_all(case)
        self.move(case, "consolidate")

    def _to_decision(self, case: SupportCase) -> None:
        self.assess(case)
        self.recommend_all(case)
        self.move(case, "send")

    def _to_approved_with_conditions(self, case: SupportCase) -> None:
        self.condition(case)
        self.decide(case, "approved_with_conditions")

    def _to_interceded(self, case: SupportCase) -> None:
        intercede(
            actor=self["human_rights"], case=case, way="letter", addressee="Minister",
            text="Detainees were beaten.", asked="Investigate.",
            response_due=clock.today() + dt.timedelta(days=14),
        )  # fmt: skip

    def _to_suspended(self, case: SupportCase) -> None:
        suspend_case(
            actor=self["leader"], case=case, reason="A pattern of beatings.",
            told_host="Conduct in detention.",
        )  # fmt: skip

    def _to_withdrawn(self, case: SupportCase) -> None:
        tell_host(
            actor=self["leader"], mission=self.mission, kind="withdrawn", addressee="Minister",
            text="Support ends.", what_would_change="Investigations.", case=case,
        )  # fmt: skip
        withdraw_support(actor=self["leader"], case=case, reason="Nothing changed.")

    def _to_expired(self, case: SupportCase) -> None:
        with clock.standing(clock.now() + dt.timedelta(days=400)):
            self.move(case, "expire")


def recipient(one: Unit | Person | NewRecipient) -> NewRecipient:
    """A unit or person as a request names it."""
    if isinstance(one, NewRecipient):
        return one
    if isinstance(one, Person):
        return NewRecipient(kind="person", person=one)
    return NewRecipient(kind="unit", unit=one)


def make_desk(board: Board) -> Desk:
    """A desk on a board."""
    mission = board.mission
    people = dict(board.people)
    accounts = dict(board.accounts)
    for label, (role, organisation, party) in MORE_PEOPLE.items():
        account = create_account(
            actor=STEWARD, email=f"{label}@{mission.code}.example.org",
            name=label.replace("_", " "),
            organisation=ensure_organisation(actor=STEWARD, name=organisation, party=party),
        )  # fmt: skip
        grant_role(actor=STEWARD, account=account, role=role, mission_id=mission.pk)
        accounts[label], people[label] = account, viewer_of(account)
    source = ensure_source(actor=STEWARD, mission_id=mission.pk, title="Register")
    units: dict[str, Unit] = {}
    for code, name, parent in (
        ("b1", "First brigade", ""), ("b1-1", "First battalion", "b1"),
        ("b2", "Second brigade", ""),
    ):  # fmt: skip
        units[code] = add_unit(
            actor=people["planner"], mission=mission, code=code, name=name, force="Police",
            side="local", parent=units.get(parent), source=source,
        )  # fmt: skip
    # Of a post nobody confirmed for ten years the register no longer says that somebody holds it.
    begun = clock.today() - dt.timedelta(days=6 * 365)
    since = Dates(begun, begun, starting=True)
    posts = (
        ("colonel", "Abel Doe", "b1", "commander"), ("major", "Bena Roe", "b1-1", "commander"),
        ("sergeant", "Cato Poe", "b1-1", "driver"), ("general", "Dido Loe", "b2", "commander"),
    )  # fmt: skip
    made = add_people(
        actor=people["planner"], mission=mission,
        people=[
            NewPerson(name=name, source=source, marking=Marking.CONFIDENTIAL,
                      postings=[NewPosting(units[unit], since, role=role)])
            for _label, name, unit, role in posts
        ],
    )  # fmt: skip
    offices = [
        NewOffice("hr", "Human rights", accounts["human_rights"].organisation_id),
        NewOffice("police", "UN Police", accounts["adviser"].organisation_id),
    ]
    policy = put_policy_in_force(
        actor=people["human_rights"], mission=mission, title="Standing procedure",
        offices=offices, source_title="Procedure",
    )  # fmt: skip
    framework = put_framework_in_force(
        actor=people["human_rights"], mission=mission, title="Framework",
        sections={"forces": "Police and army."}, source_title="Framework paper",
    )  # fmt: skip
    return Desk(
        board=board, people=people, accounts=accounts, policy=policy, framework=framework,
        offices={one.code: one for one in policy.offices.all()}, brigade=units["b1"],
        battalion=units["b1-1"], other=units["b2"],
        persons={post[0]: person for post, person in zip(posts, made, strict=True)},
    )  # fmt: skip


def small_desk() -> Desk:
    """A desk with the fewest people, on a site of its own within which this is called."""
    mission = create_mission(actor=STEWARD, code="m", name="Mission", short_name="M", country="C")
    accounts = {}
    for label in ("planner", "human_rights", "adviser"):
        role, organisation, party = PEOPLE[label]
        accounts[label] = create_account(
            actor=STEWARD, email=f"{label}@example.org", name=label,
            organisation=ensure_organisation(actor=STEWARD, name=organisation, party=party),
        )  # fmt: skip
        grant_role(actor=STEWARD, account=accounts[label], role=role, mission_id=mission.pk)
    people = {label: viewer_of(account) for label, account in accounts.items()}
    return make_desk(Board(mission, {}, [], None, people, accounts))  # type: ignore[arg-type]


@pytest.fixture
def desk(board: Board) -> Desk:
    """A desk ready for a test."""
    return make_desk(board)


@pytest.fixture
def make_desk_on(make_board: Callable[..., Board]) -> Callable[[str], Desk]:
    """Makes a desk on a mission of its own."""
    return lambda code: make_desk(make_board(code))
