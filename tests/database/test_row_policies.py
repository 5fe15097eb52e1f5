"""Row policies by raw SQL, as the application's role: what stands behind the program's filters.

The statements go to the driver, past the ORM. Each test puts the viewer on the connection as a
request does, takes the application's role, and asks the tables themselves.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import cast

import psycopg
import pytest
from django.db import connection

from primacy.platform.accounts.actions import admit_to_compartment, create_compartment
from primacy.platform.accounts.models import Compartment
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.database.install import append_only_tables
from primacy.platform.database.policies import rules
from primacy.platform.database.rights import NOBODY, RowRights, rights_of
from primacy.platform.policy import Marking, guest, operator
from primacy.platform.vault.models import KeyVersion, ProtectedIdentity, Vault
from primacy.rooms.incidents.models import Incident
from tests.conftest import Board
from tests.database.conftest import requires_postgresql

pytestmark = [pytest.mark.django_db, requires_postgresql()]

OBSERVATIONS = "readiness_observation"
ROLE = "primacy_app"


def sql(text: str, *values: object) -> list[tuple[object, ...]]:
    """What the driver answers; an error leaves the test's transaction usable."""
    raw = connection.connection
    with raw.transaction():
        cursor = raw.execute(text, values)
        return list(cursor.fetchall()) if cursor.description else [(cursor.rowcount,)]


@contextmanager
def asking(rights: RowRights) -> Iterator[None]:
    """Inside, the connection is the application's, with these rights on it."""
    for name, value in rights.settings().items():
        sql("SELECT set_config(%s, %s, false)", name, value)
    sql(f'SET ROLE "{ROLE}"')
    try:
        yield
    finally:
        sql("RESET ROLE")
        for name, value in NOBODY.settings().items():
            sql("SELECT set_config(%s, %s, false)", name, value)


@pytest.fixture
def mediation(board: Board) -> Compartment:
    """A compartment with the human rights officer inside."""
    account = board.accounts["human_rights"]
    made = create_compartment(
        actor=operator("test"), code="mediation", name="Mediation", owner=account.organisation
    )
    admit_to_compartment(actor=operator("test"), compartment=made, account=account)
    board.people["human_rights"] = viewer_of(account)
    return made


@pytest.fixture
def planted(
    board: Board, make_board: Callable[..., Board], mediation: Compartment
) -> dict[uuid.UUID, str]:
    """Evidence at every marking, in a compartment, and in another mission; by id."""

    def see(where: Board, name: str, **more: object) -> tuple[uuid.UUID, str]:
        row = where.see(
            "presence.officers_share",
            numerator=70.0,
            denominator=100.0,
            actor=where["human_rights"],
            source_title=f"Source of {name}",
            **more,
        )
        return row.pk, name

    found = [see(board, marking.name, marking=marking) for marking in Marking]
    found.append(see(board, "inside", compartment=mediation))
    found.append(see(make_board("other"), "elsewhere"))
    return dict(found)


def names(planted: Mapping[uuid.UUID, str], table: str = OBSERVATIONS) -> set[str]:
    return {planted[key] for (key,) in sql(f"SELECT id FROM {table}") if key in planted}


UP_TO = {
    "donor": {"PUBLIC"},
    "commander": {"PUBLIC", "INTERNAL"},
    "adviser": {"PUBLIC", "INTERNAL", "CONFIDENTIAL"},
    "human_rights": {"PUBLIC", "INTERNAL", "CONFIDENTIAL", "STRICT", "inside"},
    "administrator": set(),
}


@pytest.mark.parametrize("label", UP_TO)
def test_each_role_finds_its_mission_up_to_its_clearance_and_its_compartments(
    board: Board, planted: dict[uuid.UUID, str], label: str
) -> None:
    with asking(rights_of(board[label])):
        assert names(planted) == UP_TO[label]


def test_the_operator_finds_all_missions_and_no_compartment(
    planted: dict[uuid.UUID, str],
) -> None:
    with asking(rights_of(operator("test"))):
        assert names(planted) == set(planted.values()) - {"inside"}


