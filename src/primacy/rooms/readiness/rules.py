"""What is allowed and what follows: state tables and guards that return reasons.

Guards are pure: they take plain facts and return the reasons against (empty: allowed), so that a
page can show what is missing before anybody tries.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from primacy.kernels.readiness import Lead, Readiness, next_lead
from primacy.platform.language.later import later

ASSESSMENT_MOVES: dict[tuple[str, str], str] = {
    ("open", "freeze"): "frozen",
    ("open", "withdraw"): "withdrawn",
    ("frozen", "decide"): "decided",
    ("frozen", "withdraw"): "withdrawn",
}
DECISION_MOVES: dict[tuple[str, str], str] = {
    ("proposed", "complete"): "in_force",
    ("proposed", "refuse"): "refused",
    ("proposed", "withdraw"): "lapsed",
}
STANDARD_MOVES: dict[tuple[str, str], str] = {
    ("draft", "adopt"): "in_force",
    ("draft", "complete"): "in_force",
    ("draft", "withdraw"): "withdrawn",
    ("in_force", "replace"): "replaced",
}

MAX_EVIDENCE_AGE_AT_DECISION = 90
"""Days an assessment may be old when its decision takes effect (mission choice)."""

RIGHT_FOR = {"accountability.no_grave_finding": "readiness.find"}
"""Indicators that only one office may enter: a standing finding has no override by anybody else."""

PARTY_NAMES = {
    "mission": later("the mission"),
    "force": later("the local force"),
    "ministry": later("the ministry"),
}


def move(table: Mapping[tuple[str, str], str], state: str, act: str) -> str | None:
    """The state after an act, or None where the table does not know the move."""
    return table.get((state, act))


def ladder_of(codes: Sequence[str]) -> tuple[Lead, ...]:
    """The mission's ladder of leads, in order, from the codes it keeps."""
    return tuple(Lead(code) for code in codes)


class OfMission(Protocol):
    """Anything that belongs to one mission."""

    @property
    def mission_id(self) -> uuid.UUID:
        """The mission's id."""


def against_subject(
    mission_id: uuid.UUID, area: OfMission | None, unit: OfMission | None
) -> list[str]:
    """Reasons a record of a mission cannot be about this area or unit."""
    reasons = []
    if (area is None) == (unit is None):
        reasons.append(_("name one area or one unit"))
    if any(one is not None and one.mission_id != mission_id for one in (area, unit)):
        reasons.append(_("the area or unit belongs to another mission"))
    return reasons


def right_for(indicator: str) -> str:
    """The permission that entering an indicator needs."""
    return RIGHT_FOR.get(indicator, "readiness.observe")


def party_name(party: str) -> str:
    """A party as it is written in a sentence."""
    return str(PARTY_NAMES.get(party, party or _("no party")))


@dataclass(frozen=True)
class Seating:
    """Who sits on the field team: seats taken by party, against what the standard asks."""

    taken: Mapping[str, int]
    parties: Sequence[str]
    per_party: int


def equal_seats(seating: Seating) -> list[str]:
    """Reasons the team is not one of equal numbers."""
    reasons = []
    for party in seating.parties:
        missing = seating.per_party - seating.taken.get(party, 0)
        if missing > 0:
            seats = "seat" if missing == 1 else "seats"
            reasons.append(
                _("%(missing)s %(seats)s of %(party_name)s on the team not taken")
                % {"missing": missing, "seats": seats, "party_name": party_name(party)}
            )
    counts = {seating.taken.get(party, 0) for party in seating.parties}
    if not reasons and len(counts) > 1:
        shown = ", ".join(f"{party_name(p)} {seating.taken.get(p, 0)}" for p in seating.parties)
        reasons.append(
            _("the parties must have equal numbers on the team (%(shown)s)") % {"shown": shown}
        )
    return reasons


@dataclass(frozen=True)
class Proposal:
    """The facts a forward decision is checked against."""

    assessment_state: str
    result: str
    binding_text: str
    missing_conditions: Sequence[str]
    current_lead: Lead | None
    target: Lead
    ladder: Sequence[Lead]
    as_of: dt.date
    effective_on: dt.date
    trial_until: dt.date | None
    standard_in_force: bool


def against_forward(proposal: Proposal) -> list[str]:
    """Reasons a step forward cannot be decided."""
    reasons = []
    if proposal.assessment_state != "frozen":
        reasons.append(_("the evidence of the assessment is not frozen"))
    if proposal.result not in (Readiness.READY, Readiness.CONDITIONS):
        said = (
            _("not ready") if proposal.result == Readiness.NOT_READY else _("readiness is unknown")
        )
        because = f": {proposal.binding_text}" if proposal.binding_text else ""
        reasons.append(f"{said}{because}")
    reasons += [
        _("no action, owner and date for %(code)s") % {"code": code}
        for code in proposal.missing_conditions
    ]
    reasons += _against_step(proposal)
    if not proposal.standard_in_force:
        reasons.append(_("the standard it was made under is no longer in force; assess again"))
    reasons += _against_days(proposal)
    return reasons


def _against_step(proposal: Proposal) -> list[str]:
    if proposal.current_lead is None:
        return [_("who leads now is not known; record the present lead first")]
    step = next_lead(proposal.current_lead, proposal.ladder)
    if step is None:
        return [_("the local force leads alone already: there is no further step")]
    if step is not proposal.target:
        return [
            _("the next step from the present lead is '%(replace)s'")
            % {"replace": step.value.replace("_", " ")}
        ]
    return []


