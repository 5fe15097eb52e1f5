"""How alike two plain words are: misspelt, joined, or written from another alphabet."""

from collections import Counter, defaultdict
from collections.abc import Sequence

SHORTEST = 4
"""Words of three letters or fewer are alike only when they are the same."""

LEAST = 0.75
SKELETON_LEAST = 3
SAME_SKELETON = 0.8
SAME_CONSONANTS_ARABIC = 0.85

CONSONANTS = (
    ("ck", "k"), ("kh", "k"), ("gh", "k"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"),
    ("ph", "f"), ("q", "k"), ("c", "k"), ("g", "k"), ("x", "ks"), ("z", "s"), ("v", "f"),
    ("p", "b"), ("j", "s"),
)  # fmt: skip


def edits(first: str, second: str) -> int:
    """Returns the least number of letters to insert, drop or change (Myers' bit-parallel way)."""
    if len(first) < len(second):
        first, second = second, first
    if not second:
        return len(first)
    where: dict[str, int] = defaultdict(int)
    for at, letter in enumerate(first):
        where[letter] |= 1 << at
    mask, last = (1 << len(first)) - 1, 1 << (len(first) - 1)
    plus, minus, distance = mask, 0, len(first)
    for letter in second:
        equal = where[letter]
        vertical = equal | minus
        equal |= ((equal & plus) + plus) ^ plus
        up = minus | ~(equal | plus)
        down = plus & equal
        if up & last:
            distance += 1
        if down & last:
            distance -= 1
        up = (up << 1) | 1
        plus = ((down << 1) | ~(vertical | up)) & mask
        minus = up & vertical & mask
    return distance


def skeleton(word: str) -> str:
    """Returns the consonants of a word, those that alphabets confuse made one."""
    for written, sound in CONSONANTS:
        word = word.replace(written, sound)
    kept = [c for c in word if c not in "aeiouyw"]
    return "".join(c for at, c in enumerate(kept) if not at or kept[at - 1] != c)


def likeness(first: str, second: str, arabic: bool = False) -> float:
    """Returns how surely two plain words are one, 0 to 1; 1 only for the same letters.

    `arabic` says that one of them was written in Arabic letters, hence without its vowels.
    """
    if first == second:
        return 1.0
    if min(len(first), len(second)) < (SKELETON_LEAST if arabic else SHORTEST):
        return 0.0
    share = 1 - edits(first, second) / max(len(first), len(second))
    found = 1 - 1.6 * (1 - share) if share >= LEAST else 0.0
    bones = skeleton(first)
    if len(bones) >= SKELETON_LEAST and bones == skeleton(second):
        if arabic:
            found = max(found, SAME_CONSONANTS_ARABIC)
        elif share >= LEAST - 0.15:
            found = max(found, SAME_SKELETON)
    return found


def trigrams(word: str) -> set[str]:
    """Returns the runs of three letters of a word with its ends marked."""
    marked = f"^{word}$"
    return {marked[at : at + 3] for at in range(len(marked) - 2)}


class NearWords:
    """The plain words of a register, found by a word that is written nearly so."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = list(words)
        self.known = {word: at for at, word in enumerate(self.words)}
        self.by_trigram: dict[str, list[int]] = defaultdict(list)
        self.by_skeleton: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.words):
            for gram in trigrams(word):
                self.by_trigram[gram].append(at)
            bones = skeleton(word)
            if len(bones) >= SKELETON_LEAST:
                self.by_skeleton[bones].append(at)

    def near(self, word: str, arabic: bool = False) -> list[tuple[int, float]]:
        """Returns the places of words like this one in the list, with the likeness."""
        shared = Counter(at for gram in trigrams(word) for at in self.by_trigram.get(gram, ()))
        # One changed letter touches three of the trigrams; more than a quarter is not alike.
        least = max(1, len(word) - 3 * max(1, len(word) // 4))
        tried = {at for at, count in shared.items() if count >= least}
        tried.update(self.by_skeleton.get(skeleton(word), ()))
        if word in self.known:
            tried.add(self.known[word])
        found = [(at, likeness(word, self.words[at], arabic)) for at in sorted(tried)]
        return [(at, value) for at, value in found if value > 0]
