"""The raw history that the annual report is counted from, read once, as far as it is open."""

import datetime as dt
import math
import statistics
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Q

from primacy.platform import clock
from primacy.platform.database.viewer_scope import computing
from primacy.platform.policy import Viewer, visible
from primacy.rooms.forces.facade import units
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.facts import is_open
from primacy.rooms.support.models import (
    CaseMove,
    CaseState,
    Colour,
    Condition,
    Delivery,
    GraveFinding,
    HostNotice,
    Intercession,
    PolicyVersion,
    Recipient,
    RiskAssessment,
    ScreeningAnswer,
    SupportCase,
    SupportDecision,
    SupportTask,
    Suspension,
    Visit,
    Waiver,
)
from primacy.rooms.support.rules import ENDED

VIEW = "support.view"
DAY = 86_400.0
PENDING = Colour.PENDING.value


@dataclass(frozen=True)
class Move:
    """One move of a case."""

    act: str
    after: str
    moment: dt.datetime


@dataclass(frozen=True)
class Stay:
    """A case in one state, until it moved on; `until` is None where it stands there still."""

    case: uuid.UUID
    state: str
    since: dt.datetime
    until: dt.datetime | None

    @property
    def days(self) -> float | None:
        """How long it lasted."""
        return None if self.until is None else (self.until - self.since).total_seconds() / DAY


@dataclass(frozen=True)
class Entry:
    """An entry of the delivery ledger; a turned one counts where the one it takes back stands."""

    pk: uuid.UUID
    case: uuid.UUID | None
    kind: str
    standing: str
    quantity: Decimal
    quantity_unit: str
    value: Decimal | None
    currency: str
    unit: uuid.UUID | None
    corrects: uuid.UUID | None
    outside: bool


@dataclass(frozen=True)
class Answered:
    """How many days an office took for its first answer on a recipient, and how many it had."""

    code: str
    office: str
    days: int
    clock: int | None


