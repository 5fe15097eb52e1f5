"""Acts on a request: draft and change it, its recipients, the scope of the policy."""

import datetime as dt
import decimal
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Denied, Marking, Viewer, require
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import Person
from primacy.rooms.places.facade import Area, Mission
from primacy.rooms.support.clearance import can_read
from primacy.rooms.support.errors import BadRequest, MoveRefused
from primacy.rooms.support.models import (
    CaseMove,
    CaseState,
    CountryFramework,
    PolicyVersion,
    Recipient,
    RecipientKind,
    SupportCase,
    SupportKind,
)
from primacy.rooms.support.scope import against_scope
from primacy.rooms.support.snapshots import snapshots_of

REQUEST, VALIDATE = "support.request", "support.validate"
CHANGEABLE = (CaseState.DRAFT,)
RESOLVABLE = (CaseState.DRAFT, CaseState.SUBMITTED, CaseState.VALIDATED)


@dataclass(frozen=True)
class RequestTerms:
    """What is asked for."""

    title: str
    kind: str
    starts_on: dt.date
    ends_on: dt.date
    asked_for_by: str
    place: str = ""
    area: Area | None = None
    quantity: decimal.Decimal | None = None
    quantity_unit: str = ""
    budget: decimal.Decimal | None = None
    currency: str = ""
    budget_line: str = ""
    respond_by: dt.date | None = None
    objective: str = ""
    absorption: str = ""
    baseline: str = ""
    sustainment: str = ""
    cost_year_3: decimal.Decimal | None = None
    cost_year_5: decimal.Decimal | None = None


@dataclass(frozen=True)
class NewRecipient:
    """Who would receive: a record of the register, or a name until somebody finds it there."""

    kind: str
    named: str = ""
    unit: Unit | None = None
    person: Person | None = None
    service_number: str = ""
    born: str = ""
    attached_from: dt.date | None = None
    attached_until: dt.date | None = None


def draft_request(
    *,
    actor: Viewer,
    mission: Mission,
    terms: RequestTerms,
    recipients: Sequence[NewRecipient] = (),
    marking: Marking = Marking.CONFIDENTIAL,
) -> SupportCase:
    """The draft of a request, under the procedure and framework now in force."""
    require(actor, REQUEST, mission.pk)
    reasons = against_terms(terms) + [r for one in recipients for r in against_recipient(one)]
    policy = PolicyVersion.objects.filter(mission=mission, in_force_from__lte=clock.today()).first()
    if policy is None:
        reasons.append(
            _("No procedure is in force: the human rights component puts one in force first.")
        )
    if reasons or policy is None:
        raise BadRequest(" ".join(reasons))
    with transaction.atomic():
        Mission.objects.select_for_update(no_key=True).get(pk=mission.pk)
        last = SupportCase.objects.filter(mission=mission).aggregate(n=Max("number"))["n"] or 0
        now = clock.now()
        case = SupportCase.objects.create(
            mission=mission,
            number=last + 1,
            policy=policy,
            framework=CountryFramework.objects.filter(
                mission=mission, in_force_from__lte=clock.today()
            ).first(),
            requester_id=actor.account_id,
            state_since=now,
            due_on=now.date() + dt.timedelta(days=int(policy.clocks.get("draft", 30))),
            marking=max(marking, Marking.CONFIDENTIAL),
            recorded_by_id=actor.account_id,
            **fields_of(terms),
        )
        if keep_as_closely(case, [one for r in recipients for one in (r.unit, r.person)]):
            case.save(update_fields=["marking", "compartment"])
        Recipient.objects.bulk_create(_row(case, one, actor.account_id) for one in recipients)
        CaseMove.objects.create(
            case=case, act="draft", before="", after=CaseState.DRAFT, round=1,
            by=actor.label[:250], recorded_by_id=actor.account_id,
        )  # fmt: skip
        record(actor, "support.case.draft", case, {"number": case.number, "kind": case.kind})
    return case


def change_request(*, actor: Viewer, case: SupportCase, terms: RequestTerms) -> SupportCase:
    """The draft with other terms; who changes it is its requester from then on."""
    require(actor, REQUEST, case.mission_id)
    reasons = against_terms(terms)
    with transaction.atomic():
        case = locked(actor, case, CHANGEABLE)
        if reasons:
            raise BadRequest(" ".join(reasons))
        for name, value in fields_of(terms).items():
            setattr(case, name, value)
        case.requester_id = actor.account_id
        case.save()
        record(actor, "support.case.change", case, {"number": case.number})
    return case


