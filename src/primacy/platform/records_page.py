"""The page of records, made from the models: `python -m primacy.platform.records_page`.

Which records exist, in which room, what each means, how sensitive each field is and how long the
record is kept. Written to docs/records.md; a test fails when that file is out of date.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import django
from django.apps import apps
from django.db.models import Field, Model
from django.db.models.fields.related import ForeignKey, ManyToManyField

from primacy.platform.record_info import SENSITIVITIES, RecordInfo

PAGE = Path(__file__).resolve().parents[3] / "docs" / "records.md"

INTRODUCTION = """\
# Records

Made from the models by `python -m primacy.platform.records_page`; do not edit by hand.

Every field has a sensitivity class:

- **public**: a fact that may be shown to anyone, where the mission is open to visitors and the
  record itself is marked public;
- **internal**: a working record of the mission and its partners;
- **restricted**: about a person, or for the owning team only;
- **secret**: a credential; never shown, kept as a hash;
- **technical**: keys and bookkeeping.

The class says what a field holds in general. Who may read one particular record is decided by its
own marking and compartment, in the permission layer. "Marked" says whether a record has them.
"""


class NoRecordInfo(Exception):
    """A model that does not say what it holds; the message names it."""


def record_models() -> list[type[Model]]:
    """Primacy's own concrete models, in order of room and name."""
    found = [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("primacy.")
        for model in config.get_models()
    ]
    return sorted(found, key=lambda model: (_info(model).room, model.__name__))


def record_fields(model: type[Model]) -> "list[Field[object, object]]":
    """The stored fields of a model, many-to-many relations included."""
    return [*model._meta.concrete_fields, *model._meta.many_to_many]


def page() -> str:
    """The whole page as Markdown."""
    models = record_models()
    rooms: dict[str, list[type[Model]]] = {}
    for model in models:
        rooms.setdefault(_info(model).room, []).append(model)
    parts = [INTRODUCTION]
    for room, members in rooms.items():
        parts.append(f"## {room}\n")
        parts += [_section(model) for model in members]
    return "\n".join(parts)


def write(path: Path = PAGE) -> bool:
    """True where the page had to be written anew."""
    text = page()
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def _info(model: type[Model]) -> RecordInfo:
    info = getattr(model, "RECORD", None)
    if not isinstance(info, RecordInfo):
        raise NoRecordInfo(
            f"{model._meta.label} has no RECORD. Add a RecordInfo with room, meaning, sensitivity "
            f"({', '.join(SENSITIVITIES)}) and retention to the model."
        )
    return info


def _section(model: type[Model]) -> str:
    info = _info(model)
    marked = "yes" if any(f.name == "marking" for f in model._meta.concrete_fields) else "no"
    lines = [
        f"### {model.__name__}",
        "",
        f"{info.meaning[:1].upper()}{info.meaning[1:]}. Kept: {info.retention}. Marked: {marked}.",
        "",
        "| field | holds | sensitivity |",
        "| --- | --- | --- |",
    ]
    lines += [
        f"| {field.name} | {_holds(field)} | {info.sensitivity_of(field.name)} |"
        for field in record_fields(model)
    ]
    return "\n".join([*lines, ""])


def _holds(field: "Field[object, object]") -> str:
    """What is stored, in words a reader of records uses."""
    if isinstance(field, ForeignKey | ManyToManyField):
        target = field.related_model
        name = target if isinstance(target, str) else target.__name__
        return f"{'several of' if isinstance(field, ManyToManyField) else 'one'} {name}"
    kinds: Iterable[tuple[str, str]] = (
        ("UUID", "identifier"),
        ("DateTime", "moment"),
        ("Date", "day"),
        ("Boolean", "yes or no"),
        ("JSON", "list or table"),
        ("Float", "number"),
        ("Integer", "whole number"),
        ("AutoField", "whole number"),
    )
    kind = field.get_internal_type()
    return next((words for part, words in kinds if part in kind), "text")


def main() -> None:
    """Writes the page and says whether it changed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "primacy.settings.test")
    django.setup()
    changed = write()
    sys.stdout.write(f"{PAGE.name}: {'written' if changed else 'up to date'}\n")


if __name__ == "__main__":
    main()
