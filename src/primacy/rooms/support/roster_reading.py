"""Rosters and hand-over notes read against the approvals of a case; nothing is written."""

import datetime as dt
import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from primacy.kernels.names.persons import Person as Described
from primacy.kernels.names.persons import PersonName
from primacy.kernels.names.units import Unit as KernelUnit
from primacy.platform import clock
from primacy.platform.accounts.whole import seen_whole
from primacy.platform.language.dates import long_day
from primacy.platform.policy import Viewer, held_aside, require, restricted, visible
from primacy.rooms.forces.facade import NameClaim, Unit, claims_of_kind, units
from primacy.rooms.persons.facade import described
from primacy.rooms.places.facade import Mission
from primacy.rooms.screening.facade import (
    Asked,
    AskedKind,
    Sheet,
    paper_kind,
    read_birth,
    read_sheet,
)
from primacy.rooms.screening.facade import RosterRefused as SheetRefused
from primacy.rooms.support.errors import RosterRefused
from primacy.rooms.support.models import (
    CaseState,
    Colour,
    GraveFinding,
    LineStanding,
    Recipient,
    RecipientKind,
    ScreeningAnswer,
    StopEntry,
    SupportCase,
    When,
)
from primacy.rooms.support.queries import VIEW, case_by_id
from primacy.rooms.support.reconciling import (
    Approval,
    LineReading,
    ListedLine,
    reconcile_lines,
    tally,
)
from primacy.rooms.support.reconciling_units import NamedUnits
from primacy.rooms.support.rules import APPROVED, IN_FORCE
from primacy.rooms.support.standing import Against, against_all

DELIVER = "support.deliver"
STOPPED = (CaseState.SUSPENDED, CaseState.WITHDRAWN)
DECIDED = frozenset({*APPROVED, *IN_FORCE, *STOPPED, CaseState.EXPIRED, CaseState.COMPLETED})
"""States of a case in which somebody is, or was, approved."""

SERVICE_NUMBER = "service number"
MOST_PROBLEMS = 500
TOLD = ("bad", "warning")
"""What of a sheet matters here: the columns that vetting abroad needs are not asked for."""

