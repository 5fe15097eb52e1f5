"""Reads of claims: the newest versions as known at a moment, all versions of one, citations."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from primacy.platform.claims.models import Citation, Claim
from primacy.platform.database.viewer_scope import computing
from primacy.platform.policy import Marking, Viewer, visible
from primacy.platform.policy.traced import traced

ClaimT = TypeVar("ClaimT", bound=Claim)


def newest(
    viewer: Viewer,
    model: type[ClaimT],
    permission: str,
    mission_id: uuid.UUID,
    *,
    known_at: dt.datetime | None = None,
    via: Sequence[str] = (),
    with_withdrawn: bool = False,
) -> QuerySet[ClaimT]:
    """The claims of a mission as known at a moment (None: now), each in its newest version.

    `via` names the records a claim is about: each must be open to the viewer as well. A claim whose
    newest version is not open to the viewer is left out whole: an older version that was open is no
    longer what the register says.
    """
    rows = as_known(model, mission_id, known_at)
    if not with_withdrawn:
        rows = rows.filter(withdrawn=False)
    return _open(viewer, rows, permission, via)


def versions(
    viewer: Viewer,
    model: type[ClaimT],
    permission: str,
    mission_id: uuid.UUID,
    *,
    known_at: dt.datetime | None = None,
    via: Sequence[str] = (),
) -> QuerySet[ClaimT]:
    """All versions, oldest first, of the claims whose newest version is open to the viewer."""
    found = newest(
        viewer, model, permission, mission_id, known_at=known_at, via=via, with_withdrawn=True
    )
    kept = model._default_manager.filter(
        mission_id=mission_id, claim__in=found.order_by().values("claim")
    )
    if known_at is not None:
        kept = kept.filter(recorded_at__lte=known_at)
    return _open(viewer, kept, permission, via).order_by("claim", "version")


def hidden_claims(
    viewer: Viewer,
    model: type[ClaimT],
    permission: str,
    mission_id: uuid.UUID,
    *,
    known_at: dt.datetime | None = None,
    via: Sequence[str] = (),
) -> QuerySet[ClaimT]:
    """Claims outside compartments that stand, and are closed to the viewer by a marking.

    Their own, or that of a record they are about (`via`). Never hand out a row of these: ask within
    `computing` which records they are about, and say "restricted information" there. What stands in
    a compartment is not there for outsiders.
    """
    everywhere, by_mission, general = viewer.missions_with(permission)
    rows = as_known(model, mission_id, known_at).filter(withdrawn=False)
    if viewer.is_guest or not (everywhere or mission_id in by_mission):
        return rows.none()
    held = max(by_mission.get(mission_id, Marking.PUBLIC), general if everywhere else 0)
    closed, outside = Q(marking__gt=held), Q(compartment__isnull=True)
    for name in via:
        closed |= Q(**{f"{name}__marking__gt": held})
        outside &= Q(**{f"{name}__compartment__isnull": True})
    return rows.filter(closed, outside)


def citations_of(
    viewer: Viewer, rows: Iterable[Claim], permission: str
) -> dict[uuid.UUID, list[Citation]]:
    """The citations of versions the viewer was given, by version; closed sources are veiled."""
    ids = {row.pk for row in rows}
    found = Citation.objects.filter(version_id__in=ids).filter(
        Q(compartment__isnull=True) | Q(compartment_id__in=list(viewer.compartments))
    )
    # A version's own right was checked when its row was read; a citation is marked as its version.
    kept = traced(viewer, found.select_related("source"), permission, "")
    cited: dict[uuid.UUID, list[Citation]] = defaultdict(list)
    for citation in kept:
        cited[citation.version_id].append(citation)
    return dict(cited)


def as_known(
    model: type[ClaimT], mission_id: uuid.UUID, known_at: dt.datetime | None = None
) -> QuerySet[ClaimT]:
    """The newest versions as known at a moment, whoever asks: pass them through `visible`."""
    rows = model._default_manager.filter(mission_id=mission_id)
    later = model._default_manager.filter(claim=OuterRef("claim"), version__gt=OuterRef("version"))
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
        later = later.filter(recorded_at__lte=known_at)
    rows = rows.filter(~Exists(later))
    if connection.vendor == "postgresql":
        # Its row policies hide a newer version from the look-up where it is closed to the viewer.
        rows = rows.exclude(pk__in=_replaced_unseen(model, mission_id, known_at))
    return rows


def _replaced_unseen(
    model: type[ClaimT], mission_id: uuid.UUID, known_at: dt.datetime | None
) -> list[uuid.UUID]:
    """Versions that a more closely marked version of the same claim replaced."""
    with computing(mission_id):
        rows = model._default_manager.filter(
            mission_id=mission_id, version__gt=1, marking__gt=Marking.PUBLIC
        )
        if known_at is not None:
            rows = rows.filter(recorded_at__lte=known_at)
        tops = dict(rows.order_by().values_list("claim").annotate(top=Max("version")))
        if not tops:
            return []
        older = model._default_manager.filter(mission_id=mission_id, claim__in=list(tops))
        return [pk for pk, claim, version in older.values_list("pk", "claim", "version")
                if version < tops[claim]]  # fmt: skip


def _open(
    viewer: Viewer, rows: QuerySet[ClaimT], permission: str, via: Sequence[str]
) -> QuerySet[ClaimT]:
    found = visible(viewer, rows, permission)
    for name in via:
        found = visible(viewer, found, permission, via=name)
    return found