def test_a_visitor_finds_what_is_public_in_open_missions_only(
    make_board: Callable[..., Board], planted: dict[uuid.UUID, str]
) -> None:
    opened = make_board("opened", open_to_guests=True, marking=Marking.PUBLIC)
    with asking(rights_of(guest())):
        assert names(planted) == set()
        areas = {key for (key,) in sql("SELECT id FROM places_area")}
        assert areas == {area.pk for area in opened.mission.areas.all()}


def test_without_a_viewer_no_protected_table_shows_a_row(planted: dict[uuid.UUID, str]) -> None:
    assert sql(f"SELECT count(*) FROM {OBSERVATIONS}") != [(0,)]
    with asking(NOBODY):
        for rule in rules():
            assert sql(f'SELECT count(*) FROM "{rule.table}"') == [(0,)], rule.table


def test_a_foreign_row_cannot_be_changed_or_deleted(
    board: Board, make_board: Callable[..., Board], mediation: Compartment
) -> None:
    rows = {
        "elsewhere": _incident(make_board("other"), Marking.INTERNAL),
        "too high": _incident(board, Marking.STRICT),
        "inside": _incident(board, Marking.INTERNAL, mediation),
    }
    mine = _incident(board, Marking.INTERNAL)
    with asking(rights_of(board["adviser"])):
        for name, row in rows.items():
            changed = "UPDATE incidents_incident SET headline = 'x' WHERE id = %s"
            assert sql(changed, row.pk) == [(0,)], name
            assert sql("DELETE FROM incidents_incident WHERE id = %s", row.pk) == [(0,)], name
        assert sql(changed, mine.pk) == [(1,)]


def test_no_row_can_be_put_or_moved_where_the_viewer_has_no_reach(
    board: Board, make_board: Callable[..., Board], mediation: Compartment
) -> None:
    other = make_board("other")
    mine = _incident(board, Marking.INTERNAL)
    copied = (
        "INSERT INTO incidents_incident SELECT (jsonb_populate_record(i, "
        "jsonb_build_object('id', %s::text, 'origin_id', %s::text, %s::text, %s::text))).* "
        "FROM incidents_incident i WHERE i.id = %s"
    )
    moved = "UPDATE incidents_incident SET {} = %s WHERE id = %s"
    with asking(rights_of(board["adviser"])):
        for column, value in (("mission_id", other.mission.pk), ("compartment_id", mediation.pk)):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                sql(copied, str(uuid.uuid4()), str(uuid.uuid4()), column, str(value), mine.pk)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                sql(moved.format(column), value, mine.pk)
        # The same copy within the viewer's own mission is taken.
        here = str(board.mission.pk)
        new = str(uuid.uuid4())
        assert sql(copied, new, new, "mission_id", here, mine.pk) == [(1,)]


def test_a_visitor_writes_nothing(make_board: Callable[..., Board]) -> None:
    opened = make_board("opened", open_to_guests=True, marking=Marking.PUBLIC)
    with asking(rights_of(guest())):
        assert sql("UPDATE places_area SET name = 'x' WHERE id = %s", opened.area.pk) == [(0,)]


def test_computing_counts_one_mission_and_shows_it_for_reading_only(
    board: Board, planted: dict[uuid.UUID, str], mediation: Compartment
) -> None:
    strict = _incident(board, Marking.STRICT)
    inside = _incident(board, Marking.INTERNAL, mediation)
    rights = rights_of(board["commander"]).computing_on(board.mission.pk)
    with asking(rights):
        # Evidence counts whole, whoever looks; another mission's does not.
        assert names(planted) == set(planted.values()) - {"elsewhere"}
        # Registers count outside compartments, and nothing can be changed that way.
        found = {key for (key,) in sql("SELECT id FROM incidents_incident")}
        assert strict.pk in found
        assert inside.pk not in found
        changed = "UPDATE incidents_incident SET headline = 'x' WHERE id = %s"
        assert sql(changed, strict.pk) == [(0,)]


