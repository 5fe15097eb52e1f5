"""`primacy match`: names of units or of persons held against the register of a mission."""

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from primacy.faces.cli.choosing import chosen_mission
from primacy.faces.cli.printing import errors, print_csv, print_json, say
from primacy.faces.cli.site import acting
from primacy.kernels.names import Asked, Match, UnitMatcher
from primacy.kernels.names import in_words as unit_words
from primacy.kernels.names.persons import Candidate, Person, PersonMatch, PersonName, in_words
from primacy.kernels.time import BadWhen, DateRange, parse_when
from primacy.platform.exchange.asked_file import AskedFile, AskedRow, read_asked
from primacy.platform.exports import csv_lines
from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import matchable_units, unit_by_code, units
from primacy.rooms.persons.facade import by_id, match_persons
from primacy.rooms.places.facade import Mission

group = typer.Typer(
    help="Hold lists of names against the register: accept, refer to a person, or no match.",
    no_args_is_help=True,
)

UNIT_COLUMNS = {
    "name": ("unit", "unit name", "recipient", "recipient_unit"),
    "country": (),
    "parent": ("superior", "under"),
    "place": ("location", "base"),
}
PERSON_COLUMNS = {
    "name": ("full name", "person"),
    "born": ("birth", "date of birth", "date_of_birth"),
    "sex": (),
    "place": ("place of birth", "birth place"),
    "number_kind": ("kind of number",),
    "number": ("service number", "id number"),
    "unit": ("unit code",),
}
COLUMNS = ("asked", "rows", "first_row", "verdict", "code", "name", "score", "margin",
           "speaks_for_and_against", "others")  # fmt: skip
SHOWN = 5
MORE = 3

FileArgument = Annotated[Path, typer.Argument(help="CSV in UTF-8 with a header")]
MissionCode = Annotated[str, typer.Option(help="code of the mission; default the last started")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]
Out = Annotated[
    Path | None, typer.Option(help="write the answers to this CSV file", show_default=False)
]
Account = Annotated[str, typer.Option("--as", help="look as this account")]


@dataclass(frozen=True)
class Answer:
    """What one distinct question brought, and in how many rows it was asked."""

    asked: str
    rows: tuple[int, ...]
    verdict: str
    code: str
    name: str
    score: float | None
    margin: float | None
    reasons: tuple[str, ...]
    others: tuple[str, ...]

    def line(self) -> list[object]:
        """The answer as a row of a file."""
        return [self.asked, len(self.rows), self.rows[0], self.verdict, self.code, self.name,
                self.score, self.margin, "; ".join(self.reasons),
                "; ".join(self.others)]  # fmt: skip

    def data(self) -> dict[str, object]:
        """The answer as JSON."""
        return {**vars(self), "rows": list(self.rows), "reasons": list(self.reasons),
                "others": list(self.others)}  # fmt: skip


