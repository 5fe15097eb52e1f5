"""`primacy persons`: who is on record, who commanded, and which records are one person."""

import datetime as dt
import sys
from typing import Annotated

import typer

from primacy.faces.cli.choosing import Engine, chosen_mission, chosen_times, record_id
from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.kernels.time import BadWhen, parse_when
from primacy.platform.policy import Viewer, restricted
from primacy.rooms.forces.facade import unit_by_code
from primacy.rooms.persons.facade import (
    ClaimWords,
    CommandReading,
    LevelReading,
    Opinion,
    Pair,
    asked_about,
    by_id,
    chain,
    claims_about,
    commander,
    compared,
    evidence_words,
    find_persons,
    is_more_hidden,
    judge_pair,
    linked_pairs,
    merge_by_id,
    open_merges,
    pair_by_id,
    pair_of,
    pair_reading,
    pairs,
    person_by_code,
    persons,
    put_pairs,
    read_apart,
    standing_merges,
    waiting,
)
from primacy.rooms.places.facade import Mission

group = typer.Typer(
    help="Persons of the forces: search, command on a day, records that are one person.",
    no_args_is_help=True,
)

On = Annotated[str, typer.Option("--on", help="day, e.g. 2010-06-01; default today")]
KnownOn = Annotated[str, typer.Option(help="as it was known on this day")]
MissionCode = Annotated[str, typer.Option(help="code of the mission; default the last started")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]
Account = Annotated[str, typer.Option("--as", help="look or act as this account")]
UnitCode = Annotated[str, typer.Argument(help="code of the unit")]
PersonCode = Annotated[str, typer.Argument(help="code of the person")]
Reasons = Annotated[str, typer.Option(help="what you saw and how you know")]
FROM_INPUT = "-"
MOST_SHOWN = 100


