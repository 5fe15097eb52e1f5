"""What units said of themselves in columns becomes claims, cited by the unit's own source."""

from collections.abc import Iterator
from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.models import Model

from primacy.platform.audit.triggers import append_only
from primacy.platform.ids import uuid7

AT_ONCE = 500
KINDS = ("NameClaim", "RelationClaim", "PositionClaim", "ClassificationClaim")


def forward(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    alias = editor.connection.alias
    units = apps.get_model("forces", "Unit").objects.using(alias).order_by("id")
    areas: dict[object, list[Model]] = {}
    for row in apps.get_model("forces", "UnitArea").objects.using(alias).order_by("id"):
        areas.setdefault(row.unit_id, []).append(row)
    waiting: list[Model] = []
    for unit in units.iterator(AT_ONCE):
        waiting += list(_claims(apps, unit, areas.get(unit.pk, [])))
        if len(waiting) >= AT_ONCE:
            _write(apps, alias, waiting)
            waiting = []
    _write(apps, alias, waiting)


def backward(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Takes the claims and their citations away; the columns of the units never left."""
    alias = editor.connection.alias
    on, off = append_only("claims_citation")
    off(apps, editor)
    citations = apps.get_model("claims", "Citation").objects.using(alias)
    for kind in (*KINDS, "LineageClaim"):
        rows = apps.get_model("forces", kind).objects.using(alias)
        versions = list(rows.values_list("pk", flat=True))
        for at in range(0, len(versions), AT_ONCE):
            citations.filter(version_id__in=versions[at : at + AT_ONCE]).delete()
        if kind == "LineageClaim":
            apps.get_model("forces", "LineagePart").objects.using(alias).all().delete()
        rows.all().delete()
    on(apps, editor)


def _claims(apps: Apps, unit: Model, areas: list[Model]) -> Iterator[Model]:
    base: dict[str, object] = {
        "mission_id": unit.mission_id,
        "unit_id": unit.pk,
        "status": "accepted",
        "marking": unit.marking,
        "compartment_id": unit.compartment_id,
        "recorded_at": unit.recorded_at,
        "recorded_by_id": unit.recorded_by_id,
    }
    # No day is on record: from the beginning, and nobody knows whether it went on.
    undated = {**base, "since_beginning": True}
    name, relation, position = (apps.get_model("forces", kind) for kind in KINDS[:3])
    yield name(kind="name", name=unit.name, **undated)
    for alias in unit.aliases:
        yield name(kind="alias", name=str(alias)[:200], **undated)
    if unit.parent_id is not None:
        yield relation(kind="command", superior_id=unit.parent_id, **undated)
    for row in areas:
        first, last = row.valid_from, row.valid_to
        yield position(
            kind="area",
            area_id=row.area_id,
            first_precise=first or last,
            last_precise=last or first,
            since_beginning=first is None,
            starting=first is not None,
            ending=last is not None,
            **base,
        )


def _write(apps: Apps, alias: str, rows: list[Model]) -> None:
    citation = apps.get_model("claims", "Citation")
    sources = dict(
        apps.get_model("forces", "Unit")
        .objects.using(alias)
        .filter(pk__in={row.unit_id for row in rows})
        .values_list("pk", "source_id")
    )
    cited = []
    for row in rows:
        row.claim = uuid7()
        cited.append(
            citation(
                mission_id=row.mission_id,
                version_id=row.pk,
                source_id=sources[row.unit_id],
                marking=row.marking,
                compartment_id=row.compartment_id,
                recorded_at=row.recorded_at,
                recorded_by_id=row.recorded_by_id,
            )
        )
    for kind in KINDS:
        found = [row for row in rows if row._meta.object_name == kind]
        apps.get_model("forces", kind).objects.using(alias).bulk_create(found, batch_size=AT_ONCE)
    citation.objects.using(alias).bulk_create(cited, batch_size=AT_ONCE)


class Migration(migrations.Migration):
    """Moves the data; the columns stay, and the acts keep them equal to what is claimed of today."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("forces", "0003_claims"),
        ("claims", "0002_append_only"),
        ("sources", "0001_initial"),
    ]
    operations: ClassVar[list[Operation]] = [migrations.RunPython(forward, backward)]
