"""What is claimed about a person, in words: each claim with its days, status and citations."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from primacy.kernels.command import MAY_BE_CERTAIN, Holding
from primacy.kernels.names.persons import AGAINST, Reason, Why
from primacy.platform.claims.models import Citation, Claim, ClaimStatus
from primacy.platform.claims.queries import citations_of, hidden_claims
from primacy.platform.claims.rules import range_of
from primacy.platform.claims.wording import range_words
from primacy.platform.database.viewer_scope import computing
from primacy.platform.language.dates import long_day
from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.models import (
    BirthClaim,
    IdNumberClaim,
    LeavingClaim,
    Person,
    PersonNameClaim,
    PostingClaim,
)
from primacy.rooms.persons.queries import ABOUT, KINDS, claims_of, kind_of
from primacy.rooms.persons.rights import VIEW

SPEAKS_AGAINST = AGAINST | {Why.NAME_ALONE}


@dataclass(frozen=True)
class ClaimWords:
    """One claim about a person in words."""

    row: Claim
    kind: str
    label: str
    text: str
    when: str
    holding: Holding
    citations: tuple[Citation, ...]
    unit: Unit | None = None
    person: Person | None = None

    @property
    def certain(self) -> bool:
        """True where the claim by itself is certain on the day."""
        return self.holding is Holding.CERTAIN and self.row.status in MAY_BE_CERTAIN

    @property
    def state(self) -> str:
        """How the claim stands on the day: certain, possible or no."""
        if self.holding is Holding.NO:
            return "no"
        return "certain" if self.certain else "possible"

    @property
    def status(self) -> str:
        """The status in words."""
        return str(ClaimStatus(self.row.status).label)

    @property
    def dated(self) -> bool:
        """False for a name, birth or number of which no source states days."""
        return not (self.row.since_beginning and self.row.last_imprecise is None)


def claims_about(
    viewer: Viewer,
    persons: Iterable[Person],
    day: dt.date,
    known_at: dt.datetime | None = None,
) -> dict[str, list[ClaimWords]]:
    """The claims about persons the viewer was given, by kind, earliest first."""
    rows = list(persons)
    asked: list[Claim] = []
    for model in KINDS.values():
        for mission_id in {row.mission_id for row in rows}:
            known = claims_of(viewer, model, mission_id, known_at=known_at)
            known = known.filter(**{"person__in": [row.pk for row in rows]})
            joined = ("person", "unit") if model is PostingClaim else ("person",)
            asked += list(known.select_related(*joined).order_by("claim"))
    read = worded(viewer, asked, day)
    read.sort(key=lambda one: (range_of(one.row).first or dt.date.min, one.text))
    return {kind: [one for one in read if one.kind == kind] for kind in KINDS}


def worded(viewer: Viewer, rows: list[Claim], day: dt.date) -> list[ClaimWords]:
    """Claims that the viewer was given, in words, with their citations."""
    cited = citations_of(viewer, rows, VIEW)
    return [
        ClaimWords(
            row=row,
            kind=kind_of(row),
            label=_label(row),
            text=_text(row),
            when=range_words(row),
            holding=range_of(row).holds(day),
            citations=tuple(cited.get(row.pk, ())),
            unit=row.unit if isinstance(row, PostingClaim) else None,
            person=row.person,  # type: ignore[attr-defined]
        )
        for row in rows
    ]


def is_more_hidden(viewer: Viewer, person: Person) -> bool:
    """Whether claims about a person stand that are closed to the viewer by a marking."""
    for model in KINDS.values():
        with computing(person.mission_id):
            rows = hidden_claims(viewer, model, VIEW, person.mission_id, via=ABOUT[model])
            if rows.filter(**{"person": person}).exists():
                return True
    return False


def _label(row: Claim) -> str:
    if isinstance(row, PersonNameClaim | LeavingClaim):
        return str(row.get_kind_display())
    if isinstance(row, BirthClaim):
        return _("Born")
    if isinstance(row, IdNumberClaim):
        return row.kind
    return _("Posting")


def _text(row: Claim) -> str:
    if isinstance(row, PersonNameClaim):
        return row.name
    if isinstance(row, IdNumberClaim):
        return row.number
    if isinstance(row, BirthClaim | LeavingClaim):
        place = row.place if isinstance(row, BirthClaim) else ""
        return ", ".join(part for part in (_between(row.earliest, row.latest), place) if part)
    if isinstance(row, PostingClaim):
        parts = [row.role, row.title, row.rank]
        parts += [_("acting")] if row.acting else []
        return ", ".join(dict.fromkeys(part for part in parts if part))
    return str(row)


def _between(earliest: dt.date | None, latest: dt.date | None) -> str:
    if earliest is None:
        return ""
    if latest is None or latest == earliest:
        return long_day(earliest)
    days = {"first": long_day(earliest), "last": long_day(latest)}
    return _("between %(first)s and %(last)s") % days


@dataclass(frozen=True)
class Evidence:
    """What speaks for and what against two records being one person, in words."""

    speaks_for: tuple[str, ...]
    against: tuple[str, ...]


def evidence_words(reasons: Iterable[Reason]) -> Evidence:
    """The reasons of a comparison, parted and in the reader's language."""
    rows = list(reasons)
    return Evidence(
        tuple(_reason(row) for row in rows if row.why not in SPEAKS_AGAINST),
        tuple(_reason(row) for row in rows if row.why in SPEAKS_AGAINST),
    )


def _reason(reason: Reason) -> str:
    values = (*reason.values, "", "")
    words = {
        Why.NAME_EQUAL: _("the same name: {0} / {1}"),
        Why.NAME_ALIKE: _("names alike: {0} / {1}"),
        Why.NAME_DIFFERS: _("other names: {0} / {1}"),
        Why.ID_EQUAL: _("the same {0}: {1}"),
        Why.ID_DIFFERS: _("another {0}"),
        Why.BIRTH_EQUAL: _("born on the same day: {0}"),
        Why.BIRTH_FITS: _("dates of birth fit: {0} / {1}"),
        Why.BIRTH_TURNED: _("day and month of birth in the other order: {0} / {1}"),
        Why.BIRTH_DIFFERS: _("born at another time: {0} / {1}"),
        Why.SEX_DIFFERS: _("of another sex"),
        Why.PLACE_EQUAL: _("a place in common: {0}"),
        Why.POSTING_EQUAL: _("a posting in common"),
        Why.NAME_ALONE: _("nothing but the name speaks for it"),
        Why.SEVERAL: _("another record fits as well"),
        Why.WORDS_AGREE: _("words that agree: {0}"),
        Why.WORDS_ALIKE: _("words alike: {0}"),
        Why.WORDS_APART: _("words in one name only: {0} / {1}"),
        Why.WORDS_ASIDE: _("ranks, titles and small words left aside: {0}"),
    }[reason.why]
    return words.format(*values)


def by_person(found: dict[str, list[ClaimWords]], person: uuid.UUID) -> dict[str, list[ClaimWords]]:
    """Of claims about several persons those about one."""
    return {
        kind: [one for one in rows if one.person is not None and one.person.pk == person]
        for kind, rows in found.items()
    }
