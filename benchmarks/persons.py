"""Names of persons: the comparison beside simple distances, unseen scripts, search in 200,000.

The labelled pairs are the OpenSanctions name bench; figures are out of fold (see
`benchmarks.person_names.fit`), those of the simple distances use the threshold that serves each
best. Arabic name words (NETransliteration) and Russian romanisations served for nothing before.

    python -m benchmarks persons      writes benchmarks/results/persons.json
"""

import csv
import gzip
import platform
import random
import resource
import time
from collections.abc import Callable
from dataclasses import asdict

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from benchmarks.names import SHARED
from benchmarks.person_names import fit, russian
from primacy.kernels.names.persons import Person, PersonMatcher, name_similarity

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
    found: dict[str, object] = {
        f"primacy, {name}": rounded(asdict(score))
        for name, score in fit.cross_validated(pairs).items()
    }
    with fit.PAIRS.open(encoding="utf-8") as lines:
        rows = [(row["name1"].lower(), row["name2"].lower()) for row in csv.DictReader(lines)]
    for name, peer in PEERS.items():
        scores = np.array([peer(one, other) for one, other in rows])
        for label, some in (("all", np.ones(len(rows), dtype=bool)), ("persons", pairs.person)):
            best = fit.best_threshold(scores[some], pairs.same[some])
            reached = fit.Score.of(scores[some] >= best, pairs.same[some])
            found[f"{name}, {label}"] = rounded(asdict(reached))
    return found


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
    """Precision, recall and F1 at the threshold the model is shipped with, and the best simple."""
    said = np.array([name_similarity(one, other).same for one, other, _ in pairs])
    true = np.array([same for *_, same in pairs])
    simple = np.array([fuzz.ratio(a.lower(), b.lower()) / 100 for a, b, _ in pairs])
    best = fit.best_threshold(simple, true)
    return {
        "pairs": len(pairs),
        "primacy": rounded(asdict(fit.Score.of(said, true))),
        "levenshtein_ratio_at_its_best": rounded(asdict(fit.Score.of(simple >= best, true))),
    }


def made_up(count: int, seed: int = SEED) -> list[Person]:
    """Persons put together from syllables, as many as asked for."""
    chance = random.Random(seed)
    starts = "ba ka ma sa da fa ha ja la na ra ta ya za bo ko mo so do fo lo no ro to".split()
    ends = "ra li mou di ne ssa to ri ko la nda mbe kari fa lo sse gne wa".split()
    given = [a + b for a in starts for b in ends]
    family = [a + b + c for a in starts for b in ends[:9] for c in ends[9:]]
    return [
        Person(
            str(at),
            (f"{chance.choice(given)} {chance.choice(given)} {chance.choice(family)}".title(),),
            ids=(("card", f"{at:07d}"),),
        )
        for at in range(count)
    ]


def searched(count: int = REGISTER, asked: int = ASKED) -> dict[str, object]:
    """How long one search takes in a large register, and how often the person comes first."""
    people = made_up(count)
    before = time.perf_counter()
    matcher = PersonMatcher(people)
    built = time.perf_counter() - before
    chance = random.Random(SEED)
    took, first = [], 0
    for person in chance.sample(people, asked):
        words = str(person.names[0]).split()
        at = chance.randrange(len(words))
        place = chance.randrange(1, len(words[at]))
        words[at] = words[at][:place] + chance.choice("aeiou") + words[at][place + 1 :]
        chance.shuffle(words)
        start = time.perf_counter()
        match = matcher.match(Person("", (" ".join(words),)))
        took.append(1000 * (time.perf_counter() - start))
        first += person.id in {one.person for one in match.candidates}
    return {
        "register": count,
        "seconds_to_build": round(built, 1),
        "milliseconds_median": round(float(np.median(took)), 1),
        "milliseconds_p95": round(float(np.percentile(took, 95)), 1),
        "among_the_first_five": round(first / asked, 3),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
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
    results["search"] = searched()
    return results
