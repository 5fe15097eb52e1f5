"""Writes down which protected records a page, file or API answer holds, before its body leaves."""

from collections.abc import Callable, Iterable, Iterator

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from primacy.faces.web.refusals import page
from primacy.platform.policy.reads import Collection, ReadNotRecorded

API = "/api/"
SHORT_OF_BODY = range(300, 400)
"""Answers that only point elsewhere: nothing that was read leaves with them."""

LOOKED_AT = 2
"""Pieces of a streamed file made before the first one leaves: its head and its first rows."""


class ReadTraceMiddleware:
    """One entry for each record type; where the log cannot be written, nothing is shown.

    It stands next to the views, so that every other layer only ever sees an answer whose reads
    are on record.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the view, or the refusal in its place."""
        reads = Collection(f"{request.method} {request.path}")
        with reads.open():
            response = self.get_response(request)
        try:
            if isinstance(response, StreamingHttpResponse):
                pieces: Iterable[bytes] = response.streaming_content  # type: ignore[assignment]
                response.streaming_content = traced_pieces(reads, iter(pieces))
            elif response.status_code not in SHORT_OF_BODY:
                reads.write()
        except ReadNotRecorded as problem:
            return _in_place_of(response, held_back(request, problem))
        return response


def traced_pieces(reads: Collection, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces of a streamed answer, each after what it holds was written down.

    The first pieces are made at once, so that a log that cannot be written refuses the whole.
    """
    first: list[bytes] = []
    with reads.open():
        for piece in pieces:
            first.append(piece)
            if len(first) == LOOKED_AT:
                break
    reads.write()
    return _rest(reads, first, pieces)


def _rest(reads: Collection, first: list[bytes], pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield from first
    while True:
        with reads.open():
            piece = next(pieces, None)
        reads.write()
        if piece is None:
            return
        yield piece


def _in_place_of(answer: HttpResponseBase, refusal: HttpResponse) -> HttpResponse:
    """The refusal, which closes what the held answer had open when it is closed itself.

    Closing the held answer here would tell Django that the request has ended: the refusal would
    be written after its connection to the database was given up.
    """
    refusal._resource_closers.extend(answer._resource_closers)  # type: ignore[attr-defined]
    return refusal


def held_back(request: HttpRequest, problem: ReadNotRecorded) -> HttpResponse:
    """503 with what happened, as page or as JSON."""
    text = str(problem)
    if request.path.startswith(API):
        body = {"error": "not_recorded", "message": text, "reasons": [text]}
        return JsonResponse(body, status=503)
    return page(request, 503, _("Held back"), text)
