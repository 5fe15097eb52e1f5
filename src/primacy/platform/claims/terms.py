"""What every claim is made with, whatever it says."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from primacy.platform.claims.actions import Cite
from primacy.platform.claims.models import ClaimStatus
from primacy.platform.claims.rules import Dates
from primacy.platform.policy import Marking


@dataclass(frozen=True)
class Terms:
    """What every claim is made with: when it held, how far it is relied on, on what."""

    dates: Dates = field(default_factory=Dates)
    cites: Sequence[Cite] = ()
    status: str = ClaimStatus.ACCEPTED
    marking: Marking = Marking.INTERNAL
    public_note: str = ""
    internal_note: str = ""

    def fields(self) -> dict[str, object]:
        """The columns these terms fill."""
        return {
            **self.dates.fields(),
            "status": self.status,
            "marking": self.marking,
            "public_note": self.public_note,
            "internal_note": self.internal_note,
        }
