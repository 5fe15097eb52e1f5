"""`primacy import`."""

import typer

group = typer.Typer(help="Imports.", no_args_is_help=True)


@group.callback()
def _imports() -> None:
    """Imports: preview, load, undo."""
