"""Names of persons: the comparison beside simple distances, unseen scripts, search in 200,000.

The labelled pairs are the OpenSanctions name bench; figures are out of fold (see
`benchmarks.person_names.fit`), those of the simple distances use the threshold that serves each
best. Arabic name words (NETransliteration) and Russian romanisations served for nothing before.

    python -m benchmarks persons      writes benchmarks/results/persons.json
                                      (nomenklatura's logic-v2 stands beside it when
                                      NOMENKLATURA_PYTHON names a Python that has it)
"""

import csv
import datetime as dt
import gzip
import json
import os
import platform
import random
import resource
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from benchmarks._person_site import on_the_site
from benchmarks.names import SHARED
from benchmarks.person_names import febrl, fit, russian
from primacy.kernels.names.persons import Person, PersonMatcher, name_similarity
from primacy.kernels.names.persons.model import DEFAULT
from primacy.kernels.time import DateRange

PEERS: dict[str, Callable[[str, str], float]] = {
    "levenshtein_ratio": lambda a, b: fuzz.ratio(a, b) / 100,
    "jaro_winkler": JaroWinkler.similarity,
    "token_set": lambda a, b: fuzz.token_set_ratio(a, b) / 100,
    "mean_of_sort_and_set": lambda a, b: (
        (fuzz.token_sort_ratio(a, b) + fuzz.token_set_ratio(a, b)) / 200
    ),
}
ARABIC = SHARED / "forces" / "names" / "netranslit_wd_arabic_80.tsv.gz"
REGISTER, ASKED, WORDS = 200_000, 200, 2_000
SEED = 11


def labelled() -> dict[str, object]:
    """The name bench: ours out of fold, peers at the threshold that serves each best."""
    pairs = fit.read_pairs()
    scores_by_kind, wrong = fit.cross_validated(pairs, fit.strangers(pairs))
    found: dict[str, object] = {
        f"primacy, {name}": rounded(asdict(score)) for name, score in scores_by_kind.items()
    }
    found["primacy, unseen strangers that count as one"] = round(wrong, 5)
    with fit.PAIRS.open(encoding="utf-8") as lines:
        rows = [(row["name1"].lower(), row["name2"].lower()) for row in csv.DictReader(lines)]
    peers = {name: [peer(one, other) for one, other in rows] for name, peer in PEERS.items()}
    if python := os.environ.get("NOMENKLATURA_PYTHON"):
        peers["nomenklatura_logic_v2"] = nomenklatura(python)
    for name, values in peers.items():
        scores = np.array(values)
        for label, some in (("all", np.ones(len(rows), dtype=bool)), ("persons", pairs.person)):
            best = fit.best_threshold(scores[some], pairs.same[some])
            reached = fit.Score.of(scores[some] >= best, pairs.same[some])
            found[f"{name}, {label}"] = rounded(asdict(reached))
    return found


def nomenklatura(python: str) -> list[float]:
    """The scores of nomenklatura's logic-v2, from a Python that has it installed."""
    with fit.PAIRS.open(encoding="utf-8") as lines:
        rows = [(row["schema"], row["name1"], row["name2"]) for row in csv.DictReader(lines)]
    script = Path(__file__).parent / "person_names" / "peer_nomenklatura.py"
    done = subprocess.run(
        [python, str(script)], input=json.dumps(rows), capture_output=True, text=True, check=True
    )
    return [float(score) for score in json.loads(done.stdout)]


def rounded(values: dict[str, float]) -> dict[str, float]:
    """Figures to three places."""
    return {name: round(value, 3) for name, value in values.items()}


