"""Unit names: the matcher beside simple string distances; top-1, top-5, what it would accept.

Three sets: made-up names whose forces served for the thresholds, made-up names of another seed, and
the aliases of a real West African army where that file is present. It was never looked at for the
matcher: it is a table of names with their aliases, parted by tabs and semicolons, named
`*unit_names_distinct*.tsv`, anywhere under `forces` of the folder of real files; or any such file
named in UNIT_ALIASES. An alias is asked, the names are ranked, aliases are not in the register.

    python -m benchmarks names           writes benchmarks/results/names.json
                                         (nomenklatura's logic-v2 stands beside it when
                                         NOMENKLATURA_PYTHON names a Python that has it)
    python -m benchmarks.unit_names.fit  fits the weights and thresholds again
"""

import csv
import json
import os
import platform
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.unit_names import made
from benchmarks.unit_names.peers import PEERS, numbers, simple
from primacy.kernels.names import Asked, Match, Unit, UnitMatcher, Verdict

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("PRIMACY_SHARED_DATA") or ROOT.parent / "shared" / "data")
OTHER_SEED = made.SEED + 5_000
TOP = 5

CLOSEST, LOGIC_V2_ACCEPTS = 20, 0.7


@dataclass(frozen=True)
class Case:
    """A name asked against one register, and the unit it means; "" for one that is not in it."""

    asked: str
    unit: str
    numbers: frozenset[str]


@dataclass(frozen=True)
class Named:
    """A unit of the register: its name and the numbers that are its own."""

    name: str
    numbers: frozenset[str]


Register = dict[str, Named]
"""Id of a unit → the unit."""


@dataclass
class Tally:
    """What came out over all cases of a set."""

    known: int = 0
    asked: int = 0
    first: int = 0
    among: int = 0
    accepted: int = 0
    right: int = 0
    crossed: int = 0
    seconds: float = 0.0

    def add(self, case: Case, ranked: Sequence[str], accepted: bool, register: Register) -> None:
        """Counts one case: the ranked ids, and whether the first of them is accepted."""
        self.asked += 1
        self.known += bool(case.unit)
        self.first += bool(case.unit) and case.unit in ranked[:1]
        self.among += bool(case.unit) and case.unit in ranked[:TOP]
        if accepted:
            self.accepted += 1
            self.right += ranked[0] == case.unit
            self.crossed += case.numbers != register[ranked[0]].numbers

    def figures(self) -> dict[str, object]:
        """The figures of the set, ready for JSON."""
        return {
            "asked": self.asked,
            "in_the_register": self.known,
            "top_1": round(self.first / max(self.known, 1), 4),
            "top_5": round(self.among / max(self.known, 1), 4),
            "accepted": self.accepted,
            "accepted_right": self.right,
            "accept_precision": round(self.right / max(self.accepted, 1), 4),
            "accept_recall": round(self.right / max(self.known, 1), 4),
            "accepted_across_other_numbers": self.crossed,
            "seconds": round(self.seconds, 2),
        }


Sets = list[tuple[Register, list[Case]]]


def ours(sets: Sets) -> Tally:
    """The matcher, given the names alone."""
    tally = Tally()
    for register, cases in sets:
        started = time.perf_counter()
        matcher = UnitMatcher([Unit(id_, (unit.name,)) for id_, unit in register.items()])
        matches: list[Match] = list(matcher.match_all([Asked(c.asked) for c in cases]))
        tally.seconds += time.perf_counter() - started
        for case, match in zip(cases, matches, strict=True):
            ranked = [candidate.unit for candidate in match.candidates]
            tally.add(case, ranked, match.verdict is Verdict.ACCEPT, register)
    return tally


def peer(name: str, sets: Sets) -> Tally:
    """A simple distance with its threshold and margin."""
    scorer, least, margin = PEERS[name]
    tally = Tally()
    for register, cases in sets:
        started = time.perf_counter()
        ids, names = list(register), [unit.name for unit in register.values()]
        scores = scorer([c.asked for c in cases], names)
        order = np.argsort(-scores, axis=1, kind="stable")[:, :TOP]
        tally.seconds += time.perf_counter() - started
        for at, case in enumerate(cases):
            best = scores[at, order[at]]
            sure = best[0] >= least and best[0] - best[1] >= margin
            tally.add(case, [ids[i] for i in order[at]], bool(sure), register)
    return tally


