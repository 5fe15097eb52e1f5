"""Which tables an archive carries: those of the records, as the database itself has them now.

The list comes from the migrations that were applied, not from the code that runs, so that a
database of an older version is archived and restored as what it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.platform.archive.errors import NewerFormat, UnknownTable
from primacy.platform.archive.values import KIND_OF

LEFT_OUT = {
    "sessions.Session": gettext_lazy(
        "who is signed in: everybody signs in again on the restored site"
    ),
    "usersessions.UserSession": gettext_lazy("who is signed in: everybody signs in again"),
    "vault.OpenSitting": gettext_lazy("keys that somebody has unlocked are never archived"),
}
"""Models that no archive carries, with the reason."""

WITHOUT_MODEL = {
    "django_migrations": gettext_lazy("made again by migrating"),
    "primacy_cache": gettext_lazy("counters of rate limits, good for minutes"),
}
"""Tables that stand beside the models, with the reason why none of them is carried."""


@dataclass(frozen=True)
class Column:
    """A column by name, with the kind of its values and whether it holds the primary key."""

    name: str
    kind: str


@dataclass(frozen=True)
class Table:
    """A table of records: the model it belongs to, its key and its columns, in order."""

    label: str
    name: str
    key: str
    columns: tuple[Column, ...]

    @property
    def key_kind(self) -> str:
        """The kind of the primary key."""
        return next(column.kind for column in self.columns if column.name == self.key)


@dataclass(frozen=True)
class Catalogue:
    """The tables of one database: carried in this order (a row after those it points to)."""

    tables: tuple[Table, ...]
    left_out: tuple[Table, ...]


def catalogue(applied: Iterable[tuple[str, str]]) -> Catalogue:
    """The tables that these applied migrations have made, in order of their foreign keys."""
    return _catalogue(frozenset(applied))


@lru_cache(maxsize=2)  # an archive's and this version's: each takes half a second to work out
def _catalogue(applied: frozenset[tuple[str, str]]) -> Catalogue:
    loader = MigrationLoader(None)
    nodes = sorted(applied)
    unknown = [f"{app}.{name}" for app, name in nodes if (app, name) not in loader.graph.nodes]
    if unknown:
        raise NewerFormat(
            _(
                "This site was made by a newer version of Primacy: it knows the changes "
                "%(unknown)s, this version does not. Use that version or a newer one."
            )
            % {"unknown": ", ".join(unknown[:3])}
        )
    models = [
        model
        for model in loader.project_state(nodes).apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    tables: list[Table] = []
    left_out: list[Table] = []
    for model in _in_order(models):
        table = _table(model)
        (left_out if model._meta.label in LEFT_OUT else tables).append(table)
    return Catalogue(tuple(tables), tuple(left_out))


def _in_order(models: list[type[Model]]) -> list[type[Model]]:
    """The models so that each stands after those its foreign keys point to."""
    waiting = {model._meta.label: model for model in models}
    needs = {label: _pointed_to(model) & waiting.keys() for label, model in waiting.items()}
    ordered: list[type[Model]] = []
    while waiting:
        free = sorted(label for label in waiting if not needs[label] & waiting.keys())
        # Models that point at each other: the database checks foreign keys at the end anyway.
        for label in free or sorted(waiting)[:1]:
            ordered.append(waiting.pop(label))
    return ordered


def _pointed_to(model: type[Model]) -> set[str]:
    labels = set()
    for field in model._meta.concrete_fields:
        related = field.related_model
        if field.is_relation and isinstance(related, type) and related is not model:
            labels.add(related._meta.label)
    return labels


def _table(model: type[Model]) -> Table:
    fields = model._meta.concrete_fields
    columns = tuple(Column(str(field.column), _kind(field)) for field in fields)
    return Table(model._meta.label, model._meta.db_table, str(model._meta.pk.column), columns)


def _kind(field: "Field[object, object]") -> str:
    while field.is_relation:
        field = field.target_field  # type: ignore[attr-defined]
    kind = KIND_OF.get(field.get_internal_type())
    if kind is None or getattr(field, "generated", False):
        raise UnknownTable(
            _(
                "The field %(field)s is of a kind (%(get_internal_type)s) that archives "
                "do not carry. Nothing was written: an archive without it would not be "
                "the whole site."
            )
            % {"field": field, "get_internal_type": field.get_internal_type()}
        )
    if kind == "decimal":
        return f"decimal:{field.decimal_places}"  # type: ignore[attr-defined]
    return kind


def require_known(names: Iterable[str], known: Catalogue) -> None:
    """Nothing, where each table of the database is carried or left out for a stated reason."""
    expected = {table.name for table in (*known.tables, *known.left_out)} | WITHOUT_MODEL.keys()
    strange = sorted(set(names) - expected)
    if strange:
        raise UnknownTable(
            _(
                "The database holds tables that are no part of Primacy: %(strange)s. An "
                "archive would leave them behind. Move them elsewhere, then try again; "
                "nothing was written."
            )
            % {"strange": ", ".join(strange[:5])}
        )
