"""`primacy compartment`: keys held by the owning organisation, and what is sealed under them.

Every act that needs a key asks for the key passphrase of the person named with `--as`; whoever
runs the server can name a person and still opens nothing.
"""

import uuid
from typing import Annotated

import typer

from primacy.faces.cli.choosing import chosen_mission
from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import account_by_email, viewer_of
from primacy.platform.policy import Denied, Viewer
from primacy.platform.vault import actions
from primacy.platform.vault.keyring import PersonalKey
from primacy.platform.vault.models import Vault
from primacy.platform.vault.queries import (
    content_words,
    identities,
    identity_by_pseudonym,
    is_member,
    people,
    reads,
    recovery_by_id,
    rotation_due,
    rotation_unfinished,
    vault_by_code,
    vaults,
)
from primacy.platform.vault.rights import require_person

group = typer.Typer(
    help="Compartments whose keys their readers hold; names of sources and witnesses.",
    no_args_is_help=True,
)
As = Annotated[str, typer.Option("--as", help="the account that acts, by its address")]
Code = Annotated[str, typer.Argument(help="code of the compartment")]
Pseudonym = Annotated[str, typer.Argument(help="pseudonym of the identity")]
Fingerprint = Annotated[str, typer.Option(help="what that person reads out, by voice")]
Json = Annotated[bool, typer.Option("--json", help="print JSON")]


def _asked(words: str, again: bool = False) -> str:
    return str(typer.prompt(words, hide_input=True, confirmation_prompt=again, err=True))


def _present(account: str) -> tuple[Viewer, PersonalKey]:
    """The person and the unlocked key, for this command only."""
    viewer = acting(account)
    key = actions.unlock_key(actor=viewer, passphrase=_asked("Key passphrase"))
    return viewer, key


@group.command("key")
def key(
    account: As, lost: Annotated[bool, typer.Option(help="replace a lost key")] = False
) -> None:
    """Makes a personal key and prints its fingerprint; asks for the sign-in password first."""
    viewer = acting(account)
    person = Account.objects.get(pk=require_person(viewer))
    if not person.check_password(_asked("Sign-in password")):
        raise Denied("This is not the sign-in password of that account. No key was made.")
    if person.vault_keys.filter(retired_at__isnull=True).exists() and not lost:
        raise Denied("There is a key already. With --lost it is replaced and its shares deleted.")
    made = actions.make_key(actor=viewer, passphrase=_asked("New key passphrase", again=True))
    say(f"Fingerprint: {made.fingerprint}")


@group.command("fingerprint")
def fingerprint(account: As) -> None:
    """Prints the fingerprint of one's key, worked out from its private half."""
    _viewer, mine = _present(account)
    say(mine.fingerprint)


@group.command("passphrase")
def passphrase(account: As) -> None:
    """Changes the passphrase of one's key."""
    viewer, old = acting(account), _asked("Present key passphrase")
    new = _asked("New key passphrase", again=True)
    actions.change_passphrase(actor=viewer, old=old, new=new)
    say("The key has a new passphrase.")


@group.command("list")
def list_compartments(account: As, as_json: Json = False) -> None:
    """Compartments with keys that are open to a person."""
    viewer = acting(account)
    lines = [
        {
            "code": row.compartment.code,
            "name": row.compartment.name,
            "owner": str(row.compartment.owner),
            "reader": reads(viewer, row),
            "rotation_due": rotation_due(row) if is_member(viewer, row) else [],
        }
        for row in vaults(viewer)
    ]
    if as_json:
        print_json(lines)
        return
    heads = ("Code", "Name", "Owner", "Reader", "Rotation due")
    print_table("Compartments", heads, [list(line.values()) for line in lines])


@group.command("people")
def list_people(code: Code, account: As) -> None:
    """Members, readers and recovery holders of a compartment."""
    viewer = acting(account)
    rows = people(viewer, vault_by_code(viewer, code))
    lines = [(r.account.email, r.member, r.reads, r.holds, r.has_key) for r in rows]
    print_table("People", ("Address", "Member", "Reads", "Holder", "Own key"), lines)


@group.command("create")
def create(
    code: Code,
    account: As,
    name: Annotated[str, typer.Option(help="its name")],
    holder: Annotated[list[str], typer.Option(help="ADDRESS=FINGERPRINT; two or more")],
    reports: Annotated[bool, typer.Option(help="others may report into it")] = False,
) -> None:
    """Creates a compartment of one's own organisation."""
    viewer, mine = _present(account)
    pairs = [text.partition("=") for text in holder]
    actions.create_compartment(
        actor=viewer,
        key=mine,
        code=code,
        name=name,
        takes_reports=reports,
        holders=[actions.HolderChoice(account_by_email(a), told) for a, _sign, told in pairs],
    )
    say(f"Created: {code}. You are its first reader.")


@group.command("holders")
def holders(
    code: Code,
    account: As,
    holder: Annotated[list[str], typer.Option(help="ADDRESS=FINGERPRINT; two or more")],
) -> None:
    """Names the recovery holders anew."""
    viewer, mine = _present(account)
    pairs = [text.partition("=") for text in holder]
    chosen = [actions.HolderChoice(account_by_email(a), told) for a, _sign, told in pairs]
    vault = vault_by_code(viewer, code)
    actions.name_holders(actor=viewer, key=mine, vault=vault, holders=chosen)
    say(f"{len(chosen)} holders are named.")


