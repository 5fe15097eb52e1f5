"""Looking through the mission's registers whole, for what is asked for; nothing is shown of it.

Somebody who is in a closed record must not look unknown. What is found here and is not open to who
asks leaves this room only as "restricted information: ask".
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from primacy.platform.accounts.models import Compartment
from primacy.platform.database.viewer_scope import matching
from primacy.platform.policy import Viewer, held_aside
from primacy.platform.policy.viewer import computation


@contextmanager
def looking_through(mission_id: uuid.UUID) -> Iterator[Viewer]:
    """A viewer to whom the registers are open whole, for as long as they are looked through.

    On PostgreSQL the row policies open inside to the records whose card says `matched`, and to no
    other. Reads are noted when something is shown.
    """
    inside = frozenset(Compartment.objects.values_list("pk", flat=True))
    with matching(mission_id), held_aside():
        yield replace(computation("screening"), compartments=inside)
