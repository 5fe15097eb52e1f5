"""The annual report counted once more, by plain loops over rows, without anything of the report.

Each function gives the rows of one table as they should be: the words of a row, then its figures.
"""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from primacy.rooms.support.models import (
    CaseMove,
    CaseState,
    Condition,
    ConditionKind,
    Consolidation,
    Delivery,
    FindingTest,
    GraveFinding,
    HostNotice,
    Intercession,
    RecipientRuling,
    RiskAssessment,
    RiskLevel,
    Ruling,
    ScreeningAnswer,
    Standing,
    SupportCase,
    SupportDecision,
    SupportKind,
    SupportTask,
    Suspension,
    TaskKind,
    Visit,
    Waiver,
)

ENDED = ("out_of_scope", "not_approved", "withdrawn", "completed", "cancelled")


def half(days):
    """The middle of some days, one decimal."""
    some = sorted(days)
    if not some:
        return None
    n = len(some)
    return round(some[n // 2] if n % 2 else (some[n // 2 - 1] + some[n // 2]) / 2, 1)


def most(days):
    """The least number of days that nine in ten do not exceed."""
    some = sorted(days)
    for one in some:
        if sum(other <= one for other in some) >= 0.9 * len(some):
            return round(one, 1)
    return None


class Recount:
    """One period, counted on a day."""

    def __init__(self, first: dt.date, last: dt.date, today: dt.date) -> None:
        self.first, self.last, self.today = first, last, today

    def inside(self, day) -> bool:
        if isinstance(day, dt.datetime):
            day = day.date()
        return day is not None and self.first <= day <= self.last

    def moves(self, case):
        return [
            m
            for m in CaseMove.objects.filter(case=case).order_by("id")
            if m.recorded_at.date() <= self.last
        ]

    def requests(self):
        found = defaultdict(int)
        for case in SupportCase.objects.all():
            moves = self.moves(case)
            sent = [m for m in moves if m.act == "submit"]
            if sent and self.inside(sent[0].recorded_at):
                found[SupportKind(case.kind).label, CaseState(moves[-1].after).label] += 1
        return {(*key, n) for key, n in found.items()}

    def states(self):
        stayed, there, late = defaultdict(list), defaultdict(int), defaultdict(int)
        for case in SupportCase.objects.all():
            moves = self.moves(case)
            for at, move in enumerate(moves):
                if at + 1 == len(moves):
                    there[move.after] += 1
                elif self.inside(moves[at + 1].recorded_at):
                    gap = moves[at + 1].recorded_at - move.recorded_at
                    stayed[move.after].append(gap / dt.timedelta(days=1))
            if case.due_on and case.due_on < self.today and case.state not in ENDED:
                late[case.state] += 1
        return {
            (CaseState(s).label, len(stayed[s]), half(stayed[s]), most(stayed[s]), there[s],
             late[s])
            for s in {*stayed, *there, *late}
        }  # fmt: skip

    def offices(self):
        given, waiting = defaultdict(list), defaultdict(list)
        for case in SupportCase.objects.all():
            limit = case.policy.clocks["screening"]
            asked = [(m.recorded_at, m.recorded_at.date()) for m in self.moves(case)
                     if m.after == "screening"]  # fmt: skip
            for office in case.policy.offices.all():
                for one in case.recipients.all():
                    for number in range(1, case.round + 1):
                        rows = ScreeningAnswer.objects.filter(
                            recipient=one, office=office, round=number
                        ).order_by("id")
                        said = [r for r in rows if r.colour != "pending"]
                        if said and self.inside(said[0].answered_on):
                            day = [d for at, d in asked if at <= said[0].recorded_at][-1]
                            given[office.name].append(((said[0].answered_on - day).days, limit))
                        if (case.state == "screening" and number == case.round and not said
                                and not one.excluded and asked):  # fmt: skip
                            waiting[office.name].append(((self.today - asked[-1][1]).days, limit))
        return {
            (name, len(given[name]), half([float(d) for d, _l in given[name]]),
             most([float(d) for d, _l in given[name]]), sum(d > limit for d, limit in given[name]),
             len(waiting[name]), sum(d > limit for d, limit in waiting[name]))
            for name in {*given, *waiting}
        }  # fmt: skip

    def decisions(self):
        found = defaultdict(int)
        for one in SupportDecision.objects.all():
            if self.inside(one.decided_on):
                forms = RiskAssessment.objects.filter(case=one.case, round=one.round)
                level = forms.order_by("id").last().level_after
                found[Ruling(one.ruling).label, RiskLevel(level).label] += 1
        return {(*key, n) for key, n in found.items()}

    def conditions(self):
        found = defaultdict(lambda: [0, 0, 0, 0])
        for one in Condition.objects.all():
            line = found[ConditionKind(one.kind).label]
            line[0] += self.inside(one.recorded_at)
            line[1] += one.state == "met" and self.inside(one.met_on)
            waivers = list(one.waivers.order_by("id"))
            line[2] += sum(self.inside(w.recorded_at) for w in waivers)
            open_ = one.state == "open"
            if one.state == "waived":
                open_ = waivers[-1].expires_on < self.today
            going = one.case.state not in ENDED and one.case.round == one.round
            line[3] += open_ and going and one.due_on < self.today
        return {(kind, *line) for kind, line in found.items() if any(line)}

    def waivers(self):
        return {
            (one.condition.case.number, one.authority)
            for one in Waiver.objects.all()
            if self.inside(one.recorded_at)
        }

    def ledger(self):
        """Entries of the period that no other takes back, and all with their turned ones."""
        rows = [d for d in Delivery.objects.order_by("number") if self.inside(d.happens_on)]
        gone = {d.corrects_id for d in rows if d.corrects_id}
        return [d for d in rows if not d.corrects_id and d.pk not in gone], rows

    def deliveries(self):
        kept, rows = self.ledger()
        found = defaultdict(lambda: [0, Decimal(0), 0, 0])
        for one in rows:
            standing = one.corrects.standing if one.corrects else one.standing
            line = found[SupportKind(one.kind).label, Standing(standing).label, one.quantity_unit]
            line[0] += one in kept
            line[1] += one.quantity
            line[2] += one in kept and bool(one.outside)
            line[3] += one.corrects is not None
        return {(*key, *line) for key, line in found.items()}

    def values(self):
        found = {}
        for one in self.ledger()[0]:
            key = (one.currency if one.value is not None else None, Standing(one.standing).label)
            n, total = found.get(key, (0, None))
            if one.value is not None:
                total = (total or Decimal(0)) + one.value
            found[key] = (n + 1, total)
        return {(*key, *line) for key, line in found.items()}

    def units(self):
        found = defaultdict(lambda: [0, 0])
        for one in self.ledger()[0]:
            name = (one.unit.force, one.unit.name) if one.unit else (None, None)
            found[name][one.standing != "accepted"] += 1
        return {(*key, *line) for key, line in found.items()}

    def findings(self):
        found = defaultdict(lambda: [0, 0, 0])
        for one in GraveFinding.objects.all():
            if one.recorded_at.date() <= self.last:
                line = found[FindingTest(one.test).label]
                line[0] += self.inside(one.recorded_at)
                line[1] += self.inside(one.lifted_on)
                line[2] += one.lifted_on is None or one.lifted_on > self.last
        return {(test, *line) for test, line in found.items() if any(line)}

    def suspensions(self):
        words = {"reinstated": "Reinstated", "withdrawn": "Withdrawn", "": "Still in force"}
        days, new = defaultdict(list), defaultdict(int)
        for one in Suspension.objects.all():
            begun = one.recorded_at.date()
            if begun > self.last or (one.ended_on and one.ended_on < self.first):
                continue
            over = one.ended_on is not None and one.ended_on <= self.last
            fate = words[one.ended_as if over else ""]
            days[fate].append(((one.ended_on if over else self.last) - begun).days)
            new[fate] += self.inside(begun)
        return {(f, len(d), new[f], half([float(x) for x in d]), float(max(d)))
                for f, d in days.items()}  # fmt: skip

    def intercessions(self):
        found = defaultdict(lambda: [0] * 6)
        for one in Intercession.objects.all():
            if not self.inside(one.made_on):
                continue
            line = found[one.get_way_display()]
            line[0] += 1
            if one.responded_on is None:
                line[4 if one.response_due < self.today else 3] += 1
            else:
                line[2 if one.responded_on > one.response_due else 1] += 1
            line[5] += bool(one.enough)
        return {(way, *line) for way, line in found.items()}

    def visits(self):
        every = list(Visit.objects.all())
        made = [v for v in every if self.inside(v.done_on)]
        due = [v for v in every if self.inside(v.planned_on)]
        return {
            ("Planned", len(due)),
            ("Made", len(made)),
            ("Full access", len([v for v in made if v.access == "full"])),
            ("Partial access", len([v for v in made if v.access == "partial"])),
            ("Access refused", len([v for v in made if v.access == "refused"])),
            ("With early-warning signs", len([v for v in made if v.signs])),
            ("Past their day and not made",
             len([v for v in due if not v.done_on and v.planned_on < self.today])),
        }  # fmt: skip

    def tasks(self):
        days, raised = defaultdict(list), defaultdict(int)
        for one in SupportTask.objects.all():
            if self.inside(one.raised_on):
                kind = TaskKind(one.kind).label
                raised[kind] += 1
                if one.done_at:
                    days[kind].append(float((one.done_at.date() - one.raised_on).days))
        return {(k, n, len(days[k]), half(days[k]), most(days[k])) for k, n in raised.items()}

    def notices(self):
        days, sent = defaultdict(list), defaultdict(int)
        for one in HostNotice.objects.all():
            if self.inside(one.sent_on):
                sent[one.get_kind_display()] += 1
                if one.replied_on:
                    days[one.get_kind_display()].append(float((one.replied_on - one.sent_on).days))
        return {(kind, n, len(days[kind]), half(days[kind])) for kind, n in sent.items()}

    def overrides(self):
        """By office and month: answered, recommended, agreed with each, milder; and of rulings."""
        order = ("green", "yellow", "red")
        offices, rulings = defaultdict(lambda: [0] * 5), defaultdict(lambda: [0] * 3)
        for ruling in RecipientRuling.objects.all():
            decision = ruling.decision
            if decision.ruling == "deferred" or not self.inside(decision.decided_on):
                continue
            month = decision.decided_on.replace(day=1)
            same = {"recipient": ruling.recipient, "round": decision.round}
            advice = Consolidation.objects.filter(**same).order_by("id").last().colour
            line = rulings[month]
            line[0] += 1
            line[1] += ruling.colour == advice
            line[2] += order.index(ruling.colour) < order.index(advice)
            for office in decision.case.policy.offices.all():
                last = ScreeningAnswer.objects.filter(office=office, **same).order_by("id").last()
                line = offices[office.name, month]
                line[0] += 1
                line[1] += 1
                line[2] += last.colour == advice
                line[3] += last.colour == ruling.colour
                line[4] += order.index(ruling.colour) < order.index(last.colour)
        return (
            {(*key, *line) for key, line in offices.items()},
            {(key, *line) for key, line in rulings.items()},
        )
