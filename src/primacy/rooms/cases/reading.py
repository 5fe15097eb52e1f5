"""Facts read for pages: the figure in words, the grade in words, the other side of a conflict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from primacy.platform.language.later import later
from primacy.rooms.cases.models import Fact
from primacy.rooms.forces.facade import figure_words

GRADES = {
    "read": later("read in the source"),
    "inferred": later("inferred: follows from other facts, no source says it"),
    "secondary": later("from a source of low weight"),
    "gap": later("looked for and not found"),
}
GAP = "gap"


@dataclass(frozen=True)
class FactLine:
    """One fact as a page shows it."""

    fact: Fact
    theme: str
    figure: str
    grade: str
    others: tuple[str, ...] = ()
    """References of the facts that contradict it."""

    @property
    def plain(self) -> bool:
        """True where the statement was simply read in its source."""
        return self.fact.grade == "read"


def fact_lines(
    facts: Iterable[Fact], conflicts: Mapping[str, Iterable[Fact]] | None = None
) -> list[FactLine]:
    """The facts as lines; with all conflicts, each line names the facts against it."""
    groups = {name: [fact.reference for fact in rows] for name, rows in (conflicts or {}).items()}
    return [
        FactLine(
            fact=fact,
            theme=theme_words(fact.theme),
            figure=_figure(fact),
            grade=str(GRADES.get(fact.grade, fact.grade)),
            others=tuple(
                other for other in groups.get(fact.conflict_group, ()) if other != fact.reference
            ),
        )
        for fact in facts
    ]


def theme_words(theme: str) -> str:
    """The theme as words: "strength_local" reads "strength local"."""
    return theme.replace("_", " ")


def _figure(fact: Fact) -> str:
    stated = figure_words(
        fact.value,
        low=fact.value_low,
        high=fact.value_high,
        qualifier=fact.qualifier,
        unit=fact.unit,
    )
    return "; ".join(part for part in (stated, fact.value_text) if part)
