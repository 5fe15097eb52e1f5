"""The kept register is never stale, never shown to another class, and its reads are noted."""

from collections.abc import Callable

import pytest

from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Marking
from primacy.rooms.forces import kept_register
from primacy.rooms.forces.actions import Terms, claim_relation, rename_unit, withdraw_claim
from primacy.rooms.forces.facade import Unit
from primacy.rooms.forces.register import tree, unit_at
from tests.conftest import Board
from tests.rooms.forces.test_register import drawn, on

MakeUnit = Callable[..., Unit]
MakeTerms = Callable[..., Terms]
DAY = on("2020-06-01")


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Registers are kept, as on a served site, although the test is a transaction."""
    kept_register.forget_registers()
    monkeypatch.setattr(kept_register, "_in_transaction", lambda: False)


def test_an_act_is_seen_at_once(board: Board, make_unit: MakeUnit, terms: MakeTerms) -> None:
    north, company = make_unit("North"), make_unit("Company")
    planner = board["planner"]

    def seen() -> list[tuple[str, int, str]]:
        return drawn(tree(planner, board.mission, DAY))

    assert seen() == [("Company", 0, ""), ("North", 0, "")]
    row = claim_relation(actor=planner, unit=company, superior=north,
                         terms=terms("2020-01-01", "2020-12-31"))  # fmt: skip
    assert seen() == [("North", 0, ""), ("Company", 1, "certain")]
    rename_unit(actor=planner, unit=company, name="First", terms=terms("2020-05-01"))
    assert seen() == [("North", 0, ""), ("First", 1, "certain")]
    withdraw_claim(actor=planner, claim=row, reason="wrong")
    assert seen() == [("First", 0, ""), ("North", 0, "")]
    make_unit("South")
    assert len(seen()) == 3


def test_it_is_read_once_while_nothing_happens(
    board: Board, make_unit: MakeUnit, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_unit("North")
    read: list[int] = []
    own = kept_register._read
    monkeypatch.setattr(kept_register, "_read", lambda *asked: read.append(1) or own(*asked))
    for _again in range(3):
        tree(board["planner"], board.mission, DAY)
    assert len(read) == 1
    tree(board["commander"], board.mission, DAY)
    assert len(read) == 2


def test_what_one_class_may_read_is_never_shown_to_another(
    board: Board, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    bureau, company = make_unit("Bureau", marking=Marking.CONFIDENTIAL), make_unit("Company")
    claim_relation(actor=board["planner"], unit=company, superior=bureau,
                   terms=terms("2020-01-01", "2020-12-31"))  # fmt: skip
    for _again in range(2):
        assert ("Company", 1, "certain") in drawn(tree(board["planner"], board.mission, DAY))
        assert drawn(tree(board["commander"], board.mission, DAY)) == [("Company", 0, "")]


def test_who_is_shown_a_closed_relation_is_on_record_also_from_memory(
    board: Board, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    north, company, other = make_unit("North"), make_unit("Company"), make_unit("Other")
    row = claim_relation(
        actor=board["planner"], unit=company, superior=north,
        terms=terms("2020-01-01", "2020-12-31", marking=Marking.CONFIDENTIAL),
    )  # fmt: skip

    def noted() -> int:
        return AuditEntry.objects.filter(action="read", body__contains=str(row.pk)).count()

    tree(board["planner"], board.mission, DAY)
    assert noted() == 1
    tree(board["adviser"], board.mission, DAY)
    assert noted() == 2
    tree(board["adviser"], board.mission, DAY)
    assert noted() == 3
    unit_at(board["adviser"], other, DAY)
    assert noted() == 3, "the page of another unit does not show it"
    unit_at(board["adviser"], north, DAY)
    assert noted() > 3
    tree(board["commander"], board.mission, DAY)
    actors = {entry.actor_label for entry in AuditEntry.objects.filter(action="read")}
    assert not any("commander" in actor for actor in actors)