def nomenklatura(sets: Sets, python: str) -> Tally:
    """logic-v2 on the CLOSEST names by token set, accepted from its usual threshold on."""
    tally = Tally()
    for register, cases in sets:
        started = time.perf_counter()
        ids, names = list(register), [unit.name for unit in register.values()]
        rough = process.cdist(
            [simple(c.asked) for c in cases],
            [simple(name) for name in names],
            scorer=fuzz.token_set_ratio,
        )
        near = np.argsort(-rough, axis=1, kind="stable")[:, :CLOSEST]
        asked = [[case.asked, [names[i] for i in near[at]]] for at, case in enumerate(cases)]
        script = Path(__file__).parent / "unit_names" / "peer_nomenklatura.py"
        done = subprocess.run(
            [python, str(script)],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=True,
        )
        for at, scores in enumerate(json.loads(done.stdout)):
            order = np.argsort(-np.array(scores), kind="stable")[:TOP]
            sure = scores[order[0]] >= LOGIC_V2_ACCEPTS
            tally.add(cases[at], [ids[near[at][i]] for i in order], sure, register)
        tally.seconds += time.perf_counter() - started
    return tally


def own_number(number: int) -> frozenset[str]:
    """The number a unit was made with, as a set."""
    return frozenset([str(number)] if number else [])


def made_up(forces: Sequence[made.Force]) -> Sets:
    """Made-up forces as registers and cases."""
    return [
        (
            {u.id: Named(u.name, own_number(u.number)) for u in force.units},
            [Case(q.name, q.unit, own_number(q.number)) for q in force.questions],
        )
        for force in forces
    ]


def alias_file() -> Path | None:
    """The file of real names and aliases, or None."""
    if named := os.environ.get("UNIT_ALIASES"):
        return Path(named)
    return next(iter(sorted((SHARED / "forces").glob("**/*unit_names_distinct*.tsv"))), None)


def real_aliases(path: Path) -> tuple[Sets, Sets]:
    """All aliases of the file, and those that belong to one unit only; case variants left out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t") if row and row[0].strip()]
    if rows and rows[0][0].strip().casefold() in {"name", "unit_name", "unit:name", "names"}:
        rows = rows[1:]
    aliases: dict[str, dict[str, None]] = defaultdict(dict)
    for name, *others in rows:
        mine = aliases[name.strip()]
        for alias in ";".join(others).split(";"):
            if alias.strip() and alias.strip().casefold() != name.strip().casefold():
                mine[alias.strip()] = None
    owners: dict[str, set[str]] = defaultdict(set)
    for name, mine in aliases.items():
        for alias in mine:
            owners[alias.casefold()].add(name)
    register = {name: Named(name, numbers(name)) for name in aliases}
    every = [Case(alias, name, numbers(alias)) for name, mine in aliases.items() for alias in mine]
    single = [case for case in every if len(owners[case.asked.casefold()]) == 1]
    return [(register, every)], [(register, single)]


def compared(sets: Sets) -> dict[str, object]:
    """The matcher and its peers on the same sets."""
    found: dict[str, object] = {"primacy": ours(sets).figures()}
    for name in PEERS:
        found[name] = peer(name, sets).figures()
    if python := os.environ.get("NOMENKLATURA_PYTHON"):
        found["nomenklatura_logic_v2"] = nomenklatura(sets, python).figures()
    return found


def timed() -> dict[str, object]:
    """The long list, matched on one core in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.unit_names.batch"],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def run() -> dict[str, object]:
    """All sets, all methods, and the long list; ready for JSON."""
    forces, others = made.forces(), made.forces(OTHER_SEED, questions=400)
    result: dict[str, object] = {
        "python": platform.python_version(),
        "made_up_names_used_for_the_thresholds": compared(made_up(forces[1::2])),
        "made_up_names_of_another_seed": compared(made_up(others)),
    }
    path = alias_file()
    if path is None:
        result["real_aliases"] = (
            f"skipped: no *unit_names_distinct*.tsv under {SHARED.name}/forces; set UNIT_ALIASES"
        )
    else:
        every, single = real_aliases(path)
        result["real_aliases_all"] = compared(every)
        result["real_aliases_of_one_unit"] = compared(single)
    result["long_list"] = timed()
    return result
