"""Whether this site still lives here, as its own audit log says."""

from django.utils.translation import gettext as _

from primacy.platform.archive.errors import SiteMoved
from primacy.platform.audit.models import AuditEntry

SITE_MOVE = "site.move"
SITE_STAYS = "site.stays"
"""Acts in the audit log: the site was moved away; it is used here again all the same."""


def moved_to() -> str:
    """Where the site was moved, in words; empty where it lives here."""
    last = AuditEntry.objects.filter(action__in=(SITE_MOVE, SITE_STAYS)).order_by("-sequence")
    entry = last.first()
    return entry.body if entry is not None and entry.action == SITE_MOVE else ""


def require_here() -> None:
    """Nothing, where the site lives here; `SiteMoved` where two copies would grow apart."""
    if moved_to():
        raise SiteMoved(
            _(
                "This site was moved away (%(to)s) and is not served from here: two copies would "
                "grow apart. Serve the other one. To use this one again, knowing that, say "
                "`primacy serve --again`."
            )
            % {"to": moved_to()[:300]}
        )
