"""Names of trained units read by the matcher of unit names against a mission's register."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from primacy.kernels.names import Asked, Candidate, Match, UnitMatcher, Verdict, in_words
from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import matchable_units
from primacy.rooms.places.facade import Mission
from primacy.rooms.training.models import Reading

SHOWN = 5
VERDICTS = {
    Verdict.ACCEPT: Reading.UNIT,
    Verdict.REFER: Reading.REFER,
    Verdict.NO_MATCH: Reading.NO_MATCH,
}


@dataclass(frozen=True)
class Recipient:
    """A name as written, with the country the report gives."""

    country: str
    country_code: str
    written: str

    @property
    def key(self) -> str:
        """A hash of country and spelling; case and blanks do not tell names apart."""
        text = f"{self.country.casefold()}\x1f{' '.join(self.written.casefold().split())}"
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class NameRead:
    """What the matcher made of a name."""

    reading: Reading
    unit_id: UUID | None = None
    score: float | None = None
    candidates: list[dict[str, object]] = field(default_factory=list)


def read_names(
    viewer: Viewer, mission: Mission, names: Iterable[Recipient]
) -> Iterator[tuple[Recipient, NameRead]]:
    """Each name with its reading. A force of another country is none of the register's."""
    own: list[Recipient] = []
    others: list[Recipient] = []
    for name in names:
        (own if _of_country(name, mission) else others).append(name)
    for name in others:
        yield name, NameRead(Reading.ELSEWHERE)
    if not own:
        return
    matcher = UnitMatcher(matchable_units(viewer, mission, side="local"))
    asked = [Asked(name.written) for name in own]
    for name, match in zip(own, matcher.match_all(asked, SHOWN), strict=True):
        yield name, _read(match)


def _of_country(name: Recipient, mission: Mission) -> bool:
    """Codes may be of two or three letters, so either the name or the code may tell."""
    if name.country.casefold() == mission.country.casefold():
        return True
    return bool(name.country_code) and (
        name.country_code.casefold() == mission.country_code.casefold()
    )


def _read(match: Match) -> NameRead:
    best = match.candidates[0].score if match.candidates else None
    return NameRead(
        reading=VERDICTS[match.verdict],
        unit_id=UUID(match.accepted) if match.accepted else None,
        score=best,
        candidates=[_candidate(one) for one in match.candidates],
    )


def _candidate(one: Candidate) -> dict[str, object]:
    return {
        "unit": one.unit,
        "name": one.name,
        "score": round(one.score, 3),
        "reasons": [in_words(reason) for reason in one.reasons],
    }
