"""What linkage is asked with and what it answers: frozen records, words beside every number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path


class Verdict(Enum):
    """What is proposed for a pair or a cluster. A person decides; nothing is merged here."""

    ACCEPT = "accept"
    REFER = "refer"


class Grade(Enum):
    """How far two records agree in one thing."""

    SAME = "same"
    NEAR = "near"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


class Why(Enum):
    """Why a pair or cluster is put to a person instead of being proposed as one person."""

    NAME_ALONE = "name_alone"
    NAME_OTHER = "name_other"
    NAME_UNKNOWN = "name_unknown"
    NUMBER_OTHER = "number_other"
    NUMBER_SHARED = "number_shared"
    SEX_OTHER = "sex_other"
    BIRTH_OTHER = "birth_other"
    UNSURE = "unsure"
    MEMBERS_CLASH = "members_clash"
    MANY_MEMBERS = "many_members"


ENGLISH = {
    Why.NAME_ALONE: "besides the name too little agrees; a name alone never makes one person",
    Why.NAME_OTHER: "a name differs",
    Why.NAME_UNKNOWN: "the names cannot be compared",
    Why.NUMBER_OTHER: "another number of the same kind of document",
    Why.NUMBER_SHARED: "two people may be using one number",
    Why.SEX_OTHER: "the sex differs",
    Why.BIRTH_OTHER: "the birth date differs",
    Why.UNSURE: "the records agree too little to be sure",
    Why.MEMBERS_CLASH: "two records in the cluster contradict each other",
    Why.MANY_MEMBERS: "more records than one person usually has",
}


@dataclass(frozen=True)
class Thresholds:
    """From which probability on a pair is proposed as one person, and from which it is shown."""

    accept: float = 0.99
    refer: float = 0.1

    def __post_init__(self) -> None:
        if not 0.0 < self.refer <= self.accept < 1.0:
            raise ValueError("0 < refer ≤ accept < 1 must hold for the thresholds of linkage.")


@dataclass(frozen=True)
class LinkageSettings:
    """How a list is compared; the defaults suit a census of a force.

    `placeholder_days` are days of birth written where only the year is known. `largest_block` is
    how many records may share a key before the key no longer finds pairs. `sample` is how many
    records serve to learn what chance agreement looks like.
    """

    thresholds: Thresholds = field(default_factory=Thresholds)
    placeholder_days: frozenset[str] = frozenset({"01-01"})
    largest_block: int = 500
    largest_cluster: int = 6
    sample: int = 1_500
    threads: int = 2
    memory_mb: int = 2_048


@dataclass(frozen=True)
class TrainedModel:
    """What was learnt: `m` and `u` of each level of each comparison, and the share of matches.

    `prior` is the probability that two records drawn by lot are of one person. `m` is how often a
    level is seen among records of one person, `u` among records of different people.
    """

    prior: float
    m: Mapping[str, tuple[float, ...]]
    u: Mapping[str, tuple[float, ...]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agreement:
    """How two records agree in one thing: `code` names it for a translation, `words` in English.

    `weight` is in bits: one bit more doubles the odds that the records are of one person.
    """

    field: str
    code: str
    grade: Grade
    words: str
    weight: float


@dataclass(frozen=True)
class Pair:
    """Two records that may be of one person."""

    left: str
    right: str
    probability: float
    verdict: Verdict
    agreements: tuple[Agreement, ...]
    reasons: tuple[Why, ...] = ()

    def in_words(self) -> str:
        """Returns what agrees, what differs and why a person should look, as one English line."""
        said = "; ".join(a.words for a in self.agreements if a.grade is not Grade.UNKNOWN)
        why = "; ".join(ENGLISH[reason] for reason in self.reasons)
        return f"{said}. To decide: {why}" if why else said


@dataclass(frozen=True)
class Cluster:
    """Records proposed as one person through accepted pairs; `weakest` is the least probable."""

    members: tuple[str, ...]
    weakest: float
    verdict: Verdict
    reasons: tuple[Why, ...] = ()


@dataclass(frozen=True)
class LinkageResult:
    """Pairs most probable first, clusters, what was learnt, and what was left out and why."""

    pairs: tuple[Pair, ...]
    clusters: tuple[Cluster, ...]
    model: TrainedModel
    records: int
    compared: int
    notes: tuple[str, ...] = ()

    @property
    def accepted(self) -> tuple[Pair, ...]:
        """Returns the pairs proposed as one person."""
        return tuple(pair for pair in self.pairs if pair.verdict is Verdict.ACCEPT)

    @property
    def referred(self) -> tuple[Pair, ...]:
        """Returns the pairs a person has to decide."""
        return tuple(pair for pair in self.pairs if pair.verdict is Verdict.REFER)

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Returns the two Parquet files written into the folder: pairs and clusters."""
        from primacy.engines.linkage.tables import write

        return write(self, folder)