def add_recipient(*, actor: Viewer, case: SupportCase, recipient: NewRecipient) -> Recipient:
    """A further recipient of a draft."""
    require(actor, REQUEST, case.mission_id)
    reasons = against_recipient(recipient)
    with transaction.atomic():
        case = locked(actor, case, CHANGEABLE)
        if reasons:
            raise BadRequest(" ".join(reasons))
        row = _row(case, recipient, actor.account_id)
        row.save()
        if keep_as_closely(case, [row.unit, row.person]):
            case.save(update_fields=["marking", "compartment"])
        record(actor, "support.recipient.add", case, {"kind": row.kind})
    return row


def resolve_recipient(
    *,
    actor: Viewer,
    recipient: Recipient,
    unit: Unit | None = None,
    person: Person | None = None,
) -> Recipient:
    """The recipient as a record of the register, found there by a person and not by a name."""
    mission_id = recipient.case.mission_id
    require(actor, VALIDATE if actor.has(VALIDATE, mission_id) else REQUEST, mission_id)
    with transaction.atomic():
        case = locked(actor, recipient.case, RESOLVABLE)
        row = Recipient.objects.select_for_update(no_key=True).get(pk=recipient.pk)
        if row.kind == RecipientKind.PERSON:
            if person is None and row.person_id is None:
                raise BadRequest(_("Choose the person in the register."))
            row.person = person or row.person
            row.unit = unit or row.unit
        else:
            if unit is None:
                raise BadRequest(_("Choose the unit in the register."))
            row.unit = unit
        row.command = {}
        row.save()
        if keep_as_closely(case, [row.unit, row.person]):
            case.save(update_fields=["marking", "compartment"])
        record(actor, "support.recipient.resolve", recipient.case, {"recipient": str(row.pk)})
    return row


def note_command(*, actor: Viewer, case: SupportCase) -> SupportCase:
    """The case with who commands each recipient at the start, as the register has it, or unknown.

    It is what later changes of command are held against.
    """
    mission_id = case.mission_id
    require(actor, VALIDATE if actor.has(VALIDATE, mission_id) else REQUEST, mission_id)
    rows = list(case.recipients.select_related("unit", "person"))
    day = max(clock.today(), case.starts_on)
    seen = snapshots_of(case.mission, rows, day, case.policy.levels_above)
    with transaction.atomic():
        locked(actor, case)
        for row in rows:
            if row.resolved:
                Recipient.objects.filter(pk=row.pk).update(command=seen.get(row.pk, {}))
        record(actor, "support.recipient.command", case, {"day": day.isoformat()})
    return case


def exclude_recipient(*, actor: Viewer, recipient: Recipient, reason: str) -> Recipient:
    """The recipient, left out of the case with a reason; nothing may be handed to it under it."""
    mission_id = recipient.case.mission_id
    require(actor, VALIDATE if actor.has(VALIDATE, mission_id) else REQUEST, mission_id)
    if not reason.strip():
        raise BadRequest(_("Say why this recipient is left out."))
    with transaction.atomic():
        locked(actor, recipient.case)
        row = Recipient.objects.select_for_update(no_key=True).get(pk=recipient.pk)
        row.excluded, row.excluded_reason = True, reason.strip()
        row.save(update_fields=["excluded", "excluded_reason"])
        record(actor, "support.recipient.exclude", recipient.case, {"recipient": str(row.pk)})
    return row


def determine_scope(*, actor: Viewer, case: SupportCase, clause: str, reason: str) -> SupportCase:
    """The case with the clause of the policy that decides its scope, and why."""
    require(actor, VALIDATE, case.mission_id)
    kinds = set(case.recipients.values_list("kind", flat=True))
    reasons = against_scope(clause, reason, case.kind, kinds)
    if actor.account_id is None:
        reasons.append(_("A named person determines the scope: act with an account."))
    with transaction.atomic():
        case = locked(actor, case, (CaseState.SUBMITTED,))
        if reasons:
            raise MoveRefused(reasons)
        case.clause, case.scope_reason = clause, reason.strip()
        case.scoper_id = actor.account_id
        case.save(update_fields=["clause", "scope_reason", "scoper"])
        record(actor, "support.case.scope", case, {"clause": clause})
    return case


