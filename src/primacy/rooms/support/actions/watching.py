"""The second half of the policy: visits, intercession, what the host state is told."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.language.dates import long_day
from primacy.platform.policy import Denied, Marking, Viewer, may_read, require
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.actions.acting import named_person
from primacy.rooms.support.actions.adding import add_task
from primacy.rooms.support.actions.locks import pass_gate
from primacy.rooms.support.actions.moves import make_move, refuse_where_held
from primacy.rooms.support.actions.requests import locked
from primacy.rooms.support.elements import SIGN_CODES, SIGNS
from primacy.rooms.support.errors import BadRequest
from primacy.rooms.support.models import (
    CaseState,
    HostNotice,
    Intercession,
    SupportCase,
    TaskKind,
    Visit,
)

MONITOR, SUSPEND = "support.monitor", "support.suspend"
ACCESS = ("full", "partial", "refused")
NOTICES = ("policy", "refused", "suspended", "reinstated", "withdrawn")


def plan_visit(
    *, actor: Viewer, case: SupportCase, planned_on: dt.date, what: str, owner: str
) -> Visit:
    """A monitoring visit that somebody is to make."""
    require(actor, MONITOR, case.mission_id)
    if not what.strip() or not owner.strip():
        raise BadRequest(_("A visit has something to look at and an owner."))
    with transaction.atomic():
        case = locked(actor, case)
        row = Visit.objects.create(
            case=case, planned_on=planned_on, what=" ".join(what.split())[:300],
            owner=" ".join(owner.split())[:200], recorded_by_id=actor.account_id,
        )  # fmt: skip
        record(actor, "support.visit.plan", case, {"on": planned_on.isoformat()})
    return row


def report_visit(
    *,
    actor: Viewer,
    visit: Visit,
    done_on: dt.date,
    access: str,
    seen: str,
    signs: Sequence[str] = (),
) -> Visit:
    """The visit with what was seen; refused access and each early-warning sign raise a task."""
    require(actor, MONITOR, visit.case.mission_id)
    by = named_person(actor)
    reasons = []
    if access not in ACCESS:
        reasons.append(_("Say whether access was full, partial or refused."))
    if not seen.strip():
        reasons.append(_("Say what was seen, or why access was refused."))
    if done_on > clock.today():
        reasons.append(_("A visit cannot be reported before it was made."))
    unknown = set(signs) - SIGN_CODES
    if unknown:
        reasons.append(_("'%(sign)s' is no early-warning sign.") % {"sign": min(unknown)[:20]})
    if reasons:
        raise BadRequest(" ".join(reasons))
    titles = dict(SIGNS)
    with transaction.atomic():
        case = locked(actor, visit.case)
        row = Visit.objects.select_for_update(no_key=True).get(pk=visit.pk)
        if row.done_on is not None:
            raise BadRequest(_("This visit is reported already."))
        row.done_on, row.access, row.seen = done_on, access, seen.strip()
        row.signs, row.done_by_id = sorted(set(signs)), by
        row.save()
        raised = sorted(set(signs) | ({"access"} if access == "refused" else set()))
        for sign in raised:
            words = _("Seen on the visit of %(day)s: %(sign)s. Look whether support may go on.") % {
                "day": long_day(done_on), "sign": titles[sign],
            }  # fmt: skip
            add_task(mission=case.mission, case=case, kind=TaskKind.SIGN,
                     key=f"sign:{row.pk}:{sign}", reason=words)  # fmt: skip
        record(actor, "support.visit.report", case, {"access": access, "signs": len(raised)})
    return row


def intercede(
    *,
    actor: Viewer,
    case: SupportCase,
    way: str,
    addressee: str,
    text: str,
    asked: str,
    response_due: dt.date,
    made_on: dt.date | None = None,
) -> Intercession:
    """Violations raised with the authorities, in a letter or a meeting; the case waits for them."""
    require(actor, MONITOR, case.mission_id)
    by = named_person(actor)
    day = made_on or clock.today()
    reasons = []
    if way not in ("letter", "meeting"):
        reasons.append(_("It was raised in a letter or in a meeting."))
    if not (addressee.strip() and text.strip() and asked.strip()):
        reasons.append(_("Say with whom it was raised, what was said, and what is asked of them."))
    if response_due < day:
        reasons.append(_("The response is due before it was asked for."))
    if reasons:
        raise BadRequest(" ".join(reasons))
    with transaction.atomic():
        pass_gate(case.mission_id, alone=True)
        case = locked(actor, case, (CaseState.MONITORED, CaseState.INTERCEDED))
        row = Intercession.objects.create(
            case=case, way=way, addressee=" ".join(addressee.split())[:200], made_on=day,
            text=text.strip(), asked=asked.strip(), response_due=response_due, by_id=by,
            recorded_by_id=by,
        )  # fmt: skip
        if case.state == CaseState.MONITORED:
            refuse_where_held(actor, case, "intercede", asked)
            make_move(actor, case, "intercede", asked)
        record(actor, "support.case.intercede", case, {"way": way})
    return row


def record_response(
    *,
    actor: Viewer,
    intercession: Intercession,
    response: str,
    enough: bool,
    responded_on: dt.date | None = None,
) -> Intercession:
    """What the authorities answered, and whether it ends the violations."""
    require(actor, MONITOR, intercession.case.mission_id)
    named_person(actor)
    if not response.strip():
        raise BadRequest(_("Write down the response, or that none came."))
    with transaction.atomic():
        case = locked(actor, intercession.case)
        row = Intercession.objects.select_for_update(no_key=True).get(pk=intercession.pk)
        if row.responded_on is not None:
            raise BadRequest(_("The response is on record already."))
        row.responded_on = responded_on or clock.today()
        row.response, row.enough = response.strip(), enough
        row.save(update_fields=["responded_on", "response", "enough"])
        record(actor, "support.case.response", case, {"enough": enough})
    return row


def tell_host(
    *,
    actor: Viewer,
    mission: Mission,
    kind: str,
    addressee: str,
    text: str,
    what_would_change: str = "",
    case: SupportCase | None = None,
    unit: Unit | None = None,
    sent_on: dt.date | None = None,
) -> HostNotice:
    """What the host state is told: the reasons that due process needs, no sources and no names."""
    right = SUSPEND if actor.has(SUSPEND, mission.pk) else MONITOR
    require(actor, right, mission.pk)
    reasons = []
    if kind not in NOTICES:
        reasons.append(_("Choose what the notice is about."))
    if not addressee.strip() or not text.strip():
        reasons.append(_("A notice has an addressee and a text."))
    if kind in ("refused", "suspended", "withdrawn") and not what_would_change.strip():
        reasons.append(_("Say what would change the decision."))
    if reasons:
        raise BadRequest(" ".join(reasons))
    with transaction.atomic():
        if case is not None:
            case = locked(actor, case)
        row = HostNotice.objects.create(
            mission=mission, case=case, case_number=case.number if case is not None else None,
            unit=unit, kind=kind, addressee=" ".join(addressee.split())[:200], text=text.strip(),
            what_would_change=what_would_change.strip(), sent_on=sent_on or clock.today(),
            marking=Marking.INTERNAL, recorded_by_id=actor.account_id,
        )  # fmt: skip
        record(actor, "support.notice.send", row, {"kind": kind})
    return row


def record_reply(
    *, actor: Viewer, notice: HostNotice, reply: str, replied_on: dt.date | None = None
) -> HostNotice:
    """What the host state replied to a notice."""
    require(actor, MONITOR, notice.mission_id)
    if not reply.strip():
        raise BadRequest(_("Write down the reply."))
    if not may_read(
        actor, "support.view", mission_id=notice.mission_id, open_to_guests=False,
        marking=notice.marking, compartment_id=notice.compartment_id,
    ):  # fmt: skip
        raise Denied(_("This notice is not open to you. Nothing was changed."))
    with transaction.atomic():
        row = HostNotice.objects.select_for_update(no_key=True).get(pk=notice.pk)
        row.reply, row.replied_on = reply.strip(), replied_on or clock.today()
        row.save(update_fields=["reply", "replied_on"])
        record(actor, "support.notice.reply", row, {})
    return row