def test_keeping_a_register_reaches_every_marking_and_no_compartment(
    board: Board, planted: dict[uuid.UUID, str], mediation: Compartment
) -> None:
    strict = _incident(board, Marking.STRICT)
    inside = _incident(board, Marking.INTERNAL, mediation)
    changed = "UPDATE incidents_incident SET superseded_at = now() WHERE id = %s"
    with asking(rights_of(board["operations"]).keeping_of(board.mission.pk)):
        assert sql(changed, strict.pk) == [(1,)]
        assert sql(changed, inside.pk) == [(0,)]
        assert names(planted) == set(planted.values()) - {"inside", "elsewhere"}


@pytest.mark.parametrize(
    "statement",
    [
        f"ALTER TABLE {OBSERVATIONS} DISABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {OBSERVATIONS} NO FORCE ROW LEVEL SECURITY",
        f"DROP POLICY primacy_read ON {OBSERVATIONS}",
        f"CREATE POLICY mine ON {OBSERVATIONS} USING (true)",
        f"DROP TRIGGER {OBSERVATIONS}_no_change ON {OBSERVATIONS}",
        f"ALTER TABLE {OBSERVATIONS} DISABLE TRIGGER ALL",
        "TRUNCATE audit_auditentry",
        "CREATE TABLE stolen AS SELECT 1",
        "UPDATE audit_auditentry SET body = ''",
        "DELETE FROM audit_auditentry",
        f"UPDATE {OBSERVATIONS} SET value = 1",
        f"DELETE FROM {OBSERVATIONS}",
        "DELETE FROM django_migrations",
        "SET session_replication_role = replica",
    ],
)
def test_the_applications_role_cannot_lift_a_lock(board: Board, statement: str) -> None:
    board.see("presence.officers_share", numerator=70.0, denominator=100.0)
    with asking(rights_of(operator("test"))), pytest.raises(psycopg.Error) as refused:
        sql(statement)
    assert refused.value.sqlstate == "42501"  # insufficient privilege


def test_the_maintenance_setting_opens_nothing_to_the_applications_role(
    planted: dict[uuid.UUID, str],
) -> None:
    with asking(NOBODY):
        sql("SELECT set_config('primacy.maintenance', 'on', true)")
        assert names(planted) == set()


def test_append_only_tables_hold_against_their_owner_too(board: Board) -> None:
    tables = append_only_tables(connection)
    assert {"audit_auditentry", OBSERVATIONS, "readiness_leadentry"} <= set(tables)
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        sql("UPDATE audit_auditentry SET body = ''")
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        sql("TRUNCATE audit_auditentry")


def test_append_only_tables_give_the_application_reading_and_adding_only() -> None:
    for table in append_only_tables(connection):
        held = {
            right
            for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
            if sql("SELECT has_table_privilege(%s, %s, %s)", ROLE, table, right) == [(True,)]
        }
        assert held == {"SELECT", "INSERT"}, table


def test_every_rule_is_in_force_on_its_table() -> None:
    forced = dict(
        sql(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relkind='r'"
        )
    )
    policies = {
        (table, name) for table, name in sql("SELECT tablename, policyname FROM pg_policies")
    }
    for rule in rules():
        assert forced[rule.table], rule.table
        for verb in ("read", "add", "change", "remove", "maintain"):
            assert (rule.table, f"primacy_{verb}") in policies


def test_the_planner_works_settings_out_once_and_expects_the_rows_it_will_find(
    board: Board,
) -> None:
    for _number in range(120):
        _incident(board, Marking.INTERNAL)
    sql("ANALYZE incidents_incident")
    with asking(rights_of(board["adviser"])):
        answer = sql("EXPLAIN (FORMAT JSON) SELECT * FROM incidents_incident")
    plan = cast("list[dict[str, dict[str, object]]]", answer[0][0])[0]["Plan"]
    # Each setting is a parameter of the plan, filled before the first row.
    assert "current_setting" not in str(plan["Filter"])
    assert "$0" in str(plan["Filter"])
    # A guess far too low makes joins go row by row: the board took twice as long.
    assert int(str(plan["Plan Rows"])) >= 30


