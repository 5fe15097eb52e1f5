"""The HTTP API of incidents: events, and whom sources name as responsible."""

from ninja import Router

from primacy.rooms.incidents.api.register import router as register
from primacy.rooms.incidents.api.responsibility import router as responsibility

router = Router()
router.add_router("", register)
router.add_router("", responsibility)

__all__ = ["router"]
