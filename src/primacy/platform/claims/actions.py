"""Writing claims and their citations: called inside the acts of the rooms, in their transaction.

Nothing here checks a right: whoever calls has required that of the claim's own room, and records
the act in the audit log.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.claims.errors import BadClaim, ClaimMoved
from primacy.platform.claims.models import Citation, Claim
from primacy.platform.claims.rules import against_dates, against_status
from primacy.platform.database.viewer_scope import computing
from primacy.platform.ids import uuid7
from primacy.platform.sources.models import Source

ClaimT = TypeVar("ClaimT", bound=Claim)
TICK = dt.timedelta(microseconds=1)
WRITTEN_AT_ONCE = 500
OF_A_VERSION = frozenset({"id", "recorded_at", "recorded_by", "version", "withdrawn", "reason"})


@dataclass(frozen=True)
class Cite:
    """A place in a source, as an act is given it."""

    source: Source
    point_kind: str = ""
    point: str = ""
    archive_url: str = ""
    accessed_on: dt.date | None = None


def write_claims(rows: Sequence[tuple[ClaimT, Sequence[Cite]]]) -> list[ClaimT]:
    """The first versions of claims with their citations, written at once; all or nothing."""
    reasons = [
        reason
        for row, cites in rows
        for reason in (*against_dates(row), *against_status(row, len(cites)))
    ]
    if reasons:
        raise BadClaim(list(dict.fromkeys(reasons)))
    _write([(row, _citations(row, cites)) for row, cites in rows])
    return [row for row, _ in rows]


def correct(
    row: ClaimT,
    *,
    recorded_by_id: uuid.UUID | None,
    reason: str,
    changes: Mapping[str, object],
    cites: Sequence[Cite] | None = None,
) -> ClaimT:
    """The version that takes the place of the newest one.

    Without `cites` the citations of the version before are carried over.
    """
    new = next_version(row, recorded_by_id=recorded_by_id, reason=reason)
    for name, value in changes.items():
        if name in OF_A_VERSION or name in ("claim", "mission", "compartment"):
            raise ValueError(f"a correction does not change {name}")
        setattr(new, name, value)
    citations = _carried(row, new) if cites is None else _citations(new, cites)
    reasons = [*against_dates(new), *against_status(new, len(citations), row.status)]
    if reasons:
        raise BadClaim(reasons)
    _write([(new, citations)])
    return new


def withdraw(row: ClaimT, *, recorded_by_id: uuid.UUID | None, reason: str) -> ClaimT:
    """The version that says the claim is no longer made; all earlier versions stay on record."""
    new = next_version(row, recorded_by_id=recorded_by_id, reason=reason)
    new.withdrawn = True
    _write([(new, _carried(row, new))])
    return new


def confirm(
    rows: Sequence[ClaimT],
    *,
    recorded_by_id: uuid.UUID | None,
    seen_on: dt.date,
    cite: Cite,
    reason: str,
) -> list[ClaimT]:
    """New versions of claims that a later source states again, held up to its day; all or nothing.

    The citations of the versions before are carried over, and the new one is added.
    """
    made: list[tuple[ClaimT, list[Citation]]] = []
    before = _citations_before(rows)
    for row in rows:
        new = _copy(row, recorded_by_id=recorded_by_id, reason=reason)
        new.first_precise = row.first_precise or seen_on
        new.last_precise = max(row.last_precise or seen_on, seen_on)
        cites = [*before.get(row.pk, ()), cite]
        reasons = [*against_dates(new), *against_status(new, len(cites), row.status)]
        if reasons:
            raise BadClaim(reasons)
        made.append((new, _citations(new, cites)))
    _write(made)
    return [new for new, _cited in made]


def next_version(row: ClaimT, *, recorded_by_id: uuid.UUID | None, reason: str) -> ClaimT:
    """A copy of the newest version to be changed and written; `ClaimMoved` where it is not that."""
    if row.withdrawn:
        raise ClaimMoved(_("This claim was withdrawn. Make a new claim instead."))
    with computing(row.mission_id):
        rows = type(row)._default_manager.filter(claim=row.claim, version__gt=row.version)
        if rows.exists():
            raise _moved()
    return _copy(row, recorded_by_id=recorded_by_id, reason=reason)


def _copy(row: ClaimT, *, recorded_by_id: uuid.UUID | None, reason: str) -> ClaimT:
    """The next version as a copy; that no other has its number the database itself sees to."""
    reason = " ".join(reason.split())
    if not reason:
        raise BadClaim([_("Say why the claim is changed. Nothing was recorded.")])
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    new = type(row)(**values)
    new.pk = uuid7()
    new.version = row.version + 1
    # A clock that was set back must not put the correction before what it corrects.
    new.recorded_at = max(clock.now(), row.recorded_at + TICK)
    new.recorded_by_id = recorded_by_id
    new.reason = reason[:500]
    return new


def _moved() -> ClaimMoved:
    return ClaimMoved(
        _("Somebody else changed this claim since you opened it. Nothing was recorded: read the "
          "claim anew and change it then.")
    )  # fmt: skip


def _citations(row: Claim, cites: Sequence[Cite]) -> list[Citation]:
    return [
        Citation(
            mission_id=row.mission_id,
            version_id=row.pk,
            source=cite.source,
            point_kind=cite.point_kind,
            point=cite.point[:200],
            archive_url=cite.archive_url,
            accessed_on=cite.accessed_on,
            recorded_at=row.recorded_at,
            recorded_by_id=row.recorded_by_id,
            marking=row.marking,
            compartment_id=row.compartment_id,
        )
        for cite in cites
    ]


def _carried(before: Claim, new: Claim) -> list[Citation]:
    """The citations of the version before, for the new one."""
    return _citations(new, _citations_before([before]).get(before.pk, ()))


def _citations_before(rows: Sequence[Claim]) -> dict[uuid.UUID, list[Cite]]:
    """What versions cite, to be carried on, by version."""
    found: dict[uuid.UUID, list[Cite]] = defaultdict(list)
    ids = [row.pk for row in rows]
    for at in range(0, len(ids), WRITTEN_AT_ONCE):
        part = Citation.objects.filter(version_id__in=ids[at : at + WRITTEN_AT_ONCE])
        for one in part.select_related("source").order_by("id"):
            cite = Cite(one.source, one.point_kind, one.point, one.archive_url, one.accessed_on)
            found[one.version_id].append(cite)
    return found


def _write(rows: Sequence[tuple[ClaimT, Sequence[Citation]]]) -> None:
    by_kind: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row, _cited in rows:
        by_kind[type(row)].append(row)
    cited = [citation for _row, citations in rows for citation in citations]
    try:
        with transaction.atomic():
            for kind, found in by_kind.items():
                kind._default_manager.bulk_create(found, batch_size=WRITTEN_AT_ONCE)
            Citation.objects.bulk_create(cited, batch_size=WRITTEN_AT_ONCE)
    except IntegrityError as problem:
        versions = {f"{row._meta.db_table}.claim" for row, _ in rows}
        text = str(problem)
        if "_versions" in text or any(name in text for name in versions):
            raise _moved() from problem
        raise
