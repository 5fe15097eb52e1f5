"""The template tags: what they print for known, unknown and hostile input."""

import datetime as dt

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

TODAY = dt.date(2026, 1, 1)


def page(template: str, address: str = "/", **context: object) -> str:
    request = RequestFactory().get(address)
    loaded = engines["django"].from_string("{% load primacy_ui %}" + template)
    return loaded.template.render(_context(request, context))


def _context(request: object, values: dict[str, object]) -> object:
    from django.template import Context

    return Context({"request": request, **values})


class Observation(forms.Form):
    value = forms.FloatField(label="Officers <present>", help_text="Counted on the day")
    method = forms.ChoiceField(choices=[("self", "Self")], widget=forms.RadioSelect)
    remark = forms.CharField(required=False)


def test_lead_badge_says_in_words_what_the_letter_means() -> None:
    text = page('{% lead_badge "local_overseen" %}')

    assert "L○" in text
    assert "local leads, mission monitors" in text


@pytest.mark.parametrize("lead", [None, "", "nobody"])
def test_lead_that_is_not_known_is_a_question_mark(lead: str | None) -> None:
    text = page("{% lead_badge lead %}", lead=lead)

    assert "lead-unknown" in text
    assert "who leads is not known" in text


def test_unknown_readiness_is_never_shown_as_ready() -> None:
    assert "readiness not known" in page("{% readiness_mark r %}", r=None)


def test_marking_that_was_not_given_prints_nothing() -> None:
    assert page("{% marking_badge marking %}").strip() == ""
    assert "Public" in page("{% marking_badge 0 %}")


def test_evidence_age_is_named_even_where_there_is_none() -> None:
    assert "newest 3 days, oldest 214 days" in page("{% evidence_age e %}", e=(3, 214))
    assert "none on record" in page("{% evidence_age e %}", e=None)


def test_too_old_evidence_is_said_to_be_too_old() -> None:
    assert "too old" in page("{% age_bar 200 120 words=True %}")
    assert "too old" not in page("{% age_bar 20 120 words=True %}")


def test_error_summary_links_to_each_field_and_escapes_labels() -> None:
    text = page("{% error_summary form %}", form=Observation({"value": "many"}))

    assert 'role="alert"' in text
    assert 'href="#id_value"' in text
    assert 'href="#id_method"' in text
    assert "Officers &lt;present&gt;" in text


def test_every_link_of_the_error_summary_has_a_target() -> None:
    form = Observation({"value": "many"})

    text = page("{% for f in form %}{% form_field f %}{% endfor %}", form=form)

    assert 'id="id_value"' in text
    assert 'id="id_method"' in text


def test_field_names_its_help_and_error_to_assistive_tools() -> None:
    text = page("{% form_field form.value %}", form=Observation({"value": "many"}))

    assert 'aria-invalid="true"' in text
    described = text.split('aria-describedby="')[1].split('"')[0].split()
    assert all(f'id="{name}"' in text for name in described)
    assert len(described) == 2


def test_sort_header_turns_round_and_keeps_the_rest_of_the_address() -> None:
    text = page('{% sort_header "name" "Name" %}', "/?as_of=2010-06-01&sort=name&page=3")

    assert 'aria-sort="ascending"' in text
    assert 'href="?as_of=2010-06-01&amp;sort=-name"' in text


def test_kept_parameters_are_escaped_and_leave_out_what_the_form_sets() -> None:
    text = page('{% kept_parameters "as_of" %}', "/?as_of=2010-06-01&q=%22%3E%3Cb%3E")

    assert "as_of" not in text
    assert 'value="&quot;&gt;&lt;b&gt;"' in text


def test_pagination_keeps_filters() -> None:
    text = page("{% pagination p %}", "/?q=dili&page=2", p=Paginator(range(90), 20).page(2))

    assert 'href="?q=dili&amp;page=3"' in text
    assert "21–40 of 90" in text


def test_exports_carry_the_filters_of_the_page() -> None:
    text = page('{% table_tools 3 csv="/b.csv" %}', "/?sort=name&page=2")

    assert 'href="/b.csv?sort=name"' in text


def test_figure_without_source_says_so() -> None:
    assert "no source recorded" in page("{% source_popover s %}", s=[])


def test_past_day_shows_a_banner_with_the_way_back() -> None:
    text = page(
        '{% include "frame/past_banner.html" %}',
        "/?as_of=2010-06-01&q=a",
        as_of=dt.date(2010, 6, 1),
        today=TODAY,
    )

    assert "1 June 2010" in text
    assert 'href="?q=a"' in text


def test_today_shows_no_banner() -> None:
    text = page('{% include "frame/past_banner.html" %}', as_of=TODAY, today=TODAY)

    assert text.strip() == ""


def test_frame_stands_without_any_context_and_without_inline_code() -> None:
    text = page('{% include "base.html" %}')

    assert '<main class="main" id="main"' in text
    assert 'content="noindex, nofollow"' in text
    assert " style=" not in text
    assert "<script>" not in text
    assert "http://" not in text
    assert "https://" not in text