@group.command("admit")
def admit(
    code: Code,
    reader: Annotated[str, typer.Argument(help="address of the new reader")],
    fingerprint: Fingerprint,
    account: As,
) -> None:
    """Admits a reader."""
    viewer, mine = _present(account)
    actions.admit_reader(
        actor=viewer,
        key=mine,
        vault=vault_by_code(viewer, code),
        account=account_by_email(reader),
        fingerprint=fingerprint,
    )
    say(f"{reader} reads {code} now.")


@group.command("remove")
def remove(
    code: Code,
    member: Annotated[str, typer.Argument(help="address of the member")],
    reason: Annotated[str, typer.Option(help="why")],
    account: As,
) -> None:
    """Removes a member and rotates the key."""
    viewer, mine = _present(account)
    vault = vault_by_code(viewer, code)
    person = account_by_email(member)
    actions.remove_member(actor=viewer, vault=vault, account=person, reason=reason)
    if person.pk == viewer.account_id:
        say("You are out. The key has to be rotated by a reader who is left.")
        return
    _rotate(viewer_of(account_by_email(account)), mine, vault, "a member was removed")


@group.command("rotate")
def rotate(code: Code, account: As) -> None:
    """Rotates the key, or goes on with a rotation that was broken off."""
    viewer, mine = _present(account)
    vault = vault_by_code(viewer, code)
    _rotate(viewer, mine, vault, "" if rotation_unfinished(vault) else "asked for")


def _rotate(viewer: Viewer, mine: PersonalKey, vault: Vault, reason: str) -> None:
    if reason:
        actions.start_rotation(actor=viewer, key=mine, vault=vault, reason=reason)
    moved = 0
    while True:
        progress = actions.continue_rotation(actor=viewer, key=mine, vault=vault)
        moved += progress.moved
        if progress.left == 0:
            break
    say(f"The key is rotated: {moved} records are under the new one.")


@group.command("report")
def report(
    code: Code,
    account: As,
    kind: Annotated[str, typer.Option(help="source, witness or mediation")] = "source",
    mission: Annotated[str, typer.Option(help="code; default the last started")] = "",
) -> None:
    """Seals an identity; name, contact and note are asked for, so that no history keeps them."""
    viewer = acting(account)
    given = actions.NewIdentity(
        kind=kind,
        name=_asked("Name (not shown)"),
        contact=str(typer.prompt("Contact (not shown)", "", hide_input=True, err=True)),
        note=str(typer.prompt("Note (not shown)", "", hide_input=True, err=True)),
    )
    row = actions.report_identity(
        actor=viewer,
        vault=vault_by_code(viewer, code),
        mission_id=chosen_mission(viewer, mission or None).pk,
        given=given,
    )
    say(f"Sealed as {row.pseudonym}.")


@group.command("identities")
def list_identities(code: Code, account: As) -> None:
    """The identities of a compartment, by pseudonym only."""
    viewer = acting(account)
    vault = vault_by_code(viewer, code)
    reader = reads(viewer, vault)
    lines = [
        (r.pseudonym, r.kind, r.about_type, r.about_id, content_words(vault, r, reader))
        for r in identities(viewer, vault)
    ]
    print_table("Identities", ("Pseudonym", "Kind", "Concerns", "Id", "Content"), lines)


@group.command("open")
def open_one(code: Code, pseudonym: Pseudonym, account: As) -> None:
    """Opens one identity; the read stands in the audit log."""
    viewer, mine = _present(account)
    vault = vault_by_code(viewer, code)
    row = identity_by_pseudonym(viewer, vault, pseudonym)
    shown = actions.open_identity(actor=viewer, key=mine, vault=vault, identity=row)
    say(f"{shown.pseudonym} · {shown.kind}\n{shown.name}\n{shown.contact}\n{shown.note}")


@group.command("search")
def search(code: Code, account: As) -> None:
    """Pseudonyms whose whole name or contact equals what is typed."""
    viewer, mine = _present(account)
    vault = vault_by_code(viewer, code)
    text = _asked("Whole name or contact")
    rows = actions.search_identities(actor=viewer, key=mine, vault=vault, text=text)
    say("\n".join(row.pseudonym for row in rows) or "Nothing equals what you typed.")


@group.command("recover")
def recover(
    code: Code,
    second: Annotated[str, typer.Argument(help="address of the second holder")],
    reader: Annotated[str, typer.Argument(help="address of the new reader")],
    fingerprint: Fingerprint,
    reason: Annotated[str, typer.Option(help="why")],
    account: As,
) -> None:
    """Begins a recovery as the first holder and prints its id."""
    viewer, mine = _present(account)
    row = actions.begin_recovery(
        actor=viewer,
        key=mine,
        vault=vault_by_code(viewer, code),
        second=account_by_email(second),
        reader=account_by_email(reader),
        fingerprint=fingerprint,
        reason=reason,
    )
    say(f"Your layer is open. {second} finishes it: {row.pk}")


@group.command("recover-finish")
def recover_finish(
    code: Code,
    recovery: Annotated[uuid.UUID, typer.Argument(help="id of the recovery")],
    fingerprint: Fingerprint,
    account: As,
) -> None:
    """Finishes a recovery as the second holder."""
    viewer, mine = _present(account)
    row = recovery_by_id(viewer, vault_by_code(viewer, code), recovery)
    actions.finish_recovery(actor=viewer, key=mine, recovery=row, fingerprint=fingerprint)
    say("The key was given to the new reader.")
