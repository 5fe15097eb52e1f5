"""The HTTP API of persons: who is on record, what is claimed, who commanded, who is one person."""

from ninja import Router

from primacy.rooms.persons.api.claims import router as claims
from primacy.rooms.persons.api.command import router as command
from primacy.rooms.persons.api.people import router as people
from primacy.rooms.persons.api.review import router as review
from primacy.rooms.persons.api.terms import router as terms

router = Router()
for part in (people, claims, command, review, terms):
    router.add_router("", part)

__all__ = ["router"]
