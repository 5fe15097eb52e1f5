"""Boards kept in memory: only what an act has changed since is read and worked out again.

Nothing is kept by time. Each time a board is asked for, the audit log is asked what was done since
it was made (`touched`), so no board is shown that an act has overtaken, in whichever process it
was carried out. A board is shared by viewers of one reading class only; what it rests on in full is
shared by all and shown to none (`evidence_shelf`). Within a transaction nothing is kept, because
what is read there may never come to be.
"""

import datetime as dt
import threading
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.utils.translation import get_language

from primacy.platform.audit.acts_since import Place, acts_since, newest_place
from primacy.platform.audit.newest_values import NewestValues
from primacy.platform.indicators import Subject
from primacy.platform.policy import Viewer, note_read
from primacy.platform.policy.reads import Collection
from primacy.rooms.forces.facade import Unit, board_units
from primacy.rooms.places.facade import Area, AreaPopulation, Mission, populations_at
from primacy.rooms.readiness.board import (
    area_row,
    assessments_by_cell,
    board_areas,
    lead_changes,
    responsibilities,
    standard_at,
    unit_row,
)
from primacy.rooms.readiness.cells import Board, CellReader, Made, Row
from primacy.rooms.readiness.evidence import EvidenceItem, gather, shown_evidence
from primacy.rooms.readiness.evidence_shelf import EvidenceShelf, SubjectEvidence
from primacy.rooms.readiness.ledger import (
    Ledger,
    SubjectKey,
    more_of_ledger,
    open_ledger,
    open_ledger_around,
)
from primacy.rooms.readiness.models import Responsibility, Standard
from primacy.rooms.readiness.touched import Touched, touched_by

BOARDS_KEPT = 24
SHELVES_KEPT = 8
LOCKS = 64

Key = tuple[object, ...]
"""What a board is kept under: mission, day, reading class, language."""

Notes = Mapping[str, Mapping[str, uuid.UUID | None]]
"""Protected records by type and id, with their mission: to be noted as read when shown."""


@dataclass(frozen=True)
class KeptBoard:
    """A board of one reading class, with all that its rows were read from."""

    place: Place
    """Where the audit log stood before anything was read."""
    board: Board
    areas: tuple[Area, ...]
    special: tuple[Unit, ...]
    ledger: Ledger
    assessments: Made
    figures: Mapping[uuid.UUID, AreaPopulation]
    evidence: Mapping[SubjectKey, SubjectEvidence]
    frame_notes: Notes
    """What every part of the board shows: leads, areas, assessments."""
    row_notes: Mapping[SubjectKey, Notes]
    """What the words of a row's cells rest on."""

    def hand_out(self, viewer: Viewer, rows: Iterable[Row] | None = None) -> None:
        """Nothing; notes the protected records that these rows (default: all) show a viewer."""
        shown = rows if rows is not None else (*self.board.rows, *self.board.units)
        for notes in (self.frame_notes, *(self.row_notes.get((r.kind, r.id), {}) for r in shown)):
            for label, found in notes.items():
                note_read(viewer, label, found)


_boards: NewestValues[KeptBoard] = NewestValues(BOARDS_KEPT)
_shelves: NewestValues[tuple[Place, EvidenceShelf]] = NewestValues(SHELVES_KEPT)
_board_locks = tuple(threading.RLock() for _ in range(LOCKS))
_shelf_locks = tuple(threading.RLock() for _ in range(LOCKS))
"""One thread at a time makes a board or a shelf; whose board is ready waits for no other."""
_being_made: set[Key] = set()
"""Boards that are being read as a whole; one row is not waited for then."""


def forget_boards() -> None:
    """Nothing; the next board is read anew."""
    _boards.clear()
    _shelves.clear()


def read_board(
    viewer: Viewer, mission: Mission, as_of: dt.date, known_on: dt.datetime | None = None
) -> Board:
    """The board as of a day; with `known_on`, as it was known at that moment."""
    kept = open_board(viewer, mission, as_of, known_on)
    kept.hand_out(viewer)
    return kept.board


