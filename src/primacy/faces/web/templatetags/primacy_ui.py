"""The components of every page: `{% load primacy_ui %}`.

Each tag documents what it takes; the markup is in `templates/components/`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.http import QueryDict
from django.template.context import Context
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from primacy.faces.web import svg
from primacy.faces.web.svg import axes
from primacy.platform.language.figures import grouped
from primacy.platform.language.nouns import counted
from primacy.platform.language.sentences import said
from primacy.platform.policy import Marking

register = template.Library()

READINESS_WORDS = {
    "ready": gettext_lazy("ready for the next step"),
    "ready_with_conditions": gettext_lazy("ready with conditions"),
    "not_ready": gettext_lazy("not ready"),
    "unknown": gettext_lazy("readiness not known"),
}
METHOD_WORDS = (gettext_noop("self"), gettext_noop("field"))
RESULT_WORDS = {
    "met": gettext_lazy("met"),
    "not_met": gettext_lazy("not met"),
    "unknown": gettext_lazy("unknown"),
    "contested": gettext_lazy("contested"),
}
RESULT_SIGNS = {"met": "✓", "not_met": "✕", "unknown": "?", "contested": "≠"}


@register.inclusion_tag("components/lead_badge.html")
def lead_badge(lead: str | None, words: bool = False) -> dict[str, object]:
    """The letter and fill of who leads; with `words=True` the meaning stands beside it."""
    code = svg.fill_class(lead)
    fill = svg.FILLS[code]
    meaning = _("who leads is not known") if code == "unknown" else fill.words
    return {"code": code, "letter": fill.letter, "meaning": meaning, "words": words}


@register.inclusion_tag("components/readiness_mark.html")
def readiness_mark(readiness: str | None, words: bool = False) -> dict[str, object]:
    """The sign ● ◐ ○ ? of a readiness; with `words=True` the meaning stands beside it."""
    code = readiness if readiness in READINESS_WORDS else "unknown"
    return {
        "sign": svg.readiness_mark(code),
        "meaning": READINESS_WORDS[code or "unknown"],
        "words": words,
    }


@register.inclusion_tag("components/result_mark.html")
def result_mark(result: str | None) -> dict[str, object]:
    """The sign and words of one criterion's result: met, not met, unknown, contested."""
    code = result if result in RESULT_WORDS else "unknown"
    return {
        "code": code,
        "sign": RESULT_SIGNS[code or "unknown"],
        "words": RESULT_WORDS[code or "unknown"],
    }


@register.inclusion_tag("components/age_bar.html")
def age_bar(
    age_days: int | None, allowed_days: int | None = None, words: bool = False
) -> dict[str, object]:
    """The age of evidence as a thin bar that is full at the oldest allowed age."""
    short = _("no evidence") if age_days is None else days_old(age_days)
    meaning = short
    if age_days is not None:
        if allowed_days and age_days > allowed_days:
            short = _("%(age)s, too old") % {"age": short}
        meaning = _("evidence %(age)s") % {"age": short}
        if allowed_days:
            meaning = ngettext(
                "evidence %(age)s (%(n)s day allowed)",
                "evidence %(age)s (%(n)s days allowed)",
                allowed_days,
            ) % {"age": short, "n": grouped(allowed_days)}
    return {
        "bar": svg.age_bar(age_days, allowed_days),
        "short": short,
        "meaning": meaning,
        "words": words,
    }


@register.inclusion_tag("components/marking_badge.html")
def marking_badge(marking: int | str | None) -> dict[str, object]:
    """The marking (classification) of what is shown; nothing for None or an empty string."""
    return {"marking": None if marking in (None, "") else Marking(marking)}


@register.inclusion_tag("components/source_popover.html")
def source_popover(sources: Sequence[object], label: str = "") -> dict[str, object]:
    """The sources of a figure, behind a link-like label (default: how many there are).

    A source is an object or dict with `title` and optionally `publisher`, `date`, `url`, `note`.
    """
    count = len(sources)
    shown = label or ngettext("%(n)s source", "%(n)s sources", count) % {"n": count}
    return {"sources": sources, "label": shown}


