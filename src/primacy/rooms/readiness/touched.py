"""Which part of the board an act can have changed, told from its entry in the audit log.

What an act bears on is named here for the acts of everyday. Any other act, also one that is added
later, counts as one that may have changed everything: a board may be read anew for nothing, and is
never shown stale.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from primacy.platform.audit.actions import READ
from primacy.platform.audit.acts_since import Act
from primacy.platform.database.viewer_scope import computing
from primacy.rooms.places.facade import Mission
from primacy.rooms.readiness.models import Assessment, Decision, LeadEntry, Observation

SubjectKey = tuple[str, uuid.UUID]

WITHOUT_BEARING = (
    "accounts.",
    "cases.",
    "census.",
    "database.",
    "emergency.",
    "incidents.responsibility.",
    "jobs.",
    "places.site.",
    "screening.",
    "sources.source.create",
    "support.",
    "training.",
    "vault.",
    "warning.forecast.",
    "warning.levels.",
    "warning.source.",
    "warning.stand.",
    "imports.batch.open",
    "site.backup",
)
"""Acts that change no row of any board. A new source is shown by what rests on it.

Of support only findings do: see `ON_FINDINGS`.
"""

INCIDENTS, FORCES, FINDINGS = "incidents", "forces", "findings"
"""Registers that yield values: incidents, findings of grave violations, forces and all others."""

ON_INCIDENTS = ("incidents.enter", "incidents.relocate")
ON_STRENGTH = ("forces.strength.", "warning.alert.")
ON_FINDINGS = ("persons.", "support.finding.")
"""Acts that change what rooms compute from their own records, for any area.

A finding against a person reaches the units they command: whatever changes command bears on it.
How alerts were answered is read with the figures of the forces.
"""

BY_SUBJECT = ("readiness.observation.enter", "readiness.lead.record", "readiness.assessment.",
              "readiness.condition.", "readiness.decision.")  # fmt: skip


@dataclass
class Touched:
    """What may have changed: everything, what the registers yield, or single areas and units."""

    everything: bool = False
    registers: set[str] = field(default_factory=set)
    subjects: set[SubjectKey] = field(default_factory=set)
    evidence: set[SubjectKey] = field(default_factory=set)
    leads: set[uuid.UUID] = field(default_factory=set)
    """New entries of the ledger."""

    @property
    def nothing(self) -> bool:
        """True where no row can differ."""
        return not (self.everything or self.registers or self.subjects)


def touched_by(acts: Iterable[Act], mission: Mission) -> Touched:
    """What the acts can have changed on a mission's board."""
    found = Touched()
    named: dict[str, set[uuid.UUID]] = {}
    for act in acts:
        findings = act.action.startswith(ON_FINDINGS)
        if act.action == READ or (act.action.startswith(WITHOUT_BEARING) and not findings):
            continue
        if act.mission_id not in ("", str(mission.pk)):
            continue
        if findings:
            found.registers.add(FINDINGS)
        elif act.action.startswith(ON_INCIDENTS):
            found.registers.add(INCIDENTS)
        elif act.action.startswith(ON_STRENGTH):
            found.registers.add(FORCES)
        elif act.action.startswith(BY_SUBJECT):
            named.setdefault(act.subject_type, set()).add(uuid.UUID(act.subject_id))
        else:
            found.everything = True
    if named and not found.everything:
        _add_subjects(found, named, mission)
    return found


def _add_subjects(found: Touched, named: Mapping[str, set[uuid.UUID]], mission: Mission) -> None:
    """Adds the areas and units the named records are about; everything where one is not found."""
    found.leads = set(named.get(LeadEntry._meta.label_lower, ()))
    with computing(mission.pk):
        for model, at in (
            (Observation, ""),
            (LeadEntry, ""),
            (Assessment, ""),
            (Decision, "assessment__"),
        ):
            wanted = named.get(model._meta.label_lower, set())
            if not wanted:
                continue
            rows = list(
                model._default_manager.filter(pk__in=wanted)
                .order_by()
                .values_list("pk", f"{at}area_id", f"{at}unit_id")
            )
            keys = {("area", area) if area else ("unit", unit) for _, area, unit in rows}
            found.subjects |= keys
            if model is Observation:
                found.evidence |= keys
            if len(rows) < len(wanted):
                found.everything = True
    known = {model._meta.label_lower for model in (Observation, LeadEntry, Assessment, Decision)}
    found.everything = found.everything or not set(named) <= known
