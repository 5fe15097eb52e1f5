"""SIGKILL in the middle of a rotation: every record opens afterwards, for every reader."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from primacy.platform.accounts.models import Account
from primacy.platform.archive.actions.loading import migrate_on
from primacy.platform.archive.places import folder_site
from primacy.platform.archive.stores import second_connection
from primacy.platform.audit.queries import verify
from primacy.platform.policy import operator
from primacy.platform.vault.actions import (
    continue_rotation,
    open_identity,
    search_identities,
    start_rotation,
)
from primacy.platform.vault.models import ProtectedIdentity
from primacy.platform.vault.queries import rotation_left, rotation_unfinished
from tests.archive.places import inside
from tests.conftest import Board
from tests.kills.killing import Tally, killed, undisturbed
from tests.vault.conftest import Circle, circle_on

PEOPLE = 12
STEP = 2
WANTED_HITS = 10
MOST = 30
READERS = ("human_rights", "human_rights.b")


def rotate(circle: Circle) -> None:
    me = {"actor": circle.viewer("human_rights"), "key": circle.keys["human_rights"]}
    start_rotation(**me, vault=circle.vault, reason="yearly")
    finish(circle)


def finish(circle: Circle) -> None:
    me = {"actor": circle.viewer("human_rights"), "key": circle.keys["human_rights"]}
    while continue_rotation(**me, vault=circle.vault, step=STEP).left:
        pass


def all_usable(circle: Circle, chance: random.Random, readers: tuple[str, ...]) -> None:
    """Each record opens for the readers, and is found by what it holds; the log is whole."""
    for reader in readers:
        me = {"actor": circle.viewer(reader), "key": circle.keys[reader], "vault": circle.vault}
        rows = ProtectedIdentity.objects.all()
        names = {open_identity(**me, identity=row).name for row in rows}
        assert names == {f"Person {number}" for number in range(PEOPLE)}
        wanted = f"person {chance.randrange(PEOPLE)}"
        assert len(search_identities(**me, text=wanted)) == 1
    chain = verify(operator("test"))
    assert chain.intact, chain.reason


def test_ten_kills_in_rotations_leave_the_old_or_the_new_keys_wholly_usable(
    make_board: Callable[..., Board],
    make_account: Callable[..., Account],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = folder_site(tmp_path / "site")
    place.folder.mkdir()
    with second_connection(place.database) as alias:
        migrate_on(alias)
    with inside(place):
        circle = circle_on(make_board("kills"), make_account)
        for number in range(PEOPLE):
            circle.report(name=f"Person {number}", contact="")

    def act() -> None:
        with inside(place):
            rotate(circle)

    usual, tally, chance, started = undisturbed(act), Tally(), random.Random(), time.monotonic()
    halves = 0
    while tally.hits < WANTED_HITS:
        tally.note("rotation", killed(act, usual, chance))
        assert sum(tally.late.values()) + tally.hits < MOST, "rotations are never hit"
        with inside(place):
            halves += rotation_unfinished(circle.vault)
            all_usable(circle, chance, (chance.choice(READERS),))
    with inside(place):
        finish(circle)
        assert rotation_left(circle.vault) == 0
        assert not rotation_unfinished(circle.vault)
        all_usable(circle, chance, READERS)
    with capsys.disabled():
        print(
            f"\n{tally.hits} kills inside rotations of {usual:.2f} s, {halves} left unfinished; "
            f"{time.monotonic() - started:.0f} s"
        )
