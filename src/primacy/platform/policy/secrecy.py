"""What stands in the place of something a reader may not see: the same words everywhere.

The words say whom to ask and nothing else: not how long the hidden text is, not what it is about,
not how many things are hidden. A list must not be sorted by the hidden value either: sort by
`Restricted.sort_key`, which is the same for all.
"""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

OWNER: Promise = gettext_lazy("the human rights component or the record's owner")
"""Whom to ask where the owning organisation itself must not be named."""


@dataclass(frozen=True)
class Restricted:
    """A value that is there and not open to the reader.

    Written as text it names whom to ask. It has no length of its own, compares equal to every
    other with the same owner, and sorts in one place.
    """

    owner: str = ""

    sort_key: ClassVar[str] = "\uffff"
    """Where hidden values stand in a sorted list: all at the end, none before another."""

    @property
    def text(self) -> str:
        """The words for page, API, command line and file."""
        return _("restricted information: ask %(owner)s") % {"owner": self.owner or str(OWNER)}

    def __str__(self) -> str:
        return self.text


def restricted(owner: str = "") -> Restricted:
    """The stand-in for a hidden value. Name the owner only where the reader may know of it."""
    return Restricted(" ".join(owner.split()))


def is_restricted(value: object) -> bool:
    """True for a hidden value, also where it was already written out as text."""
    return isinstance(value, Restricted)
