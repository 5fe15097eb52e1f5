"""Triggers that hold the gate in the database itself, for whatever writes to it.

Three of them guard this room: a case moves only as its table of moves says and reaches *active*
only when it was decided by somebody apart, on whole and confirmed answers; a clearance that lets
something through rests on a case in force; nothing accepted is written without such a clearance.
`Gated` puts the last one on any table of a room above that derives from `ClearedRecord`.

Names end in `_gate`: a restored archive, whose rows passed the gate when they were written, is
loaded without them (see `platform/archive/stores.py`).

On PostgreSQL the check sees all rows, also those closed to whoever writes (a finding in a
compartment stops as well), and takes a lock that lets deliveries pass side by side and a
suspension only alone: none can slip in while it is written.
"""

# ruff: noqa: S608
# What is put into these statements are the names and conditions that stand in this module.

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import ProjectState

GATE_LOCK = 0x47415445
"""First half of the advisory lock of PostgreSQL; the second is made of the mission's id."""

_ON = "'on'"
Check = tuple[str, str]
"""A condition over NEW and OLD that refuses the row, and what is said then."""

_STOPPED = (
    "EXISTS (SELECT 1 FROM support_stopentry s WHERE s.lifted_at IS NULL "
    "AND (s.unit_id = {unit} OR s.person_id = {person}))"
)
_FOUND = (
    "EXISTS (SELECT 1 FROM support_gravefinding f WHERE f.lifted_on IS NULL "
    "AND (f.unit_id = {unit} OR f.person_id = {person}))"
)
_OF_CASE = "SELECT 1 FROM support_recipient r WHERE r.case_id = NEW.id AND NOT r.excluded"


def case_checks(moves: Sequence[str]) -> list[Check]:
    """What a change of a case's state must pass; `moves` are written `before>after`."""
    allowed = ", ".join(f"'{move}'" for move in moves)
    into = "NEW.state = 'active' AND "
    return [
        (f"(OLD.state || '>' || NEW.state) NOT IN ({allowed})",
         "support: a case cannot go from this state to that one"),
        (into + "NOT EXISTS (SELECT 1 FROM support_supportdecision d WHERE d.case_id = NEW.id "
         "AND d.round = NEW.round AND d.ruling IN ('approved', 'approved_with_conditions') "
         "AND d.by_id <> NEW.requester_id AND d.by_id <> NEW.assessor_id "
         "AND NEW.requester_id <> NEW.assessor_id)",
         "support: nobody apart from requester and assessor approved this round"),
        (into + "NOT EXISTS (SELECT 1 FROM support_riskassessment a WHERE a.case_id = NEW.id "
         "AND a.round = NEW.round)", "support: the risk of this round is not assessed"),
        (into + "EXISTS (SELECT 1 FROM support_condition c WHERE c.case_id = NEW.id "
         "AND c.round = NEW.round AND c.kind = 'before' AND c.state = 'open')",
         "support: a condition that comes first is not met"),
        (into + f"NOT EXISTS ({_OF_CASE})", "support: no recipient is left"),
        (into + "EXISTS (SELECT 1 FROM support_recipient r JOIN support_screeningoffice o "
         "ON o.policy_id = NEW.policy_id WHERE r.case_id = NEW.id AND NOT r.excluded "
         "AND NOT EXISTS (SELECT 1 FROM support_screeninganswer a WHERE a.recipient_id = r.id "
         "AND a.office_id = o.id AND a.round = NEW.round AND a.colour <> 'pending' "
         "AND NOT EXISTS (SELECT 1 FROM support_screeninganswer b WHERE b.recipient_id = r.id "
         "AND b.office_id = o.id AND b.round = NEW.round AND b.id > a.id)))",
         "support: an office has not answered on a recipient"),
        (into + f"EXISTS ({_OF_CASE} AND {_FOUND.format(unit='r.unit_id', person='r.person_id')})",
         "support: a grave-violation finding stands"),
        (into + f"EXISTS ({_OF_CASE} "
         f"AND {_STOPPED.format(unit='r.unit_id', person='r.person_id')})",
         "support: a recipient is on the stop list"),
    ]  # fmt: skip


NEW_CASE: list[Check] = [("NEW.state <> 'draft'", "support: a case begins as a draft")]

_LETS = "NEW.answer IN ('allowed', 'allowed_with_conditions') AND "
CLEARANCE: list[Check] = [
    (_LETS + "NOT EXISTS (SELECT 1 FROM support_supportcase k JOIN support_recipient r "
     "ON r.case_id = k.id WHERE k.id = NEW.case_id AND k.mission_id = NEW.mission_id "
     "AND k.state IN ('active', 'monitored', 'interceded') AND k.kind = NEW.purpose "
     "AND NEW.day BETWEEN k.starts_on AND k.ends_on "
     "AND (k.approved_until IS NULL OR NEW.day <= k.approved_until) AND NOT r.excluded "
     "AND ((NEW.person_id IS NOT NULL AND r.person_id = NEW.person_id) "
     "OR (NEW.person_id IS NULL AND r.kind <> 'person' AND r.unit_id = NEW.unit_id)))",
     "support: no case in force clears this recipient for this purpose and day"),
    (_LETS + _STOPPED.format(unit="NEW.unit_id", person="NEW.person_id"),
     "support: the recipient is on the stop list"),
    (_LETS + _FOUND.format(unit="NEW.unit_id", person="NEW.person_id"),
     "support: a grave-violation finding stands"),
]  # fmt: skip

