"""A month of support, told by chance from a seed: requests, changes of command, findings, answers.

All goes through the acts, on the days of an exercise clock. In the morning the registers change,
each change followed by a look at all cases, as the server does; then people work; in the evening
all cases are looked at once more.
"""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from primacy.platform import clock
from primacy.platform.claims.actions import Cite
from primacy.platform.claims.rules import Dates
from primacy.platform.claims.terms import Terms
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.forces.facade import Unit
from primacy.rooms.incidents.actions import claim_responsibility, enter_incident
from primacy.rooms.incidents.facade import IncidentType
from primacy.rooms.persons.actions import NewPerson, NewPosting, add_people
from primacy.rooms.support.actions import (
    NewOffice,
    OnRecipient,
    Risk,
    answer_for,
    correct_delivery,
    decide,
    deliver,
    intercede,
    meet_condition,
    note_command,
    plan_visit,
    put_policy_in_force,
    raise_tasks,
    recommend,
    record_finding,
    record_reply,
    record_response,
    reinstate,
    report_unassessed,
    report_visit,
    settle_task,
    suspend_case,
    tell_host,
    waive_condition,
)
from primacy.rooms.support.errors import SupportError
from primacy.rooms.support.models import (
    Condition,
    HostNotice,
    Intercession,
    Recipient,
    ScreeningAnswer,
    ScreeningOffice,
    SupportCase,
    SupportTask,
    Suspension,
    Visit,
)
from tests.rooms.support.conftest import Desk, money

SEED, OFFICES = 2016, 12
KINDS = ("fuel", "training", "equipment", "transport", "money", "joint_operation")
UNITS_OF = {"fuel": "litres", "training": "persons", "equipment": "items", "transport": "flights",
            "money": "payments", "joint_operation": "patrols"}  # fmt: skip
COLOURS = ("green",) * 7 + ("yellow",) * 3 + ("red",)
WATCHED = ("approved", "approved_with_conditions", "active", "monitored", "interceded", "suspended")


@dataclass(frozen=True)
class Happened:
    """A change in the registers: what, on which unit, on which day, whom it bears on, the tasks."""

    kind: str
    day: dt.date
    concerned: frozenset[object]
    raised: tuple[SupportTask, ...]


