"""`primacy forecast`: make a forecast by area, look at it, see how well it did before."""

from typing import Annotated

import typer

from primacy.faces.cli.choosing import chosen_mission
from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.kernels.forecast.months import first_day
from primacy.platform import clock
from primacy.platform.as_of import parse_as_of
from primacy.platform.policy import Viewer, require
from primacy.rooms.places.facade import Mission
from primacy.rooms.warning.facade import (
    ForecastRun,
    area_forecasts,
    forecast_by_number,
    forecasts,
    run_forecast,
)

group = typer.Typer(help="Forecasts of violence by area, with their skill.", no_args_is_help=True)

MissionCode = Annotated[str, typer.Option("--mission", help="code; default the last mission")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]
Account = Annotated[str, typer.Option("--as", help="look or act as this account")]
Number = Annotated[int, typer.Argument(help="number of the forecast; 0 for the newest")]
SCORES = ("crps", "crps_on_events", "crps_on_quiet", "ignorance", "brier", "average_precision",
          "auc", "calibration_error", "coverage", "coverage_on_events")  # fmt: skip


@group.command("run")
def run(
    level: Annotated[int, typer.Option(help="level of the areas: 1 provinces, 2 districts …")] = 2,
    target: Annotated[
        str, typer.Option(help="organised, state_based, one_sided or all")
    ] = "organised",
    measure: Annotated[str, typer.Option(help="events or deaths")] = "events",
    known_on: Annotated[str, typer.Option(help="as known on this day; default today")] = "",
    horizons: Annotated[int, typer.Option(help="months ahead, 1 to 14")] = 6,
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """A new forecast for all areas of a level, kept beside the older ones."""
    viewer = acting(account)
    chosen = chosen_mission(viewer, mission)
    day = parse_as_of(known_on, clock.today()) if known_on else None
    made = run_forecast(actor=viewer, mission=chosen, level=level, target=target,
                        measure=measure, known_on=day, horizons=horizons)  # fmt: skip
    _print(viewer, made, as_json)


@group.command("list")
def list_runs(mission: MissionCode = "", as_json: AsJson = False, account: Account = "") -> None:
    """The forecasts on record, newest first."""
    viewer, chosen = _start(account, mission)
    rows = list(forecasts(viewer, chosen))
    if as_json:
        print_json([_line(row) for row in rows])
        return
    print_table(
        "Forecasts",
        ("Number", "What", "Counted in", "Known on", "Data to", "Months", "Offered"),
        [
            (row.number, row.get_target_display(), row.get_measure_display(), row.known_on,
             f"{first_day(row.cut):%B %Y}", row.horizons, _offered(row))
            for row in rows
        ],
    )  # fmt: skip


@group.command("show")
def show(
    number: Number = 0, mission: MissionCode = "", as_json: AsJson = False, account: Account = ""
) -> None:
    """A forecast: areas by their chance of one or more, with the naive rule beside it."""
    viewer, chosen = _start(account, mission)
    _print(viewer, forecast_by_number(viewer, chosen, number or None), as_json)


@group.command("score")
def score(
    number: Number = 0, mission: MissionCode = "", as_json: AsJson = False, account: Account = ""
) -> None:
    """How the model did on past origins, beside the last 12 months here and next door."""
    viewer, chosen = _start(account, mission)
    row = forecast_by_number(viewer, chosen, number or None)
    if as_json:
        print_json({**_line(row), "skill": row.skill})
        return
    if not row.skill:
        say("The history is too short to measure skill on past origins.")
        return
    model, benchmark = row.skill["model"], row.skill["benchmark"]
    print_table(
        f"Forecast {row.number}: {row.skill['origins']} past origins",
        ("Score", "Model", "Last 12 months here and next door"),
        [(name, _figure(model[name]), _figure(benchmark[name])) for name in SCORES],
    )
    say(f"The model is {'' if row.skill['offered'] else 'not '}offered over the naive rule:")
    for reason in row.skill["reasons"]:
        interval = (
            f" (from {_figure(reason['low'])} to {_figure(reason['high'])})"
            if reason["low"] is not None
            else ""
        )
        say(f"  {reason['code']}: {_figure(reason['value'])}{interval}")


def _print(viewer: Viewer, made: ForecastRun, as_json: bool) -> None:
    rows = list(area_forecasts(viewer, made))
    if as_json:
        print_json({
            **_line(made),
            "areas": [
                {"area": row.area.code, "rank": row.rank, "chance": row.chance,
                 "naive_chance": row.naive_chance, "months": row.months}
                for row in rows
            ],
        })  # fmt: skip
        return
    print_table(
        f"Forecast {made.number}: {made.get_target_display()}, {first_day(made.cut + 1):%B %Y}",
        ("Rank", "Area", "Chance of one or more", "Naive", "Expected", "90 % interval"),
        [
            (row.rank, row.area.name, f"{row.chance:.0%}", f"{row.naive_chance:.0%}",
             _figure(row.months[0]["mean"]),
             f"{_figure(row.months[0]['low90'])}–{_figure(row.months[0]['high90'])}")
            for row in rows
        ],
    )  # fmt: skip
    say(
        f"Data to {first_day(made.cut):%B %Y}, as known on {made.known_on}; {made.incidents:,} "
        f"incidents, {made.outside:,} in no area. {_offered_words(made)} "
        "A forecast knows the past only: not plans, not what is said today."
    )


def _offered_words(row: ForecastRun) -> str:
    if not row.skill:
        return "Skill is not known: the history is too short."
    if row.skill["offered"]:
        return "It did better than the naive rule on past origins."
    return "It is not shown to do better than the naive rule: go by the ranking with care."


def _offered(row: ForecastRun) -> str:
    return "unknown" if not row.skill else "yes" if row.skill["offered"] else "no"


def _figure(value: float | int | None) -> str:
    return "–" if value is None else f"{value:,.4g}"


def _line(row: ForecastRun) -> dict[str, object]:
    return {
        "number": row.number, "target": row.target, "measure": row.measure, "level": row.level,
        "known_on": row.known_on, "data_to": first_day(row.cut), "horizons": row.horizons,
        "model": row.model, "incidents": row.incidents, "outside": row.outside,
        "digest": row.digest, "offered": row.skill.get("offered"),
    }  # fmt: skip


def _start(account: str, mission: str) -> tuple[Viewer, Mission]:
    viewer = acting(account)
    chosen = chosen_mission(viewer, mission)
    require(viewer, "forecasts.view", chosen.pk)
    return viewer, chosen
