"""Sentences of the kernel and kept English texts, in the reader's language."""

import copy
import datetime as dt
import pickle

import pytest
from django.utils import translation

from primacy.kernels.readiness import Comparison, Criterion, Method, Observation, assess
from primacy.kernels.readiness.sentence import Counted, Sentence
from primacy.platform.language.sentences import said

TODAY = dt.date(2026, 1, 31)


@pytest.fixture
def result():
    criterion = Criterion(
        code="certified",
        label="Certified and present officers",
        dimension="certification",
        indicator="certified",
        comparison=Comparison.AT_LEAST,
        threshold=0.8,
        unit="share",
        gate=True,
        methods=frozenset({Method.RECORDS}),
        max_age_days=90,
        numerator_noun="certified officers",
    )
    seen = Observation(
        id="1",
        indicator="certified",
        observed_on=TODAY,
        method=Method.RECORDS,
        numerator=1150,
        denominator=1500,
    )
    return assess([criterion], [seen], TODAY)


def test_a_margin_reads_the_same_in_english_and_is_said_in_french(result):
    text = result.results[0].margin_text
    assert text == "50 more certified officers (1,150 of 1,500; 1,200 needed)"
    with translation.override("en"):
        assert said(text) == text
    with translation.override("fr"):
        assert said(text) == (
            "50 agents certifiés de plus (1\u202f150 sur 1\u202f500\u202f; 1\u202f200 requis)"
        )


def test_a_kept_text_is_said_as_the_sentence_it_was(result):
    live = result.results[0].margin_text
    with translation.override("fr"):
        assert said(str(live)).startswith("50 agents certifiés de plus")
        assert said(str(result.binding_text)) == said(result.binding_text)


def test_a_sentence_is_copied_and_pickled_with_its_parts():
    one = Sentence("%(n)s of %(noun)s", n=2, noun=Counted("day", "days", 2))
    for other in (copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert other == one == "2 of days"
        assert other.template == one.template
        assert other.parts["noun"].several == "days"


def test_words_of_people_are_left_as_they_are():
    with translation.override("fr"):
        assert said("Suco Liurai, patrol of 3 May") == "Suco Liurai, patrol of 3 May"
        assert said("Republic of Liberia") == "Republic of Liberia"
        assert said("") == ""


def test_an_import_report_is_said_in_french():
    kept = "The zip holds two files called 'roads.shp'."
    with translation.override("fr"):
        assert said(kept) == "Le zip contient deux fichiers nommés «\u00a0roads.shp\u00a0»."
