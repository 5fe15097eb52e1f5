"""Runs the rules once in a process of its own and prints seconds and memory as JSON.

python -m benchmarks.payroll_force.measured [SIZE]
"""

import json
import resource
import sys
import time

from benchmarks.payroll_force.made import make
from primacy.kernels.flags import raise_flags


def main(size: int) -> None:
    """Prints what one run over a force of this size took."""
    made = make(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    flags = raise_flags(made.force)
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        json.dumps(
            {
                "persons": size,
                "pay_lines": len(made.force.pay),
                "head_counts": len(made.force.head_counts),
                "flags": len(flags),
                "seconds": round(seconds, 2),
                "peak_mb_with_the_force": round(after / 1024),
                "peak_mb_more_by_the_rules": round((after - before) / 1024),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
