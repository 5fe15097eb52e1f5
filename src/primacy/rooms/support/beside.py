"""The register's own record, laid beside each question of the risk form and beside the desk.

Each kind is kept apart and named: what a source says (a claim with its status), what was found,
what was decided. What is closed to the reader is never passed over: the line says whom to ask.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.whole import seen_whole
from primacy.platform.language.dates import long_day
from primacy.platform.language.figures import grouped
from primacy.platform.policy import Viewer, held_aside, restricted, visible
from primacy.rooms.forces.facade import Unit
from primacy.rooms.incidents.facade import Responsibility, said_of_person, said_of_unit
from primacy.rooms.persons.facade import CommandReading, commander
from primacy.rooms.support.elements import ELEMENTS
from primacy.rooms.support.models import (
    GraveFinding,
    Intercession,
    Recipient,
    SupportCase,
    SupportDecision,
)
from primacy.rooms.support.queries import (
    VIEW,
    cases,
    deliveries,
    findings,
    notices,
    recipients_of,
)
from primacy.rooms.support.standing import against_all

SHOWN = 20
"""Incidents shown of one recipient; the rest is a link away."""


@dataclass(frozen=True)
class Line:
    """One thing on record: text with its status in words, details below, an address, marking."""

    text: str
    status: str = ""
    details: tuple[str, ...] = ()
    url: str = ""
    marking: int = 0


@dataclass(frozen=True)
class Block:
    """What is on record of one recipient, of one kind. `none` is said where there are no lines."""

    who: str
    title: str
    lines: tuple[Line, ...]
    none: str
    restricted: str = ""
    more: str = ""


def beside(viewer: Viewer, case: SupportCase) -> dict[str, tuple[Block, ...]]:
    """By code of each element: what the register holds on each recipient that bears on it."""
    rows = [row for row in recipients_of(viewer, case) if not row.excluded and row.resolved]
    makers: dict[str, Callable[[Viewer, SupportCase, Recipient], list[Block]]] = {
        "record": lambda v, c, r: [_incidents(v, r), _findings(v, c, r)],
        "response": lambda v, c, r: [_responses(v, c, r)],
        "command": lambda v, c, r: [_command(v, r)],
        "support": lambda v, c, r: [_decisions(v, c, r), _support(v, c, r)],
    }
    return {
        one.code: tuple(b for row in rows for b in makers[one.beside](viewer, case, row))
        if one.beside else ()
        for one in ELEMENTS
    }  # fmt: skip


def record_of(viewer: Viewer, recipient: Recipient) -> tuple[Block, ...]:
    """What is on record of one recipient: claims, findings, earlier decisions. For the desk."""
    if not recipient.resolved:
        return ()
    case = recipient.case
    return (
        _incidents(viewer, recipient),
        _findings(viewer, case, recipient),
        _decisions(viewer, case, recipient),
    )


def _incidents(viewer: Viewer, one: Recipient) -> Block:
    """The incidents for which sources name the recipient, with who commanded then and today."""
    said = _said_of(viewer, one)
    with seen_whole(one.case.mission_id) as whole, held_aside():
        every = {row.row.claim for row in _said_of(whole, one)}
    hidden = every - {row.row.claim for row in said}
    unit = one.unit if one.kind != "person" else None
    now = _commanders(viewer, unit) if unit is not None and said else ""
    shown = said[:SHOWN]
    more = ""
    if len(said) > len(shown):
        more = _("%(n)s more are on the page of the recipient.") % {
            "n": grouped(len(said) - len(shown))
        }
    return Block(
        who=one.named,
        title=_("Named by sources in incidents: claims, no findings"),
        lines=tuple(_incident(viewer, one, row, now) for row in shown),
        none=_("No claim is on record. That is no statement that nothing happened."),
        restricted=str(restricted()) if hidden else "",
        more=more,
    )


def _said_of(viewer: Viewer, one: Recipient) -> list[Responsibility]:
    if one.kind == "person":
        return said_of_person(viewer, one.person) if one.person is not None else []
    return said_of_unit(viewer, one.unit) if one.unit is not None else []


def _incident(viewer: Viewer, one: Recipient, said: Responsibility, now: str) -> Line:
    row, incident = said.row, said.row.incident
    place = f", {incident.place}" if incident.place else ""
    details = []
    if said.name_then != said.name:
        details.append(_("then called %(name)s") % {"name": said.name_then})
    if row.unit is not None and one.kind != "person":
        then = _words(viewer, row.unit, commander_at(viewer, row.unit, incident.date_start))
        details.append(_("in command then: %(who)s") % {"who": then})
        details.append(_("in command today: %(who)s") % {"who": now})
    return Line(
        text=f"{incident.get_type_display()}, {long_day(incident.date_start)}{place}: "
        f"{row.get_part_display()}",
        status=str(row.get_status_display()),
        details=tuple(details),
        url=reverse("incident", args=[one.case.mission.code, incident.pk]),
        marking=max(row.marking, incident.marking),
    )


def commander_at(viewer: Viewer, unit: Unit, day: object = None) -> CommandReading | None:
    """Who commanded a unit on a day (None: today); None without the right to see persons."""
    if not viewer.has("persons.view", unit.mission_id):
        return None
    return commander(viewer, unit, day or clock.today())  # type: ignore[arg-type]


def _commanders(viewer: Viewer, unit: Unit) -> str:
    return _words(viewer, unit, commander_at(viewer, unit))


def _words(viewer: Viewer, unit: Unit, reading: CommandReading | None) -> str:
    """Those who commanded in one sentence; nobody known is said, never left out."""
    if reading is None:
        return str(restricted())
    said = [
        _("%(name)s (certain)") % {"name": one.name}
        if one.certain
        else _("%(name)s (possible)") % {"name": one.name}
        for one in reading.commanders
    ]
    if reading.restricted:
        said.append(str(restricted()))
    return "; ".join(said) or _("nobody on record")


def _findings(viewer: Viewer, case: SupportCase, one: Recipient) -> Block:
    """Findings that reach the recipient; what reaches it from a unit above, too."""
    unit = one.unit if one.kind != "person" and one.unit is not None else None
    persons = [one.person_id] if one.kind == "person" and one.person_id is not None else []
    subject = unit.pk if unit is not None else one.person_id
    day = max(clock.today(), case.starts_on)
    stands = against_all(case.mission, [unit] if unit is not None else [], persons, day)
    reached = set(stands[subject].findings) if subject in stands else set()
    shown: list[GraveFinding] = list(findings(viewer, case.mission).filter(pk__in=reached))
    return Block(
        who=one.named,
        title=_("Standing findings of grave violations"),
        lines=tuple(
            Line(
                text=f"{row.unit or row.person}, {row.get_test_display()}, "
                f"{long_day(row.found_on)}",
                details=(row.basis,),
                marking=row.marking,
            )
            for row in shown
        ),
        none=_("No finding that reaches this recipient stands on record."),
        restricted=str(restricted()) if reached - {row.pk for row in shown} else "",
    )


def _decisions(viewer: Viewer, case: SupportCase, one: Recipient) -> Block:
    """Earlier cases that name the same recipient, with what was decided."""
    every = _other_cases(case, one)
    mine = cases(viewer, case.mission).filter(pk__in=every)
    rows = list(mine.order_by("-number")[:SHOWN])
    hidden = len(every) > mine.count()
    decided = _last_decisions(viewer, rows)
    return Block(
        who=one.named,
        title=_("Earlier cases and decisions"),
        lines=tuple(_case_line(row, decided.get(row.pk)) for row in rows),
        none=_("No other case names this recipient."),
        restricted=str(restricted()) if hidden else "",
    )


def _other_cases(case: SupportCase, one: Recipient) -> list[uuid.UUID]:
    """The ids of other cases that name the same unit or person; shown only through the layer."""
    with seen_whole(case.mission_id):
        rows = Recipient.objects.filter(case__mission=case.mission).exclude(case=case)
        rows = (
            rows.filter(person=one.person_id)
            if one.kind == "person"
            else rows.filter(unit=one.unit_id).exclude(kind="person")
        )
        return list(rows.order_by().values_list("case_id", flat=True).distinct())


def _last_decisions(
    viewer: Viewer, rows: Iterable[SupportCase]
) -> dict[uuid.UUID, SupportDecision]:
    """The last decision on each of these cases."""
    found = SupportDecision.objects.filter(case__in=[row.pk for row in rows]).order_by("id")
    return {row.case_id: row for row in visible(viewer, found, VIEW, via="case")}


def _case_line(row: SupportCase, decision: SupportDecision | None) -> Line:
    details = (decision.reasons,) if decision is not None else ()
    when = ""
    if decision is not None:
        when = f", {decision.get_ruling_display()}, {long_day(decision.decided_on)}"
    return Line(
        text=f"{row.number}: {row.title}{when}",
        status=str(row.get_state_display()),
        details=details,
        url=reverse("support-case", args=[row.mission.code, row.pk]),
        marking=row.marking,
    )


def _support(viewer: Viewer, case: SupportCase, one: Recipient) -> Block:
    """What the recipient received before."""
    rows = deliveries(viewer, case.mission)
    rows = (
        rows.filter(person=one.person_id) if one.kind == "person" else rows.filter(unit=one.unit_id)
    )
    total = rows.count()
    lines = tuple(
        Line(
            text=_("%(day)s: %(what)s, %(quantity)s %(unit)s") % {
                "day": long_day(row.happens_on), "what": row.what,
                "quantity": grouped(float(row.quantity)), "unit": row.quantity_unit,
            },
            status=str(row.get_standing_display()),
            marking=row.marking,
        )
        for row in rows[:SHOWN]
    )  # fmt: skip
    more = ""
    if total > SHOWN:
        more = _("%(n)s more are in the ledger.") % {"n": grouped(total - SHOWN)}
    return Block(
        who=one.named,
        title=_("Support received before"),
        lines=lines,
        none=_("No delivery to this recipient is on record."),
        more=more,
    )


def _responses(viewer: Viewer, case: SupportCase, one: Recipient) -> Block:
    """What the authorities did or answered when something was raised with them."""
    ids = [*_other_cases(case, one), case.pk]
    raised = Intercession.objects.filter(case__in=ids)
    lines = [_raised(row) for row in visible(viewer, raised, VIEW, via="case")]
    if one.kind != "person" and one.unit_id is not None:
        lines += [
            Line(
                text=f"{row.get_kind_display()}, {long_day(row.sent_on)}, {row.addressee}",
                status=_("reply of %(day)s") % {"day": long_day(row.replied_on)}
                if row.replied_on else _("no response on record"),
                details=(row.reply,) if row.reply else (),
            )
            for row in notices(viewer, case.mission).filter(unit=one.unit_id)[:SHOWN]
        ]  # fmt: skip
    return Block(
        who=one.named,
        title=_("What those in authority did or answered"),
        lines=tuple(lines),
        none=_("No response on record."),
    )


def _raised(row: Intercession) -> Line:
    if row.responded_on is None:
        status = _("no response on record")
    elif row.enough:
        status = _("response of %(day)s, judged enough") % {"day": long_day(row.responded_on)}
    else:
        status = _("response of %(day)s, judged not enough") % {"day": long_day(row.responded_on)}
    details = [_("asked: %(what)s") % {"what": row.asked}]
    if row.response:
        details.append(row.response)
    return Line(
        text=f"{row.get_way_display()}, {long_day(row.made_on)}, {row.addressee}",
        status=status,
        details=tuple(details),
    )


def _command(viewer: Viewer, one: Recipient) -> Block:
    """Who commands today and who will, as far as known, when the support begins."""
    unit = one.unit
    lines: tuple[Line, ...] = ()
    if unit is not None and one.kind != "person":
        start = max(clock.today(), one.case.starts_on)
        at_start = _words(viewer, unit, commander_at(viewer, unit, start))
        lines = (
            Line(_("In command today: %(who)s") % {"who": _commanders(viewer, unit)}),
            Line(_("In command on %(day)s: %(who)s") % {"day": long_day(start), "who": at_start}),
        )
    return Block(
        who=one.named,
        title=_("Command"),
        lines=lines,
        none=_("A person, not a unit: see their postings in the register."),
    )


def highest(blocks: Iterable[Block]) -> int:
    """The highest marking of what is shown."""
    return max((line.marking for block in blocks for line in block.lines), default=0)


def by_who(blocks: Iterable[Block]) -> dict[str, list[Block]]:
    """The blocks of each recipient together, in the order given."""
    found: dict[str, list[Block]] = defaultdict(list)
    for one in blocks:
        found[one.who].append(one)
    return dict(found)
