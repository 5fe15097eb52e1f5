"""`primacy backup`, `backup-key`, `restore`, `move`, `wipe`, `evacuate`: keeping a site safe."""

import os
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from primacy.faces.cli.printing import console, say
from primacy.faces.cli.site import local_operator, open_site
from primacy.platform.archive.actions.backup import Backup, back_up, read_backup
from primacy.platform.archive.actions.evacuating import evacuate as evacuate_site
from primacy.platform.archive.actions.moving import move as move_site
from primacy.platform.archive.actions.restoring import restore as restore_site
from primacy.platform.archive.actions.wiping import Wiped
from primacy.platform.archive.actions.wiping import drill as drill_site
from primacy.platform.archive.actions.wiping import wipe as wipe_site
from primacy.platform.archive.keys import (
    checked_passphrase,
    new_pair,
    public_key,
    public_text,
    read_private,
    write_private,
)
from primacy.platform.archive.places import folder_site, site_at, this_site
from primacy.platform.archive.sealing import Locks, Openers
from primacy.platform.archive.unpacking import Head, Manifest

PASSPHRASE = "PRIMACY_PASSPHRASE"  # noqa: S105
DRILL_MINUTES = 10

KeysOption = Annotated[
    list[str] | None,
    typer.Option("--to-key", help="public key, or a file that holds one; may be given often"),
]
FileArgument = Annotated[Path, typer.Argument(help="the archive file")]


def backup(
    file: FileArgument,
    to_key: KeysOption = None,
    passphrase: Annotated[
        bool, typer.Option(help="also open it by a passphrase, when keys are given")
    ] = False,
    with_secret_key: Annotated[
        bool, typer.Option(help="take the key that signs sessions along")
    ] = False,
    verify: Annotated[bool, typer.Option(help="read the whole file again before it counts")] = True,
) -> None:
    """Writes one encrypted file of the whole site, while it goes on working."""
    me = open_site()
    keys = [public_key(text) for text in to_key or []]
    words = _new_passphrase() if passphrase or not keys else ""
    with console.status(_("backing up")):
        made = back_up(
            actor=me,
            path=file,
            locks=Locks(words, keys),
            with_secret_key=with_secret_key,
            verify=verify,
        )
    _say_backup(made)


def backup_key(
    file: Annotated[Path, typer.Argument(help="where the private key goes; keep it elsewhere")],
) -> None:
    """Makes a key pair: backups are sealed to the public key and opened by the private one."""
    private, public = new_pair()
    write_private(file, private, _new_passphrase())
    say(
        _(
            "The private key is in %(file)s, locked by its passphrase. Take it away from this "
            "server: without both, no backup sealed to it can be opened.\nPublic key:\n"
            "%(public)s"
        )
        % {"file": file, "public": public_text(public)}
    )


def restore(
    file: FileArgument,
    key: Annotated[Path | None, typer.Option(help="private key file of `backup-key`")] = None,
    into: Annotated[Path | None, typer.Option(help="another, empty folder")] = None,
    check_only: Annotated[
        bool, typer.Option(help="open and check the file, write nothing")
    ] = False,
    accept_broken_log: Annotated[
        bool, typer.Option(help="restore a site whose audit log was broken when archived")
    ] = False,
) -> None:
    """Restores an archive into an empty site and proves that it is the archived one."""
    openers = _openers(key)
    if check_only:
        with console.status(_("checking")):
            head, manifest = _read(file, openers)
        say(
            _("Whole: made at %(at)s, %(rows)s rows, audit head %(head)s.")
            % {"at": head.made_at, "rows": f"{manifest.rows:,}", "head": manifest.chain["head"]}
        )
        return
    place = folder_site(into) if into else this_site()
    with console.status(_("restoring")):
        proof = restore_site(
            actor=local_operator(),
            path=file,
            openers=openers,
            place=place,
            accept_broken_chain=accept_broken_log,
        )
    say(_("Restored into %(place)s, and proved:") % {"place": place.words})
    for line in proof.lines():
        say(f"  {line}")


def move(
    to: Annotated[
        str, typer.Option(help="postgresql://… of the role that owns the tables, or sqlite:///FILE")
    ],
) -> None:
    """Carries the site to another, empty database, proves both sides, and closes this one."""
    me = open_site()
    target = site_at(to)
    with console.status(_("moving")):
        proof = move_site(actor=me, target=target)
    say(_("Moved to %(place)s, and proved on both sides:") % {"place": target.words})
    for line in proof.lines():
        say(f"  {line}")
    if target.on_sqlite:
        say(_("Next: primacy --home %(folder)s serve") % {"folder": target.folder})
    else:
        say(_("Next: set PRIMACY_DATABASE_URL to the new address and serve."))


