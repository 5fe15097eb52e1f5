"""`primacy compartment`: each act by command, its refusal, and passphrases asked for only."""

import inspect
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pytest
import typer

from primacy.faces.cli.compartment import group
from primacy.faces.cli.main import main
from primacy.faces.cli.printing import console
from primacy.platform.accounts.models import Account
from primacy.platform.audit.models import AuditEntry
from primacy.platform.vault.models import KeyShare, ProtectedIdentity, Recovery, Vault
from tests.vault.conftest import CONTACT, NAME, NOTE, Circle, passphrase


@dataclass
class Desk:
    """A terminal: commands typed, questions answered without echo, what was printed."""

    circle: Circle
    type_in: Callable[[list[str], list[str]], tuple[int, str, str]]
    asked: list[str] = field(default_factory=list)

    def do(self, who: str, *words: str, answers: Iterable[str] | None = None) -> tuple[int, str]:
        """The code and all that was printed; the key passphrase is answered where not said."""
        given = [passphrase(who)] if answers is None else list(answers)
        line = ["compartment", *words, "--as", self.address(who)]
        code, out, err = self.type_in(line, given)
        return code, out + err

    def address(self, label: str) -> str:
        return self.circle.accounts[label].email

    def told(self, label: str) -> str:
        return self.circle.keys[label].fingerprint

    def holder(self, label: str) -> str:
        return f"{self.address(label)}={self.told(label)}"


