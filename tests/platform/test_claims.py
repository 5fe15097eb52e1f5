"""Claims are kept in versions: nothing changed, nothing deleted, nothing accepted unsourced."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from primacy.platform import clock
from primacy.platform.claims.actions import Cite, correct, withdraw, write_claims
from primacy.platform.claims.errors import BadClaim, ClaimMoved
from primacy.platform.claims.models import Citation, Claim, ClaimStatus
from primacy.platform.claims.queries import citations_of, newest, versions
from primacy.platform.claims.rules import STATUS_MOVES, against_status
from primacy.platform.database.viewer_scope import viewer_scope
from primacy.platform.policy import Marking, Viewer
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.forces.facade import ClassificationClaim
from tests.conftest import STEWARD, Board

START = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
LOOK = "forces.view"


def source(board: Board, title: str = "Gazette", marking: Marking = Marking.INTERNAL) -> object:
    return ensure_source(actor=STEWARD, mission_id=board.mission.pk, title=title, marking=marking)


def claim(board: Board, **more: object) -> ClassificationClaim:
    unit = add_unit(
        actor=board["planner"], mission=board.mission, code="u1", name="First station",
        force="Police", side="local", source=source(board),
    )  # fmt: skip
    given: dict[str, object] = {
        "mission": board.mission, "unit": unit, "classification": "police", "status": "accepted",
        "first_precise": dt.date(2020, 1, 1), "last_precise": dt.date(2020, 12, 31),
        "recorded_by_id": board["planner"].account_id,
    }  # fmt: skip
    row = ClassificationClaim(**{**given, **more})
    return write_claims([(row, [Cite(source(board), "page", "12")])])[0]


def read(viewer: Viewer, board: Board, known_at: dt.datetime | None = None) -> list[Claim]:
    rows = newest(viewer, ClassificationClaim, LOOK, board.mission.pk, known_at=known_at)
    return list(rows)


def words(rows: list[Claim]) -> list[str]:
    return [row.classification for row in rows]


def fix(row: Claim, **changes: object) -> Claim:
    return correct(row, recorded_by_id=None, reason="the source says so", changes=changes)


@pytest.mark.parametrize("status", [ClaimStatus.ACCEPTED, ClaimStatus.CONFLICT])
def test_a_claim_without_citation_cannot_be_relied_on(board: Board, status: str) -> None:
    row = claim(board)
    bare = ClassificationClaim(
        mission=board.mission, unit=row.unit, classification="army", status=status,
        since_beginning=True,
    )  # fmt: skip
    with pytest.raises(BadClaim, match="without a citation"):
        write_claims([(bare, [])])
    assert words(read(board["planner"], board)) == ["police"]
    bare.status = ClaimStatus.WORK_NEEDED
    write_claims([(bare, [])])
    with pytest.raises(BadClaim, match="without a citation"):
        fix(bare, status="accepted")


def test_a_correction_changes_nothing_of_what_was_known_before(board: Board) -> None:
    with clock.standing(START) as now:
        first = claim(board)
        before = now.ask()
        now.move_to(START + dt.timedelta(days=3))
        second = fix(first, classification="gendarmerie")
        between = now.ask()
        now.move_to(START + dt.timedelta(days=6))
        withdraw(second, recorded_by_id=None, reason="the source was forged")
    planner = board["planner"]
    assert words(read(planner, board, before)) == ["police"]
    assert words(read(planner, board, between)) == ["gendarmerie"]
    assert read(planner, board) == []
    assert read(planner, board, START - dt.timedelta(days=1)) == []
    rows = list(versions(planner, ClassificationClaim, LOOK, board.mission.pk))
    assert [(row.version, row.withdrawn) for row in rows] == [(1, False), (2, False), (3, True)]


def test_a_correction_carries_the_citations_on_unless_it_names_others(board: Board) -> None:
    first = claim(board)
    second = fix(first, classification="army")
    named = correct(
        second, recorded_by_id=None, reason="a better source", changes={},
        cites=[Cite(source(board, "Law 7"))],
    )  # fmt: skip
    found = citations_of(board["planner"], [first, second, named], LOOK)
    assert [str(one) for one in found[first.pk]] == ["Gazette, 12"]
    assert [str(one) for one in found[second.pk]] == ["Gazette, 12"]
    assert [str(one) for one in found[named.pk]] == ["Law 7"]


def test_only_the_newest_version_is_corrected(board: Board) -> None:
    first = claim(board)
    fix(first, classification="army")
    with pytest.raises(ClaimMoved, match="Somebody else changed"):
        fix(first, classification="navy")


def test_a_correction_says_why(board: Board) -> None:
    row = claim(board)
    with pytest.raises(BadClaim, match="Say why"):
        correct(row, recorded_by_id=None, reason="  ", changes={"classification": "army"})


def test_a_clock_that_was_set_back_keeps_versions_in_order(board: Board) -> None:
    with clock.standing(START):
        first = claim(board)
    with clock.standing(START - dt.timedelta(days=9)):
        second = fix(first, classification="army")
    assert second.recorded_at > first.recorded_at
    assert words(read(board["planner"], board, first.recorded_at)) == ["police"]


def test_a_claim_that_was_closed_since_is_not_read_in_its_older_open_version(board: Board) -> None:
    first = claim(board)
    assert words(read(board["donor"], board)) == []
    commander = board["commander"]
    assert words(read(commander, board)) == ["police"]
    fix(first, marking=Marking.CONFIDENTIAL, classification="secret service")
    # Within a request the database's own row policies hide the newer version as well.
    with viewer_scope(commander):
        assert read(commander, board) == []
        assert list(versions(commander, ClassificationClaim, LOOK, board.mission.pk)) == []
    assert words(read(board["human_rights"], board)) == ["secret service"]


def test_the_words_of_a_closed_source_are_not_shown_with_an_open_claim(board: Board) -> None:
    row = claim(board)
    closed = source(board, "Statement of a witness", Marking.STRICT)
    cited = correct(
        row, recorded_by_id=None, reason="seen", changes={}, cites=[Cite(closed, "page", "3")]
    )
    (shown,) = citations_of(board["commander"], [cited], LOOK)[cited.pk]
    assert "witness" not in str(shown.source)
    (full,) = citations_of(board["human_rights"], [cited], LOOK)[cited.pk]
    assert "witness" in str(full.source)


@pytest.mark.parametrize("verb", ["change", "delete"])
@pytest.mark.parametrize("table", ["claim", "citation"])
def test_the_database_refuses_to_change_or_delete_a_version(
    board: Board, verb: str, table: str
) -> None:
    row = claim(board)
    kept = type(row).objects if table == "claim" else Citation.objects
    orders = {"change": "UPDATE {} SET marking = 0", "delete": "DELETE FROM {}"}
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(orders[verb].format(kept.model._meta.db_table))
    assert kept.exists()


def test_the_table_of_statuses_is_kept(board: Board) -> None:
    row = claim(board)
    for before in ClaimStatus.values:
        for after in ClaimStatus.values:
            row.status = after
            allowed = after == before or after in STATUS_MOVES[before]
            assert (against_status(row, 1, before) == []) == allowed, (before, after)


def test_a_claim_at_issue_is_looked_into_before_it_is_accepted_again(board: Board) -> None:
    row = fix(claim(board), status="issue")
    with pytest.raises(BadClaim, match="cannot go from 'At issue' to 'Accepted'"):
        fix(row, status="accepted")
    assert fix(fix(row, status="work_needed"), status="accepted").version == 4


@pytest.mark.parametrize(
    ("dates", "why"),
    [
        ({}, "has no day"),
        ({"first_precise": dt.date(2020, 1, 1)}, "first and its last day"),
        (
            {"first_precise": dt.date(2020, 2, 1), "last_precise": dt.date(2020, 1, 1)},
            "earlier day first",
        ),
        (
            {
                "first_precise": dt.date(2020, 1, 1), "last_precise": dt.date(2020, 1, 31),
                "first_imprecise": dt.date(2020, 3, 1), "last_imprecise": dt.date(2020, 4, 1),
            },
            "Nothing is said of the days between",
        ),
    ],
)  # fmt: skip
def test_dates_that_stretch_or_break_a_claim_are_refused(
    board: Board, dates: dict[str, dt.date], why: str
) -> None:
    row = claim(board)
    bad = ClassificationClaim(
        mission=board.mission, unit=row.unit, classification="army", status="accepted", **dates
    )
    with pytest.raises(BadClaim, match=why):
        write_claims([(bad, [Cite(source(board))])])
