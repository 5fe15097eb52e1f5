"""Rows of a roll that may be one person, by the linkage engine: names, birth, numbers and place."""

from collections.abc import Iterator

from primacy.engines.linkage import (
    Agreement,
    Backend,
    Grade,
    LinkageSettings,
    Pair,
    Verdict,
    birth_text,
    deduplicate,
)
from primacy.kernels.flags import ENROLLED_TWICE, Flag, Peers, Record, Severity
from primacy.kernels.readiness.sentence import Sentence
from primacy.platform.policy import Viewer, held_aside
from primacy.rooms.census.models import EnrolledPerson, EnrolmentRound, Sex
from primacy.rooms.census.queries import require_all_of, roll

SAME, NEAR, DIFFERS = Grade.SAME, Grade.NEAR, Grade.DIFFERS
SEX = {Sex.WOMAN.value: "f", Sex.MAN.value: "m"}
SAID = {
    ("given", SAME): Sentence("the same given name"),
    ("given", NEAR): Sentence("given names alike"),
    ("given", DIFFERS): Sentence("another given name"),
    ("family", SAME): Sentence("the same family name"),
    ("family", NEAR): Sentence("family names alike"),
    ("family", DIFFERS): Sentence("another family name"),
    ("birth", SAME): Sentence("the same birth date"),
    ("birth", NEAR): Sentence("birth dates alike"),
    ("birth", DIFFERS): Sentence("another birth date"),
    ("sex", SAME): Sentence("the same sex"),
    ("sex", DIFFERS): Sentence("another sex"),
    ("place", SAME): Sentence("the same region"),
    ("place", NEAR): Sentence("regions alike"),
    ("place", DIFFERS): Sentence("another region"),
    ("unit", SAME): Sentence("the same unit"),
    ("unit", DIFFERS): Sentence("another unit"),
    ("intake", SAME): Sentence("hired in the same year"),
    ("intake", NEAR): Sentence("hired a year apart"),
    ("intake", DIFFERS): Sentence("hired in another year"),
}


def doubles_of(
    viewer: Viewer, round: EnrolmentRound, engine: str = "duckdb", seed: int = 1
) -> list[Flag]:
    """One flag for each two rows that the engine takes for one person, the most probable first.

    Pairs it is less sure of are flagged as routine. `LinkageError` says what is not installed.
    Nobody is shown a record by this: what is shown is noted when a question is read.
    """
    require_all_of(viewer, round)
    with held_aside():
        rows = {str(row.pk): row for row in roll(viewer, round).order_by("pk")}
    result = deduplicate(
        [_as_row(row) for row in rows.values()],
        LinkageSettings(),
        seed=seed,
        backend=Backend(engine),
    )
    alike = len({row for pair in result.pairs for row in (pair.left, pair.right)})
    return [_flag(pair, rows, alike) for pair in result.pairs]


def _flag(pair: Pair, rows: dict[str, EnrolledPerson], alike: int) -> Flag:
    both = tuple(sorted((pair.left, pair.right)))
    units = {str(rows[one].unit_id) for one in both if rows[one].unit_id is not None}
    sure = pair.verdict is Verdict.ACCEPT
    return Flag(
        rule=ENROLLED_TWICE.code,
        unit=units.pop() if len(units) == 1 else "",
        subjects=both,
        records=tuple(Record("roll", one) for one in both),
        peers=Peers(Sentence("persons on the roll"), len(rows), alike),
        reasons=tuple(_words(pair.agreements)),
        severity=Severity.SOON if sure else Severity.ROUTINE,
        since="",
    )


def _words(agreements: tuple[Agreement, ...]) -> Iterator[Sentence]:
    """What agrees and what differs, in words that can be said in other languages."""
    for one in agreements:
        said = SAID.get((one.field, one.grade))
        if said is not None:
            yield said


def _as_row(row: EnrolledPerson) -> dict[str, object]:
    """A row of the roll as the engine reads one.

    Without its numbers: who is enrolled twice was given two, so that they differ says nothing
    against it. Numbers that stand twice are found by a rule of their own.
    """
    return {
        "id": str(row.pk),
        "name": row.name_as_written,
        "birth_date": birth_text(row.born_from, row.born_to),
        "sex": SEX.get(row.sex),
        "place": row.region or None,
        "unit": str(row.unit_id) if row.unit_id is not None else row.unit_as_written or None,
        "intake_year": row.hired_on.year if row.hired_on is not None else None,
    }
