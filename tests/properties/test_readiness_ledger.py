"""What holds for every ledger of leads."""

import datetime as dt
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.kernels.readiness import Lead, LedgerEntry, lead_at

FIRST = dt.date(2005, 1, 1)
FAST = settings(max_examples=200, deadline=None)
dates = st.integers(0, 60).map(lambda days: FIRST + dt.timedelta(days=days))
moments = st.integers(1, 20).map(lambda day: dt.datetime(2020, 1, day, tzinfo=dt.UTC))


@st.composite
def ledgers(draw: st.DrawFn) -> list[LedgerEntry]:
    """Up to six entries; a correction names an earlier one."""
    entries: list[LedgerEntry] = []
    for number in range(draw(st.integers(0, 6))):
        earliest, latest = sorted((draw(dates), draw(dates)))
        targets = st.sampled_from([None, *(one.id for one in entries)])
        entries.append(
            LedgerEntry(
                id=f"e{number}",
                lead=draw(st.sampled_from([None, *Lead])),
                from_earliest=earliest,
                from_latest=draw(st.sampled_from([earliest, latest])),
                recorded_at=draw(moments),
                corrects=draw(targets),
                status=draw(st.sampled_from(["accepted", "accepted", "conflict", "withdrawn"])),
            )
        )
    return entries


@FAST
@given(ledgers(), dates, st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(
    entries: list[LedgerEntry], on: dt.date, chance: Random
) -> None:
    mixed = list(entries)
    chance.shuffle(mixed)
    assert lead_at(mixed, on) == lead_at(entries, on)


@FAST
@given(ledgers(), dates, moments)
def test_what_was_recorded_later_was_not_known(
    entries: list[LedgerEntry], on: dt.date, moment: dt.datetime
) -> None:
    known = [one for one in entries if one.recorded_at <= moment]
    assert lead_at(entries, on, moment) == lead_at(known, on)


@FAST
@given(ledgers(), dates)
def test_a_lead_shown_had_begun_and_other_leads_make_it_uncertain(
    entries: list[LedgerEntry], on: dt.date
) -> None:
    at = lead_at(entries, on)
    assert at.lead not in at.alternatives
    assert at.uncertain or not at.alternatives
    if at.entry_id is None:
        assert at.lead is None
    else:
        assert at.since is not None
        assert at.since <= on
