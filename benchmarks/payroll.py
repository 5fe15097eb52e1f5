"""Payroll rules on a made-up force of 20,000: recall, false alarms, time, beside plain SQL.

Recall is the share of the seeded persons (or units) a rule names. A false alarm is one it names
that was not seeded for it; many are honest mistakes in honest papers, and right to ask about. The
peer is one plain query a rule, on the papers as they were written.

    python -m benchmarks payroll     writes benchmarks/results/payroll.json
"""

import json
import platform
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.payroll_force import plain_sql
from benchmarks.payroll_force.made import SEED, MadeForce, make
from primacy.kernels.flags import RULES, Severity, raise_flags

ROOT = Path(__file__).resolve().parents[1]
SIZE = 20_000
FIRST_SUBJECT_ONLY = {"superiors_account"}
"""The superior is named beside the person the question is about."""


def named(
    made: MadeForce, severities: frozenset[Severity] = frozenset(Severity)
) -> dict[str, set[str]]:
    """Rule → the persons or units its flags of these severities are about."""
    found: dict[str, set[str]] = {rule.code: set() for rule in RULES}
    for flag in raise_flags(made.force):
        if flag.severity in severities:
            few = flag.subjects[:1] if flag.rule in FIRST_SUBJECT_ONLY else flag.subjects
            found[flag.rule] |= set(few)
    return found


def figures(made: MadeForce, found: Mapping[str, set[str]]) -> dict[str, dict[str, object]]:
    """Rule → seeded, found, recall, false alarms, precision, false alarms per 1,000 honest."""
    table: dict[str, dict[str, object]] = {}
    units = {member.unit for member in made.force.members}
    for rule in RULES:
        truth, said = made.truth.get(rule.code, set()), found[rule.code]
        right, wrong = len(truth & said), len(said - truth)
        honest = (len(units) if rule.about == "unit" else len(made.force.members)) - len(truth)
        table[rule.code] = {
            "seeded": len(truth),
            "found": right,
            "recall": round(right / max(len(truth), 1), 4),
            "false_alarms": wrong,
            "precision": round(right / max(right + wrong, 1), 4),
            "false_alarms_per_1000_honest": round(1000 * wrong / max(honest, 1), 2),
        }
    return table


def run(size: int = SIZE) -> dict[str, object]:
    """All rules and the peer on one force; ready for JSON."""
    made = make(size)
    ours = figures(made, named(made))
    started = time.perf_counter()
    plain = figures(made, plain_sql.asked(made))
    plain_seconds = time.perf_counter() - started
    return {
        "python": platform.python_version(),
        "seed": SEED,
        "persons": size,
        "least_recall": min(float(str(row["recall"])) for row in ours.values()),
        "rules": {
            code: {"primacy": row, f"plain_sql_sqlite_{sqlite3.sqlite_version}": plain[code]}
            for code, row in ours.items()
        },
        "totals": {
            "primacy": _totals(ours),
            "plain_sql": _totals(plain),
        },
        "cost": {"primacy": measured(size), "plain_sql_seconds": round(plain_seconds, 2)},
    }


def _totals(table: Mapping[str, Mapping[str, object]]) -> dict[str, int]:
    return {
        name: sum(int(str(row[name])) for row in table.values())
        for name in ("seeded", "found", "false_alarms")
    }


def measured(size: int) -> dict[str, object]:
    """Time and memory of the rules in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.payroll_force.measured", str(size)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found
