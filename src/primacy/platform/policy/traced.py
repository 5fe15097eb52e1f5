"""Rows that remember who asked for them: protected ones are noted, closed sources are veiled.

Counts, sums and `exists` fetch no record and are not noted; nor are queries for keys alone, which
say nothing of a record but that the viewer may see it.
"""

import functools
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar, cast

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    NamedValuesListIterable,
    ValuesIterable,
)
from django.db.models.utils import create_namedtuple_class

from primacy.platform.policy.errors import PolicyError
from primacy.platform.policy.owning_team import in_owning_team
from primacy.platform.policy.reads import (
    PROTECTED_FROM,
    is_held_aside,
    is_protected,
    note_read,
    sees_protected,
)
from primacy.platform.policy.secrecy import restricted
from primacy.platform.policy.viewer import Viewer

M = TypeVar("M", bound=Model)
DEPTH = 3
"""How far records joined to a row are followed: a decision's assessment's area."""


class UntracedRead(PolicyError):
    """A query whose protected rows could not be told apart (a programming error)."""


@functools.cache
def has_marking(model: type[Model]) -> bool:
    """True where records of the type carry a marking and a compartment."""
    return _has_field(model, "marking") and _has_field(model, "compartment")


@functools.cache
def _has_field(model: type[Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


@dataclass(frozen=True)
class Target:
    """Where the protected record of a row stands: the row itself, or the record `via` names."""

    via: str
    model: type[Model]

    @property
    def columns(self) -> tuple[str, str, str, str]:
        """Id, marking, compartment and mission, as a query names them."""
        at = f"{self.via}__" if self.via else ""
        mission = f"{at}mission_id" if _has_field(self.model, "mission") else ""
        return f"{at}pk", f"{at}marking", f"{at}compartment_id", mission

    @property
    def protected(self) -> Q:
        """The condition that picks the protected rows."""
        _, marking, compartment, _ = self.columns
        named = compartment.removesuffix("_id")
        return Q(**{f"{marking}__gte": PROTECTED_FROM}) | Q(**{f"{named}__isnull": False})


@dataclass(frozen=True)
class Trace:
    """Who asked, by which permission, and what of a row is protected."""

    viewer: Viewer
    permission: str
    targets: tuple[Target, ...]
    watches: bool
    """False where nothing protected can pass: then only sources are veiled."""

    def note_values(self, found: Iterable[tuple[Target, object, object, object, object]]) -> None:
        """Nothing; notes the protected ones among (target, id, marking, compartment, mission)."""
        for target, pk, marking, compartment, mission in found:
            if pk is not None and is_protected(cast(int, marking or 0), _uuid(compartment)):
                label = target.model._meta.label_lower
                note_read(self.viewer, label, {str(pk): _uuid(mission)})

    def note_rows(self, rows: Iterable[Model]) -> None:
        """Nothing; notes protected rows with the records joined to them, veils closed sources."""
        for row in rows:
            # Small counts of persons are taken out of what an outsider is handed.
            withhold = getattr(row, "withhold_from_outsiders", None)
            if withhold is not None and not self._inside(getattr(row, "mission_id", None)):
                withhold()
            owner = self._owner(row)
            if self.watches:
                for target in self.targets:
                    self._note(_follow(row, target.via))
            self._joined(row, owner, DEPTH)

    def _inside(self, mission_id: uuid.UUID | None) -> bool:
        return in_owning_team(self.viewer, self.permission, mission_id)

    def _owner(self, row: Model) -> Model | None:
        for target in self.targets:
            found = _follow(row, target.via)
            if found is not None:
                return found
        return None

    def _note(self, record: Model | None) -> None:
        if record is None or not has_marking(type(record)):
            return
        if is_protected(record.marking, record.compartment_id):  # type: ignore[attr-defined]
            found = {str(record.pk): _uuid(getattr(record, "mission_id", None))}
            note_read(self.viewer, record._meta.label_lower, found)

    def _joined(self, row: Model, owner: Model | None, depth: int) -> None:
        """Follows what was read together with a row."""
        for other in _loaded_with(row, beside=depth == DEPTH):
            if has_marking(type(other)) and other is not owner:
                if self._closed(other, owner):
                    veil(other)
                elif self.watches:
                    self._note(other)
            if depth > 1:
                self._joined(other, owner, depth - 1)

    def _closed(self, record: Model, owner: Model | None) -> bool:
        """True where a joined record is kept closer than the row, and not open to the viewer."""
        marking = record.marking  # type: ignore[attr-defined]
        compartment = record.compartment_id  # type: ignore[attr-defined]
        own = (getattr(owner, "marking", 0), getattr(owner, "compartment_id", None))
        if marking <= own[0] and compartment in (None, own[1]):
            return False
        if compartment is not None and compartment not in self.viewer.compartments:
            return True
        mission = getattr(record, "mission_id", None) or getattr(owner, "mission_id", None)
        everywhere, by_mission, general = self.viewer.missions_with(self.permission)
        if everywhere and marking <= general:
            return False
        return mission not in by_mission or marking > by_mission[mission]


class TracedRows(QuerySet[M]):
    """A query set that notes the protected rows it hands out, however it is asked."""

    _trace: Trace

    def _clone(self) -> "TracedRows[M]":
        made: TracedRows[M] = super()._clone()  # type: ignore[misc]
        made._trace = self._trace
        return made

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        if fresh and self._iterable_class is not ModelIterable:
            self._result_cache = cast(list[M], list(self._value_rows(None)))
        super()._fetch_all()
        if fresh and self._iterable_class is ModelIterable:
            self._trace.note_rows(cast(Iterable[Model], self._result_cache))

    def _iterator(self, use_chunked_fetch: bool, chunk_size: int | None) -> Iterator[object]:
        # What a file holds is written down once, before its first row leaves.
        if self._trace.watches and not self.query.is_sliced and not self._only_counts_or_keys():
            self._announce()
        if self._iterable_class is not ModelIterable:
            yield from self._value_rows(chunk_size or 2000)
            return
        for row in super()._iterator(use_chunked_fetch, chunk_size):  # type: ignore[misc]
            self._trace.note_rows([row])
            yield row

    def aiterator(self, chunk_size: int = 2000) -> object:  # type: ignore[override]
        """Never returns: reads of protected records are traced in synchronous code."""
        raise UntracedRead("Rows that the permission layer returned are not read by aiterator().")

    def _announce(self) -> None:
        """Notes every protected row of the query, by one query for their keys."""
        for target in self._trace.targets:
            columns = [name for name in target.columns if name]
            rows = self._plain().filter(target.protected).order_by().values_list(*columns)
            self._trace.note_values(_padded(target, row) for row in rows)

    def _value_rows(self, chunk_size: int | None) -> Iterator[object]:
        """The rows as values; their ids and markings are read along and left out again."""
        query = self.query
        # Of many rows that are shown to nobody the markings need not be read along.
        if not self._trace.watches or self._only_counts_or_keys() or is_held_aside():
            plain = self._plain()
            yield from plain if chunk_size is None else plain.iterator(chunk_size)
            return
        if query.combinator or (query.distinct and query.is_sliced):
            raise UntracedRead("This query hides which records it reads. Read whole rows instead.")
        if query.distinct:
            # More columns would make more rows: the records are asked for beside it.
            self._announce()
            plain = self._plain()
            yield from plain if chunk_size is None else plain.iterator(chunk_size)
            return
        names = self._names()
        sought = [(t, [name for name in t.columns if name]) for t in self._trace.targets]
        wanted = list(dict.fromkeys([*names, *(name for _, some in sought for name in some)]))
        at = {name: position for position, name in enumerate(wanted)}
        wide = self._plain().values_list(*wanted)
        for row in wide if chunk_size is None else wide.iterator(chunk_size):
            for target, columns in sought:
                self._trace.note_values([_padded(target, [row[at[name]] for name in columns])])
            yield self._shaped(names, row[: len(names)])

    def _shaped(self, names: list[str], row: tuple[object, ...]) -> object:
        """A row in the shape that was asked for: dict, tuple, named tuple or single value."""
        if issubclass(self._iterable_class, FlatValuesListIterable):
            return row[0]
        if issubclass(self._iterable_class, ValuesIterable):
            return dict(zip(names, row, strict=True))
        if issubclass(self._iterable_class, NamedValuesListIterable):
            return create_namedtuple_class(*names)(*row)  # type: ignore[call-overload]
        return row

    def _names(self) -> list[str]:
        query = self.query
        selected = query.selected
        if selected:
            return list(selected)
        return [*query.extra_select, *query.values_select, *query.annotation_select]

    def _only_counts_or_keys(self) -> bool:
        """True for grouped counts, and for values that are keys and nothing else."""
        if self._iterable_class is ModelIterable:
            return False
        if self.query.group_by is not None:
            return True
        fields = self.model._meta.concrete_fields
        keys = {"pk", *(f.attname for f in fields if f.primary_key or f.is_relation)}
        keys |= {f.name for f in fields if f.primary_key or f.is_relation}
        return set(self._names()) <= keys

    def _plain(self) -> "QuerySet[M]":
        """The same query without its memory."""
        made = self._clone()
        made.__class__ = _plain_class(type(self))
        return made


@functools.cache
def _traced_class(kind: type[QuerySet[Model]]) -> type[TracedRows[Model]]:
    return type(f"Traced{kind.__name__}", (TracedRows, kind), {"plain": kind})


def _plain_class(kind: type) -> type:
    return cast(type, kind.plain)  # type: ignore[attr-defined]


def traced(viewer: Viewer, rows: QuerySet[M], permission: str, via: str) -> QuerySet[M]:
    """The rows with their memory of who asked; rows that only a computation reads have none."""
    if viewer.computing:
        return rows
    target = Target(via, _target_model(rows.model, via))
    watches = sees_protected(viewer, permission)
    earlier: tuple[Target, ...] = ()
    if isinstance(rows, TracedRows):
        earlier, watches = rows._trace.targets, watches or rows._trace.watches
        kind = type(rows)
    else:
        kind = _traced_class(type(rows))
    if via and rows._fields is None:  # type: ignore[attr-defined]
        # The record whose marking counts is read along, or each row would ask for it again.
        rows = rows.select_related(via.replace(".", "__"))
    made = rows.all()
    made.__class__ = kind
    made._trace = Trace(viewer, permission, (*earlier, target), watches)  # type: ignore[attr-defined]
    return made


def veil(record: Model) -> None:
    """Nothing; takes the words out of a record that is joined to a row and not open."""
    fields = getattr(record, "VEILED", ())
    for position, name in enumerate(fields):
        setattr(record, name, restricted().text if position == 0 else "")
    if fields:
        record.is_veiled = True  # type: ignore[attr-defined]


def _target_model(model: type[Model], via: str) -> type[Model]:
    for name in via.split("__") if via else ():
        model = cast(type[Model], model._meta.get_field(name).related_model)
    return model


def _follow(row: Model, via: str) -> Model | None:
    found: Model | None = row
    for name in via.split("__") if via else ():
        found = getattr(found, name, None)
    return found


def _loaded_with(row: Model, beside: bool) -> Iterator[Model]:
    """The records that came with a row: joined by its query and, if asked, fetched beside it."""
    for other in row._state.fields_cache.values():
        if isinstance(other, Model):
            yield other
    if not beside:
        return
    for some in getattr(row, "_prefetched_objects_cache", {}).values():
        yield from (other for other in some if isinstance(other, Model))


def _padded(target: Target, row: Iterable[object]) -> tuple[Target, object, object, object, object]:
    """Id, marking, compartment and mission of a target, None for a mission it does not have."""
    pk, marking, compartment, *mission = row
    return target, pk, marking, compartment, mission[0] if mission else None


def _uuid(value: object) -> uuid.UUID | None:
    return value if isinstance(value, uuid.UUID) else None
