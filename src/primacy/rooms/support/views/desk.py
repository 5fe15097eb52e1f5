"""The screening desk: one recipient at a time, answered with a few keys."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.policy import Marking, require
from primacy.rooms.places.facade import Page, open_page
from primacy.rooms.support.actions.screening import answer_for
from primacy.rooms.support.beside import highest, record_of
from primacy.rooms.support.desk import SCREEN, Waiting, own_offices, waiting
from primacy.rooms.support.errors import NoSuchSupport, SupportError
from primacy.rooms.support.forms_risk import AnswerForm
from primacy.rooms.support.models import ScreeningAnswer
from primacy.rooms.support.queries import (
    answer_by_id,
    last_answers,
    office_by_id,
    recipient_by_id,
)

LISTED = 30


def desk(request: HttpRequest, mission: str) -> HttpResponse:
    """What waits for the viewer's offices, and the card of one recipient."""
    page = open_page(request, mission)
    require(page.viewer, SCREEN, page.mission.pk)
    form: AnswerForm | None = None
    if request.method == "POST":
        form = AnswerForm(request.POST)
        if form.is_valid():
            after = _answered(request, page, form)
            if after is not None:
                return after
    return _shown(request, page, form)


def _answered(request: HttpRequest, page: Page, form: AnswerForm) -> HttpResponse | None:
    """Back to the desk with the next card; None where it was refused, and the form says why."""
    values = form.cleaned_data
    queue = _queue(page)
    at = _position(queue, f"{values['recipient']}.{values['office']}")
    following = queue[at + 1] if at + 1 < len(queue) else queue[0] if at > 0 else None
    try:
        recipient = recipient_by_id(page.viewer, page.mission, values["recipient"])
        office = office_by_id(page.viewer, page.mission, values["office"])
        earlier = None
        if values["prefilled_from"]:
            earlier = answer_by_id(page.viewer, page.mission, values["prefilled_from"])
        answer_for(
            actor=page.viewer, recipient=recipient, office=office, colour=values["colour"],
            reason=values["reason"], searched=values["searched"], prefilled_from=earlier,
        )  # fmt: skip
    except NoSuchSupport:
        raise
    except SupportError as problem:
        form.add_error(None, str(problem))
        return None
    messages.success(
        request,
        _("%(office)s answered on %(who)s.") % {"office": office.name, "who": recipient.named},
    )
    address = reverse("support-desk", args=[page.mission.code])
    return redirect(f"{address}?at={following.key}" if following is not None else address)


def _shown(
    request: HttpRequest, page: Page, bound: AnswerForm | None, status: int = 200
) -> HttpResponse:
    """The desk with one card; a form that was refused stands on its card as it was typed."""
    queue = _queue(page)
    asked = request.GET.get("at", "")
    if bound is not None:
        asked = f"{bound['recipient'].value()}.{bound['office'].value()}"
        if asked not in {one.key for one in queue}:
            # The card is gone, answered by somebody else meanwhile: nothing to show the form on.
            return _gone(request, page, bound)
    at = _position(queue, asked)
    here = queue[at] if queue else None
    address = reverse("support-desk", args=[page.mission.code])
    earlier = last_answers(page.viewer, here.recipient, here.office) if here else None
    blocks = record_of(page.viewer, here.recipient) if here else ()
    context = page.context(
        place="support",
        title=_("Screening desk"),
        purpose=_(
            "Answer for your office: one recipient at a time, with what is on record beside."
        ),
        crumbs=[(_("Support"), reverse("support", args=[page.mission.code]))],
        marking=Marking(max(here.recipient.case.marking, highest(blocks))) if here else None,
        offices=own_offices(page.viewer, page.mission),
        here=here,
        number=at + 1,
        total=len(queue),
        listed=queue[at : at + LISTED],
        previous=f"{address}?at={queue[at - 1].key}" if at > 0 else "",
        following=f"{address}?at={queue[at + 1].key}" if at + 1 < len(queue) else "",
        form=(bound or _card(here, earlier)) if here else None,
        earlier=earlier,
        blocks=blocks,
    )
    refused = bound is not None and bool(bound.errors)
    return render(request, "support/desk.html", context, status=400 if refused else status)


def _gone(request: HttpRequest, page: Page, bound: AnswerForm) -> HttpResponse:
    for texts in bound.errors.values():
        for text in texts:
            messages.error(request, str(text))
    return _shown(request, page, None, 400)


def _queue(page: Page) -> list[Waiting]:
    offices = own_offices(page.viewer, page.mission)
    return waiting(page.viewer, page.mission, offices, page.today)


def _position(queue: list[Waiting], key: str) -> int:
    """Where the asked card stands; the first where it is answered already or not asked."""
    return next((at for at, one in enumerate(queue) if one.key == key), 0)


def _card(here: Waiting, earlier: ScreeningAnswer | None) -> AnswerForm:
    """The form of a card, with the office's last answer as a draft.

    What was searched, and up to which day, is not taken over: it was searched for another day.
    """
    initial: dict[str, object] = {"recipient": here.recipient.pk, "office": here.office.pk}
    if earlier is not None:
        initial |= {
            "colour": earlier.colour,
            "reason": earlier.reason,
            "prefilled_from": earlier.pk,
        }
    return AnswerForm(initial=initial)
