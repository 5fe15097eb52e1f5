"""`primacy emergency`: acts that one person asks for and another releases."""

import uuid
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.proving import proven
from primacy.faces.cli.site import acting
from primacy.platform import clock
from primacy.platform.orders import actions
from primacy.platform.orders.errors import NotReleasable
from primacy.platform.orders.kinds import KINDS
from primacy.platform.orders.models import EmergencyOpening, Order
from primacy.platform.orders.queries import open_now, opening_of, openings, order_by_id, orders
from primacy.platform.orders.rules import opening_words, stage_of, stage_words
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import mission_by_code, missions

group = typer.Typer(
    help="Emergency orders: one person asks, another releases.", no_args_is_help=True
)

As = Annotated[
    str, typer.Option("--as", help="your address; you type your own password (and code)")
]
OnMission = Annotated[
    str, typer.Option("--mission", help="code of the mission the account is needed on")
]
AllMissions = Annotated[
    bool, typer.Option("--all-missions", help="on every mission, where one is not enough")
]
OrderId = Annotated[str, typer.Argument(help="id of the order, as `primacy emergency list` says")]
IN_WORDS = ("on", "words")


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
    mission: OnMission = "",
    all_missions: AllMissions = False,
) -> None:
    """Asks for an emergency order; it does nothing before another person releases it.

    An order of kind break_glass names a role and one mission, or says --all-missions.
    """
    me = proven(account)
    order = actions.ask(
        actor=me,
        kind=kind,
        reason=reason,
        subject=subject,
        mission_id=_mission_id(me, mission),
        all_missions=all_missions,
    )
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
    me = acting(None)
    codes = {mission.pk: mission.code for mission in missions(me)}
    opened = {opening.order_id: opening for opening in openings(me)}
    lines = [_line(order, codes, opened.get(order.pk)) for order in orders(me)]
    if as_json:
        print_json([{k: v for k, v in line.items() if k not in IN_WORDS} for line in lines])
        return
    heads = (_("Order"), _("Kind"), _("On"), _("Stands"), _("Asked by"), _("Released by"))
    keys = ("id", "kind", "on", "words", "asked_by", "released_by")
    print_table(_("Emergency orders"), heads, [[line[k] for k in keys] for line in lines])


@group.command("open")
def open_account(
    role: Annotated[str, typer.Argument(help="the role named in the order")],
    account: As,
    mission: OnMission = "",
) -> None:
    """Opens the emergency account by a released order; prints its one link, good for one hour.

    Name the mission that the order names; without one, an order for all missions is taken.
    """
    me = proven(account)
    opened = actions.open_emergency_account(
        actor=me, role=role, mission_id=_mission_id(me, mission)
    )
    say(
        _("The emergency account is open until %(until)s UTC. Everybody signed in is told.")
        % {"until": f"{opened.opening.closes_at:%Y-%m-%d %H:%M}"}
    )
    say(
        _("Its link, good once and for one hour: %(link)s (put your own host before it)")
        % {"link": f"/enter/{opened.token}/"}
    )


@group.command("close")
def close(account: As) -> None:
    """Closes the emergency account before its four hours are over; its sessions end at once."""
    me = proven(account)
    running = open_now()
    if running is None:
        raise NotReleasable(_("The emergency account is closed already."))
    actions.close_emergency_account(actor=me, opening=running)
    say(_("The emergency account is closed. Somebody who had no part in it must review it."))


@group.command("review")
def review(
    key: Annotated[str, typer.Argument(help="id of the order that opened the account")],
    note: Annotated[str, typer.Option(help="what was done with it, and whether it was right")],
    account: As,
) -> None:
    """Signs the review of an opening; by somebody who oversees and had no part in it."""
    me = proven(account)
    actions.review_opening(actor=me, opening=opening_of(me, order_by_id(me, key)), note=note)
    say(_("Reviewed. The note is in the audit log."))


def _mission_id(viewer: Viewer, code: str) -> uuid.UUID | None:
    """The id of the mission of this code; None where no code was typed."""
    return mission_by_code(viewer, code).pk if code else None


def _line(
    order: Order, codes: dict[uuid.UUID, str], opening: EmergencyOpening | None
) -> dict[str, object]:
    """One order as `list` prints it; the keys of `IN_WORDS` are for people only."""
    now = clock.now()
    stage = stage_of(order, now)
    mission = codes.get(order.mission_id, str(order.mission_id)) if order.mission_id else ""
    names_role = order.kind in KINDS and KINDS[order.kind].names_role
    where = mission or (_("all missions") if names_role else "")
    words = stage_words(stage)
    if opening is not None:
        words = f"{words}; {opening_words(opening, now)}"
    return {
        "id": str(order.pk),
        "kind": order.kind,
        "subject": order.subject,
        "mission": mission,
        "stage": stage.value,
        "asked_by": order.asked_by.email,
        "released_by": order.released_by.email if order.released_by else "",
        "reason": order.reason,
        "reviewed": opening.reviewed_at is not None if opening else None,
        "on": ", ".join(part for part in (order.subject, where) if part),
        "words": words,
    }
