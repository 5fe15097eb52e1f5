"""Drafting, signing and replacing the standard."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.rooms.places.facade import Mission
from primacy.rooms.readiness.errors import NotAllowed
from primacy.rooms.readiness.models import (
    Standard,
    StandardCriterion,
    StandardSignature,
    StandardState,
)
from primacy.rooms.readiness.rules import RIGHT_FOR, STANDARD_MOVES, move, party_name
from primacy.rooms.readiness.standards import StandardContent


def draft_standard(
    *, actor: Viewer, mission: Mission, content: StandardContent, change_note: str = ""
) -> Standard:
    """A new version as a draft: it counts for nothing until every party has signed."""
    require(actor, "readiness.propose", mission.pk)
    reasons = _against_parties(mission, content) + _against_red_line(mission, content)
    if reasons:
        raise NotAllowed(_("draft this standard"), reasons)
    with transaction.atomic():
        standard = _store(actor, mission, content, change_note)
        record(actor, "readiness.standard.draft", standard, {"version": standard.version})
    return standard


def adopt_sourced_standard(
    *, actor: Viewer, mission: Mission, content: StandardContent, in_force_from: dt.date
) -> Standard:
    """A first version put in force without signatures here.

    Only as version 1: the shipped default to start from, or a standard that a source reports as
    agreed at the time. Its origin says which; every change after it needs the parties.
    """
    require(actor, "readiness.propose", mission.pk)
    if mission.standards.exists():
        raise NotAllowed(_("adopt a first standard"), [_("the mission has a standard already")])
    with transaction.atomic():
        standard = _store(actor, mission, content, "")
        standard.state = STANDARD_MOVES[("draft", "adopt")]
        standard.in_force_from = in_force_from
        standard.save(update_fields=["state", "in_force_from"])
        body = {"version": standard.version, "from": in_force_from, "origin": content.origin}
        record(actor, "readiness.standard.adopt", standard, body)
    return standard


def sign_standard(*, actor: Viewer, standard: Standard) -> StandardSignature:
    """A party's signature under a draft; the last one puts it in force today."""
    require(actor, "readiness.sign", standard.mission_id)
    with transaction.atomic():
        standard = Standard.objects.select_for_update().get(pk=standard.pk)
        reasons = against_signing_standard(actor, standard)
        if reasons:
            raise NotAllowed(_("sign this standard"), reasons)
        signature = StandardSignature.objects.create(
            standard=standard,
            party=actor.party,
            account_id=actor.account_id,
            signed_as=actor.label,
        )
        record(actor, "readiness.standard.sign", standard, {"party": actor.party})
        signed = set(standard.signatures.values_list("party", flat=True))
        if set(standard.parties) <= signed:
            _put_in_force(actor, standard)
    return signature


def withdraw_standard(*, actor: Viewer, standard: Standard, reason: str) -> None:
    """Takes back a draft, with the reason."""
    require(actor, "readiness.propose", standard.mission_id)
    with transaction.atomic():
        standard.refresh_from_db(from_queryset=Standard.objects.select_for_update())
        state = move(STANDARD_MOVES, standard.state, "withdraw")
        if state is None or not reason.strip():
            raise NotAllowed(
                _("withdraw this standard"), [_("only a draft can be withdrawn, with a reason")]
            )
        standard.state = state
        standard.save(update_fields=["state"])
        record(actor, "readiness.standard.withdraw", standard, {"reason": reason})


def against_signing_standard(actor: Viewer, standard: Standard) -> list[str]:
    """Reasons an account cannot sign a standard."""
    reasons = []
    if standard.state != StandardState.DRAFT:
        reasons.append(_("it does not wait for signatures"))
    if actor.account_id is None:
        reasons.append(_("only a person with an account signs"))
    elif standard.signatures.filter(account_id=actor.account_id).exists():
        reasons.append(_("you have signed already"))
    if actor.party not in standard.parties:
        parties = ", ".join(party_name(p) for p in standard.parties)
        reasons.append(_("only members of %(parties)s sign") % {"parties": parties})
    elif standard.signatures.filter(party=actor.party).exists():
        reasons.append(
            _("%(party_name)s has signed already") % {"party_name": party_name(actor.party)}
        )
    return reasons


def _against_parties(mission: Mission, content: StandardContent) -> list[str]:
    """Reasons against a draft that would shut out a party which signs today.

    A draft asks only its own parties to sign, so two of them could otherwise drop the third.
    """
    present = mission.standards.filter(state=StandardState.IN_FORCE).first()
    missing = [p for p in present.parties if p not in content.parties] if present else []
    return [
        _("%(party_name)s signs the standard in force and stays a party")
        % {"party_name": party_name(party)}
        for party in missing
    ]


def _against_red_line(mission: Mission, content: StandardContent) -> list[str]:
    """Reasons against a draft that weakens the gate on grave-violation findings.

    Not even all parties together may agree it away: a standing finding has no override.
    """
    present = mission.standards.filter(state=StandardState.IN_FORCE).first()
    if present is None:
        return []
    kept = {
        row["indicator"]
        for row in content.criteria
        if row["gate"]
        and row["comparison"] == "equals"
        and row["threshold"] == 1
        and not row["responsibilities"]
        and not row["leads"]
    }
    gates = present.criteria.filter(gate=True, indicator__in=RIGHT_FOR)
    return [
        _("the gate '%(label)s' stays: a standing grave-violation finding has no override")
        % {"label": gate.label}
        for gate in gates
        if gate.indicator not in kept
    ]


def _store(actor: Viewer, mission: Mission, content: StandardContent, change_note: str) -> Standard:
    last = mission.standards.order_by("-version").values_list("version", flat=True).first()
    standard = Standard.objects.create(
        mission=mission,
        name=content.name,
        version=(last or 0) + 1,
        confidence=content.confidence,
        parties=list(content.parties),
        seats_per_party=content.seats_per_party,
        origin=content.origin,
        change_note=change_note,
        recorded_by_id=actor.account_id,
    )
    for position, row in enumerate(content.criteria):
        StandardCriterion.objects.create(standard=standard, position=position, **row)
    return standard


def _put_in_force(actor: Viewer, standard: Standard) -> None:
    before = Standard.objects.filter(mission_id=standard.mission_id, state=StandardState.IN_FORCE)
    before.update(state=STANDARD_MOVES[("in_force", "replace")])
    standard.state = STANDARD_MOVES[("draft", "complete")]
    standard.in_force_from = clock.today()
    standard.save(update_fields=["state", "in_force_from"])
    record(actor, "readiness.standard.in_force", standard, {"version": standard.version})