def wipe(
    drill: Annotated[bool, typer.Option(help="on a copy, timed; nothing here is touched")] = False,
    copy_to: Annotated[str, typer.Option(help="drill only: an empty PostgreSQL for the copy")] = "",
    yes: Annotated[bool, typer.Option(help="do not ask again")] = False,
) -> None:
    """Destroys this site: keys, database, files. Needs an order released by a second person."""
    me = open_site()
    if drill:
        _drill(None, copy_to)
        return
    _ask_again(yes, "WIPE")
    _say_wiped(wipe_site(actor=me))


def evacuate(
    file: FileArgument,
    to_key: KeysOption = None,
    drill: Annotated[bool, typer.Option(help="on a copy, timed; nothing here is touched")] = False,
    copy_to: Annotated[str, typer.Option(help="drill only: an empty PostgreSQL for the copy")] = "",
    yes: Annotated[bool, typer.Option(help="do not ask again")] = False,
) -> None:
    """Seals everything to keys held elsewhere, verifies it, then wipes. Needs a released order."""
    me = open_site()
    locks = Locks(public_keys=[public_key(text) for text in to_key or []])
    if drill:
        _drill(locks, copy_to)
        return
    _ask_again(yes, "EVACUATE")
    with console.status(_("evacuating")):
        made, wiped = evacuate_site(actor=me, path=file, locks=locks)
    _say_backup(made)
    _say_wiped(wiped)


def _drill(locks: Locks | None, copy_to: str) -> None:
    me = open_site()
    with console.status(_("drill")):
        done = drill_site(actor=me, locks=locks, copy=site_at(copy_to) if copy_to else None)
    for name, seconds in done.wiped.seconds.items():
        say(f"  {name:<12} {seconds:8.1f} s")
    if locks is not None:
        say(_("  backup       %(seconds)8.1f s, verified") % {"seconds": done.backup_seconds})
    if done.on_other_engine:
        say(_("The copy was on SQLite, the site is on PostgreSQL; --copy-to names an empty one."))
    say(
        _("Drill done on a copy in %(seconds).1f s (making the copy: %(copy).1f s).")
        % {"seconds": done.seconds, "copy": done.copy_seconds}
    )
    for trouble in done.wiped.troubles:
        say(_("NOT WIPED: %(what)s") % {"what": trouble})
    if done.seconds > DRILL_MINUTES * 60:
        say(_("That is longer than %(minutes)d minutes.") % {"minutes": DRILL_MINUTES})
    if done.wiped.troubles or done.seconds > DRILL_MINUTES * 60:
        raise typer.Exit(1)


def _say_backup(made: Backup) -> None:
    say(
        _("%(path)s: %(bytes)s bytes, SHA-256 %(sha256)s")
        % {"path": made.path, "bytes": f"{made.size:,}", "sha256": made.sha256}
    )
    if made.manifest is None:
        say(_("Not verified: `primacy restore --check-only` does it."))
        return
    say(
        _("Verified: %(rows)s rows, %(files)s files, audit head %(head)s.")
        % {
            "rows": f"{made.manifest.rows:,}",
            "files": f"{made.manifest.files['count']:,}",
            "head": made.manifest.chain["head"],
        }
    )


def _say_wiped(wiped: Wiped) -> None:
    say(
        _("Wiped in %(seconds).1f s: %(files)d files (%(bytes)s bytes), %(tables)d tables.")
        % {
            "seconds": wiped.total_seconds,
            "files": wiped.files,
            "bytes": f"{wiped.size:,}",
            "tables": wiped.tables,
        }
    )
    say(
        _(
            "Files were overwritten once and removed. Not guaranteed: SSDs and memory cards keep "
            "old copies out of reach; journals, snapshots, swap space, copies elsewhere and, on "
            "PostgreSQL, its log (WAL) and archives stay. If they may be seized, destroy the "
            "disk, or rely on its encryption and forget the key."
        )
    )
    if wiped.left:
        say(_("Left alone, not part of the site: %(names)s") % {"names": ", ".join(wiped.left)})
    for trouble in wiped.troubles:
        say(_("NOT WIPED: %(what)s") % {"what": trouble})
    if wiped.troubles:
        raise typer.Exit(1)


def _ask_again(yes: bool, word: str) -> None:
    if not yes and typer.prompt(_("This cannot be undone. Type %(word)s") % {"word": word}) != word:
        say(_("Nothing was done."))
        raise typer.Exit(1)


def _new_passphrase() -> str:
    words = os.environ.get(PASSPHRASE, "")
    if not words:
        words = typer.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=True)
    return checked_passphrase(words)


def _openers(key: Path | None) -> Openers:
    words = os.environ.get(PASSPHRASE, "") or typer.prompt(_("Passphrase"), hide_input=True)
    return Openers(private_key=read_private(key, words)) if key else Openers(passphrase=words)


def _read(file: Path, openers: Openers) -> tuple[Head, Manifest]:
    try:
        return read_backup(file, openers)
    except OSError as problem:
        raise typer.BadParameter(f"{file}: {problem.strerror}") from problem
