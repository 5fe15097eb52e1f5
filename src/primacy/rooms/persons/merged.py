"""Which records are read as one person: worked out from the merges that stand. Pure."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Merged:
    """The records that are read as one: of each the one kept, and of each kept one all of them."""

    kept_for: Mapping[uuid.UUID, uuid.UUID] = field(default_factory=dict)

    def kept(self, person: uuid.UUID) -> uuid.UUID:
        """The record under which a person is read; the person's own where nothing was merged."""
        return self.kept_for.get(person, person)

    def group(self, person: uuid.UUID) -> frozenset[uuid.UUID]:
        """All records read as one with this one, itself among them."""
        kept = self.kept(person)
        return frozenset({kept, *(one for one, root in self.kept_for.items() if root == kept)})

    def one(self, left: uuid.UUID, right: uuid.UUID) -> bool:
        """Whether two records are read as one."""
        return self.kept(left) == self.kept(right)


def merged(pairs: Iterable[tuple[uuid.UUID, uuid.UUID]]) -> Merged:
    """What merges (kept, joined) make together, in the order in which they were made."""
    root: dict[uuid.UUID, uuid.UUID] = {}
    members: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for kept, joined in pairs:
        into, gone = root.get(kept, kept), root.get(joined, joined)
        if into == gone:
            continue
        moved = members.pop(gone, set()) | {gone}
        members[into] |= moved
        for one in moved:
            root[one] = into
    return Merged(root)
