"""The kept register is never stale, never shown to another class, and its reads are noted."""

import contextlib
import random
from collections.abc import Callable

import pytest

from primacy.platform.audit.models import AuditEntry
from primacy.platform.claims.errors import BadClaim
from primacy.platform.policy import Marking
from primacy.rooms.forces import kept_register
from primacy.rooms.forces.actions import (
    Terms,
    claim_name,
    claim_relation,
    correct_claim,
    record_lineage,
    rename_unit,
    withdraw_claim,
)
from primacy.rooms.forces.facade import Unit
from primacy.rooms.forces.register import tree, tree_in_parts, unit_at
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
    own = kept_register.register_of
    monkeypatch.setattr(kept_register, "register_of", lambda *asked: read.append(1) or own(*asked))
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


def test_after_acts_on_claims_only_those_are_read_again(
    board: Board, make_unit: MakeUnit, terms: MakeTerms, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = [make_unit(f"U{n}") for n in range(6)]
    draw, made = random.Random(7), []
    tree(board["planner"], board.mission, DAY)
    tree(board["commander"], board.mission, DAY)
    read: list[int] = []
    own = kept_register.register_of

    def lines(who: str) -> list[object]:
        reading = tree(board[who], board.mission, DAY)
        return [*reading.lines, reading.conflicts, reading.cycles, reading.gone]

    for _step in range(25):
        unit, superior = draw.sample(units, 2)
        given = terms(
            "2020-01-01", "2020-12-31",
            marking=draw.choice([Marking.INTERNAL, Marking.CONFIDENTIAL]),
            status=draw.choice(["accepted", "work_needed"]),
        )  # fmt: skip
        monkeypatch.setattr(kept_register, "register_of", lambda *asked: read.append(1))
        match draw.choice(["relation", "relation", "name", "correct", "withdraw"]):
            case "relation":
                with contextlib.suppress(BadClaim):
                    made.append(claim_relation(actor=board["planner"], unit=unit,
                                               superior=superior, terms=given))  # fmt: skip
            case "name":
                made.append(claim_name(actor=board["planner"], unit=unit,
                                       name=f"N{len(made)}", terms=given))  # fmt: skip
            case "correct" if made:
                row = made.pop(draw.randrange(len(made)))
                with contextlib.suppress(BadClaim):
                    row = correct_claim(actor=board["planner"], claim=row, reason="again",
                                        terms=given)  # fmt: skip
                made.append(row)
            case "withdraw" if made:
                row = made.pop(draw.randrange(len(made)))
                withdraw_claim(actor=board["planner"], claim=row, reason="wrong")
        kept = [lines("planner"), lines("commander")]
        monkeypatch.setattr(kept_register, "register_of", own)
        with monkeypatch.context() as patch:
            patch.setattr(kept_register, "_in_transaction", lambda: True)
            assert [lines("planner"), lines("commander")] == kept
    assert not read


def test_after_any_other_act_all_is_read_anew(
    board: Board, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    north, company = make_unit("North"), make_unit("Company")
    planner = board["planner"]
    tree(planner, board.mission, DAY)
    record_lineage(actor=planner, kind="attached", froms=[company], tos=[north],
                   terms=terms("2020-01-01", "2020-12-31", starting=True, ending=True))  # fmt: skip
    assert drawn(tree(planner, board.mission, DAY)) == [("North", 0, ""), ("Company", 1, "certain")]


def test_who_is_shown_a_part_of_the_tree_is_on_record_for_that_part(
    board: Board, make_unit: MakeUnit
) -> None:
    shown = make_unit("Alpha", marking=Marking.CONFIDENTIAL)
    kept_back = make_unit("Zulu", marking=Marking.CONFIDENTIAL)
    reading = tree_in_parts(board["planner"], board.mission, DAY)
    reading.shown(reading.places[:1])
    noted = "".join(AuditEntry.objects.filter(action="read").values_list("body", flat=True))
    assert str(shown.pk) in noted
    assert str(kept_back.pk) not in noted
