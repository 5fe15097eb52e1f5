"""Formula texts in every field of every exported record: no cell of any file starts a formula."""

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from django.conf import LazySettings
from openpyxl import load_workbook

from primacy.platform.accounts.models import Account
from primacy.platform.claims.models import Claim
from primacy.platform.exports import csv_lines, safe_cell, workbook
from tests.conftest import Board
from tests.permissions.callers import signed_in
from tests.permissions.planting import WORDS, furnish, protected_models
from tests.permissions.routes import pages
from tests.permissions.walk import fill, samples

FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1", "＋1",
    "－1", "＠A1", "\u200b=1+1", "\ufeff=1+1", "\x01=1+1", "\xa0=1+1", "a;=1+1", "a\n=1+1",
    'a";=1+1',
)  # fmt: skip
STARTS = tuple("=+-@＝＋－＠\t\r\n")


def starts_a_formula(cell: str) -> bool:
    """True where a spreadsheet could take the cell for a formula; a number is none."""
    if re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", cell):
        return False
    shown = "".join(c for c in cell if unicodedata.category(c) not in ("Cc", "Cf", "Zs"))
    return shown.startswith(STARTS)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_text_in_every_form_of_a_table(text: str) -> None:
    lines = "".join(csv_lines(["a", "b"], [["x", text]]))
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(lines, newline=""), delimiter=separator):
            assert not any(starts_a_formula(cell) for cell in row), row
    kept = io.BytesIO()
    workbook(["a", "b"], [["x", text]], "T").save(kept)
    cell = load_workbook(kept).active["B2"]
    assert cell.data_type == "s"
    assert not starts_a_formula(str(cell.value))


def test_figures_and_plain_words_stay_what_they_are() -> None:
    for value in (-5, 1.5, True, "Dili", "a - b", "x=y", ""):
        assert safe_cell(value) == value


def test_no_exported_file_holds_a_formula(
    board: Board,
    make_account: Callable[..., Account],
    settings: LazySettings,
    tmp_path: object,
    today: dt.date,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    found = furnish(board, today)
    planted = plant(board)
    assert planted > 50
    files = 0
    for who in ("planner", "administrator"):
        client = signed_in(board.accounts[who])
        for address in exports(found):
            answer = client.get(address)
            if answer.status_code != 200 or not answer.headers.get("Content-Disposition"):
                continue
            content = b"".join(answer) if answer.streaming else answer.content
            files += 1
            assert re.fullmatch(
                r'attachment; filename="[A-Za-z0-9][\w.-]*"', answer.headers["Content-Disposition"]
            ), address
            for cell in cells(content):
                assert not starts_a_formula(cell), (address, cell)
    assert files >= 20, files


def plant(board: Board) -> int:
    """How many records with formula texts in all their words were put beside the real ones."""
    count = 0
    for model in protected_models():
        row = model._default_manager.first()
        if row is None or not {f.name for f in model._meta.concrete_fields} & WORDS:
            continue
        for text in FORMULAS:
            for field in model._meta.concrete_fields:
                if field.name == "number" and field.get_internal_type() != "CharField":
                    row.number = 1_000 + count
                elif field.name in ("code", "origin_id", "reference"):
                    setattr(row, field.attname, f"{text}{count}"[: field.max_length])
                elif field.name in WORDS:
                    setattr(row, field.attname, text)
            row.pk = model._meta.pk.get_default()
            if isinstance(row, Claim):
                row.claim = row.pk
            row._state.adding = True
            row.save(force_insert=True)
            count += 1
    return count


def exports(found: dict[str, str]) -> Iterator[str]:
    """The address of every export, in each of its forms."""
    for route in pages():
        if "{form}" in route.address or "csv" in route.name or "problems" in route.name:
            for form in ("csv", "xlsx"):
                values = dict(samples(found))
                values[f"{route.name}.form"] = form
                yield fill(route, found, values)


def cells(content: bytes) -> Iterator[str]:
    """Every cell of a file."""
    if content.startswith(b"PK"):
        for sheet in load_workbook(io.BytesIO(content)).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", cell.value
                    yield str(cell.value or "")
        return
    for row in csv.reader(io.StringIO(content.decode(), newline="")):
        yield from row
