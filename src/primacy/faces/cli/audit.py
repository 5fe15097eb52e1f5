"""`primacy audit`: read and verify the log."""

from typing import Annotated

import typer

from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.platform.audit.queries import entries
from primacy.platform.audit.queries import verify as verify_log

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
