"""Scores pairs of names with nomenklatura's logic-v2; run by a Python that has it installed.

Reads a JSON list of [schema, name, name] from standard input, writes the list of scores.
"""

import json
import sys


def main() -> None:
    """Scores every pair."""
    from followthemoney import model
    from nomenklatura.matching import get_algorithm

    algorithm = get_algorithm("logic-v2")
    settings = algorithm.default_config()

    def entity(schema: str, name: str, key: str) -> object:
        made = model.make_entity(schema)
        made.id = key
        made.add("name", name)
        return made

    # Every entity has a key of its own: the names of a key are remembered.
    scores = [
        algorithm.compare(
            entity(schema, one, f"asked {at}"), entity(schema, other, f"listed {at}"), settings
        ).score
        for at, (schema, one, other) in enumerate(json.load(sys.stdin))
    ]
    json.dump(scores, sys.stdout)


if __name__ == "__main__":
    main()
