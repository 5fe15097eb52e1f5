"""Runs every benchmark and prints a table: `make bench` or `python -m benchmarks [NAME …]`."""

import importlib
import json
import pkgutil
import sys
import time
from pathlib import Path

import benchmarks

RESULTS = Path(__file__).parent / "results"


def names() -> list[str]:
    """The benchmark modules, those with a `run` function."""
    found = sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if not m.ispkg)
    return [name for name in found if not name.startswith("_")]


def main(wanted: list[str]) -> None:
    """Runs the benchmarks named, or all; writes one JSON file each."""
    unknown = set(wanted) - set(names())
    if unknown:
        sys.exit(f"No benchmark {', '.join(sorted(unknown))}. There are: {', '.join(names())}.")
    RESULTS.mkdir(exist_ok=True)
    for name in wanted or names():
        module = importlib.import_module(f"benchmarks.{name}")
        started = time.perf_counter()
        result = module.run()
        seconds = time.perf_counter() - started
        path = RESULTS / f"{name}.json"
        path.write_text(json.dumps(result, indent=2, default=str) + "\n", encoding="utf-8")
        print(f"\n{name}: {seconds:.1f} s in all, written to {path.relative_to(RESULTS.parent)}")
        print_tree(result)


def print_tree(result: object, indent: int = 2) -> None:
    """Prints nested results, one figure a line."""
    if not isinstance(result, dict):
        print(" " * indent + str(result))
        return
    for key, value in result.items():
        if isinstance(value, dict):
            print(" " * indent + f"{key}:")
            print_tree(value, indent + 2)
        else:
            shown = f"{value:,.4g}" if isinstance(value, float) else value
            print(" " * indent + f"{key}: {shown}")


if __name__ == "__main__":
    main(sys.argv[1:])
