"""Routes of imports: the list of what was loaded, from which file, with what problems."""

import datetime as dt
import uuid

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel

from primacy.platform.imports.models import ImportBatch
from primacy.platform.imports.queries import batches
from primacy.rooms.places.api.frame import READ, Listing, Paging, listed, open_call

router = Router(tags=["Imports"])


class BatchOut(BaseModel):
    """One import of one file or API pull: what it was, what it added, what was wrong."""

    id: uuid.UUID
    kind: str
    origin: str
    sha256: str
    size: int
    vintage: str
    status: str
    rows_read: int
    rows_added: int
    rows_changed: int
    rows_known: int
    rows_bad: int
    recorded_at: dt.datetime
    recorded_by: str | None
    loaded_at: dt.datetime | None
    undone_at: dt.datetime | None
    undo_reason: str

    @classmethod
    def of(cls, row: ImportBatch) -> "BatchOut":
        """An import."""
        same = set(cls.model_fields) - {"id", "recorded_by"}
        by = row.recorded_by
        return cls(
            id=row.pk,
            recorded_by=str(by) if by else None,
            **{name: getattr(row, name) for name in same},
        )


@router.get("/missions/{slug:code}/imports", response={200: Listing[BatchOut], **READ})
def list_imports(request: HttpRequest, code: str, paging: Query[Paging]) -> Listing[BatchOut]:
    """The mission's imports, newest first, for those who may run them."""
    call = open_call(request, code)
    return listed(batches(call.viewer, call.mission.pk), paging, BatchOut.of)
