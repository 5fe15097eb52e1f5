"""What other rooms and the faces may use of the exchange."""

from primacy.rooms.exchange.errors import ExchangeError, ExchangeRefused
from primacy.rooms.exchange.exports import (
    Content,
    content,
    entities,
    packed_entities,
    packed_sheets,
    sheets,
)
from primacy.rooms.exchange.imports import (
    KIND,
    SheetsDone,
    load_sheets,
    preview_sheets,
    refuse_sheets,
    undo_sheets,
)

__all__ = [
    "KIND",
    "Content",
    "ExchangeError",
    "ExchangeRefused",
    "SheetsDone",
    "content",
    "entities",
    "load_sheets",
    "packed_entities",
    "packed_sheets",
    "preview_sheets",
    "refuse_sheets",
    "sheets",
    "undo_sheets",
]
