"""The HTTP API of support."""

from ninja import Router

from primacy.rooms.support.api import cases, gate, judging, stops

router = Router(tags=["Support"])
for part in (cases.router, judging.router, gate.router, stops.router):
    router.add_router("", part)
