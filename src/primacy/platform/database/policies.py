"""Row policies of PostgreSQL, made from the models: the second lock behind `policy.visible`.

What decides over a row is written on the model: a protected record has mission, marking and
compartment; other records say in their card that they follow a parent (`follows`) or why their
rows are open to the application (`open_rows`). Tables of libraries are listed below.
"""

import hashlib
from dataclasses import dataclass
from typing import cast

from django.apps import apps
from django.db.models import ForeignKey, Model

from primacy.platform.policy.marking import Marking
from primacy.platform.record_info import RecordInfo
from primacy.platform.records import ProtectedRecord

MISSIONS = "places.Mission"
PREFIX = "primacy_"
VERBS = ("read", "add", "change", "remove", "maintain")

OPEN_TABLES: dict[str, str] = {
    "django_migrations": "which migrations ran; the application may only read it",
    "django_content_type": "names of record types",
    "auth_permission": "names of rights, not used by Primacy",
    "auth_group": "not used by Primacy",
    "auth_group_permissions": "not used by Primacy",
    "django_session": "read before it is known who asks; keys are random",
    "accounts_account_groups": "not used by Primacy",
    "accounts_account_user_permissions": "not used by Primacy",
    "accounts_compartment_members": "read to find out what the viewer may see",
}
"""Tables of libraries without row policies, and why."""

OPEN_LIBRARIES: dict[str, str] = {
    "account": "allauth: addresses, read at sign-in before it is known who asks",
    "mfa": "allauth: second factors, read at sign-in before it is known who asks",
    "usersessions": "allauth: sessions of an account, kept before it is known who asks",
    "socialaccount": "allauth: sign-on, read before it is known who asks",
    "axes": "failed sign-ins, counted before it is known who asks",
}
"""Libraries all of whose tables have no row policies, and why."""


@dataclass(frozen=True)
class RowRule:
    """Who may read and write the rows of one table, as conditions in SQL."""

    table: str
    read: str
    write: str
    change: str
    moved: str = ""
    """What a changed row must be, where that is not what a new one must be."""


def managed_models() -> list[type[Model]]:
    """All models with a table, those made for many-to-many fields among them."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


def rules() -> list[RowRule]:
    """The rule of each table that has one, by table name."""
    found = [rule for model in managed_models() if (rule := rule_of(model)) is not None]
    return sorted(found, key=lambda rule: rule.table)


def rule_of(model: type[Model]) -> RowRule | None:
    """The rule of a model's table; None where its rows are open or nothing is said."""
    card = card_of(model)
    if issubclass(model, ProtectedRecord):
        return _protected(model, card)
    if card is not None and card.members_only:
        return _members_only(model)
    if card is not None and card.follows:
        return _following(model, card)
    return None


def open_reason(model: type[Model]) -> str:
    """Why the rows of a model's table have no policy; empty where nothing is said."""
    card = card_of(model)
    meta = model._meta
    own = card.open_rows if card is not None else ""
    return own or OPEN_TABLES.get(meta.db_table, "") or OPEN_LIBRARIES.get(meta.app_label, "")


def card_of(model: type[Model]) -> RecordInfo | None:
    """The card of a record type; None for models of libraries."""
    return cast("RecordInfo | None", getattr(model, "RECORD", None))


def _protected(model: type[ProtectedRecord], card: RecordInfo | None) -> RowRule:
    # All sub-selects without a row of the table are worked out once a query, not once a row. The
    # highest clearance stands first: it settles most rows for most who ask.
    clearance = [f"marking <= {_number('general')}"]
    for marking in reversed(Marking):
        held = f"mission_id = ANY ({_uuids(f'missions_{marking.value}')})"
        clearance.append(f"(marking <= {marking.value} AND {held})")
    clearance.append(f"(marking = {Marking.PUBLIC.value} AND {_open_to_guests()})")
    if card is not None and card.softly_marked:
        # An open record may rest on a source above its own marking, and must not vanish with it
        # where both are read at once: the source's words are veiled by the first lock.
        clearance.append(f"({_reach()})")
        clearance.append(_open_to_guests())
    inside = f"(compartment_id IS NULL OR compartment_id = ANY ({_uuids('compartments')}))"
    normal = f"({inside} AND ({' OR '.join(clearance)}))"
    outside = "compartment_id IS NULL"
    kept = f"({outside} AND mission_id = {_uuid('keeping')})"
    counted = f"mission_id = {_uuid('computing')}"
    if card is None or not card.counted:
        counted = f"({outside} AND {counted})"
    seen = [normal, counted, kept]
    if card is not None and card.matched:
        seen.append(f"mission_id = {_uuid('matching')}")
    return RowRule(
        table=model._meta.db_table,
        read=f"{_asked()} AND ({' OR '.join(seen)})",
        write=f"{_writing()} AND {inside} AND ({_reach()})",
        change=f"{_writing()} AND ({normal} OR {kept})",
    )


def _members_only(model: type[Model]) -> RowRule:
    """Rows that others add to a compartment and cannot read back, not even that they are there.

    A member keeps the rows of every mission in it, also of those where the member has no role: a
    rotation seals all of them anew.
    """
    inside = f"compartment_id = ANY ({_uuids('compartments')})"
    return RowRule(
        table=model._meta.db_table,
        read=f"{_asked()} AND {inside}",
        write=f"{_writing()} AND ({_reach()})",
        change=f"{_writing()} AND {inside}",
        moved=f"{_writing()} AND {inside}",
    )