def arabic(words: int = WORDS) -> dict[str, object]:
    """Single Arabic name words beside their Latin spelling and beside that of another word."""
    if not ARABIC.exists():
        return {"skipped": f"{ARABIC.name} is not there"}
    with gzip.open(ARABIC, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    known = [(row[0], row[1].replace(" ", "")) for row in rows if len(row) >= 2]
    some = random.Random(SEED).sample(known, words)
    latin = [one for one, _ in some]
    pairs = [(a, b, True) for b, a in some]
    pairs += [(a, latin[(at + 7) % words], False) for at, (_, a) in enumerate(some)]
    return judged(pairs)


def judged(pairs: list[tuple[str, str, bool]]) -> dict[str, object]:
    """Precision, recall and F1 at the thresholds the model is shipped with, and the best simple.

    The simple ratio gets Latin letters first (anyascii), else it could tell nothing of Arabic.
    """
    found = [name_similarity(one, other) for one, other, _ in pairs]
    said = np.array([score.same for score in found])
    shown = np.array([score.score >= DEFAULT.refer for score in found])
    true = np.array([same for *_, same in pairs])
    simple = np.array(
        [fuzz.ratio(anyascii(a).lower(), anyascii(b).lower()) / 100 for a, b, _ in pairs]
    )
    best = fit.best_threshold(simple, true)
    return {
        "pairs": len(pairs),
        "primacy": rounded(asdict(fit.Score.of(said, true))),
        "primacy, shown to a person": rounded(asdict(fit.Score.of(shown, true))),
        "levenshtein_ratio_at_its_best": rounded(asdict(fit.Score.of(simple >= best, true))),
    }


def made_up(count: int, seed: int = SEED) -> list[Person]:
    """Persons put together from syllables; as in life a few names are very common (Zipf)."""
    chance = random.Random(seed)
    starts = "ba ka ma sa da fa ha ja la na ra ta ya za bo ko mo so do fo lo no ro to".split()
    ends = "ra li mou di ne ssa to ri ko la nda mbe kari fa lo sse gne wa".split()
    given = [a + b for a in starts for b in ends]
    family = [a + b + c for a in starts for b in ends[:9] for c in ends[9:]]
    chance.shuffle(given)
    chance.shuffle(family)
    firsts = chance.choices(given, [1 / (at + 1) for at in range(len(given))], k=2 * count)
    lasts = chance.choices(family, [1 / (at + 1) for at in range(len(family))], k=count)
    first_day = dt.date(1950, 1, 1).toordinal()
    people = []
    for at in range(count):
        born = dt.date.fromordinal(first_day + chance.randrange(20_000))
        people.append(
            Person(
                str(at),
                (f"{firsts[2 * at]} {firsts[2 * at + 1]} {lasts[at]}".title(),),
                births=(DateRange(born, born),),
                ids=(("card", f"{at + 1:07d}"),),
                postings=((f"u{chance.randrange(500)}", None),),
            )
        )
    return people


def searched(count: int = REGISTER, asked: int = ASKED) -> dict[str, object]:
    """How long one search takes in a large register, and how often the person is among five."""
    people = made_up(count)
    before = time.perf_counter()
    matcher = PersonMatcher(people)
    built = time.perf_counter() - before
    chance = random.Random(SEED)
    some = chance.sample(people, asked)
    by_name = _asked(matcher, [(one, Person("", (misspelt(one, chance),))) for one in some])
    with_birth = [(one, Person("", (misspelt(one, chance),), births=one.births)) for one in some]
    return {
        "register": count,
        "seconds_to_build": round(built, 1),
        "bearers_of_the_commonest_name": Counter(str(one.names[0]) for one in people).most_common(
            1
        )[0][1],
        "by_name": by_name,
        "by_name_and_day_of_birth": _asked(matcher, with_birth),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def misspelt(person: Person, chance: random.Random) -> str:
    """The person's name with one wrong letter and its words in any order."""
    words = str(person.names[0]).split()
    at = chance.randrange(len(words))
    place = chance.randrange(1, len(words[at]))
    words[at] = words[at][:place] + chance.choice("aeiou") + words[at][place + 1 :]
    chance.shuffle(words)
    return " ".join(words)


def _asked(matcher: PersonMatcher, pairs: list[tuple[Person, Person]]) -> dict[str, float]:
    took, found = [], 0
    for wanted, described in pairs:
        start = time.perf_counter()
        match = matcher.match(described)
        took.append(1000 * (time.perf_counter() - start))
        found += wanted.id in {one.person for one in match.candidates}
    return {
        "milliseconds_median": round(float(np.median(took)), 1),
        "milliseconds_p95": round(float(np.percentile(took, 95)), 1),
        "among_the_first_five": round(found / len(pairs), 3),
    }


def run() -> dict[str, object]:
    """All of it, ready for JSON."""
    results: dict[str, object] = {"python": platform.python_version()}
    if fit.PAIRS.exists():
        results["labelled_pairs"] = labelled()
    else:
        results["labelled_pairs"] = f"skipped: {fit.PAIRS.name} is not there"
    results["arabic_words_never_seen"] = arabic()
    results["russian_romanisations"] = judged(russian.pairs(2_000))
    results["febrl"] = {
        str(number): febrl.resolved(febrl.read_people(path))
        for number in (1, 2, 3)
        if (path := ARABIC.with_name(f"febrl_dataset{number}.csv.gz")).exists()
    }
    results["search"] = searched()
    results["search_through_the_site"] = on_the_site(made_up(REGISTER), ASKED, SEED, misspelt)
    return results
