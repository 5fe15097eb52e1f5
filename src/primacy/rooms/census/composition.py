"""Who makes up a force: the roll of a round by sex, by region and by rank beside the population.

The team sees every count. Others see the table of ranks by sex as the protection of small counts
leaves it, and no second table that it could be compared with.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from primacy.kernels.recruitment import (
    ALL,
    Estimate,
    Population,
    representation,
    share,
    shown_counts,
)
from primacy.platform.policy import Viewer, held_aside, in_owning_team
from primacy.rooms.census.models import EnrolmentRound, Sex
from primacy.rooms.census.queries import require_all_of, roll
from primacy.rooms.census.recruitment import (
    REGION,
    SEX,
    RepresentationReading,
    population_of,
    roll_representation,
)

COMPOSITION_COLUMNS = (
    "level", "ranks", "all", "women", "men", "other", "not_known", "women_share",
    "women_share_low", "women_share_high", "index", "index_low", "index_high",
)  # fmt: skip
HELD_BACK = "held back"
NO_LEVEL = -1


@dataclass(frozen=True)
class RankLine:
    """One level of rank: counts by sex (None: held back), the share of women with its interval.

    `level` None where the roll gives none; `all_ranks` for the sum of all levels.
    """

    level: int | None
    ranks: tuple[str, ...]
    counts: Mapping[str, int | None]
    all: int | None
    women: Estimate | None
    index: Estimate | None
    all_ranks: bool = False


@dataclass(frozen=True)
class Composition:
    """The roll of a round beside the population; `held_back` where something was taken out."""

    ranks: tuple[RankLine, ...]
    sexes: tuple[RepresentationReading, ...]
    regions: tuple[RepresentationReading, ...]
    held_back: bool


def composition_of(viewer: Viewer, round: EnrolmentRound) -> Composition:
    """The roll of a round by rank, sex and region; `Withheld` where not all of it is open."""
    require_all_of(viewer, round)
    team = in_owning_team(viewer, "census.view", round.mission_id)
    joint: dict[tuple[int, str], int] = defaultdict(int)
    written: dict[int, set[str]] = defaultdict(set)
    with held_aside():
        for level, rank, sex in (
            roll(viewer, round).order_by().values_list("rank_level", "rank", "sex")
        ):
            at = NO_LEVEL if level is None else level
            joint[at, sex] += 1
            written[at] |= {rank} if rank else set()
    sexes = people_by_sex(viewer, round)
    lines = _lines(joint, written, sexes, team)
    held = any(count is None for line in lines for count in (*line.counts.values(), line.all))
    if not team:
        return Composition(lines, (), (), held)
    return Composition(
        lines,
        tuple(roll_representation(viewer, round, SEX)),
        tuple(roll_representation(viewer, round, REGION)),
        held,
    )


def people_by_sex(viewer: Viewer, round: EnrolmentRound) -> Population | None:
    """The population of working age by sex; None where none is on record."""
    people = population_of(viewer, round.mission)
    found: dict[str, int] = defaultdict(int)
    for group, (count, _sampled) in people.items():
        found[group.sex] += count
    sampled = any(sampled for _count, sampled in people.values())
    return Population(dict(found), sampled=sampled) if sum(found.values()) else None


def _lines(
    joint: Mapping[tuple[int, str], int],
    written: Mapping[int, set[str]],
    people: Population | None,
    team: bool,
) -> tuple[RankLine, ...]:
    """The sum of all ranks, then each level, the highest first."""
    if not joint:
        return ()
    levels = sorted({level for level, _sex in joint}, reverse=True)
    cells: dict[tuple[str, ...], int] = {
        (str(level), sex): count for (level, sex), count in joint.items()
    }
    # For the team nothing is small: the minimum is put at nought.
    shown = shown_counts(cells, minimum=0) if team else shown_counts(cells)
    found = []
    for level in (None, *levels):
        at = ALL if level is None else str(level)
        counts = {sex: shown.get((at, sex), 0) for sex in Sex.values}
        women, index = _shares(counts, people)
        found.append(
            RankLine(
                level=None if level in (None, NO_LEVEL) else level,
                ranks=() if level is None else tuple(sorted(written.get(level, ()))),
                counts=counts,
                all=shown[at, ALL],
                women=women,
                index=index,
                all_ranks=level is None,
            )
        )
    return tuple(found)


def _shares(
    counts: Mapping[str, int | None], people: Population | None
) -> tuple[Estimate | None, Estimate | None]:
    """The share of women among those whose sex is known, and its index; None where one is hidden.

    A share tells the whole it was taken of, and so what is held back beside it.
    """
    known: dict[str, int] = {}
    for sex, count in counts.items():
        if count is None:
            return None, None
        if sex != Sex.UNKNOWN:
            known[sex] = count
    total = sum(known.values())
    if not total:
        return None, None
    women = share(known[Sex.WOMAN], total)
    if people is None:
        return women, None
    inside = {sex: n for sex, n in known.items() if sex in people.by_group}
    if not sum(inside.values()):
        return women, None
    figures = {one.group: one for one in representation(inside, people)}
    figure = figures.get(Sex.WOMAN)
    return women, figure.index if figure else None


def composition_rows(lines: Sequence[RankLine]) -> Iterator[Sequence[object]]:
    """One row a level of rank, all ranks first; "held back" where a count was taken out."""
    for line in lines:
        yield (
            "all" if line.all_ranks else "" if line.level is None else line.level,
            "; ".join(line.ranks),
            _count(line.all),
            *(_count(line.counts[sex]) for sex in (Sex.WOMAN, Sex.MAN, Sex.OTHER, Sex.UNKNOWN)),
            *_estimate(line.women),
            *_estimate(line.index),
        )


def _count(value: int | None) -> int | str:
    return HELD_BACK if value is None else value


def _estimate(value: Estimate | None) -> tuple[object, object, object]:
    if value is None:
        return "", "", ""
    return round(value.value, 4), round(value.low, 4), round(value.high, 4)
