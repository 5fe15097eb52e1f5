"""Claims about units: made, corrected, withdrawn; the columns of a unit follow the open ones."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest

from primacy.platform.audit.models import AuditEntry
from primacy.platform.claims.errors import BadClaim, NoSuchClaim
from primacy.platform.policy import Denied, Marking
from primacy.rooms.forces.actions import (
    Terms,
    add_strength,
    claim_name,
    claim_position,
    claim_relation,
    correct_claim,
    record_lineage,
    rename_unit,
    withdraw_claim,
)
from primacy.rooms.forces.claim_queries import claim_by_id, claims_of_kind, history
from primacy.rooms.forces.facade import NameClaim, PositionClaim, RelationClaim, Unit, units
from primacy.rooms.forces.models import UnitArea
from tests.conftest import Board

MakeUnit = Callable[..., Unit]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_a_new_unit_brings_its_claims_with_its_source(board: Board, make_unit: MakeUnit) -> None:
    above = make_unit("Zone", areas=[board.area])
    below = make_unit("Station", parent=above, aliases=["Post 4"], areas=board.areas[:2])
    planner = board["planner"]
    names = claims_of_kind(planner, NameClaim, board.mission.pk).filter(unit=below)
    assert {(n.kind, n.name) for n in names} == {("name", "Station"), ("alias", "Post 4")}
    (relation,) = claims_of_kind(planner, RelationClaim, board.mission.pk)
    assert (relation.unit, relation.superior, relation.status) == (below, above, "accepted")
    assert (relation.since_beginning, relation.starting, relation.ending) == (True, False, False)
    found = claims_of_kind(planner, PositionClaim, board.mission.pk).filter(unit=below)
    assert {row.area for row in found} == set(board.areas[:2])


def test_a_relation_moves_the_unit_and_its_withdrawal_moves_it_back(
    board: Board, make_unit: MakeUnit, terms: Callable[..., Terms], today: dt.date
) -> None:
    old, new = make_unit("North"), make_unit("South")
    unit = make_unit("Station", parent=old)
    planner = board["planner"]
    moved = claim_relation(
        actor=planner, unit=unit, superior=new, terms=terms("2024-01-01", today.isoformat())
    )
    unit.refresh_from_db()
    assert unit.parent == new
    withdraw_claim(actor=planner, claim=moved, reason="the order was never signed")
    unit.refresh_from_db()
    assert unit.parent == old


def test_a_closed_claim_is_not_read_off_an_open_column(
    board: Board, make_unit: MakeUnit, terms: Callable[..., Terms], today: dt.date
) -> None:
    other, unit = make_unit("Bureau"), make_unit("Station")
    closed = {"marking": Marking.CONFIDENTIAL}
    planner, since = board["planner"], ("2024-01-01", today.isoformat())
    claim_relation(actor=planner, unit=unit, superior=other, terms=terms(*since, **closed))
    claim_name(actor=planner, unit=unit, name="Cell 9", terms=terms(*since, **closed))
    claim_position(actor=planner, unit=unit, area=board.area, terms=terms(*since, **closed))
    unit.refresh_from_db()
    assert (unit.parent, unit.name, unit.aliases) == (None, "Station", [])
    assert not UnitArea.objects.filter(unit=unit).exists()
    # The log is read by people without clearance.
    bodies = " ".join(str(e.body) for e in AuditEntry.objects.filter(action__contains="claim"))
    assert "Cell 9" not in bodies
    assert "Bureau" not in bodies
    seen = claims_of_kind(board["commander"], NameClaim, board.mission.pk).filter(unit=unit)
    assert [row.name for row in seen] == ["Station"]
    assert claims_of_kind(planner, NameClaim, board.mission.pk).filter(unit=unit).count() == 2


def test_a_claim_about_a_closed_unit_is_closed(
    board: Board, make_unit: MakeUnit, terms: Callable[..., Terms], today: dt.date
) -> None:
    unit, secret = make_unit("Station"), make_unit("Secret", marking=Marking.CONFIDENTIAL)
    relation = claim_relation(
        actor=board["planner"], unit=unit, superior=secret,
        terms=terms("2024-01-01", today.isoformat()),
    )  # fmt: skip
    assert not claims_of_kind(board["commander"], RelationClaim, board.mission.pk).exists()
    with pytest.raises(NoSuchClaim):
        claim_by_id(board["commander"], board.mission, relation.claim)
    assert claim_by_id(board["planner"], board.mission, relation.claim) == relation


def test_a_relation_that_certainly_closes_a_ring_is_refused_with_its_chain(
    board: Board, make_unit: MakeUnit, terms: Callable[..., Terms]
) -> None:
    a, b, c = make_unit("Alpha"), make_unit("Bravo"), make_unit("Charlie")
    planner = board["planner"]
    claim_relation(actor=planner, unit=a, superior=b, terms=terms("2020-01-01", "2020-12-31"))
    claim_relation(actor=planner, unit=b, superior=c, terms=terms("2020-06-01", "2021-06-01"))
    with pytest.raises(BadClaim, match="Charlie is under Alpha is under Bravo is under Charlie"):
        claim_relation(actor=planner, unit=c, superior=a, terms=terms("2020-05-01", "2020-07-01"))
    # On no day are all three certain: a possible ring is kept, and reported by who reads it.
    claim_relation(actor=planner, unit=c, superior=a, terms=terms("2021-01-01", "2021-03-01"))
    with pytest.raises(BadClaim, match="under itself"):
        claim_relation(actor=planner, unit=c, superior=c, terms=terms("2020-01-01"))


def test_a_correction_that_closes_a_ring_is_refused(
    board: Board, make_unit: MakeUnit, terms: Callable[..., Terms]
) -> None:
    a, b = make_unit("Alpha"), make_unit("Bravo")
    planner = board["planner"]
    claim_relation(actor=planner, unit=a, superior=b, terms=terms("2020-01-01", "2020-12-31"))
    later = claim_relation(
        actor=planner, unit=b, superior=a, terms=terms("2021-01-01", "2021-12-31")
    )
    with pytest.raises(BadClaim, match="above itself"):
        correct_claim(
            actor=planner, claim=later, reason="new", terms=terms("2020-06-01", "2021-12-31")
        )
    assert len(history(planner, later)) == 1


def test_columns_never_make_a_ring_of_units(
    board: Board, make_unit: MakeUnit, terms: Callable[..., Terms]
) -> None:
    a, b = make_unit("Alpha"), make_unit("Bravo")
    planner = board["planner"]
    claim_relation(actor=planner, unit=a, superior=b, terms=terms("2020-01-01"))
    claim_relation(actor=planner, unit=b, superior=a, terms=terms("2021-01-01"))
    a.refresh_from_db()
    b.refresh_from_db()
    assert (a.parent, b.parent) == (b, None)


def test_renaming_keeps_the_unit_with_all_it_holds(
    board: Board, make_unit: MakeUnit, terms: Callable[..., Terms], today: dt.date
) -> None:
    unit = make_unit("Rapid Brigade")
    strength = add_strength(
        actor=board["planner"], unit=unit, kind="present", value=300, date_from=day("2019-01-01"),
        date_to=day("2019-01-01"), source=unit.source,
    )  # fmt: skip
    rename_unit(
        actor=board["planner"], unit=unit, name="Response Brigade", terms=terms("2020-05-04")
    )
    unit.refresh_from_db()
    strength.refresh_from_db()
    assert (unit.name, unit.aliases) == ("Response Brigade", ["Rapid Brigade"])
    assert strength.unit == unit
    assert units(board["planner"], board.mission).get(code=unit.code) == unit


@pytest.mark.parametrize(
    ("kind", "sides", "said"),
    [
        ("merged", (0, 1), "1 to 1000 units stand before"),
        ("split", (1, 0), "1 to 1000 units stand after"),
        ("disbanded", (1, 1), "0 to 0 units stand after"),
        ("attached", (1, 2), "1 to 1 units stand after"),
        ("sunk", (1, 0), "no kind of lineage"),
    ],
)
def test_an_event_has_units_on_its_sides(
    board: Board, make_unit: MakeUnit, terms: Callable[..., Terms], kind: str,
    sides: tuple[int, int], said: str,
) -> None:  # fmt: skip
    a, b, c = make_unit("Alpha"), make_unit("Bravo"), make_unit("Charlie")
    befores, afters = [a][: sides[0]], [b, c][: sides[1]]
    with pytest.raises(BadClaim, match=said):
        record_lineage(
            actor=board["planner"], kind=kind, froms=befores, tos=afters, terms=terms("2020-01-01")
        )


def test_an_event_without_a_day_is_refused(
    board: Board, make_unit: MakeUnit, terms: Callable[..., Terms]
) -> None:
    with pytest.raises(BadClaim, match="on which day"):
        record_lineage(
            actor=board["planner"], kind="disbanded", froms=[make_unit("Alpha")], terms=terms()
        )


def test_an_attachment_moves_the_unit_while_it_lasts(
    board: Board, make_unit: MakeUnit, terms: Callable[..., Terms], today: dt.date
) -> None:
    home, task = make_unit("Home"), make_unit("Task force")
    unit = make_unit("Company", parent=home)
    event = record_lineage(
        actor=board["planner"], kind="attached", froms=[unit], tos=[task],
        terms=terms("2024-01-01", today.isoformat(), ending=True),
    )  # fmt: skip
    unit.refresh_from_db()
    assert unit.parent == task
    yesterday = (today - dt.timedelta(days=1)).isoformat()
    correct_claim(
        actor=board["planner"], claim=event, reason="it went home",
        terms=terms("2024-01-01", yesterday, ending=True),
    )  # fmt: skip
    unit.refresh_from_db()
    assert unit.parent == home


def test_a_disbanded_unit_stands_under_nobody(
    board: Board, make_unit: MakeUnit, terms: Callable[..., Terms]
) -> None:
    unit = make_unit("Company", parent=make_unit("Home"))
    record_lineage(actor=board["planner"], kind="disbanded", froms=[unit],
                   terms=terms("2024-01-01", ending=True))  # fmt: skip
    unit.refresh_from_db()
    assert unit.parent is None


def test_areas_of_a_unit_follow_its_positions(
    board: Board, make_unit: MakeUnit, terms: Callable[..., Terms]
) -> None:
    unit = make_unit("Station", areas=[board.area])
    row = claim_position(
        actor=board["planner"], unit=unit, area=board.areas[1],
        terms=terms("2019-01-01", "2019-12-31", ending=True),
    )  # fmt: skip
    kept = UnitArea.objects.filter(unit=unit).order_by("valid_from")
    assert (board.areas[1].pk, day("2019-01-01"), day("2019-12-31")) in kept.values_list(
        "area_id", "valid_from", "valid_to"
    )
    withdraw_claim(actor=board["planner"], claim=row, reason="another station")
    assert [one.area for one in kept] == [board.area]


def test_only_those_who_keep_the_register_claim(
    board: Board, make_unit: MakeUnit, terms: Callable[..., Terms]
) -> None:
    unit = make_unit("Station")
    for label in ("adviser", "donor", "human_rights", "overseer"):
        with pytest.raises(Denied):
            claim_name(actor=board[label], unit=unit, name="Post", terms=terms("2020-01-01"))


def test_no_claim_is_found_by_an_id_nobody_gave(board: Board) -> None:
    with pytest.raises(NoSuchClaim):
        claim_by_id(board["planner"], board.mission, uuid.uuid4())
