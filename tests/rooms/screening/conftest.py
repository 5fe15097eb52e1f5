"""A mission with two made-up lists of one publisher, and people who screen."""

from collections.abc import Callable
from pathlib import Path

import pytest

from primacy.platform.exchange.list_entries import ListRead
from primacy.platform.exchange.un_list import read_un_list
from primacy.rooms.screening.facade import ListFile, load_list
from tests.conftest import Board
from tests.rooms.screening.lists import entity, individual, un_xml

BORN_1961 = [{"TYPE_OF_DATE": "EXACT", "DATE": "1961-03-04"}]
ORAN = individual("XXi.001", "Oran Tel Davem", births=BORN_1961)
MIRO = individual("XXi.002", "Miro Kestan Valdo", births=BORN_1961)
FRONT = entity("XXe.001", "Third Battalion of the Carana Liberation Front")


@pytest.fixture
def read_list(tmp_path: Path) -> Callable[..., ListRead]:
    """Reads a made-up list of a day."""

    def read(day: str, *records: str) -> ListRead:
        path = tmp_path / f"list-{day}.xml"
        path.write_text(un_xml(f"{day}T09:00:00Z", *records), encoding="utf-8")
        return read_un_list(path)

    return read


@pytest.fixture
def load(board: Board, read_list: Callable[..., ListRead]) -> Callable[..., ListFile]:
    """Loads a made-up list of a day into the mission."""

    def loaded(day: str, *records: str, **more: object) -> ListFile:
        read = read_list(day, *records)
        return load_list(actor=board["human_rights"], mission=board.mission, read=read, **more)

    return loaded
