"""`primacy census`: what a census is held against, who makes up the force, closing a round."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from primacy.faces.cli.census import (
    AsOption,
    CsvOption,
    JsonOption,
    MissionOption,
    RoundOption,
    chosen_round,
    group,
    read_day,
)
from primacy.faces.cli.choosing import chosen_mission
from primacy.faces.cli.printing import print_csv, print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.rooms.census.facade import (
    COMPOSITION_COLUMNS,
    BadCohort,
    Group,
    add_number_range,
    close_round,
    composition_of,
    composition_rows,
    number_ranges,
    population,
    record_population,
)

__all__ = ["group"]
POPULATION_COLUMNS = ("year", "region", "sex", "count", "sampled", "source")
NUMBER_COLUMNS = ("prefix", "first", "last", "issued_from", "source")
SourceOption = Annotated[str, typer.Option(help="the paper it rests on")]


@group.command("close")
def close(
    day: Annotated[str, typer.Argument(help="last day of the round, YYYY-MM-DD")],
    round_name: RoundOption = "",
    mission: MissionOption = "",
    account: AsOption = "",
) -> None:
    """Closes a round: nothing is brought into it any more, its questions go on."""
    actor, chosen = chosen_round(account, mission, round_name)
    close_round(actor=actor, round=chosen, closed_on=read_day(day))
    say(f"{chosen.name} is closed. Its questions go on.")


@group.command("numbers")
def numbers(
    add: Annotated[str, typer.Option(help="a range to add, e.g. P100-P900 or 100-900")] = "",
    since: Annotated[str, typer.Option("--from", help="issued from this day, YYYY-MM-DD")] = "",
    source: SourceOption = "",
    mission: MissionOption = "",
    as_json: JsonOption = False,
    account: AsOption = "",
) -> None:
    """Ranges of service numbers that were issued; with --add and --source one more."""
    actor = acting(account or None)
    chosen = chosen_mission(actor, mission or None)
    if add:
        prefix, first, last = _range(add)
        if not source:
            raise typer.BadParameter("A range needs the paper it rests on: --source.")
        made = add_number_range(
            actor=actor, mission=chosen, prefix=prefix, first=first, last=last,
            source_title=source, issued_from=read_day(since) if since else None,
        )  # fmt: skip
        say(f"On record: {made}.")
        return
    rows = [
        (one.prefix, one.first, one.last, one.issued_from or "", str(one.source))
        for one in number_ranges(actor, chosen).select_related("source").order_by("prefix", "first")
    ]
    if as_json:
        print_json([dict(zip(NUMBER_COLUMNS, row, strict=True)) for row in rows])
    else:
        print_table("Service numbers issued", NUMBER_COLUMNS, rows)


@group.command("population")
def people(
    file: Annotated[
        Path | None,
        typer.Option("--load", help="CSV with sex, region, count", show_default=False),
    ] = None,
    year: Annotated[int, typer.Option(help="year of the figures")] = 0,
    source: SourceOption = "",
    sampled: Annotated[bool, typer.Option("--sampled", help="persons asked in a survey")] = False,
    mission: MissionOption = "",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    account: AsOption = "",
) -> None:
    """The population of working age by sex and region; with --load, --year and --source another."""
    actor = acting(account or None)
    chosen = chosen_mission(actor, mission or None)
    if file is not None:
        if not year or not source:
            raise typer.BadParameter("A population needs its year and its source.")
        made = record_population(
            actor=actor, mission=chosen, year=year, counts=_counts(file),
            source_title=source, sampled=sampled,
        )  # fmt: skip
        say(f"{len(made)} groups of {year} are on record.")
        return
    rows = [
        (one.year, one.region, one.sex, one.count, one.sampled, str(one.source))
        for one in population(actor, chosen).select_related("source")
    ]
    if as_json:
        print_json([dict(zip(POPULATION_COLUMNS, row, strict=True)) for row in rows])
    elif as_csv:
        print_csv(POPULATION_COLUMNS, rows)
    else:
        print_table("Population of working age", POPULATION_COLUMNS, rows)


@group.command("make-up")
def make_up(
    round_name: RoundOption = "",
    mission: MissionOption = "",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    account: AsOption = "",
) -> None:
    """The roll by rank and sex, the share of women with its interval beside the population."""
    actor, chosen = chosen_round(account, mission, round_name)
    rows = list(composition_rows(composition_of(actor, chosen).ranks))
    if as_json:
        print_json([dict(zip(COMPOSITION_COLUMNS, row, strict=True)) for row in rows])
    elif as_csv:
        print_csv(COMPOSITION_COLUMNS, rows)
    else:
        shown = [(*row[:5], row[7], row[10]) for row in rows]
        heads = ("level", "ranks", "all", "women", "men", "share of women", "index")
        print_table(f"{chosen.name}: who makes up the force", heads, shown)


def _range(text: str) -> tuple[str, int, int]:
    """Letters, first and last figure of "P100-P900"."""
    parts = [part.strip() for part in text.split("-")]
    letters = [part.rstrip("0123456789") for part in parts]
    figures = [part[len(head) :] for part, head in zip(parts, letters, strict=True)]
    if len(parts) != 2 or not all(figures) or letters[1] not in ("", letters[0]):
        raise typer.BadParameter(f"'{text[:40]}' is no range. Write P100-P900, or 100-900.")
    return letters[0], int(figures[0]), int(figures[1])


def _counts(file: Path) -> dict[Group, int]:
    """The counts of a CSV file with the columns sex, region and count."""
    found: dict[Group, int] = {}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            sex, region = (row.get("sex") or "").strip(), (row.get("region") or "").strip()
            count = (row.get("count") or "").strip()
            known = sex in ("women", "men", "other", "not_known")
            group_of = Group(sex, region)
            if not known or not region or not count.isdecimal() or group_of in found:
                raise BadCohort(
                    f"Line {number} of {file.name} cannot be read, or repeats a group. It needs a "
                    "sex (women, men, other, not_known), a region and a figure. Nothing was "
                    "recorded."
                )
            found[group_of] = int(count)
    return found
