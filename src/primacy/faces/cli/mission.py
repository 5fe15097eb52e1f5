"""`primacy mission`: start a board of your own."""

from typing import Annotated

import typer
from django.utils.text import slugify

from primacy.faces.cli.choosing import remember_mission
from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.platform import clock
from primacy.rooms.places.facade import missions
from primacy.rooms.readiness.starting import start_mission

group = typer.Typer(help="Missions and their boards.", no_args_is_help=True)


@group.command("list")
def list_missions(
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """All missions here."""
    rows = [
        {"code": m.code, "name": m.name, "country": m.country, "case": m.is_case}
        for m in missions(acting(None))
    ]
    if as_json:
        print_json(rows)
    else:
        heads = ("Code", "Name", "Country", "Case study")
        print_table("Missions", heads, [list(row.values()) for row in rows])


@group.command("new")
def new(
    name: Annotated[str, typer.Argument(help="name of the mission")],
    country: Annotated[str, typer.Option(help="host state")],
    code: Annotated[str, typer.Option(help="short code for addresses; default from the name")] = "",
    force: Annotated[str, typer.Option(help="the local force")] = "",
    account: Annotated[str, typer.Option("--as", help="act as this account")] = "",
) -> None:
    """Starts a mission: ten responsibilities and the default standard, ready to be changed."""
    mission = start_mission(
        actor=acting(account or None),
        code=code or slugify(name)[:50],
        name=name,
        country=country,
        host_force=force,
        today=clock.today(),
    )
    remember_mission(mission.code)
    say(
        f"{mission.name} is started as '{mission.code}'.\n"
        f"Next: primacy import areas FILE --mission {mission.code} --level 1",
    )
