"""The ladder of leads, and who led on a day."""

import datetime as dt
import itertools

import pytest

from primacy.kernels.readiness import (
    InvalidLadder,
    InvalidLedger,
    Lead,
    LedgerEntry,
    lead_at,
    next_lead,
    previous_lead,
)
from primacy.kernels.time import parse_when

TIMOR = (Lead.MISSION, Lead.LOCAL_OVERSEEN, Lead.LOCAL)


def entry(
    id: str, lead: Lead | None, when: str, recorded: int = 1, **changes: object
) -> LedgerEntry:
    days = parse_when(when)
    moment = dt.datetime(2020, 1, recorded, tzinfo=dt.UTC)
    return LedgerEntry(id, lead, days.earliest, days.latest, moment, **changes)  # type: ignore[arg-type]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


MISSION = entry("m", Lead.MISSION, "2006-08-25")
OVERSEEN = entry("o", Lead.LOCAL_OVERSEEN, "2009-05-14", 2)
VAGUE = entry("v", Lead.LOCAL_OVERSEEN, "2009-05", 2)


def test_letters_and_ranks() -> None:
    assert [lead.letter for lead in Lead] == ["M", "J", "L+", "L○", "L"]
    assert [lead.rank for lead in Lead] == [0, 1, 2, 3, 4]


def test_steps_up_and_down_the_full_ladder() -> None:
    assert next_lead(Lead.MISSION) is Lead.JOINT
    assert next_lead(Lead.LOCAL) is None
    assert previous_lead(Lead.LOCAL) is Lead.LOCAL_OVERSEEN
    assert previous_lead(Lead.MISSION) is None


def test_a_ladder_may_skip_steps() -> None:
    assert next_lead(Lead.MISSION, TIMOR) is Lead.LOCAL_OVERSEEN
    assert previous_lead(Lead.LOCAL_OVERSEEN, TIMOR) is Lead.MISSION


def test_a_lead_beside_the_ladder_finds_its_neighbours() -> None:
    assert next_lead(Lead.JOINT, TIMOR) is Lead.LOCAL_OVERSEEN
    assert previous_lead(Lead.JOINT, TIMOR) is Lead.MISSION


@pytest.mark.parametrize("ladder", [(), (Lead.LOCAL, Lead.MISSION), (Lead.JOINT, Lead.JOINT)])
def test_a_ladder_out_of_order_is_refused(ladder: tuple[Lead, ...]) -> None:
    with pytest.raises(InvalidLadder):
        next_lead(Lead.MISSION, ladder)


def test_before_the_first_entry_the_lead_is_unknown() -> None:
    at = lead_at([MISSION], day("2006-08-24"))
    assert at.lead is None
    assert at.entry_id is None
    assert not at.uncertain
    assert at.reasons == ("unknown: the ledger has no entry that had certainly begun by then",)


def test_the_latest_entry_begun_counts_from_its_first_day() -> None:
    ledger = [OVERSEEN, MISSION]
    assert lead_at(ledger, day("2009-05-13")).lead is Lead.MISSION
    at = lead_at(ledger, day("2009-05-14"))
    assert (at.lead, at.since, at.entry_id) == (Lead.LOCAL_OVERSEEN, day("2009-05-14"), "o")


def test_a_step_back_is_seen() -> None:
    back = entry("b", Lead.JOINT, "2010-03-01", 3)
    assert lead_at([MISSION, OVERSEEN, back], day("2010-04-01")).lead is Lead.JOINT


def test_inside_an_imprecise_range_the_lead_is_uncertain_and_names_the_other() -> None:
    at = lead_at([MISSION, VAGUE], day("2009-05-20"))
    assert (at.lead, at.uncertain, at.alternatives) == (
        Lead.MISSION,
        True,
        (Lead.LOCAL_OVERSEEN,),
    )


def test_after_an_imprecise_range_the_lead_is_certain() -> None:
    at = lead_at([MISSION, VAGUE], day("2009-05-31"))
    assert (at.lead, at.uncertain) == (Lead.LOCAL_OVERSEEN, False)
    assert (at.since_earliest, at.since) == (day("2009-05-01"), day("2009-05-31"))


def test_inside_a_first_imprecise_range_the_lead_is_unknown_with_an_alternative() -> None:
    at = lead_at([VAGUE], day("2009-05-20"))
    assert (at.lead, at.uncertain, at.alternatives) == (None, True, (Lead.LOCAL_OVERSEEN,))


def test_two_overlapping_ranges_leave_the_order_open_until_a_later_entry() -> None:
    joint = entry("j", Lead.JOINT, "2009")
    at = lead_at([joint, VAGUE], day("2010-01-01"))
    assert at.uncertain
    assert {at.lead, *at.alternatives} == {Lead.JOINT, Lead.LOCAL_OVERSEEN}
    local = entry("l", Lead.LOCAL, "2010-06-01")
    settled = lead_at([joint, VAGUE, local], day("2010-06-01"))
    assert (settled.lead, settled.uncertain) == (Lead.LOCAL, False)


