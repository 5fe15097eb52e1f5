"""Looking at a mission's records whole, whoever asks.

A guard must not pass because what stands against it is closed to who acts: what stops support stops
it for everybody, and what keeps an alert from a unit keeps it though nobody may read why. What is
found leaves a room as a yes or no, or as "restricted information: ask"; reads are noted where
something is shown.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from primacy.platform.accounts.models import Compartment
from primacy.platform.database.viewer_scope import computing
from primacy.platform.policy import Viewer, computation, held_aside


@contextmanager
def seen_whole(mission_id: uuid.UUID, label: str = "support") -> Iterator[Viewer]:
    """A viewer to whom the mission's records are open, for as long as something is worked out."""
    inside = frozenset(Compartment.objects.values_list("pk", flat=True))
    with computing(mission_id), held_aside():
        yield replace(computation(label), compartments=inside)