_ACCEPTED = "NEW.standing = 'accepted' AND "
CLEARED: list[Check] = [
    (_ACCEPTED + "NOT EXISTS (SELECT 1 FROM support_clearance c JOIN support_supportcase k "
     "ON k.id = c.case_id WHERE c.id = NEW.clearance_id AND c.mission_id = NEW.mission_id "
     "AND c.answer IN ('allowed', 'allowed_with_conditions') AND c.day = NEW.happens_on "
     "AND k.state IN ('active', 'monitored', 'interceded') "
     "AND ((c.person_id IS NOT NULL AND c.person_id = NEW.person_id) "
     "OR (c.person_id IS NULL AND c.unit_id = NEW.unit_id)))",
     "support: nothing is handed over without a clearance in force"),
    (_ACCEPTED + _STOPPED.format(unit="NEW.unit_id", person="NEW.person_id"),
     "support: the recipient is on the stop list"),
    (_ACCEPTED + _FOUND.format(unit="NEW.unit_id", person="NEW.person_id"),
     "support: a grave-violation finding stands"),
]  # fmt: skip


OWN: dict[str, list[Check]] = {
    "support_delivery": [
        (_ACCEPTED + "NOT EXISTS (SELECT 1 FROM support_clearance c JOIN support_recipient r "
         "ON r.case_id = c.case_id WHERE c.id = NEW.clearance_id AND c.case_id = NEW.case_id "
         "AND c.purpose = NEW.kind AND r.id = NEW.recipient_id AND NOT r.excluded)",
         "support: the clearance is for another case, recipient or kind of support"),
    ],
}  # fmt: skip
"""What a table's own columns must agree in with the clearance, beside what all of them must."""


class Gate(RunPython):
    """Checks before rows are inserted into, or a column changed in, one table."""

    def __init__(
        self,
        table: str,
        checks: Sequence[Check],
        *,
        column: str = "",
        named: str = "",
        alone: bool = False,
    ) -> None:
        """`column`: checked when it changes, else every new row. `alone`: keeps deliveries out."""
        self._table, self._checks, self._column, self._alone = table, checks, column, alone
        self._name = f"{table}_{named or ('change' if column else 'insert')}_gate"
        super().__init__(RunPython.noop, RunPython.noop)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Makes the trigger."""
        vendor = schema_editor.connection.vendor
        for statement in self._sqlite() if vendor == "sqlite" else self._postgres():
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Takes the trigger away."""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {self._name}")
            return
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {self._name} ON {self._table}")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {self._name}()")

    @property
    def _event(self) -> str:
        return f"UPDATE OF {self._column}" if self._column else "INSERT"

    def _when(self) -> str:
        return f"WHEN (OLD.{self._column} <> NEW.{self._column}) " if self._column else ""

    def _sqlite(self) -> list[str]:
        body = " ".join(
            f"SELECT RAISE(ABORT, '{words}') WHERE {wrong};" for wrong, words in self._checks
        )
        return [
            f"CREATE TRIGGER {self._name} BEFORE {self._event} ON {self._table} "
            f"{self._when()}BEGIN {body or 'SELECT 1;'} END"
        ]

    def _postgres(self) -> list[str]:
        lock = "pg_advisory_xact_lock" if self._alone else "pg_advisory_xact_lock_shared"
        body = " ".join(
            f"IF {wrong} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation'; END IF;"
            for wrong, words in self._checks
        )
        # The check must see rows that are closed to whoever writes. Only a superuser may write that
        # into the function's own settings, so it is set and put back; an error undoes it as well.
        seeing = "PERFORM set_config('primacy.maintenance', {}, true);"
        if self._checks:
            body = f"{seeing.format(_ON)} {body} {seeing.format('kept')}"
        return [
            f"CREATE OR REPLACE FUNCTION {self._name}() RETURNS trigger AS $$ "
            "DECLARE kept text := coalesce(current_setting('primacy.maintenance', true), ''); "
            f"BEGIN PERFORM {lock}({GATE_LOCK}, hashtext(NEW.mission_id::text)); {body} "
            "RETURN NEW; END $$ LANGUAGE plpgsql SECURITY DEFINER "
            "SET search_path = public, pg_temp",
            f"CREATE TRIGGER {self._name} BEFORE {self._event} ON {self._table} "
            f"FOR EACH ROW {self._when()}EXECUTE FUNCTION {self._name}()",
        ]


def gated(table: str) -> Gate:
    """The gate of a table that derives from `ClearedRecord`; for the migrations of its room."""
    return Gate(table, [*CLEARED, *OWN.get(table, ())])
