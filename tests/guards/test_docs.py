"""The documentation says what is there: links, commands, make targets, settings, headings."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

import pytest
import typer

from primacy.faces.cli.commands import application

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {"node_modules", "dist", "build", "vendor"}
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
HEADINGS = ["Context", "Options", "Decision", "Consequences"]


class Command(Protocol):
    """A command or group of the command line, as the tree of typer holds it."""

    params: list["Parameter"]
    commands: dict[str, "Command"]


class Parameter(Protocol):
    """An option or argument of a command."""

    opts: list[str]
    secondary_opts: list[str]


def pages() -> list[Path]:
    """Every Markdown page of the project, without what was fetched or built."""
    found = []
    for path in ROOT.rglob("*.md"):
        parts = path.relative_to(ROOT).parts
        if not any(part in SKIPPED or part.startswith(".") for part in parts):
            found.append(path)
    return sorted(found)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def every_page(test: object) -> object:
    return pytest.mark.parametrize("page", pages(), ids=name_of)(test)  # type: ignore[arg-type]


def commands_in(text: str, program: str) -> Iterator[list[str]]:
    """The words after `program` wherever code in the text calls it."""
    fenced = [line for block in FENCE.findall(text) for line in joined(block).splitlines()]
    for line in fenced + SPAN.findall(FENCE.sub("", text)):
        for part in re.split(r"\||&&|;", re.sub(r"^\$ ", "", line.strip())):
            words = words_of(part)
            while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                words.pop(0)
            if words and words[0].removeprefix(".venv/bin/") == program:
                yield words[1:]


def joined(block: str) -> str:
    return re.sub(r"\\\n\s*", " ", block)


def words_of(line: str) -> list[str]:
    try:
        return shlex.split(line, comments=True)
    except ValueError:
        return line.split()


def without_home(words: list[str]) -> list[str]:
    """The words without `--home FOLDER`, which the entry point takes out before the commands."""
    rest: list[str] = []
    waiting = False
    for word in words:
        if waiting or word.startswith("--home="):
            waiting = False
        elif word == "--home":
            waiting = True
        else:
            rest.append(word)
    return rest


def what_is_wrong(words: list[str]) -> str | None:
    """Why the command line does not know this call; None where it does."""
    node = cast("Command", typer.main.get_command(application))
    path = "primacy"
    words = without_home(words)
    while words and hasattr(node, "commands") and not words[0].startswith("-"):
        word = words.pop(0)
        if word not in node.commands:
            return f"`{path}` has no command '{word}'"
        node, path = node.commands[word], f"{path} {word}"
    known = {"--help"}
    for parameter in node.params:
        known.update([*parameter.opts, *parameter.secondary_opts])
    for word in words:
        option = word.split("=")[0]
        if option.startswith("--") and option not in known:
            return f"`{path}` has no option {option}"
    return None


def anchors(text: str) -> set[str]:
    """The anchors a Markdown page offers: its headings, in lower case, with hyphens."""
    found = set()
    for heading in re.findall(r"^#+\s+(.+)$", FENCE.sub("", text), re.MULTILINE):
        kept = re.sub(r"[^\w\s-]", "", heading.lower())
        found.add(re.sub(r"\s", "-", kept.strip()))
    return found


@every_page
def test_links_inside_the_project_resolve(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    broken = []
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        goal = (page.parent / file) if file else page
        if not goal.exists() or (
            anchor and anchor not in anchors(goal.read_text(encoding="utf-8"))
        ):
            broken.append(target)
    assert not broken


@every_page
def test_commands_named_in_the_docs_exist(page: Path) -> None:
    calls = commands_in(page.read_text(encoding="utf-8"), "primacy")
    wrong = [problem for words in calls if (problem := what_is_wrong(words))]
    assert not wrong


@every_page
def test_make_targets_named_in_the_docs_exist(page: Path) -> None:
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][\w-]*):", rules, re.MULTILINE))
    named = {
        word
        for words in commands_in(page.read_text(encoding="utf-8"), "make")
        for word in words
        if "=" not in word and not word.startswith("-")
    }
    assert named <= targets


@every_page
def test_no_page_names_a_folder_of_one_machine_or_a_package_index(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    folders = re.findall(r"(?<![\w.~/$-])/(?:home|root|tmp|Users|work|opt|srv)/\S*", text)
    hosts = re.findall(r"\b(?:pypi|pythonhosted|npmjs|yarnpkg)\.\w+", text)
    assert not folders + hosts


@every_page
def test_code_and_tests_named_in_the_docs_exist(page: Path) -> None:
    spans = SPAN.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    named = [span for span in spans if re.fullmatch(r"(?:src|tests|docs)/[\w./-]+", span)]
    made = ("src/primacy/faces/web/static/vendor", "docs/screens")
    gone = [span for span in named if not span.startswith(made) and not (ROOT / span).exists()]
    assert not gone


def test_the_checks_of_commands_can_fail() -> None:
    assert what_is_wrong(["board", "--as-of", "2010-06-01"]) is None
    assert what_is_wrong(["--home", "x", "audit", "verify"]) is None
    assert what_is_wrong(["audit", "forge"]) == "`primacy audit` has no command 'forge'"
    assert what_is_wrong(["board", "--colour"]) == "`primacy board` has no option --colour"
    text = "Run `primacy board --json`.\n```\nX=1 primacy audit \\\n  list | head\n```\n"
    assert list(commands_in(text, "primacy")) == [["audit", "list"], ["board", "--json"]]


READ_BY = (
    r'environ[\w.]*[\[(]\s*"(PRIMACY_[A-Z_]+)"',
    # by a constant, by an option of a command, and set for the tests' own processes
    r'^[A-Z_]+ = "(PRIMACY_[A-Z_]+)"',
    r'envvar="(PRIMACY_[A-Z_]+)"',
    r'"(PRIMACY_TEST_[A-Z_]+)": ',
)


def test_every_setting_is_described_for_operators_and_every_described_one_is_read() -> None:
    read: set[str] = set()
    places = [ROOT / "src", ROOT / "tests", ROOT / "frontend"]
    files = [file for place in places for file in place.rglob("*.py")]
    for file in [*files, ROOT / "hatch_build.py"]:
        if "node_modules" not in file.parts and file != Path(__file__):
            text = file.read_text()
            for way in READ_BY:
                read.update(re.findall(way, text, re.MULTILINE))
    guide = (ROOT / "docs" / "guide" / "operate.md").read_text(encoding="utf-8")
    assert read == set(re.findall(r"PRIMACY_[A-Z_]+", guide))


@pytest.mark.parametrize("record", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=name_of)
def test_each_decision_has_a_date_and_the_four_headings(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    assert re.search(r"^Accepted, \d{4}-\d{2}-\d{2}\.$", text, re.MULTILINE)
    assert f"# {int(record.name[:4])}. " in text


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    records = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(name[:4]) for name in records] == list(range(1, len(records) + 1))
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert [name for name in records if f"decisions/{name}" not in index] == []


def test_the_glossary_is_sorted_and_names_each_term_once() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = [term.casefold() for term in re.findall(r"^\*\*(.+?)\*\*:", text, re.MULTILINE)]
    assert len(terms) > 50
    assert terms == sorted(terms)
    assert len(terms) == len(set(terms))


def test_the_table_of_chosen_parts_shows_the_locked_versions() -> None:
    lock = (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8")
    locked: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([\w.]+)", lock, re.MULTILINE):
        locked.setdefault(name, set()).add(version)
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.split("## Chosen parts")[1].split("\n## ")[0]
    checked = 0
    for row in re.findall(r"^\|[^|]+\|([^|]+)\|([^|]+)\|", table, re.MULTILINE):
        parts, versions = (cell.strip().lower().split(", ") for cell in row)
        for part, version in zip(parts, versions, strict=False):
            name = part.split(" (")[0]
            if name in locked:
                assert version in locked[name], f"{name} {version}"
                checked += 1
    assert checked >= 12