@dataclass
class Month:
    """The mission's month, day by day."""

    desk: Desk
    requests: int
    days: int = 30
    changes: int = 30
    findings: int = 5
    allegations: int = 8
    draw: random.Random = field(default_factory=lambda: random.Random(SEED))
    units: list[Unit] = field(default_factory=list)
    offices: list[ScreeningOffice] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    refused: int = 0
    asked: int = 0

    def live(self, standing: clock.ExerciseClock) -> None:
        """Nothing; all its days."""
        self._begin()
        first = clock.today()
        plan = self._plan()
        for number in range(self.days):
            day = first + dt.timedelta(days=number)
            standing.move_to(dt.datetime.combine(day, dt.time(7), dt.UTC))
            for change in plan[number]:
                change()
            standing.move_to(dt.datetime.combine(day, dt.time(10), dt.UTC))
            self._work(number)
            standing.move_to(dt.datetime.combine(day, dt.time(20), dt.UTC))
            self.look()

    def look(self) -> list[SupportTask]:
        """The new tasks."""
        return raise_tasks(actor=self.desk["human_rights"], mission=self.desk.mission)

    def chance(self, share: float) -> bool:
        """True in a share of the times it is asked."""
        return self.draw.random() < share

    def _begin(self) -> None:
        desk, source = self.desk, self.desk.source()
        since = Dates(dt.date(2020, 1, 1), dt.date(2020, 1, 1), starting=True)
        for number in range(24):
            parent = self.units[number % 3] if number >= 3 else desk.brigade
            if number >= 9:
                parent = self.units[3 + number % 6]
            self.units.append(
                add_unit(
                    actor=desk["planner"], mission=desk.mission, code=f"m{number}",
                    name=f"Unit {number}", force="Police" if number % 3 else "Army", side="local",
                    parent=parent, source=source,
                )
            )  # fmt: skip
        add_people(
            actor=desk["planner"], mission=desk.mission,
            people=[
                NewPerson(name=f"Officer {n}", source=source,
                          postings=[NewPosting(unit, since, role="commander")])
                for n, unit in enumerate(self.units)
            ],
        )  # fmt: skip
        people = desk.accounts["adviser"].organisation_id
        put_policy_in_force(
            actor=desk["human_rights"], mission=desk.mission, title="Twelve offices",
            offices=[NewOffice(f"o{n}", f"Office {n}", people if n % 4 == 0 else None)
                     for n in range(OFFICES)],
            source_title="Procedure 2", clocks={"screening": 4, "decision": 2},
        )  # fmt: skip

    def _plan(self) -> list[list[Callable[[], None]]]:
        """On each day what changes in the registers; nothing in the first days."""
        plan: list[list[Callable[[], None]]] = [[] for _ in range(self.days)]
        for change, times in ((self._commander, self.changes), (self._finding, self.findings),
                              (self._allegation, self.allegations)):  # fmt: skip
            for _ in range(times):
                plan[self.draw.randrange(self.days // 2, self.days)].append(change)
        return plan

    def _commander(self) -> None:
        """Somebody else takes a command today."""
        unit = self._somewhere()
        today = clock.today()
        add_people(
            actor=self.desk["planner"], mission=self.desk.mission,
            people=[NewPerson(
                name=f"Officer {len(self.happened)} of {today}", source=self.desk.source(),
                postings=[NewPosting(unit, Dates(today, today, starting=True), role="commander")],
            )],
        )  # fmt: skip
        self._note("commander", self._concerned(unit, levels=2))

    def _allegation(self) -> None:
        """Somebody says that a unit did something yesterday."""
        unit, source = self._somewhere(), self.desk.source("Report")
        incident = enter_incident(
            actor=self.desk["planner"], mission=self.desk.mission, type=IncidentType.ONE_SIDED,
            date_start=clock.today() - dt.timedelta(days=1), source="Patrol",
            area=self.desk.board.area, place="Market", lat=1.0, lon=1.0,
        )  # fmt: skip
        claim_responsibility(
            actor=self.desk["human_rights"], incident=incident, part="committed", unit=unit,
            terms=Terms(dates=Dates(), cites=[Cite(source)]),
        )  # fmt: skip
        self._note("allegation", self._concerned(unit, levels=2))

    def _finding(self) -> None:
        """A finding against a unit that others stand under, or not."""
        unit = self._somewhere()
        record_finding(
            actor=self.desk["human_rights"], mission=self.desk.mission, unit=unit, test="gross",
            basis="Three incidents, verified.", source_title="Inquiry",
        )  # fmt: skip
        self._note("finding", self._concerned(unit, levels=9))

    def _somewhere(self) -> Unit:
        """More often a unit that receives support, or the one above it, than any other."""
        rows = Recipient.objects.filter(case__state__in=WATCHED, excluded=False).order_by("id")
        near = [row.unit for row in rows if row.unit is not None]
        if not near or self.chance(0.3):
            return self.draw.choice(self.units[3:])
        unit = self.draw.choice(near)
        return unit.parent if unit.parent is not None and self.chance(0.3) else unit

    def _concerned(self, unit: Unit, levels: int) -> frozenset[object]:
        """The recipients of approved cases whose unit is this one, or under it by so many levels.

        Told by the parents as they were entered, not by the register of command.
        """
        found = set()
        for row in Recipient.objects.filter(case__state__in=WATCHED, excluded=False):
            above = [row.unit]
            while above[-1] is not None and len(above) <= levels:
                above.append(above[-1].parent)
            if unit in above:
                found.add(row.pk)
        return frozenset(found)

    def _note(self, kind: str, concerned: frozenset[object]) -> None:
        raised = tuple(task for task in self.look() if task.kind == kind)
        self.happened.append(Happened(kind, clock.today(), concerned, raised))

    def _work(self, number: int) -> None:
        """What people do on one day."""
        share = -(-self.requests // (self.days // 3))
        for _ in range(min(share, self.requests - self.asked)):
            self.asked += 1
            self._request()
        for case in SupportCase.objects.select_related("policy", "mission").order_by("number"):
            step = getattr(self, f"_{case.state}", None)
            if step is not None:
                self._try(lambda step=step, case=case: step(case))
        for step in (self._settle, self._answered_from_outside, self._around):
            self._try(step)

    def _try(self, step: Callable[[], object]) -> None:
        """Nothing; what the rules refuse is left for another day."""
        try:
            step()
        except SupportError:
            self.refused += 1

    def _request(self) -> None:
        kind = self.draw.choice(KINDS)
        some = self.draw.sample(self.units, self.draw.choice((1, 1, 2)))
        case = self.desk.draft(
            kind, some, by=self.draw.choice(("planner", "requester")),
            quantity=money(1000), quantity_unit=UNITS_OF[kind],
        )  # fmt: skip
        if not self.chance(0.05):
            self.desk.move(case, "submit", "planner")

    def _submitted(self, case: SupportCase) -> None:
        desk = self.desk
        if not case.clause:
            away = self.chance(0.08)
            desk.scope(case, "out.mediation" if away else "")
        if case.clause.startswith("out."):
            desk.move(case, "out_of_scope", "human_rights_2")
            return
        note_command(actor=desk["human_rights"], case=case)
        desk.move(case, "validate")
        desk.move(case, "screen")

    def _screening(self, case: SupportCase) -> None:
        desk = self.desk
        given = set(
            ScreeningAnswer.objects.filter(case=case, round=case.round).values_list(
                "recipient_id", "office_id"
            )
        )
        waiting = False
        for one in desk.kept(case):
            for at, office in enumerate(case.policy.offices.all()):
                if (one.pk, office.pk) in given:
                    continue
                if self.chance(0.15 + 0.03 * at):
                    waiting = True
                    continue
                answer_for(
                    actor=desk["adviser"], recipient=one, office=office,
                    colour=self.draw.choice(COLOURS), reason="Files.", searched="files, today",
                )  # fmt: skip
        if not waiting:
            desk.move(case, "consolidate")

    def _consolidated(self, case: SupportCase) -> None:
        desk = self.desk
        severity = self.draw.choice((1, 3, 5))
        desk.assess(case, risks=[Risk("Fuel is sold", 3, severity, "Log sheets", 2, severity)])
        for one in desk.kept(case):
            recommend(
                actor=desk["human_rights"], recipient=one, commentary="All seen.",
                colour=self.draw.choice(COLOURS),
            )  # fmt: skip
        if severity > 1 or self.chance(0.3):
            for kind in ("before", "during"):
                due = clock.today() + dt.timedelta(days=self.draw.randrange(2, 20))
                desk.condition(case, kind=kind, due_on=due)
        desk.move(case, "send")

    def _decision(self, case: SupportCase) -> None:
        if self.chance(0.3):
            return
        desk = self.desk
        drafted = case.conditions.filter(round=case.round, state="open").exists()
        ruling = self.draw.choice(
            ["approved_with_conditions" if drafted else "approved"] * 6
            + ["not_approved", "deferred"]
        )
        said = [
            OnRecipient(one, self.draw.choice(("green", "yellow", "red")), "Weighed anew.")
            for one in desk.kept(case)
            if self.chance(0.25)
        ]
        decide(
            actor=desk[self.draw.choice(("leader", "leader_2"))], case=case, ruling=ruling,
            reasons="It helps.", what_would_change="Trials.", on_recipients=said,
        )  # fmt: skip
        if ruling == "not_approved":
            self._tell(case, "refused")

    def _deferred(self, case: SupportCase) -> None:
        self.desk.move(case, "resume", "leader")

    def _approved(self, case: SupportCase) -> None:
        self.desk.move(case, "activate")

    def _approved_with_conditions(self, case: SupportCase) -> None:
        for one in Condition.objects.filter(case=case, round=case.round, state="open"):
            if self.chance(0.15):
                waive_condition(
                    actor=self.desk["leader"], condition=one, authority="Head of mission, rule 7",
                    reason="Urgent.", expires_on=clock.today() + dt.timedelta(days=5),
                )  # fmt: skip
            elif self.chance(0.6):
                meet_condition(
                    actor=self.desk["human_rights"], condition=one, evidence="List, seen."
                )
        self.desk.move(case, "activate")

    def _active(self, case: SupportCase) -> None:
        desk = self.desk
        if self.chance(0.3):
            plan_visit(
                actor=desk["human_rights"], case=case, what="Store", owner="Human rights",
                planned_on=clock.today() + dt.timedelta(days=self.draw.randrange(3)),
            )  # fmt: skip
        self._visit(case)
        self._try(lambda: self._deliver(case))
        if self.chance(0.05):
            desk.move(case, "watch")
        elif self.chance(0.03):
            self._suspend(case)
        elif self.chance(0.03):
            desk.move(case, "complete", "planner")

    def _deliver(self, case: SupportCase) -> None:
        if not self.chance(0.6):
            return
        desk = self.desk
        given = desk.handed(
            self.draw.randrange(50, 400), what="Goods", quantity_unit=case.quantity_unit,
            value=money(self.draw.randrange(100, 900)) if self.chance(0.8) else None,
            currency=self.draw.choice(("USD", "EUR")),
        )  # fmt: skip
        one = self.draw.choice(desk.kept(case))
        row = deliver(actor=desk["planner"], recipient=one, handed=given)
        if self.chance(0.1):
            correct_delivery(actor=desk["planner"], delivery=row, reason="Written twice.")

    def _monitored(self, case: SupportCase) -> None:
        self._visit(case)
        if self.chance(0.4):
            intercede(
                actor=self.desk["human_rights"], case=case, way=self.draw.choice(("letter",
                "meeting")), addressee="Minister", text="Beatings.", asked="Investigate.",
                response_due=clock.today() + dt.timedelta(days=self.draw.randrange(1, 6)),
            )  # fmt: skip

    def _interceded(self, case: SupportCase) -> None:
        raised = Intercession.objects.filter(case=case, responded_on__isnull=True).first()
        if raised is not None and self.chance(0.3):
            record_response(
                actor=self.desk["human_rights"], intercession=raised, response="An inquiry.",
                enough=self.chance(0.6),
            )  # fmt: skip
        elif raised is None and self.chance(0.5):
            self.desk.move(case, "settle")
        elif self.chance(0.1):
            self._suspend(case)

    def _suspended(self, case: SupportCase) -> None:
        if self.chance(0.2):
            for order in Suspension.objects.filter(case=case, ended_on__isnull=True):
                reinstate(actor=self.desk["leader_2"], suspension=order, reason="An inquiry.")

    def _suspend(self, case: SupportCase) -> None:
        suspend_case(
            actor=self.desk["leader"], case=case, reason="A pattern.", told_host="Conduct."
        )
        self._tell(case, "suspended")

    def _tell(self, case: SupportCase, kind: str) -> None:
        tell_host(
            actor=self.desk["human_rights"], mission=self.desk.mission, kind=kind, case=case,
            addressee="Minister", text="Conduct.", what_would_change="Trials.",
        )  # fmt: skip

    def _visit(self, case: SupportCase) -> None:
        for one in Visit.objects.filter(case=case, done_on__isnull=True):
            if one.planned_on <= clock.today() and self.chance(0.6):
                report_visit(
                    actor=self.desk["human_rights"], visit=one, done_on=clock.today(),
                    access=self.draw.choice(("full", "full", "partial", "refused")),
                    seen="Tanks.", signs=["diverted"] if self.chance(0.2) else [],
                )  # fmt: skip

    def _settle(self) -> None:
        for one in list(SupportTask.objects.filter(done_at__isnull=True).order_by("id")):
            if self.chance(0.25):
                outcome = "no_change" if one.case_id else "settled"
                settle_task(
                    actor=self.desk["human_rights"], task=one, outcome=outcome, words="Looked at."
                )

    def _answered_from_outside(self) -> None:
        for one in HostNotice.objects.filter(replied_on__isnull=True):
            if self.chance(0.1):
                record_reply(actor=self.desk["human_rights"], notice=one, reply="Noted.")

    def _around(self) -> None:
        if self.chance(0.2):
            unit = self.draw.choice((None, *self.units[:4]))
            report_unassessed(
                actor=self.desk["planner"], mission=self.desk.mission, kind="transport",
                named="A platoon", unit=unit, handed=self.desk.handed(1, quantity_unit="flights"),
            )  # fmt: skip
