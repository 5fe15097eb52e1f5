"""Boards made before somebody asks for them, and kept ready while the site is served.

The first board of a day reads all of a mission's evidence: seconds of work at a thousand areas.
A thread of each serving process does it at the start, after midnight, and whenever an import or a
new standard touches everything, for those who use the site. Nothing it makes is shown by it:
whoever asks for a page is still asked for their rights, and the reads are noted then.
"""

import datetime as dt
import gc
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from django.utils import translation

from primacy.platform import clock
from primacy.platform.accounts.queries import recent_viewers
from primacy.platform.database.viewer_scope import viewer_scope
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import Mission, missions
from primacy.rooms.readiness.facade import open_board

log = logging.getLogger("primacy.boards")

EVERY = 20.0
"""Seconds between two rounds; a round in which nothing was touched is one query a board."""
MOST_BOARDS = 12
"""Boards kept ready by one process; half of what it keeps in memory at most."""
MUCH = 0.5
"""Seconds of a round in which boards were made, not only looked after."""
USED_WITHIN = dt.timedelta(days=14)


@contextmanager
def boards_kept() -> Iterator[None]:
    """Inside, boards are kept ready by a thread of this process."""
    stop = threading.Event()
    thread = keep_boards(stop)
    try:
        yield
    finally:
        stop.set()
        thread.join(1.0)


def keep_boards(stop: threading.Event) -> threading.Thread:
    """The running thread; it ends soon after `stop` is set."""
    thread = threading.Thread(target=_keep, args=(stop,), name="boards", daemon=True)
    thread.start()
    return thread


def make_ready(stop: threading.Event | None = None) -> int:
    """How many boards are ready now: one for each way of reading among those who use the site."""
    ready: set[tuple[object, ...]] = set()
    default = settings.LANGUAGE_CODE
    for viewer, language in recent_viewers(clock.now() - USED_WITHIN):
        with viewer_scope(viewer), translation.override(language or default):
            for mission in missions(viewer):
                key = (mission.pk, viewer.reading_class(mission.pk), language or default)
                if len(ready) == MOST_BOARDS or (stop is not None and stop.is_set()):
                    return len(ready)
                if key not in ready and _may_read(viewer, mission):
                    open_board(viewer, mission, mission.default_as_of or clock.today())
                    ready.add(key)
    return len(ready)


def _may_read(viewer: Viewer, mission: Mission) -> bool:
    return mission.open_to_guests or viewer.has("readiness.view", mission.pk)


def _keep(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            with _set_aside():
                make_ready(stop)
        except Exception:
            # A board that cannot be made says so to whoever asks for it; the site goes on.
            log.exception("boards could not be made ready")
        finally:
            # The file of a site that is moved or restored must not be held open in between.
            connections.close_all()
        stop.wait(EVERY)


@contextmanager
def _set_aside() -> Iterator[None]:
    """Inside, no search for garbage; what took long to make is left out of every later one.

    The boards of a large mission are millions of objects that stay. Going through them again and
    again took a third of the time of making them, and later stopped each request for two seconds.
    """
    begun = time.monotonic()
    gc.disable()
    try:
        yield
    finally:
        if time.monotonic() - begun > MUCH:
            gc.freeze()
        gc.enable()
