"""The table of emergency orders: what may be ordered, by whom, and how long an order holds."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PERMISSION = "emergency.order"
HOURS_TO_RELEASE = 24
"""How long a request waits for a second person before it lapses."""


@dataclass(frozen=True)
class Kind:
    """One kind of order. `hours` counts from the release; after that it can't be carried out."""

    title: str | Promise
    permission: str
    hours: int
    names_role: bool = False
    """The subject is a role, for one mission or, asked for in words, for all of them."""
    names_account: bool = False
    """The subject is an account's address; the person concerned has no part in the order."""


KINDS: dict[str, Kind] = {
    "break_glass": Kind(_("Open the emergency account"), PERMISSION, 1, names_role=True),
    "second_factor": Kind(
        _("Take a lost second factor off an account"), PERMISSION, 24, names_account=True
    ),
    "wipe": Kind(_("Wipe this server"), PERMISSION, 4),
    "evacuate": Kind(_("Evacuate this server: take everything away, then wipe"), PERMISSION, 12),
}
