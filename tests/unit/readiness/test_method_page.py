"""The method page's worked example is true."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "readiness.md"


def test_the_worked_example_runs() -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    assert blocks, "the page lost its example"
    for block in blocks:
        assert "assert " in block
        exec(compile(block, str(PAGE), "exec"), {})
