"""Records that may be one person: asked, judged, read as one, and read apart again."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import Record, RecordInfo
from primacy.rooms.persons.models.person import Person
from primacy.rooms.places.facade import Mission


class Pair(Record):
    """Two records that may be one person. What speaks for it is read from their claims each time.

    Nothing of the evidence is kept here: each reader weighs what is open to them.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="persons",
        meaning="two records of persons that may be one person",
        sensitivity="restricted",
        retention="as long as the persons",
        follows="first",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    score = models.FloatField(help_text=gettext_lazy("as it was when the pair was found, 0 to 1"))
    found_by = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar[list[str]] = ["-score", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["first", "second"], name="one_pair_of_two_persons"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="the_earlier_record_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} / {self.second_id}"


class Opinion(models.TextChoices):
    """What somebody judged of a pair."""

    SAME = "same", gettext_lazy("One person")
    DIFFERENT = "different", gettext_lazy("Two persons")
    UNSURE = "unsure", gettext_lazy("Cannot say")


class Ground(models.TextChoices):
    """What a judgement that two records are one person rests on. A name is none of these."""

    NUMBER = "number", gettext_lazy("The same number of a paper")
    BIRTH = "birth", gettext_lazy("The same birth")
    POSTING = "posting", gettext_lazy("The same post at the same time")
    SOURCE = "source", gettext_lazy("A source that says so")


class PairJudgement(Record):
    """What somebody judged of a pair, with reasons. Rows are added, never changed."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="persons",
        meaning="a judgement whether two records are one person, with its reasons",
        sensitivity="restricted",
        retention="as long as the persons",
        follows="pair",
    )
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="judgements")
    opinion = models.CharField(max_length=9, choices=Opinion.choices)
    ground = models.CharField(max_length=7, choices=Ground.choices, blank=True)
    reference = models.CharField(
        max_length=300,
        blank=True,
        help_text=gettext_lazy("which number, birth, posting or source it is"),
    )
    reasons = models.CharField(max_length=1000)
    verdict = models.CharField(
        max_length=5, blank=True, help_text=gettext_lazy("what the comparison said at that time")
    )
    by = models.CharField(max_length=250)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.pair_id}: {self.opinion}"


class Merge(Record):
    """That two records are read as one person from now on. No claim moves; nothing is rewritten."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="persons",
        meaning="that two records are read as one person",
        sensitivity="restricted",
        retention="as long as the persons",
        follows="kept",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    joined = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    judgement = models.OneToOneField(PairJudgement, on_delete=models.PROTECT, related_name="merge")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("joined")), name="two_records_are_merged"
            )
        ]

    def __str__(self) -> str:
        return f"{self.joined_id} → {self.kept_id}"


class Unmerge(Record):
    """That a merge was wrong: the two records stand apart again, each with what names it."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="persons",
        meaning="that two records are no longer read as one person",
        sensitivity="restricted",
        retention="as long as the persons",
        follows="merge",
    )
    merge = models.OneToOneField(Merge, on_delete=models.PROTECT, related_name="undone")
    reasons = models.CharField(max_length=1000)
    by = models.CharField(max_length=250)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.merge_id}"
