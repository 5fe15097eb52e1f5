"""Scores pairs of names with nomenklatura's logic-v2; run by a Python that has it installed.

Reads a JSON list of [name, [names …]] from standard input, writes the lists of scores.
"""

import json
import sys


def main() -> None:
    """Scores every name against its candidates."""
    from followthemoney import model
    from nomenklatura.matching import get_algorithm

    algorithm = get_algorithm("logic-v2")
    settings = algorithm.default_config()

    def entity(name: str, key: str) -> object:
        made = model.make_entity("Organization")
        made.id = key
        made.add("name", name)
        return made

    made: dict[str, object] = {}
    scores = []
    for asked, names in json.load(sys.stdin):
        one = entity(asked, "asked")
        for name in names:
            made.setdefault(name, entity(name, name))
        scores.append([algorithm.compare(one, made[n], settings).score for n in names])
    json.dump(scores, sys.stdout)


if __name__ == "__main__":
    main()
