"""Screening, census, training and the registers by raw SQL, as the application's role.

A foreign mission's record, one in a closed compartment and one above the clearance are planted of
each kind by copying rows; the tables themselves are asked, past every filter of the program.
"""

import datetime as dt
import uuid
from collections.abc import Callable

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from primacy.platform.accounts.actions import create_compartment, ensure_organisation
from primacy.platform.accounts.models import Compartment
from primacy.platform.database.rights import RowRights, rights_of
from primacy.platform.policy import Marking, guest, operator
from primacy.platform.records import ProtectedRecord
from primacy.rooms.forces.facade import NameClaim, Unit
from tests.conftest import STEWARD, Board
from tests.database.conftest import requires_postgresql
from tests.database.test_row_policies import asking, sql
from tests.permissions.planting import furnish

pytestmark = [pytest.mark.django_db, requires_postgresql()]

ROOMS = ("screening", "census", "training")


@pytest.fixture
def closed(board: Board) -> Compartment:
    """A compartment that nobody of the board belongs to."""
    owner = ensure_organisation(actor=STEWARD, name="Child protection", party="mission")
    return create_compartment(actor=STEWARD, code="closed", name="Closed", owner=owner)


def kinds() -> list[type[Model]]:
    """Every kind of record of these rooms."""
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


def roots() -> list[type[ProtectedRecord]]:
    """Those that carry a marking; the others are seen where the record behind them is."""
    return [model for model in kinds() if issubclass(model, ProtectedRecord)]


def shown(model: type[Model], rights: RowRights) -> int:
    with asking(rights):
        ((count,),) = sql(f'SELECT count(*) FROM "{model._meta.db_table}"')
    return int(str(count))


def there() -> dict[type[Model], int]:
    """How many rows of each kind there are; those without any prove nothing and are left out."""
    found = {model: model._default_manager.count() for model in kinds()}
    return {model: count for model, count in found.items() if count}


def shut(where: str, compartment: Compartment, other: Board) -> None:
    """Closes all records of these rooms: into a compartment, or out of the mission."""
    tables = [model._meta.db_table for model in roots()]
    for table in tables:
        if where == "compartment":
            _past_all_locks(f'UPDATE "{table}" SET compartment_id = %s', compartment.pk)
        else:
            _past_all_locks(f'UPDATE "{table}" SET mission_id = %s', other.mission.pk)


def _past_all_locks(statement: str, *values: object) -> None:
    """Runs it as the superuser of the test's server, who alone may leave the triggers out."""
    sql("SET session_replication_role = replica")
    sql(statement, *values)
    sql("SET session_replication_role = origin")


@pytest.mark.parametrize("where", ["compartment", "mission"])
def test_closed_records_of_the_registers_are_neither_read_nor_changed_by_raw_sql(
    board: Board,
    make_board: Callable[..., Board],
    closed: Compartment,
    today: dt.date,
    where: str,
) -> None:
    furnish(board, today)
    other = make_board("other")
    rights = rights_of(board["human_rights"])
    present = there()
    assert {m._meta.label_lower for m in present} >= {
        "screening.screening", "screening.screeningline", "screening.possiblematch",
        "screening.roster", "screening.listentry", "census.enrolmentround", "census.question",
        "training.recipientname", "training.recipientreading",
    }  # fmt: skip
    assert all(shown(model, rights) for model in present if model in roots())
    shut(where, closed, other)
    readers = (
        rights,
        rights_of(operator("test")) if where == "compartment" else rights_of(guest()),
        rights.keeping_of(board.mission.pk),
        rights.matching_in(board.mission.pk),
    )
    for reader in readers:
        for model in present:
            assert shown(model, reader) == 0, model._meta.label
    with asking(rights):
        for model in present:
            # What is append-only cannot be changed by this role at all.
            try:
                assert sql(f'UPDATE "{model._meta.db_table}" SET id = id') == [(0,)], model
                assert sql(f'DELETE FROM "{model._meta.db_table}"') == [(0,)], model
            except psycopg.errors.InsufficientPrivilege:
                continue
    assert there() == present


def test_nothing_is_written_into_a_foreign_mission_or_a_closed_compartment(
    board: Board, make_board: Callable[..., Board], closed: Compartment, today: dt.date
) -> None:
    furnish(board, today)
    other = make_board("other")
    with asking(rights_of(board["human_rights"])):
        for model in roots():
            table = f'"{model._meta.db_table}"'
            columns = [f.column for f in model._meta.concrete_fields if f.column != "id"]
            for column, value in (("mission_id", other.mission.pk), ("compartment_id", closed.pk)):
                names = ", ".join(f'"{name}"' for name in columns)
                picked = ", ".join("%s" if n == column else f'"{n}"' for n in columns)
                copied = (
                    f"INSERT INTO {table} (id, {names}) SELECT %s, {picked} FROM {table} LIMIT 1"
                )
                if not sql(f"SELECT 1 FROM {table} LIMIT 1"):
                    continue
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    sql(copied, uuid.uuid4(), value)


def test_matching_opens_the_registers_of_one_mission_for_reading_and_nothing_else(
    board: Board, make_board: Callable[..., Board], closed: Compartment, today: dt.date
) -> None:
    furnish(board, today)
    other = make_board("other")
    unit = Unit.objects.get(mission=board.mission, code="u1")
    claims = NameClaim.objects.filter(unit=unit).count()
    assert claims
    for table, column in (("forces_unit", "id"), ("forces_nameclaim", "unit_id")):
        statement = f'UPDATE "{table}" SET compartment_id = %s, marking = %s WHERE "{column}" = %s'
        _past_all_locks(statement, closed.pk, Marking.STRICT.value, unit.pk)
    plain = rights_of(board["planner"])
    mine = "SELECT count(*) FROM forces_unit WHERE id = %s"
    named = "SELECT count(*) FROM forces_nameclaim WHERE unit_id = %s"
    for rights, units, names in (
        (plain, 0, 0),
        (plain.keeping_of(board.mission.pk), 0, 0),
        (plain.computing_on(board.mission.pk), 0, 0),
        (plain.matching_in(other.mission.pk), 0, 0),
        (plain.matching_in(board.mission.pk), 1, claims),
        (RowRights(matching=board.mission.pk), 0, 0),
    ):
        with asking(rights):
            assert sql(mine, unit.pk) == [(units,)]
            assert sql(named, unit.pk) == [(names,)]
    with asking(plain.matching_in(board.mission.pk)):
        assert sql("UPDATE forces_unit SET name = 'x' WHERE id = %s", unit.pk) == [(0,)]
        # What is not looked through stays closed: places, strengths, incidents, observations.
        assert connection.vendor == "postgresql"
        for table in ("forces_strength", "incidents_incident", "readiness_observation"):
            held = sql(f"SELECT count(*) FROM {table} WHERE compartment_id IS NOT NULL")
            assert held == [(0,)]
