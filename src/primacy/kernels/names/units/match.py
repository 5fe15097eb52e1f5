"""Names matched against a register of units, one by one or by the hundred thousand."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from primacy.kernels.names.units.compare import Comparison, candidates, compare
from primacy.kernels.names.units.model import DEFAULT, Model
from primacy.kernels.names.units.normalise import Read
from primacy.kernels.names.units.question import Question
from primacy.kernels.names.units.reasons import (
    GATE_CODES,
    GATE_VALUES,
    numbers_of,
    word_reasons,
)
from primacy.kernels.names.units.records import (
    GATES,
    Asked,
    Candidate,
    Match,
    Reason,
    Unit,
    Verdict,
    Why,
)
from primacy.kernels.names.units.register import Floats, Register

AT_ONCE = 400
"""Names compared together; bounds the memory, changes no result."""

EXCLUDES = ("parent_other", "place_other", "country_other")
"""What the source says beside the name; a unit that it excludes is no rival to the first."""

SHOWN = 5
DECIMALS = 6


class UnitMatcher:
    """Finds the units of a register that a name may mean.

    >>> matcher = UnitMatcher([Unit("a", ("21 Armoured Brigade",)), Unit("b", ("22 Brigade",))])
    >>> matcher.match("21st Armd Bde").accepted
    'a'
    """

    def __init__(self, units: Sequence[Unit], model: Model = DEFAULT) -> None:
        self.register = Register(units)
        self.model = model

    def match(self, asked: str | Asked, shown: int = SHOWN) -> Match:
        """Returns what one name may mean."""
        return next(self.match_all([asked], shown))

    def match_all(self, asked: Iterable[str | Asked], shown: int = SHOWN) -> Iterator[Match]:
        """Yields what each name may mean, in the order asked; the same as one by one."""
        each = iter(asked)
        while some := list(islice(each, AT_ONCE)):
            ready = [Asked(one) if isinstance(one, str) else one for one in some]
            yield from self._matched(ready, max(shown, 1))

    def _matched(self, asked: list[Asked], shown: int) -> Iterator[Match]:
        question = Question(self.register, asked)
        comparison = compare(self.register, question, candidates(self.register, question))
        scores = np.round(self.model.scores(comparison.columns), DECIMALS)
        chosen = best_of_each_unit(self.register, question, comparison, scores)
        for at, one in enumerate(asked):
            yield self._verdict(one, question, comparison, scores, chosen[at], shown)

    def _verdict(
        self,
        asked: Asked,
        question: Question,
        comparison: Comparison,
        scores: Floats,
        chosen: list[int],
        shown: int,
    ) -> Match:
        """Returns the match of one name from its pairs, best first."""
        limits = self.model.thresholds
        found = tuple(
            self._candidate(question, comparison, float(scores[pair]), pair)
            for pair in chosen[:shown]
        )
        best = float(scores[chosen[0]]) if chosen else 0.0
        rival = self._rival(comparison, chosen)
        margin = round(best - (0.0 if rival is None else float(scores[rival])), DECIMALS)
        if not found or best < limits.refer:
            low = Reason(Why.LOW_SCORE, (f"{best:.2f}", f"{limits.refer:.2f}"))
            return Match(asked, Verdict.NO_MATCH, found, margin, (low,))
        because = [reason for reason in found[0].reasons if reason.why in GATES]
        if margin < limits.margin and rival is not None:
            name = self.register.names[comparison.pairs.row[rival]]
            because.append(Reason(Why.CLOSE_SECOND, (name,)))
        if best < limits.accept:
            because.append(Reason(Why.LOW_SCORE, (f"{best:.2f}", f"{limits.accept:.2f}")))
        verdict = Verdict.REFER if because else Verdict.ACCEPT
        return Match(asked, verdict, found, margin, tuple(because))

    @staticmethod
    def _rival(comparison: Comparison, chosen: list[int]) -> int | None:
        """Returns the best pair after the first that nothing said beside the name excludes."""
        for pair in chosen[1:]:
            if not any(comparison.gates[gate][pair] for gate in EXCLUDES):
                return pair
        return None

    def _candidate(
        self, question: Question, comparison: Comparison, score: float, pair: int
    ) -> Candidate:
        """Returns a pair as a candidate with its reasons."""
        register = self.register
        row, of = int(comparison.pairs.row[pair]), int(comparison.pairs.of[pair])
        reading, own = question.readings[of], register.reads[row]
        asked = question.asked[reading.asked]
        unit = register.units[register.unit_of[row]]
        same = bool(comparison.columns["same"][pair]) and not reading.spelt
        reasons = []
        if reading.read.designators and comparison.columns["numbers_same"][pair]:
            reasons.append(Reason(Why.SAME_NUMBERS, (numbers_of(own),)))
        if comparison.explained[pair]:
            reasons.append(Reason(Why.PARENT_NUMBERS, (unit.parents[0],)))
        if reading.spelt:
            spelt = " ".join(reading.read.meanings)
            reasons.append(Reason(Why.SHORT_NAME, (spelt,)))
        same = same and reading.read.designators == own.designators
        reasons.extend(word_reasons(reading.read, own, same))
        if comparison.columns["parent_same"][pair]:
            reasons.append(Reason(Why.PARENT_AGREES, (asked.parent,)))
        if comparison.columns["place_same"][pair]:
            reasons.append(Reason(Why.PLACE_AGREES, (asked.place,)))
        for gate, flags in comparison.gates.items():
            if flags[pair]:
                values = self._gate_values(gate, asked, reading.read, unit, own)
                reasons.append(Reason(GATE_CODES[gate], values))
        return Candidate(unit.id, register.names[row], score, tuple(reasons))

    def _gate_values(
        self, gate: str, asked: Asked, said: Read, unit: Unit, own: Read
    ) -> tuple[str, ...]:
        """Returns what was asked and what the register has, for one gate."""
        if gate == "too_short":
            return (asked.name,)
        if gate == "parent_other":
            return asked.parent, ", ".join(unit.parents)
        if gate == "place_other":
            return asked.place, ", ".join(unit.places)
        values = GATE_VALUES[gate]
        first, second = values(said), values(own)
        if gate == "country_other":
            return asked.country or first, unit.country or second
        return first, second


def best_of_each_unit(
    register: Register, question: Question, comparison: Comparison, scores: Floats
) -> list[list[int]]:
    """Returns for each name asked its pairs, the best one a unit, best first.

    Ties go by the register's order, never by that of the batch.
    """
    pairs = comparison.pairs
    asked, unit = question.of[pairs.of], register.unit_of[pairs.row]
    order = np.lexsort((pairs.of, pairs.row, unit, -scores, asked))
    found: list[list[int]] = [[] for _ in question.asked]
    seen: set[tuple[int, int]] = set()
    for pair in order:
        key = (int(asked[pair]), int(unit[pair]))
        if key not in seen:
            seen.add(key)
            found[key[0]].append(int(pair))
    return found
