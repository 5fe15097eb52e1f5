"""Units recorded before there were claims get theirs by a migration, and lose them on its way back.

The steps of the migration are run on the test's own database.
"""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from primacy.platform.audit.triggers import append_only
from primacy.platform.claims.models import Citation
from primacy.platform.database.viewer_scope import no_viewer
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.models import (
    LineageClaim,
    NameClaim,
    PositionClaim,
    RelationClaim,
    Unit,
    UnitArea,
)
from tests.conftest import STEWARD, Board

STEPS = import_module("primacy.rooms.forces.migrations.0004_claims_of_units")
TRIGGERS = import_module("primacy.rooms.forces.migrations.0005_claims_append_only")


@pytest.fixture
def before_claims(board: Board) -> tuple[Unit, Unit]:
    """Two units as an earlier version of the program left them: columns and no claims."""
    source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Old register")
    common = {"mission": board.mission, "force": "Police", "side": "local", "source": source}
    above = Unit.objects.create(code="a", name="Zone", **common)
    below = Unit.objects.create(
        code="b", name="Station", parent=above, aliases=["Post 4", "Fort"], **common
    )
    UnitArea.objects.create(unit=below, area=board.area, valid_from=dt.date(2019, 5, 1))
    UnitArea.objects.create(unit=below, area=board.areas[1])
    return above, below


def test_columns_become_claims_cited_by_the_source_of_the_unit(
    before_claims: tuple[Unit, Unit], board: Board
) -> None:
    above, below = before_claims
    STEPS.forward(apps, connection.schema_editor())
    names = {row.name: row for row in NameClaim.objects.filter(unit=below)}
    assert {n: row.kind for n, row in names.items()} == {
        "Station": "name", "Post 4": "alias", "Fort": "alias",
    }  # fmt: skip
    relation = RelationClaim.objects.get()
    assert (relation.unit, relation.superior, relation.kind) == (below, above, "command")
    assert (relation.since_beginning, relation.starting, relation.ending) == (True, False, False)
    assert relation.status == "accepted"
    dated = PositionClaim.objects.get(area=board.area)
    assert (dated.first_precise, dated.starting, dated.ending) == (dt.date(2019, 5, 1), True, False)
    assert PositionClaim.objects.get(area=board.areas[1]).since_beginning
    cited = Citation.objects.filter(version_id=relation.pk)
    assert [one.source for one in cited] == [below.source]
    rows = [*NameClaim.objects.all(), relation, *PositionClaim.objects.all()]
    assert Citation.objects.count() == len(rows)
    assert {row.recorded_at for row in rows} == {above.recorded_at, below.recorded_at}


def test_the_way_back_leaves_the_units_as_they_were(
    before_claims: tuple[Unit, Unit], board: Board
) -> None:
    _above, below = before_claims
    editor = connection.schema_editor()
    STEPS.forward(apps, editor)
    steps = [append_only(table) for table in TRIGGERS.TABLES]
    # Only the owner of the tables may lift their triggers, as at a migration.
    with no_viewer():
        for _on, off in steps:
            off(apps, editor)
        STEPS.backward(apps, editor)
        for on, _off in steps:
            on(apps, editor)
    for model in (NameClaim, RelationClaim, PositionClaim, LineageClaim, Citation):
        assert not model.objects.exists()
    below.refresh_from_db()
    assert (below.parent, below.aliases) == (_above, ["Post 4", "Fort"])
    assert UnitArea.objects.filter(unit=below).count() == 2