def open_board(
    viewer: Viewer, mission: Mission, as_of: dt.date, known_on: dt.datetime | None = None
) -> KeptBoard:
    """The board as of a day, to show parts of: `hand_out` the rows that are shown."""
    # The right is asked for each time; a kept board answers only what it holds.
    responsibilities(viewer, mission, as_of)
    if known_on is not None or _in_transaction():
        return _made(viewer, mission, as_of, known_on, newest_place(), None)
    key = _key(viewer, mission, as_of)
    with _board_locks[hash(key) % LOCKS]:
        kept = _boards.get(key)
        since = acts_since(kept.place) if kept else None
        touched = touched_by(since.acts, mission) if since else Touched(everything=True)
        if kept is None or since is None or touched.everything:
            _being_made.add(key)
            try:
                made = _made(viewer, mission, as_of, None, newest_place(), kept)
            finally:
                _being_made.discard(key)
        elif touched.nothing:
            made = replace(kept, place=since.newest)
        else:
            made = _renewed(viewer, kept, touched, since.newest)
        made = replace(made, board=replace(made.board, mission=mission))
        _boards.put(key, made)
    return made


def read_row(viewer: Viewer, mission: Mission, as_of: dt.date, area: Area) -> Row | None:
    """One area's row; None where it has none. The whole board is not worked out for it."""
    return _around(viewer, mission, as_of, area)[1]


@dataclass(frozen=True)
class AreaReading:
    """What an area's own page shows of the board: its row, its evidence, who led there."""

    row: Row | None
    items: tuple[EvidenceItem, ...]
    ledger: Ledger
    functions: tuple[Responsibility, ...]


def read_area(viewer: Viewer, mission: Mission, as_of: dt.date, area: Area) -> AreaReading:
    """One area, also where it has no row; from the board that is kept, where one is."""
    kept, row = _around(viewer, mission, as_of, area)
    key = ("area", area.pk)
    if key in kept.evidence:
        items: Iterable[EvidenceItem] = kept.evidence[key].items
    else:
        subject = Subject("area", area.pk, mission.pk)
        items = gather(mission, kept.board.standard, [subject], as_of).of(subject)
    return AreaReading(
        row=row,
        items=tuple(shown_evidence(viewer, mission, items)),
        ledger=kept.ledger,
        functions=kept.board.responsibilities,
    )


def _around(
    viewer: Viewer, mission: Mission, as_of: dt.date, area: Area
) -> tuple[KeptBoard, Row | None]:
    """The board an area stands on, or as much of it as the area needs, and its row there."""
    if _at_hand(viewer, mission, as_of):
        kept = open_board(viewer, mission, as_of)
    else:
        kept = _made(viewer, mission, as_of, None, newest_place(), None, only=area)
    row = next((row for row in kept.board.rows if row.id == area.pk), None)
    kept.hand_out(viewer, [row] if row else [])
    return kept, row


def _at_hand(viewer: Viewer, mission: Mission, as_of: dt.date) -> bool:
    """True where a board is kept that needs no reading anew, and nobody is making one."""
    key = _key(viewer, mission, as_of)
    kept = _boards.get(key)
    if kept is None or _in_transaction() or key in _being_made:
        return False
    since = acts_since(kept.place)
    return since is not None and not touched_by(since.acts, mission).everything


def _key(viewer: Viewer, mission: Mission, as_of: dt.date) -> Key:
    return (mission.pk, as_of, viewer.reading_class(mission.pk), get_language())


def _in_transaction() -> bool:
    return connection.in_atomic_block


def _made(
    viewer: Viewer,
    mission: Mission,
    as_of: dt.date,
    known_on: dt.datetime | None,
    place: Place,
    before: KeptBoard | None,
    only: Area | None = None,
) -> KeptBoard:
    """The board with everything read; evidence from the shelf, as far as it is still good."""
    functions = tuple(responsibilities(viewer, mission, as_of))
    standard = standard_at(viewer, mission, as_of)
    with Collection("board").open() as frame:
        if only is None:
            ledger = open_ledger(viewer, mission)
            special = tuple(board_units(viewer, mission))
        else:
            ledger, special = open_ledger_around(viewer, mission, only.pk), ()
        areas = tuple(board_areas(viewer, mission, ledger))
        if only is not None:
            areas = tuple(area for area in areas if area.pk == only.pk)
        wanted = None if only is None else [("area", only.pk)]
        assessments = assessments_by_cell(viewer, mission, as_of, known_on, wanted)
        figures = populations_at(viewer, mission, as_of, only)
    subjects = _subjects(areas, special)
    if known_on is not None or only is not None or _in_transaction():
        shelf = EvidenceShelf(mission, standard, as_of).holding(subjects, known_on)
    else:
        shelf = _shelf(mission, standard, as_of, subjects)
    kept = KeptBoard(
        place=place,
        board=Board(
            mission=mission,
            as_of=as_of,
            standard=standard,
            responsibilities=functions,
            rows=(),
            units=(),
            changes=lead_changes(ledger, as_of, known_on),
        ),
        areas=areas,
        special=special,
        ledger=ledger,
        assessments=assessments,
        figures=figures,
        evidence={},
        frame_notes=frame.waiting(),
        row_notes={},
    )
    return _with_rows(viewer, kept, shelf, set(subjects), known_on)