def against_terms(terms: RequestTerms) -> list[str]:
    """Reasons against the terms of a request, whatever its state."""
    reasons = []
    if terms.kind not in SupportKind.values:
        reasons.append(
            _("'%(kind)s' is no kind of support. There are: %(known)s.")
            % {"kind": terms.kind[:20], "known": ", ".join(SupportKind.values)}
        )
    if terms.starts_on > terms.ends_on:
        reasons.append(_("The support ends before it starts."))
    if not terms.title.strip():
        reasons.append(_("Give the request a title."))
    for name in ("quantity", "budget", "cost_year_3", "cost_year_5"):
        value = getattr(terms, name)
        if value is not None and (not value.is_finite() or value < 0):
            reasons.append(_("Quantities and money are not negative."))
            break
    if terms.budget is not None and not (len(terms.currency) == 3 and terms.currency.isalpha()):
        reasons.append(_("Give the currency of the budget as three letters, e.g. USD."))
    return reasons


def against_recipient(one: NewRecipient) -> list[str]:
    """Reasons against a recipient as it is named."""
    reasons = []
    if one.kind not in RecipientKind.values:
        reasons.append(_("A recipient is a unit, a person or an authority."))
    if not (one.named.strip() or one.unit is not None or one.person is not None):
        reasons.append(_("Name the recipient."))
    if (
        one.kind == RecipientKind.PERSON
        and one.unit is not None
        and not (one.person is not None or one.named.strip())
    ):
        reasons.append(_("Name the person, not only the unit."))
    first, last = one.attached_from, one.attached_until
    if first is not None and last is not None and first > last:
        reasons.append(_("The attachment ends before it begins."))
    return reasons


def fields_of(terms: RequestTerms) -> dict[str, object]:
    """The columns that terms fill."""
    plain = replace(
        terms,
        title=" ".join(terms.title.split())[:200],
        asked_for_by=" ".join(terms.asked_for_by.split())[:200],
        place=" ".join(terms.place.split())[:200],
        currency=terms.currency.upper()[:3],
    )
    return dict(vars(plain))


def keep_as_closely(case: SupportCase, named: Sequence[Unit | Person | None]) -> bool:
    """True where the case was marked anew: nobody reads it who may not read whom it names."""
    before = case.marking, case.compartment_id
    for one in named:
        if one is None:
            continue
        case.marking = max(case.marking, one.marking)
        if one.compartment_id is not None and case.compartment_id not in (
            None, one.compartment_id,
        ):  # fmt: skip
            raise BadRequest(
                _("These recipients stand in different compartments: ask for each in a case of "
                  "its own.")
            )  # fmt: skip
        case.compartment_id = case.compartment_id or one.compartment_id
    return (case.marking, case.compartment_id) != before


def locked(who: Viewer, case: SupportCase, states: Sequence[str] = ()) -> SupportCase:
    """The case as it stands now, held until the transaction ends; refused to who may not read it.

    The caller holds the transaction. `states`: the ones in which the act makes sense.
    """
    row = (
        SupportCase.objects.select_for_update(of=("self",), no_key=True)
        .select_related("policy", "mission")
        .get(pk=case.pk)
    )
    if not can_read(who, row):
        raise Denied(_("This case is not open to you. Nothing was changed."))
    if states and row.state not in states:
        raise MoveRefused(
            [
                _("This cannot be done while the case is '%(state)s'.")
                % {"state": row.get_state_display()}
            ]
        )
    return row


def _row(case: SupportCase, one: NewRecipient, by: uuid.UUID | None) -> Recipient:
    named = one.named.strip() or str(one.person or one.unit)
    return Recipient(
        case=case,
        kind=one.kind,
        named=" ".join(named.split())[:250],
        service_number=one.service_number.strip()[:60],
        born=one.born.strip()[:30],
        unit=one.unit,
        person=one.person,
        attached_from=one.attached_from,
        attached_until=one.attached_until,
        recorded_by_id=by,
    )
