"""The HTTP API of support."""

from ninja import Router

from primacy.rooms.support.api import cases, gate, judging, procedure, stops, watching

router = Router(tags=["Support"])
for part in (cases, judging, gate, stops, watching, procedure):
    router.add_router("", part.router)
