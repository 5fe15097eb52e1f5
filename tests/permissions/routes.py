"""Every page and API route of the site, read from its own tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from primacy.faces.api.site import api

API = "api/v1/"
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
_BRACED = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Route:
    """One way in: its method, its address with places for values, and its name."""

    method: str
    address: str
    name: str

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the values the address needs."""
        return tuple(_BRACED.findall(self.address))

    def filled(self, values: dict[str, str]) -> str:
        """The address with its values; `KeyError` names a route without a sample."""
        return _BRACED.sub(lambda found: values[f"{self.name}.{found.group(1)}"], self.address)

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


def pages() -> list[Route]:
    """The pages, by address; API and static files left out."""
    found = {}
    for address, name in _walk(get_resolver().url_patterns, "/"):
        if not address.startswith(f"/{API}"):
            found[address] = Route("GET", address, name)
    return [found[address] for address in sorted(found)]


def api_routes() -> list[Route]:
    """The API's operations, by address."""
    schema = api.get_openapi_schema()
    return sorted(
        (
            Route(method.upper(), path, f"api {path}")
            for path, methods in schema["paths"].items()
            for method in methods
        ),
        key=lambda route: (route.address, route.method),
    )


def _walk(patterns: list[URLPattern | URLResolver], above: str) -> Iterator[tuple[str, str]]:
    for one in patterns:
        here = above + _PLACE.sub(r"{\1}", str(one.pattern)).lstrip("^").rstrip("$")
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, here)
        else:
            yield here, one.name or here