@dataclass(frozen=True)
class History:
    """What is on record of a mission's support up to the end of a period, as the viewer may see."""

    viewer: Viewer
    mission: Mission
    first: dt.date
    last: dt.date
    today: dt.date
    cases: Mapping[uuid.UUID, SupportCase]
    policies: Mapping[uuid.UUID, PolicyVersion]
    moves: Mapping[uuid.UUID, Sequence[Move]]

    def within(self, moment: dt.date | dt.datetime | None) -> bool:
        """True for a day or moment of the period."""
        if moment is None:
            return False
        day = moment.date() if isinstance(moment, dt.datetime) else moment
        return self.first <= day <= self.last

    @property
    def end(self) -> dt.date:
        """The last day of the period that has come."""
        return min(self.last, self.today)

    def state_at_end(self, case: uuid.UUID) -> str | None:
        """Where a case stood at the end of the period; None where it did not exist."""
        moves = self.moves.get(case)
        return moves[-1].after if moves else None

    @cached_property
    def stays(self) -> list[Stay]:
        """Every stay of every case in a state, up to the end of the period."""
        return [
            Stay(case, one.after, one.moment, then.moment if then is not None else None)
            for case, moves in self.moves.items()
            for one, then in zip(moves, (*moves[1:], None), strict=True)
        ]

    def overdue_cases(self) -> list[SupportCase]:
        """The cases that wait longer than their state may last, today."""
        return [
            case
            for case in self.cases.values()
            if case.due_on is not None and case.due_on < self.today and case.state not in ENDED
        ]

    @cached_property
    def decisions(self) -> list[tuple[str, str]]:
        """Rulings of the period, each with the risk level that counted; empty: not known."""
        rows = SupportDecision.objects.filter(
            case__mission=self.mission, decided_on__range=(self.first, self.last)
        )
        made = list(
            visible(self.viewer, rows, VIEW, via="case").values_list("case_id", "round", "ruling")
        )
        asked = RiskAssessment.objects.filter(case__mission=self.mission)
        levels = {
            (case, number): level
            for case, number, level in visible(self.viewer, asked, VIEW, via="case")
            .order_by("id")
            .values_list("case_id", "round", "level_after")
        }
        return [(ruling, levels.get((case, number), "")) for case, number, ruling in made]

    @cached_property
    def conditions(self) -> list[Condition]:
        """Every condition of a case, with its case."""
        rows = Condition.objects.filter(case__mission=self.mission).order_by("id")
        return list(visible(self.viewer, rows, VIEW, via="case"))

    @cached_property
    def waivers(self) -> list[Waiver]:
        """Every waiver, oldest first, with its condition."""
        rows = Waiver.objects.filter(condition__case__mission=self.mission).order_by("id")
        found = visible(self.viewer, rows, VIEW, via="condition__case")
        return list(found.select_related("condition"))

    def overdue_conditions(self) -> list[Condition]:
        """The conditions of cases that go on, past their day today, neither met nor waived."""
        until = {one.condition_id: one.expires_on for one in self.waivers}
        return [
            one
            for one in self.conditions
            if one.due_on < self.today
            and is_open(one, until.get(one.pk), self.today)
            and self.cases[one.case_id].state not in ENDED
            and self.cases[one.case_id].round == one.round
        ]

    @cached_property
    def deliveries(self) -> list[Entry]:
        """The ledger of the period."""
        rows = Delivery.objects.filter(
            mission=self.mission, happens_on__range=(self.first, self.last)
        )
        found = visible(self.viewer, rows, VIEW).order_by("number")
        return [
            Entry(pk, case, kind, of or own, quantity, by.strip(), value, currency,
                  unit or serving, corrects, bool(outside))
            for pk, case, kind, own, of, quantity, by, value, currency, unit, serving, corrects,
            outside in found.values_list(
                "pk", "case_id", "kind", "standing", "corrects__standing", "quantity",
                "quantity_unit", "value", "currency", "unit_id", "recipient__unit_id",
                "corrects_id", "outside",
            )
        ]  # fmt: skip

    @cached_property
    def taken_back(self) -> set[uuid.UUID]:
        """The entries of the period that another one takes back."""
        return {one.corrects for one in self.deliveries if one.corrects is not None}

    @property
    def kept_deliveries(self) -> list[Entry]:
        """The entries of the period that stand."""
        gone = self.taken_back
        return [one for one in self.deliveries if one.corrects is None and one.pk not in gone]

    @cached_property
    def unit_names(self) -> dict[uuid.UUID, tuple[str, str]]:
        """Force and name of the units that received something, as far as they are open."""
        ids = {one.unit for one in self.deliveries if one.unit is not None}
        rows = units(self.viewer, self.mission).filter(pk__in=ids).order_by()
        return {pk: (force, name) for pk, force, name in rows.values_list("pk", "force", "name")}

    @cached_property
    def findings(self) -> list[GraveFinding]:
        """Every finding recorded up to the end of the period."""
        rows = GraveFinding.objects.filter(mission=self.mission, recorded_at__lt=self._after)
        return list(visible(self.viewer, rows, VIEW))

    @cached_property
    def suspensions(self) -> list[Suspension]:
        """The suspensions that stood on some day of the period."""
        rows = Suspension.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=self.first),
            mission=self.mission,
            recorded_at__lt=self._after,
        )
        return list(visible(self.viewer, rows, VIEW))

    @cached_property
    def intercessions(self) -> list[Intercession]:
        """What was raised with the authorities within the period."""
        rows = Intercession.objects.filter(
            case__mission=self.mission, made_on__range=(self.first, self.last)
        )
        return list(visible(self.viewer, rows, VIEW, via="case"))

    @cached_property
    def visits(self) -> list[Visit]:
        """The visits planned for, or made within, the period."""
        span = (self.first, self.last)
        rows = Visit.objects.filter(
            Q(planned_on__range=span) | Q(done_on__range=span), case__mission=self.mission
        )
        return list(visible(self.viewer, rows, VIEW, via="case"))

    @cached_property
    def tasks(self) -> list[SupportTask]:
        """The tasks raised within the period, and those on what was delivered in it."""
        span = (self.first, self.last)
        rows = SupportTask.objects.filter(
            Q(raised_on__range=span) | Q(delivery__happens_on__range=span), mission=self.mission
        )
        return list(visible(self.viewer, rows, VIEW))

    @cached_property
    def notices(self) -> list[HostNotice]:
        """What the host state was told within the period."""
        rows = HostNotice.objects.filter(
            mission=self.mission, sent_on__range=(self.first, self.last)
        )
        return list(visible(self.viewer, rows, VIEW))

    @cached_property
    def answers(self) -> list[Answered]:
        """The first answers that offices gave within the period, with the days they took."""
        rows = ScreeningAnswer.objects.filter(
            case__mission=self.mission, answered_on__lte=self.last
        ).exclude(colour=PENDING)
        found = visible(self.viewer, rows, VIEW, via="case").order_by("id")
        met: set[tuple[object, ...]] = set()
        kept = []
        for case, recipient, number, code, office, day, moment in found.values_list(
            "case_id", "recipient_id", "round", "office__code", "office__name", "answered_on",
            "recorded_at",
        ):  # fmt: skip
            asked = self._asked_on(case, moment)
            if (recipient, number, code) in met or asked is None:
                continue
            met.add((recipient, number, code))
            if self.within(day):
                kept.append(Answered(code, office, (day - asked).days, self.clock_of(case)))
        return kept

    @cached_property
    def unanswered(self) -> list[Answered]:
        """Offices that have not answered on a recipient today, with the days they were asked."""
        rows = Recipient.objects.filter(
            case__mission=self.mission, case__state=CaseState.SCREENING, excluded=False
        )
        found = visible(self.viewer, rows, VIEW, via="case").values_list(
            "case_id", "pk", "case__round", "case__policy__offices__code",
            "case__policy__offices__name",
        )  # fmt: skip
        answers = ScreeningAnswer.objects.filter(
            case__mission=self.mission, case__state=CaseState.SCREENING
        )
        newest = {
            (recipient, number, code): colour
            for recipient, number, code, colour in visible(self.viewer, answers, VIEW, via="case")
            .order_by("id")
            .values_list("recipient_id", "round", "office__code", "colour")
        }
        kept = []
        for case, recipient, number, code, office in found:
            since = self._asked_on(case, None)
            if since is not None and newest.get((recipient, number, code), PENDING) == PENDING:
                days = (self.today - since).days
                kept.append(Answered(code, office, days, self.clock_of(case)))
        return kept

    def clock_of(self, case: uuid.UUID) -> int | None:
        """The days that screening may last in a case; None where its procedure sets none."""
        policy = self.policies.get(self.cases[case].policy_id)
        days = policy.clocks.get(CaseState.SCREENING.value) if policy is not None else None
        return None if days is None else int(days)

    def hidden(self) -> bool:
        """True where cases, deliveries or findings of the mission are closed to the viewer."""
        everywhere, by_mission, general = self.viewer.missions_with(VIEW)
        held = max(by_mission.get(self.mission.pk, 0), general if everywhere else 0)
        with computing(self.mission.pk):
            # What stands in a compartment is not there for outsiders.
            return any(
                model._default_manager.filter(
                    mission=self.mission, compartment__isnull=True, marking__gt=held
                ).exists()
                for model in (SupportCase, Delivery, GraveFinding)
            )

    def _asked_on(self, case: uuid.UUID, before: dt.datetime | None) -> dt.date | None:
        """The day on which a case last came into screening, up to a moment."""
        days = [
            one.moment.date()
            for one in self.moves.get(case, ())
            if one.after == CaseState.SCREENING and (before is None or one.moment <= before)
        ]
        return days[-1] if days else None

    @property
    def _after(self) -> dt.datetime:
        return start_of(self.last + dt.timedelta(days=1))


