"""The page of the exchange, and the files it hands out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.as_of import end_of, parse_as_of
from primacy.platform.exports import safe_name
from primacy.rooms.exchange.exports import content, packed_entities, packed_sheets
from primacy.rooms.exchange.exports.content import SEE_PERSONS
from primacy.rooms.places.facade import open_page

FORMS = {"sheets": packed_sheets, "followthemoney": packed_entities}


def overview(request: HttpRequest, mission: str) -> HttpResponse:
    """What can be taken out and brought in, and by whom."""
    page = open_page(request, mission)
    context = page.context(
        place="forces",
        title=_("Exchange"),
        purpose=_("The register for and from other registers. Claims keep their sources."),
        crumbs=[(_("Forces"), reverse("forces", args=[mission]))],
        sees_persons=page.viewer.has(SEE_PERSONS, page.mission.pk),
        may_import=page.viewer.has("imports.run", page.mission.pk)
        and page.viewer.has("forces.edit", page.mission.pk),
        today=page.today,
    )
    return render(request, "exchange/overview.html", context)


def export(request: HttpRequest, mission: str, form: str) -> HttpResponse:
    """The register as one .zip: what the viewer may see, as it was known on a day."""
    page = open_page(request, mission)
    if form not in FORMS:
        raise Http404
    known_on = request.GET.get("known_on", "").strip()
    found = content(
        page.viewer,
        page.mission,
        known_at=end_of(parse_as_of(known_on, page.today)) if known_on else None,
        with_persons=request.GET.get("persons") == "yes",
    )
    name = f"{page.mission.code}-{form}-{known_on or page.today.isoformat()}-{found.marking.name}"
    response = HttpResponse(FORMS[form](page.viewer, found), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{safe_name(name.lower())}.zip"'
    return response
