"""`primacy exercise`: the exercise week in Carana, inject by inject, and the links for a class."""

from collections.abc import Sequence
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.demo.carana import CODE
from primacy.demo.carana.injects import (
    Entered,
    enter_inject,
    exercise_week,
    injects_of,
    is_entered,
)
from primacy.demo.exercise import NoExerciseAccounts, exercise_links
from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.site import open_site
from primacy.rooms.places.facade import mission_by_code

SERVED_AT = "http://127.0.0.1:8000"

group = typer.Typer(help="The exercise week in Carana, for trainers.", no_args_is_help=True)

MissionOption = Annotated[str, typer.Option(help="code of the exercise mission")]
JsonOption = Annotated[bool, typer.Option("--json", help="print JSON")]


@group.command("list")
def list_injects(mission: MissionOption = CODE, as_json: JsonOption = False) -> None:
    """The injects of the week, and which were entered."""
    me = open_site()
    chosen = mission_by_code(me, mission)
    lines = [
        (one.number, one.day, one.title, is_entered(me, chosen, one)) for one in exercise_week()
    ]
    if as_json:
        names = ("number", "day", "title", "state")
        states = ((*line[:3], "entered" if line[3] else "") for line in lines)
        print_json([dict(zip(names, line, strict=True)) for line in states])
        return
    heads = (_("Inject"), _("Day"), _("Title"), _("State"))
    shown = ((*line[:3], _("entered") if line[3] else "") for line in lines)
    print_table(_("The exercise week"), heads, shown)
    say(_("Next: %(command)s") % {"command": "primacy exercise inject 1"})


@group.command("inject")
def inject(
    number: Annotated[int | None, typer.Argument(help="number of the inject")] = None,
    day: Annotated[int | None, typer.Option(help="all injects of this day")] = None,
    mission: MissionOption = CODE,
    as_json: JsonOption = False,
) -> None:
    """Enters an inject's records, and prints what to tell the class and what to discuss."""
    if (number is None) == (day is None):
        raise typer.BadParameter(_("give the number of an inject, or --day."))
    me = open_site()
    chosen = mission_by_code(me, mission)
    done = [
        enter_inject(operator=me, mission=chosen, inject=one)
        for one in injects_of(number=number, day=day)
    ]
    if as_json:
        print_json([_data(one) for one in done])
        return
    for one in done:
        _print(one)


@group.command("links")
def print_links(
    address: Annotated[
        str, typer.Option(help="where the class reaches the site", show_default=True)
    ] = SERVED_AT,
    as_json: JsonOption = False,
) -> None:
    """Makes a new one-time link for each exercise account; older unused links end."""
    me = open_site()
    links = exercise_links(actor=me)
    if not links:
        raise NoExerciseAccounts
    site = address.rstrip("/")
    if as_json:
        print_json([{"name": name, "link": f"{site}/enter/{token}/"} for name, token in links])
        return
    say_links(links, site)


def say_links(links: Sequence[tuple[str, str]], site: str) -> None:
    """Prints who enters by which link."""
    say(_("To try a joint decision, enter as (each link works once, 24 hours):"))
    for name, token in links:
        say(f"  {name:<32} {site}/enter/{token}/")


def _data(entered: Entered) -> dict[str, object]:
    return {
        "number": entered.inject.number,
        "day": entered.inject.day,
        "title": entered.inject.title,
        "place": entered.place,
        "tell": entered.tell,
        "discuss": list(entered.inject.discuss),
        "records": entered.records,
        "already": entered.already,
    }


def _print(entered: Entered) -> None:
    one = entered.inject
    if entered.already:
        state = _("entered before, nothing added")
    else:
        state = ngettext("%(n)d record added", "%(n)d records added", entered.records) % {
            "n": entered.records
        }
    head = _("Inject %(number)d, day %(day)d: %(title)s (%(place)s; %(state)s)") % {
        "number": one.number,
        "day": one.day,
        "title": one.title,
        "place": entered.place,
        "state": state,
    }
    say(f"\n{head}")
    say("\n  " + _("Tell: %(text)s") % {"text": entered.tell})
    for question in one.discuss:
        say("  " + _("Discuss: %(text)s") % {"text": question})
