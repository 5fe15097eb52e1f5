"""No text of a page stands outside the catalogue."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).parents[2] / "src" / "primacy").rglob("*.html"))
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
TRANSLATED = re.compile(r"{%\s*blocktranslate\b.*?endblocktranslate\s*%}", re.S)
MARKUP = re.compile(r"<(script|style|code|pre)\b.*?</\1>|<!--.*?-->", re.S | re.I)
ELEMENT = re.compile(r"<[^<>]*>", re.S)
SPOKEN = re.compile(r'(?:title|aria-label|placeholder|alt|data-[a-z-]*words)="([^"]*)"')
SAME_EVERYWHERE = {"Primacy", "UTC", "doctype", "html", "SHA", "kB", "MB", "km"}


def _words(text: str) -> list[str]:
    text = re.sub(r"&\w+;", " ", text)
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in SAME_EVERYWHERE]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_literal_text_is_left_in_a_template(path):
    text = TRANSLATED.sub(" ", path.read_text())
    text = TAG.sub(" ", MARKUP.sub(" ", text))
    left = [words for said in SPOKEN.findall(text) if (words := _words(said))]
    left += [words for part in ELEMENT.split(text) if (words := _words(part))]
    assert left == []
