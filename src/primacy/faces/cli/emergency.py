"""`primacy emergency`: acts that one person asks for and another releases."""

from typing import Annotated

import typer
from django.utils.translation import gettext as _

from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.proving import proven
from primacy.faces.cli.site import acting
from primacy.platform import clock
from primacy.platform.orders import actions
from primacy.platform.orders.kinds import KINDS
from primacy.platform.orders.queries import order_by_id, orders
from primacy.platform.orders.rules import stage_of, stage_words

group = typer.Typer(
    help="Emergency orders: one person asks, another releases.", no_args_is_help=True
)

As = Annotated[
    str, typer.Option("--as", help="your address; you type your own password (and code)")
]
OrderId = Annotated[str, typer.Argument(help="id of the order, as `primacy emergency list` says")]


@group.command("ask")
def ask(
    kind: Annotated[str, typer.Argument(help="one of: " + ", ".join(KINDS))],
    reason: Annotated[str, typer.Option(help="why, in a sentence")],
    account: As,
    subject: Annotated[
        str,
        typer.Option(
            help="for break_glass: the role of the account; for second_factor: its address"
        ),
    ] = "",
) -> None:
    """Asks for an emergency order; it does nothing before another person releases it."""
    order = actions.ask(actor=proven(account), kind=kind, reason=reason, subject=subject)
    say(
        _("Asked for as %(id)s. Now another person: primacy emergency release %(id)s --as ADDRESS")
        % {"id": order.pk}
    )


@group.command("release")
def release(key: OrderId, account: As) -> None:
    """Releases an order that somebody else asked for."""
    me = proven(account)
    order = actions.release(actor=me, order=order_by_id(me, key))
    say(
        _("Released: %(title)s. It holds until %(until)s UTC.")
        % {"title": KINDS[order.kind].title, "until": f"{order.expires_at:%Y-%m-%d %H:%M}"}
    )


@group.command("withdraw")
def withdraw(
    key: OrderId,
    account: As,
    reason: Annotated[str, typer.Option(help="why it is withdrawn")] = "",
) -> None:
    """Withdraws an order that was not carried out yet."""
    me = proven(account)
    actions.withdraw(actor=me, order=order_by_id(me, key), reason=reason)
    say(_("Withdrawn. Nothing was done."))


@group.command("list")
def list_orders(
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """All orders, newest first."""
    now = clock.now()
    lines = [
        {
            "id": str(order.pk),
            "kind": order.kind,
            "subject": order.subject,
            "stage": stage_of(order, now).value,
            "asked_by": order.asked_by.email,
            "released_by": order.released_by.email if order.released_by else "",
            "reason": order.reason,
            "words": stage_words(stage_of(order, now)),
        }
        for order in orders(acting(None))
    ]
    if as_json:
        print_json([{k: v for k, v in line.items() if k != "words"} for line in lines])
        return
    heads = (_("Order"), _("Kind"), _("On"), _("Stands"), _("Asked by"), _("Released by"))
    keys = ("id", "kind", "subject", "words", "asked_by", "released_by")
    print_table(_("Emergency orders"), heads, [[line[k] for k in keys] for line in lines])


@group.command("open")
def open_account(
    role: Annotated[str, typer.Argument(help="the role named in the order")],
    account: As,
) -> None:
    """Opens the emergency account by a released order; prints its one link, good for one hour."""
    opened = actions.open_emergency_account(actor=proven(account), role=role)
    say(
        _("The emergency account is open until %(until)s UTC. Everybody signed in is told.")
        % {"until": f"{opened.opening.closes_at:%Y-%m-%d %H:%M}"}
    )
    say(
        _("Its link, good once and for one hour: %(link)s (put your own host before it)")
        % {"link": f"/enter/{opened.token}/"}
    )
