"""The register as files for others: sheets, and entities of FollowTheMoney."""

from primacy.rooms.exchange.exports.content import Content, content
from primacy.rooms.exchange.exports.follow_the_money import entities
from primacy.rooms.exchange.exports.packed import packed_entities, packed_sheets
from primacy.rooms.exchange.exports.sheets import sheets

__all__ = ["Content", "content", "entities", "packed_entities", "packed_sheets", "sheets"]