@pytest.fixture
def desk(
    circle: Circle, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    asked: list[str] = []

    def type_in(line: list[str], given: list[str]) -> tuple[int, str, str]:
        waiting = list(given)

        def answered(question: str) -> str:
            asked.append(question)
            return waiting.pop(0)

        monkeypatch.setattr(inspect.getmodule(typer.prompt), "hidden_prompt_func", answered)
        monkeypatch.setattr(sys, "argv", ["primacy", *line])
        # wide enough for a row in one line, whatever terminal the tests run in
        monkeypatch.setattr(console, "width", 250)
        monkeypatch.setattr(console, "height", 50)
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1 if end.code else 0
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return Desk(circle, type_in, asked)


def test_a_compartment_is_made_and_refused_with_one_holder(desk: Desk) -> None:
    one = ("--holder", desk.holder("human_rights.b"))
    two = ("--holder", desk.holder("human_rights.c"))
    code, told = desk.do("human_rights", "create", "east", "--name", "East", *one)
    assert code != 0
    assert "at least two different persons" in told
    assert not Vault.objects.filter(compartment__code="east").exists()
    code, told = desk.do("human_rights", "create", "east", "--name", "East", *one, *two)
    assert (code, "first reader" in told) == (0, True)
    assert Vault.objects.get(compartment__code="east").versions.get().holders.count() == 2


def test_holders_are_named_anew_only_with_their_own_fingerprints(desk: Desk) -> None:
    wrong = f"{desk.address('human_rights.c')}={'0' * 20}"
    other = ("--holder", desk.holder("human_rights.d"))
    code, told = desk.do("human_rights", "holders", "sources", "--holder", wrong, *other)
    assert code != 0
    assert "not the fingerprint" in told
    right = ("--holder", desk.holder("human_rights.c"))
    assert desk.do("human_rights", "holders", "sources", *right, *other)[0] == 0
    assert desk.circle.vault.versions.get().holders.count() == 2


def test_an_identity_is_reported_listed_found_and_opened(desk: Desk) -> None:
    code, told = desk.do("adviser", "report", "sources", answers=[NAME, CONTACT, NOTE])
    row = ProtectedIdentity.objects.get()
    assert (code, row.pseudonym in told, NAME in told) == (0, True, False)
    code, told = desk.do("human_rights", "identities", "sources", answers=[])
    assert (code, row.pseudonym in told, NAME in told) == (0, True, False)
    words = [passphrase("human_rights"), f"  {NAME.upper()} "]
    assert row.pseudonym in desk.do("human_rights", "search", "sources", answers=words)[1]
    words = [passphrase("human_rights"), "Mirelle"]
    assert "Nothing equals" in desk.do("human_rights", "search", "sources", answers=words)[1]
    code, told = desk.do("human_rights", "open", "sources", row.pseudonym.lower())
    assert code == 0
    assert all(text in told for text in (NAME, CONTACT, NOTE))
    assert AuditEntry.objects.filter(action="vault.identity.read").count() == 1


@pytest.mark.parametrize("who", ["adviser", "administrator"])
def test_nobody_outside_opens_or_finds(desk: Desk, who: str) -> None:
    row = desk.circle.report()
    if who == "adviser":
        desk.circle.make_key(who)
    words = [passphrase(who), NAME]
    for line in (("open", "sources", row.pseudonym), ("search", "sources")):
        code, told = desk.do(who, *line, answers=words)
        assert code != 0
        assert NAME not in told
        assert row.pseudonym not in told.replace(" ".join(line), "")


def test_a_wrong_passphrase_opens_nothing(desk: Desk) -> None:
    row = desk.circle.report()
    code, told = desk.do("human_rights", "open", "sources", row.pseudonym, answers=["wrong words"])
    assert code != 0
    assert "not the passphrase" in told
    assert NAME not in told
    assert not AuditEntry.objects.filter(action="vault.identity.read").exists()


def test_the_key_is_rotated_by_a_reader_only(desk: Desk) -> None:
    rows = [desk.circle.report(name=f"Person {number}") for number in range(3)]
    code, told = desk.do("human_rights.c", "rotate", "sources")
    assert code != 0
    assert desk.circle.vault.versions.count() == 1
    code, told = desk.do("human_rights", "rotate", "sources")
    assert (code, "3 records are under the new one" in told) == (0, True)
    assert "Person 1" in desk.do("human_rights.b", "open", "sources", rows[1].pseudonym)[1]


def test_a_member_is_removed_and_the_key_rotated_at_once(desk: Desk) -> None:
    row = desk.circle.report()
    leaver = ("remove", "sources", desk.address("human_rights.b"), "--reason", "left")
    code, told = desk.do("human_rights", *leaver)
    assert (code, "The key is rotated" in told) == (0, True)
    assert desk.do("human_rights.b", "open", "sources", row.pseudonym)[0] != 0
    assert NAME in desk.do("human_rights", "open", "sources", row.pseudonym)[1]


def test_who_removes_oneself_is_told_that_a_reader_must_rotate(desk: Desk) -> None:
    leaver = ("remove", "sources", desk.address("human_rights.b"), "--reason", "leaving")
    code, told = desk.do("human_rights.b", *leaver)
    assert (code, "has to be rotated by a reader" in told) == (0, True)
    assert not KeyShare.objects.filter(
        member_key__account=desk.circle.accounts["human_rights.b"]
    ).exists()


def test_two_holders_recover_the_key_and_one_does_not(desk: Desk) -> None:
    row = desk.circle.report()
    KeyShare.objects.all().delete()
    desk.circle.make_key("human_rights")
    reader, told = desk.address("human_rights"), desk.told("human_rights")
    why = ("--reason", "the readers lost their keys", "--fingerprint", told)
    alone = ("recover", "sources", desk.address("human_rights.c"), reader, *why)
    assert desk.do("human_rights.c", *alone)[0] != 0
    begin = ("recover", "sources", desk.address("human_rights.d"), reader, *why)
    code, said = desk.do("human_rights.c", *begin)
    assert code == 0
    number = str(Recovery.objects.get().pk)
    assert number in re.sub(r"\s", "", said)
    finish = ("recover-finish", "sources", number, "--fingerprint", told)
    assert desk.do("human_rights.c", *finish)[0] != 0  # the first cannot finish it too
    assert desk.do("human_rights.d", *finish)[0] == 0
    assert NAME in desk.do("human_rights", "open", "sources", row.pseudonym)[1]


def test_a_lost_key_is_replaced_only_with_the_sign_in_password(desk: Desk) -> None:
    account: Account = desk.circle.accounts["human_rights"]
    account.set_password("the very password I enter with")
    account.save()
    new = ["an entirely new row of words"] * 2
    assert desk.do("human_rights", "key", "--lost", answers=["a guess", *new])[0] != 0
    entered = ["the very password I enter with", *new]
    assert desk.do("human_rights", "key", answers=entered)[0] != 0  # without --lost
    code, told = desk.do("human_rights", "key", "--lost", answers=entered)
    assert (code, "Fingerprint: " in told) == (0, True)
    assert not any(word in told for word in entered)


def test_no_command_takes_a_secret_on_its_line(desk: Desk) -> None:
    commands = typer.main.get_command(group).commands.values()  # type: ignore[attr-defined]
    taken = {option.lower() for one in commands for p in one.params for option in p.opts}
    assert {"--fingerprint", "--holder", "--as"} <= taken, "the options were found"
    for word in ("pass", "secret", "contact", "note", "text"):
        assert not [option for option in taken if word in option]
    row = desk.circle.report()
    line = ("open", "sources", row.pseudonym, "--passphrase", passphrase("human_rights"))
    code, told = desk.do("human_rights", *line, answers=[])
    assert code != 0
    assert NAME not in told
    assert desk.asked == []
    code, told = desk.do("human_rights", "open", "sources", row.pseudonym)
    assert (code, len(desk.asked), "Key passphrase" in told) == (0, 1, True)