def _following(model: type[Model], card: RecordInfo) -> RowRule:
    field = cast("ForeignKey[Model, Model]", model._meta.get_field(card.follows))
    parent = field.related_model._meta
    table, column = model._meta.db_table, field.column
    if parent.label == MISSIONS:
        read = f"({_reach()} OR {_open_to_guests()} OR mission_id = {_uuid('computing')})"
        return RowRule(
            table,
            f"{_asked()} AND {read}",
            f"{_writing()} AND ({_reach()})",
            f"{_writing()} AND ({_reach()})",
        )
    # The parent's own policy holds inside the sub-select: the child is seen where it is.
    seen = (
        f'EXISTS (SELECT 1 FROM "{parent.db_table}" parent '  # noqa: S608
        f'WHERE parent."{parent.pk.column}" = "{table}"."{column}")'
    )
    if field.null:
        seen = f'("{column}" IS NULL OR {seen})'
    read = f"{_asked()} AND {seen}"
    if card.content_marked:
        read += f" AND {_content_open(table, parent.db_table, column, card.content_marked)}"
    return RowRule(table, read, f"{_writing()} AND {seen}", f"{_writing()} AND {seen}")


def _content_open(table: str, parent: str, column: str, content: str) -> str:
    """True where the record kept inside a row is open to the viewer, or is being counted."""
    marking, inside = f"({content}->>'marking')::int", f"({content}->>'compartment')::uuid"
    of_parent = f'(SELECT p.mission_id FROM "{parent}" p WHERE p.id = "{table}"."{column}")'  # noqa: S608
    clearance = [f"{marking} <= {_number('general')}", f"{marking} = {Marking.PUBLIC.value}"]
    for level in Marking:
        held = f"{of_parent} = ANY ({_uuids(f'missions_{level.value}')})"
        clearance.append(f"({marking} <= {level.value} AND {held})")
    normal = (
        f"(({inside} IS NULL OR {inside} = ANY ({_uuids('compartments')})) "
        f"AND ({' OR '.join(clearance)}))"
    )
    return f"({normal} OR {of_parent} = {_uuid('computing')})"


def _reach() -> str:
    """True for rows of missions in which the viewer holds a role."""
    everywhere = f"{_number('general')} IS NOT NULL"
    held = [f"mission_id = ANY ({_uuids(f'missions_{marking.value}')})" for marking in Marking]
    return " OR ".join([everywhere, *held, f"mission_id = {_uuid('keeping')}"])


def _open_to_guests() -> str:
    table = apps.get_model(MISSIONS)._meta.db_table
    return f'mission_id IN (SELECT m.id FROM "{table}" m WHERE m.open_to_guests)'  # noqa: S608


def _asked() -> str:
    return _kind_is("'operator', 'account', 'guest'")


def _writing() -> str:
    return _kind_is("'operator', 'account'")


def _kind_is(kinds: str) -> str:
    # The comparison stands inside the sub-select: outside it, the planner would take it for a rare
    # value of a column, expect one row in seventy, and join a big table row by row.
    return f"(SELECT current_setting('primacy.kind', true) IN ({kinds}))"


def _number(name: str) -> str:
    return f"(SELECT nullif(current_setting('primacy.{name}', true), '')::int)"


def _uuid(name: str) -> str:
    return f"(SELECT nullif(current_setting('primacy.{name}', true), '')::uuid)"


def _uuids(name: str) -> str:
    setting = f"nullif(current_setting('primacy.{name}', true), '')"
    return f"(SELECT string_to_array({setting}, ',')::uuid[])::uuid[]"


def statements(rule: RowRule, owner: str) -> list[str]:
    """SQL that puts a rule on its table, whatever rule it had before."""
    table, kept = f'"{rule.table}"', "current_setting('primacy.maintenance', true) = 'on'"
    dropped = [f"DROP POLICY IF EXISTS {PREFIX}{verb} ON {table}" for verb in VERBS]
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        # FORCE: the owner of the table is held to the policies as well.
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        *dropped,
        f"CREATE POLICY {PREFIX}read ON {table} FOR SELECT USING ({rule.read})",
        f"CREATE POLICY {PREFIX}add ON {table} FOR INSERT WITH CHECK ({rule.write})",
        f"CREATE POLICY {PREFIX}change ON {table} FOR UPDATE "
        f"USING ({rule.change}) WITH CHECK ({rule.moved or rule.write})",
        f"CREATE POLICY {PREFIX}remove ON {table} FOR DELETE USING ({rule.change})",
        # Migrations and copies of a whole site see all rows; the application's role never does.
        f'CREATE POLICY {PREFIX}maintain ON {table} FOR ALL TO "{owner}" '
        f"USING ({kept}) WITH CHECK ({kept})",
    ]


def fingerprint() -> str:
    """A hash over all rules: whether a database has those of this program."""
    text = "\n".join(line for rule in rules() for line in statements(rule, "owner"))
    return hashlib.sha256(text.encode()).hexdigest()
