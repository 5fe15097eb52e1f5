"""The act of moving a site from one database to another, and of staying after all."""

import contextlib

from django.db import connections
from django.utils.translation import gettext as _

from primacy.platform.archive.actions.loading import Proof, prove
from primacy.platform.archive.actions.restoring import drop_all, settle
from primacy.platform.archive.errors import MoveFailed, ProofFailed
from primacy.platform.archive.moved import SITE_MOVE, SITE_STAYS, moved_to
from primacy.platform.archive.packing import Site, site_frames
from primacy.platform.archive.places import Place, this_site
from primacy.platform.archive.stores import Store, reading, second_connection, standing_in
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require


def move(*, actor: Viewer, target: Place, source: Place | None = None) -> Proof:
    """The proof, taken on both sides, of a site that lives in the target database from now on.

    While it runs nobody can complete an act on the source: an act after the copy would be lost.
    """
    require(actor, "site.keep")
    here = source or this_site()
    if here.words == target.words:
        raise MoveFailed(_("The site lives there already. Nothing was moved."))
    if moved_to():
        raise MoveFailed(
            _("This site was moved before (%(to)s). Nothing was moved; move the copy in use.")
            % {"to": moved_to()[:200]}
        )
    elsewhere = here.folder.resolve() != target.folder.resolve()
    with reading(here.database, hold_writers=True) as store:
        frames = site_frames(Site(store, here.folder, with_secret_key=elsewhere))
        proof = settle(frames, target, with_files=elsewhere)
        try:
            _prove_source(store, proof)
        except ProofFailed:
            _clear(target)
            raise
    entry = record(
        actor,
        SITE_MOVE,
        None,
        {
            "to": target.words,
            "rows": proof.manifest.rows,
            "head": str(proof.manifest.chain["head"]),
        },
    )
    if entry.previous_hash != proof.manifest.chain["head"]:
        _clear(target)
        record(actor, SITE_STAYS, None, {"why": "an act was completed during the move"})
        raise MoveFailed(
            _(
                "Somebody completed an act while the site was moved, and the copy would lack it. "
                "Nothing was moved. Stop the server, then try again."
            )
        )
    with second_connection(target.database) as alias, standing_in(alias):
        record(actor, "site.arrive", None, {"from": here.words})
    return proof


def stay(*, actor: Viewer) -> None:
    """Nothing; notes that a site that was moved away is used here again all the same."""
    require(actor, "site.keep")
    if moved_to():
        record(actor, SITE_STAYS, None, {"moved": moved_to()[:300]})


def _prove_source(store: Store, proof: Proof) -> None:
    """The same proof on the source, from the same snapshot: both sides are read once more."""
    prove(store, proof.head, proof.manifest)


def _clear(target: Place) -> None:
    """Makes the target empty again."""
    if target.on_sqlite:
        for ending in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                target.file.with_name(target.file.name + ending).unlink()
        return
    with second_connection(target.database) as alias:
        connections[alias].ensure_connection()
        drop_all(alias)