def _renewed(viewer: Viewer, kept: KeptBoard, touched: Touched, place: Place) -> KeptBoard:
    """The board with the parts read again that acts have touched."""
    board = kept.board
    areas, ledger, assessments = kept.areas, kept.ledger, dict(kept.assessments)
    again = set(touched.subjects)
    with Collection("board").open() as frame:
        if touched.leads:
            ledger = more_of_ledger(viewer, board.mission, ledger, touched.leads)
            again |= ledger.below(again)
            areas = tuple(board_areas(viewer, board.mission, ledger))
        if touched.subjects:
            fresh = assessments_by_cell(viewer, board.mission, board.as_of, only=touched.subjects)
            for key in [key for key in assessments if key[:2] in touched.subjects]:
                del assessments[key]
            assessments.update(fresh)
    subjects = _subjects(areas, kept.special)
    shelf = _shelf(board.mission, board.standard, board.as_of, subjects)
    changed = {key for key in subjects if shelf.of(key) is not kept.evidence.get(key)}
    renewed = replace(
        kept,
        place=place,
        board=replace(board, changes=lead_changes(ledger, board.as_of, None)),
        areas=areas,
        ledger=ledger,
        assessments=assessments,
        frame_notes=_together(kept.frame_notes, frame.waiting()),
    )
    return _with_rows(viewer, renewed, shelf, again | changed)


def _with_rows(
    viewer: Viewer,
    kept: KeptBoard,
    shelf: EvidenceShelf,
    again: set[SubjectKey],
    known_on: dt.datetime | None = None,
) -> KeptBoard:
    """The board with these subjects' rows worked out, the others as they were."""
    board = kept.board
    reader = CellReader(
        viewer=viewer,
        mission=board.mission,
        as_of=board.as_of,
        known_on=known_on,
        standard=board.standard,
        criteria=list(board.standard.criteria.all()) if board.standard else [],
        ledger=kept.ledger,
        shelf=shelf,
        assessments=kept.assessments,
    )
    before = {(row.kind, row.id): row for row in (*board.rows, *board.units)}
    notes = dict(kept.row_notes)

    def row_of(kind: str, record: Area | Unit, functions: Sequence[Responsibility]) -> Row:
        key = (kind, record.pk)
        if key in before and key not in again:
            return before[key]
        with Collection("board").open() as seen:
            cells = reader.cells(key, functions)
        notes[key] = seen.waiting()
        if isinstance(record, Area):
            return area_row(record, cells, kept.figures.get(record.pk))
        return unit_row(record, cells)

    functions = board.responsibilities
    rows = tuple(row_of("area", area, functions) for area in kept.areas)
    units = tuple(row_of("unit", unit, functions) for unit in kept.special)
    subjects = _subjects(kept.areas, kept.special)
    return replace(
        kept,
        board=replace(board, rows=rows, units=units),
        evidence={key: shelf.of(key) for key in subjects},
        row_notes=notes,
    )


def _shelf(
    mission: Mission,
    standard: Standard | None,
    as_of: dt.date,
    subjects: Sequence[SubjectKey],
) -> EvidenceShelf:
    """The shelf of a mission's day, brought up to the newest act and holding these subjects."""
    key = (mission.pk, as_of, standard.pk if standard else None, get_language())
    with _shelf_locks[hash(key) % LOCKS]:
        found = _shelves.get(key)
        since = acts_since(found[0]) if found else None
        touched = touched_by(since.acts, mission) if since else Touched(everything=True)
        if found is None or since is None or touched.everything:
            place, shelf = newest_place(), EvidenceShelf(mission, standard, as_of)
        else:
            place, shelf = since.newest, found[1]
            if touched.evidence or touched.registers:
                shelf = shelf.renewed(entered=touched.evidence, registers=touched.registers)
        shelf = shelf.holding(subjects)
        _shelves.put(key, (place, shelf))
    return shelf


def _subjects(areas: Iterable[Area], special: Iterable[Unit]) -> list[SubjectKey]:
    return [*(("area", area.pk) for area in areas), *(("unit", unit.pk) for unit in special)]


def _together(first: Notes, second: Notes) -> Notes:
    return {label: {**first.get(label, {}), **second.get(label, {})} for label in {*first, *second}}
