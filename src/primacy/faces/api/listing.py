"""The API's own page: every route in a table, from this server alone, without script."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

METHODS = ("get", "post", "put", "patch", "delete")

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="{style}"></head>
<body><main id="main"><h1>{title}</h1><p>{purpose}</p>
<p><a href="{schema}">OpenAPI description (JSON)</a> · <a href="/">Back to the board</a></p>
<table><caption>Routes</caption>
<thead><tr><th scope="col">Method</th><th scope="col">Path</th><th scope="col">What it does</th>
</tr></thead><tbody>{rows}</tbody></table></main></body></html>"""


class RouteTable(DocsBase):
    """Renders the routes as a plain HTML table; loads nothing from elsewhere."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: object) -> HttpResponse:
        """The page."""
        schema = api.get_openapi_schema()
        page = format_html(
            PAGE,
            title=api.title,
            purpose=api.description,
            style=static("primacy/primacy.css"),
            schema=self.get_openapi_url(api, dict(kwargs)),
            rows=format_html_join(
                "\n", "<tr><td>{}</td><td><code>{}</code></td><td>{}</td></tr>", _routes(schema)
            ),
        )
        return HttpResponse(page)


def _routes(schema: dict[str, dict[str, dict[str, dict[str, str]]]]) -> Iterator[tuple[str, ...]]:
    """Method, path and meaning of each route, in the order of the description."""
    for path, operations in schema["paths"].items():
        for method in METHODS:
            if method in operations:
                about = operations[method]
                yield method.upper(), path, about.get("description") or about["summary"]
