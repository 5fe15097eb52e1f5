"""Reads of import batches."""

import uuid

from django.db.models import QuerySet

from primacy.platform.imports.models import ImportBatch
from primacy.platform.policy import Viewer, require


def batches(viewer: Viewer, mission_id: uuid.UUID) -> QuerySet[ImportBatch]:
    """The mission's imports, newest first, for those who may run them."""
    require(viewer, "imports.run", mission_id)
    rows = ImportBatch.objects.filter(mission_id=mission_id, compartment__isnull=True)
    return rows.select_related("recorded_by")
