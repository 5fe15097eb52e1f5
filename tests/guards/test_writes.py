"""Only actions write: no ORM writes elsewhere, no state set past its table."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "primacy"
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "asave",
    "acreate",
    "aupdate",
    "adelete",
    "raw_save",
    "_raw_delete",
    "executescript",
}
# Where an act is written down; each of these calls the audit log.
MAY_WRITE = (
    "platform/*/actions.py",
    "platform/*/actions/*.py",
    "rooms/*/actions.py",
    "rooms/*/actions/*.py",
    "rooms/*/imports.py",
    "rooms/*/imports/load.py",
    "**/migrations/*.py",
)
# Reason by file: what looks like a write and is none of a record, or one made nowhere else.
ALLOWED = {
    "platform/accounts/models.py": "the manager Django asks for; called by actions only",
}
NOT_OF_THE_ORM = {"digest", "hasher", "sha", "hashlib", "sha256"}


def modules(*patterns: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product by its path, read as a tree."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE)
        if not patterns or any(name.match(pattern) for pattern in patterns):
            yield name.as_posix(), ast.parse(path.read_text(encoding="utf-8"), str(path))


def may_write(name: str) -> bool:
    path = Path(name)
    return name in ALLOWED or any(path.match(pattern) for pattern in MAY_WRITE)


def writes(tree: ast.Module) -> list[tuple[int, str]]:
    """Calls that write to the database, as (line, text)."""
    found = []
    dicts = _plain_mappings(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = ast.unparse(node.func.value)
        name = node.func.attr
        if name not in WRITES or owner in dicts or owner.split(".")[-1] in NOT_OF_THE_ORM:
            continue
        # dict.update(other) and workbook.save(file) take something; a record's take keywords only.
        if name in ("update", "save") and node.args:
            continue
        found.append((node.lineno, ast.unparse(node)[:80]))
    return found


def _plain_mappings(tree: ast.Module) -> set[str]:
    """Names bound to a dict display, a set or a comprehension in this module."""
    names = set()
    for node in ast.walk(tree):
        value = getattr(node, "value", None)
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(
            value, ast.Dict | ast.Set | ast.DictComp | ast.SetComp
        ):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {ast.unparse(target) for target in targets}
    return names


def test_only_actions_and_imports_write_records() -> None:
    found = [
        f"{name}:{line} {text}"
        for name, tree in modules()
        if not may_write(name)
        for line, text in writes(tree)
    ]
    assert not found, "move these into an action:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("Area.objects.create(name='x')", 1),
        ("row.save()", 1),
        ("rows.filter(pk=1).update(state='x')", 1),
        ("x = {}\nx.update(a=1)", 0),
        ("digest.update(b'x')", 0),
        ("workbook.save(file)", 0),
        ("context.update({'a': 1})", 0),
        ("Area.objects.filter(pk=1).delete()", 1),
    ],
)
def test_the_guard_tells_writes_from_other_calls(code: str, seen: int) -> None:
    assert len(writes(ast.parse(code))) == seen


def acts(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Public functions that take an actor; `against_…` only asks for reasons."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith(("_", "against_")):
            names = [arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)]
            if "actor" in names:
                yield node


# Called only inside other acts, which check the right of the record they serve.
WITHOUT_OWN_RIGHT = {
    "record": "writes the entry of an act already allowed",
    "ensure_source": "the right is that of the record the source is for",
    "ensure_first_administrator": "nobody holds a right yet; its parts check the operator's",
    "note_end": "the worker ends what its asker was allowed to ask for",
    "redeem_sign_in_link": "the link itself is the right",
    "note_password_changed": "only for the own account, checked by id",
    "note_second_factor": "only for the own account, checked by id",
    "choose_language": "only for the own account, checked by id",
    "take_notice": "only for the own account, checked by id",
    "note_row_refusals": "the database refused already; whoever tried is named",
}


def test_every_act_checks_a_right_and_leaves_an_audit_entry() -> None:
    unguarded, silent = [], []
    for name, tree in modules(
        "platform/*/actions.py",
        "platform/*/actions/*.py",
        "rooms/*/actions.py",
        "rooms/*/actions/*.py",
    ):
        for act in acts(tree):
            if act.name in WITHOUT_OWN_RIGHT:
                continue
            calls = {ast.unparse(node.func) for node in ast.walk(act) if isinstance(node, ast.Call)}
            if "require" not in calls:
                unguarded.append(f"{name}: {act.name}")
            if not calls & {"record", *(f.name for f in acts(tree) if f.name != act.name)}:
                silent.append(f"{name}: {act.name}")
    assert not unguarded, "call require() first:\n" + "\n".join(unguarded)
    assert not silent, "no audit entry:\n" + "\n".join(silent)


def test_acts_take_keywords_with_the_actor_first() -> None:
    wrong = []
    for name, tree in modules(
        "platform/*/actions.py",
        "platform/*/actions/*.py",
        "rooms/*/actions.py",
        "rooms/*/actions/*.py",
    ):
        for act in acts(tree):
            if act.name == "record":
                continue
            keywords = [arg.arg for arg in act.args.kwonlyargs]
            if act.args.args or "actor" not in keywords:
                wrong.append(f"{name}: {act.name}")
    assert not wrong, "\n".join(wrong)


STATES = {"state", "status"}


def _from_a_table(value: ast.expr, function: ast.AST) -> bool:
    """True where a value comes from `move(TABLE, …)` or `TABLE[…]` in this function."""
    if isinstance(value, ast.Subscript):
        return ast.unparse(value.value).endswith("_MOVES")
    inner = value
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "str" and value.args:
        inner = value.args[0]
    if not isinstance(inner, ast.Name):
        return False
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == inner.id for t in node.targets
        ):
            text = ast.unparse(node.value)
            return text.startswith("move(") or "_MOVES" in text
    checks = [ast.unparse(node) for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any(text.startswith("may_move(") and inner.id in text for text in checks)


def state_changes(tree: ast.Module) -> Iterator[tuple[int, str, bool]]:
    """Each change of a state: line, text, and whether a table allowed it."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Attribute) and target.attr in STATES:
                        allowed = _from_a_table(node.value, function)
                        yield node.lineno, ast.unparse(node), allowed
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr != "update":
                    continue
                for keyword in node.keywords:
                    if keyword.arg in STATES:
                        allowed = _from_a_table(keyword.value, function)
                        yield node.lineno, ast.unparse(node), allowed


def test_no_state_is_set_past_its_table() -> None:
    seen, wrong = 0, []
    for name, tree in modules("platform/*/*.py", "rooms/**/*.py", "rooms/*/*/*.py"):
        if "/migrations/" in name or "/views" in name:
            continue
        for line, text, allowed in state_changes(tree):
            seen += 1
            if not allowed:
                wrong.append(f"{name}:{line} {text}")
    assert seen >= 8, "the guard no longer sees the moves it is there for"
    assert not wrong, "use the table of moves:\n" + "\n".join(wrong)
