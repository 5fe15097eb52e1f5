"""Figures, days and counted things, as each language writes them."""

import datetime as dt

import pytest
from django.utils import translation
from django.utils.formats import date_format, number_format

from primacy.faces.web.templatetags.primacy_ui import days_old
from primacy.platform.language.dates import long_day
from primacy.platform.language.figures import as_written, decimals, grouped
from primacy.platform.language.nouns import counted

DAY = dt.date(2010, 6, 1)


@pytest.mark.parametrize(
    ("language", "thousands", "decimal"),
    [("en", "12,500", "0.80"), ("fr", "12\u202f500", "0,80"), ("ar", "12,500", "0.80")],
)
def test_figures_have_the_signs_of_the_language(language, thousands, decimal):
    with translation.override(language):
        assert grouped(12500) == thousands
        assert decimals(0.8, 2) == decimal
        assert number_format(12500, use_l10n=True, force_grouping=True) == thousands


def test_a_percentage_in_french_has_its_narrow_space():
    with translation.override("fr"):
        assert as_written("79.5 %") == "79,5\u202f%"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "1 June 2010"), ("fr", "1 juin 2010"), ("ar", "1 يونيو 2010")]
)
def test_a_day_names_its_month(language, said):
    with translation.override(language):
        assert long_day(DAY) == said
        assert date_format(DAY) == said


def test_french_counts_zero_and_one_as_one():
    with translation.override("fr"):
        assert [counted(n, "incidents") for n in (0, 1, 2)] == [
            "0 incident",
            "1 incident",
            "2 incidents",
        ]


def test_arabic_has_six_forms():
    with translation.override("ar"):
        said = [days_old(n) for n in (1, 2, 3, 11, 100)]
    assert said == ["عمره يوم واحد", "عمره يومان", "عمره 3 أيام", "عمره 11 يوماً", "عمره 100 يوم"]


def test_english_stays_as_it_was():
    with translation.override("en"):
        assert [days_old(n) for n in (0, 1, 1240)] == ["from today", "1 day old", "1,240 days old"]