def _against_days(proposal: Proposal) -> list[str]:
    reasons = []
    age = (proposal.effective_on - proposal.as_of).days
    if age < 0:
        reasons.append(_("it would take effect before the day of its evidence"))
    elif age > MAX_EVIDENCE_AGE_AT_DECISION:
        reasons.append(
            _(
                "the evidence would be %(age)s days old when it takes effect; at most "
                "%(max_evidence_age_at_decision)s allowed"
            )
            % {"age": age, "max_evidence_age_at_decision": MAX_EVIDENCE_AGE_AT_DECISION}
        )
    if proposal.trial_until is not None and proposal.trial_until <= proposal.effective_on:
        reasons.append(_("the trial would end before it begins"))
    return reasons


def against_step_back(
    current: Lead | None, target: Lead, ladder: Sequence[Lead], reason: str
) -> list[str]:
    """Reasons a step back cannot be proposed. It needs no readiness, only a reason."""
    reasons = []
    if not reason.strip():
        reasons.append(_("say why in words"))
    if current is None:
        reasons.append(_("who leads now is not known"))
    elif target not in ladder:
        reasons.append(_("the mission's ladder does not have this lead"))
    elif target.rank >= current.rank:
        reasons.append(_("a step back goes to an earlier lead"))
    return reasons


@dataclass(frozen=True)
class Signing:
    """The signatures under a decision: (party, agrees) of each member."""

    signatures: Sequence[tuple[str, bool]]
    parties: Sequence[str]
    per_party: int


def still_needed(signing: Signing) -> list[str]:
    """Signatures that are missing before the decision is complete."""
    counts = Counter(party for party, vote in signing.signatures)
    missing = []
    for party in signing.parties:
        number = signing.per_party - counts[party]
        if number > 0:
            word = "signature" if number == 1 else "signatures"
            missing.append(
                _("%(number)s %(word)s of %(party_name)s")
                % {"number": number, "word": word, "party_name": party_name(party)}
            )
    return missing


def signing_outcome(signing: Signing) -> str | None:
    """The act that follows, complete or refuse; None while signatures are missing.

    Each party gives the same number of signatures. A party is for when most of its members are;
    a party that is split evenly or against refuses. Dissent of a minority is kept.
    """
    if still_needed(signing):
        return None
    for party in signing.parties:
        votes = [agrees for who, agrees in signing.signatures if who == party]
        if 2 * sum(votes) <= len(votes):
            return "refuse"
    return "complete"


def against_signing(
    *, party: str, signing: Signing, already_signed: bool, state: str, seated: bool
) -> list[str]:
    """Reasons an account cannot sign a decision."""
    reasons = []
    if state != "proposed":
        reasons.append(_("it no longer waits for signatures"))
    if party not in signing.parties:
        parties = ", ".join(party_name(p) for p in signing.parties)
        reasons.append(
            _("only members of %(parties)s sign; your organisation is none of these")
            % {"parties": parties}
        )
    if already_signed:
        reasons.append(_("you have signed already; a signature cannot be changed"))
    elif sum(1 for who, vote in signing.signatures if who == party) >= signing.per_party:
        reasons.append(
            _("all signatures of %(party_name)s are given: numbers stay equal")
            % {"party_name": party_name(party)}
        )
    if not seated:
        reasons.append(_("you have no seat on the assessment team"))
    return reasons


@dataclass(frozen=True)
class ObservationFacts:
    """What is checked before a value becomes evidence."""

    method: str
    party: str
    observed_on: dt.date
    today: dt.date
    value: float | None
    low: float | None
    high: float | None
    numerator: float | None
    denominator: float | None
    unit: str


def against_observation(facts: ObservationFacts) -> list[str]:
    """Reasons a value cannot be entered as evidence."""
    reasons = _against_numbers(facts)
    if facts.observed_on > facts.today:
        reasons.append(_("the day of observation lies in the future"))
    if facts.method == "self" and facts.party not in ("force", "ministry"):
        reasons.append(_("a self-assessment is entered by the local force or its ministry"))
    if facts.method == "field" and facts.party not in ("mission", "force", "ministry"):
        reasons.append(_("a field value is entered by a member of the joint team"))
    return reasons


def _against_numbers(facts: ObservationFacts) -> list[str]:
    reasons = []
    numbers = (facts.value, facts.low, facts.high, facts.numerator, facts.denominator)
    if all(number is None for number in numbers):
        reasons.append(_("give a value, or how many of how many"))
    if any(number is not None and number < 0 for number in numbers):
        reasons.append(_("no number may be below zero"))
    if any(number is not None and number != number for number in numbers):
        reasons.append(_("a value is not a number"))
    if (facts.numerator is None) != (facts.denominator is None):
        reasons.append(_("give both: how many, and of how many"))
    if facts.low is not None and facts.high is not None and facts.low > facts.high:
        reasons.append(_("the lower end of the interval lies above the upper end"))
    if facts.unit == "share":
        if any(n is not None and n > 1 for n in (facts.value, facts.low, facts.high)):
            reasons.append(_("a share lies between 0 and 1 (write 79 % as 0.79)"))
        if (
            facts.numerator is not None
            and facts.denominator is not None
            and facts.numerator > facts.denominator
        ):
            reasons.append(_("more are counted than there are: the first number is the larger"))
    if facts.unit == "yes_no" and facts.value not in (None, 0, 1, 0.0, 1.0):
        reasons.append(_("answer yes or no"))
    return reasons
