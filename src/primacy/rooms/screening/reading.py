"""Reading a publisher's files, whichever publisher it is."""

import datetime as dt
from pathlib import Path

from primacy.platform.exchange.list_entries import ListRead
from primacy.platform.exchange.ofac_list import read_ofac_list
from primacy.platform.exchange.un_list import read_un_list
from primacy.rooms.screening.models import Publisher


def read_list(
    publisher: Publisher,
    file: Path,
    *,
    list_date: dt.date | None = None,
    names: Path | None = None,
    addresses: Path | None = None,
) -> ListRead:
    """The list as read. The Security Council's files say their day; that of OFAC is asked for."""
    if publisher == Publisher.UN:
        return read_un_list(file)
    return read_ofac_list(file, list_date=list_date, names=names, addresses=addresses)
