"""Acts that stop support: findings, suspensions, the stop list; and that let it go on again."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.whole import seen_whole
from primacy.platform.audit.actions import record
from primacy.platform.policy import Denied, Marking, Viewer, may_read, require
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import Person
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.actions.acting import named_person
from primacy.rooms.support.actions.locks import pass_gate
from primacy.rooms.support.actions.moves import make_move, refuse_where_held
from primacy.rooms.support.actions.requests import locked
from primacy.rooms.support.errors import BadRequest, MoveRefused
from primacy.rooms.support.models import (
    CaseState,
    FindingTest,
    GraveFinding,
    Recipient,
    StopEntry,
    SupportCase,
    Suspension,
)
from primacy.rooms.support.rules import IN_FORCE
from primacy.rooms.support.standing import units_below

FIND, SUSPEND = "support.find", "support.suspend"


@dataclass(frozen=True)
class Ended:
    """What came of lifting a suspension: cases in force again, and what holds others back."""

    suspension: Suspension
    in_force: tuple[SupportCase, ...]
    held: tuple[tuple[SupportCase, tuple[str, ...]], ...]


def record_finding(
    *,
    actor: Viewer,
    mission: Mission,
    test: str,
    basis: str,
    source_title: str,
    unit: Unit | None = None,
    person: Person | None = None,
    found_on: dt.date | None = None,
    marking: Marking = Marking.CONFIDENTIAL,
) -> GraveFinding:
    """A standing finding of grave violations; from now on nothing goes to whom it reaches."""
    require(actor, FIND, mission.pk)
    by = named_person(actor)
    day = found_on or clock.today()
    reasons = _against_subject(unit, person)
    if test not in FindingTest.values:
        reasons.append(_("Choose the test of the policy that is met."))
    if not basis.strip():
        reasons.append(_("Say what was found, and on which verified incidents."))
    if day > clock.today():
        reasons.append(_("A finding cannot be of a day to come."))
    if reasons:
        raise BadRequest(" ".join(reasons))
    below = units_below(mission, unit, clock.today()) if unit is not None else []
    with transaction.atomic():
        pass_gate(mission.pk, alone=True)
        source = ensure_source(
            actor=actor, mission_id=mission.pk, title=source_title, marking=marking
        )
        finding = GraveFinding.objects.create(
            mission=mission, unit=unit, person=person, test=test, basis=basis.strip(),
            found_on=day, source=source, marking=max(marking, Marking.CONFIDENTIAL),
            recorded_by_id=by,
        )  # fmt: skip
        _list(mission, unit, person, below, finding=finding, by=by)
        record(actor, "support.finding.record", finding, {"test": test})
    return finding


def lift_finding(*, actor: Viewer, finding: GraveFinding, reason: str) -> GraveFinding:
    """The finding, lifted by another person than the one who recorded it."""
    require(actor, FIND, finding.mission_id)
    by = named_person(actor)
    if not reason.strip():
        raise BadRequest(_("Say why the finding no longer stands."))
    _require_reader(actor, finding)
    with transaction.atomic():
        pass_gate(finding.mission_id, alone=True)
        row = GraveFinding.objects.select_for_update(no_key=True).get(pk=finding.pk)
        if row.lifted_on is not None:
            raise BadRequest(_("This finding is lifted already."))
        if row.recorded_by_id == by:
            raise MoveRefused([_("You recorded this finding: somebody else must lift it.")])
        row.lifted_on, row.lifted_reason, row.lifted_by_id = clock.today(), reason.strip(), by
        row.save(update_fields=["lifted_on", "lifted_reason", "lifted_by"])
        StopEntry.objects.filter(finding=row, lifted_at__isnull=True).update(lifted_at=clock.now())
        record(actor, "support.finding.lift", row, {})
    return row


def suspend(
    *,
    actor: Viewer,
    mission: Mission,
    reason: str,
    told_host: str,
    unit: Unit | None = None,
    person: Person | None = None,
    exempt: Collection[Unit] = (),
) -> Suspension:
    """An order that stops all support to a unit and those below it, or to a person, at once.

    Cases in force whose recipients are all stopped are suspended in the same transaction.
    """
    require(actor, SUSPEND, mission.pk)
    by = named_person(actor)
    reasons = _against_subject(unit, person)
    if not reason.strip():
        reasons.append(_("Give the reason for the suspension."))
    if not told_host.strip():
        reasons.append(_("Say what the host state is told: the reason, without sources."))
    if reasons:
        raise BadRequest(" ".join(reasons))
    below = units_below(mission, unit, clock.today()) if unit is not None else []
    spared = {one.pk for one in exempt}
    with transaction.atomic():
        pass_gate(mission.pk, alone=True)
        suspension = Suspension.objects.create(
            mission=mission, unit=unit, person=person, reason=reason.strip(),
            told_host=told_host.strip(), exempt=sorted(str(pk) for pk in spared),
            ordered_by_id=by, marking=Marking.CONFIDENTIAL, recorded_by_id=by,
        )  # fmt: skip
        kept = [pk for pk in below if pk not in spared]
        _list(mission, unit, person, kept, suspension=suspension, by=by)
        stopped = _suspend_cases(actor, mission, suspension, reason)
        body = {"below": len(kept), "exempt": len(spared), "cases": [c.number for c in stopped]}
        record(actor, "support.suspension.order", suspension, body)
    return suspension


def suspend_case(*, actor: Viewer, case: SupportCase, reason: str, told_host: str) -> SupportCase:
    """The case, suspended, with an order against each of its recipients."""
    require(actor, SUSPEND, case.mission_id)
    by = named_person(actor)
    if not told_host.strip():
        raise BadRequest(_("Say what the host state is told: the reason, without sources."))
    kept = list(case.recipients.filter(excluded=False).select_related("unit", "person"))
    today = clock.today()
    below = {
        one.pk: units_below(case.mission, one.unit, today)
        for one in kept
        if one.unit is not None and one.kind != "person"
    }
    with transaction.atomic():
        pass_gate(case.mission_id, alone=True)
        case = locked(actor, case)
        refuse_where_held(actor, case, "suspend", reason)
        orders = []
        for one in kept:
            unit = one.unit if one.kind != "person" else None
            person = one.person if one.kind == "person" else None
            order = Suspension.objects.create(
                mission=case.mission, case=case, unit=unit, person=person,
                reason=reason.strip(), told_host=told_host.strip(), ordered_by_id=by,
                marking=max(Marking.CONFIDENTIAL, case.marking), recorded_by_id=by,
            )  # fmt: skip
            _list(case.mission, unit, person, below.get(one.pk, []), suspension=order, by=by)
            orders.append(order)
        make_move(actor, case, "suspend", reason)
        record(actor, "support.case.suspend", case, {"orders": len(orders)})
    return case


def reinstate(*, actor: Viewer, suspension: Suspension, reason: str) -> Ended:
    """The suspension, lifted by another person; cases go on where every guard lets them."""
    require(actor, SUSPEND, suspension.mission_id)
    by = named_person(actor)
    if not reason.strip():
        raise BadRequest(_("Say why support may go on."))
    _require_reader(actor, suspension)
    with transaction.atomic():
        pass_gate(suspension.mission_id, alone=True)
        row = Suspension.objects.select_for_update(no_key=True).get(pk=suspension.pk)
        # Support that was withdrawn leaves its stops standing: another person may lift those too.
        if row.ended_on is not None and not row.entries.filter(lifted_at__isnull=True).exists():
            raise BadRequest(_("This suspension has ended already."))
        if row.ordered_by_id == by:
            raise MoveRefused([_("You ordered the suspension: somebody else must lift it.")])
        _end(row, "reinstated", reason, by)
        in_force: list[SupportCase] = []
        held: list[tuple[SupportCase, tuple[str, ...]]] = []
        for case in _suspended_cases(row):
            if _still_ordered(case):
                held.append((case, (_("Another suspension of this case stands."),)))
                continue
            try:
                refuse_where_held(actor, case, "reinstate", reason)
            except MoveRefused as problem:
                held.append((case, problem.reasons))
                continue
            make_move(actor, case, "reinstate", reason)
            in_force.append(case)
        body = {"in_force": [c.number for c in in_force], "held": [c.number for c, _r in held]}
        record(actor, "support.suspension.reinstate", row, body)
    return Ended(row, tuple(in_force), tuple(held))


def withdraw_support(*, actor: Viewer, case: SupportCase, reason: str) -> SupportCase:
    """The suspended case, ended for good, after the authorities were told; its stops stay."""
    require(actor, SUSPEND, case.mission_id)
    by = named_person(actor)
    with transaction.atomic():
        pass_gate(case.mission_id, alone=True)
        case = locked(actor, case)
        refuse_where_held(actor, case, "withdraw", reason)
        for order in Suspension.objects.filter(case=case, ended_on__isnull=True):
            order.ended_on, order.ended_as = clock.today(), "withdrawn"
            order.end_reason, order.ended_by_id = reason.strip(), by
            order.save(update_fields=["ended_on", "ended_as", "end_reason", "ended_by"])
        make_move(actor, case, "withdraw", reason)
        record(actor, "support.case.withdraw", case, {})
    return case


def _against_subject(unit: Unit | None, person: Person | None) -> list[str]:
    if (unit is None) == (person is None):
        return [_("Name one unit or one person.")]
    return []


def _list(
    mission: Mission,
    unit: Unit | None,
    person: Person | None,
    below: Sequence[uuid.UUID],
    *,
    by: uuid.UUID,
    suspension: Suspension | None = None,
    finding: GraveFinding | None = None,
) -> None:
    """Nothing; puts a subject and the units below it on the stop list."""
    common = {
        "mission": mission, "suspension": suspension, "finding": finding,
        "since": clock.today(), "marking": Marking.INTERNAL, "recorded_by_id": by,
    }  # fmt: skip
    rows = [StopEntry(unit=unit, person=person, **common)]
    rows += [StopEntry(unit_id=pk, inherited=True, **common) for pk in below]
    StopEntry.objects.bulk_create(rows)


def _end(row: Suspension, how: str, reason: str, by: uuid.UUID) -> None:
    row.ended_on, row.ended_as = clock.today(), how
    row.end_reason, row.ended_by_id = reason.strip(), by
    row.save(update_fields=["ended_on", "ended_as", "end_reason", "ended_by"])
    StopEntry.objects.filter(suspension=row, lifted_at__isnull=True).update(lifted_at=clock.now())


def _suspend_cases(
    actor: Viewer, mission: Mission, suspension: Suspension, reason: str
) -> list[SupportCase]:
    """Cases in force of whose recipients nobody is left, now suspended."""
    with seen_whole(mission.pk):
        units = set(suspension.entries.values_list("unit_id", flat=True))
        persons = set(suspension.entries.values_list("person_id", flat=True))
        rows = list(
            Recipient.objects.filter(
                case__mission=mission, case__state__in=IN_FORCE, excluded=False
            ).values_list("case_id", "kind", "unit_id", "person_id")
        )
        hit: set[uuid.UUID] = set()
        left: set[uuid.UUID] = set()
        for case_id, _kind, unit, person in rows:
            caught = (unit in units and unit is not None) or (
                person in persons and person is not None
            )
            (hit if caught else left).add(case_id)
        found = list(
            SupportCase.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk__in=hit - left, state__in=IN_FORCE)
            .select_related("policy", "mission")
        )
        for case in found:
            make_move(actor, case, "suspend", reason)
    return found


def _suspended_cases(row: Suspension) -> list[SupportCase]:
    """The suspended cases that an order bears on: its own, or those of whom it names."""
    with seen_whole(row.mission_id):
        entries = list(row.entries.values_list("unit_id", "person_id"))
        units = {unit for unit, _person in entries if unit}
        persons = {person for _unit, person in entries if person}
        named = Recipient.objects.filter(case__mission_id=row.mission_id, excluded=False)
        ids = set(named.filter(unit_id__in=units).values_list("case_id", flat=True))
        ids |= set(named.filter(person_id__in=persons).values_list("case_id", flat=True))
        return list(
            SupportCase.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk__in=ids, state=CaseState.SUSPENDED)
            .select_related("policy", "mission")
        )


def _still_ordered(case: SupportCase) -> bool:
    return Suspension.objects.filter(case=case, ended_on__isnull=True).exists()


def _require_reader(actor: Viewer, row: GraveFinding | Suspension) -> None:
    if not may_read(
        actor,
        "support.view",
        mission_id=row.mission_id,
        open_to_guests=False,
        marking=row.marking,
        compartment_id=row.compartment_id,
    ):
        raise Denied(_("This record is not open to you. Nothing was changed."))