def history_of(viewer: Viewer, mission: Mission, first: dt.date, last: dt.date) -> History:
    """The cases, procedures and moves of a mission; all else is read when it is asked for."""
    rows = SupportCase.objects.filter(mission=mission).only(
        "mission_id", "number", "kind", "state", "round", "due_on", "policy_id", "marking",
        "compartment_id",
    )  # fmt: skip
    cases = {case.pk: case for case in visible(viewer, rows, VIEW)}
    procedures = PolicyVersion.objects.filter(mission=mission)
    policies = {one.pk: one for one in visible(viewer, procedures, VIEW)}
    after = start_of(last + dt.timedelta(days=1))
    made = CaseMove.objects.filter(case__mission=mission, recorded_at__lt=after)
    moves: dict[uuid.UUID, list[Move]] = defaultdict(list)
    for case, act, state, moment in (
        visible(viewer, made, VIEW, via="case")
        .order_by("id")
        .values_list("case_id", "act", "after", "recorded_at")
    ):
        moves[case].append(Move(act, state, moment))
    return History(viewer, mission, first, last, clock.today(), cases, policies, moves)


def start_of(day: dt.date) -> dt.datetime:
    """The moment a day begins; the site keeps UTC."""
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def middle(days: Iterable[float | None]) -> float | None:
    """The median; None where nothing is known."""
    known = [one for one in days if one is not None]
    return round(float(statistics.median(known)), 1) if known else None


def nine_in_ten(days: Iterable[float | None]) -> float | None:
    """The days within which nine in ten were done (nearest rank); None where nothing is known."""
    known = sorted(one for one in days if one is not None)
    return round(float(known[math.ceil(0.9 * len(known)) - 1]), 1) if known else None
