"""Modules of one subject with names of the field: nothing too long, nothing vague."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "primacy"
LONGEST_MODULE = 450
LONGEST_FUNCTION = 75
LONGEST_TEST_MODULE = 700
VAGUE = {
    "util",
    "utils",
    "helper",
    "helpers",
    "misc",
    "common",
    "manager",
    "managers",
    "data2",
    "stuff",
    "tools",
    "core",
    "base_utils",
    "functions",
}
# Django looks for this name; settings are layered on a base.
FRAMEWORK_NAMES = {"AccountManager"}
VAGUE_ENDINGS = ("Helper", "Helpers", "Utils", "Util", "Manager", "Data2")


def sources() -> list[Path]:
    return [p for p in sorted(SOURCE.rglob("*.py")) if "migrations" not in p.parts]


def test_no_module_is_longer_than_one_subject() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in sources()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }
    assert not long, f"split by subject: {long}"


def test_no_test_module_is_endless() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_TEST_MODULE
    }
    assert not long, f"split by subject: {long}"


def test_no_function_is_endless() -> None:
    long = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = (node.end_lineno or 0) - node.body[0].lineno + 1
                if body > LONGEST_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} ({body})")
    assert not long, "\n".join(long)


def test_no_module_or_class_has_a_vague_name() -> None:
    vague = [
        str(p.relative_to(ROOT)) for p in sources() if p.stem in VAGUE or p.parent.name in VAGUE
    ]
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.ClassDef)
                and node.name.endswith(VAGUE_ENDINGS)
                and node.name not in FRAMEWORK_NAMES
            ):
                vague.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not vague, "name these after what they are:\n" + "\n".join(vague)


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent, "\n".join(silent)