def test_identities_are_found_by_members_of_their_compartment_only(
    board: Board, mediation: Compartment
) -> None:
    row = _identity(board, mediation)
    asked = "SELECT pseudonym FROM vault_protectedidentity"
    with asking(rights_of(board["human_rights"])):
        assert sql(asked) == [("AAAAAA",)]
    for label in ("adviser", "commander", "overseer", "administrator", "donor"):
        with asking(rights_of(board[label])):
            assert sql(asked) == [], label
            changed = "UPDATE vault_protectedidentity SET note = '' WHERE id = %s"
            assert sql(changed, row.pk) == [(0,)], label
    for rights in (
        rights_of(operator("test")),
        rights_of(guest()),
        rights_of(board["adviser"]).computing_on(board.mission.pk),
        rights_of(board["adviser"]).keeping_of(board.mission.pk),
    ):
        with asking(rights):
            assert sql(asked) == []


def test_an_identity_is_reported_from_outside_and_neither_read_back_nor_moved_out(
    board: Board, make_board: Callable[..., Board], mediation: Compartment
) -> None:
    row, other = _identity(board, mediation), make_board("other")
    new = (
        "INSERT INTO vault_protectedidentity (id, mission_id, marking, compartment_id, kind, "
        "pseudonym, about_type, key_version_id, name, contact, note, name_hash, contact_hash, "
        "recorded_at) VALUES (%s, %s, 3, %s, 'witness', %s, '', %s, '', '', '', '', '', now())"
    )
    place = (mediation.pk, "BBBBBB", row.key_version_id)
    with asking(rights_of(board["adviser"])):
        assert sql(new, uuid.uuid4(), board.mission.pk, *place) == [(1,)]
        assert sql("SELECT count(*) FROM vault_protectedidentity") == [(0,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            sql(f"{new} RETURNING pseudonym", uuid.uuid4(), board.mission.pk, *place)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            sql(new, uuid.uuid4(), other.mission.pk, *place)
    elsewhere = ProtectedIdentity.objects.create(
        mission_id=other.mission.pk,
        marking=Marking.CONFIDENTIAL,
        compartment=mediation,
        kind="source",
        pseudonym="CCCCCC",
        key_version=row.key_version,
    )
    with asking(rights_of(board["human_rights"])):
        # A rotation seals all of a compartment anew, whichever mission an identity is of.
        sealed = "UPDATE vault_protectedidentity SET note = 'anew' WHERE id = %s"
        assert sql(sealed, elsewhere.pk) == [(1,)]
    foreign = create_compartment(
        actor=operator("test"), code="foreign", name="Foreign", owner=mediation.owner
    )
    with (
        asking(rights_of(board["human_rights"])),
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        sql("UPDATE vault_protectedidentity SET compartment_id = %s", foreign.pk)


def _identity(board: Board, compartment: Compartment) -> ProtectedIdentity:
    """A sealed identity in a compartment, as a report would store it."""
    vault = Vault.objects.create(compartment=compartment)
    return ProtectedIdentity.objects.create(
        mission_id=board.mission.pk,
        marking=Marking.CONFIDENTIAL,
        compartment=compartment,
        kind="source",
        pseudonym="AAAAAA",
        key_version=KeyVersion.objects.create(vault=vault, number=1, public_key="k"),
    )


def _incident(board: Board, marking: Marking, compartment: Compartment | None = None) -> Incident:
    """An incident stored as an import would, of any marking and compartment."""
    return Incident.objects.create(
        mission=board.mission,
        area=board.area,
        origin="test",
        origin_id=str(uuid.uuid4()),
        type=next(iter(Incident._meta.get_field("type").choices))[0],
        date_start=dt.date(2026, 1, 1),
        date_end=dt.date(2026, 1, 1),
        vintage="1",
        date_precision=1,
        where_precision=1,
        priogrid=1,
        lat=1.0,
        lon=1.0,
        h3=617549797430820863,
        marking=marking,
        compartment=compartment,
    )
