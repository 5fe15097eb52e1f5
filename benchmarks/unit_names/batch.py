"""Times the matcher on a long list in a process of its own, so that the memory is its alone.

python -m benchmarks.unit_names.batch [NAMES UNITS]
"""

import json
import resource
import sys
import time

from benchmarks.unit_names import made
from primacy.kernels.names import Asked, Unit, UnitMatcher

NAMES, UNITS, ALONE = 100_000, 10_000, 300


def measured(names: int, units: int) -> dict[str, object]:
    """Seconds, peak memory, and whether names asked alone get the same answers."""
    register, asked = made.many(names, units)
    questions = [Asked(q.name, parent=q.parent, place=q.place) for q in asked]
    before, cpu = time.perf_counter(), time.process_time()
    matcher = UnitMatcher(
        [
            Unit(
                u.id,
                (u.name,),
                parents=(u.parent,) if u.parent else (),
                places=(u.place,) if u.place else (),
            )
            for u in register
        ]
    )
    built = time.perf_counter()
    accepted, some = 0, []
    for at, match in enumerate(matcher.match_all(questions)):
        accepted += match.accepted is not None
        if at % (max(names // ALONE, 1)) == 0:
            some.append((at, match))
    done, cpu = time.perf_counter(), time.process_time() - cpu
    same = sum(matcher.match(questions[at]) == match for at, match in some)
    alone = (time.perf_counter() - done) / len(some)
    return {
        "names": names,
        "units": len(register),
        "seconds_to_read_the_register": round(built - before, 2),
        "seconds_to_match": round(done - built, 2),
        "seconds_of_processor_for_both": round(cpu, 2),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "accepted": accepted,
        "asked_again_alone": len(some),
        "of_them_the_same": same,
        "milliseconds_alone": round(1000 * alone, 2),
    }


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:3]] or [NAMES, UNITS]
    print(json.dumps(measured(*sizes)))
