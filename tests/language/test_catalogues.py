"""The catalogues: complete, exact, and as new as the source."""

import io
import re

import pytest
from babel.messages.pofile import read_po

from language.catalogue import LANGUAGES, PLURALS, compiled, folder, load, translated
from language.extract import messages

PLACE = re.compile(r"%\(\w+\)[#0\- +]?[\d.]*[a-z]")


@pytest.fixture(scope="module")
def source() -> list:
    return messages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_source_is_in_the_catalogue_and_no_other(language, source):
    catalogue = load(language)
    kept = {
        (one.id[0] if isinstance(one.id, tuple | list) else one.id, one.context)
        for one in catalogue
        if one.id
    }
    known = {message.key for message in source}
    assert sorted(map(str, known - kept)) == [], "run `make messages`, then translate these"
    assert sorted(map(str, kept - known)) == [], "run `make messages`"


def test_french_says_every_message():
    missing = [one.id for one in load("fr") if one.id and not translated(one)]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_places_of_its_message(language):
    wrong = []
    for one in load(language):
        if not one.id or not translated(one):
            continue
        ids = one.id if isinstance(one.id, tuple | list) else (one.id,)
        forms = one.string if isinstance(one.string, tuple | list) else (one.string,)
        asked = set(PLACE.findall(" ".join(ids)))
        for form in forms:
            # A form for one, two or none may say the number in words.
            if len(ids) == 1 and set(PLACE.findall(form)) != asked:
                wrong.append((ids[0], form))
            if len(ids) > 1 and not set(PLACE.findall(form)) <= asked:
                wrong.append((ids[0], form))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy_and_nothing_is_left_over(language):
    catalogue = load(language)
    assert [one.id for one in catalogue if one.id and one.fuzzy] == []
    assert dict(catalogue.obsolete) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_text(language):
    text = (folder(language) / "django.po").read_bytes()
    assert (folder(language) / "django.mo").read_bytes() == compiled(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_as_many_forms_as_the_language(language):
    wanted = int(re.search(r"nplurals=(\d)", PLURALS[language]).group(1))
    text = (folder(language) / "django.po").read_bytes()
    for one in read_po(io.BytesIO(text), locale=language):
        if isinstance(one.id, tuple | list):
            assert len(one.string) == wanted, one.id
