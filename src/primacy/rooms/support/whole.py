"""Looking at a mission's records whole, whoever asks: what stops support stops it for everybody.

A guard must not pass because a finding is closed to who acts. What is found here leaves the room as
a yes or no, or as "restricted information: ask"; reads are noted where something is shown.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from primacy.platform.accounts.models import Compartment
from primacy.platform.database.viewer_scope import computing
from primacy.platform.policy import Viewer, computation, held_aside


@contextmanager
def seen_whole(mission_id: uuid.UUID) -> Iterator[Viewer]:
    """A viewer to whom the mission's records are open, for as long as something is worked out."""
    inside = frozenset(Compartment.objects.values_list("pk", flat=True))
    with computing(mission_id), held_aside():
        yield replace(computation("support"), compartments=inside)