@register.inclusion_tag("components/empty_state.html")
def empty_state(
    heading: str, text: str = "", action_label: str = "", action_url: str = ""
) -> dict[str, object]:
    """What to do next on a page that has nothing yet."""
    return {
        "heading": heading,
        "text": text,
        "action_label": action_label,
        "action_url": action_url,
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """All errors of a bound form in one place, each linked to its field; nothing without errors."""
    problems = [
        {
            "id": field.id_for_label or field.auto_id,
            "label": field.label,
            "text": said(strip_tags(str(text))),
        }
        for field in form
        for text in field.errors
    ]
    return {"general": [said(text) for text in form.non_field_errors()], "problems": problems}


@register.inclusion_tag("components/form_field.html")
def form_field(field: BoundField, optional_word: str | None = None) -> dict[str, object]:
    """A field with its label, help and errors; groups of choices become a fieldset."""
    widget = field.field.widget
    word = _("optional") if optional_word is None else optional_word
    return {
        "field": field,
        "is_check": isinstance(widget, CheckboxInput),
        "is_group": isinstance(widget, (RadioSelect, CheckboxSelectMultiple)),
        "optional_word": "" if field.field.required else word,
    }


@register.inclusion_tag("components/stepper.html")
def stepper(steps: Sequence[object]) -> dict[str, object]:
    """Steps of a process: objects or dicts with `label`, `state` and optionally `missing`.

    `state` is done, current, todo or blocked; `missing` lists what stands in the way.
    """
    return {"steps": steps}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Sequence[object]) -> dict[str, object]:
    """Dated facts, one below the other.

    An entry has `date_text` and `text`, and optionally `date` (a date), `heading`, `theme`,
    `place`, `value`, `url` and `sources` (see `source_popover`).
    """
    return {"entries": entries}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(
    context: Context, page: "Page[object]", parameter: str = "page"
) -> dict[str, object]:
    """Links to the other pages of a list, with all other query parameters kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [
        {"number": n, "url": query(context, **{parameter: n}) if isinstance(n, int) else None}
        for n in numbers
    ]
    return {
        "page": page,
        "links": links,
        "previous": query(context, **{parameter: page.number - 1}) if page.has_previous() else "",
        "next": query(context, **{parameter: page.number + 1}) if page.has_next() else "",
    }


@register.inclusion_tag("components/confirmation.html")
def confirmation(
    action_url: str,
    question: str,
    button: str,
    reason_label: str = "",
    cancel_url: str = "",
    danger: bool = True,
) -> dict[str, object]:
    """A form that asks before an act; with `reason_label` also for the reason (`reason`)."""
    return {
        "action_url": action_url,
        "question": question,
        "button": button,
        "reason_label": reason_label,
        "cancel_url": cancel_url,
        "danger": danger,
    }


@register.inclusion_tag("components/table_tools.html", takes_context=True)
def table_tools(
    context: Context, count: int | None = None, noun: str = "rows", **exports: str
) -> dict[str, object]:
    """The line above a table: how many rows, and links to exports (`csv="…" xlsx="…"`).

    The present query parameters are added to each export, so that it holds what is shown.
    """
    kept = query(context, page=None)
    links = [
        {"label": kind.upper(), "url": url + (kept if kept != "?" else "")}
        for kind, url in exports.items()
        if url
    ]
    return {"count": "" if count is None else counted(count, noun), "links": links}


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(
    context: Context, key: str, label: str, numeric: bool = False, parameter: str = "sort"
) -> dict[str, object]:
    """A `<th>` whose link sorts by `key`, the other way round (`-key`) when it does already."""
    present = _parameters(context).get(parameter, "")
    state = {key: "ascending", f"-{key}": "descending"}.get(present, "")
    wanted = f"-{key}" if present == key else key
    url = query(context, **{parameter: wanted, "page": None})
    return {"label": label, "url": url, "state": state, "numeric": numeric}


@register.inclusion_tag("components/evidence_age.html")
def evidence_age(evidence: object) -> dict[str, object]:
    """The line "Evidence: newest 3 days, oldest 214 days"; takes (newest, oldest) or a mapping."""
    newest = oldest = None
    if isinstance(evidence, Mapping):
        newest, oldest = evidence.get("newest"), evidence.get("oldest")
    elif isinstance(evidence, Sequence) and len(evidence) == 2:
        newest, oldest = evidence
    known = isinstance(newest, int) and isinstance(oldest, int)
    return {
        "known": known,
        "newest": days(newest) if isinstance(newest, int) else "",
        "oldest": days(oldest) if isinstance(oldest, int) else "",
    }


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """The present query string with changes: None drops a parameter. Starts with "?"."""
    parameters = _parameters(context).copy()
    for key, value in changes.items():
        if value is None:
            parameters.pop(key, None)
        else:
            parameters[key] = str(value)
    return "?" + parameters.urlencode()


@register.inclusion_tag("components/kept_parameters.html", takes_context=True)
def kept_parameters(context: Context, *dropped: str) -> dict[str, object]:
    """Hidden inputs that carry the present query through a GET form, but for those it sets."""
    pairs = [
        (key, value)
        for key, values in _parameters(context).lists()
        if key not in dropped
        for value in values
    ]
    return {"pairs": pairs}


@register.simple_tag
def swatch(code: str) -> svg.Svg:
    """The fill and letter of a lead or readiness, for legends."""
    return svg.lead_swatch(code)


@register.filter
def days(count: int) -> str:
    """The count with its noun: "today" for 0, "1 day", "214 days"."""
    return _("today") if count == 0 else days_long(count)


@register.filter
def days_long(count: int) -> str:
    """A span of days: "1 day", "214 days"."""
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": grouped(count)}


@register.filter
def days_old(count: int) -> str:
    """The age in words: "from today", "1 day old", "214 days old"."""
    if count == 0:
        return _("from today")
    return ngettext("%(n)s day old", "%(n)s days old", count) % {"n": grouped(count)}


register.filter("said", said)


@register.filter
def said_all(texts: Sequence[object]) -> list[str]:
    """Each text in the reader's language."""
    return [said(text) for text in texts]


@register.filter
def figure(value: float | None) -> str:
    """A figure as short as it can stand; a dash where it is not known."""
    return axes.short_figure(value)


@register.filter
def long_date(day: dt.date | None) -> str:
    """The day in words, such as 1 June 2010; empty for None."""
    return axes.long_date(day) if day else ""


def _parameters(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request is not None else QueryDict()
