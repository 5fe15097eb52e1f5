"""Acts of screening offices and of those who put their answers together."""

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Denied, Viewer, require
from primacy.rooms.support.actions.acting import named_person
from primacy.rooms.support.actions.requests import locked
from primacy.rooms.support.errors import BadRequest
from primacy.rooms.support.models import (
    CaseState,
    Colour,
    Consolidation,
    Recipient,
    ScreeningAnswer,
    ScreeningOffice,
)

SCREEN, CONSOLIDATE = "support.screen", "support.consolidate"


def answer_for(
    *,
    actor: Viewer,
    recipient: Recipient,
    office: ScreeningOffice,
    colour: str,
    reason: str,
    searched: str = "",
    prefilled_from: ScreeningAnswer | None = None,
) -> ScreeningAnswer:
    """The answer of an office on a recipient. It counts from now on, the one before no more.

    An answer that is taken over from an earlier case counts only because somebody confirms it here.
    """
    require(actor, SCREEN, recipient.case.mission_id)
    _require_of_office(actor, office)
    by = named_person(actor)
    if colour not in Colour.values:
        raise BadRequest(
            _("'%(colour)s' is no answer. There are: %(known)s.")
            % {"colour": colour[:20], "known": ", ".join(Colour.values)}
        )
    if not reason.strip():
        raise BadRequest(_("Give the reason: what was found, or what was searched and not found."))
    if colour == Colour.GREEN and not searched.strip():
        raise BadRequest(
            _("Say what was searched and up to which day: nothing found is never simply clean.")
        )
    with transaction.atomic():
        case = locked(actor, recipient.case, (CaseState.SCREENING,))
        if office.policy_id != case.policy_id:
            raise BadRequest(_("This office does not answer under the procedure of this case."))
        if recipient.excluded:
            raise BadRequest(_("This recipient is left out of the case: nothing to answer."))
        row = ScreeningAnswer.objects.create(
            case=case,
            recipient=recipient,
            office=office,
            round=case.round,
            colour=colour,
            reason=reason.strip(),
            searched=" ".join(searched.split())[:300],
            answered_on=clock.today(),
            prefilled_from=prefilled_from,
            by_id=by,
            recorded_by_id=by,
        )
        # The log is read by those who keep the server: which office answered, not what.
        record(actor, "support.screening.answer", case, {"office": office.code})
    return row


def recommend(
    *,
    actor: Viewer,
    recipient: Recipient,
    colour: str,
    commentary: str,
    nominated: bool = False,
) -> Consolidation:
    """The one recommendation on a recipient, beside the answers of all offices."""
    require(actor, CONSOLIDATE, recipient.case.mission_id)
    by = named_person(actor)
    if colour not in Colour.values or colour == Colour.PENDING:
        raise BadRequest(_("A recommendation is green, yellow or red."))
    if not commentary.strip():
        raise BadRequest(_("Say on what the recommendation rests."))
    with transaction.atomic():
        case = locked(actor, recipient.case, (CaseState.CONSOLIDATED,))
        row = Consolidation.objects.create(
            case=case,
            recipient=recipient,
            round=case.round,
            colour=colour,
            commentary=commentary.strip(),
            nominated=nominated,
            by_id=by,
            recorded_by_id=by,
        )
        record(actor, "support.screening.recommend", case, {"nominated": nominated})
    return row


def _require_of_office(actor: Viewer, office: ScreeningOffice) -> None:
    """Only the office's own people answer for it."""
    if office.organisation_id is not None and office.organisation_id != actor.organisation_id:
        raise Denied(
            _("Only people of %(organisation)s answer for %(office)s.")
            % {"organisation": office.organisation, "office": office.name}
        )
