"""Writing sources."""

import datetime as dt
import uuid
from contextlib import nullcontext

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.audit.actions import record
from primacy.platform.database.viewer_scope import computing
from primacy.platform.policy import Marking, Viewer
from primacy.platform.sources.models import Source, SourceKind


class SourceMissing(ValueError):
    """A record was given without saying where it comes from."""


def ensure_source(
    *,
    actor: Viewer,
    mission_id: uuid.UUID | None,
    title: str,
    kind: str = SourceKind.DOCUMENT,
    marking: Marking = Marking.INTERNAL,
    url: str = "",
    note: str = "",
    publisher: str = "",
    published_on: dt.date | None = None,
) -> Source:
    """The source of this title in the mission, made where it did not exist.

    The right to write is that of the record the source is for, checked by the caller's action.
    """
    title = " ".join(title.split())[:500]
    if not title:
        raise SourceMissing(_("Say where this comes from: a document, register, visit or survey."))
    # A title is one source in its mission, also where the writer may not read it.
    with computing(mission_id) if mission_id else nullcontext():
        found = Source.objects.filter(mission_id=mission_id, title=title).first()
    if found:
        return found
    with transaction.atomic():
        source = Source.objects.create(
            mission_id=mission_id,
            title=title,
            kind=kind,
            marking=marking,
            url=url,
            note=note,
            publisher=publisher,
            published_on=published_on,
            recorded_by_id=actor.account_id,
        )
        # Those who keep the server read the log and have no clearance for more.
        body = {"title": title if marking <= Marking.INTERNAL else f"marked {marking.label}"}
        record(actor, "sources.source.create", source, body)
    return source
