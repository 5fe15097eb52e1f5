"""The steps of an alert: each by its table, past its guards, at its time, on record."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Site
from primacy.rooms.support.facade import NotCleared, ask_gate
from primacy.rooms.warning.actions.holding import (
    last_time,
    locked,
    make_step,
    moment_of,
    named_person,
    refuse_where_held,
)
from primacy.rooms.warning.asking import asker_for_unit, kept_of
from primacy.rooms.warning.errors import BadAlert, NotToBeTold, StepRefused
from primacy.rooms.warning.models import (
    Alert,
    AlertState,
    Certainty,
    Credibility,
    Decision,
    Reliability,
    Responder,
    ResponseKind,
    Severity,
    Tasking,
    Threat,
    Urgency,
    Verification,
)
from primacy.rooms.warning.queries import alerts
from primacy.rooms.warning.rules import Asked
from primacy.rooms.warning.shield import is_kept

DESK = "warning.desk"
PLAIN = frozenset({"acknowledge", "monitor", "pass_on", "depart", "arrive", "stand_down", "part",
                   "feed_back", "reopen"})  # fmt: skip
"""Steps with nothing but a time and a reason; the others come with more: see their own acts."""


WORDS: dict[str, type[TextChoices]] = {
    "severity": Severity, "urgency": Urgency, "certainty": Certainty,
    "verification": Verification, "threat": Threat, "reliability": Reliability,
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """How an alert is judged; empty fields stay as they are."""

    severity: str = ""
    urgency: str = ""
    certainty: str = ""
    verification: str = ""
    threat: str = ""
    reliability: str = ""
    credibility: int | None = None


@dataclass(frozen=True)
class Sent:
    """Who is sent, to do what, from where."""

    responder: str
    kind: str
    named: str
    unit: Unit | None = None
    post: Site | None = None
    km: float | None = None
    minutes: float | None = None
    method: str = ""
    purpose: str = "joint_operation"


def triage(
    *, actor: Viewer, alert: Alert, judged: Judged, at: dt.datetime | None = None, reason: str = ""
) -> Alert:
    """The alert as judged; it may be judged again as long as nobody was sent."""
    require(actor, DESK, alert.mission_id)
    changes = _changes(judged)
    with transaction.atomic():
        alert = locked(actor, alert)
        _pass(alert, "triage", at, reason)
        make_step(actor, alert, "triage", happened_at=moment_of(at), reason=reason,
                  changes=changes)  # fmt: skip
        record(actor, "warning.alert.triage", alert, {"urgency": alert.urgency})
    return alert


def move_alert(
    *, actor: Viewer, alert: Alert, act: str, at: dt.datetime | None = None, reason: str = ""
) -> Alert:
    """The alert after a step that has nothing but a time and a reason."""
    require(actor, DESK, alert.mission_id)
    if act not in PLAIN:
        raise StepRefused([_("'%(act)s' is no step by itself.") % {"act": act[:30]}])
    by = named_person(actor)
    with transaction.atomic():
        alert = locked(actor, alert)
        _pass(alert, act, at, reason)
        make_step(actor, alert, act, happened_at=moment_of(at), reason=reason,
                  changes=_of_plain(alert, act, by))  # fmt: skip
        if act == "stand_down":
            standing = Tasking.objects.filter(alert=alert, stood_down_at__isnull=True)
            standing.update(stood_down_at=moment_of(at), result=reason.strip())
        record(actor, "warning.alert.move", alert, {"act": act, "after": alert.state})
    return alert


def hand_over(*, actor: Viewer, alert: Alert, to: Account, reason: str = "") -> Alert:
    """The alert with another owner, who may learn of it and works at the desk."""
    require(actor, DESK, alert.mission_id)
    new = viewer_of(to)
    with transaction.atomic():
        alert = locked(actor, alert)
        _pass(alert, "hand_over", None, reason)
        if not new.has(DESK, alert.mission_id) or not _may_learn(new, alert):
            raise BadAlert(_("This person does not work at the desk, or may not see this alert."))
        make_step(actor, alert, "hand_over", happened_at=clock.now(), reason=reason,
                  changes={"owner_id": to.pk})  # fmt: skip
        record(actor, "warning.alert.hand_over", alert, {})
    return alert


def task(
    *, actor: Viewer, alert: Alert, sent: Sent, at: dt.datetime | None = None, reason: str = ""
) -> Tasking:
    """Who is sent. A host-state unit only past the shield and the support gate.

    `NotToBeTold` where the alert is kept from the unit; `NotCleared` where the gate says no or
    does not know: nothing is then changed.
    """
    require(actor, DESK, alert.mission_id)
    by = named_person(actor)
    reasons = _against_sent(sent)
    if reasons:
        raise BadAlert(" ".join(reasons))
    moment = moment_of(at)
    with transaction.atomic():
        # The alert is locked before the gate is passed and the audit log is held, never after.
        alert = locked(actor, alert)
        _pass(alert, "task", at, reason)
        clearance = None
        if sent.responder == Responder.HOST_UNIT and sent.unit is not None:
            _require_may_be_told(actor, alert, sent.unit)
            clearance, found = ask_gate(
                actor=actor, mission=alert.mission, purpose=sent.purpose, day=moment.date(),
                unit=sent.unit,
            )  # fmt: skip
            if not found.lets_through:
                raise NotCleared(found.reasons)
        row = Tasking.objects.create(
            alert=alert, responder=sent.responder, kind=sent.kind,
            named=" ".join(sent.named.split())[:200], unit=sent.unit, post=sent.post,
            clearance=clearance, km=sent.km, minutes=sent.minutes, method=sent.method[:20],
            tasked_at=moment, recorded_by_id=by,
        )  # fmt: skip
        make_step(actor, alert, "task", happened_at=moment, reason=reason,
                  changes={"decision": Decision.RESPOND.value, "no_action": ""})  # fmt: skip
        record(actor, "warning.alert.task", alert, {"responder": sent.responder})
    return row


def close(
    *,
    actor: Viewer,
    alert: Alert,
    outcome: str,
    no_action: str = "",
    reason: str = "",
    at: dt.datetime | None = None,
    watch_until: dt.date | None = None,
) -> Alert:
    """The alert with its outcome; where nobody was sent, with why nothing was done."""
    require(actor, DESK, alert.mission_id)
    with transaction.atomic():
        alert = locked(actor, alert)
        responded = alert.decision in (Decision.RESPOND, Decision.PASS_ON)
        _pass(alert, "close", at, reason, outcome=outcome, no_action=no_action,
              responded=responded)  # fmt: skip
        changes: dict[str, object] = {"outcome": outcome, "watch_until": watch_until}
        if not responded:
            changes |= {"decision": Decision.NO_ACTION.value, "no_action": no_action}
        make_step(actor, alert, "close", happened_at=moment_of(at), reason=reason,
                  changes=changes)  # fmt: skip
        record(actor, "warning.alert.close", alert, {"outcome": outcome})
    return alert


def join(*, actor: Viewer, alert: Alert, to: Alert, reason: str) -> Alert:
    """The alert joined to another that tells of the same; it can be parted again."""
    require(actor, DESK, alert.mission_id)
    with transaction.atomic():
        kept, alert = locked(actor, to), locked(actor, alert)
        _pass(alert, "join", None, reason)
        if kept.pk == alert.pk or kept.mission_id != alert.mission_id:
            raise BadAlert(_("An alert is joined to another one of the same mission."))
        if kept.state == AlertState.MERGED:
            raise BadAlert(_("That alert is joined to another itself. Join this one to that."))
        if kept_of(alert) != kept_of(kept):
            # Whoever reads one would learn of the other.
            raise NotToBeTold(
                _("The two accuse, or are kept from, different people. Keep them apart, or enter "
                  "the same on both first.")
            )  # fmt: skip
        make_step(actor, alert, "join", happened_at=clock.now(), reason=reason,
                  changes={"joined_to_id": kept.pk})  # fmt: skip
        record(actor, "warning.alert.join", alert, {"to": kept.number})
    return alert


def _pass(
    alert: Alert,
    act: str,
    at: dt.datetime | None,
    reason: str,
    *,
    outcome: str = "",
    no_action: str = "",
    responded: bool = False,
) -> None:
    asked = Asked(reason=reason, outcome=outcome, no_action=no_action, responded=responded,
                  happened_at=at, last_at=last_time(alert), now=clock.now())  # fmt: skip
    refuse_where_held(alert, act, asked)


def _of_plain(alert: Alert, act: str, by: object) -> dict[str, object]:
    """What a plain step changes beside the state and its time."""
    if act == "acknowledge":
        return {"owner_id": by}
    if act == "monitor":
        return {"decision": Decision.MONITOR.value}
    if act == "pass_on":
        return {"decision": Decision.PASS_ON.value}
    if act == "part":
        return {"joined_to_id": None}
    if act == "stand_down":
        return {"tasked_at": None, "departed_at": None, "decision": ""}
    if act == "reopen":
        return {"closed_at": None, "fed_back_at": None, "outcome": "", "no_action": "",
                "decision": "", "tasked_at": None, "departed_at": None,
                "on_site_at": None}  # fmt: skip
    return {}


def _changes(judged: Judged) -> dict[str, object]:
    changes: dict[str, object] = {}
    wrong = []
    for name, choices in WORDS.items():
        value = getattr(judged, name)
        if not value:
            continue
        if value not in choices.values:
            wrong.append(_("'%(value)s' is not one of the words for %(name)s.")
                         % {"value": value[:20], "name": name})  # fmt: skip
        changes[name] = value
    if judged.credibility is not None:
        if judged.credibility not in Credibility.values:
            wrong.append(_("Grade the information from 1 to 6."))
        changes["credibility"] = judged.credibility
    if wrong:
        raise BadAlert(" ".join(wrong))
    return changes


def _against_sent(sent: Sent) -> list[str]:
    reasons = []
    if sent.responder not in Responder.values:
        reasons.append(_("Say who answers."))
    if sent.kind not in ResponseKind.values:
        reasons.append(_("Say what the answer is."))
    if not sent.named.strip():
        reasons.append(_("Name who is sent."))
    if sent.responder == Responder.HOST_UNIT and sent.unit is None:
        reasons.append(_("Choose the unit of the register: its clearance is asked for."))
    if sent.responder != Responder.HOST_UNIT and sent.unit is not None and (
        sent.unit.side == "local"
    ):  # fmt: skip
        reasons.append(_("This unit belongs to the host state: send it as such."))
    return reasons


def _require_may_be_told(who: Viewer, alert: Alert, unit: Unit) -> None:
    """Nothing, where the unit may learn of the alert; `NotToBeTold` otherwise."""
    if is_kept(kept_of(alert), asker_for_unit(unit, alert.mission)):
        raise NotToBeTold(
            _("This alert is kept from %(unit)s: it, or somebody above or below it, is accused. "
              "Choose another responder.")
            % {"unit": unit.name}
        )  # fmt: skip


def _may_learn(viewer: Viewer, alert: Alert) -> bool:
    return alerts(viewer, alert.mission).filter(pk=alert.pk).exists()
