"""`primacy exercise`: the exercise week in Carana, inject by inject."""

from typing import Annotated

import typer

from primacy.demo.carana import CODE
from primacy.demo.carana.injects import (
    Entered,
    enter_inject,
    exercise_week,
    injects_of,
    is_entered,
)
from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.site import open_site
from primacy.rooms.places.facade import mission_by_code

group = typer.Typer(help="The exercise week in Carana, for trainers.", no_args_is_help=True)

MissionOption = Annotated[str, typer.Option(help="code of the exercise mission")]
JsonOption = Annotated[bool, typer.Option("--json", help="print JSON")]


@group.command("list")
def list_injects(mission: MissionOption = CODE, as_json: JsonOption = False) -> None:
    """The injects of the week, and which were entered."""
    me = open_site()
    chosen = mission_by_code(me, mission)
    lines = [
        (one.number, one.day, one.title, "entered" if is_entered(me, chosen, one) else "")
        for one in exercise_week()
    ]
    if as_json:
        names = ("number", "day", "title", "state")
        print_json([dict(zip(names, line, strict=True)) for line in lines])
        return
    print_table("The exercise week", ("Inject", "Day", "Title", "State"), lines)
    say("Next: primacy exercise inject 1, or primacy exercise inject --day 1")


@group.command("inject")
def inject(
    number: Annotated[int | None, typer.Argument(help="number of the inject")] = None,
    day: Annotated[int | None, typer.Option(help="all injects of this day")] = None,
    mission: MissionOption = CODE,
    as_json: JsonOption = False,
) -> None:
    """Enters an inject's records, and prints what to tell the class and what to discuss."""
    if (number is None) == (day is None):
        raise typer.BadParameter("give the number of an inject, or --day.")
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
    state = "entered before, nothing added" if entered.already else f"{entered.records} recorded"
    say(f"\nInject {one.number}, day {one.day}: {one.title} ({entered.place}; {state})")
    say(f"\n  Tell:    {entered.tell}")
    for question in one.discuss:
        say(f"  Discuss: {question}")
