"""Who led on a day, from an append-only ledger with imprecise dates and corrections."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from primacy.kernels.readiness.errors import InvalidLedger
from primacy.kernels.readiness.leads import Lead
from primacy.kernels.readiness.sentence import Sentence

ACCEPTED = "accepted"
CONFLICT = "conflict"
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class LedgerEntry:
    """A lead that began between two days, as recorded at a moment.

    `lead` None states that nobody knows who led. `corrects` names the entry this one replaces;
    with status "withdrawn" it replaces it by nothing. Status "conflict" marks claims of sources
    that disagree.
    """

    id: str
    lead: Lead | None
    from_earliest: dt.date
    from_latest: dt.date
    recorded_at: dt.datetime
    trial_until: dt.date | None = None
    corrects: str | None = None
    status: str = ACCEPTED

    def __post_init__(self) -> None:
        if self.from_earliest > self.from_latest:
            raise InvalidLedger(
                f"Ledger entry '{self.id}' begins between {self.from_earliest} and "
                f"{self.from_latest}, which runs backwards. Give the earlier day first."
            )

    @property
    def precise(self) -> bool:
        """True where the day it began is known."""
        return self.from_earliest == self.from_latest


@dataclass(frozen=True)
class LeadAt:
    """Who led on a day, since when, and how sure that is.

    `since` is the day by which the lead had begun at the latest, `since_earliest` the first day
    it can have begun. `alternatives` are the other leads that the ledger allows on that day.
    """

    lead: Lead | None
    since: dt.date | None = None
    since_earliest: dt.date | None = None
    entry_id: str | None = None
    uncertain: bool = False
    alternatives: tuple[Lead | None, ...] = ()
    on_trial: bool = False
    trial_until: dt.date | None = None
    reasons: tuple[str, ...] = ()


def lead_at(
    entries: Iterable[LedgerEntry], on: dt.date, known_on: dt.datetime | None = None
) -> LeadAt:
    """Who led on a day, as known at a moment (now, where none is given)."""
    standing = [one for one in _standing(entries, known_on) if one.from_earliest <= on]
    possible = [
        one
        for one in standing
        if not any(_replaces(other, one) for other in standing if other.from_latest <= on)
    ]
    begun = [one for one in possible if one.from_latest <= on]
    leads: dict[Lead | None, None] = dict.fromkeys(one.lead for one in possible)
    if not begun:
        leads.setdefault(None)
    current = max(begun, key=_order, default=None)
    lead = current.lead if current else None
    alternatives = tuple(sorted((one for one in leads if one is not lead), key=_rung))
    conflict = any(one.status == CONFLICT for one in possible)
    trial_until = current.trial_until if current else None
    return LeadAt(
        lead=lead,
        since=current.from_latest if current else None,
        since_earliest=current.from_earliest if current else None,
        entry_id=current.id if current else None,
        uncertain=bool(alternatives) or conflict,
        alternatives=alternatives,
        on_trial=trial_until is not None and on <= trial_until,
        trial_until=trial_until,
        reasons=_reasons(current, possible, on, conflict),
    )


def _standing(entries: Iterable[LedgerEntry], known_on: dt.datetime | None) -> list[LedgerEntry]:
    """The entries known at a moment that no known correction has replaced."""
    known = {one.id: one for one in entries if known_on is None or one.recorded_at <= known_on}
    _refuse_circles(known)
    last: dict[str, LedgerEntry] = {}
    for one in known.values():
        if one.corrects is None:
            continue
        rival = last.get(one.corrects)
        if rival is None or (one.recorded_at, one.id) > (rival.recorded_at, rival.id):
            last[one.corrects] = one
    return [
        one
        for one in known.values()
        if one.id not in last
        and one.status != WITHDRAWN
        and (one.corrects is None or last[one.corrects] is one)
    ]


def _refuse_circles(known: dict[str, LedgerEntry]) -> None:
    """Nothing; InvalidLedger where corrections lead back to where they started."""
    for start in known.values():
        passed = {start.id}
        step = known.get(start.corrects or "")
        while step is not None:
            if step.id in passed:
                raise InvalidLedger(
                    f"The corrections of ledger entry '{start.id}' run in a circle. "
                    "A correction names an entry recorded before it."
                )
            passed.add(step.id)
            step = known.get(step.corrects or "")


def _replaces(later: LedgerEntry, earlier: LedgerEntry) -> bool:
    """True where one lead certainly began after the other.

    On one and the same known day the one recorded later counts. Sources in conflict never
    replace each other.
    """
    if later is earlier or (later.status == CONFLICT and earlier.status == CONFLICT):
        return False
    if later.from_earliest < earlier.from_latest:
        return False
    if later.precise and earlier.precise and later.from_earliest == earlier.from_earliest:
        return (later.recorded_at, later.id) > (earlier.recorded_at, earlier.id)
    return True


def _order(entry: LedgerEntry) -> tuple[dt.date, dt.date, dt.datetime, str]:
    """A sort key: the entry that began last comes last."""
    return entry.from_latest, entry.from_earliest, entry.recorded_at, entry.id


def _rung(lead: Lead | None) -> int:
    """The place of a lead on the ladder, the unknown below all."""
    return -1 if lead is None else lead.rank


def _reasons(
    current: LedgerEntry | None, possible: list[LedgerEntry], on: dt.date, conflict: bool
) -> tuple[str, ...]:
    """Why the lead is unknown, uncertain or on trial, in words."""
    lines: list[str] = []
    if current is None:
        lines.append(Sentence("unknown: the ledger has no entry that had certainly begun by then"))
    elif current.lead is None:
        lines.append(Sentence("recorded as unknown"))
    elif not current.precise:
        lines.append(
            Sentence(
                "began between %(first)s and %(last)s",
                first=current.from_earliest,
                last=current.from_latest,
            )
        )
    lines.extend(
        Sentence(
            "%(lead)s began between %(first)s and %(last)s",
            lead=one.lead or Sentence("an unknown lead"),
            first=one.from_earliest,
            last=one.from_latest,
        )
        for one in sorted(possible, key=_order)
        if one is not current and not (conflict and one.precise)
    )
    if conflict:
        lines.append(Sentence("the sources disagree"))
    if current and current.trial_until is not None and on <= current.trial_until:
        lines.append(Sentence("on trial until %(day)s", day=current.trial_until))
    return tuple(lines)
