"""The HTTP API of forces: units, strength figures, claims, the command tree."""

from ninja import Router

from primacy.rooms.forces.api.claims import router as claims
from primacy.rooms.forces.api.register import router as register
from primacy.rooms.forces.api.units import router as units

router = Router()
router.add_router("", units)
router.add_router("", register)
router.add_router("", claims)

__all__ = ["router"]