IN_PLACE_OF = re.compile(
    r"(?:replaces|replacing|replacement for|alternate for|in place of|instead of"
    r"|takes the place of|remplace|en remplacement de|[àa] la place de|reemplaza a|en lugar de)"
    r"\s*:?\s+(.+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class RosterReading:
    """A list as it was read: a reading a line and for each absent, and each cell that is wrong."""

    file: str
    sha256: str
    rows_read: int
    rows_bad: int
    problems: tuple[dict[str, object], ...]
    unknown_columns: tuple[str, ...]
    lines: tuple[LineReading, ...]

    @property
    def tally(self) -> Mapping[LineStanding, int]:
        """How many lines came out each way."""
        return tally(self.lines)


def reconcile_preview(
    viewer: Viewer, case: SupportCase, when: str, day: dt.date, path: Path
) -> RosterReading:
    """A list held against the approvals of a case as they are on a day; nothing is kept."""
    require(viewer, DELIVER, case.mission_id)
    case = case_by_id(viewer, case.mission, case.pk)
    _refuse_undecided(case, when, day)
    sheet = _sheet(path)
    approvals, named = approvals_of(viewer, case, when, day)
    lines = [listed_line(one) for one in sheet.rows]
    found = reconcile_lines(lines, approvals, named, after=when == When.AFTER)
    told = [one for one in sheet.problems if one.severity in TOLD]
    told.sort(key=lambda one: (TOLD.index(one.severity), one.row))
    return RosterReading(
        file=sheet.file,
        sha256=sheet.sha256,
        rows_read=sheet.read,
        rows_bad=len({one.row for one in told if one.severity == "bad"}),
        problems=tuple(asdict(one) for one in told[:MOST_PROBLEMS]),
        unknown_columns=tuple(sheet.unknown_columns),
        lines=tuple(found),
    )


def approvals_of(
    viewer: Viewer, case: SupportCase, when: str, day: dt.date
) -> tuple[list[Approval], NamedUnits]:
    """Who was approved in a case, with what bars them or has run out on a day, and their units."""
    with held_aside():
        # The case they belong to is noted where it is read. Records of units and persons are not
        # read with them: what is shown is who the request names.
        rows = Recipient.objects.filter(case=case).select_related("case")
        named = list(visible(viewer, rows, VIEW, via="case"))
    people = {row.person_id for row in named if _is_person(row) and row.person_id is not None}
    seen = {one.id: one for one in described(viewer, case.mission_id, people)}
    with seen_whole(case.mission_id) as everything:
        whole = {one.id: one for one in described(everything, case.mission_id, people)}
    barred = _barred(case, named, when, day)
    expired = _expired(case, named, day)
    found: dict[tuple[bool, str], Approval] = {}
    for row in named:
        approval = _approval(row, seen, whole, barred[row.pk], expired[row.pk])
        subject = str(row.person_id or row.pk) if _is_person(row) else approval.unit
        key = (_is_person(row), subject)
        if key in found:
            # Named twice in the request: one approval, with whatever bars either.
            barring = (*found[key].barred, *approval.barred)
            approval = replace(found[key], barred=tuple(dict.fromkeys(barring)))
        found[key] = approval
    return list(found.values()), _named_units(viewer, case.mission, named)


def listed_line(asked: Asked) -> ListedLine:
    """A row of a sheet as it is held against approvals."""
    takes_part, remarks = asked.cells.get("status", ""), asked.cells.get("comments", "")
    says = (IN_PLACE_OF.fullmatch(text) for text in (takes_part, remarks))
    said = next((match[1] for match in says if match), "")
    return ListedLine(
        row=asked.row,
        name=asked.name,
        numbers=asked.ids,
        births=asked.births,
        unit=asked.unit,
        unit_code=asked.unit_code,
        replaces=asked.cells.get("replaces", "") or said,
        takes_part_as=takes_part,
        is_unit=asked.kind == AskedKind.UNIT,
    )


def _refuse_undecided(case: SupportCase, when: str, day: dt.date) -> None:
    reasons = []
    if when not in When.values:
        reasons.append(_("Say whether the list is from before or after the event."))
    if when == When.AFTER and day > clock.today():
        reasons.append(_("A list from after the event cannot be of a day to come."))
    if case.state not in DECIDED:
        reasons.append(
            _("Nobody is approved under case %(number)d, which is '%(state)s': there is nothing a "
              "list could be held against. What was handed over all the same is reported as "
              "unassessed.") % {"number": case.number, "state": case.get_state_display()}
        )  # fmt: skip
    if reasons:
        raise RosterRefused(" ".join([*reasons, _("Nothing was changed.")]))


def _sheet(path: Path) -> Sheet:
    try:
        return read_sheet(path, notes=True)
    except SheetRefused as problem:
        raise RosterRefused(str(problem)) from problem


def _is_person(row: Recipient) -> bool:
    return bool(row.kind == RecipientKind.PERSON)


def _unit_key(row: Recipient) -> str:
    """The unit of a recipient; of one that nobody found in the register the recipient's own id."""
    if row.unit_id is not None:
        return str(row.unit_id)
    return "" if _is_person(row) else f"named {row.pk}"


def _approval(
    row: Recipient,
    seen: Mapping[str, Described],
    whole: Mapping[str, Described],
    barred: tuple[str, ...],
    expired: tuple[str, ...],
) -> Approval:
    given = Approval(str(row.pk), row.named, _unit_key(row), barred=barred, expired=expired)
    if not _is_person(row):
        return given
    open_part = _with_request(row, seen.get(str(row.person_id)))
    all_of_it = _with_request(row, whole.get(str(row.person_id)))
    return replace(given, person=all_of_it, seen=None if open_part == all_of_it else open_part)


def _with_request(row: Recipient, known: Described | None) -> Described:
    """What the register knows of a person, and what the request says of them."""
    known = known or Described(str(row.person_id or ""), ())
    numbers = [(paper_kind(kind), number) for kind, number in known.ids]
    if row.service_number.strip():
        numbers.append((SERVICE_NUMBER, row.service_number))
    return Described(
        id=known.id,
        names=tuple(dict.fromkeys([*known.names, PersonName(row.named)])),
        births=tuple(dict.fromkeys([*known.births, *read_birth(row.born)])),
        ids=tuple(dict.fromkeys(numbers)),
    )


def _barred(
    case: SupportCase, rows: Sequence[Recipient], when: str, day: dt.date
) -> dict[uuid.UUID, tuple[str, ...]]:
    """Why nothing may be handed over to a recipient: left out, stopped, or the case suspended."""
    with seen_whole(case.mission_id):
        own = list(Unit.objects.filter(pk__in={row.unit_id for row in rows}))
    people = {row.person_id for row in rows if row.person_id is not None}
    against = against_all(case.mission, own, people, day)
    if when == When.AFTER:
        against = _in_time(case.mission, against, day)
    stopped_case = case.state in STOPPED and case.state_since.date() <= day
    found: dict[uuid.UUID, tuple[str, ...]] = {}
    for row in rows:
        said = []
        if row.excluded:
            said.append(
                _("Case %(number)d leaves this recipient out: %(why)s")
                % {"number": case.number, "why": row.excluded_reason}
            )
        if stopped_case:
            said.append(
                _("Case %(number)d is '%(state)s', not in force.")
                % {"number": case.number, "state": case.get_state_display()}
            )
        subjects = (row.unit_id, row.person_id if _is_person(row) else None)
        said += _against_words([against[one] for one in subjects if one in against])
        found[row.pk] = tuple(said)
    return found


def _against_words(against: Iterable[Against]) -> list[str]:
    """What stands against a recipient, in the words of the gate."""
    every = list(against)
    said = []
    if any(one.findings for one in every):
        said.append(
            _("A grave-violation finding stands. There is no override. Details: %(ask)s.")
            % {"ask": restricted()}
        )
    if any(one.stops for one in every):
        said.append(
            _("The recipient is on the stop list, itself or with a unit above it. Ask the human "
              "rights component.")
        )  # fmt: skip
    return said


def _in_time(
    mission: Mission, against: Mapping[uuid.UUID, Against], day: dt.date
) -> dict[uuid.UUID, Against]:
    """What stood already on the day: who came before an order did nothing against it."""
    with seen_whole(mission.pk):
        stops = set(
            StopEntry.objects.filter(mission=mission, since__lte=day).values_list("pk", flat=True)
        )
        findings = set(
            GraveFinding.objects.filter(mission=mission, found_on__lte=day).values_list(
                "pk", flat=True
            )
        )
    return {
        subject: Against(
            tuple(pk for pk in one.findings if pk in findings),
            tuple(pk for pk in one.stops if pk in stops),
        )
        for subject, one in against.items()
    }


def _expired(
    case: SupportCase, rows: Sequence[Recipient], day: dt.date
) -> dict[uuid.UUID, tuple[str, ...]]:
    """Why the approval of a recipient does not hold on a day: its days, answers grown old."""
    said = []
    if not case.starts_on <= day <= case.ends_on:
        said.append(
            _("%(day)s is outside the support, which runs from %(first)s to %(last)s.")
            % {
                "day": long_day(day),
                "first": long_day(case.starts_on),
                "last": long_day(case.ends_on),
            }
        )
    if case.approved_until is not None and case.approved_until < day:
        said.append(_("The approval runs out on %(day)s.") % {"day": long_day(case.approved_until)})
    oldest = day - dt.timedelta(days=case.policy.freshness_days)
    with seen_whole(case.mission_id):
        offices = {office.pk: office.name for office in case.policy.offices.all()}
        answers = ScreeningAnswer.objects.filter(
            case=case, round=case.round, answered_on__lte=day
        ).order_by("id")
        newest: dict[uuid.UUID, dict[uuid.UUID, dt.date]] = defaultdict(dict)
        for recipient, office, colour, on in answers.values_list(
            "recipient_id", "office_id", "colour", "answered_on"
        ):
            newest[recipient].pop(office, None)
            if colour != Colour.PENDING:
                newest[recipient][office] = on
    return {row.pk: (*said, *_stale(offices, newest[row.pk], oldest)) for row in rows}


def _stale(
    offices: Mapping[uuid.UUID, str], newest: Mapping[uuid.UUID, dt.date], oldest: dt.date
) -> list[str]:
    old = [name for pk, name in offices.items() if newest.get(pk, dt.date.min) < oldest]
    if not old:
        return []
    return [
        _("The screening is not fresh enough: %(offices)s must answer anew.")
        % {"offices": ", ".join(old)}
    ]


def _named_units(viewer: Viewer, mission: Mission, rows: Sequence[Recipient]) -> NamedUnits:
    """The units of the recipients by every name open to the viewer, and by their codes."""
    ids = {row.unit_id for row in rows if row.unit_id is not None}
    found = {pk: KernelUnit(str(pk), names, parents=parents)
             for pk, names, parents in _names(viewer, mission, ids)}  # fmt: skip
    for row in rows:
        if not _is_person(row) and row.unit_id not in found:
            found[row.pk] = KernelUnit(_unit_key(row), (row.named,))
    with held_aside():
        codes = dict(units(viewer, mission).filter(pk__in=ids).values_list("code", "pk"))
    return NamedUnits(list(found.values()), {code: str(pk) for code, pk in codes.items()})


def _names(
    viewer: Viewer, mission: Mission, ids: Collection[uuid.UUID]
) -> Iterable[tuple[uuid.UUID, tuple[str, ...], tuple[str, ...]]]:
    """Each unit with its names in time, and the name of the one above it."""
    with held_aside():
        own = list(
            units(viewer, mission)
            .filter(pk__in=ids)
            .order_by("pk")
            .values_list("pk", "name", "aliases", "parent_id")
        )
        above = dict(
            units(viewer, mission)
            .filter(pk__in=[parent for *_rest, parent in own if parent is not None])
            .values_list("pk", "name")
        )
        claims = claims_of_kind(viewer, NameClaim, mission.pk).filter(unit_id__in=ids)
        claimed: dict[uuid.UUID, list[str]] = defaultdict(list)
        for unit, name in claims.order_by("claim").values_list("unit_id", "name"):
            claimed[unit].append(name)
    for pk, name, aliases, parent in own:
        parents = (above[parent],) if parent in above else ()
        yield pk, tuple(dict.fromkeys([name, *map(str, aliases), *claimed[pk]])), parents
