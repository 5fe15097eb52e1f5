"""A compartment of the human rights component with two readers and three recovery holders."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.policy import Viewer
from primacy.platform.vault.actions import (
    HolderChoice,
    NewIdentity,
    admit_reader,
    create_compartment,
    make_key,
    report_identity,
)
from primacy.platform.vault.keyring import PersonalKey
from primacy.platform.vault.models import ProtectedIdentity, Vault
from tests.conftest import Board

OWNERS = ("human_rights", "human_rights.b", "human_rights.c", "human_rights.d")
NAME, CONTACT, NOTE = "Mirelle Okanda-Voss", "+999 555 0142 behind the mill", "saw the Third column"


def passphrase(label: str) -> str:
    return f"four quiet words of {label}"


@dataclass
class Circle:
    """A board, the people of one organisation with their keys, and their compartment."""

    board: Board
    accounts: dict[str, Account]
    keys: dict[str, PersonalKey] = field(default_factory=dict)
    vault: Vault = field(default=None)  # type: ignore[assignment]

    def viewer(self, label: str) -> Viewer:
        """The person with the compartments of this moment."""
        return viewer_of(Account.objects.get(pk=self.accounts[label].pk))

    def make_key(self, label: str) -> PersonalKey:
        self.keys[label] = make_key(actor=self.viewer(label), passphrase=passphrase(label))
        return self.keys[label]

    def choice(self, label: str) -> HolderChoice:
        return HolderChoice(self.accounts[label], self.keys[label].fingerprint)

    def admit(self, label: str, by: str = "human_rights") -> None:
        admit_reader(
            actor=self.viewer(by),
            key=self.keys[by],
            vault=self.vault,
            account=self.accounts[label],
            fingerprint=self.keys[label].fingerprint,
        )

    def report(self, by: str = "human_rights", **more: str) -> ProtectedIdentity:
        given = {"kind": "source", "name": NAME, "contact": CONTACT, "note": NOTE, **more}
        return report_identity(
            actor=self.viewer(by),
            vault=self.vault,
            mission_id=self.board.mission.pk,
            given=NewIdentity(**given),
        )


@pytest.fixture
def circle(board: Board, make_account: Callable[..., Account]) -> Circle:
    return circle_on(board, make_account)


def circle_on(board: Board, make_account: Callable[..., Account]) -> Circle:
    """The compartment on a board, in whichever database is at hand."""
    accounts = dict(board.accounts)
    for label in OWNERS[1:]:
        accounts[label] = make_account(label, board.mission)
    made = Circle(board, accounts)
    for label in OWNERS:
        made.make_key(label)
    made.vault = create_compartment(
        actor=made.viewer("human_rights"),
        key=made.keys["human_rights"],
        code="sources",
        name="Sources of the east",
        holders=[made.choice(label) for label in OWNERS[1:]],
        takes_reports=True,
    )
    made.admit("human_rights.b")
    return made
