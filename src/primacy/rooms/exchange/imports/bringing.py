"""What is known while sheets are brought into the register: citations, counts, what was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_noop

from primacy.platform.claims.actions import Cite
from primacy.platform.claims.models import Claim, ClaimStatus
from primacy.platform.claims.rules import RELIED_ON
from primacy.platform.exchange.sfm.files import SheetRow
from primacy.platform.exchange.sfm.problems import SheetProblem
from primacy.platform.exchange.sfm.statements import Statement
from primacy.platform.policy import Marking, Viewer
from primacy.platform.sources.models import Source
from primacy.rooms.exchange.imports.known import Key, key_of
from primacy.rooms.exchange.models import BroughtKind
from primacy.rooms.places.facade import Mission

REST_KEPT = gettext_noop("This claim is left out; what else the row states is kept.")


@dataclass
class Bringing:
    """One load in the making."""

    actor: Viewer
    mission: Mission
    marking: Marking
    sheets: Source
    """The sheets themselves: the source of a unit or person whose name cites nothing."""
    cites: Mapping[str, Cite]
    problems: list[SheetProblem]
    added: set[tuple[str, int]] = field(default_factory=set)
    """Rows that brought something, by file and number."""
    brought: list[tuple[BroughtKind, UUID]] = field(default_factory=list)
    work_needed: int = 0

    def wrong(
        self, row: SheetRow, column: str, value: str, expected: str, action: str = REST_KEPT
    ) -> None:
        """Nothing; notes what cannot be kept."""
        self.problems.append(
            SheetProblem(row.file, row.number, column, value[:60], expected, action)
        )

    def odd(self, row: SheetRow, column: str, value: str, expected: str, action: str) -> None:
        """Nothing; notes what is kept in another way than it was written."""
        self.problems.append(
            SheetProblem(row.file, row.number, column, value[:60], expected, action, "warning")
        )

    def bring(self, row: SheetRow, kind: BroughtKind, record: UUID) -> None:
        """Nothing; notes that a row brought this record."""
        self.added.add((row.file, row.number))
        self.brought.append((kind, record))

    def cited(self, statement: Statement) -> list[Cite]:
        """The places in sources a statement cites; one that no sheet states is noted."""
        found = []
        for one in statement.cites:
            cite = self.cites.get(one)
            if cite is None:
                self.odd(
                    statement.row, statement.column, one,
                    gettext_noop("an access point of the sheet of sources"),
                    gettext_noop("The claim is kept without this citation. Load its source too."),
                )  # fmt: skip
            else:
                found.append(cite)
        return found

    def terms(self, statement: Statement, cited: Sequence[Cite], floor: int) -> dict[str, object]:
        """The columns every claim has; without a citation a claim is work needed."""
        status = statement.status or ClaimStatus.ACCEPTED
        if status in RELIED_ON and not cited:
            status = ClaimStatus.WORK_NEEDED
        return {
            "mission": self.mission,
            "recorded_by_id": self.actor.account_id,
            "status": status,
            "marking": max(floor, statement.marking or Marking.PUBLIC),
            "public_note": statement.public_note,
            "internal_note": statement.internal_note,
            **statement.dates.fields(),
        }


@dataclass
class Made:
    """Claims made of statements, each once, with all that any row cites for it."""

    known: set[Key]
    _rows: dict[Key, tuple[Claim, list[Cite], Statement]] = field(default_factory=dict)

    def add(self, row: Claim, cited: Sequence[Cite], statement: Statement) -> None:
        """Nothing; keeps the claim where neither the register nor an earlier row makes it."""
        key = key_of(row)
        if key in self.known:
            return
        if key not in self._rows:
            self._rows[key] = row, list(cited), statement
            return
        before, cites, first = self._rows[key]
        cites += [one for one in cited if one not in cites]
        # The row that cites something is relied on; the closer marking of the two holds.
        kept = row if before.status == ClaimStatus.WORK_NEEDED and cited else before
        kept.marking = max(before.marking, row.marking)
        self._rows[key] = kept, cites, first

    def claims(self) -> list[tuple[Claim, list[Cite], Statement]]:
        """The new claims in the order of their rows."""
        return list(self._rows.values())


def settle(
    bringing: Bringing,
    made: Made,
    refused: Mapping[UUID, Sequence[str]],
    kind: BroughtKind,
) -> None:
    """Nothing; notes of each new claim that it was brought, or why it could not stand."""
    for row, _cites, statement in made.claims():
        reasons = refused.get(row.claim)
        if reasons:
            text = " ".join(statement.said)
            bringing.wrong(statement.row, statement.column, text, " ".join(reasons))
            continue
        bringing.bring(statement.row, kind, row.claim)
        bringing.work_needed += row.status == ClaimStatus.WORK_NEEDED


def renamed_source(point_title: str, publisher: str, day: object) -> str:
    """A title that tells a source from another one of the same title."""
    more = ", ".join(str(part) for part in (publisher, day) if part)
    return f"{point_title[: 480 - len(more)]} ({more})" if more else point_title