@group.command("units")
def match_units(
    file: FileArgument,
    mission: MissionCode = "",
    out: Out = None,
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Names of units; columns name, country, parent, place. The same name is asked once."""
    viewer = acting(account or None)
    chosen = chosen_mission(viewer, mission or None)
    read = read_asked(file, UNIT_COLUMNS, "name")
    begun = time.perf_counter()
    grouped = _grouped(read.rows, UNIT_COLUMNS)
    matcher = UnitMatcher(matchable_units(viewer, chosen))
    asked = [Asked(*key) for key in grouped]
    found = list(zip(grouped.values(), matcher.match_all(asked, SHOWN), strict=True))
    answers = list(_units_told(viewer, chosen, found))
    _tell(read, answers, time.perf_counter() - begun, out, as_json)


@group.command("persons")
def match_people(
    file: FileArgument,
    mission: MissionCode = "",
    out: Out = None,
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Persons; columns name, born, sex, place, number_kind, number, unit. Never on a name alone."""
    viewer = acting(account or None)
    chosen = chosen_mission(viewer, mission or None)
    read = read_asked(file, PERSON_COLUMNS, "name")
    begun = time.perf_counter()
    grouped, bad = _described(viewer, chosen, read)
    found = match_persons(viewer, chosen, [person for person, _rows in grouped], SHOWN)
    pairs = [(rows, match) for (_person, rows), match in zip(grouped, found, strict=True)]
    answers = list(_persons_told(viewer, chosen, pairs))
    whole = AskedFile(read.rows, (*read.bad, *bad), read.unread)
    _tell(whole, answers, time.perf_counter() - begun, out, as_json)


def _grouped(
    rows: Iterable[AskedRow], columns: dict[str, tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[int, ...]]:
    """The distinct questions with their rows, in the order of the file."""
    found: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        found.setdefault(tuple(row.get(key) for key in columns), []).append(row.row)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _described(
    viewer: Viewer, mission: Mission, read: AskedFile
) -> tuple[list[tuple[Person, tuple[int, ...]]], list[tuple[int, str, str]]]:
    """The distinct persons asked for with their rows, and the rows that cannot be read."""
    made: list[tuple[Person, tuple[int, ...]]] = []
    bad: list[tuple[int, str, str]] = []
    for (name, born, sex, place, kind, number, unit), rows in _grouped(
        read.rows, PERSON_COLUMNS
    ).items():
        births: tuple[DateRange, ...] = ()
        if born:
            try:
                births = (parse_when(born),)
            except BadWhen:
                bad += [(row, "born", "a year, a month (1975-03) or a day (1975-03-09)")
                        for row in rows]  # fmt: skip
                continue
        if sex.casefold() not in ("", "f", "m"):
            bad += [(row, "sex", "f, m, or nothing") for row in rows]
            continue
        posting = ((str(unit_by_code(viewer, mission, unit).pk), None),) if unit else ()
        person = Person(
            id="",
            names=(PersonName(name),),
            births=births,
            sex=sex.casefold(),
            places=(place,) if place else (),
            ids=((kind or "number", number),) if number else (),
            postings=posting,
        )
        made.append((person, rows))
    return made, bad


def _units_told(
    viewer: Viewer, mission: Mission, found: Sequence[tuple[tuple[int, ...], Match]]
) -> Iterator[Answer]:
    """The answers on units; the units they show are noted as read."""
    shown = {UUID(one.unit) for _rows, match in found for one in match.candidates[: MORE + 1]}
    known = units(viewer, mission).in_bulk(list(shown))
    for rows, match in found:
        best = match.candidates[0] if match.candidates else None
        unit = known.get(UUID(best.unit)) if best is not None else None
        yield Answer(
            asked=match.asked.name,
            rows=rows,
            verdict=match.verdict.value,
            code=unit.code if unit is not None else "",
            name=unit.name if unit is not None else "",
            score=round(best.score, 3) if best is not None else None,
            margin=round(match.margin, 3) if best is not None else None,
            reasons=tuple(unit_words(r) for r in (*(best.reasons if best else ()), *match.because)),
            others=tuple(
                f"{known[UUID(one.unit)].code} {one.score:.3f}"
                for one in match.candidates[1 : MORE + 1]
                if UUID(one.unit) in known
            ),
        )


def _persons_told(
    viewer: Viewer, mission: Mission, found: Sequence[tuple[tuple[int, ...], PersonMatch]]
) -> Iterator[Answer]:
    """The answers on persons; those shown are noted as read."""
    shown = {UUID(one.person) for _rows, m in found for one in m.candidates[: MORE + 1]}
    known = by_id(viewer, mission, shown)
    for rows, match in found:
        open_ones = [one for one in match.candidates if UUID(one.person) in known]
        best: Candidate | None = open_ones[0] if open_ones else None
        person = known[UUID(best.person)] if best is not None else None
        second = open_ones[1].score if len(open_ones) > 1 else 0.0
        name = match.asked.names[0]
        yield Answer(
            asked=name if isinstance(name, str) else name.text,
            rows=rows,
            verdict={"same": "accept", "refer": "refer", "none": "no_match"}[match.verdict.value],
            code=person.code if person is not None else "",
            name=person.name if person is not None else "",
            score=round(best.score, 3) if best is not None else None,
            margin=round(best.score - second, 3) if best is not None else None,
            reasons=tuple(
                in_words(r) for r in (*(best.comparison.reasons if best else ()), *match.because)
            ),
            others=tuple(
                f"{known[UUID(one.person)].code} {one.score:.3f}" for one in open_ones[1 : MORE + 1]
            ),
        )


def _tell(
    read: AskedFile, answers: Sequence[Answer], seconds: float, out: Path | None, as_json: bool
) -> None:
    """The answers as a file, as JSON or as CSV on the terminal, and what they come to."""
    rows = Counter[str]()
    for answer in answers:
        rows[answer.verdict] += len(answer.rows)
    summary: dict[str, object] = {
        "rows": sum(rows.values()),
        "distinct": len(answers),
        "rows_accepted": rows["accept"],
        "rows_to_refer": rows["refer"],
        "rows_without_match": rows["no_match"],
        "seconds": round(seconds, 2),
        "bad_rows": [{"row": n, "column": c, "expected": e} for n, c, e in sorted(read.bad)],
        "columns_left_unread": list(read.unread),
    }
    if out is not None:
        _write(out, csv_lines(COLUMNS, (answer.line() for answer in answers)))
    if as_json:
        print_json({**summary, "answers": [answer.data() for answer in answers]})
        return
    if out is None:
        print_csv(COLUMNS, [answer.line() for answer in answers])
    else:
        say(
            f"{summary['rows']} rows, {len(answers)} distinct: {rows['accept']} accepted, "
            f"{rows['refer']} to refer to a person, {rows['no_match']} without match; "
            f"{seconds:.1f} s. Written to {out}."
        )
    # Beside the answers, so that a file made of them holds nothing else.
    for number, column, expected in sorted(read.bad):
        _warn(f"row {number}, column {column}: left out; expected {expected}.")
    if read.unread:
        _warn(f"Columns left unread: {', '.join(read.unread)}.")


def _write(out: Path, lines: Iterable[str]) -> None:
    """Writes the file, open to its owner only; one that is there already is not written over."""
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w",
                       encoding="utf-8", newline="") as handle:  # fmt: skip
            handle.writelines(lines)
    except FileExistsError as problem:
        raise typer.BadParameter(f"{out} is there already: name another file.") from problem
    except OSError as problem:
        raise typer.BadParameter(f"{out} cannot be written: {problem}") from problem


def _warn(text: str) -> None:
    errors.print(text, markup=False, soft_wrap=True)
