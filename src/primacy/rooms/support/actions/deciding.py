"""Acts that judge a case: the risk form, conditions with their waivers, the decision."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.rooms.support.actions.acting import named_person
from primacy.rooms.support.actions.locks import pass_gate
from primacy.rooms.support.actions.moves import make_move, refuse_where_held
from primacy.rooms.support.actions.requests import locked
from primacy.rooms.support.elements import ELEMENTS, highest, level_of
from primacy.rooms.support.errors import BadRequest, MoveRefused
from primacy.rooms.support.models import (
    CaseState,
    Colour,
    Recipient,
    RecipientRuling,
    RiskAssessment,
    Ruling,
    SupportCase,
    SupportDecision,
)

ASSESS, DECIDE = "support.assess", "support.decide"
ASSESSABLE = (CaseState.VALIDATED, CaseState.SCREENING, CaseState.CONSOLIDATED)
ACT_OF = {
    Ruling.APPROVED: "approve",
    Ruling.CONDITIONS: "approve_with_conditions",
    Ruling.NOT_APPROVED: "refuse",
    Ruling.DEFERRED: "defer",
}
LONGEST = dt.timedelta(days=366)
"""An approval is looked at again within a year, whatever it is for."""


@dataclass(frozen=True)
class Risk:
    """One risk, rated before and after the measures against it; ratings count from 1."""

    text: str
    likelihood: int
    severity: int
    measures: str
    likelihood_after: int
    severity_after: int


@dataclass(frozen=True)
class OnRecipient:
    """What a decision says of one recipient."""

    recipient: Recipient
    colour: str
    commentary: str = ""


def assess_risk(
    *,
    actor: Viewer,
    case: SupportCase,
    answers: Mapping[str, str],
    risks: Sequence[Risk] = (),
    real_risk: bool | None = None,
) -> RiskAssessment:
    """A version of the risk form; it may be incomplete, and then says what it lacks."""
    require(actor, ASSESS, case.mission_id)
    by = named_person(actor)
    unknown = set(answers) - {one.code for one in ELEMENTS}
    if unknown:
        raise BadRequest(_("The form has no element '%(code)s'.") % {"code": min(unknown)[:20]})
    with transaction.atomic():
        case = locked(actor, case, ASSESSABLE)
        if by == case.requester_id:
            raise MoveRefused([_("You asked for this support: somebody else must assess it.")])
        matrix = case.policy.matrix
        before = [level_of(matrix, r.likelihood, r.severity) for r in risks]
        after = [level_of(matrix, r.likelihood_after, r.severity_after) for r in risks]
        row = RiskAssessment.objects.create(
            case=case,
            round=case.round,
            framework=case.framework,
            answers={code: text.strip() for code, text in answers.items() if text.strip()},
            risks=[dict(vars(one)) for one in risks],
            level_before=highest(before),
            level_after=highest(after),
            real_risk=real_risk,
            missing=_missing(answers, risks, before, after, real_risk),
            by_id=by,
            recorded_by_id=by,
        )
        case.assessor_id = by
        case.risk = row.level_after
        case.save(update_fields=["assessor", "risk"])
        record(actor, "support.case.assess", case, {"complete": row.complete})
    return row


def decide(
    *,
    actor: Viewer,
    case: SupportCase,
    ruling: str,
    reasons: str,
    valid_until: dt.date | None = None,
    what_would_change: str = "",
    on_recipients: Sequence[OnRecipient] = (),
) -> SupportDecision:
    """The decision on a case, with its reasons and what it says of each recipient.

    Recipients it says nothing of get the colour recommended. Who is given red is left out. An
    approval ends with the support, after a year, or earlier where the decision says so.
    """
    require(actor, DECIDE, case.mission_id)
    by = named_person(actor)
    if ruling not in Ruling.values:
        raise BadRequest(
            _("'%(ruling)s' is no decision. There are: %(known)s.")
            % {"ruling": ruling[:24], "known": ", ".join(Ruling.values)}
        )
    if ruling == Ruling.NOT_APPROVED and not what_would_change.strip():
        raise BadRequest(_("Say what would change the decision: those concerned are told."))
    today = clock.today()
    with transaction.atomic():
        pass_gate(case.mission_id, alone=True)
        case = locked(actor, case)
        said = _said_of(case, on_recipients, today)
        act = ACT_OF[Ruling(ruling)]
        _leave_out_red(case, said)
        refuse_where_held(actor, case, act, reasons)
        until = _until(case, valid_until, today) if act.startswith("approve") else None
        decision = SupportDecision.objects.create(
            case=case,
            round=case.round,
            ruling=ruling,
            reasons=reasons.strip(),
            what_would_change=what_would_change.strip(),
            decided_on=today,
            valid_until=until,
            by_id=by,
            recorded_by_id=by,
        )
        RecipientRuling.objects.bulk_create(
            RecipientRuling(
                decision=decision, recipient_id=pk, colour=colour, commentary=text,
                recorded_by_id=by,
            )
            for pk, (colour, text) in said.items()
        )  # fmt: skip
        case.approved_until = until
        make_move(actor, case, act, reasons)
        record(actor, "support.case.decide", case, {"ruling": ruling, "round": case.round})
    return decision


def _said_of(
    case: SupportCase, given: Sequence[OnRecipient], today: dt.date
) -> dict[uuid.UUID, tuple[str, str]]:
    """Colour and words for each recipient not left out: as given, else as recommended."""
    recommended = {
        row.recipient_id: row.colour
        for row in case.consolidations.filter(round=case.round).order_by("id")
    }
    kept = list(case.recipients.filter(excluded=False).values_list("pk", flat=True))
    said = {pk: (recommended.get(pk, Colour.PENDING.value), "") for pk in kept}
    for one in given:
        if one.recipient.pk not in said:
            raise BadRequest(
                _("%(who)s is no recipient of this case, or is left out of it.")
                % {"who": one.recipient.named}
            )
        if one.colour not in Colour.values or one.colour == Colour.PENDING:
            raise BadRequest(_("Give each recipient green, yellow or red."))
        if one.colour != said[one.recipient.pk][0] and not one.commentary.strip():
            raise BadRequest(
                _("You decide otherwise than recommended on %(who)s: say why.")
                % {"who": one.recipient.named}
            )
        said[one.recipient.pk] = (one.colour, one.commentary.strip())
    return said


def _leave_out_red(case: SupportCase, said: Mapping[uuid.UUID, tuple[str, str]]) -> None:
    """Who is given red is left out, with the words of the decision."""
    for pk, (colour, text) in said.items():
        if colour == Colour.RED and text:
            Recipient.objects.filter(pk=pk).update(excluded=True, excluded_reason=text)


def _until(case: SupportCase, asked: dt.date | None, today: dt.date) -> dt.date:
    last = min(case.ends_on, today + LONGEST)
    if asked is not None and asked < today:
        raise BadRequest(_("The approval would have run out already."))
    return min(asked, last) if asked is not None else last


def _missing(
    answers: Mapping[str, str],
    risks: Sequence[Risk],
    before: Sequence[str],
    after: Sequence[str],
    real_risk: bool | None,
) -> list[str]:
    """What the form lacks, in words."""
    lacks = [str(one.title) for one in ELEMENTS if not answers.get(one.code, "").strip()]
    if not risks:
        lacks.append(_("at least one risk, rated before and after measures"))
    if not all(before) or not all(after):
        lacks.append(_("a rating of each risk within the matrix"))
    if any(b != a and not r.measures.strip() for r, b, a in zip(risks, before, after, strict=True)):
        lacks.append(_("the measures by which a risk gets lower"))
    if real_risk is None:
        lacks.append(_("whether a real risk of grave violations is left after the measures"))
    return lacks
