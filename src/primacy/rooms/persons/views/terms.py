"""Ranks and roles: the mission's own, and what is shipped for its country."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.platform.policy import require
from primacy.rooms.persons.actions import keep_term, withdraw_term
from primacy.rooms.persons.errors import BadTerm
from primacy.rooms.persons.forms import TermForm
from primacy.rooms.persons.models import Commands
from primacy.rooms.persons.queries import terms
from primacy.rooms.persons.rights import KEEP, VIEW
from primacy.rooms.persons.vocabulary import RANKS, ROLES, languages_of
from primacy.rooms.places.facade import open_page


def vocabulary(request: HttpRequest, mission: str) -> HttpResponse:
    """What ranks and roles mean here; entering one of the country's."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    may_keep = page.viewer.has(KEEP, page.mission.pk)
    form = TermForm(request.POST or None) if may_keep else None
    if request.method == "POST":
        require(page.viewer, KEEP, page.mission.pk)
        if form is not None and form.is_valid():
            values = form.cleaned_data
            try:
                keep_term(
                    actor=page.viewer, mission=page.mission, kind=values["kind"],
                    words=values["words"], level=values["level"], commands=values["commands"],
                    source_title=values["source"],
                )  # fmt: skip
            except BadTerm as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, _("The entry holds from now on."))
                return redirect("persons-terms", mission=mission)
    language = languages_of(page.mission.country_code)[0]
    context = page.context(
        place="persons",
        title=_("Ranks and roles"),
        purpose=_("What the words of a posting mean: who commands, and who is senior."),
        crumbs=[(_("Persons"), reverse("persons", args=[mission]))],
        own=list(terms(page.viewer, page.mission)),
        roles=[(Commands(says).label, words.replace(";", ",")) for says, words
               in ROLES[language].items()],
        ranks=[(level, words.replace(";", ",")) for level, words in reversed(RANKS[language])],
        form=form,
        may_keep=may_keep,
    )  # fmt: skip
    return render(request, "persons/terms.html", context)


@require_POST
def withdraw(request: HttpRequest, mission: str, pk: str) -> HttpResponse:
    """Withdraws the mission's own entry; what is shipped holds again."""
    page = open_page(request, mission)
    require(page.viewer, KEEP, page.mission.pk)
    row = terms(page.viewer, page.mission).filter(pk=pk).first()
    if row is not None:
        withdraw_term(actor=page.viewer, term=row)
        messages.success(request, _("The entry is withdrawn; what is shipped holds again."))
    return redirect("persons-terms", mission=mission)
