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

    def sensitivity_of(self, name: str) -> str:
        """The sensitivity class of one field; the record's own class where not said otherwise."""
        return self.fields.get(name) or EVERYWHERE.get(name) or self.sensitivity