def test_the_same_lead_on_both_sides_of_a_vague_date_is_not_uncertain() -> None:
    again = entry("m2", Lead.MISSION, "2009-05", 2)
    assert not lead_at([MISSION, again], day("2009-05-10")).uncertain


def test_on_one_day_the_entry_recorded_later_counts() -> None:
    second = entry("z", Lead.JOINT, "2009-05-14", 3)
    for order in itertools.permutations([MISSION, OVERSEEN, second]):
        assert lead_at(order, day("2009-06-01")).entry_id == "z"


def test_a_correction_replaces_the_entry_from_when_it_was_recorded() -> None:
    fixed = entry("o2", Lead.LOCAL_OVERSEEN, "2009-07-01", 10, corrects="o")
    ledger = [MISSION, OVERSEEN, fixed]
    on = day("2009-06-01")
    assert lead_at(ledger, on).lead is Lead.MISSION
    before = dt.datetime(2020, 1, 9, tzinfo=dt.UTC)
    assert lead_at(ledger, on, before).lead is Lead.LOCAL_OVERSEEN
    at_once = dt.datetime(2020, 1, 10, tzinfo=dt.UTC)
    assert lead_at(ledger, on, at_once).lead is Lead.MISSION


def test_entries_not_yet_known_do_not_count() -> None:
    before = dt.datetime(2020, 1, 1, 12, tzinfo=dt.UTC)
    assert lead_at([MISSION, OVERSEEN], day("2010-01-01"), before).lead is Lead.MISSION


def test_a_corrected_correction_and_a_second_correction_replace_the_earlier_ones() -> None:
    first = entry("c1", Lead.JOINT, "2009-05-14", 3, corrects="o")
    chained = entry("c2", Lead.LOCAL, "2009-05-14", 4, corrects="c1")
    rival = entry("c3", Lead.LOCAL_SUPPORTED, "2009-05-14", 4, corrects="o")
    on = day("2009-06-01")
    assert lead_at([MISSION, OVERSEEN, first, chained], on).lead is Lead.LOCAL
    assert lead_at([MISSION, OVERSEEN, first, rival], on).lead is Lead.LOCAL_SUPPORTED


def test_of_two_corrections_the_one_recorded_later_stands_even_with_an_earlier_date() -> None:
    first = entry("c1", Lead.JOINT, "2009-08-01", 3, corrects="o")
    second = entry("c2", Lead.LOCAL_SUPPORTED, "2009-05-20", 4, corrects="o")
    assert lead_at([MISSION, OVERSEEN, first, second], day("2009-09-01")).entry_id == "c2"


def test_a_withdrawn_correction_removes_the_entry() -> None:
    gone = entry("w", None, "2009-05-14", 5, corrects="o", status="withdrawn")
    assert lead_at([MISSION, OVERSEEN, gone], day("2010-01-01")).lead is Lead.MISSION


def test_corrections_in_a_circle_are_refused() -> None:
    one = entry("a", Lead.JOINT, "2009", corrects="b")
    two = entry("b", Lead.JOINT, "2009", corrects="a")
    with pytest.raises(InvalidLedger, match="circle"):
        lead_at([one, two], day("2010-01-01"))


def test_a_stated_unknown_is_an_entry_of_its_own() -> None:
    lost = entry("u", None, "2010-01-01", 3)
    at = lead_at([MISSION, lost], day("2010-02-01"))
    assert (at.lead, at.entry_id, at.uncertain) == (None, "u", False)
    assert at.reasons == ("recorded as unknown",)


def test_trial_lasts_through_its_last_day() -> None:
    trial = entry("t", Lead.LOCAL, "2004-09-23", trial_until=day("2004-11-26"))
    assert lead_at([trial], day("2004-11-26")).on_trial
    assert not lead_at([trial], day("2004-11-27")).on_trial
    assert lead_at([trial], day("2004-11-27")).trial_until == day("2004-11-26")


def test_sources_in_conflict_are_uncertain_and_both_shown() -> None:
    one = entry("c1", Lead.LOCAL_SUPPORTED, "2009-05-14", status="conflict")
    two = entry("c2", Lead.LOCAL_OVERSEEN, "2009-05-20", status="conflict")
    at = lead_at([MISSION, one, two], day("2010-01-01"))
    assert at.uncertain
    assert {at.lead, *at.alternatives} == {Lead.LOCAL_SUPPORTED, Lead.LOCAL_OVERSEEN}
    assert "the sources disagree" in at.reasons


def test_an_entry_that_runs_backwards_is_refused() -> None:
    with pytest.raises(InvalidLedger, match="backwards"):
        LedgerEntry(
            "x",
            Lead.JOINT,
            day("2010-01-02"),
            day("2010-01-01"),
            dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
        )
