"""The act of evacuating a site: sealed to keys held elsewhere, then wiped, and no act is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from primacy.platform.archive.actions.backup import Backup, write_backup
from primacy.platform.archive.actions.wiping import Wiped, erase
from primacy.platform.archive.errors import WipeRefused
from primacy.platform.archive.leftovers import CLOSED, closed
from primacy.platform.archive.places import Place, this_site
from primacy.platform.archive.sealing import Locks
from primacy.platform.archive.stores import second_connection, standing_in
from primacy.platform.audit.actions import record
from primacy.platform.audit.models import AuditEntry
from primacy.platform.database.owner import seeing_every_row
from primacy.platform.orders.actions import take_up
from primacy.platform.policy import Viewer, require


def evacuate(
    *, actor: Viewer, path: Path, locks: Locks, place: Place | None = None
) -> tuple[Backup, Wiped]:
    """The verified backup, sealed to keys held elsewhere, and what was then removed here.

    Others wait while the backup is made, and are refused afterwards: what they did would be lost.
    Where it fails the order stays good and nothing is wiped.
    """
    require(actor, "site.keep")
    here = place or this_site()
    if locks.passphrase or not locks.public_keys:
        raise WipeRefused(
            _(
                "An evacuation is sealed to public keys whose private halves are elsewhere: give "
                "--to-key. A passphrase typed here could be asked for here. Nothing was done."
            )
        )
    if here.folder.resolve() in path.expanduser().absolute().parents:
        raise WipeRefused(
            _("The file would lie inside the folder that is wiped. Nothing was done.")
        )
    # Closed first, and until all is wiped: nothing new is begun that the copy would lack.
    with closed(here.folder):
        with _whole_site(here), transaction.atomic():
            # The audit entry holds the write lock: no act is completed after the copy is taken.
            take_up(actor=actor, kind="evacuate")
            head = _head_before()
            record(actor, "emergency.evacuate", None, {"file": path.name})
            made = write_backup(here, path, locks, with_secret_key=False, verify=True)
            _require_same_head(head, made)
            _refuse_further_acts()
        wiped = erase(here)
    wiped.left = [name for name in wiped.left if name != CLOSED]
    return made, wiped


@contextmanager
def _whole_site(here: Place) -> Iterator[None]:
    """On PostgreSQL as the role that owns the tables: only it may make them refuse acts."""
    if here.on_sqlite:
        yield
        return
    with second_connection(here.database) as alias, standing_in(alias), seeing_every_row(alias):
        yield


def _head_before() -> str:
    """The head of the audit log before the order was taken up; the write lock is held by now."""
    taken_up = AuditEntry.objects.order_by("-sequence").first()
    return taken_up.previous_hash if taken_up is not None else ""


def _require_same_head(head: str, made: Backup) -> None:
    """Nothing, where the copy ends with the last completed act; the file goes where it does not.

    Every act ends with an audit entry, so a copy with the same head lacks none.
    """
    if made.manifest is not None and made.manifest.chain["head"] == head:
        return
    made.path.unlink(missing_ok=True)
    raise WipeRefused(
        _(
            "An act was completed while the copy was made, and the copy would lack it. Nothing was "
            "wiped, the copy was removed and the order stays good. Stop the server and try again."
        )
    )


# An order can still be asked for and carried out here, so that an interrupted wipe can be ended.
SQLITE = """
CREATE TRIGGER IF NOT EXISTS audit_auditentry_evacuated BEFORE INSERT ON audit_auditentry
WHEN NEW.action NOT LIKE 'emergency.%'
BEGIN SELECT RAISE(ABORT, 'this site was evacuated: nothing more is kept here'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION primacy_evacuated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'this site was evacuated: nothing more is kept here'; END $$;
CREATE OR REPLACE TRIGGER audit_auditentry_evacuated BEFORE INSERT ON audit_auditentry
FOR EACH ROW WHEN (NEW.action NOT LIKE 'emergency.%') EXECUTE FUNCTION primacy_evacuated();
"""


def _refuse_further_acts() -> None:
    """Nothing; from the commit on no act can be completed here.

    Acts that were waiting for the lock would otherwise be told that they were kept.
    """
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
