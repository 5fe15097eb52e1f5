"""Sentences of the kernel: English texts that still know the words they were made of.

A kernel has no languages. What it says is a `Sentence`: a plain English string for everybody who
reads it as one, with its template and parts kept, so that an edge can say it in another language.
"""

from typing import Any


class Sentence(str):
    """An English text made of a template and its parts; equal to that text in every way."""

    __slots__ = ("parts", "template")
    template: str
    parts: dict[str, object]

    def __new__(cls, template: str, **parts: object) -> "Sentence":
        """The text of a template such as "%(figure)s of %(total)s" with its parts set in."""
        made = super().__new__(cls, template % parts if parts else template)
        made.template = template
        made.parts = parts
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """What copies and pickles are made from."""
        return (self.template,), dict(self.parts)

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        """A copy is made from template and parts again, under every protocol."""
        return _again, (self.template, dict(self.parts))


class Counted(str):
    """A noun that stands beside a figure, in the form English asks for; knows both forms."""

    __slots__ = ("how_many", "one", "several")
    one: str
    several: str
    how_many: float

    def __new__(cls, one: str, several: str, count: float) -> "Counted":
        """The noun in its form for a count that is read as one, or for any other."""
        made = super().__new__(cls, one if count == 1 else several)
        made.one, made.several, made.how_many = one, several, count
        return made

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        """A copy is made from both forms and the count again."""
        return Counted, (self.one, self.several, self.how_many)


def _again(template: str, parts: dict[str, object]) -> Sentence:
    return Sentence(template, **parts)
