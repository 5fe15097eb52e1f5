"""Pages of facts: the time line with its filters, the way to one fact, files."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.exports import table_response
from primacy.rooms.cases.exports import COLUMNS, fact_rows
from primacy.rooms.cases.models import Fact
from primacy.rooms.cases.queries import conflicts, facts, themes
from primacy.rooms.cases.reading import fact_lines, theme_words
from primacy.rooms.places.facade import Page, open_page

PAGE_SIZE = 40


def fact_list(request: HttpRequest, mission: str) -> HttpResponse:
    """The time line of sourced facts up to the day."""
    page = open_page(request, mission)
    rows = _asked(request, page)
    everything = facts(page.viewer, page.mission)
    listed = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = page.context(
        place="case",
        title=_("Facts"),
        purpose=_(
            "What the sources say, in order of time, each with its source and how it is known."
        ),
        crumbs=[(_("Case study"), reverse("case", args=[mission]) + f"?as_of={page.as_of}")],
        listed=listed,
        lines=fact_lines(listed.object_list, conflicts(page.viewer, page.mission)),
        count=rows.count(),
        later=everything.filter(date_from__gt=page.as_of).count(),
        last_day=everything.order_by("-date_from").values_list("date_from", flat=True).first(),
        themes=[(code, theme_words(code), n) for code, n in themes(page.viewer, page.mission)],
        places=sorted(set(everything.values_list("place", flat=True))),
        wanted={name: request.GET.get(name, "").strip() for name in ("theme", "place", "text")},
    )
    return render(request, "cases/facts.html", context)


def fact(request: HttpRequest, mission: str, reference: str) -> HttpResponse:
    """To the fact in the time line: its page, on a day by which it had begun."""
    page = open_page(request, mission)
    everything = facts(page.viewer, page.mission)
    found = everything.filter(reference=reference).first()
    if found is None:
        raise Http404
    day = max(page.as_of, found.date_from)
    before = everything.filter(
        Q(date_from__lt=found.date_from)
        | Q(date_from=found.date_from, reference__lt=found.reference)
    ).count()
    asked = urlencode({"as_of": day.isoformat(), "page": before // PAGE_SIZE + 1})
    address = reverse("case-facts", args=[mission])
    return redirect(f"{address}?{asked}#{found.reference}")


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """The facts that the page shows, as CSV or XLSX."""
    page = open_page(request, mission)
    rows = fact_rows(_asked(request, page))
    name = f"facts-{page.mission.code}-{page.as_of.isoformat()}"
    return table_response(form, name=name, columns=COLUMNS, rows=rows, sheet=_("Facts"))


def _asked(request: HttpRequest, page: Page) -> QuerySet[Fact]:
    """The facts up to the day that fit the filters."""
    return facts(
        page.viewer,
        page.mission,
        until=page.as_of,
        theme=request.GET.get("theme", "").strip(),
        place=request.GET.get("place", "").strip(),
        text=request.GET.get("text", "").strip(),
    )
