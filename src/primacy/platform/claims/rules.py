"""What makes a claim stand: its dates, its citations, the moves of its status. Pure."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from primacy.kernels.command import BackwardRange, BadRange, EmptyRange, Range
from primacy.platform.claims.models import Claim, ClaimStatus
from primacy.platform.language.sentences import said

STATUS_MOVES: dict[str, frozenset[str]] = {
    ClaimStatus.WORK_NEEDED: frozenset(
        {ClaimStatus.ACCEPTED, ClaimStatus.CONFLICT, ClaimStatus.ISSUE}
    ),
    ClaimStatus.ACCEPTED: frozenset(
        {ClaimStatus.CONFLICT, ClaimStatus.WORK_NEEDED, ClaimStatus.ISSUE}
    ),
    ClaimStatus.CONFLICT: frozenset(
        {ClaimStatus.ACCEPTED, ClaimStatus.WORK_NEEDED, ClaimStatus.ISSUE}
    ),
    # What is at issue is looked into before anything rests on it again.
    ClaimStatus.ISSUE: frozenset({ClaimStatus.WORK_NEEDED, ClaimStatus.CONFLICT}),
}
"""Which status may follow which; a claim also keeps the one it has."""

RELIED_ON = frozenset({ClaimStatus.ACCEPTED, ClaimStatus.CONFLICT})
"""Statuses of which something may be said to be certain; they need a citation."""


@dataclass(frozen=True)
class Dates:
    """The dates of a claim, as they are typed or read from a file."""

    first_precise: dt.date | None = None
    last_precise: dt.date | None = None
    first_imprecise: dt.date | None = None
    last_imprecise: dt.date | None = None
    since_beginning: bool = False
    starting: bool = False
    ending: bool = False
    start_context: str = ""
    end_context: str = ""

    def fields(self) -> dict[str, object]:
        """The columns of a claim that these dates fill."""
        return dict(vars(self))

    @property
    def last(self) -> dt.date | None:
        """The last day the claim speaks of."""
        return max((d for d in (self.last_precise, self.last_imprecise) if d), default=None)


def on_record(since: dt.date | None = None, seen_on: dt.date | None = None) -> Dates:
    """Dates of an entry in a register, open at its end.

    From the beginning where no first day is on record; `seen_on` is the last day spoken of.
    """
    return Dates(
        first_precise=since or seen_on,
        last_precise=seen_on or since,
        since_beginning=since is None,
        starting=since is not None,
    )


def dates_of(row: Claim) -> Dates:
    """The dates of a stored claim."""
    return Dates(**{name: getattr(row, name) for name in Dates.__dataclass_fields__})


def against_status(row: Claim, citations: int, before: str = "") -> list[str]:
    """Reasons against the status of a claim with so many citations, that had another before."""
    reasons = []
    if row.status not in ClaimStatus.values:
        reasons.append(
            _("'%(status)s' is not a status of a claim: %(known)s.")
            % {"status": row.status, "known": ", ".join(ClaimStatus.values)}
        )
    elif row.status in RELIED_ON and not citations:
        reasons.append(
            _("A claim without a citation cannot be '%(status)s'. Name a source, or leave it as "
              "work needed.")
            % {"status": ClaimStatus(row.status).label}
        )  # fmt: skip
    if before and row.status != before and row.status not in STATUS_MOVES.get(before, ()):
        allowed = ", ".join(sorted(str(ClaimStatus(s).label) for s in STATUS_MOVES[before]))
        reasons.append(
            _("A claim cannot go from '%(before)s' to '%(after)s'. It may become: %(allowed)s.")
            % {
                "before": ClaimStatus(before).label,
                "after": ClaimStatus(row.status).label,
                "allowed": allowed,
            }
        )
    return reasons


def against_dates(row: Claim) -> list[str]:
    """Reasons against the dates of a claim: no day, a wrong order, a gap, a half range."""
    try:
        range_of(row)
    except EmptyRange:
        return [
            _("The claim has no day. Give at least one day on which it was true, or say that it "
              "held since the beginning.")
        ]  # fmt: skip
    except BackwardRange as problem:
        return [_("The dates run backwards: give the earlier day first. %(detail)s")
                % {"detail": said(problem)}]  # fmt: skip
    except BadRange as problem:
        return [said(problem)]
    return []


def range_of(row: Claim | Dates) -> Range:
    """The span of a claim as the command kernel reads it."""
    return Range(
        row.first_precise,
        row.last_precise,
        row.first_imprecise,
        row.last_imprecise,
        starting=row.starting,
        ending=row.ending,
        since_beginning=row.since_beginning,
    )
