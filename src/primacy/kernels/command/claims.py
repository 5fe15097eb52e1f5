"""What is claimed about units and persons over time: relations, postings, lineage, names.

Ids are any strings the caller chooses; the kernel hands the same ones back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from primacy.kernels.command.errors import BadClaim
from primacy.kernels.command.ranges import Range
from primacy.kernels.readiness.sentence import Sentence
from primacy.kernels.time import DateRange


class Status(StrEnum):
    """How far a claim may be relied on."""

    ACCEPTED = "accepted"
    CONFLICT = "conflict"
    WORK_NEEDED = "work_needed"
    ISSUE = "issue"


MAY_BE_CERTAIN = frozenset({Status.ACCEPTED})
"""Statuses of which something may be said to be certain; all others are possible at most.

The handbook keeps a claim that a review found to be the wrong one as `conflict`: the appointment
where a later ceremony is sourced, the battalion that does not exist. It still shows, as possible.
"""


class RelationKind(StrEnum):
    """In what way one unit belongs to another; only command makes the tree."""

    COMMAND = "command"
    ADMINISTRATIVE = "administrative"
    MEMBER = "member"


class LineageKind(StrEnum):
    """What became of units. An attachment lasts from a day to a day, the others happen once."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    DISBANDED = "disbanded"
    ATTACHED = "attached"


class Departure(StrEnum):
    """How a person left the service."""

    DIED = "died"
    RETIRED = "retired"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class Relation:
    """A unit under another. `attached` says that it is lent to it, over its own superior."""

    id: str
    unit: str
    superior: str
    range: Range
    kind: RelationKind = RelationKind.COMMAND
    status: Status = Status.ACCEPTED
    attached: bool = False

    def __post_init__(self) -> None:
        _read_word(self, "kind", RelationKind)
        _read_word(self, "status", Status)


@dataclass(frozen=True)
class Posting:
    """A person in a unit. `commanding` None: nobody has said whether the role commands."""

    id: str
    person: str
    unit: str
    range: Range
    role: str = ""
    title: str = ""
    rank: str = ""
    commanding: bool | None = None
    acting: bool = False
    status: Status = Status.ACCEPTED

    def __post_init__(self) -> None:
        _read_word(self, "status", Status)


@dataclass(frozen=True)
class Lineage:
    """An event in the life of units: `froms` before it, `tos` after it.

    `on` holds the day it happened or began. An attachment lends `froms` to the one unit in `tos`;
    its last day lies in `until`, None where no end is on record.
    """

    id: str
    kind: LineageKind
    froms: tuple[str, ...]
    tos: tuple[str, ...]
    on: DateRange
    until: DateRange | None = None
    status: Status = Status.ACCEPTED

    def __post_init__(self) -> None:
        _read_word(self, "kind", LineageKind)
        _read_word(self, "status", Status)
        object.__setattr__(self, "froms", tuple(self.froms))
        object.__setattr__(self, "tos", tuple(self.tos))
        before, after = len(self.froms), len(self.tos)
        fits = {
            LineageKind.RENAMED: before == 1 and after == 1,
            LineageKind.MERGED: before >= 1 and after == 1,
            LineageKind.SPLIT: before == 1 and after >= 1,
            LineageKind.DISBANDED: before >= 1 and after == 0,
            LineageKind.ATTACHED: before >= 1 and after == 1,
        }
        if not fits[self.kind]:
            raise BadClaim(
                Sentence(
                    "'%(kind)s' cannot have %(before)s units before and %(after)s after.",
                    kind=self.kind,
                    before=str(before),
                    after=str(after),
                )
            )
        if self.until is not None and self.until.latest < self.on.earliest:
            raise BadClaim(Sentence("'%(kind)s' ends before it begins.", kind=self.kind))


@dataclass(frozen=True)
class Name:
    """What a unit was called. Aliases stand beside each other, names take each other's place."""

    id: str
    unit: str
    text: str
    range: Range
    alias: bool = False
    status: Status = Status.ACCEPTED

    def __post_init__(self) -> None:
        _read_word(self, "status", Status)


@dataclass(frozen=True)
class EndOfService:
    """A person who died or left the service on a day in `on`."""

    id: str
    person: str
    kind: Departure
    on: DateRange
    status: Status = Status.ACCEPTED

    def __post_init__(self) -> None:
        _read_word(self, "kind", Departure)
        _read_word(self, "status", Status)


@dataclass(frozen=True)
class Seniority:
    """Levels of ranks, and the highest level that commands a unit directly.

    `ranks` gives a level to each rank as it is written in postings, higher for more senior;
    `highest` a level to each unit. A rank or unit that is not listed is not judged.
    """

    ranks: Mapping[str, int] = field(default_factory=dict)
    highest: Mapping[str, int] = field(default_factory=dict)

    def too_senior(self, rank: str, unit: str) -> bool:
        """True where the rank is above all that command such a unit directly."""
        level, most = self.ranks.get(rank), self.highest.get(unit)
        return level is not None and most is not None and level > most


def lasting(event: Lineage) -> Range:
    """The range of an attachment: from the day it began to the last day in `until`."""
    begun, end = event.on, event.until
    if end is None:
        return Range(
            begun.latest, begun.latest, begun.earliest, begun.latest, starting=True, ending=False
        )
    if begun.latest <= end.earliest:
        return Range(
            begun.latest, end.earliest, begun.earliest, end.latest, starting=True, ending=True
        )
    return Range.within(begun.earliest, end.latest, starting=True, ending=True)


def _read_word(claim: object, name: str, words: type[StrEnum]) -> None:
    """Sets a field to the member its text names, so that "accepted" may be given as text."""
    given = getattr(claim, name)
    if isinstance(given, words):
        return
    try:
        object.__setattr__(claim, name, words(given))
    except ValueError as problem:
        known = ", ".join(words)
        raise BadClaim(
            Sentence(
                "'%(given)s' is no %(name)s of a claim: it is one of %(known)s.",
                given=given,
                name=name,
                known=known,
            )
        ) from problem
