"""What is translated is words for people: no statement, no document, nothing a machine reads."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import primacy

LOCALE = Path(primacy.__file__).parent / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
FOR_MACHINES = re.compile(
    r"""
    \b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|(CREATE|ALTER|DROP)\s+
    (TABLE|POLICY|ROLE|INDEX|TRIGGER|DATABASE)|GRANT\s.+\sTO|REVOKE\s.+\sFROM|SET\s+ROLE)\b
    | ->> | ::(int|uuid|text)\b
    | ^\s*[\[{]\s*["'{\[] | "\s*:\s*["{\[\d]
    | ^\w+__(in|gte|lte|gt|lt|isnull|contains|startswith)$
    """,
    re.VERBOSE | re.DOTALL,
)


def messages(path: Path) -> list[str]:
    """Every message of a catalogue as it stands in the code, plurals too."""
    with path.open("rb") as handle:
        catalogue = read_po(handle)
    found: list[str] = []
    for message in catalogue:
        found.extend(message.id if isinstance(message.id, list | tuple) else [str(message.id)])
    return [text for text in found if text]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_no_message_is_a_statement_or_a_document(path: Path) -> None:
    found = messages(path)
    assert len(found) > 100
    assert not [text for text in found if FOR_MACHINES.search(text)]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("SELECT id FROM places_area", True),
        ("UPDATE places_area SET name = %s", True),
        ('{"marking": 2}', True),
        ("[{'a': 1}]", True),
        ("content->>'marking'", True),
        ("date_start__gte", True),
        ("Select the areas from the list", False),
        ("Update the %(name)s set", False),
        ("%(count)d entries were written to %(file)s.", False),
        ("Write it as {name}", False),
    ],
)
def test_the_guard_tells_statements_from_words(text: str, seen: bool) -> None:
    assert bool(FOR_MACHINES.search(text)) is seen
