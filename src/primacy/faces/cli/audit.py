"""`primacy audit`: read and verify the log."""

import os
import uuid
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.platform.audit.export import export_lines
from primacy.platform.audit.queries import entries
from primacy.platform.audit.queries import verify as verify_log
from primacy.platform.audit.seen import readers_of

group = typer.Typer(help="Read and verify the audit log.", no_args_is_help=True)

EXIT_BROKEN = 1


@group.command("verify")
def verify(
    expect: Annotated[
        str, typer.Option(help="head hash noted earlier: it must still be in the chain")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Checks that every entry follows from the one before; exit code 1 where one does not.

    Note the head it prints, or give it to the oversight body: with --expect it also shows
    whether entries were cut off the end since.
    """
    viewer = acting(None)
    result = verify_log(viewer)
    missing = bool(expect) and not entries(viewer).filter(hash=expect).exists()
    if as_json:
        print_json(
            {
                "intact": result.intact and not missing,
                "entries": result.entries,
                "head": result.head,
                "broken_at": result.broken_at,
                "reason": "the head noted earlier is gone" if missing else result.reason,
            }
        )
    elif not result.intact:
        say(
            f"BROKEN at entry {result.broken_at}: {result.reason}. "
            f"{result.entries} entries before it are sound.",
        )
    elif missing:
        say(f"BROKEN: the head {expect} is not in the chain any more.")
    else:
        say(
            f"Intact: {result.entries} entries, each follows from the one before.\n"
            f"Head: {result.head}",
        )
    if not result.intact or missing:
        raise typer.Exit(EXIT_BROKEN)


@group.command("list")
def list_entries(
    limit: Annotated[int, typer.Option(help="how many, newest first")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """The newest entries."""
    rows = list(entries(acting(None))[:limit])
    if as_json:
        names = ("sequence", "at", "actor_label", "action", "subject_type", "subject_id", "body")
        print_json([{name: getattr(row, name) for name in names} for row in rows])
        return
    lines = [(r.sequence, r.at[:19], r.actor_label, r.action, r.body[:80]) for r in rows]
    print_table("Audit log", ("No.", "When (UTC)", "Who", "Act", "What"), lines)


@group.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="file to write, e.g. audit-2026-03.jsonl")],
) -> None:
    """Writes the whole log as JSON lines, to be kept and checked elsewhere.

    Check it with `python3 -I verify_audit.py FILE`: scripts/verify_audit.py of the source is one
    file and needs no Primacy. Kept outside the server, it shows entries cut off or rewritten later.
    """
    count = -1
    lines = export_lines(acting(None))
    beside = file.with_name(file.name + ".part")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        for line in lines:
            handle.write(line)
            count += 1
    beside.replace(file)
    say(_("%(count)d entries were written to %(file)s.") % {"count": count, "file": file})


@group.command("seen")
def seen(
    record: Annotated[str, typer.Argument(help="type of record, e.g. incidents.incident")],
    pk: Annotated[uuid.UUID, typer.Argument(help="its id")],
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
    account: Annotated[str, typer.Option("--as", help="ask as this account")] = "",
) -> None:
    """Who was shown a protected record, when, how often and by which page."""
    found = readers_of(acting(account or None), record, pk)
    if as_json:
        names = ("who", "account_id", "organisation", "times", "first", "last", "pages")
        print_json([{name: getattr(reader, name) for name in names} for reader in found])
        return
    if not found:
        say(_("Nobody was shown this record yet."))
        return
    lines = [
        (
            r.who,
            r.organisation,
            r.times,
            r.first[:19],
            r.last[:19],
            ", ".join(p for p, _n in r.pages),
        )
        for r in found
    ]
    heads = (_("Who"), _("Organisation"), _("Times"), _("First (UTC)"), _("Last (UTC)"), _("By"))
    print_table(_("Who saw this record"), heads, lines)
