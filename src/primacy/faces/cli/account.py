"""`primacy account`: people who sign in."""

from typing import Annotated

import typer
from django.utils.translation import gettext as _

from primacy.faces.cli.choosing import chosen_mission
from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.site import open_site
from primacy.platform.accounts import actions
from primacy.platform.accounts.queries import account_by_email, accounts
from primacy.platform.orders.actions import reset_second_factor
from primacy.platform.policy.roles import ROLES

group = typer.Typer(help="People who sign in: by invitation only.", no_args_is_help=True)

ROLE_HELP = "one of: " + ", ".join(ROLES)


@group.command("list")
def list_accounts(
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """All accounts with organisation and roles."""
    lines = [
        {
            "email": row.email,
            "name": row.name,
            "organisation": str(row.organisation or ""),
            "party": row.party,
            "roles": sorted({grant.role for grant in row.grants.all()}),
        }
        for row in accounts(open_site())
    ]
    if as_json:
        print_json(lines)
        return
    heads = ("Address", "Name", "Organisation", "Party", "Roles")
    print_table("Accounts", heads, [[*list(r.values())[:4], ", ".join(r["roles"])] for r in lines])


@group.command("create")
def create(
    email: Annotated[str, typer.Argument(help="e-mail address")],
    name: Annotated[str, typer.Option(help="the person's name")],
    organisation: Annotated[str, typer.Option(help="organisation; made where it is new")],
    party: Annotated[
        str, typer.Option(help="side it signs for: mission, force, ministry (a new organisation)")
    ] = "",
    role: Annotated[str, typer.Option(help=ROLE_HELP)] = "",
    mission: Annotated[str, typer.Option(help="only for this mission; default all")] = "",
) -> None:
    """Invites a person and prints a one-time sign-in link's token."""
    me = open_site()
    place = actions.ensure_organisation(actor=me, name=organisation, party=party)
    account = actions.create_account(actor=me, email=email, name=name, organisation=place)
    if role:
        where = chosen_mission(me, mission).pk if mission else None
        actions.grant_role(actor=me, account=account, role=role, mission_id=where)
    _print_link(actions.issue_sign_in_link(actor=me, account=account), account.email)


@group.command("grant")
def grant(
    email: Annotated[str, typer.Argument(help="e-mail address")],
    role: Annotated[str, typer.Argument(help=ROLE_HELP)],
    mission: Annotated[str, typer.Option(help="only for this mission; default all")] = "",
) -> None:
    """Gives an account a role."""
    me = open_site()
    where = chosen_mission(me, mission) if mission else None
    account = account_by_email(email)
    actions.grant_role(
        actor=me,
        account=account,
        role=role,
        mission_id=where.pk if where else None,
        exercise_mission=bool(where and where.exercise),
    )
    say(f"{account.email} is now {ROLES[role][0]}.")


@group.command("link")
def link(email: Annotated[str, typer.Argument(help="e-mail address")]) -> None:
    """Prints a new one-time sign-in link, good for 24 hours."""
    me = open_site()
    account = account_by_email(email)
    _print_link(actions.issue_sign_in_link(actor=me, account=account), account.email)


def _print_link(token: str, email: str) -> None:
    say(
        f"One-time link for {email}, good for 24 hours and shown once:\n"
        f"  http://127.0.0.1:8000/enter/{token}/   (put your own host and port)",
    )


Email = Annotated[str, typer.Argument(help="e-mail address")]
Reason = Annotated[str, typer.Option(help="why; it goes into the audit log")]


@group.command("deactivate")
def deactivate(email: Email, reason: Reason) -> None:
    """Closes an account: no sign-in, no link, and every session ends at once."""
    me = open_site()
    account = account_by_email(email)
    actions.close_account(actor=me, account=account, reason=reason)
    say(_("%(email)s is closed; its sessions have ended.") % {"email": account.email})


@group.command("activate")
def activate(email: Email, reason: Reason) -> None:
    """Opens a closed account again, with the roles it had."""
    me = open_site()
    account = account_by_email(email)
    actions.open_account(actor=me, account=account, reason=reason)
    say(_("%(email)s is open again.") % {"email": account.email})


@group.command("unlock")
def unlock(email: Email) -> None:
    """Lifts the lock after wrong passwords."""
    me = open_site()
    account = account_by_email(email)
    actions.unlock_account(actor=me, account=account)
    say(_("%(email)s may try again.") % {"email": account.email})


@group.command("reset-second-factor")
def reset_lost_factor(email: Email) -> None:
    """Takes lost second factors off an account, once two persons ordered it.

    They order it by `primacy emergency ask second_factor --subject EMAIL` and `release`.
    """
    me = open_site()
    account = account_by_email(email)
    taken = reset_second_factor(actor=me, account=account)
    say(
        _("%(email)s: %(n)d factors taken off, sessions ended. The person will be told.")
        % {"email": account.email, "n": taken}
    )