@group.command("find")
def find(
    name: Annotated[
        str, typer.Argument(help="name in any script; - reads it from the input, past the history")
    ],
    born: Annotated[str, typer.Option(help="a year, a month (1975-03) or a day")] = "",
    number: Annotated[str, typer.Option(help="number of a paper, as kind:number")] = "",
    place: Annotated[str, typer.Option(help="place of birth")] = "",
    unit: Annotated[str, typer.Option(help="code of a unit they may have served in")] = "",
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Who may be meant, with what speaks for and against. None is a verdict."""
    viewer, chosen = _start(account, mission)
    kind, _parted, value = number.rpartition(":")
    asked = asked_about(
        sys.stdin.readline().strip() if name == FROM_INPUT else name,
        born=_birth(born),
        number=(kind or "number", value) if value.strip() else None,
        place=place,
        unit=unit_by_code(viewer, chosen, unit).pk if unit else None,
    )
    found = [(one, evidence_words(one.reasons)) for one in find_persons(viewer, chosen, asked)]
    if as_json:
        print_json([
            {"code": one.person.code, "name": one.person.name, "force": one.person.force,
             "verdict": one.comparison.verdict.value, "score": round(one.comparison.score, 4),
             "speaks_for": list(words.speaks_for), "against": list(words.against)}
            for one, words in found
        ])  # fmt: skip
        return
    if not found:
        say("No record open to you fits. That does not say that nobody is there.")
    for one, words in found:
        say(f"{one.person.code}  {one.person.name}  {one.comparison.score:.3f}")
        for line in words.speaks_for:
            say(f"    for: {line}")
        for line in words.against:
            say(f"    against: {line}")


@group.command("show")
def show(
    code: PersonCode,
    on: On = "",
    known_on: KnownOn = "",
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """One person on a day: every claim with its days, status and sources."""
    viewer, chosen = _start(account, mission)
    day, known = chosen_times(chosen, on, known_on)
    row = person_by_code(viewer, chosen, code)
    same = standing_merges(chosen.pk).group(row.pk) - {row.pk}
    others = list(persons(viewer, chosen).filter(pk__in=same)) if same else []
    claims = [
        one for rows in claims_about(viewer, [row, *others], day, known).values() for one in rows
    ]
    more = restricted().text if is_more_hidden(viewer, row) else None
    if as_json:
        print_json({
            "code": row.code, "name": row.name, "force": row.force, "sex": row.sex, "as_of": day,
            "read_as_one_with": [one.code for one in others], "withdrawn": row.withdrawn,
            "claims": [_claim(one) for one in claims], "restricted": more,
        })  # fmt: skip
        return
    say(f"{row.name} ({row.code}), {row.force or 'no force stated'}, as of {day:%-d %B %Y}")
    if row.withdrawn:
        say("This record was entered by mistake and is withdrawn.")
    if others:
        say(f"Read as one with: {', '.join(one.code for one in others)}")
    print_table(
        "Claims",
        ("When", "Claim", "On the day", "Status", "Sources"),
        [
            (c.when, ": ".join(filter(None, (c.label, c.text, c.unit.name if c.unit else ""))),
             c.state, c.status, "; ".join(map(str, c.citations)))
            for c in claims
        ],
    )  # fmt: skip
    if more:
        say(more)


@group.command("commander")
def commander_of(
    unit: UnitCode,
    on: On = "",
    known_on: KnownOn = "",
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Who commanded a unit on a day, certain apart from possible, with reasons."""
    viewer, chosen = _start(account, mission)
    day, known = chosen_times(chosen, on, known_on)
    found = unit_by_code(viewer, chosen, unit)
    read = commander(viewer, found, day, known)
    if as_json:
        print_json({"unit": found.code, **_command(read)})
        return
    say(f"{found.name} ({found.code}), as of {day:%-d %B %Y}")
    for line in _command_lines(read):
        say(line)


@group.command("chain")
def chain_above(
    unit: UnitCode,
    on: On = "",
    known_on: KnownOn = "",
    levels: Annotated[int, typer.Option(min=1, max=12, help="so many levels up")] = 12,
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """The chain of command above a unit on a day, level by level."""
    viewer, chosen = _start(account, mission)
    day, known = chosen_times(chosen, on, known_on)
    read = chain(viewer, unit_by_code(viewer, chosen, unit), day, levels, known)
    if as_json:
        print_json([_level(one) for one in read])
        return
    for one in read:
        sure = "" if one.number == 0 else ", certain" if one.certain else ", possible"
        say(f"{one.number}. {one.name}{sure}{', attached' if one.attached else ''}")
        for line in (*one.reasons, *one.own_superiors, *_command_lines(one.command)):
            say(f"   {line}")


@group.command("pairs")
def list_pairs(
    everything: Annotated[bool, typer.Option("--all", help="also those judged")] = False,
    merged: Annotated[bool, typer.Option("--merged", help="records that are read as one")] = False,
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Pairs of records that wait for somebody to judge them, most alike first."""
    viewer, chosen = _start(account, mission)
    if merged:
        _list_merges(viewer, chosen, as_json)
        return
    rows = (pairs if everything else waiting)(viewer, chosen)
    count, shown = rows.count(), list(rows[:MOST_SHOWN])
    if as_json:
        print_json([_pair(row) for row in shown])
        return
    say(f"{count} pairs; the first {len(shown)}:" if count > len(shown) else f"{count} pairs")
    for row in shown:
        opinion = getattr(row, "opinion", None) or "not judged"
        say(f"{row.pk}  {row.score:.3f}  {opinion}")
        say(f"    {row.first.name} ({row.first.code}) / {row.second.name} ({row.second.code})")


@group.command("pair")
def show_pair(
    pair: Annotated[str, typer.Argument(help="id of the pair, or two codes parted by a comma")],
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Two records side by side: what speaks for one person, what against, what was judged."""
    viewer, chosen = _start(account, mission)
    reading = pair_reading(viewer, _found(viewer, chosen, pair, put=False))
    words = evidence_words(reading.comparison.reasons)
    if as_json:
        print_json({
            **_pair(reading.pair), "verdict": reading.comparison.verdict.value,
            "speaks_for": list(words.speaks_for), "against": list(words.against),
            "judgements": [
                {"opinion": one.opinion, "ground": one.ground, "reference": one.reference,
                 "reasons": one.reasons, "by": one.by, "at": one.recorded_at}
                for one in reading.judgements
            ],
            "merge": reading.merge.pk if reading.merge is not None else None,
        })  # fmt: skip
        return
    row = reading.pair
    say(f"{row.first.name} ({row.first.code}) / {row.second.name} ({row.second.code})")
    for line in words.speaks_for:
        say(f"    for: {line}")
    for line in words.against:
        say(f"    against: {line}")
    for one in reading.judgements:
        say(f"    judged {one.opinion} by {one.by}: {one.reasons}")


@group.command("judge")
def judge(
    pair: Annotated[str, typer.Argument(help="id of the pair, or two codes parted by a comma")],
    opinion: Annotated[Opinion, typer.Argument(help="same, different or unsure")],
    reasons: Reasons,
    ground: Annotated[str, typer.Option(help="number, birth, posting or source")] = "",
    reference: Annotated[str, typer.Option(help="which one")] = "",
    keep: Annotated[str, typer.Option(help="code of the record both are read under")] = "",
    mission: MissionCode = "",
    account: Account = "",
) -> None:
    """Judges a pair. A name alone makes nobody the same person: say what else shows it."""
    viewer, chosen = _start(account, mission)
    found = _found(viewer, chosen, pair, put=True)
    judge_pair(
        actor=viewer,
        pair=found,
        opinion=opinion,
        reasons=reasons,
        ground=ground,
        reference=reference,
        keep=person_by_code(viewer, chosen, keep) if keep else None,
    )
    say("Your judgement is on record.")


@group.command("apart")
def apart(
    merge: Annotated[str, typer.Argument(help="id of the merge; `primacy persons pairs --merged`")],
    reasons: Reasons,
    mission: MissionCode = "",
    account: Account = "",
) -> None:
    """Reads the two records of a merge apart again; both stand as they stood."""
    viewer, chosen = _start(account, mission)
    read_apart(actor=viewer, merge=merge_by_id(viewer, chosen, record_id(merge)), reasons=reasons)
    say("The two records stand apart again.")


@group.command("link")
def link(
    engine: Annotated[Engine, typer.Option(help="what compares them")] = Engine.DUCKDB,
    put: Annotated[bool, typer.Option("--put", help="put the pairs on the matching queue")] = False,
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Links the whole register by Splink: who may stand in it twice. Nothing is merged by it."""
    viewer, chosen = _start(account, mission)
    found = linked_pairs(viewer, chosen, engine.value)
    rows = by_id(viewer, chosen, {pk for one in found for pk in (one.first, one.second)})
    if put:
        wanted = [(rows[one.first], rows[one.second], one.score) for one in found]
        made = put_pairs(actor=viewer, mission=chosen, pairs=wanted, found_by="linkage")
        say(f"{len(found)} pairs found, {made} of them new on the queue.")
        return
    lines = [(rows[one.first], rows[one.second], one) for one in found]
    if as_json:
        print_json([
            {"first": a.code, "second": b.code, "probability": round(one.score, 6),
             "verdict": one.verdict.value}
            for a, b, one in lines
        ])  # fmt: skip
        return
    say(f"{len(found)} pairs may be one person each; --put puts them on the queue.")
    for a, b, one in lines[:MOST_SHOWN]:
        say(f"{one.score:.4f}  {a.name} ({a.code}) / {b.name} ({b.code})")


def _start(account: str, mission: str) -> tuple[Viewer, Mission]:
    viewer = acting(account or None)
    return viewer, chosen_mission(viewer, mission or None)


def _birth(text: str) -> tuple[dt.date, dt.date] | None:
    if not text:
        return None
    try:
        when = parse_when(text)
    except BadWhen as problem:
        raise typer.BadParameter(f"'{text[:20]}': write 1975, 1975-03 or 1975-03-09.") from problem
    return when.earliest, when.latest


def _found(viewer: Viewer, mission: Mission, text: str, *, put: bool) -> Pair:
    """The pair of an id, or of two codes; a pair that is not on the queue is put there if asked."""
    if "," not in text:
        return pair_by_id(viewer, mission, record_id(text))
    one, other = (person_by_code(viewer, mission, code.strip()) for code in text.split(",", 1))
    if put:
        score = compared(viewer, one, other).score
        put_pairs(actor=viewer, mission=mission, pairs=[(one, other, score)])
    return pair_of(viewer, mission, one, other)


def _list_merges(viewer: Viewer, mission: Mission, as_json: bool) -> None:
    rows = list(open_merges(viewer, mission.pk))
    if as_json:
        print_json([{"id": row.pk, "kept": row.kept.code, "joined": row.joined.code}
                    for row in rows])  # fmt: skip
        return
    say(f"{len(rows)} pairs of records are read as one")
    for row in rows:
        say(f"{row.pk}  {row.joined.name} ({row.joined.code}) as {row.kept.name} ({row.kept.code})")


def _pair(row: Pair) -> dict[str, object]:
    return {
        "id": row.pk, "first": row.first.code, "second": row.second.code,
        "score": round(row.score, 4), "found_by": row.found_by,
        "opinion": getattr(row, "opinion", None),
    }  # fmt: skip


def _claim(one: ClaimWords) -> dict[str, object]:
    return {
        "claim": one.row.claim, "version": one.row.version, "kind": one.kind, "says": one.label,
        "text": one.text, "unit": one.unit.code if one.unit is not None else None,
        "when": one.when, "holds": one.state, "status": one.row.status,
        "sources": [str(cite) for cite in one.citations],
    }  # fmt: skip


def _command(read: CommandReading) -> dict[str, object]:
    return {
        "as_of": read.day,
        "commanders": [
            {"person": one.person.code if one.person is not None else None, "name": one.name,
             "rank": one.rank, "role": one.role, "certain": one.certain, "acting": one.acting,
             "contested": one.contested, "known": one.known, "reasons": list(one.reasons)}
            for one in read.commanders
        ],
        "vacant_since": read.vacant_since,
        "vacancy": read.vacancy,
        "last_commander": read.last_commander,
        "left_out": list(read.left_out),
        "restricted": restricted().text if read.restricted else None,
    }  # fmt: skip


def _level(one: LevelReading) -> dict[str, object]:
    return {
        "level": one.number,
        "unit": one.unit.code if one.unit is not None else None,
        "name": one.name,
        "certain": one.certain,
        "attached": one.attached,
        "reasons": list(one.reasons),
        "own_superiors": list(one.own_superiors),
        **_command(one.command),
    }


def _command_lines(read: CommandReading) -> list[str]:
    """Who commanded, in lines for people."""
    lines = []
    for one in read.commanders:
        marks = ["certain" if one.certain else "possible"]
        marks += ["acting"] if one.acting else []
        marks += ["contested"] if one.contested else []
        post = ", ".join(filter(None, (one.rank, one.role)))
        lines.append(f"{one.name} ({post}): {', '.join(marks)}; {one.known}")
        lines += [f"    {reason}" for reason in one.reasons]
    if not read.commanders:
        since = f" since {read.vacant_since:%-d %B %Y}" if read.vacant_since is not None else ""
        lines.append(f"Nobody is known to command{since}. {read.vacancy}".rstrip())
    lines += [f"Left out: {words}" for words in read.left_out]
    return [*lines, restricted().text] if read.restricted else lines
