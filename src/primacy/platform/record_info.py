"""The card of a record type: room, meaning, sensitivity, retention. Free of Django."""

from dataclasses import dataclass, field

SENSITIVITIES = ("public", "internal", "restricted", "secret", "technical")
"""Field classes: public fact; internal working record; restricted to the owning team;
secret (credentials, never shown); technical (keys and bookkeeping)."""

EVERYWHERE = {
    "id": "technical",
    "marking": "technical",
    "compartment": "technical",
    "recorded_at": "internal",
    "recorded_by": "restricted",
    "account": "restricted",
    "entered_as": "restricted",
    "signed_as": "restricted",
    "actor_id": "restricted",
    "actor_label": "restricted",
}
"""Fields that mean the same in every record: bookkeeping, and who did it."""


@dataclass(frozen=True)
class RecordInfo:
    """The card of one record type, printed in `docs/records.md`."""

    room: str
    meaning: str
    sensitivity: str
    retention: str
    fields: dict[str, str] = field(default_factory=dict)
    # What PostgreSQL's row policies go by (platform/database/policies.py):
    follows: str = ""  # the row is seen where the record behind this foreign key is
    open_rows: str = ""  # why the table has no row policy
    counted: bool = False  # counts towards results even inside a compartment
    matched: bool = False  # looked through by screening even inside a compartment
    softly_marked: bool = False  # read with the mission's open records; its words are veiled
    members_only: bool = False  # read by members of its compartment; reported by others too
    content_marked: str = ""  # the JSON field that carries a marking and compartment of its own

    def sensitivity_of(self, name: str) -> str:
        """The sensitivity class of one field; the record's own class where not said otherwise."""
        return self.fields.get(name) or EVERYWHERE.get(name) or self.sensitivity
