"""The HTTP API of readiness: board, ledger, evidence, standards, assessments, decisions."""

from ninja import Router

from primacy.rooms.readiness.api import assessments, board, decisions, evidence, ledger, standards

router = Router(tags=["Readiness"])
for part in (board, ledger, evidence, standards, assessments, decisions):
    router.add_router("", part.router)

__all__ = ["router"]
